import type { PluralForms, Scope } from '../documents/index.js';
import { formatInstant, formatMinutes, formatMoney, formatNumber, formatPercent, isolate, isolateAmount, pluralOf } from './format.js';
import { enFirst } from './english-first.js';
import { fill } from './messages.js';
import type { FirstMessages, Message, MessageArguments, MessageKey, MessageOverrides, Messages } from './messages.js';

/** A shop's own ways of writing things. Each returns plain text. */
export interface Formatters {
  readonly money?: (minor: number, currency: string, locale: string) => string;
  readonly points?: (count: number, locale: string) => string;
  readonly date?: (instant: string | number, kind: 'day' | 'time', locale: string, timeZone: string) => string;
  /** A name for a tag of goods or of a delivery method, such as `stores/collection:shoes`; nothing where it has none. */
  readonly tag?: (tag: string, locale: string) => string | null | undefined;
}

export interface WordsOptions {
  readonly locale: string;
  readonly messages?: Messages;
  readonly overrides?: MessageOverrides;
  readonly formatters?: Formatters;
  readonly currency?: string;
  readonly timeZone?: string;
  readonly pointName?: { readonly [locale: string]: string | PluralForms };
}

/** All that is said to the shopper, in one language. Numbers and names in it are isolated for right-to-left text. */
export interface Words {
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  say<Key extends MessageKey>(key: Key, ...values: MessageArguments<Key>): string;
  /** An amount of money. */
  money(minor: number): string;
  /** An amount taken off: "-$12.00". */
  off(minor: number): string;
  /** "1,200 Stars". */
  points(count: number): string;
  /** "Stars", as a name of the currency of points. */
  readonly pointsName: string;
  number(value: number): string;
  percent(ppm: number): string;
  day(instant: string | number): string;
  time(instant: string | number): string;
  minutes(count: number): string;
  /** A name of somebody else's making: isolated, otherwise as it is. */
  name(text: string): string;
  /** "shoes"; null where the tags have no readable names. */
  scope(scope: Scope | undefined): string | null;
  tags(tags: readonly string[]): string | null;
}

const RIGHT_TO_LEFT = /^(ar|arc|ckb|dv|fa|he|ks|ps|sd|ug|ur|yi)\b/;

/** "de-AT" where `Intl` knows it, else "en": a broken tag must not break the page. */
export function usableLocale(tag: string | null | undefined): string {
  try {
    return (tag && Intl.getCanonicalLocales(tag)[0]) || 'en';
  } catch {
    return 'en';
  }
}

export function languageOf(locale: string): string {
  return locale.split('-', 1)[0]!.toLowerCase();
}

function pointForms(options: WordsOptions): string | PluralForms | undefined {
  const names = options.pointName;
  if (!names) {
    return undefined;
  }
  return names[options.locale] ?? names[languageOf(options.locale)] ?? names['en'] ?? Object.values(names)[0];
}

/** `stores/collection:running-shoes` is "running shoes"; ids that nobody can read are no names. */
function nameOfTag(tag: string): string | null {
  const name = tag.slice(Math.max(tag.lastIndexOf(':'), tag.lastIndexOf('/')) + 1).replace(/[-_]+/g, ' ').trim();
  return /^[\p{L}\p{M}& ]{3,}$/u.test(name) ? name : null;
}

