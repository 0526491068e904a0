import type { Cancelable, Change, CheckoutChange, CheckoutClient, MemberSnapshot, ProgramSnapshot } from './contract.js';
import type { MemberClient } from './member.js';

export type * from './contract.js';

/**
 * What the elements ask of a store. Business outcomes are answers; a promise is rejected only where the store
 * could not be asked. A client that has no `apply` leaves confirming to the page.
 */
export interface LoyaltyClient extends CheckoutClient, Omit<MemberClient, 'subscribe'> {
  /** The published program. */
  bootstrap(): Promise<ProgramSnapshot>;
  /** Who is signed in; null for a guest. */
  member(options?: Cancelable & { readonly checkoutId?: string | undefined }): Promise<MemberSnapshot | null>;
  subscribe?(listener: (change: Change, about?: CheckoutChange) => void): () => void;
}

/** A client of a server: it answers everything. One for all elements of a page. */
export interface StoreClient extends Required<LoyaltyClient> {
  /**
   * Whose page it is. Null: nobody's, and nothing of the last member is kept. A token: its member's. Nothing: somebody
   * may have signed in; `getToken` is asked again.
   */
  setMember(token?: string | null): void;
}

/** Where a server is, and who asks. */
export interface StoreOptions {
  /** The server's address; relative to the page where it is a path. */
  readonly endpoint: string;
  /** The id of the site. */
  readonly site: string;
  /**
   * A member token, asked for when one is needed and again when it has expired; null for a guest. Kept in memory only. Without
   * it everybody is a guest.
   */
  readonly getToken?: (() => Promise<string | null> | string | null) | undefined;
  /** Instead of the page's own. */
  readonly fetch?: typeof fetch | undefined;
}

/** Nothing to ask a store for: whatever a page knows is given once. */
export interface PreviewOptions {
  readonly program: ProgramSnapshot;
  readonly member?: MemberSnapshot | null;
}

/** A client without a store behind it. Elements preview with it, and what is applied the page confirms. */
export interface PreviewClient extends LoyaltyClient {
  /** Somebody signed in or out; everything that shares the client hears of it. */
  setMember(member: MemberSnapshot | null): void;
}
