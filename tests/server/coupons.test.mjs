import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { assertPoints, coupons, guid, instant, programs, rewards, useServer } from './harness.mjs';

const server = useServer();
const path = `${coupons}/coupons`;
const apply = (shop, checkout, coupon) => shop.apply(checkout.id, { loyaltyCoupon: { id: coupon.id, revision: coupon.revision } });
const quoteOf = async (shop, checkout) => {
  const { checkout: shown } = await shop.checkoutNow(checkout.id);
  return (await shop.changeCart(checkout.id, shown.cart)).quote;
};
/** What a coupon of this reward takes off this cart. */
const saves = async (shop, rewardFields, cart) => {
  const account = await shop.account({ points: 100, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 100, ...rewardFields })).id, account.id);
  const checkout = await shop.checkout(account.contactId, cart);
  await apply(shop, checkout, coupon);
  return quoteOf(shop, checkout);
};

test('row 090: points become a coupon, for an account or for oneself', async () => {
  const shop = await server().openSite();
  const reward = await shop.couponReward({ points: 100, fixedAmount: 5, name: 'Five off' });
  const member = await shop.member({ points: 250 });
  let coupon;
  const told = await shop.eventsOf(async () => { coupon = await shop.redeem(reward.id, member.id); });
  assert.match(coupon.id, guid);
  assert.equal(coupon.status, 'ACTIVE');
  assert.match(coupon.couponReference.code, /^[0-9A-HJKMNP-TV-Z]{12}$/);
  assert.match(coupon.createdDate, instant);
  assertPoints(await shop.accountNow(member.id), { balance: 150, redeemed: 100 });
  const created = told.filter((event) => event.type === 'wix.loyalty.v1.coupon_created');
  assert.deepEqual(created.map((event) => event.entityId), [coupon.id]);
  const { coupon: own } = await shop.post(`${path}/redeem-my-coupon`, { rewardId: reward.id }, { as: member.token });
  assert.equal(own.accountId, member.id);
  assert.notEqual(own.couponReference.code, coupon.couponReference.code);
  assertPoints(await shop.accountNow(member.id), { balance: 50, redeemed: 200 });
});

test('row 091: a redemption that cannot be leaves everything as it was', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 99, member: true });
  const reward = await shop.couponReward({ points: 100 });
  const inactive = await shop.couponReward({ points: 10, active: false });
  const flexible = await shop.flexibleReward();
  const before = await shop.accountNow(account.id);
  const redeem = (rewardId, loyaltyAccountId = account.id) => ['POST', path, { rewardId, loyaltyAccountId }];
  const told = await shop.eventsOf(async () => {
    const data = await shop.refused('INSUFFICIENT_POINTS', ...redeem(reward.id));
    assert.ok(JSON.stringify(data).includes('100') && JSON.stringify(data).includes('99'), JSON.stringify(data));
    await shop.refused('REWARD_NOT_ACTIVE', ...redeem(inactive.id));
    await shop.refused('REWARD_NOT_COUPON', ...redeem(flexible.id));
    await shop.refused('REWARD_NOT_FOUND', ...redeem(randomUUID()));
    await shop.refused('ACCOUNT_NOT_FOUND', ...redeem(reward.id, randomUUID()));
    await shop.violates('rewardId', 'POST', path, { loyaltyAccountId: account.id });
  });
  assert.deepEqual(told, []);
  assert.deepEqual(await shop.accountNow(account.id), before);
  assert.equal((await shop.post(`${path}/query`, { query: {} })).loyaltyCoupons.length, 0);
  await shop.post(`${programs}/program/pause`);
  await shop.refused('PROGRAM_NOT_ACTIVE', ...redeem(reward.id));
});

