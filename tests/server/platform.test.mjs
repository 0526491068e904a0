import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { matter, operations } from './operations.mjs';
import {
  accounts, apps, cartOf, coupons, earningRules, exchange, guid, imports, instant, programs, rewards, Server, socialMedia, statusOf, tiers,
  transactions, unique, useServer,
} from './harness.mjs';

const server = useServer();
const holds = '/loyalty-holds/v1/holds';

const forbidden = (answer) => answer.status === 403 || answer.status === 401;
/** The operator, in the name of one site. */
const asOwner = (shop) => ({ as: server().keys.operator, headers: { 'X-Loyalty-Site': shop.id } });
async function keyWith(shop, scopes) {
  const answer = await shop.call('POST', '/identity/v1/api-keys', { name: unique('key'), scopes }, asOwner(shop));
  assert.ok(answer.status < 300, answer.text);
  return { key: answer.body.key ?? answer.body.apiKey.key ?? answer.body.secret, id: answer.body.apiKey?.id ?? answer.body.id };
}

test('row 140: nobody does what the permissions do not give: members, visitors, keys without the scope', async () => {
  const shop = await server().openSite();
  const ids = await matter(shop);
  const list = operations(ids);
  assert.equal(list.length, 65, 'every public operation');
  const token = await shop.token(ids.memberId);
  for (const [verb, path, body, who] of list) {
    const asMember = await shop.call(verb, path, body, { as: token });
    assert.equal(forbidden(asMember), who !== 'member', `a member: ${verb} ${path} answered ${asMember.status} ${asMember.text}`);
    const asNobody = await shop.call(verb, path, body, { as: null });
    assert.equal(asNobody.status, 401, `nobody: ${verb} ${path} answered ${asNobody.status} ${asNobody.text}`);
    if (who === 'user') {
      const asApp = await shop.call(verb, path, body);
      assert.equal(asApp.status, 403, `an application: ${verb} ${path} answered ${asApp.status}`);
    }
  }
  const reader = await keyWith(shop, ['SCOPE.DC-LOYALTY.READ-LOYALTY']);
  for (const [verb, path, body, who] of list.filter(([, path]) => !/fetch-by|imports/.test(path))) {
    const reads = verb === 'GET' || /\/(query|search|count)$/.test(path);
    const answer = await shop.call(verb, path, body, { as: reader.key });
    if (!reads) assert.equal(answer.status, 403, `a reading key: ${verb} ${path} answered ${answer.status} ${answer.text}`);
    else if (!who) assert.notEqual(answer.status, 403, `a reading key: ${verb} ${path} answered ${answer.text}`);
  }
  // Another member's account stays unseen, and own calls see only what is one's own.
  const other = await shop.member({ points: 77 });
  const peek = await shop.call('GET', `${accounts}/accounts/${other.id}`, undefined, { as: token });
  assert.ok(forbidden(peek) || peek.status === 404, peek.text);
  const own = await shop.get(`${accounts}/accounts/my-account`, { as: token });
  assert.equal(own.account.id, ids.account);
  for (const wrong of ['nonsense', `${shop.key}x`, `Bearer ${token}x`]) {
    assert.equal((await shop.call('GET', `${programs}/program`, undefined, { as: wrong })).status, 401, wrong);
  }
  assert.equal((await shop.call('DELETE', `/identity/v1/api-keys/${reader.id}`, undefined, asOwner(shop))).status, 200);
  assert.equal((await shop.call('GET', `${programs}/program`, undefined, { as: reader.key })).status, 401, 'a deleted key');
});

