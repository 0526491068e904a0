/** The compiled core: every amount and every point comes from here. For pages, workers and Node. */
export { CoreError } from './api.js';
export type {
  Answer,
  CheckoutInput,
  CoreOptions,
  DocumentError,
  LoyaltyCore,
  OpenCatalog,
  PreparedCheckout,
  Totals,
} from './api.js';
export type * from '../documents/index.js';
export { loadCore } from './load.js';
export { CORE_VERSION } from './version.js';
