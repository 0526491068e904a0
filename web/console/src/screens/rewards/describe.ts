import { minorOf, type Wording } from '../../app/wording.js';
import type { EarningRule, Reward, RewardConfig, TiersProgram } from '../../rules/model.js';
import { tierLevels } from '../../rules/model.js';
import { listed } from '../../rules/words.js';
import { type Earning, earningOf, percentBack, spendFor } from '../../rules/worth.js';
import { configsOf, kindOf, scopeKey, SCOPES } from './values.js';

/** "$5.00 off", "10% off", "free shipping". */
function valueWords({ amount }: Pick<Wording, 'amount'>, reward: Reward, config: RewardConfig): string {
  switch (kindOf(reward)) {
    case 'flexible':
    case 'fixed':
      return `${amount(String(config.amount))} off`;
    case 'percent':
      return `${config.percentage}% off`;
    case 'shipping':
      return 'free shipping';
  }
}

export interface RewardWords {
  /** What the tiers that can have it get: "Bronze and Silver: $5.00 off for 500 Stars". */
  readonly configs: readonly string[];
  /** "Not for Bronze: it has no entry for that tier." */
  readonly missing: string | null;
  /** "from $20.00", "one item only". */
  readonly conditions: readonly string[];
  /** What it gives back, by the base tier or the first that has it. */
  readonly estimate: string | null;
  /** The same of the other tiers: "Silver: about 2.4%". */
  readonly others: readonly string[];
}

function conditionsOf(words: Wording, { couponReward, discountAmount, customConditions }: Reward): readonly string[] {
  const scope = couponReward?.scope;
  const entity = scope?.group?.entityId;
  const { minOrders, minSpend, withinDays } = customConditions ?? {};
  const asked = [...(minOrders ? [`${words.number(minOrders)} ${minOrders === 1 ? 'order' : 'orders'}`] : []), ...(minSpend !== undefined ? [`orders for ${words.amount(String(minSpend))}`] : [])];
  return [
    ...(couponReward?.minimumSubtotal !== undefined ? [`for goods from ${words.amount(String(couponReward.minimumSubtotal))}`] : []),
    ...(scope ? [`on: ${(SCOPES.find(([value]) => value === scopeKey(scope))?.[1] ?? scopeKey(scope)).toLowerCase()}${entity ? ` (${entity})` : ''}`] : []),
    ...(couponReward?.limitedToOneItem ? ['on one item only'] : []),
    ...(couponReward?.appliesToSubscriptions
      ? [couponReward.discountedCycleCount ? `on the first ${words.number(couponReward.discountedCycleCount)} payments of subscriptions too` : 'on subscriptions too']
      : []),
    ...(discountAmount?.minPoints ? [`from ${words.points(discountAmount.minPoints)}`] : []),
    ...(discountAmount?.maxPoints ? [`at most ${words.points(discountAmount.maxPoints)} an order`] : []),
    ...(discountAmount?.stepPoints ? [`in steps of ${words.points(discountAmount.stepPoints)}`] : []),
    ...(discountAmount?.maxShareOfOrder !== undefined ? [`at most ${discountAmount.maxShareOfOrder}% of the goods`] : []),
    ...(asked.length > 0 ? [`for members with ${listed(asked)}${withinDays ? ` in the last ${words.number(withinDays)} days` : ''}`] : []),
  ];
}

function rateWords(words: Wording, { points, perMinor }: Earning): string {
  // As many points as a whole unit of money brings where that is a whole number; else the money that one point takes.
  const unit = BigInt(minorOf('1', words.currency) ?? 1);
  return (points * unit) % perMinor === 0n
    ? `${words.points(Number((points * unit) / perMinor))} for each ${words.amount('1')}`
    : `${words.points(1)} for about each ${words.money(spendFor(1, { points, perMinor }))}`;
}

/**
 * "500 Stars are worth $5.00. At 1 Star for each $1.00 that gives back about 1.0%." Of what has no fixed value: how much a
 * member spends to earn it. Null where nothing is earned by spending.
 */
function estimateOf(words: Wording, rules: readonly EarningRule[], config: RewardConfig): string | null {
  const { costInPoints } = config;
  const value = config.amount === undefined ? null : minorOf(String(config.amount), words.currency);
  const worth = value === null ? '' : `${words.points(costInPoints)} ${costInPoints === 1 ? 'is' : 'are'} worth ${words.money(value)}. `;
  const earning = earningOf(rules, config.tierId, words.currency);
  if (earning === null) {
    return worth === '' ? null : worth.trim();
  }
  const rate = rateWords(words, earning);
  return value === null
    ? `At ${rate} a member spends about ${words.money(spendFor(costInPoints, earning))} to earn it.`
    : `${worth}At ${rate} that gives back about ${percentBack(value, costInPoints, earning)}%.`;
}

function shortEstimate(words: Wording, rules: readonly EarningRule[], { tierId, amount, costInPoints }: RewardConfig): string | null {
  const earning = earningOf(rules, tierId, words.currency);
  const value = amount === undefined ? null : minorOf(String(amount), words.currency);
  return earning === null ? null : value === null ? `about ${words.money(spendFor(costInPoints, earning))}` : `about ${percentBack(value, costInPoints, earning)}%`;
}

/** Tiers for which the same is said are said together. */
function grouped(said: readonly (readonly [name: string, words: string])[]): readonly string[] {
  const byWords = new Map<string, string[]>();
  for (const [name, words] of said) {
    byWords.set(words, [...(byWords.get(words) ?? []), name]);
  }
  return [...byWords].map(([words, names]) => `${listed(names)}: ${words}`);
}

export function describeReward(words: Wording, program: TiersProgram, rules: readonly EarningRule[], reward: Reward): RewardWords {
  const all = configsOf(reward);
  const levels = tierLevels(program);
  const found = levels.flatMap(({ id, name }) => {
    const config = all.find(({ tierId }) => tierId === id);
    return config ? [{ name, config }] : [];
  });
  const missing = levels.filter(({ name }) => !found.some((one) => one.name === name)).map(({ name }) => name);
  const first = found[0]?.config;
  const said = (config: RewardConfig) => `${valueWords(words, reward, config)} for ${words.points(config.costInPoints)}`;
  return {
    configs: levels.length > 1 ? grouped(found.map(({ name, config }) => [name, said(config)] as const)) : found.map(({ config }) => said(config)),
    missing: missing.length === 0 || found.length === 0 ? null : `Not for ${listed(missing, 'or')}: there is no entry for ${missing.length === 1 ? 'that tier' : 'those tiers'}.`,
    conditions: [...conditionsOf(words, reward), ...(found.length < all.length ? ['entries for tiers that are gone are not used'] : [])],
    estimate: first ? estimateOf(words, rules, first) : null,
    others: grouped(
      found.slice(1).flatMap(({ name, config }) => {
        const short = shortEstimate(words, rules, config);
        return short === null ? [] : [[name, short] as const];
      }),
    ),
  };
}
