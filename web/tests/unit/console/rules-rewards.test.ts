import { describe, expect, test } from 'vitest';
import type { EarningRule, Reward } from '../../../console/src/rules/model.js';
import { describeReward } from '../../../console/src/screens/rewards/describe.js';
import { changeOfReward, faultsOfReward, fieldOfReward, newReward, type RewardValues, valuesOfReward } from '../../../console/src/screens/rewards/values.js';
import { noTiers, stars, threeTiers } from './rules-program.js';

const flexible: Reward = {
  id: 'f', revision: '3', name: 'Pay with Stars', active: true, type: 'DISCOUNT_AMOUNT',
  discountAmount: { configsByTier: [{ amount: '5', costInPoints: 500 }, { tierId: 's', amount: '6.50', costInPoints: 500 }], minPoints: 100, maxShareOfOrder: '50' },
};
const coupon: Reward = {
  id: 'c', revision: '1', name: 'Shoes', active: false, type: 'COUPON_REWARD',
  couponReward: { percentage: { configsByTier: [{ percentage: 12.5, costInPoints: 300 }] }, scope: { namespace: 'stores', group: { name: 'collection', entityId: 'shoes' } }, limitedToOneItem: true },
  customConditions: { minOrders: 2, withinDays: 30 },
};
const earns: EarningRule = {
  id: 'r', revision: '1', title: 'Shop', status: 'ACTIVE', sourceAppId: '', triggerAppId: '', triggerActivityType: 'stores/OrderPaid',
  conversionRate: { configs: [{ moneyAmount: 1, points: 1 }, { tierId: 's', moneyAmount: 1, points: 2 }] },
};
const bodyOf = (values: RewardValues, reward: Reward | null) => (changeOfReward(noTiers, values, reward).request as { reward: Record<string, unknown> }).reward;

describe('a reward', () => {
  test('that is not touched is sent as it was', () => {
    const { type: _, discountAmount, ...body } = flexible;
    const configsByTier = [{ amount: '5.00', costInPoints: 500 }, { tierId: 's', amount: '6.50', costInPoints: 500 }];
    expect(changeOfReward(threeTiers, valuesOfReward(threeTiers, 'USD', flexible), flexible)).toMatchObject({ operation: 'rewards.update', request: { reward: { ...body, discountAmount: { ...discountAmount, configsByTier }, customConditions: {} } } });
    expect(bodyOf(valuesOfReward(noTiers, 'USD', coupon), coupon)).toEqual({
      id: 'c', revision: '1', name: 'Shoes', active: false, customConditions: coupon.customConditions,
      couponReward: { ...coupon.couponReward, percentage: { configsByTier: [{ percentage: '12.5', costInPoints: 300 }] } },
    });
  });

  test('keeps out of its request what its kind does not have', () => {
    const values = { ...newReward(noTiers, 'shipping'), name: 'Ship', cost_base: '300', value_base: '5', on: 'scope', limitedToOneItem: true, minPoints: '7' };
    expect(bodyOf(values, null)).toEqual({ name: 'Ship', active: true, type: 'COUPON_REWARD', couponReward: { freeShipping: { configsByTier: [{ costInPoints: 300 }] } } });
    const fixed = { ...values, kind: 'fixed', on: 'subtotal', minimumSubtotal: '20', entityId: 'x' };
    expect(bodyOf(fixed, null)['couponReward']).toEqual({ fixedAmount: { configsByTier: [{ costInPoints: 300, amount: '5' }] }, minimumSubtotal: '20' });
    expect(bodyOf({ ...fixed, on: 'scope' }, null)['couponReward']).toMatchObject({ scope: { namespace: 'stores' }, limitedToOneItem: true });
  });

  test('counts payments of subscriptions for pricing plans alone', () => {
    const values = { ...newReward(noTiers, 'fixed'), name: 'Plan', cost_base: '1', value_base: '1', on: 'scope', scope: 'pricingPlans', appliesToSubscriptions: true, discountedCycleCount: '3' };
    expect(bodyOf(values, null)['couponReward']).toMatchObject({ discountedCycleCount: 3 });
    expect(bodyOf({ ...values, scope: 'stores' }, null)['couponReward']).not.toHaveProperty('discountedCycleCount');
  });

  test('says what is wrong beside the field', () => {
    const values = { ...newReward(threeTiers, 'flexible'), minPoints: '500', maxPoints: '100', maxShareOfOrder: '101', withinDays: '30', value_s: '5' };
    expect(faultsOfReward(threeTiers, 'USD', values)).toMatchObject({
      name: 'Enter a name.', maxPoints: 'Enter at least as many as the fewest.', maxShareOfOrder: 'Enter a percentage above 0 and up to 100.',
      withinDays: 'Enter orders or an amount above too.', cost_s: 'Enter a number.',
    });
    expect(faultsOfReward(noTiers, 'JPY', { ...newReward(noTiers, 'fixed'), name: 'x', cost_base: '5', value_base: '1.5' })).toMatchObject({ value_base: 'Enter an amount in JPY, such as 12.' });
    expect(faultsOfReward(noTiers, 'USD', { ...newReward(noTiers, 'fixed'), name: 'x', cost_base: '5', value_base: '0.00' })).toMatchObject({ value_base: 'Enter an amount above zero.' });
    expect(faultsOfReward(noTiers, 'USD', { ...newReward(noTiers, 'fixed'), name: 'x', cost_base: '5', value_base: '1', on: 'scope', scope: 'stores/product' })).toMatchObject({ entityId: 'Enter its id.' });
    expect(fieldOfReward('reward.configsByTier[0].amount', threeTiers, values)).toBe('value_s');
    expect(fieldOfReward('reward.couponReward.scope.group.entityId', threeTiers, values)).toBe('entityId');
  });
});