test('row 141: a site sees nothing of another, by no call', async () => {
  const shop = await server().openSite();
  const other = await server().openSite();
  const ids = await matter(shop);
  const reward = await shop.couponReward({ points: 1 });
  const flexible = await shop.flexibleReward();
  const coupon = await shop.redeem(reward.id, ids.account);
  const rule = await shop.rule({ fixedAmount: { configs: [{ points: 1 }] } });
  const checkout = await shop.checkout(ids.contact, 2000);
  const stranger = await other.member({ points: 500 });
  const before = await shop.accountNow(ids.account);
  for (const [verb, path, body] of [
    ['GET', `${accounts}/accounts/${ids.account}`], ['GET', `${accounts}/accounts/fetch-by?contactId=${ids.contact}`],
    ['GET', `${accounts}/accounts/fetch-by?memberId=${ids.memberId}`],
    ['POST', `${accounts}/accounts`, { contactId: ids.contact }],
    ['POST', `${accounts}/accounts/${ids.account}/earn-points`, { amount: 1, appId: 'a', idempotencyKey: 'k' }],
    ['POST', `${accounts}/accounts/${ids.account}/adjust-points`, { amount: 1 }],
    ['GET', `${transactions}/loyalty-transactions/${ids.transaction}`],
    ['GET', `${tiers}/tiers/${ids.tier}`], ['DELETE', `${tiers}/tiers/${ids.tier}?revision=1`],
    ['PATCH', `${tiers}/tiers/${ids.tier}`, { tier: { id: ids.tier, revision: '1', requiredPoints: 7 } }],
    ['GET', `${earningRules}/earning-rules/${rule.id}`], ['DELETE', `${earningRules}/earning-rules/${rule.id}`],
    ['GET', `${rewards}/rewards/${reward.id}`], ['DELETE', `${rewards}/rewards/${reward.id}?revision=1`],
    ['PUT', `${rewards}/rewards/${reward.id}`, { reward: { ...reward, name: 'Taken' } }],
    ['POST', `${coupons}/coupons`, { rewardId: reward.id, loyaltyAccountId: stranger.id }],
    ['GET', `${coupons}/coupons/${coupon.id}`], ['DELETE', `${coupons}/coupons/${coupon.id}?revision=1`],
    ['GET', `/checkout/v1/checkouts/${checkout.id}`],
    ['POST', `/checkout/v1/checkouts/${checkout.id}/complete`, { orderId: 'x', paymentStatus: 'PAID' }],
    ['POST', `${exchange}/loyalty-checkout-discount`, { checkoutId: checkout.id, reward: { id: flexible.id, revision: '1', pointsToSpend: 10 } }],
    ['GET', `/contacts/v1/contacts/${ids.contact}`],
    ['POST', holds, { accountId: ids.account, points: 1 }],
    ['GET', `/loyalty-ledger/v1/entries?accountId=${ids.account}&limit=10`],
  ]) {
    const answer = await other.call(verb, path, body);
    if (answer.status === 200) {
      assert.doesNotMatch(answer.text, new RegExp(`${ids.account}|${ids.contact}|${coupon.id}`), `${verb} ${path} leaks ${answer.text}`);
      assert.match(path, /entries/, `${verb} ${path} answered ${answer.text}`);
    } else {
      assert.equal(answer.status, 404, `${verb} ${path} answered ${answer.status} ${answer.text}`);
    }
  }
  for (const path of [`${accounts}/accounts/query`, `${transactions}/loyalty-transactions/query`, `${coupons}/coupons/query`, `${rewards}/rewards/query`]) {
    assert.doesNotMatch(JSON.stringify(await other.post(path, { query: {} })), new RegExp(`${ids.account}|${coupon.id}|${reward.id}`), path);
  }
  assert.doesNotMatch(JSON.stringify(await other.events()), new RegExp(ids.account));
  const crossed = await shop.call('GET', `${accounts}/accounts/my-account`, undefined, { as: stranger.token });
  assert.equal(crossed.body.account.id, stranger.id, 'a token belongs to its site');
  assert.deepEqual(await shop.accountNow(ids.account), before);
  // A cursor of one site is none of another.
  await shop.account();
  const page = await shop.post(`${accounts}/accounts/query`, { query: { cursorPaging: { limit: 1 } } });
  const stolen = await other.call('POST', `${accounts}/accounts/query`, { query: { cursorPaging: { limit: 1, cursor: page.pagingMetadata.cursors.next } } });
  assert.equal(stolen.status, 400, stolen.text);
});

