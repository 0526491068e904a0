import type { PluralForms } from '../../../../src/documents/index.js';
import type { PointName } from '../../api/program.js';

/** Languages that points can be named in. */
const TAGS = ['en', 'ar', 'bg', 'cs', 'da', 'de', 'el', 'es', 'et', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'nb', 'nl', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'uk', 'vi', 'zh'];

const names = new Intl.DisplayNames(['en'], { type: 'language' });
/** Among these each form of every language turns up that everyday counts take; the first that takes it is its example. */
const COUNTS = [5, 1, 2, 3, 10, 11, 20, 21, 100, 0];

/** "German"; the tag itself where nobody knows it. */
export function nameOf(locale: string): string {
  try {
    return names.of(locale) ?? locale;
  } catch {
    return locale;
  }
}

export type Category = keyof PluralForms & string;

/** A form that a language tells apart, and a count that takes it. */
export interface FormExample {
  readonly category: Category;
  readonly count: number;
}

/** The forms of a language in the order of their counts: English has one and other, for 1 and 5. */
export function formsIn(locale: string): readonly FormExample[] {
  const rules = new Intl.PluralRules(locale);
  const examples = new Map<Category, number>();
  for (const count of COUNTS) {
    const category = rules.select(count);
    if (!examples.has(category)) {
      examples.set(category, count);
    }
  }
  return [...examples].map(([category, count]) => ({ category, count })).sort((one, other) => one.count - other.count);
}

/** The languages that are not there yet, by their English names. */
export const languagesBeside = (there: readonly string[]): readonly (readonly [tag: string, name: string])[] =>
  TAGS.filter((tag) => !there.includes(tag))
    .map((tag) => [tag, nameOf(tag)] as const)
    .sort(([, one], [, other]) => one.localeCompare(other, 'en'));

export const fieldOfForm = (locale: string, category: Category): string => `word ${locale} ${category}`;

/** The forms as they stand in fields. A name in one word stands in each form. */
export function fieldsOf(pointName: PointName): Record<string, string> {
  const fields = Object.entries(pointName).flatMap(([locale, forms]) =>
    formsIn(locale).map(({ category }) => [fieldOfForm(locale, category), typeof forms === 'string' ? forms : (forms[category] ?? forms.other ?? '')]),
  );
  return Object.fromEntries(fields);
}

/** The fields of these languages as the name that is stored. */
export function pointNameOf(locales: readonly string[], values: Readonly<Record<string, unknown>>): Record<string, PluralForms> {
  return Object.fromEntries(
    locales.map((locale) => [locale, Object.fromEntries(formsIn(locale).map(({ category }) => [category, String(values[fieldOfForm(locale, category)] ?? '').trim()])) as PluralForms]),
  );
}
