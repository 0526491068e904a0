import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { accounts, apps, assertPoints, eventually, instant, programs, transactions, useServer } from './harness.mjs';

const server = useServer();
const path = `${transactions}/loyalty-transactions`;
const refundLines = (shop, orderId, lines) => shop.post(`/orders/v1/orders/${orderId}/refund`, { lines });

test('row 042: every movement is one transaction of its type with its own block', async () => {
  const shop = await server().openSite();
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 1, expiringPointsPercentage: 50 } } });
  await shop.post(`${programs}/program/points-expiration/enable`);
  const account = await shop.account({ points: 500, member: true });
  await shop.adjust(account.id, { amount: -20 });
  const reward = await shop.couponReward({ points: 100 });
  const coupon = await shop.redeem(reward.id, account.id);
  const flexible = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 5000);
  const discount = await shop.apply(checkout.id, { reward: { id: flexible.id, revision: flexible.revision, pointsToSpend: 40 } });
  await shop.removeDiscount(discount.id);
  await server().advance({ days: 60 });
  await eventually(async () => assert.equal((await shop.movements(account.id)).length, 6));
  const list = await shop.movements(account.id);
  assert.deepEqual(list.map((one) => one.transactionType), ['EARN', 'ADJUST', 'REDEEM', 'REDEEM', 'REFUND', 'EXPIRE']);
  assert.deepEqual(list.map((one) => one.amount), [500, -20, 100, 40, 40, 190]);
  const blocks = ['earnInfo', 'redeemInfo', 'adjustInfo', 'refundInfo', 'expireInfo'];
  assert.deepEqual(list.map((one) => blocks.filter((name) => one[name])), [
    ['earnInfo'], ['adjustInfo'], ['redeemInfo'], ['redeemInfo'], ['refundInfo'], ['expireInfo'],
  ]);
  assert.equal(list[2].redeemInfo.rewardId, reward.id);
  assert.equal(list[2].redeemInfo.rewardType, 'COUPON_REWARD');
  assert.equal(list[2].id, coupon.transactionId);
  assert.equal(list[3].redeemInfo.rewardType, 'DISCOUNT_AMOUNT');
  // Signed changes and the balance after each add up.
  let balance = 0;
  for (const one of list) {
    balance += one.balanceDelta;
    assert.equal(one.balanceAfter, balance);
  }
  assert.equal(balance, (await shop.accountNow(account.id)).points.balance);
});

test('row 043: transactions are read one by one and queried by every field', async () => {
  const shop = await server().openSite();
  const one = await shop.account();
  const two = await shop.account();
  await shop.earn(one.id, 10, { description: 'Apples', idempotencyKey: 'key-apples' });
  await server().advance({ seconds: 5 });
  await shop.earn(one.id, 20, { description: 'Bananas', idempotencyKey: 'key-bananas' });
  await server().advance({ seconds: 5 });
  await shop.adjust(two.id, { amount: 30, description: 'Apples again' });
  const all = (await shop.post(`${path}/query`, { query: {} })).loyaltyTransactions;
  assert.deepEqual(all.map((item) => item.amount), [30, 20, 10], 'newest first');
  const [third, second, first] = all;
  const found = async (filter) => (await shop.post(`${path}/query`, { query: { filter } })).loyaltyTransactions.map((item) => item.amount);
  assert.deepEqual(await found({ id: first.id }), [10]);
  assert.deepEqual(await found({ accountId: one.id }), [20, 10]);
  assert.deepEqual(await found({ accountId: { $ne: one.id } }), [30]);
  assert.deepEqual(await found({ amount: { $gte: 20 } }), [30, 20]);
  assert.deepEqual(await found({ amount: { $in: [10, 30] } }), [30, 10]);
  assert.deepEqual(await found({ transactionType: 'ADJUST' }), [30]);
  assert.deepEqual(await found({ transactionType: { $hasSome: ['EARN'] } }), [20, 10]);
  assert.deepEqual(await found({ description: { $startsWith: 'apples' } }), [30, 10], 'in any case');
  assert.deepEqual(await found({ idempotencyKey: 'key-bananas' }), [20]);
  assert.deepEqual(await found({ idempotencyKey: { $exists: false } }), [30]);
  assert.deepEqual(await found({ createdDate: { $lt: third.createdDate } }), [20, 10]);
  assert.deepEqual(await found({ createdDate: { $gte: second.createdDate, $lt: third.createdDate } }), [20]);
  const got = await shop.movement(first.id);
  assert.deepEqual(got, first);
  assert.match(got.createdDate, instant);
  await shop.refused('TRANSACTION_NOT_FOUND', 'GET', `${path}/${randomUUID()}`);
  const page = await shop.post(`${path}/query`, { query: { cursorPaging: { limit: 2 } } });
  const rest = await shop.post(`${path}/query`, { query: { cursorPaging: { limit: 2, cursor: page.pagingMetadata.cursors.next } } });
  assert.deepEqual(rest.loyaltyTransactions.map((item) => item.amount), [10]);
});

