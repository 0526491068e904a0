// What a signed-in member sees of its own: the overview, the history and its file.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { apps, coupons, earningRules, socialMedia, tiers, programs, unique, useServer } from './harness.mjs';

const server = useServer();
const me = '/storefront/v1/me';
const overviewOf = (shop, member) => shop.get(`${me}/overview`, { as: member.token });
const historyOf = (shop, member, query = '') => shop.get(`${me}/transactions${query}`, { as: member.token });
const line = (unitPrice) => [{ id: '1', unitPrice, quantity: 1, tags: ['stores', 'stores/product:teapot'] }];

describe('the overview', () => {
  it('adds up: balance is earned and adjusted less redeemed and expired, and what is held is part of it', async () => {
    const shop = await server().openSite();
    const flexible = await shop.flexibleReward({ amount: '1.00', points: 10 });
    const five = await shop.couponReward({ points: 100, fixedAmount: 5 });
    const member = await shop.member({ points: 257 });
    await shop.adjust(member.id, { amount: -7, description: 'Corrected' });
    await shop.redeem(five.id, member.id);
    const checkout = await shop.checkout(member.contactId, { lines: line(6000) });
    await shop.apply(checkout.id, { reward: { id: flexible.id, pointsToSpend: 35, revision: '1' } });
    const { account, holds, member: who, serverTime, currency } = await overviewOf(shop, member);
    const { id, revision, createdAt, ...points } = account;
    assert.deepEqual(points, {
      balance: 150, available: 115, held: 35, earned: 257, redeemed: 100, adjusted: -7, expired: 0, pending: 0,
    });
    assert.equal(points.balance, points.earned + points.adjusted - points.redeemed - points.expired);
    assert.equal(id, member.id);
    assert.equal(revision, (await shop.accountNow(member.id)).revision);
    assert.ok(createdAt <= serverTime);
    assert.equal(currency, 'USD');
    assert.equal(who.contactId, member.contactId);
    assert.deepEqual(holds.map(({ points: held, checkoutId }) => ({ held, checkoutId })), [{ held: 35, checkoutId: checkout.id }]);
    assert.ok(holds[0].until > serverTime);
  });

  it('welcomes whoever has not joined, with rewards and ways to earn', async () => {
    const shop = await server().openSite();
    await shop.couponReward({ points: 100 });
    await shop.spendRule({ points: 2 });
    const contact = await shop.contact({ name: 'New' }, { member: true });
    const seen = await overviewOf(shop, { token: await shop.token(contact.memberId) });
    assert.equal(seen.account, undefined);
    assert.equal(seen.worth, undefined);
    assert.equal(seen.expiring, undefined);
    assert.equal(seen.member.name, 'New');
    assert.deepEqual(seen.holds, []);
    assert.deepEqual(seen.coupons, []);
    assert.deepEqual(seen.rewards.map(({ cost, missing, affordable, reason }) => ({ cost, missing, affordable, reason })),
      [{ cost: 100, missing: 100, affordable: false, reason: 'INSUFFICIENT_POINTS' }]);
    assert.deepEqual(seen.ways.map(({ activity, per }) => ({ activity, per })),
      [{ activity: 'stores/OrderPaid', per: { amountMinor: 100, points: 2 } }]);
    assert.deepEqual((await historyOf(shop, { token: await shop.token(contact.memberId) })).transactions, []);
  });

  it('tells the most money that the points buy, rounded down, within what the reward allows', async () => {
    const shop = await server().openSite();
    const cases = [
      { reward: { amount: '0.33', points: 7 }, points: 100, worth: 471 }, // 100 × 33 ÷ 7 = 471.4
      { reward: { amount: '1.00', points: 10, discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }], maxPoints: 50 } }, points: 100, worth: 500 },
      { reward: { amount: '1.00', points: 10, discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }], minPoints: 101 } }, points: 100, worth: undefined },
    ];
    for (const { reward, points, worth } of cases) {
      const made = await shop.flexibleReward(reward);
      const seen = await overviewOf(shop, await shop.member({ points }));
      assert.equal(seen.worth?.amountMinor, worth);
      if (worth) assert.deepEqual(seen.worth, { amountMinor: worth, currency: 'USD', rewardId: made.id, rewardName: made.name });
      await shop.del(`/loyalty-rewards/v1/rewards/${made.id}?revision=1`);
    }
  });

  it('is what the checkout then gives for all points', async () => {
    const shop = await server().openSite();
    const reward = await shop.flexibleReward({ amount: '0.33', points: 7 });
    const member = await shop.member({ points: 100 });
    const { worth } = await overviewOf(shop, member);
    const checkout = await shop.checkout(member.contactId, { lines: line(600_000) });
    await shop.apply(checkout.id, { reward: { id: reward.id, pointsToSpend: 100, revision: '1' } });
    assert.equal((await shop.checkoutNow(checkout.id)).quote.itemsDiscount, worth.amountMinor);
  });

  it('says of each reward what it costs at the tier, and why it cannot be had', async () => {
    const shop = await server().openSite();
    const gold = await shop.tier('Gold', 500);
    await shop.activateTiers();
    await shop.reward({
      name: 'Only gold', type: 'COUPON_REWARD',
      couponReward: { percentage: { configsByTier: [{ tierId: gold.id, costInPoints: 60, percentage: 12.5 }] }, minimumSubtotal: 20 },
    });
    await shop.flexibleReward({ name: 'Flexible', amount: '1.00', points: 10 });
    await shop.couponReward({ name: 'Dear', points: 300, freeShipping: true });
    const plain = await overviewOf(shop, await shop.member({ points: 100 }));
    const of = (seen, name) => seen.rewards.find((one) => one.name === name);
    assert.deepEqual(plain.rewards.map((one) => one.name), ['Flexible', 'Only gold', 'Dear']);
    assert.equal(of(plain, 'Only gold').reason, 'TIER');
    assert.equal(of(plain, 'Only gold').redeemable, false);
    assert.equal(of(plain, 'Flexible').reason, 'AT_CHECKOUT');
    assert.deepEqual(of(plain, 'Flexible').perCost, { points: 10, amountMinor: 100 });
    assert.equal(of(plain, 'Dear').missing, 200);
    assert.equal(of(plain, 'Dear').freeShipping, true);
    const golden = await overviewOf(shop, await shop.member({ points: 500 }));
    assert.equal(of(golden, 'Only gold').redeemable, true);
    assert.equal(of(golden, 'Only gold').reason, undefined);
    assert.equal(of(golden, 'Only gold').percentagePpm, 125_000);
    assert.equal(of(golden, 'Only gold').minimumSubtotalMinor, 2000);
    const last = await shop.member();
    await shop.post(`${programs}/program/pause`);
    const paused = await overviewOf(shop, last);
    assert.equal(paused.program.status, 'PAUSED');
    assert.equal(of(paused, 'Flexible').reason, 'PROGRAM_PAUSED');
    assert.equal(paused.worth, undefined);
  });

  it('shows the way through the tiers, and when the oldest points stop counting', async () => {
    const shop = await server().openSite({ timeZone: 'America/New_York' });
    const member = await shop.member();
    assert.equal((await overviewOf(shop, member)).tier, undefined, 'no tiers, no part about them');
    const silver = await shop.tier('Silver', 100);
    const gold = await shop.tier('Gold', 500);
    await shop.activateTiers(12);
    await shop.earn(member.id, 130);
    await server().settle();
    const { tier, serverTime } = await overviewOf(shop, { ...member, token: await shop.token(member.memberId) });
    assert.equal(tier.status, 'ACTIVE');
    assert.equal(tier.points, 130);
    assert.deepEqual(tier.current, { id: silver.id, name: 'Silver' });
    assert.deepEqual(tier.next, { id: gold.id, name: 'Gold', requiredPoints: 500, missing: 370 });
    assert.deepEqual(tier.levels.map(({ name, requiredPoints, reached }) => [name, requiredPoints, reached]),
      [['Member', 0, true], ['Silver', 100, true], ['Gold', 500, false]]);
    const year = Number(serverTime.slice(0, 4));
    assert.equal(tier.since.slice(0, 4), `${year - 1}`);
    assert.equal(tier.until.slice(0, 4), `${year + 1}`);
  });

  it('lists coupons newest first, with what they cost and what came back', async () => {
    const shop = await server().openSite();
    const five = await shop.couponReward({ name: 'Five off', points: 100, fixedAmount: 5, coupon: { minimumSubtotal: 1 } });
    const member = await shop.member({ points: 300 });
    const first = await shop.redeem(five.id, member.id);
    const second = await shop.redeem(five.id, member.id);
    await shop.post(`${coupons}/coupons/${first.id}/cancel`, { revision: '1' });
    const checkout = await shop.checkout(member.contactId, { lines: line(6000) });
    await shop.apply(checkout.id, { loyaltyCoupon: { id: second.id, revision: '1' } });
    const order = await shop.complete(checkout.id);
    const { coupons: seen, account } = await overviewOf(shop, member);
    assert.deepEqual(seen.map((one) => one.id), [second.id, first.id]);
    assert.equal(seen[0].status, 'APPLIED');
    assert.equal(seen[0].orderId, order.id);
    assert.equal(seen[0].number, order.number);
    assert.ok(seen[0].usedAt >= seen[0].redeemedAt);
    assert.equal(seen[0].points, 100);
    assert.equal(seen[0].refundedPoints, undefined);
    assert.equal(seen[1].status, 'ARCHIVED');
    assert.equal(seen[1].refundedPoints, 100);
    assert.equal(seen[1].rewardName, 'Five off');
    assert.equal(account.redeemed, 100);
  });

  it('tells what unpaid orders will earn, as they then do', async () => {
    const shop = await server().openSite();
    await shop.spendRule({ points: 3 });
    const member = await shop.member({ points: 1 });
    const checkout = await shop.checkout(member.contactId, { lines: line(1999) });
    const order = await shop.complete(checkout.id, { paymentStatus: 'NOT_PAID' });
    const before = await overviewOf(shop, member);
    assert.deepEqual(before.pendingOrders.map(({ orderId, number, points }) => ({ orderId, number, points })),
      [{ orderId: order.id, number: order.number, points: 57 }]);
    assert.equal(before.account.pending, 57);
    await shop.post(`/orders/v1/orders/${order.id}/paid`, {});
    const after = await overviewOf(shop, member);
    assert.deepEqual(after.pendingOrders, []);
    assert.equal(after.account.pending, 0);
    assert.equal(after.account.earned, before.account.earned + 57);
  });

  it('tells how often a way to earn has been taken', async () => {
    const shop = await server().openSite({ socialMedia: { channels: ['FACEBOOK', 'X'].map((type) => ({ type, enabled: true, id: 'shop' })) } });
    await shop.post(`${earningRules}/earning-rules/custom`, { type: 'SOCIAL_MEDIA', earningRule: { title: 'Follow us', fixedAmount: { configs: [{ points: 5 }] } } });
    await shop.post(`${earningRules}/earning-rules/custom`, { type: 'BIRTHDAY', earningRule: { title: 'Birthday', fixedAmount: { configs: [{ points: 9 }] } } });
    await shop.rule({ title: 'Joined', triggerAppId: apps.events, triggerActivityType: 'events/Rsvp', fixedAmount: { configs: [{ points: 4 }] }, oncePerPerson: true });
    const member = await shop.member();
    const limits = async () => Object.fromEntries((await overviewOf(shop, member)).ways.map(({ name, points, limit }) => [name, { points, ...limit }]));
    assert.deepEqual(await limits(), {
      'Follow us': { points: 5, times: 2, per: 'EVER', done: 0 },
      Birthday: { points: 9, times: 1, per: 'YEAR', done: 0 },
      Joined: { points: 4, times: 1, per: 'EVER', done: 0 },
    });
    await shop.post(`${socialMedia}/followed-channels`, { followedChannel: { channel: 'X' } }, { as: member.token });
    await shop.post('/loyalty-triggers/v1/activities', {
      contactId: member.contactId, triggerAppId: apps.events, activityType: 'events/Rsvp', eventId: unique('rsvp'),
    });
    const after = await limits();
    assert.equal(after['Follow us'].done, 1);
    assert.equal(after.Joined.done, 1);
  });

  it('is for members only, and each sees its own', async () => {
    const shop = await server().openSite();
    await shop.refused('MEMBER_REQUIRED', 'GET', `${me}/overview`);
    await shop.refused('UNAUTHENTICATED', 'GET', `${me}/overview`, undefined, { as: null });
    const ann = await shop.member({ points: 11 });
    const bob = await shop.member({ points: 22 });
    assert.equal((await overviewOf(shop, ann)).account.balance, 11);
    assert.equal((await overviewOf(shop, bob)).account.balance, 22);
  });
});

