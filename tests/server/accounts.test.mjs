import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import {
  accounts, apps, assertBalanced, assertPoints, contentOf, coupons, eventually, guid, instant, programs, rewards, tiers,
  transactions, unique, useServer,
} from './harness.mjs';

const server = useServer();
const earnPath = (account) => `${accounts}/accounts/${account.id}/earn-points`;
const adjustPath = (account) => `${accounts}/accounts/${account.id}/adjust-points`;
const grant = (fields = {}) => ({ amount: 10, appId: apps.loyalty, idempotencyKey: randomUUID(), ...fields });
const query = async (shop, query) => shop.post(`${accounts}/accounts/query`, { query });
const search = async (shop, search) => shop.post(`${accounts}/accounts/search`, { search });

test('row 015: an account needs an existing contact and an active program, and starts at zero', async () => {
  const shop = await server().openSite();
  const contact = await shop.contact();
  let account;
  const told = await shop.eventsOf(async () => {
    ({ account } = await shop.post(`${accounts}/accounts`, { contactId: contact.id }));
  });
  assert.match(account.id, guid);
  assert.equal(account.contactId, contact.id);
  assert.equal(account.revision, '1');
  assertPoints(account, { balance: 0, earned: 0, adjusted: 0, redeemed: 0, expired: 0 });
  assert.equal(account.rewardAvailable, false);
  assert.match(account.createdDate, instant);
  const created = told.filter((event) => event.type === 'wix.loyalty.v1.account_created');
  assert.equal(created.length, 1);
  assert.equal(created[0].entityId, account.id);
  assert.equal(created[0].content.contactId, contact.id);
  await shop.refused('CONTACT_NOT_FOUND', 'POST', `${accounts}/accounts`, { contactId: randomUUID() });
  await shop.violates('contactId', 'POST', `${accounts}/accounts`, { contactId: 'nobody' });
  await shop.violates('contactId', 'POST', `${accounts}/accounts`, {});
  const draft = await server().site();
  await draft.refused('PROGRAM_NOT_ACTIVE', 'POST', `${accounts}/accounts`, { contactId: (await draft.contact()).id });
});

test('row 016: one account a contact', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 5 });
  await shop.refused('ACCOUNT_ALREADY_EXISTS', 'POST', `${accounts}/accounts`, { contactId: account.contactId });
  assert.equal((await query(shop, {})).loyaltyAccounts.length, 1);
  assert.equal((await shop.accountNow(account.id)).points.balance, 5);
});

test('row 017: an account is found by id, contact, member, and by its member', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 3 });
  const other = await shop.account();
  assert.equal((await shop.accountNow(member.id)).memberId, member.memberId);
  assert.equal((await shop.accountOf(member.contactId)).id, member.id);
  const byMember = await shop.get(`${accounts}/accounts/fetch-by?memberId=${member.memberId}`);
  assert.equal(byMember.account.id, member.id);
  const own = await shop.get(`${accounts}/accounts/my-account`, { as: member.token });
  assert.equal(own.account.id, member.id);
  assert.equal(own.account.points.balance, 3);
  assert.equal(other.memberId ?? null, null);
  await shop.refused('ACCOUNT_NOT_FOUND', 'GET', `${accounts}/accounts/${randomUUID()}`);
  await shop.refused('ACCOUNT_NOT_FOUND', 'GET', `${accounts}/accounts/fetch-by?contactId=${randomUUID()}`);
});

test('row 018: earning adds whole points from 1 to 9,999,999 and names its transaction', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  const answer = await shop.post(earnPath(account), grant({ amount: 1, description: 'Welcome' }));
  assertPoints(answer.account, { balance: 1, earned: 1, adjusted: 0, redeemed: 0 });
  assert.equal(answer.account.revision, '2');
  const movement = await shop.movement(answer.transactionId);
  assert.equal(movement.transactionType, 'EARN');
  assert.equal(movement.amount, 1);
  assert.equal(movement.accountId, account.id);
  assert.equal(movement.description, 'Welcome');
  const most = await shop.post(earnPath(account), grant({ amount: 9_999_999 }));
  assertPoints(most.account, { balance: 10_000_000, earned: 10_000_000 });
  for (const amount of [0, -1, 10_000_000, 1.5, '5', null]) {
    await shop.violates('amount', 'POST', earnPath(account), grant({ amount }));
  }
  await shop.refused('ACCOUNT_NOT_FOUND', 'POST', earnPath({ id: randomUUID() }), grant());
  assertPoints(await shop.accountNow(account.id), { balance: 10_000_000 });
});

