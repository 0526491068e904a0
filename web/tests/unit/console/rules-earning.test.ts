import { describe, expect, test } from 'vitest';
import type { EarningRule } from '../../../console/src/rules/model.js';
import { sampleOrder } from '../../../console/src/rules/sample-order.js';
import { ACTIVITIES, OFFERED } from '../../../console/src/screens/earning/activities.js';
import { describeRule } from '../../../console/src/screens/earning/describe.js';
import { changeOfRule, faultsOfRule, fieldOfRule, GRANT_MAX, newRule, type RuleValues, valuesOfRule } from '../../../console/src/screens/earning/values.js';
import type { Catalog } from '../../../src/core/index.js';
import { noTiers, stars, threeTiers } from './rules-program.js';

const shop: EarningRule = {
  id: 'r1', revision: '7', title: 'Shop', status: 'ACTIVE', sourceAppId: '553c79f3-5625-4f38-b14b-ef7c0d1e87df', triggerAppId: '1380b703-ce81-ff05-f115-39571d94dfcd',
  triggerActivityType: 'stores/OrderPaid', conversionRate: { configs: [{ moneyAmount: 1, points: 1 }, { tierId: 'g', moneyAmount: 2, points: 5 }] }, maxPoints: 5_000,
};
const requestOf = (values: RuleValues, rule: EarningRule | null) => changeOfRule(threeTiers, values, rule).request as { earningRule: Record<string, unknown>; type?: string };

describe('a way to earn', () => {
  test('that is not touched is sent as it was', () => {
    expect(changeOfRule(threeTiers, valuesOfRule(threeTiers, shop), shop)).toEqual({
      operation: 'earningRules.update',
      request: { earningRule: { id: 'r1', revision: '7', title: 'Shop', conversionRate: shop.conversionRate, baseAppliesToAll: false, oncePerPerson: false, maxPoints: 5_000 } },
      summary: 'Way to earn “Shop”: changed',
      subject: 'earningRule:r1',
    });
  });

  test('loses its limit by the highest there is, since what is left out stays', () => {
    expect(requestOf({ ...valuesOfRule(threeTiers, shop), maxPoints: '' }, shop).earningRule['maxPoints']).toBe(GRANT_MAX);
    expect(valuesOfRule(threeTiers, { ...shop, maxPoints: GRANT_MAX }).maxPoints).toBe('');
    const { maxPoints: _, ...unlimited } = shop;
    expect('maxPoints' in requestOf(valuesOfRule(threeTiers, unlimited), unlimited).earningRule).toBe(false);
  });

  test('of a new shop gives 1 point for each unit of money, to all tiers', () => {
    expect(changeOfRule(threeTiers, newRule(threeTiers, 'order'), null)).toMatchObject({
      operation: 'earningRules.create',
      request: { earningRule: { triggerActivityType: 'stores/OrderPaid', status: 'ACTIVE', conversionRate: { configs: [{ moneyAmount: 1, points: 1 }] }, baseAppliesToAll: true } },
    });
  });

  test('for birthdays and channels is made by the route for them, without what it does not take', () => {
    const birthday = { ...newRule(noTiers, 'birthday'), points_base: '200', maxPoints: '5' };
    expect(requestOf(birthday, null)).toEqual({ type: 'BIRTHDAY', earningRule: { title: 'Happy birthday', fixedAmount: { configs: [{ points: 200 }] } } });
    expect(requestOf({ ...newRule(noTiers, 'social'), points_base: '20' }, null).type).toBe('SOCIAL_MEDIA');
  });

  test('of an automation names its app, activity and amount field', () => {
    const values = { ...newRule(noTiers, 'automation'), way: 'rate', appId: ' app ', activityType: 'orders/Review', field: 'price.total', points_base: '2', money_base: '10' };
    expect(requestOf(values, null).earningRule).toMatchObject({
      sourceAppId: '139ef4fa-c108-8f9a-c7be-d5f492a2c939', triggerAppId: 'app', triggerActivityType: 'orders/Review',
      conversionRate: { configs: [{ moneyAmount: 10, points: 2 }], field: 'price.total' },
    });
    expect(Object.keys(faultsOfRule(noTiers, { ...values, appId: '', activityType: '' })).sort()).toEqual(['activityType', 'appId', 'title']);
  });

  test('is offered only for what the server takes, each with its reason', () => {
    expect(OFFERED.map(({ key }) => key)).toEqual(['order', 'booking', 'ticket', 'rsvp', 'birthday', 'social', 'automation']);
    expect(ACTIVITIES.filter(({ whyNot }) => whyNot).map(({ key }) => key)).toEqual(['plan', 'restaurant', 'oldRestaurant']);
    expect(ACTIVITIES.filter(({ ways, whyWays, whyNot }) => ways.length === 1 && !whyWays && !whyNot)).toEqual([]);
  });

  test('that a booking gets is a fixed number, whatever was chosen before', () => {
    expect(requestOf({ ...newRule(noTiers, 'booking'), way: 'rate', points_base: '50' }, null).earningRule['fixedAmount']).toEqual({ configs: [{ points: 50 }] });
  });

  test('has faults beside their fields, the server’s too', () => {
    const values = { ...newRule(threeTiers, 'order'), title: ' ', points_s: '2', maxPoints: '0' };
    expect(faultsOfRule(threeTiers, values)).toMatchObject({ title: 'Enter a name.', money_s: 'Enter a number.', maxPoints: 'Enter a number from 1 to 9,999,999.' });
    expect(fieldOfRule('earningRule.conversionRate.configs[1].moneyAmount', threeTiers, values)).toBe('money_s');
    expect(fieldOfRule('earningRule.title', threeTiers, values)).toBe('title');
  });
});

