/** The value below which a part of all values lies (nearest rank). */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  return { count: values.length, p50: median(values), p95: quantile(values, 0.95), max: Math.max(...values) };
}

/** Of several runs: the median of each figure, and the extremes of none. */
export function medianOf(runs: readonly Spread[]): Spread {
  const of = (pick: (one: Spread) => number) => median(runs.map(pick));
  return { count: of((one) => one.count), p50: of((one) => one.p50), p95: of((one) => one.p95), max: of((one) => one.max) };
}