test('row 092: a coupon carries account, member, transaction, reward name and a copy of what it gives', async () => {
  const shop = await server().openSite();
  const reward = await shop.couponReward({
    points: 40, percentage: 15, name: 'Fifteen', coupon: { scope: { namespace: 'stores', group: { name: 'product', entityId: 'p1' } }, limitedToOneItem: true },
  });
  const account = await shop.account({ points: 100, member: true });
  const coupon = await shop.redeem(reward.id, account.id);
  assert.equal(coupon.accountId, account.id);
  assert.equal(coupon.memberId, account.memberId);
  assert.equal(coupon.rewardName, 'Fifteen');
  assert.equal(coupon.revision, '1');
  const movement = await shop.movement(coupon.transactionId);
  assert.equal(movement.transactionType, 'REDEEM');
  assert.equal(movement.amount, 40);
  assert.equal(movement.redeemInfo.rewardId, reward.id);
  const { specification } = coupon.couponReference;
  assert.match(coupon.couponReference.couponId, guid);
  assert.equal(specification.type, 'PERCENT_OFF_RATE');
  assert.equal(specification.percentOffRate, 15);
  assert.equal(specification.limitedToOneItem, true);
  assert.equal(specification.scope.namespace, 'stores');
  await shop.put(`${rewards}/rewards/${reward.id}`, {
    reward: { ...reward, couponReward: { ...reward.couponReward, percentage: { configsByTier: [{ costInPoints: 40, percentage: 50 }] } } },
  });
  assert.equal((await shop.couponNow(coupon.id)).couponReference.specification.percentOffRate, 15);
});

test('row 093: a coupon is active, then applied; archived when it is cancelled', async () => {
  const shop = await server().openSite();
  const reward = await shop.couponReward({ points: 10 });
  const account = await shop.account({ points: 100, member: true });
  const used = await shop.redeem(reward.id, account.id);
  assert.equal(used.status, 'ACTIVE');
  const checkout = await shop.checkout(account.contactId, 2000);
  await apply(shop, checkout, used);
  assert.equal((await shop.couponNow(used.id)).status, 'ACTIVE', 'until the order');
  await shop.complete(checkout.id);
  assert.equal((await shop.couponNow(used.id)).status, 'APPLIED');
  const cancelled = await shop.redeem(reward.id, account.id);
  await shop.post(`${path}/${cancelled.id}/cancel`, { revision: cancelled.revision });
  assert.equal((await shop.couponNow(cancelled.id)).status, 'ARCHIVED');
  const other = await shop.checkout(account.contactId, 2000);
  for (const coupon of [used, cancelled]) {
    const now = await shop.couponNow(coupon.id);
    await shop.refused('COUPON_NOT_ACTIVE', 'POST', '/loyalty-checkout-exchange/v1/loyalty-checkout-discount', { checkoutId: other.id, loyaltyCoupon: { id: now.id, revision: now.revision } });
  }
});

test('row 094: coupons are read, listed by their member, and queried by every field, by offset and cursor', async () => {
  const shop = await server().openSite();
  const cheap = await shop.couponReward({ points: 10, name: 'Cheap' });
  const dear = await shop.couponReward({ points: 30, name: 'Dear' });
  const member = await shop.member({ points: 100 });
  const other = await shop.account({ points: 100, member: true });
  const list = [];
  for (const [reward, account] of [[cheap, member], [dear, member], [cheap, other]]) {
    await server().advance({ seconds: 10 });
    list.push(await shop.redeem(reward.id, account.id));
  }
  assert.deepEqual(await shop.couponNow(list[0].id), list[0]);
  await shop.refused('COUPON_NOT_FOUND', 'GET', `${path}/${randomUUID()}`);
  const own = await shop.get(`${path}/my-coupons`, { as: member.token });
  assert.deepEqual(own.loyaltyCoupons.map((one) => one.id).sort(), [list[0].id, list[1].id].sort());
  const found = async (filter) => (await shop.post(`${path}/query`, { query: { filter } })).loyaltyCoupons.map((one) => list.findIndex((two) => two.id === one.id)).sort();
  assert.deepEqual(await found({ accountId: member.id }), [0, 1]);
  assert.deepEqual(await found({ memberId: other.memberId }), [2]);
  assert.deepEqual(await found({ transactionId: list[1].transactionId }), [1]);
  assert.deepEqual(await found({ status: 'ACTIVE' }), [0, 1, 2]);
  assert.deepEqual(await found({ status: { $in: ['APPLIED', 'ARCHIVED'] } }), []);
  assert.deepEqual(await found({ rewardName: 'Cheap' }), [0, 2]);
  assert.deepEqual(await found({ rewardName: { $startsWith: 'dea' } }), [1]);
  assert.deepEqual(await found({ 'couponReference.code': list[2].couponReference.code }), [2]);
  assert.deepEqual(await found({ 'couponReference.name': list[1].couponReference.name }), [1]);
  assert.deepEqual(await found({ createdDate: { $gt: list[0].createdDate } }), [1, 2]);
  assert.deepEqual(await found({ updatedDate: { $lte: list[1].updatedDate } }), [0, 1]);
  const offset = await shop.post(`${path}/query`, { query: { paging: { limit: 2, offset: 2 }, sort: [{ fieldName: 'createdDate', order: 'ASC' }] } });
  assert.deepEqual(offset.loyaltyCoupons.map((one) => one.id), [list[2].id]);
  assert.equal(offset.metadata.total, 3);
  assert.equal(offset.metadata.offset, 2);
  const first = await shop.post(`${path}/query`, { query: { cursorPaging: { limit: 2 }, sort: [{ fieldName: 'createdDate', order: 'ASC' }] } });
  const rest = await shop.post(`${path}/query`, { query: { cursorPaging: { limit: 2, cursor: first.metadata.cursors.next } } });
  assert.deepEqual([...first.loyaltyCoupons, ...rest.loyaltyCoupons].map((one) => one.id), list.map((one) => one.id));
  const across = await shop.get(`${coupons}/bulk/coupons`, { as: server().keys.operator });
  assert.equal(across.couponsInSite.find((site) => site.metaSiteId === shop.id).loyaltyCoupons.length, 3);
});

