/** The tags in templates of Svelte: `import 'loyalty-web/jsx/svelte'`. */
import type {} from 'svelte/elements';
import type {
  LoyaltyCheckout,
  LoyaltyCheckoutEventMap,
  LoyaltyCheckoutProps,
  LoyaltyRewards,
  LoyaltyRewardsEventMap,
  LoyaltyRewardsProps,
} from './index.js';

/** Listeners of Svelte 4: `on:loyalty-applied`. */
type Directives<Events> = {
  readonly [Type in keyof Events & string as `on:${Type}`]?: (event: Events[Type]) => void;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'loyalty-checkout': Omit<HTMLAttributes<LoyaltyCheckout>, keyof LoyaltyCheckoutProps> &
      LoyaltyCheckoutProps &
      Directives<LoyaltyCheckoutEventMap>;
    'loyalty-rewards': Omit<HTMLAttributes<LoyaltyRewards>, keyof LoyaltyRewardsProps> &
      LoyaltyRewardsProps &
      Directives<LoyaltyRewardsEventMap>;
  }
}
