import type { Context } from '../../app/context.js';
import type { ChartData } from '../../kit/chart.js';
import type { Interval, Liability, PointsReport } from './reports.js';

const NAMES: Readonly<Record<Interval, string>> = { day: 'Day', week: 'Week from', month: 'Month' };

const dayText = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'short', day: 'numeric' });
const monthText = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'short', year: 'numeric' });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** A day of the calendar as it stands below a bar. */
export const labelOf = (day: string, by: Interval): string => (by === 'month' ? monthText : dayText).format(new Date(`${day}T00:00:00Z`));

/** Points earned and redeemed, side by side for each day, week or month. */
export function flowChart({ number, date, pointsName }: Context, { by, from, to, buckets, totals }: PointsReport): ChartData {
  return {
    summary: `${pointsName} earned and redeemed from ${date(from)} to ${date(to)}: ${number(totals.earned)} earned, ${number(totals.redeemed)} redeemed.`,
    of: NAMES[by],
    labels: buckets.map(({ start }) => labelOf(start, by)),
    series: [
      { name: 'Earned', values: buckets.map(({ earned }) => earned) },
      { name: 'Redeemed', values: buckets.map(({ redeemed }) => redeemed) },
    ],
    format: number,
    formatScale: (value) => short.format(value),
  };
}

/** What unspent points are worth, by the month in which they expire as things stand. */
export function expiryChart({ money, number, points }: Context, { byExpiryMonth }: Liability): ChartData {
  const never = byExpiryMonth.find(({ month }) => month === null);
  const months = byExpiryMonth.filter(({ month }) => month !== null);
  const dated = months.reduce((sum, month) => sum + month.points, 0);
  return {
    summary: `What unspent points are worth by the month of their expiry: ${points(dated)} have a month, ${number(never?.points ?? 0)} do not expire as things stand.`,
    of: 'Expires in',
    labels: byExpiryMonth.map(({ month }) => (month === null ? 'Never' : labelOf(`${month}-01`, 'month'))),
    series: [{ name: 'Worth', values: byExpiryMonth.map(({ amountMinor }) => amountMinor) }],
    format: money,
    formatScale: money,
  };
}