test('row 095: the coupon behind a checkout discount is hidden from the member', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 100 });
  const reward = await shop.couponReward({ points: 10 });
  const kept = await shop.redeem(reward.id, member.id);
  const checkout = await shop.checkout(member.contactId, 2000);
  await shop.apply(checkout.id, { reward: { id: reward.id, revision: reward.revision } });
  const own = await shop.get(`${path}/my-coupons`, { as: member.token });
  assert.deepEqual(own.loyaltyCoupons.map((one) => one.id), [kept.id]);
  const all = (await shop.post(`${path}/query`, { query: { filter: { accountId: member.id } } })).loyaltyCoupons;
  for (const one of all.filter((coupon) => coupon.id !== kept.id)) assert.equal(one.refundable, true);
});

test('row 096: deleting takes the record and leaves the code usable; cancelling returns the points', async () => {
  const shop = await server().openSite();
  const reward = await shop.couponReward({ points: 10, fixedAmount: 5 });
  const account = await shop.account({ points: 100, member: true });
  const deleted = await shop.redeem(reward.id, account.id);
  await shop.violates('revision', 'DELETE', `${path}/${deleted.id}`);
  await shop.refused('REVISION_MISMATCH', 'DELETE', `${path}/${deleted.id}?revision=9`);
  const told = await shop.eventsOf(() => shop.del(`${path}/${deleted.id}?revision=${deleted.revision}`));
  assert.deepEqual(told.filter((event) => event.type === 'wix.loyalty.v1.coupon_deleted').map((event) => event.entityId), [deleted.id]);
  await shop.refused('COUPON_NOT_FOUND', 'GET', `${path}/${deleted.id}`);
  const checkout = await shop.checkout(account.contactId, 2000);
  const { quote } = await shop.post(`/storefront/v1/checkouts/${checkout.id}/quote`,
    { cart: checkout.cart, intent: { chosen: [{ code: { text: deleted.couponReference.code } }] } }, { as: await shop.token(account.memberId) });
  assert.equal(quote.itemsDiscount, 500, 'the reference coupon still works');
  assertPoints(await shop.accountNow(account.id), { balance: 90, redeemed: 10 });

  const cancelled = await shop.redeem(reward.id, account.id);
  assertPoints(await shop.accountNow(account.id), { balance: 80, redeemed: 20 });
  await shop.post(`${path}/${cancelled.id}/cancel`, { revision: cancelled.revision });
  assertPoints(await shop.accountNow(account.id), { balance: 90, redeemed: 10 });
  const last = (await shop.movements(account.id)).at(-1);
  assert.equal(last.refundInfo.refundedTransactionId, cancelled.transactionId);
});

