import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { apps, eventually, useServer } from './harness.mjs';
import { sdkClient } from './sdk_client.mjs';

const server = useServer();
const called = new Set();
const client = (authorization, options) =>
  sdkClient(server().base, authorization, { onExchange: (one) => called.add(`${one.method} ${one.path}`), ...options });
const codeOf = async (call) => {
  const error = await call.then(() => assert.fail('it was to be refused'), (thrown) => thrown);
  return error.details?.applicationError?.code ?? error.details?.validationError?.fieldViolations?.map((one) => one.field).join() ?? String(error);
};

test('the setup flow: from activation to a discount in a checkout', async () => {
  const shop = await server().site();
  const sdk = client(shop.key);
  // Step 1: activate.
  const draft = await sdk.programs.getLoyaltyProgram();
  assert.equal(draft.loyaltyProgram.status, 'DRAFT');
  const activated = await sdk.programs.activateLoyaltyProgram();
  assert.equal(activated.loyaltyProgram.status, 'ACTIVE');
  assert.ok(activated.loyaltyProgram._createdDate instanceof Date);
  // Step 2: earning rules.
  const rule = await sdk.earningRules.createLoyaltyEarningRule({
    sourceAppId: apps.loyalty, triggerAppId: apps.stores, triggerActivityType: 'stores/OrderPaid', title: 'Ten a dollar', status: 'ACTIVE',
    conversionRate: { configs: [{ moneyAmount: 1, points: 10 }] },
  });
  assert.equal(rule.conversionRate.configs[0].points, 10);
  assert.ok(rule._id && rule._createdDate instanceof Date);
  // Step 3: accounts.
  const contact = await shop.contact({}, { member: true });
  const { account } = await sdk.accounts.createAccount(contact.id);
  assert.equal(account.points.balance, 0);
  assert.equal(account.contactId, contact.id);
  // Step 4: rewards.
  const flexible = await sdk.rewards.createReward({ name: 'Points as money', type: 'DISCOUNT_AMOUNT', active: true, discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }] } });
  const couponReward = await sdk.rewards.createReward({
    name: 'Five off', type: 'COUPON_REWARD', active: true,
    couponReward: { scope: { namespace: 'stores' }, fixedAmount: { configsByTier: [{ costInPoints: 100, amount: 5 }] } },
  });
  // Step 5: tiers.
  const gold = await sdk.tiers.createTier({ tierDefinition: { name: 'Gold', icon: 'wix:image://v1/gold.png/gold.png#originWidth=10&originHeight=20' }, requiredPoints: 500 });
  assert.match(gold.tierDefinition.icon, /^wix:image:\/\/v1\/gold\.png/);
  const settings = await sdk.tiers.createTiersProgramSettings({ status: 'DRAFT', rollingWindow: { durationInMonths: 12 } });
  const active = await sdk.tiers.updateTiersProgramSettings({ ...settings.programSettings, status: 'ACTIVE' });
  assert.equal((active.programSettings ?? active).status, 'ACTIVE');
  // An order earns; then step 6: adjust.
  await shop.order(contact.id, 3000);
  const earned = await sdk.accounts.getAccount(account._id);
  assert.equal(earned.points.balance, 300);
  const adjusted = await sdk.accounts.adjustPoints(account._id, { amount: 50, description: 'Sorry', revision: earned.revision });
  assert.equal(adjusted.account.points.balance, 350);
  assert.equal((await sdk.transactions.getLoyaltyTransaction(adjusted.transactionId)).adjustInfo.amountAfter, 350);
  // Step 7: get the reward; a discount amount is applied at the checkout.
  const reward = await sdk.rewards.getReward(flexible._id);
  assert.equal(reward.type, 'DISCOUNT_AMOUNT');
  const checkout = await shop.checkout(contact.id, 2000);
  const applied = await sdk.checkoutExchange.applyDiscountToCheckout(checkout.id, { reward: { _id: reward._id, pointsToSpend: 35, revision: reward.revision } });
  assert.equal(applied.discount.discountType, 'DISCOUNT_AMOUNT');
  assert.equal((await sdk.accounts.getAccount(account._id)).points.balance, 315);
  // A coupon reward becomes a coupon first and is then applied.
  const { coupon } = await sdk.coupons.redeemPointsForCoupon(couponReward._id, { loyaltyAccountId: account._id });
  assert.equal(coupon.status, 'ACTIVE');
  const both = await sdk.checkoutExchange.applyDiscountToCheckout(checkout.id, { loyaltyCoupon: { _id: coupon._id, revision: coupon.revision } });
  assert.equal(both.discount.discountType, 'LOYALTY_COUPON');
  const { quote } = await shop.changeCart(checkout.id, (await shop.checkoutNow(checkout.id)).checkout.cart);
  assert.equal(quote.total, 2000 - 350 - 500);
  await shop.complete(checkout.id);
  const found = await sdk.checkoutExchange.queryLoyaltyCheckoutDiscounts().eq('checkoutId', checkout.id).find();
  assert.deepEqual(found.items.map((one) => one.status), ['COMPLETED', 'COMPLETED']);
});

