import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { apps, assertPoints, earningRules, eventually, guid, instant, socialMedia, unique, useServer } from './harness.mjs';

const server = useServer();
const path = `${earningRules}/earning-rules`;
const fixed = (points) => ({ fixedAmount: { configs: [{ points }] } });
const conversion = (moneyAmount, points) => ({ conversionRate: { configs: [{ moneyAmount, points }] } });
const rule = (fields = {}) => ({
  sourceAppId: apps.loyalty, triggerAppId: apps.stores, triggerActivityType: 'stores/OrderPaid', title: 'Orders', status: 'ACTIVE', ...fields,
});
const list = async (shop, filter = '') => (await shop.get(`${path}/rules${filter}`)).earningRules;
const activity = (shop, contactId, triggerAppId, activityType, payload = {}, eventId = unique('event')) =>
  shop.post('/loyalty-triggers/v1/activities', { contactId, triggerAppId, activityType, eventId, payload });
const balance = async (shop, account) => (await shop.accountNow(account.id)).points.balance;

test('row 065: only what an activity supports can be made into a rule', async () => {
  const shop = await server().openSite();
  const { earningRule } = await shop.post(path, { earningRule: rule({ ...fixed(5), title: 'Five an order' }) });
  assert.match(earningRule.id, guid);
  assert.equal(earningRule.title, 'Five an order');
  assert.equal(earningRule.status, 'ACTIVE');
  assert.equal(earningRule.metadata.canBeDeleted, true);
  assert.match(earningRule.createdDate, instant);
  for (const fields of [
    { ...conversion(1, 10) },
    { triggerAppId: apps.bookings, triggerActivityType: 'bookings/BookingConfirmed', ...fixed(10) },
    { triggerAppId: apps.events, triggerActivityType: 'events/OrderConfirmed', ...conversion(1, 2) },
    { triggerAppId: apps.events, triggerActivityType: 'events/Rsvp', ...fixed(10) },
  ]) await shop.post(path, { earningRule: rule(fields) });
  for (const fields of [
    { triggerAppId: apps.bookings, triggerActivityType: 'bookings/BookingConfirmed', ...conversion(1, 1) },
    { triggerActivityType: 'stores/ProductViewed', ...fixed(1) },
    { triggerAppId: apps.bookings, ...fixed(1) },
  ]) await shop.refused('EARNING_RULE_NOT_SUPPORTED', 'POST', path, { earningRule: rule(fields) });
  for (const name of ['sourceAppId', 'triggerAppId', 'triggerActivityType', 'title', 'status']) {
    await shop.violates(`earningRule.${name}`, 'POST', path, { earningRule: rule({ ...fixed(1), [name]: undefined }) });
  }
  await shop.violates('earningRule.title', 'POST', path, { earningRule: rule({ ...fixed(1), title: 'x'.repeat(51) }) });
  const neither = await shop.call('POST', path, { earningRule: rule() });
  assert.equal(neither.status, 400, neither.text);
  const both = await shop.call('POST', path, { earningRule: rule({ ...fixed(1), ...conversion(1, 1) }) });
  assert.equal(both.status, 400, both.text);
  for (const points of [0, 10_000_000, 1.5]) await shop.violates(/points/, 'POST', path, { earningRule: rule(fixed(points)) });
  for (const money of [0, 1_000_000_000]) await shop.violates(/moneyAmount/, 'POST', path, { earningRule: rule(conversion(money, 1)) });
});

