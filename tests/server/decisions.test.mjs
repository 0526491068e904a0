// What members and merchants may rely on beyond the rows of the public API.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { accounts, apps, assertPoints, cartOf, coupons, eventually, programs, rewards, tiers, useServer } from './harness.mjs';

const server = useServer();
const balance = async (shop, account) => (await shop.accountNow(account.id)).points.balance;
const fixed = (points) => ({ fixedAmount: { configs: [{ points }] } });

test('every matching rule awards on its own, by the tier from before the order', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const gold = await shop.tier('Gold', 100);
  await shop.rule({ fixedAmount: { configs: [{ points: 60 }, { tierId: gold.id, points: 1 }] } });
  await shop.rule({ fixedAmount: { configs: [{ points: 50 }, { tierId: gold.id, points: 2 }] } });
  const account = await shop.account();
  await shop.order(account.contactId, 1000);
  assert.equal(await balance(shop, account), 110);
  assert.deepEqual((await shop.movements(account.id)).map((one) => one.amount), [60, 50]);
  await shop.order(account.contactId, 1000);
  assert.equal(await balance(shop, account), 113, 'now in gold');
});

test('an order is earned on what was kept of it: after discounts, without tax and shipping', async () => {
  const shop = await server().openSite();
  await shop.spendRule();
  await shop.post('/loyalty-promotions/v1/promotions', { promotion: { name: 'A quarter', trigger: 'automatic', effects: [{ kind: 'percent', ratePpm: 250_000, target: 'order' }] } });
  const account = await shop.account();
  await shop.order(account.contactId, { lines: [{ unitPrice: 10_000, taxRatePpm: 200_000 }], shipping: [{ id: 'post', price: 900 }] });
  assert.equal(await balance(shop, account), 75);
  const gifts = await shop.account();
  await shop.order(gifts.contactId, [{ id: 'card', unitPrice: 5000, kind: 'giftCard' }, { id: 'book', unitPrice: 1000 }]);
  assert.equal(await balance(shop, gifts), 7, 'buying a gift card earns nothing');
});

test('a rule\'s grant is never lost to a limit', async () => {
  const shop = await server().openSite();
  await shop.spendRule({ moneyAmount: 1, points: 9_999_999 });
  const account = await shop.account();
  await shop.order(account.contactId, 100_000);
  const earned = await balance(shop, account);
  assert.ok(earned === 9_999_999 || earned === 999_999_999, String(earned));
  await shop.adjust(account.id, { balance: 999_999_990 });
  await shop.order(account.contactId, 1000);
  assert.equal(await balance(shop, account), 999_999_999);
});

test('a pause of the program stops the clock of expiry', async () => {
  const shop = await server().openSite();
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 1, expiringPointsPercentage: 100 } } });
  await shop.post(`${programs}/program/points-expiration/enable`);
  const account = await shop.account({ points: 50 });
  const date = async () => new Date((await shop.accountNow(account.id)).pointsExpiration.expirationDate).getTime();
  const before = await date();
  await shop.post(`${programs}/program/pause`);
  await server().advance({ days: 60 });
  assert.equal(await balance(shop, account), 50, 'nothing is lost while nobody can act');
  await shop.post(`${programs}/program/activate`);
  await eventually(async () => assert.ok(Math.abs((await date()) - before - 60 * 86_400_000) <= 86_400_000, new Date(await date()).toISOString()));
  await server().advance({ days: 33 });
  await eventually(async () => assert.equal(await balance(shop, account), 0));
});

test('points that come back are of use for at least fourteen days, and do not postpone expiry otherwise', async () => {
  const shop = await server().openSite();
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 1, expiringPointsPercentage: 100 } } });
  await shop.post(`${programs}/program/points-expiration/enable`);
  const account = await shop.account({ points: 100, member: true });
  const { transactionId } = await shop.post(`${accounts}/accounts/${account.id}/redeem-points`, { points: 60 });
  await server().advance({ days: 29 });
  await shop.post(`/loyalty-transactions/v1/loyalty-transactions/${transactionId}/refund`, {});
  assertPoints(await shop.accountNow(account.id), { balance: 100 });
  await server().advance({ days: 12 });
  assert.ok((await balance(shop, account)) >= 60, 'fourteen days are not over');
  await server().advance({ days: 5 });
  await eventually(async () => assert.equal(await balance(shop, account), 0));
});

