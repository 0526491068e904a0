import type { Wording } from '../app/wording.js';
import { formatMoney } from '../../../src/text/format.js';

/** How amounts, points, numbers and dates are written in an explanation. */
export type ExplainWording = Pick<Wording, 'money' | 'points' | 'number' | 'dateTime'>;

/** The same with the currency of what is explained: an older order may have another one than the program has now. */
export function inCurrency(wording: ExplainWording, currency: string): ExplainWording {
  return { ...wording, money: (minor) => formatMoney(minor, currency, 'en') };
}
