import { expect, it, vi } from 'vitest';
import { createMemberStore } from '../../../src/mock/member-store.js';
import { adasYear } from '../../../src/mock/member-year.js';

const key = { idempotencyKey: 'k1' };

it('a redemption moves points once, however often it is asked for with the same key', async () => {
  const store = createMemberStore(adasYear());
  const before = (await store.overview())!;
  const heard = vi.fn();
  store.subscribe(heard);
  const [one, two] = await Promise.all([store.redeem({ id: 'five-off' }, key), store.redeem({ id: 'five-off' }, key)]);
  expect(one).toEqual(two);
  expect(one).toMatchObject({ ok: true, value: { balance: before.account!.available - 500, coupon: { status: 'ACTIVE', points: 500 } } });
  const after = (await store.overview())!;
  expect(after.account!.balance).toBe(after.account!.earned + after.account!.adjusted - after.account!.redeemed - after.account!.expired);
  expect([before.worth!.amountMinor, after.worth!.amountMinor]).toEqual([3700, 3200]);
  expect(after.coupons.length).toBe(before.coupons.length + 1);
  expect((await store.transactions({ limit: 1 })).transactions[0]).toMatchObject({ type: 'REDEEM', points: -500, balanceAfter: after.account!.balance });
  expect(heard).toHaveBeenCalledOnce();
});

it('what cannot be redeemed is refused, and what was not heard can be asked again', async () => {
  let fails = true;
  const store = createMemberStore(adasYear(), { travel: async () => { if (fails) throw new TypeError('away'); } });
  await expect(store.redeem({ id: 'five-off' }, key)).rejects.toThrow('away');
  fails = false;
  expect((await store.redeem({ id: 'five-off' }, key)).ok).toBe(true);
  expect(await store.redeem({ id: 'raincoat' }, { idempotencyKey: 'k2' })).toMatchObject({ ok: false, reason: 'INSUFFICIENT_POINTS' });
});

it('points that come in open rewards, and somebody who signs out has nothing', async () => {
  const store = createMemberStore(adasYear());
  store.earn(2000, 'Order 1048');
  expect((await store.overview())!.rewards.find(({ id }) => id === 'raincoat')).toMatchObject({ redeemable: true, missing: 0 });
  store.signIn(null);
  expect(await store.overview()).toBeNull();
  expect((await store.transactions({})).total).toBe(0);
});