export function createWords(options: WordsOptions): Words {
  const { locale, overrides, formatters } = options;
  const english = englishAtHand();
  const bundle = options.messages ?? english;
  const currency = options.currency ?? 'XXX';
  const timeZone = options.timeZone ?? 'UTC';
  const forms = pointForms(options);
  const pick = (message: Message, count: unknown): string =>
    typeof message === 'string' ? message : (message[pluralOf(Number(count), locale)] ?? message.other);
  const say = (key: MessageKey, values: { readonly [slot: string]: string | number } = {}): string => {
    const text = pick(overrides?.[key] ?? bundle[key] ?? english[key] ?? '', values['count']);
    return fill(text, typeof values['count'] === 'number' ? { ...values, count: isolate(formatNumber(values['count'], locale)) } : values);
  };
  const money = (minor: number, sign: '' | '-') => {
    const text = sign === '' && formatters?.money ? formatters.money(minor, currency, locale) : formatMoney(minor, currency, locale, sign);
    return text && isolateAmount(text);
  };
  const points = (count: number): string => {
    if (formatters?.points) {
      return isolate(formatters.points(count, locale));
    }
    const number = formatNumber(count, locale);
    if (typeof forms === 'object') {
      return isolate(`${number}\u00a0${forms[pluralOf(count, locale)] ?? forms.other ?? Object.values(forms)[0] ?? ''}`.trim());
    }
    if (!forms) {
      return isolate(number);
    }
    // One form only: where the language has more than one, number and name stand side by side without agreeing.
    const agrees = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.length === 1;
    return isolate(agrees ? `${number}${forms}` : `${number}\u00a0·\u00a0${forms}`);
  };
  const instant = (at: string | number, kind: 'day' | 'time') =>
    isolate(formatters?.date ? formatters.date(at, kind, locale, timeZone) : formatInstant(at, kind, locale, timeZone));
  const tags = (all: readonly string[]): string | null => {
    const names = all.map((tag) => formatters?.tag?.(tag, locale) ?? nameOfTag(tag));
    return names.length > 0 && names.every((name) => name !== null)
      ? isolate(new Intl.ListFormat(locale, { type: 'disjunction' }).format(names as string[]))
      : null;
  };
  return {
    locale,
    direction: RIGHT_TO_LEFT.test(locale) ? 'rtl' : 'ltr',
    say: say as Words['say'],
    money: (minor) => money(minor, ''),
    off: (minor) => money(minor, '-'),
    points,
    pointsName: typeof forms === 'object' ? (forms.other ?? Object.values(forms)[0] ?? '') : (forms ?? ''),
    number: (value) => isolate(formatNumber(value, locale)),
    percent: (ppm) => isolate(formatPercent(ppm, locale)),
    day: (at) => instant(at, 'day'),
    time: (at) => instant(at, 'time'),
    minutes: (count) => isolate(formatMinutes(count, locale)),
    name: isolate,
    scope: (scope) => (scope?.include ? tags(scope.include) : null),
    tags,
  };
}

/** Languages, each fetched when a page first needs it; of English, what is shown first is always there. */
const LANGUAGES: { readonly [language: string]: () => Promise<{ readonly default: FirstMessages }> } = {
  en: () => import('./locales/en.js'),
  de: () => import('./locales/de.js'),
  pl: () => import('./locales/pl.js'),
  ar: () => import('./locales/ar.js'),
  ja: () => import('./locales/ja.js'),
};

const loaded = new Map<string, Messages>();

/** English as far as it is here. What needs more of it waits for `loadMessages`. */
const englishAtHand = () => loaded.get('en') ?? (enFirst as Partial<Messages> as Messages);

const languageFor = (locale: string) => {
  const language = languageOf(locale);
  return language in LANGUAGES ? language : 'en';
};

/** The texts of a locale where they are at hand: of another language than English, all of them. */
export function messagesAtHand(locale: string): Messages | undefined {
  const language = languageFor(locale);
  return language === 'en' ? englishAtHand() : loaded.get(language);
}

/**
 * The texts of a locale but for those of `store`, which `loadAllMessages` adds; English where there are none or where
 * they cannot be fetched.
 */
export async function loadMessages(locale: string): Promise<Messages> {
  const language = languageFor(locale);
  try {
    return addMessages(locale, (await LANGUAGES[language]!()).default);
  } catch {
    return englishAtHand();
  }
}

/** More texts of a locale; all that there are then. */
export function addMessages(locale: string, more: Partial<Messages>): Messages {
  const language = languageFor(locale);
  const all = { ...more, ...loaded.get(language) } as Messages;
  loaded.set(language, all);
  return all;
}
