import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import test from 'node:test';
import { apps, programs, Server, useServer } from './harness.mjs';

const server = useServer();
const orders = '/orders/v1/orders';
const points = (reward, pointsToSpend) => ({ reward: { id: reward.id, revision: reward.revision, ...(pointsToSpend && { pointsToSpend }) } });

/** A site with orders of all kinds, and the public catalogs under which they were priced. */
async function busySite() {
  const shop = await server().openSite({ currency: 'USD', timeZone: 'America/New_York' });
  const catalogs = new Map();
  const seen = async () => {
    const { catalogVersion, catalog } = await shop.get(`/storefront/v1/${shop.id}/bootstrap`);
    catalogs.set(catalogVersion, catalog);
  };
  const rule = await shop.spendRule({ points: 2, title: 'Shop with us' });
  const reward = await shop.flexibleReward({ amount: '1.00', points: 10 });
  await shop.post('/loyalty-promotions/v1/promotions', { promotion: {
    name: 'Two only', trigger: 'automatic', limits: { usesLeft: 2 }, effects: [{ kind: 'percent', ratePpm: 100_000 }] } });
  await shop.post('/loyalty-promotions/v1/promotions', { promotion: {
    name: 'A code', trigger: 'code', codes: ['WELCOME'], limits: { budgetLeft: 100_000 }, effects: [{ kind: 'fixedAmount', amount: 300 }] } });
  const ann = await shop.member({ points: 1_000, name: 'Ann Orders' });
  const bob = await shop.contact({ name: 'Bob Orders' });
  const placed = [];
  const place = async (contactId, cart, { chosen, more } = {}) => {
    await seen();
    const checkout = await shop.checkout(contactId, cart);
    if (chosen) await shop.post(`/storefront/v1/checkouts/${checkout.id}/apply`, { intent: { chosen } });
    placed.push(await shop.complete(checkout.id, more));
    return placed.at(-1);
  };
  await place(ann.contactId, 5_000, { chosen: [{ reward: { id: reward.id, points: 100 } }] });
  await place(bob.id, [{ unitPrice: 1_999, quantity: 3 }, { unitPrice: 500, tags: ['bookings/service:x'] }]);
  await place(ann.contactId, 4_000, { chosen: [{ code: { text: 'welcome' } }] });       // the first promotion is used up by now
  await place(undefined, 2_500);
  await shop.couponReward({ points: 50, fixedAmount: 5 });                              // another version of the catalog
  await place(ann.contactId, 3_000, { chosen: [{ reward: { id: reward.id, points: 30 } }], more: { paymentStatus: 'NOT_PAID' } });
  return { shop, rule, reward, ann, bob, placed, catalogs };
}

test('orders are listed newest first, page by page, by person, status, day and words', async () => {
  const { shop, ann, bob, placed } = await busySite();
  const list = async (query = '') => shop.get(`${orders}${query}`);
  const all = await list();
  assert.equal(all.total, 5);
  assert.equal(all.next, undefined);
  assert.deepEqual(all.orders.map((one) => one.id), placed.map((one) => one.id).reverse());
  assert.deepEqual(all.orders.map((one) => one.number), ['1005', '1004', '1003', '1002', '1001']);
  const [last, guests] = all.orders;
  assert.deepEqual([last.memberName, last.paymentStatus, last.pointsEarned, last.pointsPending], ['Ann Orders', 'NOT_PAID', 0, 54]);
  assert.deepEqual([last.totalMinor, last.discountMinor, last.pointsSpent], [2_700, 300, 30]);
  assert.deepEqual([guests.memberName, guests.contactId, guests.pointsPending], [undefined, undefined, 0]);
  const first = await list('?limit=2');
  const second = await list(`?limit=2&cursor=${encodeURIComponent(first.next)}`);
  assert.deepEqual([...first.orders, ...second.orders].map((one) => one.number), ['1005', '1004', '1003', '1002']);
  assert.equal(second.total, 5);
  const numbers = async (query) => (await list(query)).orders.map((one) => one.number);
  assert.deepEqual(await numbers(`?contactId=${bob.id}`), ['1002']);
  assert.deepEqual(await numbers('?status=NOT_PAID'), ['1005']);
  assert.deepEqual(await numbers('?search=1003'), ['1003']);
  assert.deepEqual(await numbers('?search=%231003'), ['1003']);
  assert.deepEqual(await numbers('?search=bob'), ['1002']);
  assert.deepEqual(await numbers(`?search=${placed[3].id}`), ['1004']);
  assert.deepEqual(await numbers('?search=nobody'), []);
  const day = all.orders[0].placedAt.slice(0, 10);
  assert.equal((await numbers(`?from=${day}&to=${day}`)).length, 5);
  assert.deepEqual(await numbers('?to=2020-01-01'), []);
  await shop.post(`${orders}/${placed[1].id}/cancel`);
  assert.deepEqual(await numbers('?status=CANCELED'), ['1002']);
  assert.equal((await shop.call('GET', orders, undefined, { as: ann.token })).status, 403);
});