test('row 044: transactions cannot be made, changed or deleted', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 10 });
  const [movement] = await shop.movements(account.id);
  for (const [verb, target, body] of [
    ['POST', path, { loyaltyTransaction: { accountId: account.id, amount: 5 } }],
    ['PATCH', `${path}/${movement.id}`, { loyaltyTransaction: { amount: 1000 } }],
    ['PUT', `${path}/${movement.id}`, { loyaltyTransaction: { amount: 1000 } }],
    ['DELETE', `${path}/${movement.id}`, undefined],
  ]) {
    const answer = await shop.call(verb, target, body);
    assert.ok([404, 405].includes(answer.status), `${verb} answered ${answer.status}`);
  }
  assert.deepEqual(await shop.movement(movement.id), movement);
});

test('row 045: a refund names what it refunds, and a redemption is refunded once', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 300, member: true });
  const reward = await shop.couponReward({ points: 100 });
  const { transactionId } = await shop.post(`${accounts}/accounts/${account.id}/redeem-points`, { rewardId: reward.id, description: 'At the till' });
  assertPoints(await shop.accountNow(account.id), { balance: 200, redeemed: 100 });
  const key = randomUUID();
  const refund = await shop.post(`${path}/${transactionId}/refund`, {}, { key });
  assertPoints(await shop.accountNow(account.id), { balance: 300, redeemed: 0 });
  const last = (await shop.movements(account.id)).at(-1);
  assert.equal(last.transactionType, 'REFUND');
  assert.equal(last.amount, 100);
  assert.equal(last.refundInfo.refundedTransactionId, transactionId);
  const replay = await shop.call('POST', `${path}/${transactionId}/refund`, {}, { key });
  assert.deepEqual(replay.body, refund);
  assert.equal(replay.headers.get('idempotent-replayed'), 'true');
  await shop.refused('TRANSACTION_ALREADY_REFUNDED', 'POST', `${path}/${transactionId}/refund`, {});
  const [earn] = await shop.movements(account.id);
  await shop.refused('TRANSACTION_NOT_REFUNDABLE', 'POST', `${path}/${earn.id}/refund`, {});
  assertPoints(await shop.accountNow(account.id), { balance: 300, redeemed: 0 });
});

test('row 046: an expiry records what was before and after', async () => {
  const shop = await server().openSite();
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 1, expiringPointsPercentage: 30 } } });
  await shop.post(`${programs}/program/points-expiration/enable`);
  const account = await shop.account({ points: 101 });
  await server().advance({ days: 50 });
  await eventually(async () => {
    const last = (await shop.movements(account.id)).at(-1);
    assert.equal(last.transactionType, 'EXPIRE');
    assert.equal(last.amount, 30);
    assert.equal(last.expireInfo.amountBefore, 101);
    assert.equal(last.expireInfo.amountAfter, 71);
  });
  assertPoints(await shop.accountNow(account.id), { balance: 71, expired: 30, earned: 101 });
});