describe('in words, a reward', () => {
  test('says what each tier gets, who gets nothing, and what it gives back', () => {
    expect(describeReward(stars, threeTiers, [earns], flexible)).toEqual({
      configs: ['Bronze: $5.00 off for 500 Stars', 'Silver: $6.50 off for 500 Stars'],
      missing: 'Not for Gold: there is no entry for that tier.',
      conditions: ['from 100 Stars', 'at most 50% of the goods'],
      estimate: '500 Stars are worth $5.00. At 1 Star for each $1.00 that gives back about 1.0%.',
      others: ['Silver: about 2.6%'],
    });
  });

  test('says together what is the same for tiers', () => {
    const same = { ...flexible, discountAmount: { configsByTier: [{ amount: '5', costInPoints: 500 }, { tierId: 's', amount: '5', costInPoints: 500 }, { tierId: 'g', amount: '5', costInPoints: 400 }] } };
    expect(describeReward(stars, threeTiers, [], same).configs).toEqual(['Bronze and Silver: $5.00 off for 500 Stars', 'Gold: $5.00 off for 400 Stars']);
  });

  test('of no fixed value says what a member spends for it', () => {
    expect(describeReward(stars, noTiers, [earns], coupon)).toEqual({
      configs: ['12.5% off for 300 Stars'],
      missing: null,
      conditions: ['on: one collection (shoes)', 'on one item only', 'for members with 2 orders in the last 30 days'],
      estimate: 'At 1 Star for each $1.00 a member spends about $300.00 to earn it.',
      others: [],
    });
  });

  test('says where entries are for tiers that are gone', () => {
    const orphan = { ...flexible, discountAmount: { configsByTier: [{ tierId: 'gone', amount: '5', costInPoints: 500 }] } };
    expect(describeReward(stars, threeTiers, [earns], orphan)).toMatchObject({ configs: [], missing: null, conditions: ['entries for tiers that are gone are not used'], estimate: null });
  });

  test('does not guess where nothing is earned by spending', () => {
    expect(describeReward(stars, noTiers, [], flexible).estimate).toBe('500 Stars are worth $5.00.');
    expect(describeReward(stars, noTiers, [], coupon).estimate).toBeNull();
  });
});