test('every order is priced again, byte for byte, under the catalog of its time', async () => {
  const { shop, placed, catalogs } = await busySite();
  const { cases, leftOut } = await shop.get('/orders/v1/replay-cases?limit=500');
  assert.equal(leftOut, 0);
  assert.deepEqual(cases.map((one) => one.orderId), placed.map((one) => one.id).reverse());
  assert.ok(new Set(cases.map((one) => one.catalogVersion)).size > 1);
  assert.ok(cases.some((one) => one.usedUp), 'the first promotion was used up');
  assert.ok(cases.some((one) => one.request.resolved), 'a code was entered');
  for (const one of cases) {
    const catalog = structuredClone(catalogs.get(one.catalogVersion));
    for (const { promotionId, limit } of one.usedUp ?? []) {
      const promotion = catalog.promotions.find((row) => row.id === promotionId);
      promotion.limits = { ...promotion.limits, [limit]: 0 };
    }
    const again = JSON.parse(execFileSync(process.env.LOYALTY_BINARY ?? 'build/release/native/loyalty',
      ['quote', '-'], { input: JSON.stringify({ ...one.request, catalog, want: ['digest'] }) }));
    const quote = again.value ?? again;
    assert.equal(quote.total, one.quote.total, one.number);
    assert.equal(quote.points.spent, one.quote.spent);
    assert.equal(quote.points.earned, one.quote.earned);
    if (!one.usedUp) assert.equal(quote.digest, one.quote.digest, one.number);
  }
  const page = await shop.get('/orders/v1/replay-cases?limit=2');
  const rest = await shop.get(`/orders/v1/replay-cases?limit=500&cursor=${encodeURIComponent(page.next)}`);
  assert.deepEqual([...page.cases, ...rest.cases], cases);
  assert.deepEqual((await shop.get('/orders/v1/replay-cases?from=2030-01-01')).cases, []);
});

