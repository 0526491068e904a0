import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { cartOf, coupons, exchange, guid, instant, rewards, useServer } from './harness.mjs';

const server = useServer();
const path = `${rewards}/rewards`;
const flexible = (config = {}) => ({
  name: 'Points as money', type: 'DISCOUNT_AMOUNT', discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10, ...config }] },
});
const coupon = (couponReward) => ({
  name: 'Coupon', type: 'COUPON_REWARD',
  couponReward: { scope: { namespace: 'stores' }, fixedAmount: { configsByTier: [{ costInPoints: 100, amount: 5 }] }, ...couponReward },
});
const refusedAs400 = async (shop, reward, why) => {
  const answer = await shop.call('POST', path, { reward });
  assert.equal(answer.status, 400, `${why}: ${answer.text}`);
};

test('row 081: flexible rewards: a decimal above 0 with two places, a cost of 1 to 9,999,999', async () => {
  const shop = await server().openSite();
  const { reward } = await shop.post(path, { reward: flexible() });
  assert.match(reward.id, guid);
  assert.equal(reward.revision, '1');
  assert.equal(reward.type, 'DISCOUNT_AMOUNT');
  assert.deepEqual(reward.discountAmount.configsByTier.map((one) => [typeof one.amount, Number(one.amount), one.costInPoints]), [['string', 1, 10]]);
  assert.match(reward.createdDate, instant);
  for (const config of [{ amount: '0.01' }, { amount: '9999.99' }, { costInPoints: 1 }, { costInPoints: 9_999_999 }]) {
    await shop.post(path, { reward: flexible(config) });
  }
  for (const amount of ['0', '0.00', '-1', '1.005', 'abc', '']) {
    await shop.violates(/^reward\.discountAmount\.configsByTier\[0\]\.amount/, 'POST', path, { reward: flexible({ amount }) });
  }
  for (const costInPoints of [0, 10_000_000, 1.5]) {
    await shop.violates(/^reward\.discountAmount\.configsByTier\[0\]\.costInPoints/, 'POST', path, { reward: flexible({ costInPoints }) });
  }
  await shop.violates('reward.name', 'POST', path, { reward: { ...flexible(), name: undefined } });
  await shop.violates('reward.name', 'POST', path, { reward: { ...flexible(), name: 'x'.repeat(51) } });
});

test('row 082: coupon rewards: money off, percent off, free shipping', async () => {
  const shop = await server().openSite();
  const make = async (reward) => (await shop.post(path, { reward })).reward.couponReward;
  assert.equal((await make(coupon({ fixedAmount: { configsByTier: [{ costInPoints: 1, amount: 0.01 }] } }))).fixedAmount.configsByTier[0].amount, 0.01);
  assert.equal((await make(coupon({ fixedAmount: undefined, percentage: { configsByTier: [{ costInPoints: 1, percentage: 12.5 }] } }))).percentage.configsByTier[0].percentage, 12.5);
  assert.equal((await make(coupon({ scope: undefined, fixedAmount: undefined, freeShipping: { configsByTier: [{ costInPoints: 7 }] } }))).freeShipping.configsByTier[0].costInPoints, 7);
  for (const amount of [0, 0.001, -5]) await refusedAs400(shop, coupon({ fixedAmount: { configsByTier: [{ costInPoints: 1, amount }] } }), `amount ${amount}`);
  for (const percentage of [0, 100.5, -1, 33.333]) {
    await refusedAs400(shop, coupon({ fixedAmount: undefined, percentage: { configsByTier: [{ costInPoints: 1, percentage }] } }), `percentage ${percentage}`);
  }
  await refusedAs400(shop, coupon({ fixedAmount: undefined }), 'no kind');
  await refusedAs400(shop, coupon({ freeShipping: { configsByTier: [{ costInPoints: 7 }] } }), 'two kinds');
  await refusedAs400(shop, coupon({ fixedAmount: { configsByTier: [] } }), 'no price');
  await refusedAs400(shop, { name: 'x', type: 'COUPON_REWARD', ...{ discountAmount: flexible().discountAmount } }, 'another type\'s details');
});

