import type { Account, Cart, Catalog, Intent, NearMiss, Offer, Promotion, Quote } from '../documents/index.js';

/** What is wrong with a document: a code of the contract, a JSON pointer, a sentence. */
export interface DocumentError {
  readonly code: string;
  readonly path: string;
  readonly message: string;
}

/** Bad input is an answer, never an exception. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: DocumentError };

/** Who buys what, when. `now` is RFC 3339 UTC; the core has no clock. */
export interface CheckoutInput {
  readonly account: Account | null;
  readonly cart: Cart;
  readonly intent?: Intent;
  readonly now: string;
  /** Code promotions that the public catalog leaves out. */
  readonly resolved?: readonly Promotion[];
}

export interface CoreOptions {
  /** Where the module files are; default: beside the importing file. */
  readonly assets?: string | URL;
  /** `auto` (default): WebAssembly, and where the page forbids it the same core compiled to JavaScript. */
  readonly build?: 'auto' | 'wasm' | 'js';
  /**
   * `complete` (default) resolves when everything is there. `preview` resolves as soon as totals, lines,
   * discounts and offers can be had, and fetches the rest when `completed()` is first asked for.
   */
  readonly start?: 'preview' | 'complete';
  /** An instance trapped (a defect of ours) and was replaced. For the host's error reporting. */
  readonly onTrap?: (cause: unknown) => void;
}

/** The compiled core. Holds no page state: Node, workers and pages use the same one. */
export interface LoyaltyCore {
  readonly coreVersion: string;
  readonly build: 'wasm' | 'js';
  /** Whether explain, near misses, fixes and optimize can be had at once. */
  readonly isComplete: boolean;
  /** Fetches what a preview did without. Rejects with CoreError where it cannot be loaded; asking again tries again. */
  completed(): Promise<void>;
  /** Decodes, checks and compiles a catalog. The object is read now; later changes to it do nothing. */
  open(catalog: Catalog): Answer<OpenCatalog>;
}

export interface OpenCatalog {
  readonly version: string;
  readonly currency: string;
  prepare(checkout: CheckoutInput): Answer<PreparedCheckout>;
  /** Gives the instance back. Everything prepared from it is closed with it. */
  close(): void;
}

/** The sums of a quote: integers in minor units. One object, rewritten by each `preview()`. */
export interface Totals {
  readonly subtotal: number;
  readonly itemsDiscount: number;
  readonly itemsNet: number;
  readonly shipping: number;
  readonly shippingDiscount: number;
  readonly tax: number;
  readonly fees: number;
  readonly total: number;
  readonly walletPaid: number;
  readonly payable: number;
  readonly pointsSpent: number;
  readonly pointsEarned: number;
  readonly availableAfter: number;
}

/** One prepared checkout: change a number, read the total. */
export interface PreparedCheckout {
  /** `line` indexes the cart's lines. Refused values change nothing. */
  setQuantity(line: number, quantity: number): Answer<null>;
  /** Points of the chosen entry `entry` (an index into `intent.chosen`); null: as many as pay off. */
  setPoints(entry: number, points: number | null): Answer<null>;
  setNow(now: string): Answer<null>;
  /** Another choice of rewards, coupons and codes on the same cart. */
  choose(intent: Intent): Answer<null>;
  /** Computes; allocates nothing on the steady path. The sums are overwritten by the next call. */
  preview(): Totals;
  /** Computes and builds the whole quote as a plain object of its own. */
  quote(want?: { readonly offers?: boolean; readonly nearMisses?: boolean }): Quote;
  /** Rewards and owned coupons on top of the current choice (also part of `quote({offers: true})`). */
  offers(): readonly Offer[];
  /** The whole quote with its steps. Loads the complete core where it is not there yet. */
  explain(): Promise<Quote>;
  nearMisses(): Promise<readonly NearMiss[]>;
  /** The admissible combination with the smallest total. */
  optimize(): Promise<{ readonly chosen: Intent['chosen']; readonly quote: Quote; readonly optimal: boolean; readonly bound: number }>;
  /** The canonical answer as the command line and the server print it, digest included: for comparing bytes. */
  answerText(): Promise<string>;
  close(): void;
}

/** The core itself cannot be had, or broke. Business outcomes and bad documents never throw. */
export class CoreError extends Error {
  readonly code: 'LOAD_FAILED' | 'CORE_BLOCKED' | 'VERSION' | 'TRAP' | 'CLOSED';
  constructor(code: CoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CoreError';
    this.code = code;
  }
}
