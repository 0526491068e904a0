import { describe, expect, it, vi } from 'vitest';
import type { MemberClient, MemberOverview } from '../../../src/client/member.js';
import type { Account, Catalog } from '../../../src/documents/index.js';
import { adasYear } from '../../../src/mock/member-year.js';
import { MemberData, type Given } from '../../../src/rewards/member-data.js';
import { isNew } from '../../../src/rewards/data.js';

const { overview } = adasYear();
const catalog: Catalog = {
  version: '1',
  currency: 'JPY',
  program: { status: 'ACTIVE', name: 'Club' },
  tiersActive: true,
  tiers: [{ id: 'gold', name: 'Gold', requiredPoints: 900 }, { id: 'silver', name: 'Silver', requiredPoints: 500 }],
  rewards: [
    { id: 'pay', name: 'Pay', type: 'DISCOUNT_AMOUNT', active: true, configs: [{ tierId: 'silver', costInPoints: 80, effects: [{ kind: 'pointsAsMoney', amount: 100, costInPoints: 80 }] }] },
    { id: 'ship', name: 'Ship', type: 'COUPON_REWARD', active: true, configs: [{ tierId: 'silver', costInPoints: 300, effects: [{ kind: 'freeShipping', target: 'shipping' }] }] },
    { id: 'dear', type: 'COUPON_REWARD', active: true, configs: [{ tierId: 'silver', costInPoints: 700, effects: [] }] },
    { id: 'off', type: 'COUPON_REWARD', active: false, configs: [{ tierId: 'silver', costInPoints: 1, effects: [] }] },
    { id: 'gold', type: 'COUPON_REWARD', active: true, configs: [{ tierId: 'gold', costInPoints: 1, effects: [] }] },
  ],
  earningRules: [
    { id: 'spend', title: 'Spend', trigger: 'order', status: 'ACTIVE', configs: [{ conversion: { moneyAmount: 100, points: 1 } }, { tierId: 'silver', conversion: { moneyAmount: 100, points: 2 } }] },
    { id: 'base', trigger: 'order', status: 'ACTIVE', configs: [{ points: 7 }] },
    { id: 'old', trigger: 'x', status: 'PAUSED', configs: [{ points: 5 }] },
  ],
};
const account: Account = { id: 'a', available: 400, tierId: 'silver', tierPoints: 650, coupons: [{ id: 'k', status: 'ACTIVE', code: 'K', name: 'Thanks', effects: [] }] };
const nothing: Given = { client: undefined, program: undefined, member: undefined, coupons: undefined };