test('row 142: every code of the catalogue is answered where it belongs, in one form', async () => {
  const shop = await server().openSite();
  const seen = new Set();
  const refused = async (code, ...call) => { await shop.refused(code, ...call); seen.add(code); };
  const account = await shop.account({ points: 100, member: true });
  const other = await shop.account({ points: 100, member: true });
  const visitor = await shop.account({ points: 100 });
  const nobody = randomUUID();
  const money = await shop.flexibleReward();
  const reward = await shop.couponReward({ points: 10, coupon: { scope: { namespace: 'stores', group: { name: 'product', entityId: 'rare' } } } });
  const minimum = await shop.couponReward({ points: 10, coupon: { minimumSubtotal: 500 } });
  const checkout = await shop.checkout(account.contactId, 2000);
  const applying = (source, id = checkout.id) => ['POST', `${exchange}/loyalty-checkout-discount`, { checkoutId: id, ...source }];
  const spend = (points) => ({ reward: { id: money.id, revision: money.revision, pointsToSpend: points } });
  const of = (coupon) => ({ loyaltyCoupon: { id: coupon.id, revision: coupon.revision } });

  await refused('ACCOUNT_NOT_FOUND', 'GET', `${accounts}/accounts/${nobody}`);
  await refused('ACCOUNT_ALREADY_EXISTS', 'POST', `${accounts}/accounts`, { contactId: account.contactId });
  await refused('CONTACT_NOT_FOUND', 'POST', `${accounts}/accounts`, { contactId: nobody });
  await refused('NEGATIVE_BALANCE', 'POST', `${accounts}/accounts/${account.id}/adjust-points`, { amount: -101 });
  await refused('REVISION_MISMATCH', 'POST', `${accounts}/accounts/${account.id}/adjust-points`, { amount: 1, revision: '99' });
  await shop.adjust(visitor.id, { balance: 999_999_999 });
  await refused('BALANCE_LIMIT_EXCEEDED', 'POST', `${accounts}/accounts/${visitor.id}/earn-points`, { amount: 1, appId: 'a', idempotencyKey: 'x' });
  const body = { amount: 1, appId: 'a', idempotencyKey: 'same' };
  await shop.post(`${accounts}/accounts/${other.id}/earn-points`, body);
  await refused('IDEMPOTENCY_KEY_REUSED', 'POST', `${accounts}/accounts/${other.id}/earn-points`, { ...body, amount: 2 });
  await refused('TRANSACTION_NOT_FOUND', 'GET', `${transactions}/loyalty-transactions/${nobody}`);
  const [earn] = await shop.movements(account.id);
  await refused('TRANSACTION_NOT_REFUNDABLE', 'POST', `${transactions}/loyalty-transactions/${earn.id}/refund`, {});
  const { transactionId } = await shop.post(`${accounts}/accounts/${account.id}/redeem-points`, { rewardId: reward.id });
  await shop.post(`${transactions}/loyalty-transactions/${transactionId}/refund`, {});
  await refused('TRANSACTION_ALREADY_REFUNDED', 'POST', `${transactions}/loyalty-transactions/${transactionId}/refund`, {});
  await refused('TIER_NOT_FOUND', 'GET', `${tiers}/tiers/${nobody}`);
  await shop.tier('Gold', 5000);
  await refused('TIER_NAME_ALREADY_EXISTS', 'POST', `${tiers}/tiers`, { tier: { tierDefinition: { name: 'GOLD' }, requiredPoints: 1 } });
  await refused('TIER_POINTS_ALREADY_EXISTS', 'POST', `${tiers}/tiers`, { tier: { tierDefinition: { name: 'Other' }, requiredPoints: 5000 } });
  const { results } = await shop.post(`${tiers}/bulk/tiers/create`, { tiers: Array.from({ length: 19 }, (_, index) => ({ tierDefinition: { name: `N${index}` }, requiredPoints: 6000 + index })) });
  assert.ok(results.every((one) => one.itemMetadata.success));
  await refused('TIER_LIMIT_REACHED', 'POST', `${tiers}/tiers`, { tier: { tierDefinition: { name: 'Last' }, requiredPoints: 9000 } });
  await shop.activateTiers(12, 'DISABLED');
  await refused('TIERS_SETTINGS_ALREADY_EXIST', 'POST', `${tiers}/tiers/program-settings`, { programSettings: { status: 'DISABLED', rollingWindow: { durationInMonths: 12 } } });
  await refused('EARNING_RULE_NOT_FOUND', 'GET', `${earningRules}/earning-rules/${nobody}`);
  const ruleBody = { sourceAppId: apps.loyalty, triggerAppId: apps.bookings, triggerActivityType: 'bookings/BookingConfirmed', title: 'R', status: 'ACTIVE' };
  await refused('EARNING_RULE_NOT_SUPPORTED', 'POST', `${earningRules}/earning-rules`, { earningRule: { ...ruleBody, conversionRate: { configs: [{ moneyAmount: 1, points: 1 }] } } });
  const again = { ...ruleBody, title: 'Twice', fixedAmount: { configs: [{ points: 1 }] } };
  await shop.post(`${earningRules}/earning-rules`, { earningRule: again });
  await refused('EARNING_RULE_ALREADY_EXISTS', 'POST', `${earningRules}/earning-rules`, { earningRule: again });
  const installed = (await shop.get(`${earningRules}/earning-rules/rules`)).earningRules.find((one) => one.metadata.canBeDeleted === false);
  await refused('EARNING_RULE_CANNOT_BE_DELETED', 'DELETE', `${earningRules}/automation-earning-rules/${installed.id}`);
  await refused('REWARD_NOT_FOUND', 'GET', `${rewards}/rewards/${nobody}`);
  const inactive = await shop.couponReward({ points: 1, active: false });
  await refused('REWARD_NOT_ACTIVE', 'POST', `${coupons}/coupons`, { rewardId: inactive.id, loyaltyAccountId: account.id });
  await refused('REWARD_TYPE_IMMUTABLE', 'PUT', `${rewards}/rewards/${inactive.id}`, { reward: { id: inactive.id, revision: '1', name: 'x', type: 'DISCOUNT_AMOUNT', discountAmount: money.discountAmount } });
  await refused('REWARD_NOT_COUPON', 'POST', `${coupons}/coupons`, { rewardId: money.id, loyaltyAccountId: account.id });
  const dear = await shop.couponReward({ points: 5000 });
  await refused('INSUFFICIENT_POINTS', 'POST', `${coupons}/coupons`, { rewardId: dear.id, loyaltyAccountId: account.id });
  await refused('COUPON_NOT_FOUND', 'GET', `${coupons}/coupons/${nobody}`);
  const coupon = await shop.redeem(reward.id, account.id);
  const large = await shop.redeem(minimum.id, account.id);
  const theirs = await shop.redeem(reward.id, other.id);
  await refused('COUPON_SCOPE_MISMATCH', ...applying(of(coupon)));
  await refused('MINIMUM_SUBTOTAL_NOT_MET', ...applying(of(large)));
  await refused('COUPON_BELONGS_TO_ANOTHER_ACCOUNT', ...applying(of(theirs)));
  await shop.post(`${coupons}/coupons/${theirs.id}/cancel`, { revision: theirs.revision });
  await refused('COUPON_NOT_ACTIVE', ...applying({ loyaltyCoupon: { id: theirs.id, revision: (await shop.couponNow(theirs.id)).revision } }, (await shop.checkout(other.contactId, 2000)).id));
  await refused('CHECKOUT_NOT_FOUND', ...applying(spend(10), nobody));
  await refused('POINTS_BELOW_MINIMUM', ...applying(spend(9)));
  await refused('NOTHING_TO_DISCOUNT', ...applying(spend(10), (await shop.checkout(account.contactId, 0)).id));
  await refused('MEMBER_REQUIRED', 'POST', `${coupons}/coupons/redeem-my-coupon`, { rewardId: reward.id });
  const quote = ['POST', `/storefront/v1/checkouts/${checkout.id}/apply`, { cart: checkout.cart, intent: { chosen: [] }, previewDigest: '00'.repeat(32) }, { as: await shop.token(account.memberId) }];
  await refused('QUOTE_CHANGED', ...quote);
  await shop.complete(checkout.id);
  await refused('CHECKOUT_COMPLETED', ...applying(spend(10)));
  const hold = async () => (await shop.post(holds, { accountId: account.id, points: 5, lifetimeSeconds: 60 })).hold;
  const captured = await hold();
  await refused('EXCEEDS_HOLD', 'POST', `${holds}/${captured.id}/capture`, { points: 6 });
  await shop.post(`${holds}/${captured.id}/capture`, {});
  await refused('ALREADY_CAPTURED', 'POST', `${holds}/${captured.id}/release`, {});
  const released = await hold();
  await shop.post(`${holds}/${released.id}/release`, {});
  await refused('ALREADY_RELEASED', 'POST', `${holds}/${released.id}/capture`, {});
  const late = await hold();
  await server().advance({ seconds: 61 });
  await refused('HOLD_EXPIRED', 'POST', `${holds}/${late.id}/capture`, {});
  const token = await shop.token(account.memberId);
  await shop.settings({ socialMedia: { channels: [{ type: 'X', enabled: true, id: 'shop' }] } });
  const follow = (channel) => ['POST', `${socialMedia}/followed-channels`, { followedChannel: { channel } }, { as: token }];
  await refused('CHANNEL_NOT_ENABLED', ...follow('FACEBOOK'));
  await shop.ok(...follow('X'));
  await refused('ALREADY_FOLLOWED', ...follow('X'));
  await refused('IMPORT_NOT_FOUND', 'GET', `${imports}/loyalty-imports?loyaltyImportId=${nobody}`);
  await shop.settings({ premiumFeatures: { pointsExpiration: false } });
  await refused('PREMIUM_FEATURE_REQUIRED', 'POST', `${programs}/program/points-expiration/enable`, {});
  await refused('PERMISSION_DENIED', 'GET', `${programs}/bulk/programs`);
  await refused('UNAUTHENTICATED', 'GET', `${programs}/program`, undefined, { as: 'nonsense' });
  await shop.post(`${programs}/program/pause`);
  await refused('PROGRAM_NOT_ACTIVE', 'POST', `${accounts}/accounts/${account.id}/earn-points`, { amount: 1, appId: 'a', idempotencyKey: 'p' });
  const draft = await server().site();
  await draft.refused('INVALID_PROGRAM_TRANSITION', 'POST', `${programs}/program/pause`, {});
  seen.add('INVALID_PROGRAM_TRANSITION');
  // Elsewhere: imports (IMPORT_NOT_PARSED, IMPORT_MAPPING_INVALID), rewards by tier, and these two below.
  const elsewhere = ['IMPORT_NOT_PARSED', 'IMPORT_MAPPING_INVALID', 'REWARD_NOT_AVAILABLE_FOR_TIER', 'FILE_TOO_LARGE', 'RATE_LIMITED'];
  // Not to be had from outside a healthy server, or no state of the public API leads there.
  const outOfReach = ['TEMPORARY', 'PROGRAM_NOT_FOUND', 'DISCOUNT_ALREADY_APPLIED'];
  const missing = Object.keys(statusOf).filter((code) => !seen.has(code) && !elsewhere.includes(code) && !outOfReach.includes(code));
  assert.deepEqual(missing, []);
  const violation = await shop.call('PATCH', `${programs}/program`, { loyaltyProgram: { name: 'x' } });
  assert.deepEqual(Object.keys(violation.body).sort(), ['details', 'message']);
  assert.deepEqual(Object.keys(violation.body.details), ['validationError']);
});