test('row 066: 1 to 100 rules at once, each failing for itself', async () => {
  const shop = await server().openSite();
  const bulk = `${earningRules}/bulk/earning-rules/create`;
  const answer = await shop.post(bulk, {
    earningRules: [rule({ title: 'A', ...fixed(1) }), rule({ title: 'B', triggerActivityType: 'stores/Nothing', ...fixed(1) }), rule({ title: 'C', ...conversion(2, 1) })],
  });
  assert.deepEqual(answer.results.map((one) => [one.itemMetadata.originalIndex, one.itemMetadata.success, one.itemMetadata.error?.code ?? null]), [
    [0, true, null], [1, false, 'EARNING_RULE_NOT_SUPPORTED'], [2, true, null],
  ]);
  assert.equal(answer.results[2].item.title, 'C');
  assert.deepEqual([answer.bulkActionMetadata.totalSuccesses, answer.bulkActionMetadata.totalFailures], [2, 1]);
  await shop.violates(/^earningRules/, 'POST', bulk, { earningRules: [] });
  await shop.violates(/^earningRules/, 'POST', bulk, { earningRules: Array.from({ length: 101 }, () => rule(fixed(1))) });
});

test('row 067: birthday and social media rules of the shop\'s own', async () => {
  const shop = await server().openSite();
  for (const type of ['BIRTHDAY', 'SOCIAL_MEDIA']) {
    const { earningRule } = await shop.post(`${path}/custom`, { type, earningRule: { title: `My ${type}`, ...fixed(25) } });
    assert.match(earningRule.id, guid);
    assert.equal(earningRule.title, `My ${type}`);
    assert.equal(earningRule.status, 'ACTIVE');
    assert.equal(earningRule.fixedAmount.configs[0].points, 25);
    assert.equal(earningRule.metadata.canBeDeleted, true);
  }
  await shop.violates('type', 'POST', `${path}/custom`, { earningRule: { title: 'x', ...fixed(1) } });
  await shop.violates('type', 'POST', `${path}/custom`, { type: 'MOON_PHASE', earningRule: { title: 'x', ...fixed(1) } });
});

const preinstalled = ['wix_pricing_plans-plan_purchased', 'wix_restaurants_orders-order_submitted', 'restaurants-order-is-pending'];

test('row 068: pre-installed rules are there, can be paused and cannot be deleted', async () => {
  const shop = await server().openSite();
  const rules = await list(shop);
  for (const kind of preinstalled) {
    const found = rules.find((one) => one.triggerActivityType === kind);
    assert.ok(found, kind);
    assert.equal(found.metadata.canBeDeleted, false);
    await shop.refused('EARNING_RULE_CANNOT_BE_DELETED', 'DELETE', `${earningRules}/automation-earning-rules/${found.id}`);
    const wanted = found.status === 'ACTIVE' ? 'PAUSED' : 'ACTIVE';
    const { earningRule } = await shop.put(`${path}/${found.id}`, { earningRule: { id: found.id, revision: found.revision, status: wanted } });
    assert.equal(earningRule.status, wanted);
  }
  assert.equal((await list(shop)).length, rules.length);
});

test('row 069: custom automated rules have a deletion of their own', async () => {
  const shop = await server().openSite();
  await shop.rule({ title: 'Stays', ...fixed(1) });
  const { earningRule } = await shop.post(`${path}/custom`, { type: 'BIRTHDAY', earningRule: { title: 'Birthday', ...fixed(5) } });
  const before = (await list(shop)).length;
  assert.deepEqual(await shop.del(`${earningRules}/automation-earning-rules/${earningRule.id}`), {});
  assert.equal((await list(shop)).length, before - 1);
  await shop.refused('EARNING_RULE_NOT_FOUND', 'DELETE', `${earningRules}/automation-earning-rules/${earningRule.id}`);
  const own = await shop.rule(fixed(1));
  await shop.refused('REVISION_MISMATCH', 'DELETE', `${path}/${own.id}?revision=7`);
  assert.deepEqual(await shop.del(`${path}/${own.id}?revision=${own.revision}`), {});
  await shop.refused('EARNING_RULE_NOT_FOUND', 'DELETE', `${path}/${own.id}`);
});

