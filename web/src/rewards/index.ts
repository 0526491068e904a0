/** The rewards page: the element's class and the types of what it takes and tells. Registers nothing. */
export { LoyaltyRewards } from './element.js';
export type { GivenMember, PageAccount, PageCoupon, PageData } from './data.js';
export type { LoyaltyRewardsEventMap, PageState, RewardFilter, SectionName } from './types.js';
export type * from '../client/member.js';