test('row 142: guessing codes is slowed down, and an import may have ten megabytes', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 10 });
  const checkout = await shop.checkout(member.contactId, 2000);
  const statuses = [];
  for (let attempt = 0; attempt < 12; ++attempt) {
    const answer = await shop.call('POST', `/storefront/v1/checkouts/${checkout.id}/quote`,
      { cart: checkout.cart, intent: { chosen: [{ code: { text: `GUESS${attempt}` } }] } }, { as: member.token });
    statuses.push(answer.status);
    if (answer.status === 429) {
      assert.equal(answer.body.details.applicationError.code, 'RATE_LIMITED');
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
    }
  }
  assert.ok(statuses.includes(429), statuses.join(' '));
  const { uploadUrl } = await shop.post(`${imports}/loyalty-imports/wixmp-upload-url`, {});
  const large = await fetch(new URL(uploadUrl, server().base), {
    method: 'PUT', headers: { 'Content-Type': 'text/csv', Authorization: shop.key }, body: `Email,Points\n${'a'.repeat(11 * 1024 * 1024)}`,
  }).catch((error) => ({ status: 413, error }));
  assert.equal(large.status, 413);
});

test('row 143: limits of pages, sorting, texts and lists are field violations', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 1 });
  const sorts = (count) => Array.from({ length: count }, () => ({ fieldName: 'createdDate', order: 'ASC' }));
  for (const path of [`${accounts}/accounts/query`, `${transactions}/loyalty-transactions/query`, `${coupons}/coupons/query`,
    `${rewards}/rewards/query`, `${imports}/loyalty-imports/query`, `${exchange}/loyalty-checkout-discounts/query`]) {
    await shop.violates(/query\.cursorPaging\.limit/, 'POST', path, { query: { cursorPaging: { limit: 101 } } });
    await shop.violates(/query\.cursorPaging\.limit/, 'POST', path, { query: { cursorPaging: { limit: -1 } } });
    await shop.violates(/query\.sort/, 'POST', path, { query: { sort: sorts(6) } });
    await shop.ok('POST', path, { query: { cursorPaging: { limit: 100 } } });
    await shop.violates(/query\.cursorPaging\.cursor/, 'POST', path, { query: { cursorPaging: { cursor: 'x'.repeat(16_001) } } });
    const odd = await shop.call('POST', path, { query: { sort: [{ fieldName: 'x'.repeat(513), order: 'ASC' }] } });
    assert.equal(odd.status, 400, `${path}: ${odd.text}`);
  }
  await shop.violates(/search\.sort/, 'POST', `${accounts}/accounts/search`, { search: { sort: Array.from({ length: 11 }, () => ({ fieldName: 'points.balance', order: 'ASC' })) } });
  await shop.violates(/search\.search\.fields/, 'POST', `${accounts}/accounts/search`, { search: { search: { expression: 'a', fields: Array.from({ length: 21 }, () => 'contact.name') } } });
  await shop.violates(/search\.timeZone/, 'POST', `${accounts}/accounts/search`, { search: { timeZone: 'x'.repeat(51) } });
  await shop.violates(/description/, 'POST', `${accounts}/accounts/${account.id}/adjust-points`, { amount: 1, description: 'x'.repeat(101) });
  const { violatedRule, data } = await shop.violates('loyaltyProgram.name', 'PATCH', `${programs}/program`, { loyaltyProgram: { name: 'x' } });
  assert.equal(violatedRule, 'MIN_LENGTH');
  assert.equal(data?.threshold, 2);
  const unknown = await shop.violates('loyaltyProgram.nmae', 'PATCH', `${programs}/program`, { loyaltyProgram: { nmae: 'Typo' } });
  assert.equal(unknown.violatedRule, 'UNKNOWN_FIELD');
  const several = await shop.call('POST', `${tiers}/tiers`, { tier: { tierDefinition: { name: '' }, requiredPoints: 0 } });
  assert.deepEqual(several.body.details.validationError.fieldViolations.map((one) => one.field).sort(), ['tier.requiredPoints', 'tier.tierDefinition.name']);
});

