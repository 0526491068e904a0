/** The tags in templates of Vue: `import 'loyalty-web/jsx/vue'`. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type { LoyaltyCheckout, LoyaltyCheckoutAttributes, LoyaltyCheckoutEventMap, LoyaltyCheckoutProperties } from './index.js';

/** `@loyalty-applied="…"`: each event hands over itself. */
type Emits = { [Type in keyof LoyaltyCheckoutEventMap]: (event: LoyaltyCheckoutEventMap[Type]) => void };

type Tag = new () => LoyaltyCheckout & {
  /** Only for the checking of templates. */
  readonly $props: Omit<HTMLAttributes, keyof LoyaltyCheckoutProperties> & PublicProps & LoyaltyCheckoutProperties & LoyaltyCheckoutAttributes;
  readonly $emit: EmitFn<Emits>;
};

declare module 'vue' {
  interface GlobalComponents {
    'loyalty-checkout': Tag;
  }
}
