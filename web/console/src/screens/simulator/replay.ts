import type { LoyaltyCore } from '../../../../src/core/index.js';
import type { Discount, Quote } from '../../../../src/documents/index.js';
import type { Api } from '../../api/api.js';
import type { PricingRequest } from '../../records/orders.js';
import { caseOf } from './case.js';
import { type DiscountPair, discountPairs } from './comparison.js';
import { difference, sumOf } from './difference.js';
import { questionOf, type Side } from './pricing.js';
import { ReducedSides, type UsedUp } from './reduced-sides.js';

/** A past order with what it was priced with. */
export interface ReplayCase {
  readonly orderId: string;
  readonly number?: string;
  readonly placedAt: string;
  readonly memberName?: string;
  readonly request: PricingRequest;
  readonly quote: { readonly total: number; readonly digest: string; readonly spent: number; readonly earned: number };
  /** Limited promotions of which nothing was left for this order. */
  readonly usedUp?: readonly UsedUp[];
}

/** The figures of a quote that are compared. */
export interface Outcome {
  readonly total: number;
  readonly spent: number;
  readonly earned: number;
  readonly discounts: readonly Discount[];
}

export interface Replayed {
  readonly of: ReplayCase;
  readonly live: Outcome;
  readonly draft: Outcome;
  /** Draft less live, in minor units. */
  readonly total: number;
  /** Points earned less points spent, draft less live. */
  readonly points: number;
  /** Discounts that are not the same. */
  readonly why: readonly DiscountPair[];
  /** The live rules of today give another total than the order had. */
  readonly isRepriced: boolean;
}

export interface Unpriced {
  readonly of: ReplayCase;
  readonly problem: string;
}

export interface ReplayReport {
  readonly rows: readonly Replayed[];
  readonly unpriced: readonly Unpriced[];
  readonly sums: { readonly live: number; readonly draft: number; readonly total: number; readonly points: number; readonly changed: number; readonly repriced: number };
}

const PAGE = 500;

export interface PastOrders {
  /** The newest first. */
  readonly cases: readonly ReplayCase[];
  /** Older orders of which is not known what they were priced with. */
  readonly leftOut: number;
}

/** The last orders, at most `count`. */
export async function loadCases(api: Api, count: number, signal: AbortSignal, loaded: (count: number) => void): Promise<PastOrders> {
  const all: ReplayCase[] = [];
  let leftOut = 0;
  let cursor: string | undefined;
  do {
    const page: { cases: readonly ReplayCase[]; leftOut: number; next?: string } = await api.get('/orders/v1/replay-cases', { limit: Math.min(PAGE, count - all.length), cursor }, { signal });
    all.push(...page.cases);
    ({ leftOut, next: cursor } = page);
    loaded(all.length);
  } while (cursor !== undefined && all.length < count);
  return { cases: all, leftOut };
}

const outcomeOf = ({ total, points, discounts }: Quote): Outcome => ({ total, spent: points.spent, earned: points.earned, discounts });

function outcomeUnder(sides: ReducedSides, of: ReplayCase): Outcome | string {
  const side = sides.without(of.usedUp);
  const prepared = side.open.prepare(questionOf(side, caseOf(of.request)));
  if (!prepared.ok) {
    return prepared.error.message;
  }
  try {
    return outcomeOf(prepared.value.quote());
  } finally {
    prepared.value.close();
  }
}

/** One past order under both sets of rules. */
export function replayOne(live: ReducedSides, draft: ReducedSides, of: ReplayCase): Replayed | Unpriced {
  const before = outcomeUnder(live, of);
  const after = outcomeUnder(draft, of);
  if (typeof before === 'string' || typeof after === 'string') {
    return { of, problem: typeof before === 'string' ? before : (after as string) };
  }
  return {
    of,
    live: before,
    draft: after,
    total: difference(before.total, after.total),
    points: difference(difference(before.spent, before.earned), difference(after.spent, after.earned)),
    why: discountPairs(before.discounts, after.discounts).filter((row) => row.difference !== 0 || row.live === null || row.draft === null),
    isRepriced: of.quote.total !== before.total,
  };
}

/** What came of all of them; the largest differences first. */
export function reportOf(all: readonly (Replayed | Unpriced)[]): ReplayReport {
  const rows = all.filter((one): one is Replayed => 'live' in one).sort((a, b) => Math.abs(b.total) - Math.abs(a.total) || Math.abs(b.points) - Math.abs(a.points));
  return {
    rows,
    unpriced: all.filter((one): one is Unpriced => 'problem' in one),
    sums: {
      live: sumOf(rows.map((row) => row.live.total)),
      draft: sumOf(rows.map((row) => row.draft.total)),
      total: sumOf(rows.map((row) => row.total)),
      points: sumOf(rows.map((row) => row.points)),
      changed: rows.filter((row) => row.total !== 0 || row.points !== 0 || row.why.length > 0).length,
      repriced: rows.filter((row) => row.isRepriced).length,
    },
  };
}

/** For how long the page may stand still at once, in milliseconds: about one frame. */
const SLICE = 12;

/** Prices all cases in slices, so that the page goes on answering. Rejects where `signal` is aborted. */
export async function replayAll(core: LoyaltyCore, live: Side, draft: Side, cases: readonly ReplayCase[], signal: AbortSignal, done: (count: number) => void): Promise<ReplayReport> {
  const [before, after] = [new ReducedSides(core, live), new ReducedSides(core, draft)];
  try {
    return reportOf(await replayInSlices(before, after, cases, signal, done));
  } finally {
    before.close();
    after.close();
  }
}

async function replayInSlices(live: ReducedSides, draft: ReducedSides, cases: readonly ReplayCase[], signal: AbortSignal, done: (count: number) => void): Promise<readonly (Replayed | Unpriced)[]> {
  const all: (Replayed | Unpriced)[] = [];
  let began = performance.now();
  for (const one of cases) {
    all.push(replayOne(live, draft, one));
    if (performance.now() - began > SLICE) {
      done(all.length);
      await new Promise((resolve) => setTimeout(resolve));
      signal.throwIfAborted();
      began = performance.now();
    }
  }
  done(all.length);
  return all;
}
