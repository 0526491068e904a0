import { decimalsOf, decimalText } from '../../../src/text/currency.js';

/** Parts per million of one percent. */
const PPM_DECIMALS = 4;

/** A decimal text as a whole number of its smallest unit: "12.5" with 2 decimals is 1250. Null where it is none, or finer than that. */
function unitsOf(text: string, decimals: number): number | null {
  const found = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (!found || (found[2] ?? '').length > decimals) {
    return null;
  }
  return Number(found[1] + (found[2] ?? '').padEnd(decimals, '0'));
}

export const textOfMinor = (minor: number, currency: string): string => decimalText(minor, decimalsOf(currency)) ?? '';

/** "12.5" percent is 125000 parts per million; null where it is no percentage from 0 to 100 with up to four decimals. */
export function ppmOf(percent: string): number | null {
  const ppm = unitsOf(percent, PPM_DECIMALS);
  return ppm === null || ppm > 1_000_000 ? null : ppm;
}

export function textOfPpm(ppm: number): string {
  const text = decimalText(ppm, PPM_DECIMALS) ?? '';
  return text.replace(/\.?0+$/, '');
}

/** What is wrong with a typed percentage; undefined: nothing. `decimals`: how fine it may be. */
export function faultOfPercent(text: string, decimals = PPM_DECIMALS): string | undefined {
  const units = unitsOf(text, decimals);
  if (units === null) {
    return text.trim() === '' ? 'Enter a percentage, such as 10.' : `Enter a percentage such as 12.5, with at most ${decimals} decimals and without the sign.`;
  }
  return units === 0 || units > 100 * 10 ** decimals ? 'Enter a percentage above 0 and up to 100.' : undefined;
}