test('what a caller may not set, a caller cannot set', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 5 });
  const contact = await shop.contact();
  for (const [verb, path, body] of [
    ['POST', `${accounts}/accounts`, { contactId: contact.id, points: { balance: 1_000_000 } }],
    ['POST', `${accounts}/accounts/${account.id}/earn-points`, { amount: 1, appId: 'a', idempotencyKey: 'm', earned: 500 }],
    ['POST', `${rewards}/rewards`, { reward: { name: 'R', type: 'DISCOUNT_AMOUNT', discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10, free: true }] } } }],
    ['POST', `${tiers}/tiers`, { tier: { tierDefinition: { name: 'T' }, requiredPoints: 1, members: ['x'] } }],
  ]) {
    const answer = await shop.call(verb, path, body);
    assert.equal(answer.status, 400, `${path}: ${answer.text}`);
    assert.match(answer.text, /UNKNOWN_FIELD/);
  }
  const { reward } = await shop.post(`${rewards}/rewards`, {
    reward: { id: randomUUID(), revision: '77', createdDate: '2001-01-01T00:00:00Z', name: 'R', type: 'DISCOUNT_AMOUNT', discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }] } },
  });
  assert.equal(reward.revision, '1');
  assert.doesNotMatch(reward.createdDate, /^2001/);
});

test('the public rules of a shop hold no secrets: no codes, no limits, no inactive rewards', async () => {
  const shop = await server().openSite();
  await shop.post('/loyalty-promotions/v1/promotions', {
    promotion: { name: 'Secret campaign', trigger: 'code', codes: ['XMAS-2031'], effects: [{ kind: 'percent', ratePpm: 500_000, target: 'order' }] },
  });
  await shop.flexibleReward({ name: 'Not yet', active: false });
  const answer = await shop.call('GET', `/storefront/v1/${shop.id}/bootstrap`, undefined, { as: null });
  assert.equal(answer.status, 200, answer.text);
  assert.doesNotMatch(answer.text, /XMAS-2031|Secret campaign|Not yet/);
  const etag = answer.headers.get('etag');
  const again = await shop.call('GET', `/storefront/v1/${shop.id}/bootstrap`, undefined, { as: null, headers: { 'If-None-Match': etag } });
  assert.equal(again.status, 304);
  // Who knows the code has it, a member and a guest alike.
  const member = await shop.member();
  const { value } = await shop.post('/storefront/v1/quote', { cart: cartOf(1000), intent: { chosen: [{ code: { text: 'xmas-2031' } }] } }, { as: member.token });
  assert.equal(value.total, 500);
  const guest = await shop.post('/storefront/v1/quote', { cart: cartOf(1000), intent: { chosen: [{ code: { text: 'XMAS-2031' } }] } }, { as: null, headers: { 'X-Loyalty-Site': shop.id } });
  assert.equal(guest.value.total, 500);
});

test('a promotion\'s limit holds however many order at once', async () => {
  const shop = await server().openSite();
  await shop.post('/loyalty-promotions/v1/promotions', {
    promotion: { name: 'The first three', trigger: 'code', codes: ['FIRST'], limits: { usesLeft: 3 }, effects: [{ kind: 'fixedAmount', amount: 500, target: 'order' }] },
  });
  const members = [];
  for (let index = 0; index < 8; ++index) members.push(await shop.member());
  const totals = await Promise.all(members.map(async (member) => {
    const checkout = await shop.checkout(member.contactId, 2000);
    const applied = await shop.call('POST', `/storefront/v1/checkouts/${checkout.id}/apply`,
      { cart: checkout.cart, intent: { chosen: [{ code: { text: 'FIRST' } }] } }, { as: member.token });
    if (applied.status !== 200) return 2000;
    const order = await shop.call('POST', `/checkout/v1/checkouts/${checkout.id}/complete`, { paymentStatus: 'PAID' });
    return order.status === 200 ? order.body.order.quote.total : 2000;
  }));
  assert.equal(totals.filter((total) => total === 1500).length, 3, totals.join(' '));
});

