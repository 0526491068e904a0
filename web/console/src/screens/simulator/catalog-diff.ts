import type { Catalog } from '../../../../src/documents/index.js';
import { earningFacts, type Facts, type FactWords, programFacts, promotionFacts, rewardFacts, tierFacts } from './entity-facts.js';

export interface FieldDiff {
  readonly label: string;
  /** null: was not there, or is not there any more. */
  readonly from: string | null;
  readonly to: string | null;
}

export interface EntityDiff {
  readonly kind: string;
  readonly name: string;
  readonly change: 'added' | 'changed' | 'removed';
  /** What is different; of what is added or removed, all of it. */
  readonly fields: readonly FieldDiff[];
}

function fieldsOf(from: Facts, to: Facts): readonly FieldDiff[] {
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((label) => ({ label, from: from.get(label) ?? null, to: to.get(label) ?? null }))
    .filter((field) => field.from !== field.to);
}

const NOTHING: Facts = new Map();

function entityDiff(kind: string, from: Facts | undefined, to: Facts | undefined): EntityDiff | null {
  const fields = fieldsOf(from ?? NOTHING, to ?? NOTHING);
  const name = to?.get('Name') ?? from?.get('Name') ?? kind;
  return fields.length === 0 ? null : { kind, name, change: from === undefined ? 'added' : to === undefined ? 'removed' : 'changed', fields };
}

/** Entities of one kind, matched by their ids; what is new comes last. */
function diffsOf<T extends { readonly id: string }>(kind: string, live: readonly T[] | undefined, draft: readonly T[] | undefined, factsOf: (one: T) => Facts): readonly EntityDiff[] {
  const after = new Map((draft ?? []).map((one) => [one.id, one]));
  const before = new Set((live ?? []).map(({ id }) => id));
  const facts = (one: T | undefined) => (one === undefined ? undefined : factsOf(one));
  return [
    ...(live ?? []).map((one) => entityDiff(kind, facts(one), facts(after.get(one.id)))),
    ...(draft ?? []).filter(({ id }) => !before.has(id)).map((one) => entityDiff(kind, undefined, facts(one))),
  ].filter((one): one is EntityDiff => one !== null);
}

/** All that a draft changes, entity by entity, field by field. */
export function catalogDiff(live: Catalog, draft: Catalog, words: FactWords): readonly EntityDiff[] {
  const program = entityDiff('Program', programFacts(live), programFacts(draft));
  return [
    ...(program ? [program] : []),
    ...diffsOf('Tier', live.tiers, draft.tiers, (one) => tierFacts(one, words)),
    ...diffsOf('Way to earn', live.earningRules, draft.earningRules, (one) => earningFacts(one, words)),
    ...diffsOf('Reward', live.rewards, draft.rewards, (one) => rewardFacts(one, words)),
    ...diffsOf('Promotion', live.promotions, draft.promotions, (one) => promotionFacts(one, words)),
  ];
}

/** Tiers by id of both catalogs, for the words of conditions. */
export const tierNames = (...catalogs: readonly Catalog[]): ReadonlyMap<string, string> =>
  new Map(catalogs.flatMap((catalog) => (catalog.tiers ?? []).map((tier) => [tier.id, tier.name ?? tier.id] as const)));