describe('the history', () => {
  it('is signed, titled, counted and paged', async () => {
    const shop = await server().openSite();
    const five = await shop.couponReward({ name: 'Five off', points: 100 });
    const member = await shop.member({ points: 300 });
    await shop.redeem(five.id, member.id);
    await shop.adjust(member.id, { amount: -20, description: 'Corrected' });
    const all = await historyOf(shop, member);
    assert.equal(all.total, 3);
    assert.equal(all.next, undefined);
    assert.deepEqual(all.transactions.map(({ type, points, balanceAfter, title, rewardName }) => [type, points, balanceAfter, title, rewardName]), [
      ['ADJUST', -20, 180, 'Corrected', undefined],
      ['REDEEM', -100, 200, 'Five off', 'Five off'],
      ['EARN', 300, 300, 'Points earned', undefined],
    ]);
    const first = await historyOf(shop, member, '?limit=2');
    assert.equal(first.total, 3);
    const second = await historyOf(shop, member, `?limit=2&cursor=${encodeURIComponent(first.next)}`);
    assert.equal(second.total, 3);
    assert.deepEqual([...first.transactions, ...second.transactions], all.transactions);
    const other = await shop.member({ points: 5 });
    const stolen = await historyOf(shop, other, `?cursor=${encodeURIComponent(first.next)}`);
    assert.ok(stolen.transactions.every((one) => one.accountId === other.id));
  });

  it('is filtered by types, days of the zone, and words', async () => {
    const shop = await server().openSite({ timeZone: 'America/New_York' });
    const member = await shop.member({ points: 100 });
    await shop.adjust(member.id, { amount: 7, description: 'Thanks for the review' });
    const token = async () => ({ ...member, token: await shop.token(member.memberId) });
    const day = (await overviewOf(shop, member)).tier?.since ?? new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' })
      .format(new Date((await overviewOf(shop, member)).serverTime));
    await server().advance({ days: 1 });
    await shop.adjust(member.id, { amount: 1, description: 'Later' });
    const now = await token();
    const titles = async (query) => (await historyOf(shop, now, query)).transactions.map((one) => one.title);
    assert.deepEqual(await titles('?type=EARN'), ['Points earned']);
    assert.equal((await titles('?type=EARN,ADJUST')).length, 3);
    assert.deepEqual(await titles(`?from=${day}&to=${day}`), ['Thanks for the review', 'Points earned']);
    assert.deepEqual(await titles(`?to=${day}&type=ADJUST`), ['Thanks for the review']);
    assert.deepEqual(await titles('?search=REVIEW'), ['Thanks for the review']);
    assert.deepEqual(await titles('?search=100%25'), []);
    await shop.violates('type', 'GET', `${me}/transactions?type=EARN,NOPE`, undefined, { as: now.token });
    await shop.violates('from', 'GET', `${me}/transactions?from=yesterday`, undefined, { as: now.token });
  });

  it('comes as a file that no spreadsheet carries out', async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 300 });
    for (const description of ['=1+1', '+49', '@x', '-x', 'a "quoted", one\nof two lines', '\tTab']) {
      await shop.adjust(member.id, { amount: -1, description });
    }
    const response = await fetch(`${server().base}${me}/transactions/export?format=csv&type=ADJUST`, { headers: { Authorization: member.token } });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.equal(response.headers.get('content-disposition'), 'attachment; filename="points.csv"');
    const bytes = new Uint8Array(await response.arrayBuffer());
    assert.deepEqual([...bytes.slice(0, 3)], [0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    const rows = text.split('\r\n');
    assert.equal(rows[0], 'Date,Type,Points,Balance,Title,Reward,Order');
    assert.match(text, /,-1,294,'\tTab,/);
    for (const guarded of ["'=1+1", "'@x", "'-x"]) assert.ok(text.includes(`,${guarded},`), guarded);
    assert.ok(text.includes('"a ""quoted"", one\nof two lines"'));
    const json = await shop.call('GET', `${me}/transactions/export?format=json`, undefined, { as: member.token });
    assert.equal(json.headers.get('content-disposition'), 'attachment; filename="points.json"');
    assert.equal(json.body.transactions.length, 7);
    await shop.violates('format', 'GET', `${me}/transactions/export?format=xml`, undefined, { as: member.token });
  });
});

