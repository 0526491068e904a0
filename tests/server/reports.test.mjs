import assert from 'node:assert/strict';
import test from 'node:test';
import { accounts, programs, tiers as tierService, useServer } from './harness.mjs';

const server = useServer({ clock: '2026-03-27T10:00:00Z' });
const report = (shop, name) => shop.get(`/loyalty-reports/v1/${name}`);
const totalsOf = async (shop) => (await shop.get(`${accounts}/accounts/program-totals`));
const sum = (rows, field) => rows.reduce((all, row) => all + row[field], 0);
/** What a report's columns say that balances changed by. */
const change = (row) => row.earned - row.redeemed + row.refunded + row.adjusted - row.reversed - row.expired;

/** A site on which every kind of movement happens, over a change of the clocks. */
async function busySite() {
  const shop = await server().openSite({ currency: 'USD', timeZone: 'Europe/Berlin' });
  await shop.spendRule({ points: 10 });
  const reward = await shop.flexibleReward({ amount: '1.00', points: 100 });
  const ann = await shop.member({ points: 5_000, name: 'Ann Report' });
  const bob = await shop.member({ points: 40, name: 'Bob Report' });
  const spend = async (member, points, more) => {
    const checkout = await shop.checkout(member.contactId, 4_000);
    if (points > 0) await shop.apply(checkout.id, { reward: { id: reward.id, pointsToSpend: points, revision: '1' } });
    return shop.complete(checkout.id, more);
  };
  const paid = await spend(ann, 1_000);
  await server().advance({ days: 2 });                       // 29 March 2026: the clocks go forward at 2
  await spend(ann, 500);
  await shop.post(`/orders/v1/orders/${paid.id}/cancel`);     // spent comes back, earned is taken back
  await shop.adjust(ann.id, { amount: 25, description: 'a present' });
  await shop.adjust(bob.id, { amount: -15, description: 'a mistake' });
  await server().advance({ days: 1 });
  const waiting = await spend(bob, 0, { paymentStatus: 'NOT_PAID' });
  const held = await shop.checkout(ann.contactId, 2_000);
  await shop.apply(held.id, { reward: { id: reward.id, pointsToSpend: 300, revision: '1' } });
  return { shop, reward, ann, bob, waiting };
}

test('points by day, week and month agree with the balances and with each other', async () => {
  const { shop } = await busySite();
  const totals = await totalsOf(shop);
  const reports = [];
  for (const by of ['day', 'week', 'month']) {
    const got = await report(shop, `points?from=2026-03-01&to=2026-04-15&by=${by}`);
    assert.equal(got.timeZone, 'Europe/Berlin');
    for (const field of ['earned', 'redeemed', 'refunded', 'adjusted', 'reversed', 'expired', 'orders']) {
      assert.equal(sum(got.buckets, field), got.totals[field], `${by} ${field}`);
    }
    const { earned, redeemed, refunded, adjusted, reversed, expired } = got.totals;
    assert.equal(change(got.totals), totals.points.balance, 'all of it is what the balances are');
    assert.equal(earned - reversed, totals.points.earned);
    assert.equal(redeemed - refunded, totals.points.redeemed);
    assert.deepEqual([adjusted, expired], [totals.points.adjusted, totals.points.expired]);
    reports.push(got);
  }
  const [day, week, month] = reports;
  assert.deepEqual(week.totals, day.totals);
  assert.deepEqual(month.totals, day.totals);
  assert.equal(day.buckets.length, 46);
  assert.deepEqual(month.buckets.map((row) => row.start), ['2026-03-01', '2026-04-01']);
  assert.deepEqual(week.buckets.slice(0, 2).map((row) => row.start), ['2026-03-01', '2026-03-02'], 'weeks begin on Monday, the first is cut');
  const on = (date) => day.buckets.find((row) => row.start === date);
  assert.equal(on('2026-03-27').orders, 1);
  assert.equal(on('2026-03-27').activeMembers, 2);
  assert.equal(on('2026-03-29').orders, 1);
  assert.equal(on('2026-03-29').refunded, 1_000);
  assert.equal(on('2026-03-29').reversed, 300);
  assert.equal(on('2026-03-29').adjusted, 10);
  assert.equal(on('2026-03-30').redeemed, 300);
  assert.equal(on('2026-03-28').earned, 0, 'a day without movements is there');
  assert.equal(day.totals.activeMembers, 2, 'who was active on two days is one member');
});