function open(given: Partial<Given>) {
  const host = { changed: vi.fn(), renewed: vi.fn(), failed: vi.fn() };
  const data = new MemberData(host);
  data.give({ ...nothing, ...given });
  return { host, data };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('without a store', () => {
  it('the page has what the account and the rules say', () => {
    const { data } = open({ member: account, program: { catalog } });
    const page = data.data!;
    expect(page.rewards.map(({ id, cost, missing, redeemable, reason }) => [id, cost, missing, redeemable, reason])).toEqual([
      ['pay', 80, 0, false, 'AT_CHECKOUT'],
      ['ship', 300, 0, true, undefined],
      ['dear', 700, 300, false, 'INSUFFICIENT_POINTS'],
    ]);
    expect(page.tier).toMatchObject({ points: 650, current: { id: 'silver' }, next: { id: 'gold', missing: 250 } });
    // Whole yen are minor units.
    expect(page.ways).toEqual([{ id: 'spend', name: 'Spend', activity: 'order', per: { amountMinor: 100, points: 2 } }]);
    expect(page.coupons).toEqual([{ id: 'k', code: 'K', name: 'Thanks', status: 'ACTIVE' }]);
  });

  it('an account waits for its rules; a guest does not', () => {
    expect(open({ member: account }).data.data).toBeUndefined();
    expect(open({ member: null }).data.data).toBeNull();
  });

  it('given coupons take the place of others', () => {
    const mine = { id: 'm', code: 'M', name: 'Mine', status: 'ACTIVE' as const };
    expect(open({ member: overview, coupons: [mine] }).data.data!.coupons).toEqual([mine]);
  });
});

describe('with a store', () => {
  it('knows the member and the store\'s clock', async () => {
    const { data, host } = open({ client: { overview: async () => overview, bootstrap: async () => ({ catalog }) } });
    await settled();
    expect(data.data).toEqual(overview);
    expect(Math.abs(data.now() - Date.parse(overview.serverTime))).toBeLessThan(1000);
    expect(host.renewed).toHaveBeenCalledWith(undefined);
  });

  it('does without the program where only that cannot be had', async () => {
    const { data, host } = open({ client: { overview: async () => overview, bootstrap: () => Promise.reject(new Error('away')) } });
    await settled();
    expect([data.data !== undefined, data.hasFailed, host.failed.mock.calls.length]).toEqual([true, false, 1]);
  });

  it('keeps what it has where asking again fails, and says that it may be old', async () => {
    let works = true;
    const client: MemberClient = { overview: () => (works ? Promise.resolve(overview) : Promise.reject(new TypeError('away'))) };
    const { data } = open({ client });
    await settled();
    works = false;
    await data.refresh();
    expect([data.isOutdated, data.hasFailed, data.data]).toEqual([true, false, overview]);
    works = true;
    await data.refresh();
    expect(data.isOutdated).toBe(false);
  });

  it('asks once more, and not more often, for all that happens while it asks', async () => {
    let tell = () => {};
    const answers: ((value: MemberOverview) => void)[] = [];
    const ask = vi.fn(() => new Promise<MemberOverview>((resolve) => answers.push(resolve)));
    open({ client: { overview: ask, subscribe: (listener) => ((tell = () => listener('member')), () => undefined) } });
    tell();
    tell();
    tell();
    expect(ask).toHaveBeenCalledTimes(1);
    answers[0]!(overview);
    await settled();
    expect(ask).toHaveBeenCalledTimes(2);
    answers[1]!(overview);
    await settled();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('forgets a member who has signed out', async () => {
    let who: MemberOverview | null = overview;
    let tell = () => {};
    const { data } = open({ client: { overview: async () => who, subscribe: (listener) => ((tell = () => listener('member')), () => undefined) } });
    await settled();
    who = null;
    tell();
    await settled();
    expect(data.data).toBeNull();
  });

  it('believes whoever spoke last about who it is', async () => {
    const { data } = open({ member: overview, client: { overview: async () => null } });
    expect(data.data).toEqual(overview);
    await settled();
    expect(data.data).toBeNull();
    const other = { ...overview, member: { contactId: 'bea', name: 'Bea' } };
    data.give({ ...nothing, member: other });
    expect(data.data).toEqual(other);
  });

  it('shows what was redeemed at once', async () => {
    const { data } = open({ client: { overview: async () => overview } });
    await settled();
    const coupon = { id: 'new', code: 'N', name: 'New', status: 'ACTIVE' as const };
    data.redeemed(coupon, 100);
    expect(data.data!.coupons[0]).toEqual(coupon);
    expect(data.data!.account!.available).toBe(100);
    // Nobody has said yet what that is worth.
    expect(data.data!.worth).toBeUndefined();
  });

  it('stops listening and asking when it leaves the page', async () => {
    const stop = vi.fn();
    const { data, host } = open({ client: { overview: async () => overview, subscribe: () => stop } });
    data.disconnect();
    await settled();
    expect(stop).toHaveBeenCalledOnce();
    expect(host.renewed).not.toHaveBeenCalled();
  });
});

it('somebody is new until something was earned', () => {
  const { account: full, ...without } = overview;
  expect(isNew(without)).toBe(true);
  expect(isNew({ ...overview, coupons: [], account: { ...full!, earned: 0, available: 0, pending: 0 } })).toBe(true);
  expect(isNew(overview)).toBe(false);
});
