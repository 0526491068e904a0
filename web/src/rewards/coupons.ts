import type { PageCoupon } from './data.js';

export const COUPON_TABS = ['active', 'used', 'expired'] as const;
export type CouponTab = (typeof COUPON_TABS)[number];

const hasEnded = ({ expiresAt }: PageCoupon, now: number) => expiresAt !== undefined && Date.parse(expiresAt) <= now;

/** Where a coupon is listed. What was not made, or was taken back, is done with as what was used is. */
export function tabOf(coupon: PageCoupon, now: number): CouponTab {
  switch (coupon.status) {
    case 'FAILED':
      return 'used';
    case 'ARCHIVED':
      return coupon.usedAt === undefined && coupon.refundedPoints === undefined && hasEnded(coupon, now) ? 'expired' : 'used';
    // In an open checkout it is not taken off again by midnight; in an order it is used.
    case 'APPLIED':
      return coupon.orderId === undefined ? 'active' : 'used';
    default:
      return hasEnded(coupon, now) ? 'expired' : 'active';
  }
}

/** Whether its code is worth anything now. */
export const isUsable = (coupon: PageCoupon, now: number): boolean =>
  coupon.status === 'ACTIVE' && coupon.code !== '' && tabOf(coupon, now) === 'active';
