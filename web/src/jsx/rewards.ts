import type { LoyaltyRewards } from '../rewards/element.js';
import type { LoyaltyRewardsEventMap } from '../rewards/types.js';

/** Properties that hold objects, and those that have the name of their attribute. */
export type LoyaltyRewardsProperties = Partial<
  Pick<
    LoyaltyRewards,
    | 'member'
    | 'program'
    | 'coupons'
    | 'transactions'
    | 'client'
    | 'getToken'
    | 'messages'
    | 'endpoint'
    | 'site'
    | 'locale'
    | 'theme'
    | 'sections'
    | 'qr'
  >
>;

/** Attributes under their own names. */
export interface LoyaltyRewardsAttributes {
  readonly 'page-size'?: number;
  readonly 'history-range'?: string;
  readonly export?: string;
  readonly 'code-display'?: 'masked' | 'plain';
  readonly 'sign-in-url'?: string;
  readonly 'checkout-url'?: string;
  readonly 'heading-level'?: 2 | 3 | 4 | 5;
}

/** Listeners as React 19, Preact and Svelte 5 take them: `onloyalty-redeemed`. */
export type LoyaltyRewardsListeners = {
  readonly [Type in keyof LoyaltyRewardsEventMap as `on${Type}`]?: (event: LoyaltyRewardsEventMap[Type]) => void;
};

export type LoyaltyRewardsProps = LoyaltyRewardsProperties & LoyaltyRewardsAttributes & LoyaltyRewardsListeners;

export type { LoyaltyRewards, LoyaltyRewardsEventMap };
