import type { PreviewClient, PreviewOptions } from './types.js';

/** A client that answers from what the page gave it. */
export function openPreview({ program, member: first = null }: PreviewOptions): PreviewClient {
  const listeners = new Set<(change: 'member') => void>();
  let member = first;
  return {
    bootstrap: () => Promise.resolve(program),
    member: () => Promise.resolve(member),
    setMember(next) {
      member = next;
      listeners.forEach((listener) => listener('member'));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
