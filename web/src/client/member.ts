import type { Change, MemberSnapshot, ProgramSnapshot, Result } from './contract.js';

/*
 * What a member sees of their own: the answers of the store's member routes, as they are. Points are whole numbers,
 * money is whole minor units of the `currency` beside it, instants are RFC 3339, dates `YYYY-MM-DD` on the program's clock.
 */

/** The member's account. What is shown of it adds up: `balance` = `earned` + `adjusted` - `redeemed` - `expired`. */
export interface MemberAccount {
  readonly id: string;
  readonly revision: number | string;
  readonly balance: number;
  /** The balance without what is held for open orders. */
  readonly available: number;
  readonly held: number;
  readonly earned: number;
  readonly redeemed: number;
  readonly adjusted: number;
  readonly expired: number;
  /** What orders that are not paid yet will earn. */
  readonly pending: number;
  readonly createdAt: string;
}

/** The most money that the available points buy with one reward at the member's tier. */
export interface Worth {
  readonly amountMinor: number;
  readonly currency: string;
  readonly rewardId: string;
  readonly rewardName: string;
}

/** Points set aside for an open checkout. */
export interface PointsHold {
  readonly id: string;
  readonly points: number;
  readonly until: string;
  readonly checkoutId?: string;
}

/** An order that is placed and not paid, and what it will earn. */
export interface PendingOrder {
  readonly orderId: string;
  /** What people call it, where it has a number. */
  readonly number?: string | number;
  readonly points: number;
  readonly placedAt: string;
}

export interface TierLevel {
  /** Absent: the base level. */
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly requiredPoints: number;
  readonly reached: boolean;
}

/** Where the member stands. Tier points are what was earned in the window; spending does not lower them. */
export interface TierStanding {
  readonly status: string;
  readonly points: number;
  /** The first day that counts. */
  readonly since?: string;
  /** The day on which the oldest counted points stop counting. */
  readonly until?: string;
  readonly current: { readonly id?: string; readonly name: string };
  readonly next?: { readonly id: string; readonly name: string; readonly requiredPoints: number; readonly missing: number };
  /** The base level first, ascending. */
  readonly levels: readonly TierLevel[];
}

/** `AT_CHECKOUT`: nothing is wrong, it is spent there and makes no coupon. */
export type NotRedeemable = 'AT_CHECKOUT' | 'INSUFFICIENT_POINTS' | 'TIER' | 'PROGRAM_PAUSED';

export interface MemberReward {
  readonly id: string;
  readonly revision?: number | string;
  readonly name: string;
  readonly type: 'DISCOUNT_AMOUNT' | 'COUPON';
  /** At the member's tier. */
  readonly cost: number;
  /** Points still needed; 0 where it can be afforded. */
  readonly missing: number;
  readonly affordable: boolean;
  /** Whether it can be turned into a coupon now. */
  readonly redeemable: boolean;
  /** Why not. A newer store may know other reasons. */
  readonly reason?: NotRedeemable | (string & {});
  readonly description?: string;
  readonly percentagePpm?: number;
  readonly amountMinor?: number;
  readonly freeShipping?: boolean;
  /** Of a flexible reward: so many points take off so much. */
  readonly perCost?: { readonly points: number; readonly amountMinor: number };
  readonly minimumSubtotalMinor?: number;
}

export type CouponStatus = 'PENDING' | 'ACTIVE' | 'APPLIED' | 'FAILED' | 'ARCHIVED';

export interface MemberCoupon {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly status: CouponStatus;
  readonly redeemedAt: string;
  /** What it cost. */
  readonly points: number;
  readonly expiresAt?: string;
  readonly usedAt?: string;
  readonly orderId?: string;
  readonly number?: string | number;
  readonly rewardName?: string;
  /** Given back where it could not be made, or was cancelled. */
  readonly refundedPoints?: number;
}

/** A way to earn, at the member's tier: a fixed number of points, or so many for so much money. */
export interface WayToEarn {
  readonly id: string;
  readonly name: string;
  readonly activity: string;
  readonly points?: number;
  readonly per?: { readonly amountMinor: number; readonly points: number };
  readonly limit?: { readonly times: number; readonly per?: 'DAY' | 'MONTH' | 'YEAR' | 'EVER'; readonly done: number };
}

/** Everything about a member that fits one answer. */
export interface MemberOverview {
  readonly serverTime: string;
  /** An IANA name: the clock of all dates here. */
  readonly timeZone: string;
  readonly currency: string;
  readonly program: { readonly status: 'ACTIVE' | 'PAUSED' | 'DRAFT'; readonly name: string };
  readonly member: { readonly contactId: string; readonly name?: string };
  /** Absent: the member has not joined yet. */
  readonly account?: MemberAccount;
  readonly worth?: Worth;
  readonly holds: readonly PointsHold[];
  readonly pendingOrders: readonly PendingOrder[];
  readonly expiring?: { readonly points: number; readonly at: string };
  readonly tier?: TierStanding;
  readonly rewards: readonly MemberReward[];
  /** Newest first. */
  readonly coupons: readonly MemberCoupon[];
  readonly ways: readonly WayToEarn[];
}

export type TransactionType = 'EARN' | 'REDEEM' | 'ADJUST' | 'REFUND' | 'EXPIRE';

/** One movement of points. */
export interface MemberTransaction {
  readonly id: string;
  readonly type: TransactionType;
  /** With its sign. */
  readonly points: number;
  readonly balanceAfter: number;
  readonly at: string;
  readonly title: string;
  readonly description?: string;
  readonly orderId?: string;
  readonly number?: string | number;
  readonly rewardName?: string;
}

/** Which movements. Days are the program's, both included. */
export interface TransactionFilter {
  /** None: all. */
  readonly types?: readonly TransactionType[];
  readonly from?: string;
  readonly to?: string;
  readonly search?: string;
}

export interface TransactionQuery extends TransactionFilter {
  readonly limit?: number;
  readonly cursor?: string;
}

/** Newest first. */
export interface TransactionPage {
  readonly transactions: readonly MemberTransaction[];
  /** Absent: there are no more. */
  readonly next?: string;
  /** Of all pages together. */
  readonly total: number;
}

export type ExportFormat = 'csv' | 'json';

export interface ExportedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Points became a coupon. */
export interface Redemption {
  readonly coupon: MemberCoupon;
  /** What is available afterwards; absent: the store did not say. */
  readonly balance?: number;
}

/**
 * What the rewards page asks of a store; any part may be missing. Business outcomes are answers; a promise is rejected
 * only where the store could not be asked.
 */
export interface MemberClient {
  bootstrap?(): Promise<ProgramSnapshot>;
  member?(): Promise<MemberSnapshot | null>;
  /** Null: nobody is signed in. */
  overview?(options?: { readonly signal?: AbortSignal }): Promise<MemberOverview | null>;
  transactions?(query: TransactionQuery, options?: { readonly signal?: AbortSignal }): Promise<TransactionPage>;
  exportTransactions?(
    request: TransactionFilter & { readonly format: ExportFormat },
    options?: { readonly signal?: AbortSignal },
  ): Promise<ExportedFile>;
  /** Spends the reward's cost for a coupon. Repeated with the same key, it is done once. */
  redeem?(
    reward: Pick<MemberReward, 'id' | 'revision'>,
    options: { readonly idempotencyKey: string; readonly signal?: AbortSignal },
  ): Promise<Result<Redemption>>;
  /** Calls back when the member, the program or a checkout may have changed; the result stops it. */
  subscribe?(listener: (change: Change) => void): () => void;
}
