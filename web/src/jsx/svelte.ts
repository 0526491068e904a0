/** The tags in templates of Svelte: `import 'loyalty-web/jsx/svelte'`. */
import type {} from 'svelte/elements';
import type { LoyaltyCheckout, LoyaltyCheckoutEventMap, LoyaltyCheckoutProps } from './index.js';

/** Listeners of Svelte 4: `on:loyalty-applied`. */
type Directives = {
  readonly [Type in keyof LoyaltyCheckoutEventMap as `on:${Type}`]?: (event: LoyaltyCheckoutEventMap[Type]) => void;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'loyalty-checkout': Omit<HTMLAttributes<LoyaltyCheckout>, keyof LoyaltyCheckoutProps> & LoyaltyCheckoutProps & Directives;
  }
}