test('row 144: names, revisions as text, dates in RFC 3339, decimals as text', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 15, member: true });
  const raw = (await shop.call('GET', `${accounts}/accounts/${account.id}`)).text;
  assert.match(raw, /"revision":"\d+"/);
  assert.match(raw, /"balance":15[,}]/);
  assert.doesNotMatch(raw, /"_id"|"_createdDate"|[a-z]_[a-z]/, 'no other spelling of names');
  assert.match(account.lastActivityDate, instant);
  const money = await shop.flexibleReward({ amount: '2.50', points: 10 });
  assert.match(money.discountAmount.configsByTier[0].amount, /^2\.50?$/);
  const coupon = await shop.couponReward({ points: 10, fixedAmount: 7.5 });
  const answer = (await shop.call('GET', `${rewards}/rewards/${coupon.id}`)).text;
  assert.match(answer, /"amount":7\.5[,}]/);
  for (const revision of ['1', 1]) {
    const { reward } = await shop.put(`${rewards}/rewards/${coupon.id}`, { reward: { id: coupon.id, name: coupon.name, revision } }).catch(async () => {
      const now = await shop.get(`${rewards}/rewards/${coupon.id}`);
      return shop.put(`${rewards}/rewards/${coupon.id}`, { reward: { id: coupon.id, name: coupon.name, revision: Number(now.reward.revision) } });
    });
    assert.equal(typeof reward.revision, 'string');
  }
  const [event] = (await shop.events()).slice(-1);
  assert.match(event.id, guid);
  assert.match(event.entityEventSequence, /^\d+$/);
  assert.match(event.eventTime, instant);
  // The same service under both of its roots.
  assert.deepEqual(await shop.get(`/_api${rewards}/rewards/${money.id}`), await shop.get(`${rewards}/rewards/${money.id}`));
  assert.deepEqual(await shop.get('/loyalty-earning-rules/v1/earning-rules/rules'), await shop.get(`${earningRules}/earning-rules/rules`));
  for (const [text, why] of [['{"loyaltyProgram":{"name":"A","name":"BB"}}', 'a key twice'], ['{"loyaltyProgram":', 'cut off'], ['[]', 'a list'], ['{"loyaltyProgram":{"name":"\xff"}}', 'bytes']]) {
    const bad = await shop.call('PATCH', `${programs}/program`, why === 'bytes' ? Buffer.from(text, 'latin1') : text);
    assert.equal(bad.status, 400, `${why}: ${bad.text}`);
  }
});

