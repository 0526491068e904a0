import { formatMoney, formatNumber } from '../../../src/text/format.js';

/** How tests write amounts: US dollars, stars, English. */
export const words = {
  money: (minor: number) => formatMoney(minor, 'USD', 'en'),
  points: (count: number) => `${formatNumber(count, 'en')} ${count === 1 ? 'Star' : 'Stars'}`,
  number: (count: number) => formatNumber(count, 'en'),
  dateTime: (instant: string) => instant.slice(0, 16).replace('T', ' '),
  date: (instant: string) => instant.slice(0, 10),
};