test('row 097: a code counts in any case, and once', async () => {
  const shop = await server().openSite();
  const reward = await shop.couponReward({ points: 10, fixedAmount: 5 });
  const member = await shop.member({ points: 100 });
  const coupon = await shop.redeem(reward.id, member.id);
  const ask = async (checkout, text) => (await shop.post(`/storefront/v1/checkouts/${checkout.id}/quote`,
    { cart: checkout.cart, intent: { chosen: [{ code: { text } }] } }, { as: member.token })).quote;
  const checkout = await shop.checkout(member.contactId, 2000);
  assert.equal((await ask(checkout, coupon.couponReference.code)).total, 1500);
  assert.equal((await ask(checkout, ` ${coupon.couponReference.code.toLowerCase()} `)).total, 1500);
  await apply(shop, checkout, coupon);
  await shop.complete(checkout.id);
  const next = await shop.checkout(member.contactId, 2000);
  const used = await ask(next, coupon.couponReference.code);
  assert.equal(used.total, 2000);
  assert.deepEqual(used.rejected.map((one) => one.code), ['COUPON_USED']);
  const stranger = await shop.member({ points: 10 });
  const theirs = await shop.checkout(stranger.contactId, 2000);
  const asked = await shop.post(`/storefront/v1/checkouts/${theirs.id}/quote`,
    { cart: theirs.cart, intent: { chosen: [{ code: { text: coupon.couponReference.code } }] } }, { as: stranger.token });
  assert.deepEqual(asked.quote.rejected.map((one) => one.code), ['CODE_NOT_FOUND']);
});

test('row 098: an order uses the coupon up', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 10, fixedAmount: 5 })).id, account.id);
  const checkout = await shop.checkout(account.contactId, 2000);
  const discount = await apply(shop, checkout, coupon);
  const order = await shop.complete(checkout.id);
  assert.equal((await shop.couponNow(coupon.id)).status, 'APPLIED');
  assert.equal((await shop.discountNow(discount)).status, 'COMPLETED');
  assert.equal(order.quote?.total ?? order.total, 1500);
  assertPoints(await shop.accountNow(account.id), { balance: 90, redeemed: 10 });
  const next = await shop.checkout(account.contactId, 2000);
  const now = await shop.couponNow(coupon.id);
  await shop.refused('COUPON_NOT_ACTIVE', 'POST', '/loyalty-checkout-exchange/v1/loyalty-checkout-discount', { checkoutId: next.id, loyaltyCoupon: { id: coupon.id, revision: now.revision } });
});

test('row 099: cancelling the whole order gives the coupon back', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 10 })).id, account.id);
  const cart = [{ id: 'a', unitPrice: 1000 }, { id: 'b', unitPrice: 1000 }];
  const buy = async () => {
    const checkout = await shop.checkout(account.contactId, cart);
    await apply(shop, checkout, await shop.couponNow(coupon.id));
    return shop.complete(checkout.id);
  };
  const first = await buy();
  await shop.post(`/orders/v1/orders/${first.id}/cancel`);
  const back = await shop.couponNow(coupon.id);
  assert.equal(back.status, 'ACTIVE');
  assert.equal(back.couponReference.code, coupon.couponReference.code);
  assertPoints(await shop.accountNow(account.id), { balance: 90, redeemed: 10 });
  const second = await buy();
  await shop.post(`/orders/v1/orders/${second.id}/refund`, { lines: [{ id: 'a', quantity: 1 }] });
  assert.equal((await shop.couponNow(coupon.id)).status, 'APPLIED', 'a part of the order is no whole order');
});

test('row 100: coupons reach what their scope names, and nothing else', async () => {
  const shop = await server().openSite();
  for (const [scope, tag] of [
    [{ namespace: 'stores' }, 'stores'],
    [{ namespace: 'stores', group: { name: 'product', entityId: 'x1' } }, 'stores/product:x1'],
    [{ namespace: 'stores', group: { name: 'collection', entityId: 'x2' } }, 'stores/collection:x2'],
    [{ namespace: 'bookings', group: { name: 'service', entityId: 'x3' } }, 'bookings/service:x3'],
    [{ namespace: 'events', group: { name: 'event', entityId: 'x4' } }, 'events/event:x4'],
    [{ namespace: 'events', group: { name: 'ticket', entityId: 'x5' } }, 'events/ticket:x5'],
    [{ namespace: 'pricingPlans', group: { name: 'plan', entityId: 'x6' } }, 'pricingPlans/plan:x6'],
  ]) {
    const cart = [{ id: 'in', unitPrice: 1000, tags: [tag] }, { id: 'out', unitPrice: 5000, tags: ['elsewhere/thing:y'] }];
    const quote = await saves(shop, { percentage: 10, coupon: { scope } }, cart);
    assert.equal(quote.itemsDiscount, 100, `${tag}: ${JSON.stringify(quote.rejected)}`);
    assert.deepEqual(quote.lines.map((line) => line.discount), [100, 0], tag);
    const account = await shop.account({ points: 100, member: true });
    const coupon = await shop.redeem((await shop.couponReward({ points: 100, percentage: 10, coupon: { scope } })).id, account.id);
    const empty = await shop.checkout(account.contactId, cart.slice(1));
    await shop.refused('COUPON_SCOPE_MISMATCH', 'POST', '/loyalty-checkout-exchange/v1/loyalty-checkout-discount', { checkoutId: empty.id, loyaltyCoupon: { id: coupon.id, revision: coupon.revision } });
  }
});