const compiled = new URL('../../web/dist/npm/core/index.js', import.meta.url);
test('row 145: the same request gives the same bytes again, here and in the compiled core of a browser',
  { skip: !existsSync(compiled) && 'web/dist is not built' }, async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 700 });
    const reward = await shop.flexibleReward({ amount: '0.37', points: 11 });
    await shop.couponReward({ points: 50, percentage: 12.5 });
    await shop.spendRule({ moneyAmount: 3, points: 7 });
    await shop.post('/loyalty-promotions/v1/promotions',
      { promotion: { name: 'Three off', trigger: 'automatic', conditions: { minSubtotal: 2000 }, effects: [{ kind: 'fixedAmount', amount: 300, target: 'order' }] } });
    const cart = cartOf({ lines: [{ unitPrice: 333, quantity: 3, taxRatePpm: 190_000 }, { unitPrice: 1999 }], shipping: [{ id: 'post', price: 490 }] });
    const intent = { chosen: [{ reward: { id: reward.id, points: 99 } }] };
    const ask = (want) => shop.call('POST', '/storefront/v1/quote', { cart, intent, want }, { as: member.token });
    const one = await ask(['digest', 'offers', 'explain']);
    assert.equal(one.status, 200, one.text);
    assert.equal(one.text, (await ask(['digest', 'offers', 'explain'])).text);
    assert.match(one.body.value.digest, /^[0-9a-f]{64}$/);
    const plain = await ask(['digest']);
    assert.equal(plain.body.value.digest, one.body.value.digest, 'what is wanted besides changes no amount');

    const { catalog } = await shop.get(`/storefront/v1/${shop.id}/bootstrap`, { as: null });
    const { account, serverTime } = await shop.get('/storefront/v1/me', { as: member.token });
    const { loadCore } = await import(compiled.href);
    const opened = (await loadCore()).open(catalog);
    assert.ok(opened.ok, JSON.stringify(opened.error));
    const prepared = opened.value.prepare({ account, cart, intent, now: serverTime });
    assert.ok(prepared.ok, JSON.stringify(prepared.error));
    const previewed = await prepared.value.answerText();
    assert.deepEqual(JSON.parse(previewed).value, plain.body.value);
    assert.equal(JSON.parse(previewed).value.digest, plain.body.value.digest);
    opened.value.close();
  });