test('row 083: scope or minimum subtotal; one item; subscriptions and their cycles', async () => {
  const shop = await server().openSite();
  const make = async (reward) => (await shop.post(path, { reward })).reward.couponReward;
  assert.equal((await make(coupon({ scope: undefined, minimumSubtotal: 20.5 }))).minimumSubtotal, 20.5);
  const scoped = await make(coupon({ scope: { namespace: 'stores', group: { name: 'product', entityId: 'p1' } }, limitedToOneItem: true }));
  assert.deepEqual(scoped.scope, { namespace: 'stores', group: { name: 'product', entityId: 'p1' } });
  assert.equal(scoped.limitedToOneItem, true);
  await refusedAs400(shop, coupon({ minimumSubtotal: 10 }), 'scope and minimum');
  const plans = await make(coupon({ scope: { namespace: 'pricingPlans' }, appliesToSubscriptions: true, discountedCycleCount: 3 }));
  assert.equal(plans.discountedCycleCount, 3);
  for (const discountedCycleCount of [0, 1000]) {
    await refusedAs400(shop, coupon({ scope: { namespace: 'pricingPlans' }, appliesToSubscriptions: true, discountedCycleCount }), `cycles ${discountedCycleCount}`);
  }
  await refusedAs400(shop, coupon({ appliesToSubscriptions: true, discountedCycleCount: 3 }), 'cycles for stores');
  await refusedAs400(shop, coupon({ scope: { namespace: 'pricingPlans' }, discountedCycleCount: 3 }), 'cycles without subscriptions');
});

test('row 084: rewards are inactive by default, and inactive ones cannot be redeemed', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const { reward } = await shop.post(path, { reward: coupon() });
  assert.equal(reward.active, false);
  await shop.refused('REWARD_NOT_ACTIVE', 'POST', `${coupons}/coupons`, { rewardId: reward.id, loyaltyAccountId: account.id });
  const { reward: money } = await shop.post(path, { reward: flexible() });
  const checkout = await shop.checkout(account.contactId, 2000);
  await shop.refused('REWARD_NOT_ACTIVE', 'POST', `${exchange}/loyalty-checkout-discount`, { checkoutId: checkout.id, reward: { id: money.id, revision: money.revision, pointsToSpend: 10 } });
  assert.equal((await shop.accountNow(account.id)).points.balance, 500);
  await shop.put(`${path}/${reward.id}`, { reward: { ...reward, active: true } });
  assert.equal((await shop.redeem(reward.id, account.id)).status, 'ACTIVE');
});

test('row 085: each tier has a price and value of its own; one without is not eligible', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const silver = await shop.tier('Silver', 1000);
  const gold = await shop.tier('Gold', 2000);
  const reward = await shop.reward({
    ...coupon(),
    couponReward: { scope: { namespace: 'stores' }, fixedAmount: { configsByTier: [{ costInPoints: 100, amount: 5 }, { tierId: gold.id, costInPoints: 60, amount: 9 }] } },
  });
  const base = await shop.account({ points: 500, member: true });
  const middle = await shop.account({ points: 1500, member: true });
  const top = await shop.account({ points: 2500, member: true });
  assert.equal((await shop.redeem(reward.id, base.id)).couponReference.specification.moneyOffAmount, 5);
  assert.equal((await shop.accountNow(base.id)).points.balance, 400);
  await shop.refused('REWARD_NOT_AVAILABLE_FOR_TIER', 'POST', `${coupons}/coupons`, { rewardId: reward.id, loyaltyAccountId: middle.id });
  assert.equal((await shop.accountNow(middle.id)).tier.id, silver.id);
  assert.equal((await shop.redeem(reward.id, top.id)).couponReference.specification.moneyOffAmount, 9);
  assert.equal((await shop.accountNow(top.id)).points.balance, 2440);
});

test('row 086: the type stays; updating needs name and revision, deleting the revision', async () => {
  const shop = await server().openSite();
  const { reward } = await shop.post(path, { reward: flexible() });
  const put = (fields) => ['PUT', `${path}/${reward.id}`, { reward: { id: reward.id, ...fields } }];
  await shop.refused('REWARD_TYPE_IMMUTABLE', ...put({ ...coupon(), revision: '1' }));
  await shop.violates('reward.name', ...put({ revision: '1', active: true }));
  await shop.violates('reward.revision', ...put({ name: 'New' }));
  const { reward: updated } = await shop.ok(...put({ name: 'New', revision: '1', active: true }));
  assert.equal(updated.revision, '2');
  assert.equal(updated.name, 'New');
  assert.equal(updated.active, true);
  assert.equal(Number(updated.discountAmount.configsByTier[0].amount), 1);
  await shop.refused('REVISION_MISMATCH', ...put({ name: 'Newer', revision: '1' }));
  await shop.violates('revision', 'DELETE', `${path}/${reward.id}`);
  await shop.refused('REVISION_MISMATCH', 'DELETE', `${path}/${reward.id}?revision=1`);
  assert.deepEqual(await shop.del(`${path}/${reward.id}?revision=2`), {});
  await shop.refused('REWARD_NOT_FOUND', 'GET', `${path}/${reward.id}`);
});