test('row 101: minimum subtotal, the cheapest item only, and subscriptions', async () => {
  const shop = await server().openSite();
  const enough = await saves(shop, { fixedAmount: 5, coupon: { minimumSubtotal: 20 } }, 2000);
  assert.equal(enough.total, 1500, 'reached when equal');
  const account = await shop.account({ points: 100, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 100, fixedAmount: 5, coupon: { minimumSubtotal: 20 } })).id, account.id);
  const small = await shop.checkout(account.contactId, 1999);
  const data = await shop.refused('MINIMUM_SUBTOTAL_NOT_MET', 'POST', '/loyalty-checkout-exchange/v1/loyalty-checkout-discount', { checkoutId: small.id, loyaltyCoupon: { id: coupon.id, revision: coupon.revision } });
  assert.ok(JSON.stringify(data).includes('2000') || JSON.stringify(data).includes('20'), JSON.stringify(data));
  const one = await saves(shop, { percentage: 50, coupon: { scope: { namespace: 'stores' }, limitedToOneItem: true } },
    [{ id: 'dear', unitPrice: 3000, quantity: 2 }, { id: 'cheap', unitPrice: 800, quantity: 3 }]);
  assert.deepEqual(one.lines.map((line) => line.discount), [0, 400]);
  const cart = [{ id: 'plan', unitPrice: 2000, kind: 'subscription', tags: ['pricingPlans', 'pricingPlans/plan:gold'] }, { id: 'once', unitPrice: 1000, tags: ['pricingPlans', 'pricingPlans/plan:day'] }];
  const without = await saves(shop, { percentage: 10, coupon: { scope: { namespace: 'pricingPlans' } } }, cart);
  assert.deepEqual(without.lines.map((line) => line.discount), [0, 100]);
  const withThem = await saves(shop, { percentage: 10, coupon: { scope: { namespace: 'pricingPlans' }, appliesToSubscriptions: true } }, cart);
  assert.deepEqual(withThem.lines.map((line) => line.discount), [200, 100]);
});

test('row 102: money off, percent, free shipping, fixed price, buy X get Y', async () => {
  const shop = await server().openSite();
  const cart = { lines: [{ id: 'a', unitPrice: 1000, quantity: 3 }], shipping: [{ id: 'post', price: 700 }] };
  assert.equal((await saves(shop, { fixedAmount: 12.34 }, cart)).total, 3700 - 1234);
  assert.equal((await saves(shop, { percentage: 33 }, cart)).total, 3700 - 990);
  const shipped = await saves(shop, { freeShipping: true }, cart);
  assert.equal(shipped.shippingDiscount, 700);
  assert.equal(shipped.total, 3000);
  // Fixed price and buy X get Y come as referral coupons, whose specification is open.
  for (const [specification, total] of [
    [{ name: 'Two fifty', type: 'FIXED_PRICE_AMOUNT', fixedPriceAmount: 2.5, scope: { namespace: 'stores' } }, 750 + 700],
    [{ name: 'Two and one', type: 'BUY_X_GET_Y', buyXGetY: { x: 2, y: 1 }, scope: { namespace: 'stores' } }, 2000 + 700],
  ]) {
    const account = await shop.account({ member: true });
    const { referralReward } = await shop.post('/loyalty-referrals/v1/referral-rewards', { referralReward: { contactId: account.contactId, specification } });
    const checkout = await shop.checkout(account.contactId, cart);
    await shop.apply(checkout.id, { referralReward: { id: referralReward.id, revision: referralReward.revision } });
    assert.equal((await quoteOf(shop, checkout)).total, total, specification.type);
  }
});
