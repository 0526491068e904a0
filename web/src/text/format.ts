import { decimalsOf, decimalText } from './currency.js';

/** Making an `Intl` formatter costs far more than using it, so each kind is made once. */
const cache = new Map<string, unknown>();

function cached<T>(key: string, make: () => T): T {
  let found = cache.get(key) as T | undefined;
  if (found === undefined) {
    found = make();
    cache.set(key, found);
  }
  return found;
}

/** Text that keeps its own direction wherever it stands: its first letter's. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

/**
 * An amount that keeps its order: right to left only where its currency is written so. By its first letter it
 * would be torn apart: sign, number and symbol have no letter, or a mark for the language instead of the amount.
 */
export function isolateAmount(text: string): string {
  return /[\u0590-\u08ff]/.test(text) ? `\u2067${text}\u2069` : `\u2066${text.replace(/[\u200e\u200f\u061c]/g, '')}\u2069`;
}

/** For places that take plain text only, such as `aria-valuetext`. */
export function withoutIsolates(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '');
}

/** What `Intl.NumberFormat` takes as exact decimal text. */
type DecimalText = Parameters<Intl.NumberFormat['format']>[0];

/** An amount in minor units; `sign` '-' shows it as something taken off. */
export function formatMoney(minor: number, currency: string, locale: string, sign: '' | '-' = ''): string {
  const decimals = decimalsOf(currency);
  const text = decimalText(minor, decimals);
  if (text === null) {
    return '';
  }
  const format = cached(
    `money ${locale} ${currency}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: 'currency',
        currency,
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
        // Nothing taken off is no "-0.00".
        signDisplay: 'negative',
      }),
  );
  return format.format((sign + text) as DecimalText);
}

export function formatNumber(value: number, locale: string): string {
  return cached(`number ${locale}`, () => new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })).format(value);
}

/** Parts per million as a percentage: 125000 is 12.5 %. */
export function formatPercent(ppm: number, locale: string): string {
  const text = decimalText(ppm, 6);
  return text === null
    ? ''
    : cached(
        `percent ${locale}`,
        () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }),
      ).format(text as DecimalText);
}

/** "60 minutes" in the language's own plural. */
export function formatMinutes(minutes: number, locale: string): string {
  return cached(
    `minutes ${locale}`,
    () => new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' }),
  ).format(minutes);
}

export function pluralOf(count: number, locale: string): Intl.LDMLPluralRule {
  return cached(`plural ${locale}`, () => new Intl.PluralRules(locale)).select(count);
}

function zoneOfReader(): string {
  return cached('zone', () => new Intl.DateTimeFormat().resolvedOptions().timeZone);
}

function sameClock(instant: Date, one: string, other: string): boolean {
  const clock = (zone: string) =>
    cached(`clock ${zone}`, () => new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })).format(instant);
  return one === other || clock(one) === clock(other);
}

/**
 * A day or a time of day on the shop's clock. Where the reader's clock shows something else, the zone is
 * named: "until 31 October" means a certain midnight.
 */
export function formatInstant(
  instant: string | number,
  kind: 'day' | 'time',
  locale: string,
  timeZone: string,
  readerZone: string = zoneOfReader(),
): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  const year = (d: Date) => cached(`year ${timeZone}`, () => new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' })).format(d);
  const zone = sameClock(date, timeZone, readerZone) ? '' : 'zone';
  const withYear = kind === 'day' && year(date) !== year(new Date()) ? 'year' : '';
  return cached(
    `${kind} ${locale} ${timeZone} ${zone} ${withYear}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        timeZone,
        ...(kind === 'day' ? { day: 'numeric', month: 'short' } : { hour: 'numeric', minute: '2-digit' }),
        ...(withYear && { year: 'numeric' }),
        ...(zone && { timeZoneName: 'short' }),
      }),
  ).format(date);
}
