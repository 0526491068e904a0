/** What a merchant sets up before the first customer comes: the whole program, over the public API. */
import { CURRENCY } from '../store/goods.mjs';

const LOYALTY_APP = '553c79f3-5625-4f38-b14b-ef7c0d1e87df';
const AUTOMATIONS_APP = '139ef4fa-c108-8f9a-c7be-d5f492a2c939';
const STORES_APP = '1380b703-ce81-ff05-f115-39571d94dfcd';
/** The shop's own applications that tell of sign-ups and reviews. */
export const SIGN_UP = { app: '6c1b7a52-7a1e-4a55-9c0e-2f2f6d1f4a01', activity: 'members/SignedUp' };
export const REVIEW = { app: '6c1b7a52-7a1e-4a55-9c0e-2f2f6d1f4a02', activity: 'reviews/ReviewPublished' };
/** What members may follow the shop on. */
export const CHANNELS = ['INSTAGRAM', 'FACEBOOK'];
const MONTHS_UNTIL_EXPIRY = 6;
const RULES = '/loyalty-earning-rules/v1/earning-rules';

/** @typedef {{ id: string, revision: string }} Reference */
/**
 * What was made, by the names that the year knows it by.
 * @typedef {object} Program
 * @property {Reference} pay points as money
 * @property {Readonly<Record<'five' | 'shipping' | 'equipment', Reference & { cost: number }>>} coupons at the base tier's cost
 */

/**
 * @param {import('../store/loyalty-api.mjs').LoyaltyApi} api @param {{ springEnds: string }} dates when the code of the past ran out
 * @returns {Promise<Program>}
 */
export async function setUpProgram(api, { springEnds }) {
  await describe(api);
  const tiers = await makeTiers(api);
  await makeRules(api, tiers);
  const rewards = await makeRewards(api, tiers);
  await makePromotions(api, springEnds);
  await api.post('/loyalty-programs/v1/program/activate');
  await api.post('/loyalty-programs/v1/program/points-expiration/enable');
  return rewards;
}

/** @param {import('../store/loyalty-api.mjs').LoyaltyApi} api */
async function describe(api) {
  await api.patch('/loyalty-programs/v1/settings', {
    settings: {
      currency: CURRENCY,
      timeZone: 'America/New_York',
      pointName: {
        en: { one: 'Bean', other: 'Beans' },
        de: { one: 'Bohne', other: 'Bohnen' },
        pl: { one: 'ziarno', few: 'ziarna', many: 'ziaren', other: 'ziarna' },
        ar: { zero: 'حبة', one: 'حبة', two: 'حبتان', few: 'حبات', many: 'حبة', other: 'حبة' },
        ja: { other: 'ビーン' },
      },
      minPointsToSpend: 200,
      policy: { maxCoupons: 1, maxPointsRewards: 1, maxCodes: 1 },
      pointsRefundPolicy: 'PROPORTIONAL',
      socialMedia: { channels: CHANNELS.map((type) => ({ type, enabled: true, id: 'beanandleaf' })) },
    },
  });
  await api.patch('/loyalty-programs/v1/program', {
    loyaltyProgram: {
      name: 'Bean & Leaf Coffee',
      pointDefinition: { customName: 'Beans' },
      pointsExpiration: { monthsOfInactivity: MONTHS_UNTIL_EXPIRY, expiringPointsPercentage: 100 },
    },
  });
}

/** @typedef {{ silver: string, gold: string }} TierIds */

/** @param {import('../store/loyalty-api.mjs').LoyaltyApi} api @returns {Promise<TierIds>} */
async function makeTiers(api) {
  await api.post('/loyalty-tiers/v1/tiers/program-settings', {
    programSettings: {
      status: 'ACTIVE',
      rollingWindow: { durationInMonths: 12 },
      baseTierDefinition: { name: 'Green', description: 'Every member begins here.' },
    },
  });
  const tier = async (/** @type {string} */ name, /** @type {number} */ requiredPoints, /** @type {string} */ description) =>
    (await api.post('/loyalty-tiers/v1/tiers', { tier: { tierDefinition: { name, description }, requiredPoints } })).tier.id;
  return {
    silver: await tier('Silver', 1000, '6 Beans for each dollar, and rewards for fewer Beans.'),
    gold: await tier('Gold', 3000, '8 Beans for each dollar, the lowest costs, and 20% off now and then.'),
  };
}

