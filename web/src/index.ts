import type { LoyaltyCheckoutEventMap } from './checkout/index.js';

/** Elements, client and core, without registering anything. Can be imported where there is no page. */
export * from './checkout/index.js';
export { createClient, type PreviewClient } from './client/index.js';
export type { LoyaltyClient, PreviewOptions, QuoteAnswer, QuoteRequest } from './client/index.js';
export * from './core/index.js';
export { defineElements } from './define-elements.js';
export { VERSION } from './version.js';

declare global {
  /** What elements tell bubbles, also out of shadow trees. */
  interface DocumentEventMap extends LoyaltyCheckoutEventMap {}
}