test('row 019: a repeated idempotency key earns once and answers the same', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  await shop.violates('appId', 'POST', earnPath(account), grant({ appId: undefined }));
  await shop.violates('idempotencyKey', 'POST', earnPath(account), grant({ idempotencyKey: undefined }));
  const body = grant({ amount: 25, idempotencyKey: 'order-17' });
  const first = await shop.post(earnPath(account), body, { key: null });
  await shop.earn(account.id, 4);
  const again = await shop.call('POST', earnPath(account), body, { key: null });
  assert.equal(again.status, 200, again.text);
  assert.equal(again.body.transactionId, first.transactionId);
  assertPoints(await shop.accountNow(account.id), { balance: 29, earned: 29 });
  assert.equal((await shop.movements(account.id)).length, 2);
  await shop.refused('IDEMPOTENCY_KEY_REUSED', 'POST', earnPath(account), { ...body, amount: 26 }, { key: null });
  assertPoints(await shop.accountNow(account.id), { balance: 29 });
});

test('row 020: earning keeps description, activity, order and channel, each within its length', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  const full = {
    description: 'd'.repeat(100), activityType: 'a'.repeat(100), orderId: 'o'.repeat(512),
    followedSocialMedia: { channel: 'c'.repeat(32) },
  };
  const { transactionId } = await shop.post(earnPath(account), grant(full));
  const movement = await shop.movement(transactionId);
  assert.equal(movement.description, full.description);
  assert.equal(movement.earnInfo.appId, apps.loyalty);
  assert.equal(movement.earnInfo.activityType, full.activityType);
  assert.equal(movement.earnInfo.orderId, full.orderId);
  assert.equal(movement.earnInfo.followedSocialMedia.channel, full.followedSocialMedia.channel);
  await shop.violates('description', 'POST', earnPath(account), grant({ description: 'd'.repeat(101) }));
  await shop.violates('description', 'POST', earnPath(account), grant({ description: '' }));
  await shop.violates('activityType', 'POST', earnPath(account), grant({ activityType: 'a'.repeat(101) }));
  await shop.violates('orderId', 'POST', earnPath(account), grant({ orderId: 'o'.repeat(513) }));
  await shop.violates('followedSocialMedia.channel', 'POST', earnPath(account), grant({ followedSocialMedia: { channel: 'c'.repeat(33) } }));
  await shop.violates('idempotencyKey', 'POST', earnPath(account), grant({ idempotencyKey: 'k'.repeat(257) }));
  assert.equal((await shop.movements(account.id)).length, 1);
});

test('row 021: adjusting by an amount of up to 9,999,999 either way, never by 0', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  assertPoints((await shop.adjust(account.id, { amount: 9_999_999 })).account, { balance: 9_999_999, adjusted: 9_999_999 });
  assertPoints((await shop.adjust(account.id, { amount: -9_999_999 })).account, { balance: 0, adjusted: 0 });
  for (const amount of [0, 10_000_000, -10_000_000, 0.5]) await shop.violates('amount', 'POST', adjustPath(account), { amount });
  const neither = await shop.call('POST', adjustPath(account), { description: 'neither' });
  assert.equal(neither.status, 400, neither.text);
});

test('row 022: a balance is set from 0 to 999,999,999', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 30 });
  assertPoints((await shop.adjust(account.id, { balance: 999_999_999 })).account,
    { balance: 999_999_999, earned: 30, adjusted: 999_999_969 });
  await shop.refused('BALANCE_LIMIT_EXCEEDED', 'POST', earnPath(account), grant({ amount: 1 }));
  assertPoints((await shop.adjust(account.id, { balance: 0 })).account, { balance: 0, earned: 30, adjusted: -30 });
  for (const balance of [-1, 1_000_000_000]) await shop.violates('balance', 'POST', adjustPath(account), { balance });
  const before = await shop.accountNow(account.id);
  const same = await shop.adjust(account.id, { balance: 0 });
  assert.equal(same.account.revision, before.revision, 'setting the balance it has changes nothing');
  assert.equal((await shop.movements(account.id)).length, 3);
});

