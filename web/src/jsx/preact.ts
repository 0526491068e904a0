/** The tags in JSX of Preact: `import 'loyalty-web/jsx/preact'`. */
import type {} from 'preact';
import type { LoyaltyCheckout, LoyaltyCheckoutProps } from './index.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'loyalty-checkout': Omit<HTMLAttributes<LoyaltyCheckout>, keyof LoyaltyCheckoutProps> & LoyaltyCheckoutProps;
    }
  }
}
