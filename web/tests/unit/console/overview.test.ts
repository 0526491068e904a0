import { describe, expect, test } from 'vitest';
import type { Context } from '../../../console/src/app/context.js';
import type { DomainEvent } from '../../../console/src/api/events.js';
import { recentActivity, told } from '../../../console/src/screens/overview/activity.js';
import { expiryChart, flowChart, labelOf } from '../../../console/src/screens/overview/charts.js';
import { dayIn, daysBefore, intervalFor, PERIODS, pointsReport, type Liability, type PointsReport } from '../../../console/src/screens/overview/reports.js';
import { missingOf } from '../../../console/src/screens/overview/status.js';
import { membersOf } from '../../../console/src/screens/overview/totals.js';

const points = (count: number) => `${count} Stars`;
const context = { points, pointsName: 'Stars', number: String, money: (minor: number) => `$${minor}`, date: (day: string) => day } as unknown as Context;

describe('periods', () => {
  test('end today, in the program’s calendar and by the server’s clock', async () => {
    const asked: unknown[] = [];
    const api = {
      async get(path: string, query: unknown) {
        asked.push([path, query]);
        return { serverTime: '2026-03-01T03:00:00Z' };
      },
    } as unknown as Context['api'];
    await pointsReport(api, 'America/New_York', '30', 'week', new AbortController().signal);
    expect(asked[1]).toEqual(['/loyalty-reports/v1/points', { from: '2026-01-30', to: '2026-02-28', by: 'week' }]);
  });

  test('days are those of a calendar, leap years too', () => {
    expect(dayIn('Asia/Tokyo', '2026-02-28T20:00:00Z')).toBe('2026-03-01');
    expect(daysBefore('2024-03-01', 1)).toBe('2024-02-29');
    expect(daysBefore('2026-01-01', 365)).toBe('2025-01-01');
  });

  test('each has an interval that gives a readable number of bars', () => {
    const days = { day: 1, week: 7, month: 30 };
    for (const [period] of PERIODS) {
      const bars = Number(period) / days[intervalFor(period)];
      expect(bars).toBeGreaterThan(6);
      expect(bars).toBeLessThan(31);
    }
  });
});

describe('charts', () => {
  const flow = { redeemed: 5, adjusted: 0, refunded: 0, expired: 0, orders: 1, activeMembers: 1 };

  test('of what moves, with the numbers in a sentence', () => {
    const report: PointsReport = { timeZone: 'UTC', from: '2026-01-01', to: '2026-01-02', by: 'day', totals: { ...flow, earned: 30 }, buckets: [{ ...flow, start: '2026-01-01', earned: 10 }, { ...flow, start: '2026-01-02', earned: 20 }] };
    const chart = flowChart(context, report);
    expect(chart.labels).toEqual(['Jan 1', 'Jan 2']);
    expect(chart.series.map(({ name, values }) => [name, values])).toEqual([['Earned', [10, 20]], ['Redeemed', [5, 5]]]);
    expect(chart.summary).toBe('Stars earned and redeemed from 2026-01-01 to 2026-01-02: 30 earned, 5 redeemed.');
  });

  test('of when points expire, those that never do beside them', () => {
    const byExpiryMonth = [{ month: '2026-05', points: 100, amountMinor: 50 }, { month: null, points: 7, amountMinor: 3 }];
    const chart = expiryChart(context, { byExpiryMonth } as unknown as Liability);
    expect(chart.labels).toEqual(['May 2026', 'Never']);
    expect(chart.series[0]?.values).toEqual([50, 3]);
    expect(chart.summary).toContain('100 Stars have a month, 7 do not expire');
  });

  test('a month is named with its year', () => {
    expect(labelOf('2026-12-01', 'month')).toBe('Dec 2026');
  });
});

