import { loadCore } from '../../../src/core/index.js';
import type { LoyaltyCore } from '../../../src/core/index.js';
import { CheckoutController } from '../../../src/checkout/controller.js';
import type { ControllerHost } from '../../../src/checkout/controller.js';
import type { CheckoutCart } from '../../../src/checkout/types.js';
import type { Account, Catalog, Promotion } from '../../../src/documents/index.js';

/** A small shop: points as money, two coupon rewards, a code, a coupon of one's own. */
export const catalog: Catalog = {
  version: 'test-1',
  currency: 'USD',
  timeZone: 'America/New_York',
  program: { status: 'ACTIVE', name: 'Star Club', pointName: { en: { one: 'Star', other: 'Stars' } } },
  tiersActive: true,
  tiers: [
    { id: 'silver', name: 'Silver', requiredPoints: 1000 },
    { id: 'gold', name: 'Gold', requiredPoints: 3000 },
  ],
  rewards: [
    {
      id: 'stars',
      name: 'Use Stars',
      type: 'DISCOUNT_AMOUNT',
      active: true,
      configs: [
        { tierId: 'silver', costInPoints: 100, effects: [{ kind: 'pointsAsMoney', amount: 100, minPoints: 100, stepPoints: 100 }] },
      ],
    },
    {
      id: 'ship',
      name: 'Free shipping',
      type: 'COUPON_REWARD',
      active: true,
      configs: [{ tierId: 'silver', costInPoints: 500, effects: [{ kind: 'freeShipping', target: 'shipping' }] }],
    },
    {
      id: 'big',
      name: '$40 off',
      type: 'COUPON_REWARD',
      active: true,
      configs: [{ tierId: 'silver', costInPoints: 3000, effects: [{ kind: 'fixedAmount', amount: 4000, target: 'order' }] }],
    },
  ],
  earningRules: [
    { id: 'spend', title: 'Stars for every dollar', trigger: 'order', status: 'ACTIVE', configs: [{ tierId: 'silver', conversion: { moneyAmount: 1, points: 1 } }] },
  ],
};

export const member: Account = {
  id: 'ada',
  revision: 7,
  available: 2480,
  tierId: 'silver',
  tierPoints: 2480,
  coupons: [
    { id: 'c1', code: 'FIVE-7Q2', status: 'ACTIVE', name: '$5 off', effects: [{ kind: 'fixedAmount', amount: 500, target: 'order' }] },
    { id: 'c2', status: 'ACTIVE', name: 'Birthday treat', expiresAt: '2025-10-31T04:00:00Z', effects: [{ kind: 'fixedAmount', amount: 500, target: 'order' }] },
  ],
};

export const cart: CheckoutCart = {
  currency: 'USD',
  lines: [
    { id: 'shoes', unitPrice: 4495, quantity: 1, tags: ['collection:shoes'] },
    { id: 'tee', unitPrice: 2200, quantity: 2, tags: ['collection:tees'] },
  ],
  shipping: [{ id: 'std', price: 490 }],
};

export const summer: Promotion = {
  id: 'summer',
  trigger: 'code',
  codes: ['SUMMER'],
  conditions: { minSubtotalOf: { scope: { include: ['collection:shoes'] }, amount: 6000 } },
  effects: [{ kind: 'percent', ratePpm: 200_000, target: 'order' }],
};

export const NOW = '2025-11-20T10:00:00Z';

let core: Promise<LoyaltyCore> | undefined;
export const theCore = (): Promise<LoyaltyCore> => (core ??= loadCore());

export interface Told {
  readonly type: string;
  readonly detail: never;
}

/** A controller with a host that draws nothing and writes down what the page is told. */
export function controller(options: Partial<ControllerHost> = {}, answer: (type: string, detail: never) => boolean | void = () => undefined) {
  const told: Told[] = [];
  const checkout: CheckoutController = new CheckoutController({
    changed: () => undefined,
    emit: (type, detail) => {
      told.push({ type, detail: detail as never });
      return answer(type, detail as never) !== false;
    },
    core: theCore,
    mode: 'auto',
    appliesAtOnce: false,
    selectsBest: false,
    resolveCode: undefined,
    ...options,
  });
  checkout.setViewReady(true);
  checkout.connect();
  const of = (type: string) => told.filter((one) => one.type === type).map((one) => one.detail as Record<string, unknown>);
  return { checkout, told, of };
}

/** The same with a shop, ready to choose. */
export async function shopping(options: Partial<ControllerHost> = {}, answer: (type: string, detail: never) => boolean | void = () => undefined) {
  const made = controller(options, answer);
  made.checkout.setProgram({ catalog, serverTime: NOW });
  made.checkout.setMember(member);
  made.checkout.setCart(cart);
  made.checkout.settle();
  await theCore();
  await made.checkout.more();
  made.checkout.settle();
  return made;
}