test('row 023: the balance wins where both are given', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 10 });
  assertPoints((await shop.adjust(account.id, { balance: 77, amount: 5 })).account, { balance: 77, adjusted: 67 });
});

test('row 024: an adjustment never leaves less than nothing', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 10 });
  await shop.refused('NEGATIVE_BALANCE', 'POST', adjustPath(account), { amount: -11 });
  assertPoints(await shop.accountNow(account.id), { balance: 10, adjusted: 0 });
  assertPoints((await shop.adjust(account.id, { amount: -10 })).account, { balance: 0, adjusted: -10 });
});

test('row 025: an adjustment records what was before and after, and by which application', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100 });
  const { transactionId } = await shop.adjust(account.id, { balance: 40, description: 'Correction' });
  const movement = await shop.movement(transactionId);
  assert.equal(movement.transactionType, 'ADJUST');
  assert.equal(movement.amount, -60);
  assert.equal(movement.description, 'Correction');
  assert.equal(movement.adjustInfo.amountBefore, 100);
  assert.equal(movement.adjustInfo.amountAfter, 40);
  assert.match(movement.adjustInfo.appId, guid);
});

test('row 026: a stale revision is a conflict; none at all is allowed', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100 });
  const now = await shop.accountNow(account.id);
  const { account: after } = await shop.adjust(account.id, { amount: 1, revision: now.revision });
  assert.equal(Number(after.revision), Number(now.revision) + 1);
  await shop.refused('REVISION_MISMATCH', 'POST', adjustPath(account), { amount: 1, revision: now.revision });
  await shop.violates('revision', 'POST', adjustPath(account), { amount: 1, revision: '0' });
  await shop.adjust(account.id, { amount: 1 });
  assertPoints(await shop.accountNow(account.id), { balance: 102, adjusted: 2 });
});

test('row 027: earning, adjusting and redeeming tell points_updated and account_updated', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 500, member: true });
  const reward = await shop.couponReward({ points: 100 });
  for (const [act, balance] of [
    [() => shop.earn(account.id, 10), 510],
    [() => shop.adjust(account.id, { amount: -10 }), 500],
    [() => shop.redeem(reward.id, account.id), 400],
  ]) {
    const told = (await shop.eventsOf(act)).filter((event) => event.entityId === account.id);
    const updated = told.filter((event) => event.type === 'wix.loyalty.v1.account_updated');
    const points = told.filter((event) => event.type === 'wix.loyalty.v1.account_points_updated');
    assert.equal(updated.length, 1, JSON.stringify(told.map((event) => event.type)));
    assert.equal(points.length, 1);
    assert.equal(updated[0].content.points.balance, balance);
    assert.equal(points[0].content.account.points.balance, balance);
  }
});

test('row 028: points_updated carries the latest transaction', async () => {
  const shop = await server().openSite();
  const account = await shop.account();
  let answer;
  const told = await shop.eventsOf(async () => {
    answer = await shop.post(earnPath(account), grant({ amount: 12, description: 'A gift', idempotencyKey: 'gift-1' }));
  });
  const { account: shown } = told.find((event) => event.type === 'wix.loyalty.v1.account_points_updated').content;
  assert.equal(shown.latestTransaction.id, answer.transactionId);
  assert.equal(shown.latestTransaction.amount, 12);
  assert.equal(shown.latestTransaction.type, 'EARN');
  assert.equal(shown.latestTransaction.description, 'A gift');
  assert.equal(shown.latestTransaction.idempotencyKey, 'gift-1');
  assert.equal(shown.latestTransaction.appId, apps.loyalty);
  assert.match(shown.latestTransaction.createdDate, instant);
  assert.equal((await shop.accountNow(account.id)).latestTransaction.id, answer.transactionId);
});

