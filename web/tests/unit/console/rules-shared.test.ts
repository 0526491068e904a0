import { describe, expect, test } from 'vitest';
import type { Api } from '../../../console/src/api/api.js';
import { ApiError } from '../../../console/src/api/refusal.js';
import { differences } from '../../../console/src/rules/conflict.js';
import { Doing } from '../../../console/src/rules/doing.js';
import { faultOfPercent, ppmOf, textOfPpm } from '../../../console/src/rules/decimals.js';
import type { EarningRule, TiersProgram } from '../../../console/src/rules/model.js';
import { perform } from '../../../console/src/rules/operations.js';
import { tierConfigs, tierFaults, tierFieldOf, tierTexts } from '../../../console/src/rules/tier-values.js';
import { counted, listed, ordinal } from '../../../console/src/rules/words.js';
import { earningOf, percentBack, spendFor } from '../../../console/src/rules/worth.js';
import { instantOf, localOf } from '../../../console/src/rules/zone.js';
import { deferred, TestHost } from './host.js';

const program: TiersProgram = {
  tiers: [
    { id: 's', revision: '1', tierDefinition: { name: 'Silver' }, requiredPoints: 500 },
    { id: 'g', revision: '1', tierDefinition: { name: 'Gold' }, requiredPoints: 1500 },
  ],
  programSettings: { revision: '1', status: 'ACTIVE', rollingWindow: { durationInMonths: 12 }, baseTierDefinition: { name: 'Bronze' } },
};