describe('in words, a way to earn', () => {
  test('says its own numbers, tier by tier', () => {
    expect(describeRule(stars, threeTiers, { ...shop, oncePerPerson: true })).toEqual({
      award: '1 Star for each $1.00',
      tiers: ['Gold: 5 Stars for each $2.00'],
      limits: ['nothing for tiers without a value of their own', 'at most 5,000 Stars an order', 'once a person'],
    });
  });

  test('does not repeat what is the same for a tier', () => {
    expect(describeRule(stars, threeTiers, { ...shop, conversionRate: { configs: [{ moneyAmount: 1, points: 1 }, { tierId: 's', moneyAmount: 1, points: 1 }, { tierId: 'g', moneyAmount: 1, points: 2 }] } })).toMatchObject({
      tiers: ['Gold: 2 Stars for each $1.00'],
    });
  });

  test('says who gets nothing', () => {
    const { conversionRate: _, maxPoints: __, ...rest } = shop;
    expect(describeRule(stars, threeTiers, { ...rest, fixedAmount: { configs: [{ tierId: 's', points: 1 }] } })).toEqual({ award: 'Nothing for Bronze', tiers: ['Silver: 1 Star'], limits: [] });
    expect(describeRule(stars, threeTiers, { ...rest, fixedAmount: { configs: [{ points: 9 }] } }).limits).toEqual(['for Bronze only']);
    expect(describeRule(stars, threeTiers, { ...rest, baseAppliesToAll: true, fixedAmount: { configs: [{ points: 9 }] } }).limits).toEqual([]);
  });
});

test('what an order earns is what the core says, for each tier, also before the program starts', async () => {
  const catalog: Catalog = {
    version: '1', currency: 'USD', program: { status: 'DRAFT' }, tiersActive: true,
    tiers: [{ id: 's', name: 'Silver', requiredPoints: 500 }],
    earningRules: [
      { id: 'a', trigger: 'stores/OrderPaid', status: 'ACTIVE', configs: [{ conversion: { moneyAmount: 1, points: 2 } }, { tierId: 's', conversion: { moneyAmount: 5, points: 12 } }] },
      { id: 'b', trigger: 'bookings/BookingConfirmed', status: 'ACTIVE', configs: [{ points: 50 }] },
    ],
    promotions: [{ id: 'p', trigger: 'automatic', effects: [{ kind: 'percent', ratePpm: 500_000 }] }],
  };
  // 42 whole dollars at 2 are 84; at 12 for each 5, 42 × 12 ÷ 5 = 100.8, rounded down.
  expect(await sampleOrder(catalog, 4_299, 'stores', 'Bronze')).toMatchObject([{ tier: 'Bronze', points: 84 }, { tier: 'Silver', points: 100 }]);
  await expect(sampleOrder({ ...catalog, currency: 'XXQ' }, 100, 'stores', 'Bronze')).rejects.toThrow();
});
