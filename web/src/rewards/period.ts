import { dayIn } from './filtering.js';

/** A stretch of days back from today, such as `30d`, `12m`, `2y`; `all`: since the beginning. */
export type Period = string;

export const PERIODS: readonly Period[] = ['30d', '3m', '12m', 'all'];

export interface Stretch {
  readonly count: number;
  readonly unit: 'd' | 'm';
}

/** Null where it is `all`, or cannot be understood: then nothing is left out. */
export function stretchOf(period: Period): Stretch | null {
  const found = /^([1-9]\d{0,3})([dmy])$/.exec(period);
  if (!found) {
    return null;
  }
  const count = Number(found[1]);
  return found[2] === 'y' ? { count: count * 12, unit: 'm' } : { count, unit: found[2] as 'd' | 'm' };
}

/** The first day of a period that ends today. A month back from the 31st is the month's last day. */
export function firstDay(period: Period, timeZone: string, now: number): string | undefined {
  const stretch = stretchOf(period);
  if (!stretch) {
    return undefined;
  }
  const [year, month, day] = dayIn(timeZone, now).split('-').map(Number) as [number, number, number];
  const { count, unit } = stretch;
  const lastOfMonth = new Date(Date.UTC(year, month - count, 0)).getUTCDate();
  const first = unit === 'd' ? Date.UTC(year, month - 1, day - count) : Date.UTC(year, month - 1 - count, Math.min(day, lastOfMonth));
  return new Date(first).toISOString().slice(0, 10);
}