test('row 029: balance = earned + adjusted - redeemed - expired after any sequence', async () => {
  const shop = await server().openSite();
  const reward = await shop.flexibleReward();
  const account = await shop.account({ member: true });
  let seed = 12345;
  const random = (below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const discounts = [];
  for (let step = 0; step < 60; ++step) {
    const kind = random(6);
    if (kind <= 1) await shop.earn(account.id, 1 + random(500));
    if (kind === 2) await shop.call('POST', adjustPath(account), { amount: random(2) ? 1 + random(300) : -1 - random(300) });
    if (kind === 3) await shop.adjust(account.id, { balance: random(1000) });
    if (kind === 4) {
      const checkout = await shop.checkout(account.contactId, 1000 + random(9000));
      const answer = await shop.call('POST', '/loyalty-checkout-exchange/v1/loyalty-checkout-discount',
        { checkoutId: checkout.id, reward: { id: reward.id, revision: reward.revision, pointsToSpend: 10 + random(90) } });
      if (answer.status === 200) discounts.push(answer.body.discount);
    }
    if (kind === 5 && discounts.length > 0) await shop.removeDiscount(discounts.pop().id);
    const now = await shop.accountNow(account.id);
    assertBalanced(now);
    assert.ok(now.points.balance >= 0);
  }
  const sum = { EARN: 0, ADJUST: 0, REDEEM: 0, REFUND: 0 };
  for (const movement of await shop.movements(account.id)) sum[movement.transactionType] += movement.amount;
  assertPoints(await shop.accountNow(account.id), { earned: sum.EARN, adjusted: sum.ADJUST, redeemed: sum.REDEEM - sum.REFUND });
});

test('row 030: accounts are queried, sorted and paged by every field', async () => {
  const shop = await server().openSite();
  const reward = await shop.couponReward({ points: 30 });
  const list = [];
  for (let index = 0; index < 5; ++index) {
    await server().advance({ seconds: 10 });
    const account = await shop.account({ points: 100 + 10 * index, member: index % 2 === 0 });
    if (index === 3) await shop.adjust(account.id, { amount: 5 });
    if (index === 4) await shop.redeem(reward.id, account.id);
    list.push(await shop.accountNow(account.id));
  }
  const ids = async (filter, sort) => (await query(shop, { filter, ...(sort && { sort }) })).loyaltyAccounts.map((one) => list.findIndex((two) => two.id === one.id));
  assert.deepEqual(await ids({}), [4, 3, 2, 1, 0], 'newest first by default');
  assert.deepEqual(await ids({ id: list[1].id }), [1]);
  assert.deepEqual(await ids({ contactId: { $in: [list[0].contactId, list[2].contactId] } }), [2, 0]);
  assert.deepEqual(await ids({ contactId: { $nin: [list[0].contactId, list[2].contactId] } }), [4, 3, 1]);
  assert.deepEqual(await ids({ contactId: { $ne: list[4].contactId } }), [3, 2, 1, 0]);
  assert.deepEqual(await ids({ memberId: { $exists: true } }), [4, 2, 0]);
  assert.deepEqual(await ids({ memberId: { $exists: false } }), [3, 1]);
  assert.deepEqual(await ids({ memberId: null }), [3, 1]);
  assert.deepEqual(await ids({ memberId: { $hasSome: [list[2].memberId] } }), [2]);
  assert.deepEqual(await ids({ id: { $startsWith: list[3].id } }), [3]);
  assert.deepEqual(await ids({ 'points.balance': { $gte: 120 } }), [3, 2]);
  assert.deepEqual(await ids({ 'points.balance': { $lt: 110 } }), [0]);
  assert.deepEqual(await ids({ 'points.earned': { $gt: 110, $lte: 130 } }), [3, 2]);
  assert.deepEqual(await ids({ 'points.adjusted': 5 }), [3]);
  assert.deepEqual(await ids({ 'points.redeemed': { $gt: 0 } }), [4]);
  assert.deepEqual(await ids({ 'points.expired': 0, 'points.earned': 110 }), [1]);
  assert.deepEqual(await ids({ createdDate: { $gt: list[2].createdDate } }), [4, 3]);
  assert.deepEqual(await ids({ lastActivityDate: { $lte: list[1].lastActivityDate } }), [1, 0]);
  assert.deepEqual(await ids({ 'pointsExpiration.expirationDate': { $exists: true } }), []);
  assert.deepEqual(await ids({ 'tier.id': { $exists: false } }), [4, 3, 2, 1, 0]);
  assert.deepEqual(await ids({ $or: [{ 'points.adjusted': 5 }, { 'points.redeemed': 30 }] }), [4, 3]);
  assert.deepEqual(await ids({ $not: { 'points.adjusted': 5 } }), [4, 2, 1, 0]);
  assert.deepEqual(await ids({ $and: [{ 'points.earned': { $gt: 100 } }, { memberId: null }] }), [3, 1]);
  assert.deepEqual(await ids({}, [{ fieldName: 'points.balance', order: 'ASC' }]), [0, 1, 4, 2, 3]);
  assert.deepEqual(await ids({}, [{ fieldName: 'points.earned', order: 'DESC' }]), [4, 3, 2, 1, 0]);
  for (const fieldName of ['id', 'contactId', 'memberId', 'tier.id', 'points.adjusted', 'points.redeemed', 'points.expired',
    'createdDate', 'lastActivityDate', 'pointsExpiration.expirationDate', 'pointsExpiration.expiringPointsAmount']) {
    assert.equal((await ids({}, [{ fieldName, order: 'ASC' }])).length, 5, fieldName);
  }
  // Forward and back by cursors, which alone carry the query on.
  const page1 = await query(shop, { sort: [{ fieldName: 'points.earned', order: 'ASC' }], cursorPaging: { limit: 2 } });
  assert.equal(page1.pagingMetadata.count, 2);
  assert.equal(page1.pagingMetadata.hasNext, true);
  assert.equal(page1.pagingMetadata.cursors.prev ?? null, null);
  const page2 = await query(shop, { cursorPaging: { limit: 2, cursor: page1.pagingMetadata.cursors.next } });
  const page3 = await query(shop, { cursorPaging: { limit: 2, cursor: page2.pagingMetadata.cursors.next } });
  assert.deepEqual([page1, page2, page3].flatMap((page) => page.loyaltyAccounts.map((one) => one.points.earned)), [100, 110, 120, 130, 140]);
  assert.equal(page3.pagingMetadata.hasNext, false);
  assert.equal(page3.pagingMetadata.cursors?.next ?? null, null);
  const back = await query(shop, { cursorPaging: { limit: 2, cursor: page3.pagingMetadata.cursors.prev } });
  assert.deepEqual(back.loyaltyAccounts.map((one) => one.points.earned), [120, 130]);
  await shop.violates(/limit/, 'POST', `${accounts}/accounts/query`, { query: { cursorPaging: { limit: 101 } } });
  const odd = await shop.call('POST', `${accounts}/accounts/query`, { query: { filter: { 'points.secret': 1 } } });
  assert.equal(odd.status, 400, odd.text);
  const forged = await shop.call('POST', `${accounts}/accounts/query`, { query: { cursorPaging: { cursor: 'AAAA' } } });
  assert.equal(forged.status, 400, forged.text);
});

test('row 031: accounts are searched by name and e-mail, any or all words, tolerantly where asked', async () => {
  const shop = await server().openSite();
  const names = {};
  for (const [name, email] of [['Maria Lopez', 'maria@shop.example'], ['Mario Rossi', 'rossi@mail.example'], ['Zoë Lopez', 'zoe@mail.example']]) {
    names[(await shop.account({ name, email })).id] = name;
  }
  const found = async (words) => (await search(shop, { search: words })).accounts.map((one) => names[one.id]).sort();
  assert.deepEqual(await found({ expression: 'lopez' }), ['Maria Lopez', 'Zoë Lopez']);
  assert.deepEqual(await found({ expression: 'maria lopez', mode: 'AND' }), ['Maria Lopez']);
  assert.deepEqual(await found({ expression: 'rossi zoë', mode: 'OR' }), ['Mario Rossi', 'Zoë Lopez']);
  assert.deepEqual(await found({ expression: 'mail.example' }), ['Mario Rossi', 'Zoë Lopez']);
  assert.deepEqual(await found({ expression: 'shop.example', fields: ['contact.name'] }), []);
  assert.deepEqual(await found({ expression: 'shop.example', fields: ['contact.email'] }), ['Maria Lopez']);
  assert.deepEqual(await found({ expression: 'lopes' }), []);
  assert.deepEqual(await found({ expression: 'lopes', fuzzy: true }), ['Maria Lopez', 'Zoë Lopez']);
  await shop.violates(/expression/, 'POST', `${accounts}/accounts/search`, { search: { search: { expression: 'x'.repeat(101) } } });
});

test('row 032: searches aggregate by value, range, scalar, date and nested', async () => {
  const shop = await server().openSite();
  for (const points of [0, 10, 10, 20, 500]) await shop.account({ points });
  const { aggregationData } = await search(shop, {
    cursorPaging: { limit: 1 },
    aggregations: [
      { name: 'values', fieldPath: 'points.balance', type: 'VALUE', value: { sortType: 'VALUE', sortDirection: 'ASC', limit: 10 } },
      { name: 'ranges', fieldPath: 'points.balance', type: 'RANGE', range: { buckets: [{ from: 100 }, { to: 10 }, { from: 10, to: 100 }] } },
      { name: 'most', fieldPath: 'points.balance', type: 'SCALAR', scalar: { type: 'MAX' } },
      { name: 'least', fieldPath: 'points.balance', type: 'SCALAR', scalar: { type: 'MIN' } },
      { name: 'kinds', fieldPath: 'points.balance', type: 'SCALAR', scalar: { type: 'COUNT_DISTINCT' } },
      { name: 'days', fieldPath: 'updatedDate', type: 'DATE_HISTOGRAM', dateHistogram: { interval: 'DAY' } },
      {
        name: 'nested', type: 'NESTED', nested: {
          nestedAggregations: [
            { name: 'outer', fieldPath: 'points.balance', type: 'RANGE', range: { buckets: [{ to: 15 }, { from: 15 }] } },
            { name: 'inner', fieldPath: 'points.balance', type: 'VALUE', value: {} },
          ],
        },
      },
    ],
  });
  const result = Object.fromEntries(aggregationData.results.map((one) => [one.name, one]));
  assert.deepEqual(result.values.values.results.map((one) => [String(one.value), one.count]), [['0', 1], ['10', 2], ['20', 1], ['500', 1]]);
  assert.deepEqual(result.ranges.ranges.results.map((one) => one.count), [1, 1, 3]);
  assert.equal(Number(result.most.scalar.value), 500);
  assert.equal(Number(result.least.scalar.value), 0);
  assert.equal(Number(result.kinds.scalar.value), 4);
  assert.deepEqual(result.days.dateHistogram.results.map((one) => one.count), [5]);
  assert.equal(result.days.type, 'DATE_HISTOGRAM');
  const nested = result.nested.nested.results.map((row) => [row.results.outer.range.count ?? null, String(row.results.inner.value.value), row.results.inner.value.count]);
  assert.deepEqual(nested.map(([, value, count]) => [value, count]).sort(), [['0', 1], ['10', 2], ['20', 1], ['500', 1]]);
  await shop.violates(/aggregations/, 'POST', `${accounts}/accounts/search`, {
    search: { aggregations: Array.from({ length: 11 }, (_, index) => ({ name: `a${index}`, fieldPath: 'points.balance', type: 'SCALAR', scalar: { type: 'MAX' } })) },
  });
});

test('row 033: counting takes the same filter and search', async () => {
  const shop = await server().openSite();
  await shop.account({ name: 'Carla One', points: 10 });
  await shop.account({ name: 'Carla Two', points: 20 });
  await shop.account({ name: 'Dora', points: 30 });
  const count = async (body) => (await shop.post(`${accounts}/accounts/count`, body)).count;
  assert.equal(await count({}), 3);
  assert.equal(await count({ filter: { 'points.balance': { $gt: 10 } } }), 2);
  assert.equal(await count({ search: { expression: 'carla' } }), 2);
  assert.equal(await count({ filter: { 'points.balance': { $gt: 10 } }, search: { expression: 'carla' } }), 1);
});

test('row 034: program totals add up all accounts and count them by tier, the base tier without id', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const gold = await shop.tier('Gold', 100);
  const one = await shop.account({ points: 80, member: true });
  await shop.redeem((await shop.couponReward({ points: 30 })).id, one.id);
  await shop.earn(one.id, 70);
  await shop.account({ points: 20 });
  const three = await shop.account();
  await shop.adjust(three.id, { amount: 7 });
  const totals = await shop.get(`${accounts}/accounts/program-totals`);
  assertPoints(totals, { balance: 147, earned: 170, adjusted: 7, redeemed: 30, expired: 0 });
  const by = totals.tierTotals.map((tier) => [tier.id ?? null, tier.numberOfAccounts]).sort((a, b) => a[1] - b[1]);
  assert.deepEqual(by, [[gold.id, 1], [null, 2]]);
});

