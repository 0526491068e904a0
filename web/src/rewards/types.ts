import type { TechnicalError } from '../checkout/types.js';
import type { ExportedFile, ExportFormat, MemberReward, Redemption } from '../client/member.js';
import type { CouponTab } from './coupons.js';
import type { PageCoupon } from './data.js';
import type { HistoryView } from './history.js';

/** Parts of the page, in the order in which they stand by themselves. */
export const SECTIONS = ['balance', 'tiers', 'rewards', 'coupons', 'earn', 'history'] as const;
export type SectionName = (typeof SECTIONS)[number];

/** What the page shows as a whole: `data-state` says it. */
export type PageState = 'unset' | 'loading' | 'unavailable' | 'inactive-draft' | 'inactive-paused' | 'guest' | 'new-member' | 'member';

/** Which rewards are shown. */
export type RewardFilter = 'all' | 'affordable';

export interface LoyaltyRewardsEventMap {
  'loyalty-ready': CustomEvent<{ readonly state: PageState }>;
  'loyalty-before-redeem': CustomEvent<{
    readonly reward: MemberReward;
    readonly waitUntil: (redemption: Promise<Redemption | void>) => void;
  }>;
  'loyalty-redeemed': CustomEvent<{
    readonly coupon: Redemption['coupon'];
    readonly balance: number | undefined;
    readonly reward: MemberReward;
  }>;
  'loyalty-rejected': CustomEvent<{ readonly reason: string; readonly rewardId: string; readonly retryable: boolean }>;
  'loyalty-copied': CustomEvent<{ readonly couponId: string; readonly how: 'clipboard' | 'selection' }>;
  'loyalty-use-coupon': CustomEvent<{ readonly code: string; readonly coupon: PageCoupon }>;
  'loyalty-export': CustomEvent<ExportedFile & { readonly format: ExportFormat }>;
  'loyalty-filter': CustomEvent<
    | { readonly section: 'rewards'; readonly filter: RewardFilter }
    | { readonly section: 'coupons'; readonly filter: CouponTab }
    | { readonly section: 'history'; readonly filter: HistoryView }
  >;
  'loyalty-sign-in': CustomEvent<{ readonly url: string | null }>;
  'loyalty-state': CustomEvent<{ readonly from: PageState; readonly to: PageState }>;
  'loyalty-error': CustomEvent<TechnicalError>;
}
