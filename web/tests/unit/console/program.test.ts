import { describe, expect, test } from 'vitest';
import type { Api } from '../../../console/src/api/api.js';
import type { Program, Settings } from '../../../console/src/api/program.js';
import type { Values } from '../../../console/src/kit/form.js';
import { calendar } from '../../../console/src/screens/program/calendar.js';
import { counting } from '../../../console/src/screens/program/counting.js';
import { expiry } from '../../../console/src/screens/program/expiry.js';
import { formsIn, languagesBeside, pointNameOf } from '../../../console/src/screens/program/languages.js';
import { names } from '../../../console/src/screens/program/names.js';
import { orders } from '../../../console/src/screens/program/orders.js';
import { carryOut, type Topic } from '../../../console/src/screens/program/topic.js';

const program: Program = {
  name: 'Star Club',
  status: 'ACTIVE',
  pointDefinition: { customName: 'Stars' },
  pointsExpiration: { status: 'DISABLED', monthsOfInactivity: 3, expiringPointsPercentage: 100 },
  updatedDate: '',
};
const settings: Settings = {
  currency: 'USD',
  timeZone: 'UTC',
  pointName: { en: { one: 'Star', other: 'Stars' }, ja: 'スター' },
  activity: { adjust: false, earn: true, redeem: true, refund: false },
  allowedOrigins: [],
  autoCreateAccounts: true,
  autoPause: false,
  earnRounding: 'wix',
  expiryGrain: 'day',
  expiryModel: 'inactivity',
  holdMinutes: 60,
  pointsRefundPolicy: 'WHOLE_ORDER',
  policy: { maxCoupons: 3, minPayable: 100 },
  restaurantsMode: false,
  reversalPolicy: 'CLAMP',
};
const standing = { program, settings };

/** What would be sent if the fields were changed like this. */
function sent<V extends Values>(topic: Topic<V>, changed: Partial<V>) {
  const values = { ...topic.values(standing), ...changed };
  expect(topic.check(values, standing)).toEqual({});
  return topic.changes(values, standing).map(({ operation, request }) => ({ operation, request }));
}
const update = (request: unknown) => ({ operation: 'program.update', request });
const updateSettings = (changed: unknown) => ({ operation: 'program.updateSettings', request: { settings: changed } });

test.each([names, expiry, calendar, counting, orders] as unknown as Topic[])('$heading: what nobody changed is not sent', (topic) => {
  expect(sent(topic, {})).toEqual([]);
});

describe('only what was changed is sent', () => {
  test('names', () => {
    expect(sent(names, { name: ' Moon Club ' })).toEqual([update({ loyaltyProgram: { name: 'Moon Club' } })]);
    expect(sent(names, { customName: 'Moons' })).toEqual([update({ loyaltyProgram: { pointDefinition: { customName: 'Moons' } } })]);
    expect(sent(names, { iconUrl: 'https://shop.example/star.svg' })).toEqual([update({ loyaltyProgram: { pointDefinition: { icon: { url: 'https://shop.example/star.svg' } } } })]);
  });

  test('forms of the point name, whole: the server replaces them', () => {
    expect(sent(names, { 'word en one': 'Sternchen' })).toEqual([updateSettings({ pointName: { en: { one: 'Sternchen', other: 'Stars' }, ja: { other: 'スター' } } })]);
    expect(sent(names, { locales: 'en' })).toEqual([updateSettings({ pointName: { en: { one: 'Star', other: 'Stars' } } })]);
  });

  test('expiry: its rules, what counts as activity, and whether there is any', () => {
    expect(sent(expiry, { expires: true, monthsOfInactivity: '12', expiringPointsPercentage: '50', adjust: true })).toEqual([
      update({ loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 12, expiringPointsPercentage: 50 } } }),
      updateSettings({ activity: { adjust: true, earn: true, redeem: true, refund: false } }),
      { operation: 'program.enablePointsExpiration', request: {} },
    ]);
  });

  test('the policy, whole, without switches that stand at their default', () => {
    expect(sent(counting, { basis: 'line', minPayable: '0.50' })).toEqual([updateSettings({ policy: { maxCoupons: 3, minPayable: 50, basis: 'line' } })]);
    expect(sent(counting, { maxCoupons: '1', minPointsToSpend: '35' })).toEqual([updateSettings({ policy: { maxCoupons: 1, minPayable: 100 }, minPointsToSpend: 35 })]);
  });

  test('switches of returns', () => {
    expect(sent(orders, { reversalPolicy: 'FORGIVE' })).toEqual([updateSettings({ reversalPolicy: 'FORGIVE' })]);
  });
});