test('row 087: rewards in bulk, listed, queried, read, and across sites for users', async () => {
  const shop = await server().openSite();
  const bulk = `${rewards}/bulk/rewards/create`;
  const made = await shop.post(bulk, { rewards: [{ ...flexible(), name: 'Alpha' }, { ...flexible(), name: 'alphabet' }, { ...coupon(), name: 'Beta' }] });
  assert.deepEqual(made.results.map((one) => one.itemMetadata.success), [true, true, true]);
  assert.deepEqual([made.bulkActionMetadata.totalSuccesses, made.bulkActionMetadata.totalFailures], [3, 0]);
  await shop.violates(/^rewards/, 'POST', bulk, { rewards: [] });
  await shop.violates(/^rewards/, 'POST', bulk, { rewards: Array.from({ length: 11 }, () => flexible()) });
  assert.deepEqual((await shop.get(path)).rewards.map((one) => one.name).sort(), ['Alpha', 'Beta', 'alphabet']);
  const query = async (query) => (await shop.post(`${path}/query`, { query })).rewards.map((one) => one.name).sort();
  assert.deepEqual(await query({ filter: { name: { $startsWith: 'alpha' } } }), ['Alpha', 'alphabet']);
  assert.deepEqual(await query({ filter: { type: 'COUPON_REWARD' } }), ['Beta']);
  const first = await shop.post(`${path}/query`, { query: { cursorPaging: { limit: 2 } } });
  const rest = await shop.post(`${path}/query`, { query: { cursorPaging: { limit: 2, cursor: first.pagingMetadata.cursors.next } } });
  assert.equal(first.rewards.length + rest.rewards.length, 3);
  const { reward } = await shop.get(`${path}/${made.results[0].item.id}`);
  assert.equal(reward.name, 'Alpha');
  const other = await server().site();
  const across = await shop.get(`${rewards}/bulk/rewards`, { as: server().keys.operator });
  const bySite = Object.fromEntries(across.rewardsInSite.map((site) => [site.metaSiteId, site.rewards.length]));
  assert.equal(bySite[shop.id], 3);
  assert.equal(bySite[other.id] ?? 0, 0);
  await shop.refused('PERMISSION_DENIED', 'GET', `${rewards}/bulk/rewards`);
});

test('row 088: rewards tell of their creation, update and deletion', async () => {
  const shop = await server().openSite();
  let reward;
  const kinds = async (act) => (await shop.eventsOf(act)).filter((event) => event.entityFqdn === 'wix.loyalty.v1.reward');
  const created = await kinds(async () => { ({ reward } = await shop.post(path, { reward: flexible() })); });
  assert.deepEqual(created.map((event) => [event.type, event.entityId]), [['wix.loyalty.v1.reward_created', reward.id]]);
  assert.equal(created[0].content.name, 'Points as money');
  const updated = await kinds(() => shop.put(`${path}/${reward.id}`, { reward: { ...reward, name: 'Renamed' } }));
  assert.deepEqual(updated.map((event) => event.type), ['wix.loyalty.v1.reward_updated']);
  assert.equal(updated[0].content.name, 'Renamed');
  const deleted = await kinds(() => shop.del(`${path}/${reward.id}?revision=2`));
  assert.deepEqual(deleted.map((event) => [event.type, event.entityId]), [['wix.loyalty.v1.reward_deleted', reward.id]]);
});

test('row 089: a rate of exchange of their own for members who meet a condition', async () => {
  const shop = await server().openSite();
  const frequent = await shop.reward({ ...flexible({ amount: '10.00', costInPoints: 100 }), name: 'Frequent buyer', customConditions: { minOrders: 2, withinDays: 30 } });
  const spender = await shop.reward({ ...flexible({ amount: '10.00', costInPoints: 100 }), name: 'Big spender', customConditions: { minSpend: '500.00' } });
  const account = await shop.account({ points: 1000, member: true });
  const usable = async () => {
    const { value } = await shop.post('/storefront/v1/quote',
      { cart: cartOf(5000), intent: { chosen: [] }, want: ['offers'], contactId: account.contactId });
    return value.offers.filter((offer) => offer.usable).map((offer) => offer.id);
  };
  assert.deepEqual(await usable(), []);
  await shop.order(account.contactId, 1000);
  await shop.order(account.contactId, 1000);
  assert.deepEqual(await usable(), [frequent.id]);
  await shop.order(account.contactId, 48_000);
  assert.deepEqual(await usable(), [frequent.id, spender.id]);
  await server().advance({ days: 31 });
  assert.deepEqual(await usable(), [spender.id]);
});