test('health, readiness, metrics and the description of the API are served', async () => {
  for (const path of ['/healthz', '/readyz']) assert.equal((await server().call('GET', path, undefined, { as: null })).status, 200, path);
  const metrics = await server().call('GET', '/metrics', undefined, { as: server().keys.operator });
  assert.equal(metrics.status, 200);
  assert.match(metrics.text, /^# (HELP|TYPE) /m);
  const { body } = await server().call('GET', '/openapi.json', undefined, { as: null });
  assert.match(body.openapi, /^3\.1/);
  const described = new Set(Object.entries(body.paths).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb.toUpperCase()} ${path.replace(/\{[^}]+\}/g, '{}')}`)));
  const generic = (path) => path.replace(/^\/_api/, '').replace(/\?.*/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{}');
  const id = randomUUID();
  for (const [verb, path] of operations({ account: id, contact: id, transaction: id, tier: id })) {
    assert.ok(described.has(`${verb} ${generic(path)}`) || described.has(`${verb} /_api${generic(path)}`), `${verb} ${generic(path)} is described`);
  }
});

test('a key of a call that moves points is required, and a decline is replayed as it was', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ points: 10, member: true });
  const path = `${accounts}/accounts/${account.id}/redeem-points`;
  const without = await shop.call('POST', path, { points: 5 }, { key: null });
  assert.equal(without.status, 400, without.text);
  const key = randomUUID();
  await shop.refused('INSUFFICIENT_POINTS', 'POST', path, { points: 50 }, { key });
  await shop.earn(account.id, 100);
  const replay = await shop.call('POST', path, { points: 50 }, { key });
  assert.equal(replay.body.details.applicationError.code, 'INSUFFICIENT_POINTS');
  assert.equal(replay.headers.get('idempotent-replayed'), 'true');
  await shop.post(path, { points: 50 });
  assert.equal((await shop.accountNow(account.id)).points.balance, 60);
  const same = randomUUID();
  const answers = await Promise.all(Array.from({ length: 10 }, () => shop.call('POST', path, { points: 5 }, { key: same })));
  const texts = new Set(answers.filter((answer) => answer.status === 200).map((answer) => answer.text));
  assert.equal(texts.size, 1);
  assert.equal((await shop.accountNow(account.id)).points.balance, 55);
});

test('the console is served from its folder: under a page policy, compressed, and kept where its name changes', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-pages-'));
  const script = 'export const words = "' + 'console '.repeat(100) + '";';
  await mkdir(join(folder, 'console/assets'), { recursive: true });
  await writeFile(join(folder, 'console/index.html'), '<!doctype html><title>Console</title>');
  await writeFile(join(folder, 'console/assets/main-CgD6BJF-.js'), script);
  await writeFile(join(folder, 'console/assets/main-CgD6BJF-.js.br'), brotliCompressSync(script));
  const own = await Server.start({ args: ['--web', folder] });
  t.after(async () => {
    await own.stop();
    await rm(folder, { recursive: true });
  });
  const bare = await fetch(`${own.base}/console?to=members`, { redirect: 'manual' });
  assert.equal(bare.status, 308);
  assert.equal(bare.headers.get('location'), '/console/?to=members');
  const page = await fetch(`${own.base}/console/`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /^text\/html/);
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  assert.match(page.headers.get('content-security-policy'), /default-src 'none'.*connect-src 'self'/);
  const code = await fetch(`${own.base}/console/assets/main-CgD6BJF-.js`, { headers: { 'Accept-Encoding': 'br' } });
  assert.equal(code.headers.get('content-encoding'), 'br');
  assert.equal(code.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(await code.text(), script);
  assert.equal((await fetch(`${own.base}/console/nothing.js`)).status, 404);
});
