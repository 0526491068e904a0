import assert from 'node:assert/strict';
import test from 'node:test';
import { assertPoints, eventually, programs, useServer } from './harness.mjs';

const server = useServer();
const day = 86_400_000;
const expiring = async (months, percentage, settings) => {
  const shop = await server().openSite(settings);
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: months, expiringPointsPercentage: percentage } } });
  await shop.post(`${programs}/program/points-expiration/enable`);
  return shop;
};
const at = (text) => new Date(text).getTime();
/** The end of the local day (UTC here) so many calendar months on. */
function monthsAfter(text, months) {
  const from = new Date(text);
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0)).getUTCDate();
  return Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, Math.min(from.getUTCDate(), last) + 1);
}
const near = (text, wanted) => assert.ok(Math.abs(at(text) - wanted) <= 1000, `${text}, expected ${new Date(wanted).toISOString()}`);
const expired = (shop, account, points) => eventually(async () => assertPoints(await shop.accountNow(account.id), points));

test('row 123: after months without activity a share of the points is lost', async () => {
  const shop = await expiring(2, 40);
  const account = await shop.account({ points: 101 });
  const due = at((await shop.accountNow(account.id)).pointsExpiration.expirationDate);
  await server().advance({ to: new Date(due - 2000).toISOString() });
  assertPoints(await shop.accountNow(account.id), { balance: 101, expired: 0 });
  await server().advance({ to: new Date(due + 1000).toISOString() });
  await expired(shop, account, { balance: 61, earned: 101, expired: 40 });
  const movement = (await shop.movements(account.id)).at(-1);
  assert.equal(movement.transactionType, 'EXPIRE');
  assert.equal(movement.amount, 40);
  const totals = await shop.get('/loyalty-accounts/v1/accounts/program-totals');
  assertPoints(totals, { balance: 61, expired: 40 });
});

test('row 124: an account shows when and how many points will be lost', async () => {
  const shop = await expiring(3, 50);
  const account = await shop.account({ points: 101 });
  const now = await shop.accountNow(account.id);
  near(now.pointsExpiration.expirationDate, monthsAfter(now.lastActivityDate, 3));
  assert.equal(now.pointsExpiration.expiringPointsAmount, 50);
  await shop.adjust(account.id, { balance: 11 });
  assert.equal((await shop.accountNow(account.id)).pointsExpiration.expiringPointsAmount, 5);
  await shop.post(`${programs}/program/points-expiration/disable`);
  await eventually(async () => {
    const { pointsExpiration } = await shop.accountNow(account.id);
    assert.equal(pointsExpiration?.expirationDate ?? null, null);
  });
});

test('row 125: fourteen days before, the reminder goes out, once', async () => {
  const shop = await expiring(1, 100);
  const account = await shop.account({ points: 70 });
  const due = at((await shop.accountNow(account.id)).pointsExpiration.expirationDate);
  const before = (await shop.events()).at(-1).entityEventSequence;
  const reminders = async () => (await shop.events(before)).filter((event) => event.entityId === account.id && /expir/.test(event.slug) && event.actionEvent);
  await server().advance({ to: new Date(due - 14 * day - 60_000).toISOString() });
  assert.equal((await reminders()).length, 0);
  await server().advance({ to: new Date(due - 14 * day + 60_000).toISOString() });
  await eventually(async () => assert.equal((await reminders()).length, 1));
  assert.ok(JSON.stringify((await reminders())[0]).includes('70'));
  await server().advance({ days: 10 });
  await shop.accountNow(account.id);
  assert.equal((await reminders()).length, 1);
});

test('row 126: earning and redeeming start the months anew; an adjustment by staff does not', async () => {
  const shop = await expiring(6, 100);
  const reward = await shop.couponReward({ points: 10 });
  const account = await shop.account({ points: 100, member: true });
  const date = async () => at((await shop.accountNow(account.id)).pointsExpiration.expirationDate);
  const first = await date();
  await server().advance({ days: 20 });
  await shop.adjust(account.id, { amount: 5 });
  assert.equal(await date(), first);
  await shop.earn(account.id, 1);
  const second = await date();
  assert.ok(second > first);
  await server().advance({ days: 20 });
  const { createdDate } = await shop.redeem(reward.id, account.id);
  near(new Date(await date()).toISOString(), monthsAfter(createdDate, 6));
  assert.ok((await date()) > second);
});

test('row 127: switching expiration on leaves dormant accounts fourteen days', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 100 });
  await server().advance({ days: 400 });
  await shop.patch(`${programs}/program`, { loyaltyProgram: { pointsExpiration: { monthsOfInactivity: 3, expiringPointsPercentage: 100 } } });
  const { loyaltyProgram } = await shop.post(`${programs}/program/points-expiration/enable`);
  const wanted = at(loyaltyProgram.updatedDate) + 14 * day;
  await eventually(async () => {
    const { pointsExpiration } = await shop.accountNow(account.id);
    assert.ok(at(pointsExpiration.expirationDate) >= wanted - 1000 && at(pointsExpiration.expirationDate) <= wanted + day + 1000, pointsExpiration.expirationDate);
  });
  await server().advance({ days: 13 });
  assertPoints(await shop.accountNow(account.id), { balance: 100 });
  await server().advance({ days: 3 });
  await expired(shop, account, { balance: 0, expired: 100 });
});

test('row 128: after a partial loss the next one is a whole period away', async () => {
  const shop = await expiring(2, 50);
  const account = await shop.account({ points: 100 });
  const first = at((await shop.accountNow(account.id)).pointsExpiration.expirationDate);
  await server().advance({ to: new Date(first + 1000).toISOString() });
  await expired(shop, account, { balance: 50, expired: 50 });
  const second = at((await shop.accountNow(account.id)).pointsExpiration.expirationDate);
  assert.ok(second - first >= 58 * day && second - first <= 63 * day, new Date(second).toISOString());
  await server().advance({ to: new Date(second - 2000).toISOString() });
  assertPoints(await shop.accountNow(account.id), { balance: 50 });
  await server().advance({ to: new Date(second + 1000).toISOString() });
  await expired(shop, account, { balance: 25, expired: 75 });
});