test('row 070: the list has both kinds and is filtered by application and activity; one rule is read by id', async () => {
  const shop = await server().openSite();
  const own = await shop.rule({ title: 'Mine', ...fixed(1) });
  const { earningRule: birthday } = await shop.post(`${path}/custom`, { type: 'BIRTHDAY', earningRule: { title: 'Birthday', ...fixed(5) } });
  const all = (await list(shop)).map((one) => one.id);
  assert.ok(all.includes(own.id) && all.includes(birthday.id));
  assert.deepEqual((await list(shop, `?triggerAppId=${apps.stores}`)).map((one) => one.id), [own.id]);
  assert.deepEqual((await list(shop, `?triggerActivityType=${encodeURIComponent(birthday.triggerActivityType)}`)).map((one) => one.id), [birthday.id]);
  assert.deepEqual(await list(shop, `?triggerAppId=${apps.stores}&triggerActivityType=${birthday.triggerActivityType}`), []);
  assert.deepEqual((await shop.get(`${path}/${own.id}`)).earningRule, own);
  await shop.refused('EARNING_RULE_NOT_FOUND', 'GET', `${path}/${randomUUID()}`);
});

test('row 071: an update is partial, guarded by the revision, and a paused rule awards nothing', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  const own = await shop.rule({ title: 'Mine', ...fixed(5) });
  await shop.order(account.contactId, 1000);
  const { earningRule: paused } = await shop.put(`${path}/${own.id}`, { earningRule: { id: own.id, revision: own.revision, status: 'PAUSED' } });
  assert.equal(paused.title, 'Mine');
  assert.equal(paused.fixedAmount.configs[0].points, 5);
  assert.equal(Number(paused.revision), Number(own.revision) + 1);
  await shop.order(account.contactId, 1000);
  assert.equal(await balance(shop, account), 5);
  await shop.refused('REVISION_MISMATCH', 'PUT', `${path}/${own.id}`, { earningRule: { id: own.id, revision: own.revision, status: 'ACTIVE' } });
  await shop.put(`${path}/${own.id}`, { earningRule: { id: own.id, revision: paused.revision, status: 'ACTIVE', ...fixed(7) } });
  await shop.order(account.contactId, 1000);
  assert.equal(await balance(shop, account), 12);
});

test('row 072: up to 21 prices by tier, and the member\'s own counts', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const tierList = [];
  for (let index = 1; index <= 20; ++index) tierList.push(await shop.tier(`T${index}`, 1000 * index));
  const configs = [{ points: 1 }, ...tierList.map((tier, index) => ({ tierId: tier.id, points: index + 2 }))];
  await shop.violates(/configs/, 'POST', path, { earningRule: rule({ fixedAmount: { configs: [...configs, { tierId: randomUUID(), points: 1 }] } }) });
  await shop.violates(/configs/, 'POST', path, { earningRule: rule({ fixedAmount: { configs: [...configs.slice(0, 20), configs[1]] } }) });
  await shop.rule({ fixedAmount: { configs } });
  for (const [points, award] of [[0, 1], [1000, 2], [7500, 8], [20_000, 21]]) {
    const account = await shop.account({ points });
    await shop.order(account.contactId, 1000);
    assert.equal(await balance(shop, account), points + award);
  }
  // No price for the base tier: who is in it gets nothing.
  const strict = await server().openSite();
  await strict.activateTiers();
  const gold = await strict.tier('Gold', 100);
  await strict.rule({ fixedAmount: { configs: [{ tierId: gold.id, points: 9 }] } });
  const poor = await strict.account();
  await strict.order(poor.contactId, 1000);
  assert.equal(await balance(strict, poor), 0);
});

test('row 073: money becomes points by the documented examples', async () => {
  const shop = await server().openSite();
  for (const [moneyAmount, points, cents, wanted] of [
    [20, 10, 1000, 5], [20, 10, 2000, 10], [20, 10, 3000, 15], [1, 10, 499, 40], [1, 2, 10_000, 200], [10, 1, 4550, 4],
  ]) {
    const own = await shop.spendRule({ moneyAmount, points });
    const account = await shop.account();
    await shop.order(account.contactId, cents);
    assert.equal(await balance(shop, account), wanted, `${points} points per ${moneyAmount}, spent ${cents}`);
    await shop.del(`${path}/${own.id}`);
  }
});