test('another currency is asked about, another time zone is not', () => {
  expect(calendar.warning?.({ currency: 'EUR', timeZone: 'UTC' }, standing)?.title).toBe('Change the currency from USD to EUR?');
  expect(calendar.warning?.({ currency: 'USD', timeZone: 'Asia/Tokyo' }, standing)).toBeUndefined();
});

test('faults stand beside what is wrong', () => {
  const named = names.check({ ...names.values(standing), name: 'x', customName: 'a'.repeat(21), iconUrl: 'star.svg', 'word en one': ' ' }, standing);
  expect(Object.keys(named).sort()).toEqual(['customName', 'iconUrl', 'name', 'word en one']);
  const expiring = expiry.check({ ...expiry.values(standing), monthsOfInactivity: '13', expiringPointsPercentage: '0' }, standing);
  expect(expiring).toEqual({ monthsOfInactivity: 'Enter a number from 1 to 12.', expiringPointsPercentage: 'Enter a number from 1 to 100.' });
  expect(Object.keys(counting.check({ ...counting.values(standing), maxCodes: '65', minPayable: '1.005' }, standing))).toEqual(['maxCodes', 'minPayable']);
});

test('paths of the server’s answers find their fields', () => {
  expect(names.fieldOf?.('settings.pointName/en/one')).toBe('word en one');
  expect(names.fieldOf?.('loyaltyProgram.pointDefinition.icon.url')).toBe('iconUrl');
  expect(counting.fieldOf?.('settings.policy/minPayable')).toBe('minPayable');
});

test('changes are made one after the other, each under its own key, until one is refused', async () => {
  const asked: unknown[] = [];
  const note = (method: string) => async (path: string, body: unknown, { idempotencyKey }: { idempotencyKey: string }) => {
    asked.push([method, path, body, idempotencyKey]);
    if (path.endsWith('/settings')) throw new Error('no');
  };
  const api = { patch: note('PATCH'), post: note('POST') } as unknown as Api;
  const changes = expiry.changes({ ...expiry.values(standing), expires: true, monthsOfInactivity: '12', refund: true }, standing);
  await expect(carryOut(api, changes, 'key')).rejects.toThrow('no');
  expect(asked).toEqual([
    ['PATCH', '/loyalty-programs/v1/program', { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 12, expiringPointsPercentage: 100 } } }, 'key-program.update'],
    ['PATCH', '/loyalty-programs/v1/settings', { settings: { activity: { adjust: false, earn: true, redeem: true, refund: true } } }, 'key-program.updateSettings'],
  ]);
});

describe('languages', () => {
  test.each([
    ['en', [['one', 1], ['other', 5]]],
    ['pl', [['one', 1], ['few', 2], ['many', 5]]],
    ['ar', [['zero', 0], ['one', 1], ['two', 2], ['few', 5], ['many', 11], ['other', 100]]],
    ['ja', [['other', 5]]],
    ['ru', [['one', 1], ['few', 2], ['many', 5]]],
  ])('%s has its forms, each with a count that takes it', (locale, forms) => {
    expect(formsIn(locale).map(({ category, count }) => [category, count])).toEqual(forms);
    formsIn(locale).forEach(({ category, count }) => expect(new Intl.PluralRules(locale).select(count)).toBe(category));
  });

  test('each can be added once', () => {
    expect(languagesBeside(['de']).map(([tag]) => tag)).not.toContain('de');
    expect(languagesBeside([]).find(([tag]) => tag === 'de')).toEqual(['de', 'German']);
  });

  test('spaces around a word are not part of it', () => {
    expect(pointNameOf(['ja'], { 'word ja other': ' スター ' })).toEqual({ ja: { other: 'スター' } });
  });
});
