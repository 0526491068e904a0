// Referrals and the point of sale, contacts and their files.

import assert from 'node:assert/strict';
import test from 'node:test';
import { accounts, assertPoints, coupons, guid, transactions, unique, useServer } from './harness.mjs';

const server = useServer();

test('row 134: a referral gives points or a coupon', async () => {
  const shop = await server().openSite();
  const referrer = await shop.account({ member: true });
  const friend = await shop.account({ member: true });
  const { referralReward } = await shop.post('/loyalty-referrals/v1/referral-rewards', { referralReward: { contactId: referrer.contactId, points: 40 } });
  assert.match(referralReward.id, guid);
  assertPoints(await shop.accountNow(referrer.id), { balance: 40, earned: 40 });
  const { referralReward: coupon } = await shop.post('/loyalty-referrals/v1/referral-rewards', {
    referralReward: { contactId: friend.contactId, specification: { name: 'Welcome', type: 'PERCENT_OFF_RATE', percentOffRate: 10, scope: { namespace: 'stores' } } },
  });
  const checkout = await shop.checkout(friend.contactId, 2000);
  const discount = await shop.apply(checkout.id, { referralReward: { id: coupon.id, revision: coupon.revision } });
  await shop.complete(checkout.id);
  assert.equal((await shop.discountNow(discount)).status, 'COMPLETED');
  const again = await shop.checkout(friend.contactId, 2000);
  const answer = await shop.call('POST', '/loyalty-checkout-exchange/v1/loyalty-checkout-discount', { checkoutId: again.id, referralReward: { id: coupon.id, revision: coupon.revision } });
  assert.ok(answer.status >= 400, 'it is used up');
});

test('row 139: at the till staff take points, or make a coupon for the customer', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 300 });
  const flexible = await shop.flexibleReward();
  const reward = await shop.couponReward({ points: 50 });
  const path = `${accounts}/accounts/${account.id}/redeem-points`;
  const taken = await shop.post(path, { rewardId: flexible.id, points: 35, description: 'Sale 77' });
  assertPoints(await shop.accountNow(account.id), { balance: 265, redeemed: 35 });
  const movement = await shop.movement(taken.transactionId);
  assert.equal(movement.transactionType, 'REDEEM');
  assert.equal(movement.description, 'Sale 77');
  await shop.post(path, { rewardId: reward.id, count: 3 });
  assertPoints(await shop.accountNow(account.id), { balance: 115, redeemed: 185 });
  const coupon = await shop.redeem(reward.id, account.id);
  assert.equal(coupon.status, 'ACTIVE');
  assertPoints(await shop.accountNow(account.id), { balance: 65, redeemed: 235 });
});

test('contacts come and go in files, and no e-mail belongs to two of them', async () => {
  const shop = await server().openSite();
  const first = await shop.post('/contacts/v1/contacts/import', { csv: 'Email,Name\na@example.com,Ada\nb@example.com,Ben\nnonsense,Nobody\n' });
  assert.equal(first.created, 2);
  assert.equal(first.errors.length, 1);
  const second = await shop.post('/contacts/v1/contacts/import', { csv: 'Email,Name\nA@example.com,Ada Lovelace\n' });
  assert.equal(second.updated, 1);
  const { contacts } = await shop.get('/contacts/v1/contacts?limit=10');
  assert.deepEqual(contacts.map((one) => one.name).sort(), ['Ada Lovelace', 'Ben']);
  const twice = await shop.call('POST', '/contacts/v1/contacts', { contact: { email: 'B@example.com', name: 'Other' } });
  assert.equal(twice.body.details.applicationError.code, 'CONTACT_ALREADY_EXISTS');
});
