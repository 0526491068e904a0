// Many things at once: no answer of the kind "something broke", and books that agree in the end.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { accounts, apps, assertBalanced, contentOf, coupons, eventually, exchange, typeOf, useServer } from './harness.mjs';

const server = useServer({ args: ['--rate-limits', 'off'] });

/** The same numbers in every run. */
function generator(seed) {
  let state = seed;
  return (below) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
}

test('a storm of calls leaves books, totals, events and audit in agreement', async () => {
  const shop = await server().openSite();
  const random = generator(Number(process.env.LOYALTY_SEED ?? 20260115));
  await shop.activateTiers(6);
  const gold = await shop.tier('Gold', 400);
  await shop.rule({ fixedAmount: { configs: [{ points: 7 }, { tierId: gold.id, points: 9 }] } });
  const flexible = await shop.reward({
    name: 'Money', type: 'DISCOUNT_AMOUNT', discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }, { tierId: gold.id, amount: '1.50', costInPoints: 10 }] },
  });
  const coupon = await shop.reward({
    name: 'Five', type: 'COUPON_REWARD',
    couponReward: { scope: { namespace: 'stores' }, fixedAmount: { configsByTier: [{ costInPoints: 40, amount: 5 }, { tierId: gold.id, costInPoints: 30, amount: 5 }] } },
  });
  const people = await Promise.all(Array.from({ length: 5 }, () => shop.account({ points: 100, member: true })));
  const known = { checkouts: [], discounts: [], orders: [], redemptions: [], holds: [], coupons: [] };
  const pick = (list) => list[random(list.length)];
  const step = () => {
    const person = pick(people);
    const kinds = [
      () => ['POST', `${accounts}/accounts/${person.id}/earn-points`, { amount: 1 + random(90), appId: apps.loyalty, idempotencyKey: randomUUID() }],
      () => ['POST', `${accounts}/accounts/${person.id}/adjust-points`, random(2) ? { amount: 1 + random(50) } : { amount: -1 - random(150) }],
      () => ['POST', `${coupons}/coupons`, { rewardId: coupon.id, loyaltyAccountId: person.id }, 'coupons', (body) => body.coupon],
      () => ['POST', '/checkout/v1/checkouts', { checkout: { contactId: person.contactId, cart: { currency: 'USD', lines: [{ id: 'a', unitPrice: 500 + random(5000), quantity: 1 + random(3), tags: ['stores', 'stores/product:a'] }] } } }, 'checkouts', (body) => body.checkout],
      () => known.checkouts.length && ['POST', `${exchange}/loyalty-checkout-discount`, { checkoutId: pick(known.checkouts).id, reward: { id: flexible.id, revision: flexible.revision, pointsToSpend: 10 + random(120) } }, 'discounts', (body) => body.discount],
      () => known.checkouts.length && ['PUT', `/checkout/v1/checkouts/${pick(known.checkouts).id}`, { checkout: { cart: { currency: 'USD', lines: [{ id: 'a', unitPrice: 100 + random(3000), quantity: 2 }] } } }],
      () => known.discounts.length && ['POST', `${exchange}/loyalty-checkout-discounts/${pick(known.discounts).id}/remove`, {}],
      () => known.checkouts.length && ['POST', `/checkout/v1/checkouts/${pick(known.checkouts).id}/complete`, { paymentStatus: random(3) ? 'PAID' : 'NOT_PAID' }, 'orders', (body) => body.order],
      () => known.orders.length && ['POST', `/orders/v1/orders/${pick(known.orders).id}/${random(2) ? 'cancel' : 'paid'}`, {}],
      () => known.orders.length && ['POST', `/orders/v1/orders/${pick(known.orders).id}/refund`, { lines: [{ id: 'a', quantity: 1 }] }],
      () => ['POST', `${accounts}/accounts/${person.id}/redeem-points`, { points: 1 + random(60) }, 'redemptions', (body) => body],
      () => known.redemptions.length && ['POST', `/loyalty-transactions/v1/loyalty-transactions/${pick(known.redemptions).transactionId}/refund`, {}],
      () => ['POST', '/loyalty-holds/v1/holds', { accountId: person.id, points: 1 + random(40), lifetimeSeconds: 60 + random(3600) }, 'holds', (body) => body.hold],
      () => known.holds.length && ['POST', `/loyalty-holds/v1/holds/${pick(known.holds).id}/${pick(['capture', 'release', 'extend'])}`, {}],
      () => known.coupons.length && ['POST', `${coupons}/coupons/${pick(known.coupons).id}/cancel`, { revision: '1' }],
    ];
    return pick(kinds)() || kinds[0]();
  };
  const statuses = {};
  for (let round = 0; round < 40; ++round) {
    const calls = Array.from({ length: 15 }, step);
    await Promise.all(calls.map(async ([verb, path, body, into, of]) => {
      const answer = await shop.call(verb, path, body);
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      assert.ok(answer.status < 500, `${verb} ${path} ${JSON.stringify(body)} answered ${answer.status}: ${answer.text}`);
      if (answer.status === 200 && into) known[into].push(of(answer.body));
    }));
    if (round % 10 === 9) await server().advance({ minutes: 20 });
  }
  assert.ok(statuses[200] > 250, JSON.stringify(statuses));

  const now = await Promise.all(people.map((person) => shop.accountNow(person.id)));
  for (const account of now) {
    assertBalanced(account);
    assert.ok(account.points.balance >= 0 && (account.points.held ?? 0) >= 0);
    const list = await shop.movements(account.id);
    if (list.length < 100) {
      assert.equal(list.reduce((sum, one) => sum + one.balanceDelta, 0), account.points.balance, 'the movements add up to the balance');
    }
  }
  const totals = await shop.get(`${accounts}/accounts/program-totals`);
  for (const name of ['balance', 'earned', 'adjusted', 'redeemed', 'expired']) {
    assert.equal(totals.points[name], now.reduce((sum, account) => sum + account.points[name], 0), name);
  }
  assert.deepEqual((await shop.post('/loyalty-ledger/v1/audit', {})).findings, []);

  await eventually(async () => {
    const events = await shop.events();
    const last = new Map();
    const sequence = new Map();
    for (const event of events) {
      const before = sequence.get(event.entityId) ?? 0;
      assert.ok(Number(event.entityEventSequence) > before, 'in order for each entity');
      sequence.set(event.entityId, Number(event.entityEventSequence));
      if (typeOf(event) === 'wix.loyalty.v1.account_updated') last.set(event.entityId, contentOf(event));
    }
    assert.equal(new Set(events.map((event) => event.id)).size, events.length, 'no event twice');
    for (const person of people) {
      const shown = await shop.accountNow(person.id);
      assert.deepEqual(last.get(person.id).points, shown.points, 'the last event tells the account as it is');
      assert.equal(last.get(person.id).revision, shown.revision);
    }
  });
});
