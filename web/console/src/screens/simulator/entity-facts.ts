import type { Catalog, Conditions, EarningRule, Effect, Promotion, Reward, Tier } from '../../../../src/documents/index.js';
import { tagsText } from '../../explain/reasons.js';
import { effectWords, type SummaryWords } from '../../rules/promotion-summary.js';

/** What can be said of an entity, each under a name of its own. */
export type Facts = ReadonlyMap<string, string>;

export interface FactWords extends SummaryWords {
  readonly points: (count: number) => string;
  readonly number: (count: number) => string;
  /** What the base tier is called. */
  readonly baseTier: string;
}

type Row = readonly [label: string, text: string | undefined | false];
const factsOf = (rows: readonly Row[]): Facts => new Map(rows.filter((row): row is readonly [string, string] => typeof row[1] === 'string'));
const yesNo = (value: boolean | undefined): string => (value ? 'Yes' : 'No');
const orNone = <T>(value: T | undefined, write: (value: T) => string): string | undefined => (value === undefined ? undefined : write(value));

const tierText = (id: string | undefined, words: FactWords): string => (id === undefined ? words.baseTier : (words.tiers.get(id) ?? 'A tier that is gone'));

/** An effect in words; points as money says what a point is worth. */
function effectText(effect: Effect, words: FactWords): string {
  if (effect.kind !== 'pointsAsMoney') {
    return effectWords(effect, words);
  }
  const bounds = [
    effect.minPoints !== undefined && `from ${words.points(effect.minPoints)}`,
    effect.stepPoints !== undefined && `in steps of ${words.number(effect.stepPoints)}`,
    effect.maxPoints !== undefined && `at most ${words.points(effect.maxPoints)}`,
    effect.maxDiscount !== undefined && `at most ${words.money(effect.maxDiscount)}`,
  ].filter(Boolean);
  return `${words.money(effect.amount)} off each time${bounds.length > 0 ? ` (${bounds.join(', ')})` : ''}`;
}

const effectsText = (effects: readonly Effect[], words: FactWords): string => (effects.length === 0 ? 'nothing' : effects.map((effect) => effectText(effect, words)).join(', and '));

function conditionRows(conditions: Conditions | undefined, words: FactWords): readonly Row[] {
  const { startsAt, endsAt, minSubtotal, minSubtotalOf, minQuantity, minQuantityOf, minLineQuantity, containsTags, tierIds, membersOnly, customerTags, orderNumber, shippingMethods } = conditions ?? {};
  const scope = (of: { readonly include?: readonly string[] }) => (of.include ? tagsText(of.include) : 'all goods');
  return [
    ['Starts', orNone(startsAt, words.dateTime)],
    ['Ends', orNone(endsAt, words.dateTime)],
    ['Smallest subtotal', orNone(minSubtotal, words.money)],
    ['Smallest subtotal of certain goods', orNone(minSubtotalOf, (of) => `${words.money(of.amount)} of ${scope(of.scope)}`)],
    ['Smallest quantity', orNone(minQuantity, words.number)],
    ['Smallest quantity of certain goods', orNone(minQuantityOf, (of) => `${words.number(of.quantity)} of ${scope(of.scope)}`)],
    ['Smallest quantity of one line', orNone(minLineQuantity, words.number)],
    ['Goods in the cart', orNone(containsTags, tagsText)],
    ['Tiers', orNone(tierIds, (ids) => ids.map((id) => tierText(id, words)).join(', '))],
    ['Members only', orNone(membersOnly, yesNo)],
    ['Customers with a tag', orNone(customerTags, (tags) => tags.join(', '))],
    ['Number of the order', orNone(orderNumber, words.number)],
    ['Delivery methods', orNone(shippingMethods, (ids) => ids.join(', '))],
  ];
}

const REWARD_TYPES = { DISCOUNT_AMOUNT: 'Points as money at the checkout', COUPON_REWARD: 'Coupon' } as const;

export const rewardFacts = (reward: Reward, words: FactWords): Facts =>
  factsOf([
    ['Name', reward.name],
    ['Kind', REWARD_TYPES[reward.type]],
    ['Switched on', yesNo(reward.active)],
    ['Excludes others', orNone(reward.exclusive, yesNo)],
    ['Priority', orNone(reward.priority, words.number)],
    ...conditionRows(reward.conditions, words),
    ...reward.configs.map((config) => [tierText(config.tierId, words), `${words.points(config.costInPoints)}: ${effectsText(config.effects, words)}`] as const),
  ]);

export const promotionFacts = (promotion: Promotion, words: FactWords): Facts =>
  factsOf([
    ['Name', promotion.name],
    ['Runs', promotion.trigger === 'automatic' ? 'By itself' : `With a code: ${promotion.codes.join(', ')}`],
    ['Does', effectsText(promotion.effects, words)],
    ['Lane', promotion.lane],
    ['Priority', orNone(promotion.priority, words.number)],
    ['Excludes others', orNone(promotion.exclusive, yesNo)],
    ...conditionRows(promotion.conditions, words),
    ['Uses left', orNone(promotion.limits?.usesLeft, words.number)],
    ['Uses left for this customer', orNone(promotion.limits?.usesLeftForCustomer, words.number)],
    ['Budget left', orNone(promotion.limits?.budgetLeft, words.money)],
  ]);

const BASES = { afterDiscounts: 'What is paid after discounts', subtotal: 'The subtotal before discounts', total: 'The total' } as const;

export const earningFacts = (rule: EarningRule, words: FactWords): Facts =>
  factsOf([
    ['Name', rule.title],
    ['For', rule.trigger],
    ['Switched on', yesNo(rule.status === 'ACTIVE')],
    ['Counted on', rule.base && BASES[rule.base]],
    ['Goods', orNone(rule.scope?.include, tagsText)],
    ['At most', orNone(rule.maxPoints, words.points)],
    ...rule.configs.map((config) => {
      const text = config.conversion === undefined ? words.points(config.points) : `${words.points(config.conversion.points)} per ${words.number(config.conversion.moneyAmount)} of the currency`;
      return [tierText(config.tierId, words), text] as const;
    }),
  ]);

export const tierFacts = (tier: Tier, words: FactWords): Facts => factsOf([['Name', tier.name], ['Needs', words.points(tier.requiredPoints)]]);

/** What is so for the whole program. */
export function programFacts({ program, policy = {}, currency, timeZone, tiersActive }: Catalog): Facts {
  const names = Object.entries(program.pointName ?? {}).map(([locale, forms]) => [`Name of points (${locale})`, typeof forms === 'string' ? forms : Object.values(forms).join(', ')] as const);
  return factsOf([
    ['Name', program.name],
    ['Status', program.status],
    ['Currency', currency],
    ['Time zone', timeZone],
    ['Tiers switched on', yesNo(tiersActive)],
    ...names,
    ...Object.entries(policy).map(([name, value]) => [`Rule “${name}”`, String(value)] as const),
  ]);
}
