import type { Account, Catalog, Choice, Promotion, Source } from '../documents/index.js';

/** The row of a quote that a choice leads to. */
export interface Candidate {
  readonly id: string;
  readonly source: Source;
}

/** What the ids of a checkout stand for. */
export interface Context {
  readonly catalog: Catalog;
  readonly account: Account | null;
  readonly resolved: readonly Promotion[];
}

const sameText = (one: string, other: string) => one.trim().toUpperCase() === other.trim().toUpperCase();

/** The same lookup that the core does: an owned coupon's code first, then promotions with codes. */
export function candidateOf(choice: Choice, context: Context): Candidate {
  if (choice.reward) {
    return { id: choice.reward.id, source: 'reward' };
  }
  if (choice.coupon) {
    return { id: choice.coupon.id, source: 'coupon' };
  }
  if (choice.referralReward) {
    return { id: choice.referralReward.id, source: 'referral' };
  }
  const text = choice.code.text;
  const coupon = context.account?.coupons?.find((owned) => owned.code !== undefined && sameText(owned.code, text));
  if (coupon) {
    return { id: coupon.id, source: 'coupon' };
  }
  const promotion = [...(context.catalog.promotions ?? []), ...context.resolved].find(
    (one) => one.trigger === 'code' && one.codes.some((code) => sameText(code, text)),
  );
  return { id: promotion?.id ?? text.trim(), source: 'code' };
}

export const sameCandidate = (one: Candidate, other: Candidate) => one.id === other.id && one.source === other.source;

/** A name for people: of a reward, coupon, promotion or the code as it was entered. */
export function nameOfCandidate(candidate: Candidate, context: Context, chosen: readonly Choice[]): string | null {
  const { catalog, account, resolved } = context;
  switch (candidate.source) {
    case 'reward':
      return catalog.rewards?.find((one) => one.id === candidate.id)?.name ?? null;
    case 'coupon':
    case 'referral': {
      const own = [...(account?.coupons ?? []), ...(account?.referralRewards ?? [])].find((one) => one.id === candidate.id);
      return own?.name ?? own?.code ?? null;
    }
    default: {
      const entered = chosen.find((choice) => choice.code && sameCandidate(candidateOf(choice, context), candidate));
      return (
        entered?.code?.text.trim().toUpperCase() ??
        [...(catalog.promotions ?? []), ...resolved].find((one) => one.id === candidate.id)?.name ??
        null
      );
    }
  }
}

/** The choices but for rewards: what every reward is compared on top of. */
export function withoutRewards(chosen: readonly Choice[]): Choice[] {
  return chosen.filter((choice) => !choice.reward);
}
