import type { Account, Cart, Catalog, Effect, Points, Promotion, RewardConfig } from '../../../src/documents/index.js';

/*
 * A small shop of the tests' own. The amounts that tests expect of it are written next to them and were
 * taken from the command line, not from a page.
 */

export const now = '2025-11-18T12:00:00Z';

const forAllTiers = (costInPoints: Points, effect: Effect): readonly RewardConfig[] =>
  [undefined, 'silver', 'gold'].map((tierId) => ({ ...(tierId && { tierId }), costInPoints, effects: [effect] }));

export const catalog: Catalog = {
  version: 'tests-1',
  currency: 'USD',
  timeZone: 'America/New_York',
  program: {
    status: 'ACTIVE',
    name: 'Star Club',
    pointName: { en: { one: 'Star', other: 'Stars' }, ar: { other: 'نجمة' } },
  },
  policy: { maxCoupons: 1, maxPointsRewards: 1, maxCodes: 1 },
  tiersActive: true,
  tiers: [
    { id: 'silver', name: 'Silver', requiredPoints: 500 },
    { id: 'gold', name: 'Gold', requiredPoints: 1500 },
  ],
  rewards: [
    {
      id: 'stars',
      name: 'Use Stars',
      type: 'DISCOUNT_AMOUNT',
      active: true,
      configs: forAllTiers(100, { kind: 'pointsAsMoney', amount: 100, costInPoints: 100, minPoints: 100, stepPoints: 150 }),
    },
    {
      id: 'five-off',
      name: '$5 off',
      type: 'DISCOUNT_AMOUNT',
      active: true,
      configs: forAllTiers(500, { kind: 'fixedAmount', amount: 500, target: 'order' }),
    },
    {
      id: 'shipping',
      name: 'Free shipping',
      type: 'COUPON_REWARD',
      active: true,
      configs: forAllTiers(400, { kind: 'freeShipping', target: 'shipping' }),
    },
    {
      id: 'ten-percent',
      name: '10% off shoes',
      type: 'COUPON_REWARD',
      active: true,
      conditions: { minSubtotalOf: { scope: { include: ['shop/collection:shoes'] }, amount: 5505 } },
      configs: forAllTiers(600, {
        kind: 'percent',
        ratePpm: 100_000,
        target: 'lines',
        scope: { include: ['shop/collection:shoes'] },
      }),
    },
  ],
  promotions: [],
  earningRules: [
    {
      id: 'spend',
      title: 'For what you spend',
      trigger: 'stores/OrderPaid',
      status: 'ACTIVE',
      configs: [undefined, 'silver'].map((tierId) => ({ ...(tierId && { tierId }), conversion: { moneyAmount: 1, points: 1 } })),
    },
  ],
};

/** Not in the public catalog; resolved one by one, as a store does. */
export const codes: readonly Promotion[] = [
  {
    id: 'welcome',
    name: 'Welcome',
    trigger: 'code',
    codes: ['WELCOME5'],
    effects: [{ kind: 'percent', ratePpm: 50_000, target: 'lines', scope: { include: ['shop/collection:shoes'] } }],
  },
  {
    id: 'summer',
    name: 'Summer',
    trigger: 'code',
    codes: ['SUMMER'],
    conditions: { minSubtotal: 20_000 },
    effects: [{ kind: 'percent', ratePpm: 200_000, target: 'order' }],
  },
  {
    id: 'old',
    name: 'Last autumn',
    trigger: 'code',
    codes: ['AUTUMN'],
    conditions: { endsAt: '2025-10-31T00:00:00Z' },
    effects: [{ kind: 'percent', ratePpm: 100_000, target: 'order' }],
  },
];

export const member: Account = {
  id: 'maria',
  revision: 7,
  available: 2480,
  pending: 88,
  tierId: 'silver',
  tierPoints: 980,
  orderNumber: 4,
  coupons: [
    {
      id: 'thanks',
      code: 'THANKS3',
      status: 'ACTIVE',
      name: 'Thank you: $3 off',
      effects: [{ kind: 'fixedAmount', amount: 300, target: 'order' }],
    },
  ],
};

export const cart: Cart = {
  id: 'cart-1',
  currency: 'USD',
  lines: [
    { id: 'shoes', unitPrice: 2500, quantity: 2, tags: ['shop/collection:shoes'] },
    { id: 'mug', unitPrice: 1450, quantity: 1, tags: ['shop/collection:home'] },
    { id: 'towel', unitPrice: 1955, quantity: 1, tags: ['shop/collection:home'] },
  ],
  shipping: [{ id: 'standard', price: 490 }],
};
