import { en } from './texts/en.js';

/** All texts of the shop in one language. */
export type Texts = { readonly [Key in Exclude<keyof typeof en, 'tags'>]: string } & {
  readonly tags: { readonly [tag: string]: string };
};

export const LANGUAGES = ['en', 'de', 'pl', 'ar', 'ja'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  pl: 'Polski',
  ar: 'العربية',
  ja: '日本語',
};

const LOADERS: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./texts/de.js')).de,
  pl: async () => (await import('./texts/pl.js')).pl,
  ar: async () => (await import('./texts/ar.js')).ar,
  ja: async () => (await import('./texts/ja.js')).ja,
};

export function loadTexts(language: Language): Promise<Texts> {
  return LOADERS[language]();
}

/** Puts values where `{name}` stands. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
