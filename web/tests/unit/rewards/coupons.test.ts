import { describe, expect, it } from 'vitest';
import { isUsable, tabOf } from '../../../src/rewards/coupons.js';
import type { PageCoupon } from '../../../src/rewards/data.js';

const now = Date.parse('2025-11-20T10:00:00Z');
const past = '2025-11-20T09:59:59Z';
const future = '2025-11-20T10:00:01Z';
const coupon = (changes: Partial<PageCoupon>): PageCoupon => ({ id: 'c', code: 'CODE', name: 'Five off', status: 'ACTIVE', ...changes });

describe('where a coupon is listed', () => {
  it.each<[string, Partial<PageCoupon>, string, boolean]>([
    ['active', {}, 'active', true],
    ['until later', { expiresAt: future }, 'active', true],
    ['until now', { expiresAt: new Date(now).toISOString() }, 'expired', false],
    ['until before', { expiresAt: past }, 'expired', false],
    ['being prepared', { status: 'PENDING', code: '' }, 'active', false],
    ['in an open checkout, and past its end', { status: 'APPLIED', expiresAt: past }, 'active', false],
    ['in an order', { status: 'APPLIED', orderId: 'order-1' }, 'used', false],
    ['used', { status: 'ARCHIVED', usedAt: past }, 'used', false],
    ['used, and past its end', { status: 'ARCHIVED', usedAt: past, expiresAt: past }, 'used', false],
    ['archived by its end', { status: 'ARCHIVED', expiresAt: past }, 'expired', false],
    ['cancelled, and past its end', { status: 'ARCHIVED', refundedPoints: 500, expiresAt: past }, 'used', false],
    ['not made', { status: 'FAILED', refundedPoints: 500 }, 'used', false],
    ['active without a code', { code: '' }, 'active', false],
  ])('%s', (_, changes, tab, usable) => {
    expect(tabOf(coupon(changes), now)).toBe(tab);
    expect(isUsable(coupon(changes), now)).toBe(usable);
  });
});
