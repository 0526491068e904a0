import type { Context } from '../../app/context.js';
import type { Conversion, EarningRule, TierConfig, TiersProgram } from '../../rules/model.js';
import { tierLevels } from '../../rules/model.js';
import { activityOf } from './activities.js';
import { GRANT_MAX } from './values.js';

type Words = Pick<Context, 'points' | 'amount'>;

const amountWords = (words: Words, { points, moneyAmount }: Conversion): string => `${words.points(points)} for each ${words.amount(String(moneyAmount))}`;

/** "Silver: 3 Stars for each $1.00", where it is not what the base tier has. Tiers that are gone are left out, as by the server. */
function byTier<C extends TierConfig>(program: TiersProgram, configs: readonly C[], say: (config: C) => string): { readonly base: string | null; readonly tiers: readonly string[] } {
  const said = (id: string | undefined) => {
    const config = configs.find(({ tierId }) => tierId === id);
    return config ? say(config) : null;
  };
  const base = said(undefined);
  const others = tierLevels(program).flatMap(({ id, name }) => (id === undefined || said(id) === null || said(id) === base ? [] : [`${name}: ${said(id)}`]));
  return { base, tiers: others };
}

export interface RuleWords {
  /** "2 Stars for each $1.00". */
  readonly award: string;
  /** What tiers earn otherwise. */
  readonly tiers: readonly string[];
  /** "at most 500 Stars an order", "once a person". */
  readonly limits: readonly string[];
}

/** A rule's own numbers in words; nothing is computed. */
export function describeRule(words: Words, program: TiersProgram, rule: EarningRule): RuleWords {
  const { base, tiers } = rule.conversionRate
    ? byTier(program, rule.conversionRate.configs, (config) => amountWords(words, config))
    : byTier(program, rule.fixedAmount?.configs ?? [], ({ points }) => words.points(points));
  const baseName = tierLevels(program)[0]!.name;
  const own = (rule.conversionRate ?? rule.fixedAmount)?.configs.filter(({ tierId }) => tierId !== undefined).length ?? 0;
  const isForSome = program.tiers.length > own && rule.baseAppliesToAll !== true && base !== null;
  return {
    award: base ?? `Nothing for ${baseName}`,
    tiers,
    limits: [
      ...(isForSome ? [own === 0 ? `for ${baseName} only` : `nothing for tiers without a value of their own`] : []),
      ...(rule.maxPoints !== undefined && rule.maxPoints < GRANT_MAX ? [`at most ${words.points(rule.maxPoints)} ${activityOf(rule).lines ? 'an order' : 'each time'}`] : []),
      ...(rule.oncePerPerson ? ['once a person'] : []),
    ],
  };
}