test('row 035: a bulk adjustment is a job that tells of every account it could not adjust', async () => {
  const shop = await server().openSite();
  const rich = await shop.account({ points: 100 });
  const poor = await shop.account({ points: 5 });
  const out = await shop.account({ points: 100, name: 'Untouched' });
  const { asyncJobId } = await shop.post(`${accounts}/accounts/bulk-adjust`,
    { amount: -50, search: { filter: { 'contact.id': { $in: [rich.contactId, poor.contactId] } } } });
  assert.match(asyncJobId, guid);
  const job = await eventually(async () => {
    const { job } = await shop.get(`/async-jobs/v1/jobs/${asyncJobId}`);
    assert.match(job.status, /FINISHED|COMPLETED|DONE|SUCCEEDED/);
    return job;
  });
  assert.match(JSON.stringify(job), /NEGATIVE_BALANCE/);
  assert.ok(JSON.stringify(job).includes(poor.id), JSON.stringify(job));
  assertPoints(await shop.accountNow(rich.id), { balance: 50, adjusted: -50 });
  assertPoints(await shop.accountNow(poor.id), { balance: 5, adjusted: 0 });
  assertPoints(await shop.accountNow(out.id), { balance: 100, adjusted: 0 });
});

test('row 036: an account carries its contact\'s name, e-mail and picture', async () => {
  const shop = await server().openSite();
  const named = await shop.account({ name: 'Nina Berg', email: 'nina@example.com', picture: 'https://example.com/nina.png' });
  assert.deepEqual({ ...named.contact }, {
    id: named.contactId, name: 'Nina Berg', email: 'nina@example.com', picture: 'https://example.com/nina.png', displayName: 'Nina Berg',
  });
  const { contact } = await shop.post('/contacts/v1/contacts', { contact: { email: 'plain@example.com' } });
  const { account } = await shop.post(`${accounts}/accounts`, { contactId: contact.id });
  assert.equal(account.contact.displayName, 'plain@example.com');
  await shop.patch(`/contacts/v1/contacts/${named.contactId}`, { contact: { id: named.contactId, revision: (await shop.get(`/contacts/v1/contacts/${named.contactId}`)).contact.revision, name: 'Nina Stern' } });
  assert.equal((await shop.accountNow(named.id)).contact.name, 'Nina Stern');
});