test('days are those of the zone, also when the clocks change', async () => {
  const shop = await server().openSite({ timeZone: 'Europe/Berlin' });
  const ann = await shop.account();
  await server().advance({ to: '2026-10-24T21:59:59Z' });
  await shop.earn(ann.id, 1);                               // 23:59:59 on the 24th
  await server().advance({ to: '2026-10-24T22:00:00Z' });
  await shop.earn(ann.id, 10);                              // midnight of the 25th
  await server().advance({ to: '2026-10-25T22:59:59Z' });
  await shop.earn(ann.id, 100);                             // 23:59:59 on the 25th, a day of 25 hours
  await server().advance({ to: '2026-10-25T23:00:00Z' });
  await shop.earn(ann.id, 1_000);
  const got = await report(shop, 'points?from=2026-10-24&to=2026-10-26&by=day');
  assert.deepEqual(got.buckets.map((row) => [row.start, row.earned]),
    [['2026-10-24', 1], ['2026-10-25', 110], ['2026-10-26', 1_000]]);
});

test('a report has at most 400 buckets and its days in order', async () => {
  const shop = await server().openSite();
  await shop.violates('to', 'GET', '/loyalty-reports/v1/points?from=2024-01-01&to=2026-01-01&by=day');
  await shop.violates('to', 'GET', '/loyalty-reports/v1/points?from=2026-01-02&to=2026-01-01');
  assert.equal((await report(shop, 'points?from=2024-01-01&to=2026-01-01&by=week')).buckets.length, 105);
  assert.equal((await report(shop, 'points')).buckets.length, 30);
});

test('liability: what every balance buys, by tier and by month, sums to the whole', async () => {
  const { shop, reward } = await busySite();
  const got = await report(shop, 'liability');
  const all = (await shop.post(`${accounts}/accounts/query`, { query: {} })).loyaltyAccounts;
  assert.equal(got.points, sum(all.map((one) => one.points), 'balance'));
  assert.equal(got.heldPoints, 300);
  assert.equal(got.pendingPoints, 400, '40 dollars that are not paid yet, at 10 points each');
  const worth = sum(all.map((one) => ({ cents: one.points.balance >= 100 ? one.points.balance : 0 })), 'cents');
  assert.equal(got.amountMinor, worth, '100 points for a dollar: a cent a point, from 100 points on');
  assert.equal(got.basis.rewardId, reward.id);
  assert.match(got.basis.text, /100 points for 1\.00 USD/);
  assert.equal(sum(got.byTier, 'points'), got.points);
  assert.equal(sum(got.byTier, 'amountMinor'), got.amountMinor);
  assert.deepEqual(got.byTier[0].perCost, { points: 100, amountMinor: 100 });
  assert.deepEqual(got.byExpiryMonth, [{ month: null, points: got.points, amountMinor: got.amountMinor }]);
});

test('liability by month follows the rules of expiry, percentage by percentage', async () => {
  const shop = await server().openSite({ currency: 'USD' });
  await shop.flexibleReward({ amount: '1.00', points: 10 });
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 6, expiringPointsPercentage: 50 } } });
  await shop.post(`${programs}/program/points-expiration/enable`);
  const ann = await shop.account({ points: 1_000 });
  await shop.account({ points: 3 });                         // half of 3 is 1, half of 2 is 1, and 1 stays
  const got = await report(shop, 'liability');
  const months = got.byExpiryMonth.filter((row) => row.month !== null);
  const shown = (await shop.accountNow(ann.id)).pointsExpiration;
  assert.equal(shown.expiringPointsAmount, 500);
  assert.equal(months[0].month, shown.expirationDate.slice(0, 7));
  assert.deepEqual(months.map((row) => row.points).slice(0, 4), [500 + 1, 250 + 1, 125, 63 - 1]);
  assert.equal(sum(got.byExpiryMonth, 'points'), 1_003);
  assert.equal(sum(got.byExpiryMonth, 'amountMinor'), got.amountMinor);
  assert.equal(got.byExpiryMonth.at(-1).month, null);
  assert.equal(got.byExpiryMonth.at(-1).points, 2, 'the last point of each is never lost');
});

