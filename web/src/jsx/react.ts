/** The tags in JSX of React 19: `import 'loyalty-web/jsx/react'`. */
import type { DetailedHTMLProps as Detailed, HTMLAttributes as Html } from 'react';
import type { LoyaltyCheckout, LoyaltyCheckoutProps, LoyaltyRewards, LoyaltyRewardsProps } from './index.js';

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'loyalty-checkout': Detailed<Html<LoyaltyCheckout>, LoyaltyCheckout> & LoyaltyCheckoutProps;
      'loyalty-rewards': Detailed<Html<LoyaltyRewards>, LoyaltyRewards> & LoyaltyRewardsProps;
    }
  }
}
