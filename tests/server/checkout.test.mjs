import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { assertPoints, cartOf, eventually, exchange, guid, rewards, unique, useServer } from './harness.mjs';

const server = useServer();
const path = `${exchange}/loyalty-checkout-discount`;
const spend = (reward, pointsToSpend) => ({ reward: { id: reward.id, revision: reward.revision, ...(pointsToSpend && { pointsToSpend }) } });
const withCoupon = (coupon) => ({ loyaltyCoupon: { id: coupon.id, revision: coupon.revision } });
const quoteOf = async (shop, checkout) => {
  const { checkout: shown } = await shop.checkoutNow(checkout.id);
  return (await shop.changeCart(checkout.id, shown.cart)).quote;
};
const balance = async (shop, account) => (await shop.accountNow(account.id)).points.balance;
const promotion = (shop, fields) => shop.post('/loyalty-promotions/v1/promotions', { promotion: { name: unique('Promotion'), trigger: 'automatic', ...fields } });

test('row 103: points as money: 35 points at 10 a dollar take 3.50 off', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const reward = await shop.flexibleReward({ amount: '1.00', points: 10 });
  const checkout = await shop.checkout(account.contactId, 2000);
  const discount = await shop.apply(checkout.id, spend(reward, 35));
  assert.match(discount.id, guid);
  assert.equal(discount.checkoutId, checkout.id);
  assert.equal(discount.rewardId, reward.id);
  assert.equal(discount.status, 'APPLIED');
  assert.equal(discount.discountType, 'DISCOUNT_AMOUNT');
  assertPoints(await shop.accountNow(account.id), { balance: 65, redeemed: 35 });
  assert.equal((await shop.accountNow(account.id)).points.held, 35);
  const quote = await quoteOf(shop, checkout);
  assert.equal(quote.itemsDiscount, 350);
  assert.equal(quote.total, 1650);
  const redeem = (await shop.movements(account.id)).at(-1);
  assert.equal(redeem.transactionType, 'REDEEM');
  assert.equal(redeem.amount, 35);
});

test('row 104: a coupon reward chosen in the checkout takes its points there', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const reward = await shop.couponReward({ points: 60, fixedAmount: 4 });
  const checkout = await shop.checkout(account.contactId, 2000);
  const discount = await shop.apply(checkout.id, spend(reward));
  assert.equal(discount.discountType, 'COUPON_REWARD');
  assert.equal(discount.rewardId, reward.id);
  assertPoints(await shop.accountNow(account.id), { balance: 40, redeemed: 60 });
  assert.equal((await quoteOf(shop, checkout)).total, 1600);
  await shop.complete(checkout.id);
  assert.equal((await shop.discountNow(discount)).status, 'COMPLETED');
  assertPoints(await shop.accountNow(account.id), { balance: 40, redeemed: 60 });
  assert.equal((await shop.movements(account.id)).length, 2, 'the order adds no movement');
});

test('row 105: a coupon redeemed before costs nothing more', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 60, fixedAmount: 4 })).id, account.id);
  const checkout = await shop.checkout(account.contactId, 2000);
  const discount = await shop.apply(checkout.id, withCoupon(coupon));
  assert.equal(discount.discountType, 'LOYALTY_COUPON');
  assert.equal(discount.loyaltyCouponId, coupon.id);
  assertPoints(await shop.accountNow(account.id), { balance: 40, redeemed: 60 });
  assert.equal((await quoteOf(shop, checkout)).total, 1600);
});

test('row 106: a referral reward is applied', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ member: true });
  const { referralReward } = await shop.post('/loyalty-referrals/v1/referral-rewards', {
    referralReward: { contactId: account.contactId, specification: { name: 'Friend', type: 'MONEY_OFF_AMOUNT', moneyOffAmount: 3, scope: { namespace: 'stores' } } },
  });
  const checkout = await shop.checkout(account.contactId, 2000);
  const discount = await shop.apply(checkout.id, { referralReward: { id: referralReward.id, revision: referralReward.revision } });
  assert.equal(discount.discountType, 'REFERRAL_REWARD');
  assert.equal(discount.referralRewardId, referralReward.id);
  assert.equal((await quoteOf(shop, checkout)).total, 1700);
});