test('an order explains its price, its entries and what each rule gave', async () => {
  const { shop, rule, placed, ann } = await busySite();
  const paused = await shop.rule({ title: 'Tickets', status: 'PAUSED', triggerAppId: apps.events, triggerActivityType: 'events/OrderConfirmed', conversionRate: { configs: [{ moneyAmount: 1, points: 5 }] } });
  const large = await shop.spendRule({ title: 'Large orders', moneyAmount: 1_000, points: 100 });
  const why = async (order) => {
    const answer = await shop.get(`${orders}/${order.id}/explain`);
    return { ...answer, by: Object.fromEntries(answer.earning.map((one) => [one.ruleName, one])) };
  };
  const first = await why(placed[0]);
  assert.equal(first.order.number, '1001');
  assert.equal(first.quote.total, placed[0].amounts.total);
  assert.ok(first.quote.explain.length > 0);
  assert.equal(first.request.account.available, 1_000, 'as it was before');
  assert.ok(first.catalogVersion);
  assert.deepEqual(first.entries.map((one) => one.kind), ['HOLD', 'CAPTURE', 'EARN']);
  assert.deepEqual([first.by['Shop with us'].outcome, first.by['Shop with us'].points, first.by['Shop with us'].ruleId], ['EARNED', 70, rule.id]);
  assert.equal(first.by.Tickets, undefined, 'a rule that was made later has nothing to do with it');
  assert.equal((await why(placed[3])).by['Shop with us'].reason, 'GUEST');
  const waiting = (await why(placed[4])).by['Shop with us'];
  assert.deepEqual([waiting.outcome, waiting.points, waiting.reason], ['PENDING', 54, 'NOT_PAID']);
  assert.match(waiting.text, /^54 points will be earned when the order is paid\.$/);
  const small = await why(await shop.order(ann.contactId, 90));
  assert.deepEqual([small.by.Tickets.ruleId, small.by.Tickets.reason], [paused.id, 'RULE_PAUSED']);
  assert.deepEqual([small.by['Large orders'].ruleId, small.by['Large orders'].reason], [large.id, 'BELOW_MINIMUM']);
  assert.match(small.by['Large orders'].text, /every 1000\.00 USD, and only 0\.90 USD counted/);
  const other = await why(await shop.order(ann.contactId, [{ unitPrice: 5_000, tags: ['bookings/service:x'] }]));
  assert.equal(other.by['Shop with us'].reason, 'NOT_IN_SCOPE');
  await shop.post(`${orders}/${placed[0].id}/cancel`);
  const undone = await why(placed[0]);
  assert.deepEqual([undone.by['Shop with us'].points, undone.by['Shop with us'].reason], [0, 'REVERSED']);
  assert.deepEqual(undone.entries.map((one) => one.kind).sort(), ['CAPTURE', 'EARN', 'HOLD', 'REFUND', 'REVERSE']);
  await shop.post(`${programs}/program/pause`);
  const idle = await why(await shop.order(ann.contactId, 5_000));
  assert.equal(idle.by['Shop with us'].reason, 'PROGRAM_PAUSED');
  await shop.refused('ORDER_NOT_FOUND', 'GET', `${orders}/nothing/explain`);
});

test('orders tell of themselves, and promotions of how often they were used', async () => {
  const { shop, ann } = await busySite();
  let order;
  const told = (await shop.eventsOf(async () => {
    order = await shop.order(ann.contactId, 1_000, { paymentStatus: 'NOT_PAID' });
    await shop.post(`${orders}/${order.id}/paid`);
    await shop.post(`${orders}/${order.id}/paid`);                                      // nothing new
    await shop.post(`${orders}/${order.id}/refund`, { lines: [{ id: 'line-1', quantity: 1 }] });
    await shop.post(`${orders}/${order.id}/cancel`);
  })).filter((event) => event.entityFqdn === 'loyalty.v1.order');
  assert.deepEqual(told.map((event) => [event.slug, event.content.status, event.content.paymentStatus]), [
    ['created', 'APPROVED', 'NOT_PAID'], ['updated', 'APPROVED', 'PAID'], ['updated', 'APPROVED', 'FULLY_REFUNDED'], ['updated', 'CANCELED', 'FULLY_REFUNDED']]);
  assert.deepEqual([told[1].content.id, told[1].content.number, told[1].content.contactId, told[1].content.totalMinor, told[1].content.points.earned],
    [order.id, '1006', ann.contactId, 1_000, 20]);
  const { promotions } = await shop.get('/loyalty-promotions/v1/promotions');
  const uses = Object.fromEntries(promotions.map((one) => [one.name, one.usage]));
  assert.deepEqual(uses, { 'Two only': { times: 2, amountMinor: 500 + 650 }, 'A code': { times: 1, amountMinor: 300 } });
});

test('numbers go on after a restart', async () => {
  const own = await Server.start();
  const shop = await own.openSite();
  assert.equal((await shop.order(undefined, 500)).number, '1001');
  await own.stop({ signal: 'SIGKILL' });
  const again = await Server.start({ data: own.data });
  shop.server = again;
  assert.equal((await shop.order(undefined, 500)).number, '1002');
  await again.stop();
});