describe('what has happened', () => {
  const event = (entityFqdn: string, slug: string, body: unknown = {}): DomainEvent => ({
    id: '1', entityFqdn, slug, entityId: 'account', eventTime: '2026-01-01T00:00:00Z', sequence: 1,
    createdEvent: { entity: JSON.stringify(body) },
  });
  const transaction = (transactionType: string, balanceDelta: number, description?: string) =>
    told(event('wix.loyalty.transaction.v1.loyalty_transaction', 'created', { accountId: 'a', transactionType, balanceDelta, ...(description && { description }) }), points)?.text;

  test('movements of points are told by what they did to the balance', () => {
    expect(transaction('EARN', 120, 'Shop with us')).toBe('earned 120 Stars · Shop with us');
    expect(transaction('REDEEM', -500)).toBe('redeemed 500 Stars');
    expect(transaction('REFUND', 500)).toBe('got 500 Stars back');
    expect(transaction('EXPIRE', -9)).toBe('lost 9 Stars by expiry');
    expect(transaction('ADJUST', -80, 'Order changed')).toBe('lost 80 Stars by a correction · Order changed');
    expect(transaction('ADJUST', 80)).toBe('got 80 Stars by a correction');
  });

  test('rules are told by their names, and what only repeats another event is not told', () => {
    expect(told(event('wix.loyalty.v1.reward', 'updated', { name: '$5 off' }), points)?.text).toBe('The reward “$5 off” was changed');
    expect(told(event('wix.loyalty.v1.tier', 'created', { tierDefinition: { name: 'Gold' } }), points)?.text).toBe('The tier “Gold” was made');
    expect(told({ ...event('wix.loyalty.v1.promotion', 'deleted'), createdEvent: {} }, points)?.text).toBe('A promotion was deleted');
    expect(told(event('wix.loyalty.v1.account', 'tier_changed'), points)).toEqual({ accountId: 'account', text: 'is in another tier now' });
    expect(told(event('wix.loyalty.v1.account', 'points_updated'), points)).toBeNull();
    expect(told(event('somebody.else', 'created'), points)).toBeNull();
  });

  test('orders are told when they are placed and when they come back; a payment is told by what it earns', () => {
    const order = { number: '1042', accountId: 'a', status: 'APPROVED', paymentStatus: 'NOT_PAID', totalMinor: 5100, currency: 'USD' };
    const tell = (slug: string, changed: object) => told(event('loyalty.v1.order', slug, { ...order, ...changed }), points);
    expect(tell('created', {})).toEqual({ accountId: 'a', text: 'placed order 1042 ($51.00)' });
    expect(tell('created', { accountId: undefined })).toEqual({ text: 'Somebody without an account placed order 1042 ($51.00)' });
    expect(tell('updated', { status: 'CANCELED' })).toEqual({ text: 'Order 1042 was cancelled' });
    expect(tell('updated', { paymentStatus: 'PARTIALLY_REFUNDED' })).toEqual({ text: 'Order 1042 was refunded in part' });
    expect(tell('updated', { paymentStatus: 'FULLY_REFUNDED' })).toEqual({ text: 'Order 1042 was refunded' });
    expect(tell('updated', { paymentStatus: 'PAID' })).toBeNull();
  });

  test('members are called by their names, asked for once', async () => {
    const asked: unknown[] = [];
    const events = [event('wix.loyalty.v1.account', 'created'), event('wix.loyalty.v1.account', 'tier_changed'), event('wix.loyalty.v1.program', 'updated')].map((one, at) => ({ ...one, id: String(at), sequence: at + 1 }));
    const api = {
      get: async (_: string, { after }: { after: number }) => ({ events: events.filter(({ sequence }) => sequence > after), next: '', last: '3' }),
      post: async (_: string, body: unknown) => (asked.push(body), { loyaltyAccounts: [{ id: 'account', contact: { name: 'Ann' } }] }),
    };
    const rows = await recentActivity({ ...context, api } as unknown as Context, new AbortController().signal);
    expect(rows.map(({ who, text }) => [who?.name, text])).toEqual([
      [undefined, 'The program’s settings or status changed'],
      ['Ann', 'is in another tier now'],
      ['Ann', 'joined the program'],
    ]);
    expect(asked).toEqual([{ query: { filter: { id: { $in: ['account'] } } } }]);
  });
});

test('only what blocks and is not done stands between the program and its start', () => {
  const item = (id: string, done: boolean, blocking: boolean) => ({ id, done, blocking, message: '' });
  const items = [item('name', false, false), item('earning', false, true), item('rewards', true, true)];
  expect(missingOf({ status: 'DRAFT', ready: false, items }).map(({ id }) => id)).toEqual(['earning']);
});

test('members are those of all tiers', () => {
  expect(membersOf({ points: {} as never, tierTotals: [{ numberOfAccounts: 3 }, { id: 'gold', numberOfAccounts: 4 }] })).toBe(7);
});