test('row 074: a field of the payload is the amount where the rule names one', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  const plan = (await list(shop)).find((one) => one.triggerActivityType === preinstalled[0]);
  await shop.put(`${path}/${plan.id}`, {
    earningRule: {
      id: plan.id, revision: plan.revision, status: 'ACTIVE',
      conversionRate: { field: 'priceSummary.totalAmount', configs: [{ moneyAmount: 2, points: 3 }] },
    },
  });
  const { awards } = await activity(shop, account.contactId, apps.pricingPlans, preinstalled[0],
    { priceSummary: { totalAmount: '41.00', subtotal: '1.00' } }, 'plan-1');
  assert.equal(awards.length, 1);
  assert.equal(awards[0].earningRuleId, plan.id);
  assert.equal(awards[0].points, 61);
  assert.equal((await shop.movement(awards[0].transactionId)).amount, 61);
  assert.equal(await balance(shop, account), 61);
});

test('row 075: restaurants earn on the subtotal, without delivery and tax', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  const own = (await list(shop)).find((one) => one.triggerActivityType === preinstalled[2]);
  await shop.put(`${path}/${own.id}`, { earningRule: { id: own.id, revision: own.revision, status: 'ACTIVE', ...conversion(1, 1) } });
  const checkout = await shop.checkout(account.contactId, {
    lines: [{ unitPrice: 2000, tags: ['restaurants', 'restaurants/item:soup'], taxRatePpm: 100_000 }], shipping: [{ id: 'delivery', price: 500 }],
  });
  const order = await shop.complete(checkout.id, { paymentStatus: 'NOT_PAID' });
  assert.equal(await balance(shop, account), 20, JSON.stringify(order));
});

test('row 076: each application grants at its documented moment', async () => {
  const shop = await server().openSite();
  await shop.rule(fixed(1));
  await shop.rule({ triggerAppId: apps.bookings, triggerActivityType: 'bookings/BookingConfirmed', ...fixed(10) });
  await shop.rule({ triggerAppId: apps.events, triggerActivityType: 'events/OrderConfirmed', ...fixed(100) });
  await shop.rule({ triggerAppId: apps.events, triggerActivityType: 'events/Rsvp', ...fixed(1000) });
  const account = await shop.account();
  const checkout = await shop.checkout(account.contactId, 1000);
  const order = await shop.complete(checkout.id, { paymentStatus: 'NOT_PAID' });
  assert.equal(await balance(shop, account), 0, 'not paid yet');
  await shop.post(`/orders/v1/orders/${order.id}/paid`);
  assert.equal(await balance(shop, account), 1);
  await activity(shop, account.contactId, apps.bookings, 'bookings/BookingConfirmed');
  assert.equal(await balance(shop, account), 11);
  await activity(shop, account.contactId, apps.events, 'events/OrderConfirmed');
  assert.equal(await balance(shop, account), 111);
  const { awards } = await activity(shop, account.contactId, apps.events, 'events/Rsvp');
  assert.deepEqual(awards.map((one) => one.points), [1000]);
  assert.deepEqual((await activity(shop, account.contactId, apps.events, 'events/Nothing')).awards, []);
  const last = (await shop.movements(account.id)).at(-1);
  assert.equal(last.earnInfo.activityType, 'events/Rsvp');
});

