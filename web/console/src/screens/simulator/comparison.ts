import type { Discount, Quote, Source } from '../../../../src/documents/index.js';
import { difference } from './difference.js';

/** One figure under the live rules and under those of the draft. */
export interface Pair {
  readonly label: string;
  readonly live: number;
  readonly draft: number;
  readonly difference: number;
}

export interface DiscountPair {
  readonly id: string;
  readonly source: Source;
  /** What it takes off; null: it is not there. */
  readonly live: number | null;
  readonly draft: number | null;
  readonly difference: number;
}

const pair = (label: string, live: number, draft: number): Pair => ({ label, live, draft, difference: difference(live, draft) });

const SUMS = [
  ['Items', 'subtotal'],
  ['Discounts on items', 'itemsDiscount'],
  ['Shipping', 'shipping'],
  ['Discounts on shipping', 'shippingDiscount'],
  ['Tax', 'tax'],
  ['Total', 'total'],
] as const satisfies readonly (readonly [string, keyof Quote])[];

/** As it counts in the total: what discounts take off is below nothing. */
const addend = (quote: Quote, key: (typeof SUMS)[number][1]): number => (key === 'itemsDiscount' || key === 'shippingDiscount' ? difference(quote[key], 0) : quote[key]);

/** The sums of two quotes; what is nothing in both is left out. */
export const sumPairs = (live: Quote, draft: Quote): readonly Pair[] =>
  SUMS.filter(([, key]) => key === 'total' || key === 'subtotal' || live[key] !== 0 || draft[key] !== 0).map(([label, key]) => pair(label, addend(live, key), addend(draft, key)));

export const pointPairs = ({ points: live }: Quote, { points: draft }: Quote): readonly Pair[] => [
  pair('Points spent', live.spent, draft.spent),
  pair('Points earned', live.earned, draft.earned),
  pair('Points available afterwards', live.availableAfter, draft.availableAfter),
];

/** What is paid for each line. */
export const linePairs = (live: Quote, draft: Quote): readonly (Pair & { readonly id: string })[] =>
  live.lines.map((line, i) => ({ id: line.id, ...pair(line.id, line.net, draft.lines[i]?.net ?? line.net) }));

/** All discounts of both, in the order in which they run. One that runs in several steps is added up by the core already. */
export function discountPairs(live: readonly Discount[], draft: readonly Discount[]): readonly DiscountPair[] {
  const rows = new Map<string, DiscountPair>();
  const put = (side: 'live' | 'draft', all: readonly Discount[]) =>
    all.forEach(({ id, source, amount }) => {
      const key = `${source} ${id}`;
      const row = { ...(rows.get(key) ?? { id, source, live: null, draft: null }), [side]: amount } as DiscountPair;
      rows.set(key, { ...row, difference: difference(row.live ?? 0, row.draft ?? 0) });
    });
  put('live', live);
  put('draft', draft);
  return [...rows.values()];
}
