import { describe, expect, it, vi } from 'vitest';
import type { MemberClient, MemberReward, Redemption } from '../../../src/client/member.js';
import { Redeeming, type RedeemingHost } from '../../../src/rewards/redeeming.js';

const reward: MemberReward = { id: 'five', name: '$5 off', type: 'COUPON', cost: 500, missing: 0, affordable: true, redeemable: true };
const other: MemberReward = { ...reward, id: 'ten', cost: 900 };
const redemption: Redemption = { coupon: { id: 'c', code: 'CODE', name: '$5 off', status: 'ACTIVE', points: 500, redeemedAt: '2025-11-20T10:00:00Z' } };

function bench(redeem?: MemberClient['redeem'], changes: Partial<RedeemingHost> = {}) {
  const host = {
    changed: vi.fn(),
    client: () => (redeem ? { redeem } : {}),
    isOnline: () => true,
    available: () => 2480,
    before: () => ({ goesOn: true, waits: [] as Promise<Redemption | void>[] }),
    redeemed: vi.fn(),
    refused: vi.fn(),
    ...changes,
  };
  return { host, redeeming: new Redeeming(host) };
}
const yes = async () => ({ ok: true as const, value: redemption });
const no = async () => ({ ok: false as const, reason: 'REWARD_NOT_ACTIVE', params: null, retryable: false });

describe('redeeming', () => {
  it('asks, waits, and says what is left', async () => {
    const { host, redeeming } = bench(yes);
    redeeming.ask(reward);
    expect(redeeming.stepOf(reward)).toEqual({ name: 'asking' });
    const result = redeeming.redeem(reward);
    expect(redeeming.isBusy).toBe(true);
    expect(await result).toEqual({ ok: true, value: redemption });
    expect(redeeming.stepOf(reward)).toEqual({ name: 'done', redemption, left: 1980 });
    expect(host.redeemed).toHaveBeenCalledWith(reward, redemption, 1980);
  });

  it('believes the store about what is left', async () => {
    const { redeeming } = bench(async () => ({ ok: true, value: { ...redemption, balance: 1900 } }));
    await redeeming.redeem(reward);
    expect(redeeming.step).toMatchObject({ left: 1900 });
  });

  it('does one at a time', async () => {
    const redeem = vi.fn(yes);
    const { redeeming } = bench(redeem);
    const [first, second] = await Promise.all([redeeming.redeem(reward), redeeming.redeem(other)]);
    expect([first.ok, second.ok]).toEqual([true, false]);
    expect(redeem).toHaveBeenCalledTimes(1);
  });

  it('says no in words, and nothing was spent', async () => {
    const { host, redeeming } = bench(no);
    await redeeming.redeem(reward);
    expect(redeeming.step).toEqual({ name: 'failed', reason: 'REWARD_NOT_ACTIVE', isUnknown: false });
    expect(host.refused).toHaveBeenCalledOnce();
  });

  it('repeats the same key until there is an answer, then another', async () => {
    const keys: string[] = [];
    let answers = false;
    const { redeeming } = bench(async (_, { idempotencyKey }) => {
      keys.push(idempotencyKey);
      if (!answers) throw new TypeError('away');
      return yes();
    });
    await redeeming.redeem(reward);
    expect(redeeming.step).toMatchObject({ name: 'failed', isUnknown: true });
    await redeeming.redeem(reward);
    answers = true;
    await redeeming.redeem(reward);
    await redeeming.redeem(reward);
    expect(new Set(keys.slice(0, 3)).size).toBe(1);
    expect(keys[3]).not.toBe(keys[0]);
  });

  it('knows that nothing was done where it asked too often', async () => {
    const { redeeming } = bench(async () => Promise.reject(Object.assign(new Error('slow down'), { code: 'RATE_LIMITED' })));
    await redeeming.redeem(reward);
    expect(redeeming.step).toEqual({ name: 'failed', reason: 'RATE_LIMITED', isUnknown: false });
  });

  it('tells of points that came back with a coupon that was not made', async () => {
    const failed = { coupon: { ...redemption.coupon, status: 'FAILED' as const, refundedPoints: 500 } };
    const { host, redeeming } = bench(async () => ({ ok: true, value: failed }));
    expect((await redeeming.redeem(reward)).ok).toBe(false);
    expect(redeeming.step).toMatchObject({ name: 'failed', returned: 500 });
    expect(host.redeemed).not.toHaveBeenCalled();
  });

  it('lets the page keep it from happening, or do it itself', async () => {
    const redeem = vi.fn(yes);
    const prevented = bench(redeem, { before: () => ({ goesOn: false, waits: [] }) });
    expect(await prevented.redeeming.redeem(reward)).toMatchObject({ ok: false, reason: 'CANCELLED' });
    expect(prevented.redeeming.step).toBeNull();
    const own = bench(undefined, { before: () => ({ goesOn: true, waits: [Promise.resolve(redemption)] }) });
    expect((await own.redeeming.redeem(reward)).ok).toBe(true);
    const refused = bench(redeem, { before: () => ({ goesOn: true, waits: [Promise.reject(new Error('no'))] }) });
    expect(await refused.redeeming.redeem(reward)).toMatchObject({ ok: false, reason: 'REFUSED' });
    expect(redeem).not.toHaveBeenCalled();
  });

  it('asks the store where the page only waited', async () => {
    const redeem = vi.fn(yes);
    const { redeeming } = bench(redeem, { before: () => ({ goesOn: true, waits: [Promise.resolve()] }) });
    expect((await redeeming.redeem(reward)).ok).toBe(true);
    expect(redeem).toHaveBeenCalledOnce();
  });

  it('needs somebody who can, and a connection', async () => {
    expect(await bench().redeeming.redeem(reward)).toMatchObject({ ok: false, reason: 'NO_CONFIRMER' });
    expect(await bench(yes, { isOnline: () => false }).redeeming.redeem(reward)).toMatchObject({ ok: false, reason: 'OFFLINE' });
  });
});
