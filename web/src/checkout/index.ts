/** The checkout panel: the element's class and the types of what it takes and tells. Registers nothing. */
export { LoyaltyCheckout } from './element.js';
export type { StateName } from './state.js';
export type {
  CheckoutCart,
  CheckoutClient,
  Confirmation,
  Explanation,
  HideToken,
  Layout,
  LoyaltyCheckoutEventMap,
  MemberSnapshot,
  ProgramSnapshot,
  Result,
  Standing,
  TechnicalError,
} from './types.js';
