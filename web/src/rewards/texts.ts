import type { PageKey, PageTexts } from '../text/locales/rewards/page-texts.js';
import type { rewardsEn } from '../text/locales/rewards/rewards-en.js';
import type { Message } from '../text/messages.js';
import { languageOf, usableLocale } from '../text/words.js';

export type { PageKey, PageTexts };

/** What a shop may replace, text by text. */
export type PageOverrides = { readonly [key in PageKey]?: Message };

type Slots<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Slots<Rest> : never;
type TextsOf<M> = M extends string ? M : M[keyof M];
type PageSlots<Key extends PageKey> = Slots<TextsOf<(typeof rewardsEn)[Key]>>;

/** What a text needs to be filled in with, read off the English one. */
export type PageArguments<Key extends PageKey> = [PageSlots<Key>] extends [never]
  ? []
  : [{ readonly [slot in PageSlots<Key>]: string | number }];

const LANGUAGES: { readonly [language: string]: () => Promise<{ readonly default: PageTexts }> } = {
  en: () => import('../text/locales/rewards/rewards-en.js'),
  de: () => import('../text/locales/rewards/rewards-de.js'),
  pl: () => import('../text/locales/rewards/rewards-pl.js'),
  ar: () => import('../text/locales/rewards/rewards-ar.js'),
  ja: () => import('../text/locales/rewards/rewards-ja.js'),
};

/** The language of an element: its own, else that of the nearest around it. */
export const localeOf = (element: Element & { readonly locale: string | null }): string =>
  usableLocale(element.locale ?? element.closest('[lang]')?.getAttribute('lang'));

/** The page's texts in a locale's language; English where there are none, or where they cannot be fetched. */
export async function loadPageTexts(locale: string): Promise<PageTexts> {
  const english = LANGUAGES['en']!;
  const { default: texts } = await (LANGUAGES[languageOf(locale)] ?? english)().catch(english);
  return texts;
}
