import type { Account, Cart, Catalog, Choice, Intent, Promotion, Quote, Source } from '../documents/index.js';
import type { Reason } from '../text/reasons.js';

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
  /** The version of the core that the server runs. */
  readonly coreVersion?: string;
  /** Code promotions that the public catalog leaves out. */
  readonly resolved?: readonly Promotion[];
}

/** One discount that a store holds on a checkout. */
export interface HeldDiscount {
  readonly discountId: string;
  /** The reward, coupon or referral reward that it is made of. */
  readonly id: string;
  readonly source: Source;
  readonly points: number;
  /** Until when its points are held, RFC 3339. */
  readonly holdExpiresAt?: string;
}

/** What a store answers to an applied choice. */
export interface Confirmation {
  /** Of the whole, or the first of `discounts`. */
  readonly discountId?: string;
  /** What can be taken off by itself, where the store knows. */
  readonly discounts?: readonly HeldDiscount[];
  /** Until when the points are held, RFC 3339. */
  readonly holdExpiresAt?: string;
  /** The store's quote where it differs from, or repeats, the preview. */
  readonly quote?: Quote;
  /** Why it differs. */
  readonly cause?: Reason;
}

/** What is applied to a checkout as the store has it: also after a reload, or by another tab. */
export interface Standing {
  readonly status: 'OPEN' | 'COMPLETED';
  readonly chosen: readonly Choice[];
  /** With the quote of what is applied. */
  readonly confirmation: Confirmation & { readonly quote: Quote };
}

/** What a store answers to a removal: how the points came back, and what stays applied, if anything. */
export interface Removal {
  readonly quote?: Quote;
  readonly releasedPoints?: number;
  readonly standing?: Standing;
}

/** A choice on a cart, as it is sent to the store. Amounts in it are compared, never used. */
export interface QuoteRequest {
  readonly cart: CheckoutCart;
  readonly intent: Intent;
  /** The digest of what the shopper sees, where it is known. */
  readonly previewDigest?: string;
  /** The time that it was computed for, RFC 3339. */
  readonly now?: string;
  /** The total that the shopper sees. */
  readonly expectedTotal?: number;
}

/** The store's word on a preview: the same bytes, or its own quote. */
export type QuoteAnswer = { readonly same: true } | { readonly same: false; readonly quote: Quote };

/** What may have changed at the store. */
export type Change = 'member' | 'program' | 'checkout';

/** What happened to a checkout. */
export interface CheckoutChange {
  readonly checkoutId: string;
  readonly change: 'applied' | 'removed' | 'expired' | 'recalculated' | 'completed';
  readonly discountId?: string;
}

/** A business outcome: never an exception. */
export type Result<T = null> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly params: Reason | null;
      readonly retryable: boolean;
      /** What it comes to at the store, where that is why. */
      readonly quote?: Quote;
    };

export interface Cancelable {
  readonly signal?: AbortSignal;
}

/** Goes with everything that changes something: repeated with the same key, it is done once. */
export interface Keyed extends Cancelable {
  readonly idempotencyKey: string;
}

/**
 * What the element asks of a store, where it has one. Every part may be missing: without `apply` the
 * page itself confirms, by `loyalty-before-apply`.
 */
export interface CheckoutClient {
  bootstrap?(): Promise<ProgramSnapshot>;
  /** With the id of a checkout, points that are held for it count as available. */
  member?(options?: Cancelable & { readonly checkoutId?: string | undefined }): Promise<MemberSnapshot | null>;
  resolveCode?(text: string, options: { readonly signal: AbortSignal }): Promise<Promotion | null>;
  /** What the store would charge for this choice now; with offers where they are wanted. */
  quote?(request: QuoteRequest, options?: Cancelable & { readonly want?: readonly Want[] }): Promise<Result<QuoteAnswer>>;
  apply?(request: QuoteRequest & { readonly quote: Quote }, options: Keyed): Promise<Result<Confirmation>>;
  /** `checkoutId` where the store has the cart under one. */
  remove?(discountId: string, options: Keyed & { readonly checkoutId?: string }): Promise<Result<Removal>>;
  /** What is applied; null where the store has no such checkout. */
  standing?(checkoutId: string, options?: Cancelable): Promise<Standing | null>;
  /** Calls back when something may have changed at the store; the result stops it. */
  subscribe?(listener: (change: Change, about?: CheckoutChange) => void): () => void;
  /** The present by the store's clock, in milliseconds since 1970. */
  now?(): number;
}

/** What a quote shall hold beside the sums. */
export type Want = 'offers' | 'nearMisses' | 'explain';
