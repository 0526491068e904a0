import type { Language } from '../texts.js';
import { en } from './texts/en.js';

/** The texts of the shop with a server in one language. */
export type LiveTexts = { readonly [Key in keyof typeof en]: string };

const LOADERS: Readonly<Record<Language, () => Promise<LiveTexts>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./texts/de.js')).de,
  pl: async () => (await import('./texts/pl.js')).pl,
  ar: async () => (await import('./texts/ar.js')).ar,
  ja: async () => (await import('./texts/ja.js')).ja,
};

export function loadLiveTexts(language: Language): Promise<LiveTexts> {
  return LOADERS[language]();
}