test('row 107: a stale revision of what is applied is a conflict', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const reward = await shop.flexibleReward();
  const coupon = await shop.redeem((await shop.couponReward({ points: 60 })).id, account.id);
  const checkout = await shop.checkout(account.contactId, 2000);
  await shop.put(`${rewards}/rewards/${reward.id}`, { reward: { ...reward, discountAmount: { configsByTier: [{ amount: '0.50', costInPoints: 10 }] } } });
  await shop.refused('REVISION_MISMATCH', 'POST', path, { checkoutId: checkout.id, ...spend(reward, 10) });
  await shop.refused('REVISION_MISMATCH', 'POST', path, { checkoutId: checkout.id, loyaltyCoupon: { id: coupon.id, revision: '9' } });
  const { referralReward } = await shop.post('/loyalty-referrals/v1/referral-rewards', {
    referralReward: { contactId: account.contactId, specification: { name: 'Friend', type: 'MONEY_OFF_AMOUNT', moneyOffAmount: 3, scope: { namespace: 'stores' } } },
  });
  await shop.refused('REVISION_MISMATCH', 'POST', path, { checkoutId: checkout.id, referralReward: { id: referralReward.id, revision: '9' } });
  assert.equal(await balance(shop, account), 440);
  assert.deepEqual(await shop.discounts({ checkoutId: checkout.id }), []);
});

test('row 108: a member applies to an own checkout only; an application to any', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 100 });
  const other = await shop.member({ points: 100 });
  const reward = await shop.flexibleReward();
  const own = await shop.checkout(member.contactId, 2000);
  const theirs = await shop.checkout(other.contactId, 2000);
  await shop.apply(own.id, spend(reward, 10), { as: member.token });
  const answer = await shop.call('POST', path, { checkoutId: theirs.id, ...spend(reward, 10) }, { as: member.token });
  assert.ok([403, 404].includes(answer.status), answer.text);
  const coupon = await shop.redeem((await shop.couponReward({ points: 20 })).id, other.id);
  const stolen = await shop.call('POST', path, { checkoutId: own.id, ...withCoupon(coupon) }, { as: member.token });
  assert.ok([403, 404].includes(stolen.status), stolen.text);
  assert.equal(await balance(shop, other), 80);
  await shop.apply(theirs.id, spend(reward, 10));
  assert.equal(await balance(shop, other), 70);
});

test('row 109: fewer points than the program\'s minimum are refused', async () => {
  const shop = await server().openSite({ minPointsToSpend: 50 });
  const account = await shop.account({ points: 100, member: true });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 2000);
  await shop.refused('POINTS_BELOW_MINIMUM', 'POST', path, { checkoutId: checkout.id, ...spend(reward, 49) });
  assert.equal(await balance(shop, account), 100);
  await shop.apply(checkout.id, spend(reward, 50));
  assert.equal(await balance(shop, account), 50);
});

test('row 110: the discount ends at what is left of the goods, and only the points for that are taken', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 1000, member: true });
  const reward = await shop.flexibleReward({ amount: '1.00', points: 10 });
  const checkout = await shop.checkout(account.contactId, { lines: [{ unitPrice: 1234 }], shipping: [{ id: 'post', price: 500 }] });
  await shop.apply(checkout.id, spend(reward, 900));
  const quote = await quoteOf(shop, checkout);
  assert.equal(quote.itemsDiscount, 1234);
  assert.equal(quote.total, 500);
  assert.equal(quote.points.spent, 124, 'the fewest points worth 12.34');
  assertPoints(await shop.accountNow(account.id), { balance: 876, redeemed: 124 });
  const odd = await shop.flexibleReward({ amount: '0.03', points: 7 });
  const twin = await shop.account({ points: 1000, member: true });
  const second = await shop.checkout(twin.contactId, 5000);
  await shop.apply(second.id, spend(odd, 100));
  const rounded = await quoteOf(shop, second);
  assert.equal(rounded.itemsDiscount, 42, 'floor(100 x 3 / 7)');
  assert.equal(await balance(shop, twin), 1000 - 98, '98 points are worth 42 too');
});

test('row 111: shipping, tax and fees are never paid with points', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 10_000, member: true });
  const reward = await shop.flexibleReward();
  const cart = { lines: [{ unitPrice: 2000, taxRatePpm: 100_000 }], shipping: [{ id: 'post', price: 700 }], fees: 150 };
  const checkout = await shop.checkout(account.contactId, cart);
  await shop.apply(checkout.id, spend(reward, 9000));
  const quote = await quoteOf(shop, checkout);
  assert.deepEqual([quote.itemsDiscount, quote.shippingDiscount, quote.tax, quote.fees, quote.total], [2000, 0, 0, 150, 850]);
  const coupon = await shop.redeem((await shop.couponReward({ points: 10, freeShipping: true })).id, account.id);
  const free = await shop.checkout(account.contactId, cart);
  await shop.apply(free.id, withCoupon(coupon));
  assert.equal((await quoteOf(shop, free)).shippingDiscount, 700);
});