test('row 037: rewardAvailable follows balance, rewards and tiers, and is told of when it flips', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 50 });
  const flips = async (act, wanted) => {
    const told = [];
    const before = (await shop.events()).at(-1).entityEventSequence;
    await act();
    await eventually(async () => {
      told.splice(0, told.length, ...(await shop.events(before))
        .filter((event) => event.slug === 'reward_availability_updated')
        .map((event) => [contentOf(event).rewardAvailable, contentOf(event).updateTrigger]));
      assert.deepEqual(told, wanted);
    });
    if (wanted.length) assert.equal((await shop.accountNow(account.id)).rewardAvailable, wanted[0][0]);
  };
  let reward;
  await flips(async () => { reward = await shop.couponReward({ points: 100 }); }, []);
  await flips(() => shop.earn(account.id, 49), []);
  await flips(() => shop.earn(account.id, 1), [[true, 'BALANCE_UPDATED']]);
  await flips(() => shop.earn(account.id, 1), []);
  await flips(async () => { ({ reward } = await shop.put(`${rewards}/rewards/${reward.id}`, { reward: { ...reward, active: false } })); }, [[false, 'REWARD_UPDATED']]);
  await flips(async () => { ({ reward } = await shop.put(`${rewards}/rewards/${reward.id}`, { reward: { ...reward, active: true } })); }, [[true, 'REWARD_UPDATED']]);
  await shop.activateTiers();
  // The reward has no price for the new tier, so whoever enters it can no longer have it.
  await flips(() => shop.tier('Only', 101), [[false, 'TIERS_RECALCULATED']]);
});

