/** A key for one deed: whoever repeats it with the same key has it done once. Also where `crypto.randomUUID` is not allowed. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
