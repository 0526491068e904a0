import type { PluralForms } from '../../../src/documents/index.js';
import { formatMoney, formatNumber, pluralOf } from '../../../src/text/format.js';
import { decimalsOf } from '../../../src/text/currency.js';
import type { PointName, Program, Settings } from '../api/program.js';

const LOCALE = 'en';
/** What points are called before they have a name; the program then says "Points". */
const UNNAMED: PluralForms = { one: 'Point', other: 'Points' };

/** How the console writes amounts, points and dates: the program's currency, its calendar, its name of points. */
export interface Wording {
  readonly currency: string;
  readonly timeZone: string;
  /** "1 Star", "5 Stars". */
  readonly points: (count: number) => string;
  /** "Stars". */
  readonly pointsName: string;
  readonly money: (minor: number) => string;
  readonly amount: (decimal: string) => string;
  readonly number: (count: number) => string;
  readonly date: (instant: string) => string;
  readonly dateTime: (instant: string) => string;
}

/** The forms of a locale, or of its language, or of English, or any. */
export function formsOf(names: PointName, locale: string, otherwise: string | PluralForms): string | PluralForms {
  return names[locale] ?? names[locale.split('-', 1)[0] as string] ?? names['en'] ?? Object.values(names)[0] ?? otherwise;
}

/** "5 Stars" in the language's plural. */
export function countOf(count: number, forms: string | PluralForms, locale: string = LOCALE): string {
  const word = typeof forms === 'string' ? forms : (forms[pluralOf(Math.abs(count), locale)] ?? forms.other);
  return `${formatNumber(count, locale)} ${word}`;
}

/** A decimal text of the public API in minor units; null where it is none. Digits are moved, nothing is computed. */
export function minorOf(decimal: string, currency: string): number | null {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(decimal.trim()) ?? [];
  const decimals = decimalsOf(currency);
  const rest = fraction.slice(decimals);
  if (whole === '' || /[1-9]/.test(rest)) {
    return null;
  }
  const minor = Number(`${sign}${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  return Number.isSafeInteger(minor) ? minor : null;
}

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };

/** Dates come as instants, or as a day of the program's calendar (`2025-03-31`), which has no hour to be moved by. */
function written(instant: string, ofInstant: Intl.DateTimeFormat, ofDay: Intl.DateTimeFormat): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? '' : (/^\d{4}-\d\d-\d\d$/.test(instant) ? ofDay : ofInstant).format(date);
}

export function wordingOf(program: Program, settings: Settings): Wording {
  const { currency, timeZone } = settings;
  const { customName = '' } = program.pointDefinition ?? {};
  const forms = formsOf(settings.pointName, LOCALE, customName === '' || customName === UNNAMED.other ? UNNAMED : customName);
  const day = new Intl.DateTimeFormat(LOCALE, { ...DAY, timeZone });
  const calendarDay = new Intl.DateTimeFormat(LOCALE, { ...DAY, timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(LOCALE, { ...DAY, timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const money = (minor: number) => formatMoney(minor, currency, LOCALE);
  return {
    currency,
    timeZone,
    points: (count) => countOf(count, forms),
    pointsName: typeof forms === 'string' ? forms : (forms.other ?? ''),
    money,
    amount: (decimal) => {
      const minor = minorOf(decimal, currency);
      return minor === null ? `${decimal} ${currency}` : money(minor);
    },
    number: (count) => formatNumber(count, LOCALE),
    date: (instant) => written(instant, day, calendarDay),
    dateTime: (instant) => written(instant, time, calendarDay),
  };
}