test('row 038: accounts are still listed by up to 50 contacts', async () => {
  const shop = await server().openSite();
  const list = [await shop.account({ points: 1 }), await shop.account({ points: 2 }), await shop.account({ points: 3 })];
  const params = (ids) => ids.map((id) => `contactIds=${id}`).join('&');
  const found = await shop.get(`${accounts}/accounts?${params([list[0].contactId, list[2].contactId])}`);
  assert.deepEqual(found.accounts.map((one) => one.points.balance).sort(), [1, 3]);
  assert.equal((await shop.get(`${accounts}/accounts`)).accounts.length, 3);
  const page = await shop.get(`${accounts}/accounts?cursorPaging.limit=2`);
  assert.equal(page.accounts.length, 2);
  const rest = await shop.get(`${accounts}/accounts?cursorPaging.limit=2&cursorPaging.cursor=${encodeURIComponent(page.pagingMetadata.cursors.next)}`);
  assert.equal(rest.accounts.length, 1);
  await shop.violates(/contactIds/, 'GET', `${accounts}/accounts?${params(Array.from({ length: 51 }, () => randomUUID()))}`);
});

test('row 039: who is no member earns, but only members redeem for themselves', async () => {
  const shop = await server().openSite();
  const visitor = await shop.account({ points: 200 });
  assert.equal(visitor.memberId ?? null, null);
  const member = await shop.member({ points: 200 });
  const reward = await shop.couponReward({ points: 100 });
  const { coupon } = await shop.post(`${coupons}/coupons/redeem-my-coupon`, { rewardId: reward.id }, { as: member.token });
  assert.equal(coupon.accountId, member.id);
  const answer = await shop.call('POST', `${coupons}/coupons/redeem-my-coupon`, { rewardId: reward.id });
  assert.equal(answer.status, 403, answer.text);
  assertPoints(await shop.accountNow(visitor.id), { balance: 200, redeemed: 0 });
});