describe('times on the clocks of a zone', () => {
  test('are instants and back, in winter and in summer', () => {
    expect(instantOf('2026-12-31T23:59', 'America/New_York')).toBe('2027-01-01T04:59:00Z');
    expect(instantOf('2026-07-01T00:00', 'America/New_York')).toBe('2026-07-01T04:00:00Z');
    expect(localOf('2026-07-01T04:00:00Z', 'America/New_York')).toBe('2026-07-01T00:00');
    expect(instantOf('2026-07-01T00:00', 'Asia/Kathmandu')).toBe('2026-06-30T18:15:00Z');
    expect(instantOf('2026-07-01T00:00', 'Pacific/Kiritimati')).toBe('2026-06-30T10:00:00Z');
    expect(instantOf('2026-07-01T00:00', 'Pacific/Pago_Pago')).toBe('2026-07-01T11:00:00Z');
  });

  test('that are shown twice are the earlier ones', () => {
    expect(instantOf('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30:00Z');
    expect(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00Z');
  });

  test('that clocks leap over are as much later', () => {
    expect(instantOf('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00Z');
    expect(localOf('2026-03-08T07:30:00Z', 'America/New_York')).toBe('2026-03-08T03:30');
  });

  test('have to be times', () => {
    expect(instantOf('tomorrow', 'UTC')).toBeNull();
    expect(instantOf('', 'UTC')).toBeNull();
    expect(localOf('never', 'UTC')).toBe('');
  });

  test('survive every hour of a year in zones that change their clocks', () => {
    for (const zone of ['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Sao_Paulo']) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 11 * 3_600_000) {
        const local = localOf(new Date(at).toISOString(), zone);
        const again = instantOf(local, zone)!;
        expect(localOf(again, zone)).toBe(local);
        expect(Date.parse(again)).toBeLessThanOrEqual(at);
      }
    }
  });
});

describe('what a reward gives back', () => {
  const rule = (points: number, moneyAmount: number, more: Partial<EarningRule> = {}): EarningRule => ({
    id: 'r', revision: '1', title: 'Shop', status: 'ACTIVE', sourceAppId: '', triggerAppId: '', triggerActivityType: 'stores/OrderPaid',
    conversionRate: { configs: [{ moneyAmount, points }] }, ...more,
  });

  test('is the share of the money that earned it', () => {
    // 500 points take 500.00 at 1 point for each 1.00; they are worth 5.00.
    expect(percentBack(500, 500, earningOf([rule(1, 1)], undefined, 'USD')!)).toBe('1.0');
    // 300 points take 200.00 at 3 points for each 2.00; they are worth 7.00: 3.5 %.
    expect(percentBack(700, 300, earningOf([rule(3, 2)], undefined, 'USD')!)).toBe('3.5');
    // 100 yen for 200 points at 1 point for each 100 yen: 100 of 20,000, which is half a percent.
    expect(percentBack(100, 200, earningOf([rule(1, 100)], undefined, 'JPY')!)).toBe('0.5');
    // One third of a percent, and two thirds, to one decimal.
    expect(percentBack(100, 300, earningOf([rule(1, 1)], undefined, 'USD')!)).toBe('0.3');
    expect(percentBack(200, 300, earningOf([rule(1, 1)], undefined, 'USD')!)).toBe('0.7');
    expect(percentBack(999_999_999_999, 9_999_999, earningOf([rule(9_999_999, 1)], undefined, 'USD')!)).toBe('999999999999.0');
  });

  test('counts all active ways for orders together, and none that is paused', () => {
    const both = [rule(1, 1), rule(1, 2), rule(50, 1, { status: 'PAUSED' })];
    // 1 for each 1.00 and 1 for each 2.00 are 3 for each 2.00.
    expect(percentBack(500, 500, earningOf(both, undefined, 'USD')!)).toBe('1.5');
    expect(earningOf([rule(1, 1, { status: 'PAUSED' })], undefined, 'USD')).toBeNull();
  });

  test('goes by the tier’s own rate, by the base rate only where the rule says so', () => {
    const tiered = rule(1, 1, { conversionRate: { configs: [{ moneyAmount: 1, points: 1 }, { tierId: 's', moneyAmount: 1, points: 2 }] } });
    expect(percentBack(500, 500, earningOf([tiered], 's', 'USD')!)).toBe('2.0');
    expect(earningOf([tiered], 'g', 'USD')).toBeNull();
    expect(percentBack(500, 500, earningOf([{ ...tiered, baseAppliesToAll: true }], 'g', 'USD')!)).toBe('1.0');
  });

  test('says what is spent for what has no fixed value', () => {
    expect(spendFor(300, earningOf([rule(1, 1)], undefined, 'USD')!)).toBe(30_000);
    expect(spendFor(100, earningOf([rule(3, 1)], undefined, 'USD')!)).toBe(3_334);
  });

  test('knows nothing where only fixed numbers of points are earned', () => {
    const { conversionRate: _, ...fixed } = rule(1, 1);
    expect(earningOf([{ ...fixed, fixedAmount: { configs: [{ points: 5 }] } }], undefined, 'USD')).toBeNull();
  });
});

describe('values per tier', () => {
  test('come from configs and become configs again, without tiers that are gone', () => {
    const texts = tierTexts(program, 'points', [{ points: 1 }, { tierId: 'g', points: 3 }, { tierId: 'gone', points: 9 }], ({ points }) => String(points));
    expect(texts).toEqual({ points_base: '1', points_s: '', points_g: '3' });
    expect(tierConfigs(program, texts, ['points'], ({ points }) => ({ points: Number(points) }))).toEqual([{ points: 1 }, { tierId: 'g', points: 3 }]);
  });

  test('may be left out for a tier, not for all, and not by half', () => {
    const number = (text: string) => (/^\d+$/.test(text) ? undefined : 'Enter a number.');
    expect(tierFaults(program, { a_base: '', b_base: '', a_s: '', b_s: '', a_g: '', b_g: '' }, { a: number, b: number })).toEqual({ a_base: 'Enter a value for at least one tier.' });
    expect(tierFaults(program, { a_base: '', b_base: '', a_s: '1', b_s: '', a_g: '1', b_g: '2' }, { a: number, b: number })).toEqual({ b_s: 'Enter a number.' });
  });

  test('take faults of the server that name a config by its place', () => {
    const values = { points_base: '', points_s: '1', points_g: '3' };
    expect(tierFieldOf('earningRule.fixedAmount.configs[1].points', program, values, { points: 'points' })).toBe('points_g');
    expect(tierFieldOf('reward.configsByTier[0].costInPoints', program, values, { costInPoints: 'points' })).toBe('points_s');
    expect(tierFieldOf('earningRule.title', program, values, { points: 'points' })).toBeUndefined();
  });
});

describe('percentages', () => {
  test('are parts per million without rounding', () => {
    expect(ppmOf('12.5')).toBe(125_000);
    expect(ppmOf('0.0001')).toBe(1);
    expect(ppmOf('100')).toBe(1_000_000);
    expect([ppmOf('100.0001'), ppmOf('1.00001'), ppmOf('-1'), ppmOf('10%')]).toEqual([null, null, null, null]);
    expect([125_000, 1, 1_000_000, 0].map(textOfPpm)).toEqual(['12.5', '0.0001', '100', '0']);
  });

  test('say what is wrong with them', () => {
    expect(faultOfPercent('')).toBe('Enter a percentage, such as 10.');
    expect(faultOfPercent('1.234', 2)).toContain('at most 2 decimals');
    expect(faultOfPercent('0')).toBe('Enter a percentage above 0 and up to 100.');
    expect(faultOfPercent('100.01', 2)).toBe('Enter a percentage above 0 and up to 100.');
    expect(faultOfPercent('99.99', 2)).toBeUndefined();
  });
});

describe('operations', () => {
  test('go to their routes with the request as it is', async () => {
    const asked: unknown[] = [];
    const note = (method: string) => (path: string, body: unknown, sending: unknown) => void asked.push([method, path, body, sending]);
    const api = { post: note('post'), put: note('put'), patch: note('patch') } as unknown as Api;
    await perform(api, { operation: 'rewards.update', request: { reward: { id: 'a b', name: 'x' } } }, 'key');
    await perform(api, { operation: 'tiers.create', request: { tier: {} } });
    expect(asked).toEqual([
      ['put', '/loyalty-rewards/v1/rewards/a%20b', { reward: { id: 'a b', name: 'x' } }, { idempotencyKey: 'key' }],
      ['post', '/loyalty-tiers/v1/tiers', { tier: {} }, {}],
    ]);
    expect(() => perform(api, { operation: 'rewards.forget', request: {} })).toThrow(RangeError);
  });
});

test('differences are those of fields', () => {
  expect(differences({ name: 'a', active: true, cost: '5' }, { name: 'b', active: true, cost: '5' })).toEqual([{ name: 'name', mine: 'a', theirs: 'b' }]);
});

test('words', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a and b', 'a, b or c']);
  expect([ordinal(1), ordinal(2), ordinal(3), ordinal(11), ordinal(22)]).toEqual(['1st', '2nd', '3rd', '11th', '22nd']);
  expect([counted(1, 'member'), counted(1200, 'member')]).toEqual(['1 member', '1,200 members']);
});

describe('doing something to a row', () => {
  test('happens once at a time, and a refusal is said', async () => {
    const host = new TestHost();
    const doing = new Doing(host);
    const first = deferred<void>();
    const running = doing.run('a', () => first.promise);
    expect(doing.busy).toBe('a');
    expect(await doing.run('b', () => Promise.resolve())).toBe(false);
    first.reject(new ApiError('Not today.', { status: 409, code: 'REVISION_MISMATCH' }));
    expect(await running).toBe(false);
    expect(JSON.stringify(doing.view())).toContain('Somebody else changed it in between.');
    expect(await doing.run('b', () => Promise.resolve())).toBe(true);
    expect(JSON.stringify(doing.view())).not.toContain('Somebody');
    await expect(doing.run('c', () => Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError);
    expect(doing.busy).toBeNull();
  });
});