describe('a page that is loaded anew', () => {
  it('gets what is applied to its checkout, without what is no longer held', async () => {
    const shop = await server().openSite();
    const reward = await shop.flexibleReward({ amount: '1.00', points: 10 });
    const member = await shop.member({ points: 100 });
    const { id } = await shop.checkout(member.contactId, { lines: line(6000) });
    await shop.apply(id, { reward: { id: reward.id, pointsToSpend: 40, revision: '1' } });
    const { checkout } = await shop.get(`${me}?checkoutId=${id}`, { as: member.token });
    assert.equal(checkout.id, id);
    assert.equal(checkout.status, 'OPEN');
    assert.deepEqual(checkout.intent.chosen, [{ reward: { id: reward.id, points: 40 } }]);
    assert.deepEqual(checkout.discounts.map(({ points, amount }) => ({ points, amount })), [{ points: 40, amount: 400 }]);
    assert.equal(checkout.quote.total, 5600);
    assert.match(checkout.quote.digest, /^[0-9a-f]{64}$/);
    assert.equal((await shop.get(me, { as: member.token })).checkout, undefined);
    const other = await shop.member();
    await shop.refused('CHECKOUT_NOT_FOUND', 'GET', `${me}?checkoutId=${id}`, undefined, { as: other.token });
    const order = await shop.complete(id);
    const done = (await shop.get(`${me}?checkoutId=${id}`, { as: member.token })).checkout;
    assert.equal(done.status, 'COMPLETED');
    assert.equal(done.orderId, order.id);
    assert.equal(done.quote.total, 5600);
  });
});