test('row 047: a cancelled or wholly refunded order takes back what it earned, linked to the earning', async () => {
  const shop = await server().openSite();
  await shop.spendRule({ points: 3 });
  const account = await shop.account();
  const canceled = await shop.order(account.contactId, 2000);
  const refunded = await shop.order(account.contactId, 1000);
  assertPoints(await shop.accountNow(account.id), { balance: 90, earned: 90 });
  const [earn] = await shop.movements(account.id);
  await shop.post(`/orders/v1/orders/${canceled.id}/cancel`);
  assertPoints(await shop.accountNow(account.id), { balance: 30, earned: 30, adjusted: 0 });
  const reversal = (await shop.movements(account.id)).at(-1);
  assert.equal(reversal.transactionType, 'ADJUST');
  assert.equal(reversal.originatedFrom, 'EARN_REVERT');
  assert.equal(reversal.balanceDelta, -60);
  assert.ok(JSON.stringify(reversal).includes(earn.id), `the reversal names ${earn.id}: ${JSON.stringify(reversal)}`);
  await refundLines(shop, refunded.id, [{ id: 'line-1', quantity: 1 }]);
  assertPoints(await shop.accountNow(account.id), { balance: 0, earned: 0 });
  assert.equal((await shop.accountNow(account.id)).tier.points, 0);
});

test('row 048: partial refunds take back the exact difference, two of them as much as one', async () => {
  const shop = await server().openSite();
  await shop.rule({ conversionRate: { configs: [{ moneyAmount: 3, points: 7 }] } });
  const cart = [{ id: 'a', unitPrice: 333, quantity: 4 }, { id: 'b', unitPrice: 1050, quantity: 2 }];
  const base = (4 * 333 + 2 * 1050) / 100;
  const points = (amount) => Math.floor((Math.floor(amount) * 7) / 3);
  const account = await shop.account();
  const order = await shop.order(account.contactId, cart);
  assertPoints(await shop.accountNow(account.id), { balance: points(base) });
  await refundLines(shop, order.id, [{ id: 'a', quantity: 1 }]);
  assertPoints(await shop.accountNow(account.id), { balance: points(base - 3.33) });
  await refundLines(shop, order.id, [{ id: 'b', quantity: 2 }]);
  assertPoints(await shop.accountNow(account.id), { balance: points(base - 3.33 - 21) });

  const twin = await shop.account();
  const same = await shop.order(twin.contactId, cart);
  await refundLines(shop, same.id, [{ id: 'b', quantity: 2 }, { id: 'a', quantity: 1 }]);
  assert.equal((await shop.accountNow(twin.id)).points.balance, (await shop.accountNow(account.id)).points.balance);
  await refundLines(shop, order.id, [{ id: 'a', quantity: 3 }]);
  assertPoints(await shop.accountNow(account.id), { balance: 0, earned: 0 });
});

test('row 049: what is taken back never exceeds the balance, and the rest is netted from the next earning', async () => {
  const shop = await server().openSite();
  await shop.spendRule();
  const account = await shop.account({ member: true });
  const order = await shop.order(account.contactId, 10_000);
  const reward = await shop.couponReward({ points: 80 });
  await shop.redeem(reward.id, account.id);
  assertPoints(await shop.accountNow(account.id), { balance: 20, earned: 100, redeemed: 80 });
  await shop.post(`/orders/v1/orders/${order.id}/cancel`);
  assertPoints(await shop.accountNow(account.id), { balance: 0, redeemed: 80 });
  await shop.order(account.contactId, 5000);
  assert.equal((await shop.accountNow(account.id)).points.balance, 0, 'fifty points pay a part of the debt of eighty');
  await shop.order(account.contactId, 5000);
  assert.equal((await shop.accountNow(account.id)).points.balance, 20);

  const forgiving = await server().openSite({ reversalPolicy: 'FORGIVE' });
  await forgiving.spendRule();
  const other = await forgiving.account({ member: true });
  const first = await forgiving.order(other.contactId, 10_000);
  await forgiving.redeem((await forgiving.couponReward({ points: 80 })).id, other.id);
  await forgiving.post(`/orders/v1/orders/${first.id}/cancel`);
  await forgiving.order(other.contactId, 5000);
  assert.equal((await forgiving.accountNow(other.id)).points.balance, 50);
});