test('row 112: restaurants keep something to pay, and the best reward is chosen beforehand', async () => {
  const shop = await server().openSite({ restaurantsMode: true });
  const member = await shop.member({ points: 1000 });
  const small = await shop.flexibleReward({ amount: '1.00', points: 100 });
  const large = await shop.flexibleReward({ amount: '5.00', points: 100 });
  const checkout = await shop.checkout(member.contactId, { lines: [{ unitPrice: 1000, tags: ['restaurants/item:soup'] }], shipping: [{ id: 'delivery', price: 300 }] });
  const offered = await shop.post(`/storefront/v1/checkouts/${checkout.id}/quote`, { cart: checkout.cart, intent: { chosen: [] }, want: ['offers'] }, { as: member.token });
  assert.equal(offered.quote.offers.find((offer) => offer.best).id, large.id);
  assert.notEqual(large.id, small.id);
  await shop.apply(checkout.id, spend(large, 900));
  const quote = await quoteOf(shop, checkout);
  assert.equal(quote.itemsNet, 1, 'at least one cent of the goods is paid');
  assert.equal(quote.total, 301);
  await shop.apply(checkout.id, spend(large, 100));
  assert.equal((await quoteOf(shop, checkout)).itemsNet, 500, 'the member chose fewer points');
});

test('row 113: one coupon a checkout: the new one replaces the old, which is free again', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const first = await shop.redeem((await shop.couponReward({ points: 10, fixedAmount: 2 })).id, account.id);
  const second = await shop.redeem((await shop.couponReward({ points: 10, fixedAmount: 3 })).id, account.id);
  const inCheckout = await shop.couponReward({ points: 100, fixedAmount: 4 });
  const checkout = await shop.checkout(account.contactId, 2000);
  const one = await shop.apply(checkout.id, withCoupon(first));
  const two = await shop.apply(checkout.id, withCoupon(second));
  assert.equal((await shop.discountNow(one)).status, 'UNUSED');
  assert.equal((await shop.discountNow(two)).status, 'APPLIED');
  assert.equal((await shop.couponNow(first.id)).status, 'ACTIVE');
  assert.equal((await quoteOf(shop, checkout)).total, 1700);
  const three = await shop.apply(checkout.id, spend(inCheckout));
  assert.equal((await shop.discountNow(two)).status, 'UNUSED');
  assert.equal(await balance(shop, account), 380);
  assert.equal((await quoteOf(shop, checkout)).total, 1600);
  await shop.apply(checkout.id, withCoupon(await shop.couponNow(first.id)));
  assert.equal((await shop.discountNow(three)).status, 'REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL');
  assert.equal(await balance(shop, account), 480, 'the points of the replaced reward are back');
  assert.equal((await quoteOf(shop, checkout)).total, 1800);
});

test('row 114: points stack with automatic discounts and with a coupon', async () => {
  const shop = await server().openSite();
  await promotion(shop, { effects: [{ kind: 'percent', ratePpm: 200_000, target: 'order' }] });
  const account = await shop.account({ points: 500, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 10, percentage: 20 })).id, account.id);
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 10_000);
  await shop.apply(checkout.id, withCoupon(coupon));
  await shop.apply(checkout.id, spend(reward, 100));
  const quote = await quoteOf(shop, checkout);
  assert.deepEqual(quote.discounts.map((one) => one.amount), [2000, 1600, 1000], 'one after another, points last');
  assert.equal(quote.total, 5400);
  assert.equal((await shop.discounts({ checkoutId: checkout.id, status: 'APPLIED' })).length, 2);
});

test('row 115: a removed discount gives points back, or the coupon', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const coupon = await shop.redeem((await shop.couponReward({ points: 100 })).id, account.id);
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 5000);
  const points = await shop.apply(checkout.id, spend(reward, 200));
  const used = await shop.apply(checkout.id, withCoupon(coupon));
  assert.equal(await balance(shop, account), 200);
  await shop.removeDiscount(points.id);
  assertPoints(await shop.accountNow(account.id), { balance: 400, redeemed: 100 });
  assert.equal((await shop.discountNow(points)).status, 'REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL');
  assert.equal((await shop.movements(account.id)).at(-1).transactionType, 'REFUND');
  await shop.removeDiscount(used.id);
  assert.equal((await shop.discountNow(used)).status, 'UNUSED');
  assert.equal((await shop.couponNow(coupon.id)).status, 'ACTIVE');
  assert.equal((await quoteOf(shop, checkout)).total, 5000);
  const again = await shop.call('POST', `${exchange}/loyalty-checkout-discounts/${points.id}/remove`, {});
  assert.ok(again.status >= 400 || (await balance(shop, account)) === 400);
  assert.equal(await balance(shop, account), 400, 'points come back once');
});

