import type { Choice, Quote } from '../documents/index.js';
import { candidateOf, nameOfCandidate, sameCandidate, withoutRewards } from './choices.js';
import type { Candidate, Context } from './choices.js';

/** Why a choice does not run in this quote; nothing where it runs. */
export function rejectionOf(choice: Choice, quote: Quote, context: Context): Quote['rejected'][number] | undefined {
  const candidate = candidateOf(choice, context);
  return quote.rejected.find((row) => sameCandidate(row, candidate));
}

/** The same choices without one. */
export function without(chosen: readonly Choice[], candidate: Candidate, context: Context): Choice[] {
  return chosen.filter((choice) => !sameCandidate(candidateOf(choice, context), candidate));
}

/** Another reward instead of the one chosen, at the end, where a choice counts as the latest. */
export function withReward(chosen: readonly Choice[], id: string | null, points?: number): Choice[] {
  const others = withoutRewards(chosen);
  return id === null ? others : [...others, { reward: points === undefined ? { id } : { id, points } }];
}

export const sameChoices = (one: readonly Choice[], other: readonly Choice[]) => JSON.stringify(one) === JSON.stringify(other);

/** The same things are chosen, however they are named: a coupon of one's own by its id or by its code. */
export const sameCandidates = (one: readonly Choice[], other: readonly Choice[], context: Context) =>
  one.length === other.length && one.every((choice) => other.some((another) => sameCandidate(candidateOf(choice, context), candidateOf(another, context))));

/** The name of whatever has this id, wherever it comes from. */
export function nameOfId(id: string, context: Context, chosen: readonly Choice[]): string | null {
  for (const source of ['reward', 'coupon', 'referral', 'code', 'promotion'] as const) {
    const name = nameOfCandidate({ id, source }, context, chosen);
    if (name !== null) {
      return name;
    }
  }
  return null;
}
