/** The tags in templates of Vue: `import 'loyalty-web/jsx/vue'`. */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';
import type {
  LoyaltyCheckout,
  LoyaltyCheckoutAttributes,
  LoyaltyCheckoutEventMap,
  LoyaltyCheckoutProperties,
  LoyaltyRewards,
  LoyaltyRewardsAttributes,
  LoyaltyRewardsEventMap,
  LoyaltyRewardsProperties,
} from './index.js';

/** `@loyalty-applied="…"`: each event hands over itself. */
type Emits<Events> = { [Type in keyof Events]: (event: Events[Type]) => void };

type Tag<Element, Properties, Attributes, Events> = new () => Element & {
  /** Only for the checking of templates. */
  readonly $props: Omit<HTMLAttributes, keyof Properties> & PublicProps & Properties & Attributes;
  readonly $emit: EmitFn<Emits<Events>>;
};

declare module 'vue' {
  interface GlobalComponents {
    'loyalty-checkout': Tag<LoyaltyCheckout, LoyaltyCheckoutProperties, LoyaltyCheckoutAttributes, LoyaltyCheckoutEventMap>;
    'loyalty-rewards': Tag<LoyaltyRewards, LoyaltyRewardsProperties, LoyaltyRewardsAttributes, LoyaltyRewardsEventMap>;
  }
}