test('row 116: an abandoned checkout gives the points back after the hour that it may take', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const reward = await shop.flexibleReward();
  const coupon = await shop.redeem((await shop.couponReward({ points: 100 })).id, account.id);
  const checkout = await shop.checkout(account.contactId, 5000);
  const points = await shop.apply(checkout.id, spend(reward, 200));
  const used = await shop.apply(checkout.id, withCoupon(coupon));
  await server().advance({ minutes: 45 });
  await shop.changeCart(checkout.id, 6000);
  await server().advance({ minutes: 45 });
  assert.equal((await shop.discountNow(points)).status, 'APPLIED', 'using the checkout keeps the points for longer');
  assert.equal(await balance(shop, account), 200);
  await server().advance({ minutes: 16 });
  await eventually(async () => assert.equal((await shop.discountNow(points)).status, 'REFUNDED_DUE_TO_TIMEOUT'));
  assert.equal((await shop.discountNow(used)).status, 'UNUSED');
  assertPoints(await shop.accountNow(account.id), { balance: 400, redeemed: 100 });
  assert.equal((await shop.accountNow(account.id)).points.held ?? 0, 0);
  const short = await server().openSite({ holdMinutes: 5 });
  const other = await short.account({ points: 100, member: true });
  const quick = await short.checkout(other.contactId, 5000);
  const discount = await short.apply(quick.id, spend(await short.flexibleReward(), 50));
  await server().advance({ minutes: 6 });
  await eventually(async () => assert.equal((await short.discountNow(discount)).status, 'REFUNDED_DUE_TO_TIMEOUT'));
  assert.equal(await balance(short, other), 100);
});

test('row 117: a paid order completes the discount; a cancelled one refunds it', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 5000);
  const discount = await shop.apply(checkout.id, spend(reward, 200));
  const order = await shop.complete(checkout.id, { paymentStatus: 'NOT_PAID' });
  assert.equal((await shop.discountNow(discount)).status, 'APPLIED', 'payment is pending');
  await server().advance({ hours: 3 });
  assert.equal((await shop.discountNow(discount)).status, 'APPLIED', 'an order does not time out like a checkout');
  await shop.post(`/orders/v1/orders/${order.id}/paid`);
  assert.equal((await shop.discountNow(discount)).status, 'COMPLETED');
  assertPoints(await shop.accountNow(account.id), { balance: 300, redeemed: 200 });
  await shop.post(`/orders/v1/orders/${order.id}/cancel`);
  await eventually(async () => assert.equal((await shop.discountNow(discount)).status, 'REFUNDED'));
  assertPoints(await shop.accountNow(account.id), { balance: 500, redeemed: 0 });
  await shop.refused('CHECKOUT_COMPLETED', 'POST', path, { checkoutId: checkout.id, ...spend(reward, 10) });
});

test('row 118: discounts are queried by checkout and status', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const reward = await shop.flexibleReward();
  const one = await shop.checkout(account.contactId, 5000);
  const two = await shop.checkout(account.contactId, 5000);
  const first = await shop.apply(one.id, spend(reward, 50));
  const second = await shop.apply(two.id, spend(reward, 60));
  await shop.removeDiscount(first.id);
  const ids = async (filter) => (await shop.discounts(filter)).map((item) => item.id);
  assert.deepEqual(await ids({ checkoutId: one.id }), [first.id]);
  assert.deepEqual(await ids({ status: 'APPLIED' }), [second.id]);
  assert.deepEqual(await ids({ status: { $in: ['APPLIED', 'REFUNDED_DUE_TO_MANUAL_DISCOUNT_REMOVAL'] } }), [second.id, first.id]);
  assert.deepEqual(await ids({ checkoutId: { $in: [one.id, two.id] }, status: { $ne: 'APPLIED' } }), [first.id]);
});

