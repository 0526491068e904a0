import type { Intent, Quote } from '../documents/index.js';
import type {
  CheckoutCart,
  CheckoutClient,
  Confirmation,
  MemberSnapshot,
  ProgramSnapshot,
  Result,
} from '../checkout/types.js';

export type { CheckoutCart, Confirmation, MemberSnapshot, ProgramSnapshot, Result };

/** A choice on a cart, as it is sent to the store. Never with amounts: the store computes its own. */
export interface QuoteRequest {
  readonly cart: CheckoutCart;
  readonly intent: Intent;
  /** The digest of what the shopper sees, where it is known. */
  readonly previewDigest?: string;
}

/** The store's word on a preview: the same bytes, or its own quote. */
export type QuoteAnswer = { readonly same: true } | { readonly same: false; readonly quote: Quote };

export interface Cancelable {
  readonly signal?: AbortSignal;
}

/** Goes with everything that changes something: repeated with the same key, it is done once. */
export interface Keyed extends Cancelable {
  readonly idempotencyKey: string;
}

/**
 * What the elements ask of a store. Business outcomes are answers; a promise is rejected only where the store
 * could not be asked. A client that has no `apply` leaves confirming to the page.
 */
export interface LoyaltyClient extends CheckoutClient {
  /** The published program. */
  bootstrap(): Promise<ProgramSnapshot>;
  /** Who is signed in; null for a guest. */
  member(): Promise<MemberSnapshot | null>;
  /** What the store would charge for this choice now. */
  quote?(request: QuoteRequest, options?: Cancelable): Promise<Result<QuoteAnswer>>;
  /** Holds the points of the choice until the order is placed. */
  apply?(request: QuoteRequest & { readonly quote: Quote }, options: Keyed): Promise<Result<Confirmation>>;
  /** Gives them back. */
  remove?(discountId: string, options: Keyed): Promise<Result<{ readonly quote?: Quote }>>;
}

/** Nothing to ask a store for: whatever a page knows is given once. */
export interface PreviewOptions {
  readonly program: ProgramSnapshot;
  readonly member?: MemberSnapshot | null;
}