test('row 077: rules tell of their creation, update and deletion', async () => {
  const shop = await server().openSite();
  let own;
  const kinds = async (act) => (await shop.eventsOf(act)).filter((event) => /earning_rule/.test(event.entityFqdn));
  const created = await kinds(async () => { own = await shop.rule({ title: 'Told', ...fixed(1) }); });
  assert.deepEqual(created.map((event) => [event.type, event.entityId]), [['wix.loyalty.v1.loyalty_earning_rule_created', own.id]]);
  assert.equal(created[0].content.title, 'Told');
  const updated = await kinds(() => shop.put(`${path}/${own.id}`, { earningRule: { id: own.id, revision: own.revision, title: 'Told again' } }));
  assert.deepEqual(updated.map((event) => event.type), ['wix.loyalty.v1.loyalty_earning_rule_updated']);
  assert.equal(updated[0].content.title, 'Told again');
  const deleted = await kinds(() => shop.del(`${path}/${own.id}`));
  assert.deepEqual(deleted.map((event) => [event.type, event.entityId]), [['wix.loyalty.v1.loyalty_earning_rule_deleted', own.id]]);
});

test('row 078: the same order told of twice grants once', async () => {
  const shop = await server().openSite();
  await shop.rule(fixed(5));
  const account = await shop.account();
  const first = await activity(shop, account.contactId, apps.stores, 'stores/OrderPaid', {}, 'order-88');
  const again = await activity(shop, account.contactId, apps.stores, 'stores/OrderPaid', {}, 'order-88');
  assert.equal(first.awards[0].points, 5);
  assert.equal(again.awards[0]?.transactionId ?? first.awards[0].transactionId, first.awards[0].transactionId);
  assert.equal(await balance(shop, account), 5);
  const order = await shop.order(account.contactId, 1000);
  await shop.call('POST', `/orders/v1/orders/${order.id}/paid`, {});
  assert.equal(await balance(shop, account), 10);
  assert.equal((await shop.movements(account.id)).length, 2);
});

test('row 079: a birthday is granted once a year at local midnight, 29 February on the 28th in common years', async () => {
  const shop = await server().openSite({ timeZone: 'America/New_York' });
  await shop.post(`${path}/custom`, { type: 'BIRTHDAY', earningRule: { title: 'Birthday', ...fixed(50) } });
  const leap = await shop.account({ birthdate: '2000-02-29' });
  const march = await shop.account({ birthdate: '1990-03-15' });
  const year = Number(leap.createdDate.slice(0, 4));
  assert.notEqual(year % 4, 0, 'a common year');
  await server().advance({ to: `${year}-02-28T04:59:00Z` });
  const before = await balance(shop, leap);
  assert.equal(before, 0);
  await server().advance({ to: `${year}-02-28T05:01:00Z` });
  await eventually(async () => assert.equal(await balance(shop, leap), before + 50));
  const { contact } = await shop.get(`/contacts/v1/contacts/${leap.contactId}`);
  await shop.patch(`/contacts/v1/contacts/${contact.id}`, { contact: { id: contact.id, revision: contact.revision, birthdate: '2000-03-10' } });
  await server().advance({ to: `${year}-03-15T04:01:00Z` });
  await eventually(async () => assert.equal(await balance(shop, march), 50));
  assert.equal(await balance(shop, leap), 50, 'a changed date is no second birthday this year');
  await server().advance({ to: `${year + 1}-03-15T04:01:00Z` });
  await eventually(async () => assert.equal(await balance(shop, march), 100));
  await eventually(async () => assert.equal(await balance(shop, leap), 100));
});

test('row 080: a custom trigger can be limited to once a person', async () => {
  const shop = await server().openSite();
  const key = 'wix_members-site_member_signed_up';
  const { earningRule } = await shop.post(path, {
    earningRule: rule({ sourceAppId: apps.automations, triggerAppId: randomUUID(), triggerActivityType: key, oncePerPerson: true, ...fixed(30) }),
  });
  const account = await shop.account();
  const other = await shop.account();
  await activity(shop, account.contactId, earningRule.triggerAppId, key);
  await activity(shop, account.contactId, earningRule.triggerAppId, key);
  await activity(shop, other.contactId, earningRule.triggerAppId, key);
  assertPoints(await shop.accountNow(account.id), { balance: 30 });
  assertPoints(await shop.accountNow(other.id), { balance: 30 });
});