test('row 119: a changed cart changes the discount: less, none, or a notice', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 5000);
  const discount = await shop.apply(checkout.id, spend(reward, 400));
  assert.equal(await balance(shop, account), 100);
  const less = await shop.changeCart(checkout.id, 1500);
  assert.equal(less.quote.total, 0);
  assert.equal(less.quote.points.spent, 150);
  assertPoints(await shop.accountNow(account.id), { balance: 350, redeemed: 150 });
  const coupon = await shop.redeem((await shop.couponReward({ points: 50, fixedAmount: 5, coupon: { minimumSubtotal: 30 } })).id, account.id);
  const other = await shop.checkout(account.contactId, 3000);
  const used = await shop.apply(other.id, withCoupon(coupon));
  const dropped = await shop.changeCart(other.id, 2999);
  assert.equal(dropped.quote.total, 2999);
  assert.ok(JSON.stringify(dropped.checkout.notices).includes('MINIMUM_SUBTOTAL_NOT_MET'), JSON.stringify(dropped.checkout));
  assert.equal((await shop.discountNow(used)).status, 'UNUSED');
  assert.equal((await shop.couponNow(coupon.id)).status, 'ACTIVE');
  assert.equal((await shop.discountNow(discount)).status, 'APPLIED');
});

test('row 120: shares of the lines sum exactly, and the preview is what the server charges', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 5000 });
  const reward = await shop.flexibleReward({ amount: '0.37', points: 11 });
  const cart = cartOf({
    lines: [{ unitPrice: 333, quantity: 3, taxRatePpm: 190_000 }, { unitPrice: 1999, quantity: 1, taxRatePpm: 70_000 }, { unitPrice: 7, quantity: 13 }],
    shipping: [{ id: 'post', price: 490, taxRatePpm: 190_000 }],
  });
  const intent = { chosen: [{ reward: { id: reward.id, points: 431 } }] };
  const checkout = await shop.checkout(member.contactId, cart);
  const asked = await shop.post(`/storefront/v1/checkouts/${checkout.id}/quote`, { cart, intent }, { as: member.token });
  const preview = asked.quote;
  assert.equal(preview.lines.flatMap((line) => line.shares).reduce((sum, share) => sum + share.amount, 0), preview.itemsDiscount);
  assert.equal(preview.lines.reduce((sum, line) => sum + line.net, 0), preview.subtotal - preview.itemsDiscount);
  assert.equal(preview.total, preview.subtotal - preview.itemsDiscount + preview.shipping - preview.shippingDiscount + preview.tax + preview.fees);
  const same = await shop.post(`/storefront/v1/checkouts/${checkout.id}/quote`, { cart, intent, previewDigest: asked.digest }, { as: member.token });
  assert.equal(same.same, true, JSON.stringify(same).slice(0, 300));
  const applied = await shop.post(`/storefront/v1/checkouts/${checkout.id}/apply`, { cart, intent, previewDigest: asked.digest, expectedTotal: preview.total }, { as: member.token });
  assert.equal(applied.quote.total, preview.total);
  assert.deepEqual(applied.quote.lines, preview.lines);
  assert.equal(applied.discounts.length, 1);
  assert.equal(await balance(shop, member), 5000 - preview.points.spent);
  const order = await shop.complete(checkout.id);
  assert.equal(order.quote?.total ?? order.total, preview.total);
});

test('row 121: two applications at once cannot spend the same points', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const reward = await shop.flexibleReward();
  const checkouts = await Promise.all(Array.from({ length: 8 }, () => shop.checkout(account.contactId, 5000)));
  const answers = await Promise.all(checkouts.map((one) => shop.call('POST', path, { checkoutId: one.id, ...spend(reward, 60) })));
  const fine = answers.filter((answer) => answer.status === 200);
  assert.equal(fine.length, 1, answers.map((answer) => answer.status).join(' '));
  for (const answer of answers.filter((one) => one.status !== 200)) {
    assert.equal(answer.body.details.applicationError.code, 'INSUFFICIENT_POINTS', answer.text);
  }
  assertPoints(await shop.accountNow(account.id), { balance: 40, redeemed: 60 });
});

