import { configOf, rateOf, tierPlace } from '../checkout/rows.js';
import type { ProgramSnapshot } from '../checkout/types.js';
import type {
  MemberAccount,
  MemberCoupon,
  MemberOverview,
  MemberReward,
  TierStanding,
  WayToEarn,
} from '../client/member.js';
import type { Account, Catalog, Coupon, EarningRule, Reward } from '../documents/index.js';
import { decimalsOf } from '../text/currency.js';

/** An account as far as it is known: of the core's document only what can be spent. */
export type PageAccount = Pick<MemberAccount, 'available' | 'held' | 'pending'> & Partial<MemberAccount>;

/** A coupon as far as it is known. */
export type PageCoupon = Pick<MemberCoupon, 'id' | 'code' | 'name' | 'status'> & Partial<MemberCoupon>;

/** What the page is drawn from. A store's overview is one; a page without a store has less. */
export interface PageData extends Omit<MemberOverview, 'account' | 'coupons' | 'serverTime' | 'member'> {
  readonly member: { readonly name?: string };
  readonly account?: PageAccount;
  readonly coupons: readonly PageCoupon[];
}

/** What can be given as the member: a store's overview, or the core's account document. */
export type GivenMember = MemberOverview | Account;

export const isOverview = (given: GivenMember): given is MemberOverview => 'program' in given;

function couponOf({ id, code = '', name = '', status, expiresAt }: Coupon): PageCoupon {
  return { id, code, name, status, ...(expiresAt !== undefined && { expiresAt }) };
}

function rewardOf(reward: Reward, catalog: Catalog, account: Account): MemberReward | null {
  const config = configOf(reward, catalog, account);
  if (!reward.active || !config) {
    return null;
  }
  const rate = rateOf(reward, catalog, account);
  const [effect] = config.effects;
  const cost = rate?.points ?? config.costInPoints;
  const isAffordable = account.available >= cost;
  const isForCheckout = rate !== null || reward.type === 'DISCOUNT_AMOUNT';
  const isPaused = catalog.program.status !== 'ACTIVE';
  const reason = isForCheckout ? 'AT_CHECKOUT' : isPaused ? 'PROGRAM_PAUSED' : isAffordable ? null : 'INSUFFICIENT_POINTS';
  const minimum = reward.conditions?.minSubtotal;
  return {
    id: reward.id,
    name: reward.name ?? reward.id,
    type: reward.type === 'COUPON_REWARD' ? 'COUPON' : 'DISCOUNT_AMOUNT',
    cost,
    missing: Math.max(0, cost - account.available),
    affordable: isAffordable,
    redeemable: reason === null,
    ...(reason && { reason }),
    ...(reward.revision !== undefined && { revision: reward.revision }),
    ...(rate && { perCost: { points: rate.points, amountMinor: rate.amount } }),
    ...(effect?.kind === 'percent' && { percentagePpm: effect.ratePpm }),
    ...(effect?.kind === 'fixedAmount' && { amountMinor: effect.amount }),
    ...(effect?.kind === 'freeShipping' && { freeShipping: true }),
    ...(minimum !== undefined && { minimumSubtotalMinor: minimum }),
  };
}

function wayOf(rule: EarningRule, currency: string, tierId: string | undefined): WayToEarn | null {
  const config = rule.configs.find((one) => one.tierId === tierId) ?? (rule.baseAppliesToAll ? rule.configs.find((one) => one.tierId === undefined) : undefined);
  if (rule.status !== 'ACTIVE' || !config) {
    return null;
  }
  const { points, conversion } = config;
  return {
    id: rule.id,
    name: rule.title ?? rule.id,
    activity: rule.trigger,
    ...(points !== undefined && { points }),
    // The rules name whole units of the currency.
    ...(conversion && { per: { amountMinor: conversion.moneyAmount * 10 ** decimalsOf(currency), points: conversion.points } }),
  };
}

const isThere = <T>(one: T | null): one is T => one !== null;

/** How to earn, at a tier; without one, at the base. */
export function waysOf({ earningRules = [], currency }: Catalog, tierId?: string): readonly WayToEarn[] {
  return earningRules.map((rule) => wayOf(rule, currency, tierId)).filter(isThere);
}

function standingOf(catalog: Catalog, account: Account): TierStanding | null {
  const place = tierPlace(catalog, account);
  const tiers = catalog.tiers ?? [];
  if (!place) {
    return null;
  }
  const { current, next, points } = place;
  const level = { id: current?.id ?? '', name: current?.name ?? '' };
  return {
    status: 'ACTIVE',
    points,
    current: level,
    ...(next && { next: { id: next.id, name: next.name ?? next.id, requiredPoints: next.requiredPoints, missing: next.requiredPoints - points } }),
    levels: [
      { id: '', name: '', requiredPoints: 0, reached: true },
      ...tiers.map(({ id, name = id, requiredPoints }) => ({ id, name, requiredPoints, reached: requiredPoints <= points })),
    ],
  };
}

/** The page's data of what a page without a store has: the account and the published rules. */
export function fromDocuments(account: Account, { catalog }: ProgramSnapshot): PageData {
  const { program, currency, timeZone = 'UTC' } = catalog;
  const tier = standingOf(catalog, account);
  return {
    timeZone,
    currency,
    program: { status: program.status === 'ACTIVE' || program.status === 'PAUSED' ? program.status : 'DRAFT', name: program.name ?? '' },
    member: {},
    account: { available: account.available, held: account.held ?? 0, pending: account.pending ?? 0 },
    holds: [],
    pendingOrders: [],
    ...(tier && { tier }),
    rewards: (catalog.rewards ?? []).map((reward) => rewardOf(reward, catalog, account)).filter(isThere),
    coupons: (account.coupons ?? []).map(couponOf),
    ways: waysOf(catalog, account.tierId),
  };
}

/** Nothing was ever earned: somebody who has just joined, or has not yet. */
export function isNew({ account, coupons }: PageData): boolean {
  return !account || (account.earned === 0 && account.available === 0 && account.pending === 0 && coupons.length === 0);
}