test('without a flexible reward coupons are the measure, and without rewards there is none', async () => {
  const shop = await server().openSite({ currency: 'USD' });
  await shop.account({ points: 250 });
  const none = await report(shop, 'liability');
  assert.equal(none.amountMinor, 0);
  assert.match(none.basis.text, /No active reward/);
  await shop.couponReward({ points: 100, fixedAmount: 5, name: 'Small' });
  await shop.couponReward({ points: 200, fixedAmount: 11, name: 'Large' });
  await shop.couponReward({ points: 10, percentage: 50 });
  const got = await report(shop, 'liability');
  assert.equal(got.amountMinor, 1_100, 'one large coupon is more than two small ones');
  assert.equal(got.basis.rewardName, 'Large');
  assert.match(got.basis.text, /whole coupons/);
});

test('tiers: who is where, and who would be by other thresholds', async () => {
  const shop = await server().openSite();
  const silver = await shop.tier('Silver', 100);
  const gold = await shop.tier('Gold', 1_000);
  await shop.activateTiers(12);
  for (const points of [0, 150, 600, 2_000]) await shop.account({ points });
  const got = await report(shop, 'tiers');
  assert.equal(got.status, 'ACTIVE');
  assert.deepEqual(got.window, { months: 12 });
  assert.deepEqual(got.tiers.map((row) => [row.name, row.members]), [['Base tier', 1], ['Silver', 2], ['Gold', 1]]);
  assert.equal(sum(got.histogram, 'members'), 4);
  assert.equal(got.histogram.at(-1).to, undefined);
  const before = await shop.events();
  const preview = await shop.post('/loyalty-reports/v1/tiers/preview', {
    tiers: [{ id: silver.id, name: 'Silver', requiredPoints: 200 }, { id: gold.id, name: 'Gold', requiredPoints: 500 }, { name: 'Star', requiredPoints: 1_500 }],
  });
  assert.deepEqual([preview.members, preview.changed, preview.up, preview.down], [4, 3, 2, 1]);
  assert.deepEqual(preview.byTier, [
    { name: 'Base tier', before: 1, after: 2 }, { name: 'Silver', before: 2, after: 0 },
    { name: 'Gold', before: 1, after: 1 }, { name: 'Star', before: 0, after: 1 }]);
  assert.equal(preview.sample.length, 3);
  assert.deepEqual(await shop.events(), before, 'a preview changes nothing');
  await server().advance({ days: 80 });
  const window = await shop.post('/loyalty-reports/v1/tiers/preview', {
    tiers: [{ id: silver.id, name: 'Silver', requiredPoints: 100 }, { id: gold.id, name: 'Gold', requiredPoints: 1_000 }], windowMonths: 2,
  });
  assert.equal(window.down, 3, 'nothing was earned in the last two months');
  await shop.violates('tiers[1].name', 'POST', '/loyalty-reports/v1/tiers/preview',
    { tiers: [{ name: 'A', requiredPoints: 1 }, { name: ' a', requiredPoints: 2 }] });
  assert.equal((await shop.get(`${tierService}/tiers`)).tiers.length, 2);
});

test('the checklist says what stands in the way of starting', async () => {
  const shop = await server().site();
  const first = await report(shop, 'checklist');
  assert.equal(first.status, 'DRAFT');
  assert.equal(first.ready, false);
  const open = (list) => list.items.filter((item) => item.blocking && !item.done).map((item) => item.id);
  assert.deepEqual(open(first), ['earning', 'rewards']);
  await shop.spendRule();
  await shop.flexibleReward();
  await shop.patch(`${programs}/program`, { loyaltyProgram: { name: 'Beans' } });
  const second = await report(shop, 'checklist');
  assert.equal(second.ready, true);
  assert.ok(second.items.find((item) => item.id === 'name').done);
});

test('reports are for staff of the site', async () => {
  const shop = await server().openSite();
  const ann = await shop.member();
  for (const name of ['points', 'liability', 'tiers', 'checklist']) {
    assert.equal((await shop.call('GET', `/loyalty-reports/v1/${name}`, undefined, { as: ann.token })).status, 403);
  }
});