describe('whoever has a key', () => {
  it('can ask what it opens', async () => {
    const shop = await server().openSite();
    const app = await shop.get('/identity/v1/whoami');
    assert.equal(app.identity, 'app');
    assert.equal(app.site.id, shop.id);
    assert.equal(app.sites, undefined);
    assert.equal(app.canManageKeys, true);
    assert.equal(app.virtualClock, true);
    const { apiKey, secret } = await shop.post('/identity/v1/api-keys', { name: 'Reader', scopes: ['SCOPE.DC-LOYALTY.READ-LOYALTY'] });
    const reader = await shop.get('/identity/v1/whoami', { as: secret });
    assert.deepEqual(reader.scopes, apiKey.scopes);
    assert.equal(reader.canManageKeys, false);
    const user = await shop.get('/identity/v1/whoami', { as: server().keys.operator, headers: { 'x-loyalty-site': shop.id } });
    assert.equal(user.identity, 'user');
    assert.equal(user.site.id, shop.id);
    assert.ok(user.sites.some((site) => site.id === shop.id));
    const member = await shop.member();
    await shop.refused('PERMISSION_DENIED', 'GET', '/identity/v1/whoami', undefined, { as: member.token });
    await shop.refused('UNAUTHENTICATED', 'GET', '/identity/v1/whoami', undefined, { as: null });
  });
});