/** @param {import('../store/loyalty-api.mjs').LoyaltyApi} api @param {TierIds} tiers */
async function makeRules(api, { silver, gold }) {
  const rule = (/** @type {object} */ earningRule) => api.post(RULES, { earningRule: { sourceAppId: LOYALTY_APP, status: 'ACTIVE', ...earningRule } });
  const activity = (/** @type {{ app: string, activity: string }} */ kind, more = {}) => ({
    sourceAppId: AUTOMATIONS_APP,
    triggerAppId: kind.app,
    triggerActivityType: kind.activity,
    ...more,
  });
  // A tier without a number of its own would get nothing.
  const grants = (/** @type {number} */ points, /** @type {number} */ ofGold = points) => ({
    fixedAmount: { configs: [{ points }, { tierId: silver, points }, { tierId: gold, points: ofGold }] },
  });
  const custom = (/** @type {string} */ type, /** @type {object} */ earningRule) => api.post(`${RULES}/custom`, { type, earningRule });
  await rule({
    title: 'Beans for what you spend',
    triggerAppId: STORES_APP,
    triggerActivityType: 'stores/OrderPaid',
    conversionRate: { configs: [{ moneyAmount: 1, points: 5 }, { tierId: silver, moneyAmount: 1, points: 6 }, { tierId: gold, moneyAmount: 1, points: 8 }] },
  });
  await rule({ title: 'Welcome', ...activity(SIGN_UP, { oncePerPerson: true }), ...grants(100) });
  await rule({ title: 'Review a coffee', ...activity(REVIEW), ...grants(40) });
  await custom('BIRTHDAY', { title: 'Happy birthday', ...grants(200, 300) });
  await custom('SOCIAL_MEDIA', { title: 'Follow us', ...grants(50) });
}

/** @param {import('../store/loyalty-api.mjs').LoyaltyApi} api @param {TierIds} tiers @returns {Promise<Program>} */
async function makeRewards(api, { silver, gold }) {
  const reward = async (/** @type {object} */ fields) => {
    const made = (await api.post('/loyalty-rewards/v1/rewards', { reward: { active: true, ...fields } })).reward;
    return { id: made.id, revision: made.revision };
  };
  const costs = (/** @type {number} */ base, /** @type {number} */ ofSilver, /** @type {number} */ ofGold, effect = {}) => ({
    configsByTier: [{ costInPoints: base, ...effect }, { tierId: silver, costInPoints: ofSilver, ...effect }, { tierId: gold, costInPoints: ofGold, ...effect }],
  });
  const coupon = async (/** @type {string} */ name, /** @type {object} */ couponReward) => reward({ name, type: 'COUPON_REWARD', couponReward });
  const pay = await reward({ name: 'Pay with Beans', type: 'DISCOUNT_AMOUNT', discountAmount: costs(100, 90, 80, { amount: '1.00' }) });
  const five = await coupon('$5 off your order', { fixedAmount: costs(450, 400, 360, { amount: 5 }) });
  const shipping = await coupon('Free shipping', { freeShipping: costs(500, 450, 400) });
  const equipment = await coupon('15% off equipment', {
    percentage: costs(600, 600, 500, { percentage: 15 }),
    scope: { namespace: 'stores', group: { name: 'collection', entityId: 'equipment' } },
  });
  await coupon('20% off everything', { percentage: { configsByTier: [{ tierId: gold, costInPoints: 1200, percentage: 20 }] }, minimumSubtotal: 60 });
  await reward({
    name: 'Tasting evening: $25 off',
    active: false,
    type: 'COUPON_REWARD',
    couponReward: { fixedAmount: { configsByTier: [{ costInPoints: 2000, amount: 25 }] }, minimumSubtotal: 100 },
  });
  return { pay, coupons: { five: { ...five, cost: 450 }, shipping: { ...shipping, cost: 500 }, equipment: { ...equipment, cost: 600 } } };
}

/** @param {import('../store/loyalty-api.mjs').LoyaltyApi} api @param {string} springEnds */
async function makePromotions(api, springEnds) {
  const promotion = (/** @type {object} */ fields) => api.post('/loyalty-promotions/v1/promotions', { promotion: fields });
  const coffee = { include: ['stores/collection:coffee'] };
  await promotion({
    name: 'Free standard shipping from $90',
    trigger: 'automatic',
    conditions: { minSubtotal: 9000 },
    effects: [{ kind: 'freeShipping', target: 'shipping', scope: { include: ['speed:standard'] } }],
  });
  await promotion({ name: 'Third bag at half price', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 2, get: 1, buyScope: coffee, ratePpm: 500_000 }] });
  await promotion({
    name: 'Cold brew summer: 10% off coffee',
    trigger: 'code',
    codes: ['SUMMER'],
    conditions: { minSubtotalOf: { scope: coffee, amount: 4000 } },
    effects: [{ kind: 'percent', ratePpm: 100_000, target: 'lines', scope: coffee }],
  });
  await promotion({
    name: 'Hello: $5 off your first order',
    trigger: 'code',
    codes: ['HELLO'],
    conditions: { orderNumber: 1, minSubtotal: 1500 },
    effects: [{ kind: 'fixedAmount', amount: 500, target: 'order' }],
  });
  await promotion({
    name: 'Spring cleaning: 20% off',
    trigger: 'code',
    codes: ['SPRING'],
    conditions: { endsAt: springEnds },
    effects: [{ kind: 'percent', ratePpm: 200_000, target: 'order' }],
  });
}
