import type { ExportFormat, MemberReward, TransactionType } from '../../client/member.js';
import type { CouponDesk } from '../coupon-desk.js';
import type { CouponTab } from '../coupons.js';
import type { PageCoupon, PageData } from '../data.js';
import type { LoyaltyRewards } from '../element.js';
import type { Exporting } from '../exporting.js';
import type { History } from '../history.js';
import type { MemberData } from '../member-data.js';
import type { Redeeming } from '../redeeming.js';
import type { PageState, RewardFilter, SectionName } from '../types.js';
import type { PageWords } from '../words.js';

/** What the page is drawn from, and what can be done with it. */
export interface View {
  readonly at: PageState;
  readonly element: LoyaltyRewards;
  readonly words: PageWords;
  readonly member: MemberData;
  readonly history: History;
  readonly redeeming: Redeeming;
  readonly desk: CouponDesk;
  readonly headingLevel: number;
  readonly sections: readonly SectionName[];
  readonly rewardFilter: RewardFilter;
  readonly isOnline: boolean;
  /** Which formats the activity can be exported in. */
  readonly exports: readonly ExportFormat[];
  readonly exporting: Exporting;
  readonly pageSize: number;
  readonly on: Controls;
}

/** A view of a member whose data are there. */
export interface MemberView extends View {
  readonly data: PageData;
}

/** The same functions for the element's life, so that listeners stay. */
export interface Controls {
  retry(): void;
  /** A section could not be drawn. */
  sectionFailed(name: SectionName, cause: unknown): void;
  signIn(): void;
  rewardFilter(filter: RewardFilter): void;
  ask(reward: MemberReward): void;
  redeem(reward: MemberReward): void;
  close(): void;
  couponTab(tab: CouponTab): void;
  toggleCode(coupon: PageCoupon): void;
  copy(coupon: PageCoupon): void;
  toggleQr(coupon: PageCoupon): void;
  use(coupon: PageCoupon): void;
  historyType(type: TransactionType | 'all'): void;
  historyPeriod(period: string): void;
  search(text: string): void;
  clearFilters(): void;
  loadMore(): void;
  retryHistory(): void;
  export(format: ExportFormat): void;
}
