// Whatever is sent is answered by a "no" that says why, never by a breakdown.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { accounts, apps, cartOf, programs, transactions, useServer } from './harness.mjs';
import { matter, operations } from './operations.mjs';

const server = useServer({ args: ['--rate-limits', 'off'] });
const junk = [
  null, true, -1, 0, 1.5, 1e300, 9_007_199_254_740_993, '', 'x', '\u0000', '\uD83D\uDE00'.repeat(400), '../../etc/passwd', "' OR 1=1 --", '2026-02-30T00:00:00Z',
  [], {}, [[]], { $gt: 1 }, { __proto__: null, constructor: 1 }, Array.from({ length: 300 }, (_, index) => index),
];

/** Every body that differs from this one in one place. */
function* mutations(value, put = (changed) => changed) {
  for (const other of junk) yield put(other);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; ++index) {
      yield* mutations(value[index], (changed) => put(value.with ? value.with(index, changed) : value.map((old, at) => (at === index ? changed : old))));
    }
  } else if (value !== null && typeof value === 'object') {
    yield put({ ...value, surprise: 1 });
    for (const name of Object.keys(value)) {
      const { [name]: gone, ...rest } = value;
      yield put(rest);
      yield* mutations(gone, (changed) => put({ ...value, [name]: changed }));
    }
  }
}

async function never500(shop, verb, path, body, options) {
  const answer = await shop.call(verb, path, body, options);
  assert.ok(answer.status < 500, `${verb} ${path} ${JSON.stringify(body)?.slice(0, 600)} answered ${answer.status}: ${answer.text}`);
  if (answer.body?.ok === false) {  // the core's own form, as every door to it has
    assert.equal(typeof answer.body.error.code, 'string');
  } else if (answer.status >= 400) {
    assert.equal(typeof answer.body?.message, 'string', `${verb} ${path} answered ${answer.status} ${answer.text}`);
    assert.equal(Object.keys(answer.body.details).length, 1, answer.text);
  }
  return answer;
}

test('no body of a public operation breaks the server, however wrong', async () => {
  const shop = await server().openSite();
  const ids = await matter(shop);
  for (const [verb, path, body] of operations(ids)) {
    if (body === undefined) continue;
    const all = [...mutations(body)];
    for (let at = 0; at < all.length; at += 20) {
      await Promise.all(all.slice(at, at + 20).map((one) => never500(shop, verb, path, one)));
    }
  }
  assert.deepEqual((await shop.post('/loyalty-ledger/v1/audit', {})).findings, []);
});

test('no question, cart or choice breaks the server either', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 100 });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(member.contactId, 2000);
  const calls = [
    ['POST', '/storefront/v1/quote', { cart: cartOf(1000), intent: { chosen: [{ reward: { id: reward.id, points: 10 } }, { code: { text: 'A' } }] }, want: ['offers'] }, { as: member.token }],
    ['POST', `/storefront/v1/checkouts/${checkout.id}/quote`, { cart: cartOf(1000), intent: { chosen: [{ reward: { id: reward.id } }] }, previewDigest: '00'.repeat(32) }, { as: member.token }],
    ['POST', `/storefront/v1/checkouts/${checkout.id}/apply`, { cart: cartOf(1000), intent: { chosen: [{ coupon: { id: 'x' } }] }, previewDigest: '00'.repeat(32), expectedTotal: 5 }, { as: member.token }],
    ['PUT', `/checkout/v1/checkouts/${checkout.id}`, { checkout: { cart: { ...cartOf(1000), shipping: [{ id: 's', price: 5 }], wallets: [{ id: 'w', balance: 3 }] } } }],
    ['POST', '/loyalty-promotions/v1/promotions', { promotion: { name: 'P', trigger: 'automatic', conditions: { minSubtotal: 5 }, limits: { usesLeft: 3 }, effects: [{ kind: 'percent', ratePpm: 5, target: 'lines', scope: { include: ['a'] } }] } }],
    ['POST', '/loyalty-referrals/v1/referral-rewards', { referralReward: { contactId: member.contactId, specification: { name: 'F', type: 'MONEY_OFF_AMOUNT', moneyOffAmount: 3, scope: { namespace: 'stores', group: { name: 'product', entityId: 'x' } } } } }],
    ['POST', '/loyalty-triggers/v1/activities', { contactId: member.contactId, triggerAppId: apps.stores, activityType: 'stores/OrderPaid', eventId: 'e', payload: { priceSummary: { subtotal: '5.00', total: 5 } } }],
    ['POST', '/contacts/v1/contacts', { contact: { name: 'N', email: 'hostile@example.com', birthdate: '2000-02-29', tags: ['a'] } }],
    ['PATCH', `${programs}/settings`, { settings: { currency: 'USD', timeZone: 'Europe/Berlin', policy: { maxCoupons: 1 }, socialMedia: { channels: [{ type: 'X', enabled: true, id: 'x' }] }, allowedOrigins: ['https://a.example'] } }],
    ['POST', '/loyalty-holds/v1/holds', { accountId: member.id, points: 5, lifetimeSeconds: 60 }],
    ['POST', `${accounts}/accounts/${member.id}/redeem-points`, { rewardId: reward.id, points: 10, count: 1, description: 'd' }],
    ['POST', `${accounts}/accounts/query`, {
      query: { filter: { $and: [{ 'points.balance': { $gt: 1, $in: [1, 2] } }, { $or: [{ memberId: { $exists: true } }, { $not: { createdDate: { $lt: '2026-01-01T00:00:00.000Z' } } }] }] }, sort: [{ fieldName: 'createdDate', order: 'ASC' }], cursorPaging: { limit: 5 } },
    }],
    ['POST', `${accounts}/accounts/search`, {
      search: {
        filter: { 'contact.email': { $startsWith: 'a' } }, search: { expression: 'a b', mode: 'AND', fields: ['contact.name'], fuzzy: true }, timeZone: 'Europe/Berlin',
        aggregations: [{ name: 'n', type: 'NESTED', nested: { nestedAggregations: [{ name: 'a', fieldPath: 'points.balance', type: 'RANGE', range: { buckets: [{ from: 0, to: 5 }] } }, { name: 'b', fieldPath: 'updatedDate', type: 'DATE_HISTOGRAM', dateHistogram: { interval: 'WEEK' } }] } }],
      },
    }],
    ['POST', `${transactions}/loyalty-transactions/query`, { query: { filter: { transactionType: { $hasSome: ['EARN'] }, description: { $startsWith: 'a' } } } }],
  ];
  for (const [verb, path, body, options] of calls) {
    const all = [...mutations(body)];
    for (let at = 0; at < all.length; at += 20) {
      await Promise.all(all.slice(at, at + 20).map((one) => never500(shop, verb, path, one, options)));
    }
  }
});

test('no path and no parameter breaks the server', async () => {
  const shop = await server().openSite();
  const ids = await matter(shop);
  const odd = ['', '%', '%00', '%zz', '..', 'null', '0', randomUUID().toUpperCase(), 'x'.repeat(3000), '%F0%9F%98%80', "'", '"', '%2e%2e%2f'];
  for (const [verb, path, body] of operations(ids)) {
    for (const other of odd) {
      await never500(shop, verb, path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, other), body);
      await never500(shop, verb, `${path.split('?')[0]}?${other}=${other}&cursorPaging.limit=${other}&revision=${other}`, body);
    }
  }
});
