/**
 * What the elements take, for frameworks that check templates. This module names no framework; import
 * `loyalty-web/jsx/react`, `/preact`, `/vue` or `/svelte` once, and the tags are known.
 */
import type { LoyaltyCheckout } from '../checkout/element.js';
import type { LoyaltyCheckoutEventMap } from '../checkout/types.js';

/** Properties that hold objects, and those that have the name of their attribute. */
export type LoyaltyCheckoutProperties = Partial<
  Pick<
    LoyaltyCheckout,
    | 'cart'
    | 'member'
    | 'program'
    | 'client'
    | 'intent'
    | 'messages'
    | 'formatters'
    | 'core'
    | 'resolveCode'
    | 'endpoint'
    | 'site'
    | 'mode'
    | 'currency'
    | 'locale'
    | 'layout'
    | 'hide'
    | 'name'
    | 'disabled'
    | 'readonly'
    | 'debug'
    | 'theme'
  >
>;

/** Attributes under their own names. */
export interface LoyaltyCheckoutAttributes {
  readonly apply?: 'explicit' | 'instant';
  readonly 'coupon-entry'?: 'collapsed' | 'open' | 'hidden';
  readonly 'auto-select'?: 'none' | 'best';
  readonly 'sign-in-url'?: string;
  readonly 'rewards-url'?: string;
  readonly 'wasm-url'?: string;
  readonly 'heading-level'?: 2 | 3 | 4 | 5 | 6;
}

/** Listeners as React 19, Preact and Svelte 5 take them: `onloyalty-applied`. */
export type LoyaltyCheckoutListeners = {
  readonly [Type in keyof LoyaltyCheckoutEventMap as `on${Type}`]?: (event: LoyaltyCheckoutEventMap[Type]) => void;
};

export type LoyaltyCheckoutProps = LoyaltyCheckoutProperties & LoyaltyCheckoutAttributes & LoyaltyCheckoutListeners;

export type { LoyaltyCheckout, LoyaltyCheckoutEventMap };
export type * from './rewards.js';