test('row 040: a rule that awards opens the missing account, where the shop lets it', async () => {
  const shop = await server().openSite();
  await shop.spendRule({ points: 2 });
  const contact = await shop.contact();
  await shop.order(contact.id, 1000);
  assertPoints(await shop.accountOf(contact.id), { balance: 20, earned: 20 });

  const closed = await server().openSite({ autoCreateAccounts: false });
  await closed.spendRule();
  const stranger = await closed.contact();
  await closed.order(stranger.id, 1000);
  await closed.refused('ACCOUNT_NOT_FOUND', 'GET', `${accounts}/accounts/fetch-by?contactId=${stranger.id}`);
});

test('row 041: merged contacts share one account with the sums; an anonymised one keeps its ledger', async () => {
  const shop = await server().openSite();
  const source = await shop.account({ points: 30 });
  const target = await shop.account({ points: 12 });
  await shop.adjust(source.id, { amount: -5 });
  const told = await shop.eventsOf(() =>
    shop.post('/contacts/v1/contacts/merge', { sourceContactId: source.contactId, targetContactId: target.contactId }));
  assertPoints(await shop.accountOf(target.contactId), { balance: 37, earned: 42, adjusted: -5 });
  assert.equal((await query(shop, {})).loyaltyAccounts.length, 1);
  assert.ok(told.some((event) => /merge/i.test(event.slug)), JSON.stringify(told.map((event) => event.type)));
  const totals = await shop.get(`${accounts}/accounts/program-totals`);
  assertPoints(totals, { balance: 37, earned: 42, adjusted: -5 });

  const person = await shop.account({ points: 9, name: 'Erase Me', email: 'erase@example.com' });
  const erased = await shop.eventsOf(() => shop.post(`/contacts/v1/contacts/${person.contactId}/anonymize`));
  const after = await shop.accountNow(person.id);
  assertPoints(after, { balance: 9, earned: 9 });
  assert.doesNotMatch(JSON.stringify(after), /erase/i);
  assert.equal((await shop.movements(person.id)).length, 1);
  assert.ok(erased.some((event) => event.triggeredByAnonymizeRequest === true), JSON.stringify(erased));
});
