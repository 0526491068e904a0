// The public operations, one call of each.

import { randomUUID } from 'node:crypto';
import { accounts, apps, coupons, earningRules, exchange, imports, programs, rewards, socialMedia, tiers, transactions } from './harness.mjs';

/** One call of each public operation: [verb, path, body, who besides the application may]. */
export const operations = (ids) => [
  ['GET', `${programs}/program`],
  ['PATCH', `${programs}/program`, { loyaltyProgram: { name: 'Named' } }],
  ['POST', `${programs}/program/activate`, {}],
  ['POST', `${programs}/program/pause`, {}],
  ['GET', `${programs}/program/premium-features`],
  ['POST', `${programs}/program/points-expiration/enable`, {}],
  ['POST', `${programs}/program/points-expiration/disable`, {}],
  ['POST', `${accounts}/accounts`, { contactId: ids.contact }],
  ['POST', `${accounts}/accounts/${ids.account}/earn-points`, { amount: 1, appId: 'a', idempotencyKey: 'k' }],
  ['POST', `${accounts}/accounts/${ids.account}/adjust-points`, { amount: 1 }],
  ['GET', `${accounts}/accounts/${ids.account}`],
  ['POST', `${accounts}/accounts/query`, { query: {} }],
  ['GET', `${accounts}/accounts/program-totals`],
  ['GET', `${accounts}/accounts/fetch-by?contactId=${ids.contact}`],
  ['GET', `${accounts}/accounts`],
  ['POST', `${accounts}/accounts/search`, { search: {} }],
  ['POST', `${accounts}/accounts/count`, {}],
  ['POST', `${accounts}/accounts/bulk-adjust`, { amount: 1, search: { filter: { 'contact.id': ids.contact } } }],
  ['GET', `${transactions}/loyalty-transactions/${ids.transaction}`],
  ['POST', `${transactions}/loyalty-transactions/query`, { query: {} }],
  ['POST', `${tiers}/tiers`, { tier: { tierDefinition: { name: 'T' }, requiredPoints: 1 } }],
  ['POST', `${tiers}/bulk/tiers/create`, { tiers: [{ tierDefinition: { name: 'U' }, requiredPoints: 2 }] }],
  ['GET', `${tiers}/tiers/${ids.tier}`],
  ['PATCH', `${tiers}/tiers/${ids.tier}`, { tier: { id: ids.tier, revision: '1', requiredPoints: 3 } }],
  ['DELETE', `${tiers}/tiers/${ids.tier}?revision=1`],
  ['GET', `${tiers}/tiers`],
  ['POST', `${tiers}/tiers/program-settings`, { programSettings: { status: 'ACTIVE', rollingWindow: { durationInMonths: 12 } } }],
  ['GET', `${tiers}/tiers/program`],
  ['GET', `${tiers}/tiers/program-settings`],
  ['PATCH', `${tiers}/tiers/program-settings`, { programSettings: { status: 'ACTIVE', revision: '1', rollingWindow: { durationInMonths: 12 } } }],
  ['POST', `${earningRules}/earning-rules`, { earningRule: ids.rule }],
  ['POST', `${earningRules}/bulk/earning-rules/create`, { earningRules: [ids.rule] }],
  ['POST', `${earningRules}/earning-rules/custom`, { type: 'BIRTHDAY', earningRule: { title: 'B', fixedAmount: { configs: [{ points: 1 }] } } }],
  ['GET', `${earningRules}/earning-rules/${randomUUID()}`],
  ['PUT', `${earningRules}/earning-rules/${ids.account}`, { earningRule: { id: ids.account, revision: '1', title: 'x' } }],
  ['DELETE', `${earningRules}/earning-rules/${ids.account}?revision=1`],
  ['DELETE', `${earningRules}/automation-earning-rules/${ids.account}`],
  ['GET', `${earningRules}/earning-rules/rules`],
  ['POST', `${rewards}/rewards`, { reward: ids.reward }],
  ['POST', `${rewards}/bulk/rewards/create`, { rewards: [ids.reward] }],
  ['GET', `${rewards}/rewards/${ids.account}`],
  ['POST', `${rewards}/rewards/query`, { query: {} }],
  ['PUT', `${rewards}/rewards/${ids.account}`, { reward: { id: ids.account, revision: '1', name: 'x' } }],
  ['DELETE', `${rewards}/rewards/${ids.account}?revision=1`],
  ['GET', `${rewards}/rewards`],
  ['POST', `${coupons}/coupons`, { rewardId: ids.account, loyaltyAccountId: ids.account }],
  ['GET', `${coupons}/coupons/${ids.account}`],
  ['POST', `${coupons}/coupons/query`, { query: {} }],
  ['DELETE', `${coupons}/coupons/${ids.account}?revision=1`],
  ['POST', `${imports}/loyalty-imports`, { fileUrl: 'http://example.com/x.csv' }],
  ['GET', `${imports}/loyalty-imports?loyaltyImportId=${ids.account}`],
  ['GET', `${imports}/loyalty-imports/error-file-download-url?loyaltyImportId=${ids.account}`],
  ['POST', `${imports}/loyalty-imports/execute`, { loyaltyImportId: ids.account }],
  ['POST', `${imports}/loyalty-imports/wixmp-upload-url`, {}],
  ['POST', `${imports}/loyalty-imports/query`, { query: {} }],
  ['GET', `${accounts}/accounts/my-account`, undefined, 'member'],
  ['GET', `${coupons}/coupons/my-coupons`, undefined, 'member'],
  ['POST', `${coupons}/coupons/redeem-my-coupon`, { rewardId: ids.account }, 'member'],
  ['POST', `${exchange}/loyalty-checkout-discount`, { checkoutId: ids.account, reward: { id: ids.account, revision: '1', pointsToSpend: 1 } }, 'member'],
  ['POST', `${exchange}/loyalty-checkout-discounts/query`, { query: {} }, 'member'],
  ['POST', `${socialMedia}/followed-channels`, { followedChannel: { channel: 'X' } }, 'member'],
  ['GET', `${socialMedia}/followed-channels`, undefined, 'member'],
  ['GET', `${programs}/bulk/programs`, undefined, 'user'],
  ['GET', `${rewards}/bulk/rewards`, undefined, 'user'],
  ['GET', `${coupons}/bulk/coupons`, undefined, 'user'],
];
/** What the calls need: an account with a movement, a tier, a rule and a reward to make. */
export async function matter(shop) {
  const account = await shop.account({ points: 5, member: true });
  const tier = await shop.tier('Gold', 100);
  const [{ id: transaction }] = await shop.movements(account.id);
  return {
    account: account.id, contact: account.contactId, transaction, tier: tier.id, memberId: account.memberId,
    rule: { sourceAppId: apps.loyalty, triggerAppId: apps.stores, triggerActivityType: 'stores/OrderPaid', title: 'R', status: 'ACTIVE', fixedAmount: { configs: [{ points: 1 }] } },
    reward: { name: 'R', type: 'DISCOUNT_AMOUNT', discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }] } },
  };
}
