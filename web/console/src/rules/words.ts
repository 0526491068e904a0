import { formatPercent } from '../../../src/text/format.js';

/** "Silver", "Silver and Gold", "Silver, Gold and Platinum". */
export function listed(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** "1st", "22nd", "113th". */
export function ordinal(count: number): string {
  const ends = { one: 'st', two: 'nd', few: 'rd', other: 'th' } as const;
  return `${count}${ends[new Intl.PluralRules('en', { type: 'ordinal' }).select(count) as keyof typeof ends]}`;
}

/** Parts per million in the way prices are written in shops: "12.5%". */
export const percentOf = (ppm: number): string => formatPercent(ppm, 'en');

/** Begins with a capital letter. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
