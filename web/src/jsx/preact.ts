/** The tags in JSX of Preact: `import 'loyalty-web/jsx/preact'`. */
import type {} from 'preact';
import type { LoyaltyCheckout, LoyaltyCheckoutProps, LoyaltyRewards, LoyaltyRewardsProps } from './index.js';

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'loyalty-checkout': Omit<HTMLAttributes<LoyaltyCheckout>, keyof LoyaltyCheckoutProps> & LoyaltyCheckoutProps;
      'loyalty-rewards': Omit<HTMLAttributes<LoyaltyRewards>, keyof LoyaltyRewardsProps> & LoyaltyRewardsProps;
    }
  }
}
