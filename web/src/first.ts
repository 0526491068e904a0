import type { LoyaltyCheckoutEventMap } from './checkout/index.js';

/** All but the class of the rewards page, which pages fetch when they have one. */
export * from './checkout/index.js';
export { createClient, type PreviewClient } from './client/index.js';
export type { LoyaltyClient, PreviewOptions, QuoteAnswer, QuoteRequest, StoreClient, StoreOptions } from './client/index.js';
export * from './core/index.js';
export { defineElements } from './define-elements.js';
export type * from './rewards/index.js';
export { VERSION } from './version.js';

declare global {
  /** What elements tell bubbles, also out of shadow trees. */
  interface DocumentEventMap extends LoyaltyCheckoutEventMap {}
}