test('a browser of an allowed shop page may call, others may not', async () => {
  const shop = await server().openSite({ allowedOrigins: ['https://shop.example'] });
  const ask = (origin) => fetch(`${server().base}/storefront/v1/${shop.id}/bootstrap`, {
    method: 'OPTIONS', headers: { Origin: origin, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization,content-type,idempotency-key,x-wix-bi-gateway' },
  });
  const fine = await ask('https://shop.example');
  assert.equal(fine.headers.get('access-control-allow-origin'), 'https://shop.example');
  assert.match(fine.headers.get('access-control-allow-headers').toLowerCase(), /x-wix-bi-gateway/);
  const other = await ask('https://evil.example');
  assert.notEqual(other.headers.get('access-control-allow-origin'), 'https://evil.example');
});

test('two orders of one member at once count each', async () => {
  const shop = await server().openSite();
  await shop.spendRule();
  const account = await shop.account({ member: true });
  const checkouts = await Promise.all(Array.from({ length: 6 }, () => shop.checkout(account.contactId, 1000)));
  await Promise.all(checkouts.map((one) => shop.complete(one.id)));
  assertPoints(await shop.accountNow(account.id), { balance: 60, earned: 60 });
});

test('one coupon in two checkouts is used in one order', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 10, fixedAmount: 5 })).id, account.id);
  const attempt = async () => {
    const checkout = await shop.checkout(account.contactId, 2000);
    const applied = await shop.call('POST', '/loyalty-checkout-exchange/v1/loyalty-checkout-discount', { checkoutId: checkout.id, loyaltyCoupon: { id: coupon.id, revision: coupon.revision } });
    return { checkout, applied };
  };
  const attempts = await Promise.all([attempt(), attempt()]);
  const orders = await Promise.all(attempts.filter((one) => one.applied.status === 200)
    .map((one) => shop.call('POST', `/checkout/v1/checkouts/${one.checkout.id}/complete`, { paymentStatus: 'PAID' })));
  const discounted = orders.filter((one) => one.status === 200 && one.body.order.quote.total === 1500);
  assert.equal(discounted.length, 1, orders.map((one) => `${one.status} ${one.body?.order?.quote?.total}`).join(', '));
  assert.equal((await shop.couponNow(coupon.id)).status, 'APPLIED');
});

test('the ledger can be read and audited, and its chain names every entry', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 2000);
  const discount = await shop.apply(checkout.id, { reward: { id: reward.id, revision: reward.revision, pointsToSpend: 30 } });
  await shop.removeDiscount(discount.id);
  const { entries } = await shop.get(`/loyalty-ledger/v1/entries?accountId=${account.id}&limit=100`);
  assert.equal(entries.length, 3);
  assert.deepEqual(entries.map((entry) => entry.sequence).sort((a, b) => a - b), [1, 2, 3]);
  const audit = await shop.post('/loyalty-ledger/v1/audit', {});
  assert.deepEqual(audit.findings, []);
  assert.equal(audit.accounts, 1);
  assert.equal(audit.entries, 3);
});

test('where points expire by lots, each grant has a time of its own and the oldest is spent first', async () => {
  const shop = await server().openSite({ expiryModel: 'lots' });
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 2, expiringPointsPercentage: 100 } } });
  await shop.post(`${programs}/program/points-expiration/enable`);
  const account = await shop.account({ points: 100, member: true });
  await server().advance({ days: 30 });
  await shop.earn(account.id, 50);
  await shop.redeem((await shop.couponReward({ points: 40 })).id, account.id);
  assert.equal((await shop.accountNow(account.id)).pointsExpiration.expiringPointsAmount, 60);
  await server().advance({ days: 33 });
  assertPoints(await shop.accountNow(account.id), { balance: 50, expired: 60, redeemed: 40 });
  await server().advance({ days: 31 });
  assertPoints(await shop.accountNow(account.id), { balance: 0, expired: 110 });
});

test('a shop may let a reversal go below nothing', async () => {
  const shop = await server().openSite({ reversalPolicy: 'ALLOW_NEGATIVE' });
  await shop.spendRule();
  const account = await shop.account({ member: true });
  const order = await shop.order(account.contactId, 10_000);
  await shop.redeem((await shop.couponReward({ points: 80 })).id, account.id);
  await shop.post(`/orders/v1/orders/${order.id}/cancel`);
  assertPoints(await shop.accountNow(account.id), { balance: -80, earned: 0, redeemed: 80 });
  await shop.order(account.contactId, 10_000);
  assertPoints(await shop.accountNow(account.id), { balance: 20, earned: 100 });
});

test('whole units of money are those of the currency: yen have no cents, dinars a thousand', async () => {
  for (const [currency, unitPrice, wanted] of [['USD', 499, 40], ['JPY', 499, 4990], ['KWD', 4990, 40]]) {
    const shop = await server().openSite({ currency });
    await shop.spendRule({ moneyAmount: 1, points: 10 });
    const account = await shop.account();
    await shop.order(account.contactId, { currency, lines: [{ unitPrice }] });
    assert.equal(await balance(shop, account), wanted, currency);
  }
  const shop = await server().openSite();
  await shop.violates('checkout.cart.currency', 'POST', '/checkout/v1/checkouts', { checkout: { cart: cartOf({ currency: 'EUR', lines: [{ unitPrice: 5 }] }) } });
});

test('earning is rounded the way the shop chose', async () => {
  for (const [earnRounding, wanted] of [['wix', 11], ['floor', 13], ['perStep', 10]]) {
    const shop = await server().openSite({ earnRounding });
    await shop.spendRule({ moneyAmount: 3, points: 5 });
    const account = await shop.account();
    await shop.order(account.contactId, 799);
    // 7.99: of 7 whole dollars 5 points for every 3; of 7.99; for each whole 3 dollars.
    assert.equal(await balance(shop, account), wanted, earnRounding);
  }
});