test('the bulk enrolment flow: an account for every contact', async () => {
  const shop = await server().site();
  const sdk = client(shop.key);
  await sdk.programs.activateLoyaltyProgram();
  const made = [];
  for (let index = 0; index < 7; ++index) made.push((await shop.contact()).id);
  const seen = [];
  for (let cursor; ;) {
    const page = await shop.get(`/contacts/v1/contacts?limit=3${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    for (const contact of page.contacts) {
      seen.push(contact.id);
      await sdk.accounts.createAccount(contact.id);
    }
    cursor = page.pagingMetadata.cursors?.next;
    if (!cursor) break;
  }
  assert.deepEqual(seen.sort(), made.sort());
  assert.equal((await sdk.accounts.countAccounts()).count, 7);
  assert.equal(await codeOf(sdk.accounts.createAccount(made[0])), 'ACCOUNT_ALREADY_EXISTS');
  assert.equal((await sdk.accounts.countAccounts()).count, 7);
});

test('the monthly balance query: accounts with a member, page after page', async () => {
  const shop = await server().openSite();
  const sdk = client(shop.key);
  const members = new Map();
  for (let index = 0; index < 5; ++index) {
    const account = await shop.account({ points: 10 * (index + 1), member: index !== 2 });
    if (account.memberId) members.set(account.memberId, account.points.balance);
  }
  const seen = new Map();
  let page = await sdk.accounts.queryLoyaltyAccounts().descending('_createdDate').limit(2).find();
  for (;;) {
    for (const one of page.items.filter((account) => account.memberId)) seen.set(one.memberId, one.points.balance);
    if (!page.hasNext()) break;
    page = await page.next();
  }
  assert.deepEqual(seen, members);
  assert.ok(page.hasPrev());
  assert.equal((await page.prev()).items.length, 2);
  const rich = await sdk.accounts.queryLoyaltyAccounts().gt('points.balance', 20).ne('memberId', null).ascending('points.balance').find();
  assert.deepEqual(rich.items.map((one) => one.points.balance), [40, 50]);
});

test('two-way synchronisation: a change from outside carries its origin, so its echo is known and goes no further', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 10 });
  const path = `/loyalty-accounts/v1/accounts/${account.id}/adjust-points`;
  const told = await shop.eventsOf(() => shop.post(path, { amount: 5 }, { headers: { 'X-Loyalty-Origin': 'crm-7' } }));
  const update = told.find((event) => event.slug === 'points_updated');
  assert.equal(update.content.account.latestTransaction.amount, 5);
  assert.equal(update.originatedFrom, 'crm-7');
  const last = (await shop.movements(account.id)).at(-1);
  assert.equal(last.originatedFrom, 'crm-7');
  const own = await shop.eventsOf(() => shop.post(path, { amount: 5 }));
  assert.notEqual(own.find((event) => event.slug === 'points_updated').originatedFrom, 'crm-7');
  // Setting what is there already tells nothing: two systems cannot keep each other busy.
  assert.deepEqual(await shop.eventsOf(() => shop.post(path, { balance: 20 }, { headers: { 'X-Loyalty-Origin': 'crm-7' } })), []);
});

test('every one of the 65 public operations is called through the client', async () => {
  const shop = await server().site();
  const sdk = client(shop.key);
  const user = client(server().keys.operator);
  const from = new Set(called);
  called.clear();

  await sdk.programs.getLoyaltyProgram();
  const updated = await sdk.programs.updateLoyaltyProgram({ name: 'Stars', pointDefinition: { customName: 'Stars', icon: 'wix:image://v1/star.png/star.png#originWidth=1&originHeight=2' } });
  assert.equal(updated.loyaltyProgram.pointDefinition.icon, 'wix:image://v1/star.png/star.png#originWidth=1&originHeight=2');
  assert.equal(await codeOf(sdk.programs.updateLoyaltyProgram({ name: 'x' })), 'loyaltyProgram.name');
  assert.equal((await sdk.programs.activateLoyaltyProgram()).loyaltyProgram.status, 'ACTIVE');
  assert.equal((await sdk.programs.pauseLoyaltyProgram()).loyaltyProgram.status, 'PAUSED');
  await sdk.programs.activateLoyaltyProgram();
  assert.deepEqual(await sdk.programs.getLoyaltyProgramPremiumFeatures(), { loyaltyProgram: true, tiers: true, pointsExpiration: true });
  assert.equal((await sdk.programs.enablePointsExpiration()).loyaltyProgram.pointsExpiration.status, 'ENABLED');
  assert.equal((await sdk.programs.disablePointsExpiration()).loyaltyProgram.pointsExpiration.status, 'DISABLED');
  const programs = await user.programs.bulkGetLoyaltyProgram();
  assert.ok(programs.programInSites.some((one) => one.metaSiteId === shop.id && one.loyaltyProgram.name === 'Stars'));

  const contact = await shop.contact({ name: 'Sigrid Lund' }, { member: true });
  const { account } = await sdk.accounts.createAccount(contact.id);
  const grant = { amount: 1000, appId: apps.loyalty, idempotencyKey: randomUUID(), description: 'Hello' };
  const earned = await sdk.accounts.earnPoints(account._id, grant);
  assert.equal((await sdk.accounts.earnPoints(account._id, grant)).transactionId, earned.transactionId);
  assert.equal(await codeOf(sdk.accounts.earnPoints(account._id, { ...grant, amount: 0, idempotencyKey: 'z' })), 'options.amount');
  const adjusted = await sdk.accounts.adjustPoints(account._id, { balance: 1500 });
  assert.equal(adjusted.account.points.adjusted, 500);
  const shown = await sdk.accounts.getAccount(account._id);
  assert.equal(shown.points.balance, 1500);
  assert.ok(shown.lastActivityDate instanceof Date && shown._updatedDate instanceof Date);
  assert.equal((await sdk.accounts.queryLoyaltyAccounts({ filter: { 'points.balance': { $gt: 1 } } })).loyaltyAccounts.length, 1);
  assert.equal((await sdk.accounts.getProgramTotals()).points.balance, 1500);
  assert.equal((await sdk.accounts.getAccountBySecondaryId({ contactId: contact.id })).account._id, account._id);
  assert.equal((await sdk.accounts.getAccountBySecondaryId({ memberId: contact.memberId })).account._id, account._id);
  assert.equal((await sdk.accounts.listAccounts({ contactIds: [contact.id], cursorPaging: { limit: 5 } })).accounts.length, 1);
  const search = await sdk.accounts.searchAccounts({
    search: { expression: 'lund' }, aggregations: [{ name: 'most', fieldPath: 'points.balance', type: 'SCALAR', scalar: { type: 'MAX' } }],
  });
  assert.equal(search.accounts[0]._id, account._id);
  assert.equal(search.aggregationData.results[0].scalar.value, 1500);
  assert.equal((await sdk.accounts.countAccounts({ filter: {}, search: { expression: 'sigrid' } })).count, 1);
  const { asyncJobId } = await sdk.accounts.bulkAdjustPoints({ search: { filter: { 'points.balance': 1500 } }, amount: 7 });
  assert.ok(asyncJobId);
  await eventually(async () => assert.equal((await sdk.accounts.getAccount(account._id)).points.balance, 1507));
  const member = client(await shop.token(contact.memberId));
  assert.equal((await member.accounts.getCurrentMemberAccount()).account._id, account._id);

  assert.equal((await sdk.transactions.getLoyaltyTransaction(earned.transactionId)).amount, 1000);
  const moves = await sdk.transactions.queryLoyaltyTransactions().eq('accountId', account._id).eq('transactionType', 'EARN').find();
  assert.deepEqual(moves.items.map((one) => [one.amount, one.description]), [[1000, 'Hello']]);
  assert.ok(moves.items[0]._createdDate instanceof Date);

  const silver = await sdk.tiers.createTier({ tierDefinition: { name: 'Silver' }, requiredPoints: 5000 });
  const bulkTiers = await sdk.tiers.bulkCreateTiers([{ tierDefinition: { name: 'Gold' }, requiredPoints: 6000 }, { tierDefinition: { name: 'silver' }, requiredPoints: 7000 }]);
  assert.deepEqual([bulkTiers.bulkActionMetadata.totalSuccesses, bulkTiers.bulkActionMetadata.totalFailures], [1, 1]);
  assert.equal((await sdk.tiers.getTier(silver._id)).requiredPoints, 5000);
  // A whole entity as it was read, sent back changed: it carries names that only the client knows.
  const moved = await sdk.tiers.updateTier(silver._id, { ...silver, requiredPoints: 5500 });
  assert.equal(moved.requiredPoints, 5500);
  assert.equal((await sdk.tiers.listTiers()).tiers.length, 2);
  assert.equal(await codeOf(sdk.tiers.deleteTier(silver._id, '1')), 'REVISION_MISMATCH');
  assert.equal(await sdk.tiers.deleteTier(silver._id, moved.revision), undefined);
  assert.equal((await sdk.tiers.getTiersProgram()).programSettings.status, 'DISABLED');
  await sdk.tiers.createTiersProgramSettings({ status: 'DRAFT', rollingWindow: { durationInMonths: 6 } });
  const { programSettings } = await sdk.tiers.getTiersProgramSettings();
  await sdk.tiers.updateTiersProgramSettings({ ...programSettings, status: 'ACTIVE' });
  assert.equal((await sdk.tiers.getTiersProgramSettings()).programSettings.status, 'ACTIVE');

  const rule = { sourceAppId: apps.loyalty, triggerAppId: apps.stores, triggerActivityType: 'stores/OrderPaid', title: 'Orders', status: 'ACTIVE', fixedAmount: { configs: [{ points: 3 }] } };
  const made = await sdk.earningRules.createLoyaltyEarningRule(rule);
  assert.equal((await sdk.earningRules.bulkCreateLoyaltyEarningRules([{ ...rule, title: 'More orders' }])).results[0].item.title, 'More orders');
  const custom = await sdk.earningRules.createCustomLoyaltyEarningRule('BIRTHDAY', { earningRule: { title: 'Birthday', fixedAmount: { configs: [{ points: 9 }] } } });
  const read = await sdk.earningRules.getLoyaltyEarningRule(made._id);
  const paused = await sdk.earningRules.updateLoyaltyEarningRule(made._id, { ...read, status: 'PAUSED' });
  assert.equal(paused.earningRule.status, 'PAUSED');
  assert.ok((await sdk.earningRules.listEarningRules({ triggerAppId: apps.stores })).earningRules.length >= 2);
  await sdk.earningRules.deleteLoyaltyEarningRule(made._id, { revision: paused.earningRule.revision });
  await sdk.earningRules.deleteAutomationEarningRule(custom.earningRule._id);
  assert.equal(await codeOf(sdk.earningRules.getLoyaltyEarningRule(made._id)), 'EARNING_RULE_NOT_FOUND');

  const flexible = await sdk.rewards.createReward({ name: 'Money', type: 'DISCOUNT_AMOUNT', active: true, discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }] } });
  const bulk = await sdk.rewards.bulkCreateRewards([{
    name: 'Percent', type: 'COUPON_REWARD', active: true,
    couponReward: { scope: { namespace: 'stores' }, percentage: { configsByTier: [{ costInPoints: 100, percentage: 12.5 }] } },
  }]);
  const percent = bulk.results[0].item;
  assert.equal(percent.couponReward.percentage.configsByTier[0].percentage, 12.5);
  assert.equal((await sdk.rewards.getReward(flexible._id)).name, 'Money');
  const renamed = await sdk.rewards.updateReward(flexible._id, { ...(await sdk.rewards.getReward(flexible._id)), name: 'Cash' });
  assert.equal(renamed.reward.name, 'Cash');
  assert.deepEqual((await sdk.rewards.queryRewards({ filter: { name: { $startsWith: 'cas' } } })).rewards.map((one) => one._id), [flexible._id]);
  assert.equal((await sdk.rewards.listRewards({ cursorPaging: { limit: 1 } })).rewards.length, 1);
  assert.ok((await user.rewards.bulkGetRewards()).rewardsInSite.some((one) => one.metaSiteId === shop.id && one.rewards.length === 2));

  const { coupon } = await sdk.coupons.redeemPointsForCoupon(percent._id, { loyaltyAccountId: account._id });
  const mine = await member.coupons.redeemCurrentMemberPointsForCoupon(percent._id);
  assert.equal(mine.coupon.accountId, account._id);
  assert.equal((await sdk.coupons.getLoyaltyCoupon(coupon._id)).couponReference.specification.percentOffRate, 12.5);
  assert.equal((await member.coupons.getCurrentMemberCoupons()).loyaltyCoupons.length, 2);
  assert.equal((await sdk.coupons.queryLoyaltyCoupons().eq('status', 'ACTIVE').limit(10).find()).items.length, 2);
  const sites = await user.coupons.bulkGetLoyaltyCoupon({ query: { filter: { status: 'ACTIVE' } } });
  assert.equal(sites.couponsInSite.find((one) => one.metaSiteId === shop.id).loyaltyCoupons.length, 2);
  assert.equal(await sdk.coupons.deleteLoyaltyCoupon(mine.coupon._id, mine.coupon.revision), undefined);

  const checkout = await shop.checkout(contact.id, 5000);
  const { discount } = await member.checkoutExchange.applyDiscountToCheckout(checkout.id, { reward: { _id: flexible._id, pointsToSpend: 20, revision: renamed.reward.revision } });
  assert.equal(discount.rewardId, flexible._id);
  assert.deepEqual((await sdk.checkoutExchange.queryLoyaltyCheckoutDiscounts({ filter: { checkoutId: checkout.id } })).loyaltyCheckoutDiscounts.map((one) => one._id), [discount._id]);
  assert.equal((await member.checkoutExchange.queryLoyaltyCheckoutDiscounts().eq('checkoutId', checkout.id).find()).items.length, 1);

  const target = await sdk.imports.createLoyaltyImportFileUrl();
  const stored = await fetch(new URL(target.uploadUrl, server().base), { method: 'PUT', headers: { Authorization: shop.key, 'Content-Type': 'text/csv' }, body: 'Email,Points\nnobody@example.com,1\n' });
  assert.ok(stored.ok);
  const { loyaltyImport } = await sdk.imports.createLoyaltyImport(target.filePath, { fileName: 'a.csv', fileSize: 34 });
  await eventually(async () => assert.equal((await sdk.imports.getLoyaltyImport(loyaltyImport._id)).status, 'PARSED'));
  await sdk.imports.executeLoyaltyImport(loyaltyImport._id, { headerMappingInfo: { headerMappings: [{ columnName: 'EMAIL', columnIndex: 0 }, { columnName: 'POINTS', columnIndex: 1 }] } });
  await eventually(async () => assert.equal((await sdk.imports.getLoyaltyImport(loyaltyImport._id)).status, 'IMPORTED'));
  assert.ok((await sdk.imports.getErrorFileDownloadUrl(loyaltyImport._id)).url);
  assert.equal((await sdk.imports.queryLoyaltyImports().eq('status', 'IMPORTED').find()).items.length, 1);

  await shop.settings({ socialMedia: { channels: [{ type: 'X', enabled: true, id: 'shop' }] } });
  assert.equal((await member.socialMedia.createFollowedChannel({ channel: 'X' })).channel, 'X');
  assert.deepEqual((await member.socialMedia.listFollowedChannels()).followedChannels.map((one) => one.channel), ['X']);
  assert.equal(await sdk.rewards.deleteReward(flexible._id, renamed.reward.revision), undefined);

  const kinds = new Set([...called].map((one) => one.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{}')));
  assert.equal(kinds.size, 65, [...kinds].sort().join('\n'));
  for (const one of from) called.add(one);
});

test('a page on the site itself calls the same services under /_api', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 12 });
  const sdk = client(member.token, { siteRelative: true });
  assert.equal((await sdk.accounts.getCurrentMemberAccount()).account.points.balance, 12);
  const backend = client(shop.key, { siteRelative: true });
  assert.equal((await backend.programs.getLoyaltyProgram()).loyaltyProgram.status, 'ACTIVE');
  assert.ok(Array.isArray((await backend.earningRules.listEarningRules()).earningRules));
});
