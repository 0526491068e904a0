/** A storage as a tab has it. */
export function memoryStorage(first: Readonly<Record<string, string>> = {}): Storage {
  const items = new Map(Object.entries(first));
  return {
    get length() {
      return items.size;
    },
    key: (at) => [...items.keys()][at] ?? null,
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, value) => void items.set(name, value),
    removeItem: (name) => void items.delete(name),
    clear: () => items.clear(),
  };
}
