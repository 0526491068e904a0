import { decimalsOf } from '../../../src/text/currency.js';

/** A whole number within bounds, or null. Thousands may be set off by commas or spaces. */
export function wholeNumber(text: string): number | null {
  const plain = text.trim().replace(/[,\s]/g, '');
  return /^-?\d{1,15}$/.test(plain) ? Number(plain) : null;
}

/** What is wrong with a whole number that was typed; undefined: nothing. */
export function faultOfNumber(text: string, min: number, max: number): string | undefined {
  const number = wholeNumber(text);
  if (number === null) {
    return text.trim() === '' ? 'Enter a number.' : 'Enter a whole number, such as 100.';
  }
  return number < min || number > max ? `Enter a number from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}.` : undefined;
}

/** What is wrong with a decimal amount, as "12.50"; undefined: nothing. Its digits are checked, never computed with. */
export function faultOfAmount(text: string, currency: string): string | undefined {
  const decimals = decimalsOf(currency);
  const example = decimals === 0 ? '12' : `12.${'50'.padEnd(decimals, '0').slice(0, decimals)}`;
  const wanted = decimals === 0 ? /^\d{1,12}$/ : new RegExp(`^\\d{1,12}(\\.\\d{1,${decimals}})?$`);
  return wanted.test(text.trim()) ? undefined : text.trim() === '' ? `Enter an amount, such as ${example}.` : `Enter an amount in ${currency}, such as ${example}.`;
}

/** What is wrong with a text's length; undefined: nothing. */
export function faultOfText(text: string, min: number, max: number, what = 'this'): string | undefined {
  const length = [...text.trim()].length;
  if (length < min) {
    return length === 0 ? `Enter ${what}.` : `Use at least ${min} characters.`;
  }
  return length > max ? `Use at most ${max} characters; these are ${length}.` : undefined;
}
