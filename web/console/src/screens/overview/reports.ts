import type { Api } from '../../api/api.js';
import { whoAmI } from '../../api/identity.js';

export type Interval = 'day' | 'week' | 'month';

/** Points that moved within a stretch of time. */
export interface Flow {
  readonly earned: number;
  readonly redeemed: number;
  readonly adjusted: number;
  readonly refunded: number;
  readonly expired: number;
  readonly reversed?: number;
  readonly orders: number;
  readonly activeMembers: number;
}

export interface PointsReport {
  readonly timeZone: string;
  /** First and last day, both included: `2025-03-31`. */
  readonly from: string;
  readonly to: string;
  readonly by: Interval;
  readonly buckets: readonly (Flow & { readonly start: string })[];
  readonly totals: Flow;
}

export interface Liability {
  readonly asOf: string;
  readonly currency: string;
  readonly points: number;
  readonly amountMinor: number;
  readonly heldPoints: number;
  readonly pendingPoints: number;
  readonly basis: { readonly rewardId?: string; readonly rewardName?: string; readonly text: string };
  readonly byTier: readonly {
    readonly tierId?: string;
    readonly name: string;
    readonly members: number;
    readonly points: number;
    readonly amountMinor: number;
    readonly perCost?: { readonly points: number; readonly amountMinor: number };
  }[];
  /** `month` null: they do not expire as things stand. */
  readonly byExpiryMonth: readonly { readonly month: string | null; readonly points: number; readonly amountMinor: number }[];
}

export interface Checklist {
  readonly status: string;
  /** Nothing that blocks is left. */
  readonly ready: boolean;
  readonly items: readonly ChecklistItem[];
}

export interface ChecklistItem {
  readonly id: string;
  readonly done: boolean;
  readonly blocking: boolean;
  readonly message: string;
}

export interface Totals {
  readonly points: { readonly balance: number; readonly earned: number; readonly adjusted: number; readonly redeemed: number; readonly expired: number; readonly held: number };
  readonly tierTotals: readonly { readonly id?: string; readonly numberOfAccounts: number }[];
}

/** How long a period is that ends today. */
export const PERIODS = [
  ['7', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
  ['365', 'Last 12 months'],
] as const;
export type Period = (typeof PERIODS)[number][0];

/** What reads best: some ten to thirty bars. */
export const intervalFor = (period: Period): Interval => (period === '365' ? 'month' : period === '90' ? 'week' : 'day');

/** The day of the calendar of a time zone: `2025-03-31`. */
export function dayIn(timeZone: string, instant: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv', { timeZone }).format(new Date(instant));
}

/** So many days before a day of the calendar. */
export function daysBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

/** The report of a period that ends today, as the server's clock has it. */
export async function pointsReport(api: Api, timeZone: string, period: Period, by: Interval, signal: AbortSignal): Promise<PointsReport> {
  const { serverTime } = await whoAmI(api, signal);
  const to = dayIn(timeZone, serverTime);
  return api.get<PointsReport>('/loyalty-reports/v1/points', { from: daysBefore(to, Number(period) - 1), to, by }, { signal });
}
