import { describe, expect, it } from 'vitest';
import { adasYear } from '../../../src/mock/member-year.js';
import { filtered, sourceOf } from '../../../src/rewards/filtering.js';

const { transactions: all, overview } = adasYear();
const signal = new AbortController().signal;

describe('movements', () => {
  it('are those of the types asked for', () => {
    const found = filtered(all, { types: ['REDEEM', 'REFUND'] }, 'UTC');
    expect(new Set(found.map(({ type }) => type))).toEqual(new Set(['REDEEM', 'REFUND']));
    expect(found.length).toBe(all.filter(({ type }) => type === 'REDEEM' || type === 'REFUND').length);
  });

  it('are within both days, by the clock of the program', () => {
    // At midnight in New York, 05:00 UTC, another day begins.
    const [one] = all;
    const late = [{ ...one!, at: '2025-11-18T04:59:00Z' }, { ...one!, at: '2025-11-18T05:00:00Z' }];
    expect(filtered(late, { from: '2025-11-18', to: '2025-11-18' }, 'America/New_York')).toEqual([late[1]]);
    expect(filtered(late, { to: '2025-11-17' }, 'America/New_York')).toEqual([late[0]]);
  });

  it('are found by any of their words, in any case', () => {
    expect(filtered(all, { search: ' SERVICE TEAM ' }, 'UTC').map(({ title }) => title)).toEqual(['Sorry for the wait']);
    expect(filtered(all, { search: '1041' }, 'UTC').length).toBeGreaterThan(0);
    expect(filtered(all, { search: 'no such thing' }, 'UTC')).toEqual([]);
  });

  it('come page by page, until there are no more', async () => {
    const source = sourceOf(all, () => 'UTC');
    const seen = [];
    let cursor: string | undefined;
    do {
      const page = await source({ limit: 50, ...(cursor && { cursor }) }, { signal });
      expect(page.total).toBe(all.length);
      seen.push(...page.transactions);
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(all);
  });
});

it('a year of samples adds up', () => {
  const { account, tier } = overview;
  expect(account!.balance).toBe(account!.earned + account!.adjusted - account!.redeemed - account!.expired);
  expect(account!.available).toBe(account!.balance - account!.held);
  expect(all[0]!.balanceAfter).toBe(account!.balance);
  expect(all.every(({ points, balanceAfter }, at) => balanceAfter - points === (all[at + 1]?.balanceAfter ?? 0))).toBe(true);
  expect(tier!.next!.requiredPoints - tier!.points).toBe(tier!.next!.missing);
});
