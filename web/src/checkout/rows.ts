import type { Account, Catalog, Offer, Reward, Tier } from '../documents/index.js';

const OF_THE_MEMBER: readonly string[] = ['INSUFFICIENT_POINTS', 'REWARD_NOT_AVAILABLE_FOR_TIER', 'TIER_REQUIRED', 'SIGN_IN_REQUIRED'];
const NOT_OFFERED: readonly string[] = ['REWARD_NOT_ACTIVE', 'REWARD_NOT_FOUND', 'PROGRAM_NOT_ACTIVE'];

/** Whether nothing in this cart could make an offer usable. */
export const isBlockedByMember = (offer: Offer) =>
  offer.code !== undefined && (OF_THE_MEMBER.includes(offer.code) || NOT_OFFERED.includes(offer.code));

/** Rewards that are worth a row: those that a shop offers at all. */
export const isShown = (offer: Offer) => offer.code === undefined || !NOT_OFFERED.includes(offer.code);

/** The config of a reward that holds for a member's tier. */
export function configOf(reward: Reward, catalog: Catalog, account: Account | null): Reward['configs'][number] | undefined {
  const tier = catalog.tiersActive ? account?.tierId : undefined;
  return reward.configs.find((config) => config.tierId === tier);
}

/** What so many points are worth: "100 Stars = $1.00" comes from the rules, not from a division. */
export function rateOf(
  reward: Reward,
  catalog: Catalog,
  account: Account | null,
): { readonly points: number; readonly amount: number } | null {
  const config = configOf(reward, catalog, account);
  const effect = config?.effects.find((one) => one.kind === 'pointsAsMoney');
  return config && effect ? { points: effect.costInPoints ?? config.costInPoints, amount: effect.amount } : null;
}

export interface TierPlace {
  readonly current: Tier | null;
  readonly next: Tier | null;
  readonly points: number;
}

/** Where a member stands. Only compares; distances are not computed here. */
export function tierPlace(catalog: Catalog, account: Account | null): TierPlace | null {
  const tiers = catalog.tiers ?? [];
  if (!account || !catalog.tiersActive || tiers.length === 0) {
    return null;
  }
  const points = account.tierPoints ?? 0;
  const next = tiers
    .filter((tier) => tier.requiredPoints > points)
    .reduce<Tier | null>((least, tier) => (least && least.requiredPoints <= tier.requiredPoints ? least : tier), null);
  return { current: tiers.find((tier) => tier.id === account.tierId) ?? null, next, points };
}