test('row 122: numbers made up in the browser change nothing that is charged', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 100 });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(member.contactId, 2000);
  const apply = `/storefront/v1/checkouts/${checkout.id}/apply`;
  const intent = { chosen: [{ reward: { id: reward.id, points: 50 } }] };
  const attempt = async (body) => {
    const answer = await shop.call('POST', apply, { cart: checkout.cart, intent, ...body }, { as: member.token });
    assert.ok(answer.status >= 400 && answer.status < 500, `${JSON.stringify(body)} answered ${answer.status}: ${answer.text}`);
    return answer;
  };
  const cheaper = await attempt({ cart: cartOf(1), previewDigest: 'ab'.repeat(32) });
  assert.equal(cheaper.body.details.applicationError?.code, 'QUOTE_CHANGED', cheaper.text);
  await attempt({ previewDigest: 'ab'.repeat(32), expectedTotal: 1 });
  for (const points of [-50, 1.5, 1e300, '50', 9_007_199_254_740_993]) {
    await attempt({ intent: { chosen: [{ reward: { id: reward.id, points } }] } });
  }
  assertPoints(await shop.accountNow(member.id), { balance: 100, redeemed: 0 });
  assert.deepEqual(await shop.discounts({ checkoutId: checkout.id }), []);
  const order = await shop.complete(checkout.id);
  assert.equal(order.quote?.total ?? order.total, 2000, 'the merchant\'s cart is charged');
  const unknown = await shop.call('POST', path, { checkoutId: randomUUID(), ...spend(reward, 10) });
  assert.equal(unknown.body.details.applicationError.code, 'CHECKOUT_NOT_FOUND');
});

test('points are spent in the checkouts of members only', async () => {
  const shop = await server().openSite();
  const visitor = await shop.account({ points: 100 });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(visitor.contactId, 2000);
  await shop.refused('MEMBER_REQUIRED', 'POST', path, { checkoutId: checkout.id, ...spend(reward, 10) });
  assert.equal(await balance(shop, visitor), 100);
});

test('the same application again is a success that changes nothing; other points replace the first', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100, member: true });
  const reward = await shop.flexibleReward();
  const checkout = await shop.checkout(account.contactId, 2000);
  const first = await shop.apply(checkout.id, spend(reward, 30));
  const again = await shop.apply(checkout.id, spend(reward, 30));
  assert.equal(again.id, first.id);
  assert.equal((await shop.movements(account.id)).length, 2);
  await shop.apply(checkout.id, spend(reward, 80));
  assertPoints(await shop.accountNow(account.id), { balance: 20, redeemed: 80 });
  assert.equal((await shop.accountNow(account.id)).points.held, 80);
  assert.equal((await shop.discounts({ checkoutId: checkout.id, status: 'APPLIED' })).length, 1);
  assert.equal((await quoteOf(shop, checkout)).total, 1200);
});

test('a partial refund returns points by the policy of the shop', async () => {
  const cart = [{ id: 'a', unitPrice: 1000, quantity: 4 }];
  for (const [policy, back] of [['WHOLE_ORDER', 0], ['PROPORTIONAL', 50]]) {
    const shop = await server().openSite({ pointsRefundPolicy: policy });
    const account = await shop.account({ points: 200, member: true });
    const reward = await shop.flexibleReward();
    const checkout = await shop.checkout(account.contactId, cart);
    await shop.apply(checkout.id, spend(reward, 100));
    const order = await shop.complete(checkout.id);
    await shop.post(`/orders/v1/orders/${order.id}/refund`, { lines: [{ id: 'a', quantity: 2 }] });
    assert.equal(await balance(shop, account), 100 + back, policy);
    await shop.post(`/orders/v1/orders/${order.id}/refund`, { lines: [{ id: 'a', quantity: 2 }] });
    assertPoints(await shop.accountNow(account.id), { balance: 200, redeemed: 0 });
    const more = await shop.call('POST', `/orders/v1/orders/${order.id}/refund`, { lines: [{ id: 'a', quantity: 1 }] });
    assert.ok(more.status >= 400, 'no more comes back than was bought');
  }
});

test('an order once placed is the same order when it is placed again', async () => {
  const shop = await server().openSite();
  await shop.spendRule();
  const account = await shop.account({ points: 100, member: true });
  const checkout = await shop.checkout(account.contactId, 2000);
  await shop.apply(checkout.id, spend(await shop.flexibleReward(), 50));
  const first = await shop.complete(checkout.id, { orderId: 'order-7' });
  const again = await shop.complete(checkout.id, { orderId: 'order-7' });
  assert.equal(again.id, first.id);
  assertPoints(await shop.accountNow(account.id), { balance: 100 - 50 + 15, earned: 115, redeemed: 50 });
  const other = await shop.call('POST', `/checkout/v1/checkouts/${checkout.id}/complete`, { orderId: 'order-8', paymentStatus: 'PAID' });
  assert.equal(other.body.details.applicationError.code, 'CHECKOUT_COMPLETED', other.text);
});
