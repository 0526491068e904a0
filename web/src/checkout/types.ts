import type { Account, Cart, Catalog, Choice, Intent, Promotion, Quote } from '../documents/index.js';
import type { DocumentError } from '../core/api.js';
import type { Reason } from '../text/reasons.js';
import type { StateName } from './state.js';

/** The cart as the page knows it: the core's document and hints that never reach the core. */
export interface CheckoutCart extends Cart {
  readonly lines: readonly (Cart['lines'][number] & { readonly name?: string })[];
  readonly version?: string | number;
  readonly capabilities?: { readonly canDiscount?: boolean; readonly lockedReason?: string };
}

/** A member as a page gets it. */
export type MemberSnapshot = Account;

/** The published rules, and what came with them. A bare catalog will do. */
export interface ProgramSnapshot {
  readonly catalog: Catalog;
  /** The server's clock, when it answered. */
  readonly serverTime?: string;
  /** Code promotions that the public catalog leaves out. */
  readonly resolved?: readonly Promotion[];
}

/** What a store answers to an applied choice. */
export interface Confirmation {
  readonly discountId?: string;
  /** Until when the points are held, RFC 3339. */
  readonly holdExpiresAt?: string;
  /** The store's quote where it differs from, or repeats, the preview. */
  readonly quote?: Quote;
  /** Why it differs. */
  readonly cause?: Reason;
}

/** A business outcome: never an exception. */
export type Result<T = null> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly params: Reason | null; readonly retryable: boolean };

/** The steps of a quote, for a person with a pocket calculator. */
export interface Explanation {
  readonly quote: Quote;
  readonly steps: NonNullable<Quote['explain']>;
}

/**
 * What the element asks of a store, where it has one. Every part may be missing: without `apply` the
 * page itself confirms, by `loyalty-before-apply`.
 */
export interface CheckoutClient {
  bootstrap?(): Promise<ProgramSnapshot>;
  member?(): Promise<MemberSnapshot | null>;
  resolveCode?(text: string, options: { readonly signal: AbortSignal }): Promise<Promotion | null>;
  apply?(
    request: { readonly cart: CheckoutCart; readonly intent: Intent; readonly quote: Quote },
    options: { readonly signal: AbortSignal; readonly idempotencyKey: string },
  ): Promise<Result<Confirmation>>;
  remove?(discountId: string, options: { readonly idempotencyKey: string }): Promise<Result<{ readonly quote?: Quote }>>;
  /** Calls back when the member or the program may have changed. */
  subscribe?(listener: (change: 'member' | 'program') => void): () => void;
}

export type Layout = 'panel' | 'compact' | 'inline';
export type HideToken = 'earn' | 'tiers' | 'explain' | 'unlock' | 'coupon' | 'slider' | 'rewards' | 'totals';

/** What went wrong technically. `cause` of a bad document is the core's own error: code, path, sentence. */
export interface TechnicalError {
  readonly code: string;
  readonly cause: DocumentError | unknown;
  readonly retryable: boolean;
}

export interface LoyaltyCheckoutEventMap {
  'loyalty-ready': CustomEvent<{ readonly coreVersion: string; readonly mode: 'preview' | 'server' }>;
  'loyalty-preview': CustomEvent<{ readonly quote: Quote; readonly seq: number; readonly reason: string }>;
  'loyalty-before-apply': CustomEvent<{
    readonly intent: Intent;
    readonly quote: Quote;
    readonly waitUntil: (confirmation: Promise<Confirmation | void>) => void;
  }>;
  'loyalty-applied': CustomEvent<{
    readonly confirmation: Confirmation;
    readonly quote: Quote;
    readonly spent: number;
    readonly save: { readonly items: number; readonly shipping: number };
  }>;
  /** `discountId` is the confirmation's where the store gave one, else the id of the quote's row. */
  'loyalty-removed': CustomEvent<{ readonly discountId: string; readonly quote: Quote; readonly released: number }>;
  'loyalty-rejected': CustomEvent<{
    readonly reason: string;
    readonly params: Reason | null;
    readonly retryable: boolean;
    readonly suggestions: readonly { readonly id: string; readonly source: string; readonly saves: number }[];
  }>;
  'loyalty-reconcile': CustomEvent<{
    readonly previewed: Quote;
    readonly confirmed: Quote;
    readonly deltaMinor: number;
    readonly cause: Reason | null;
  }>;
  'loyalty-sign-in': CustomEvent<{ readonly url: string | null }>;
  'loyalty-state': CustomEvent<{ readonly from: StateName; readonly to: StateName }>;
  'loyalty-error': CustomEvent<TechnicalError>;
}

export type Chosen = readonly Choice[];
