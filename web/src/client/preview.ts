import type { LoyaltyClient, MemberSnapshot, PreviewOptions } from './types.js';

/** A client without a store behind it. Elements preview with it, and what is applied the page confirms. */
export interface PreviewClient extends LoyaltyClient {
  /** Somebody signed in or out; everything that shares the client hears of it. */
  setMember(member: MemberSnapshot | null): void;
}

export function createClient({ program, member: first = null }: PreviewOptions): PreviewClient {
  const listeners = new Set<(change: 'member' | 'program') => void>();
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
