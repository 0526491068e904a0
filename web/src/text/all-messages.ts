import type { Messages, StoreMessages } from './messages.js';
import { addMessages, languageOf, loadMessages } from './words.js';

/** English has them with the rest. */
const STORE: { readonly [language: string]: () => Promise<{ readonly default: StoreMessages }> } = {
  de: () => import('./store/store-de.js'),
  pl: () => import('./store/store-pl.js'),
  ar: () => import('./store/store-ar.js'),
  ja: () => import('./store/store-ja.js'),
};

/** Every text of a locale; English for what cannot be fetched. */
export async function loadAllMessages(locale: string): Promise<Messages> {
  const [first, store] = await Promise.all([
    loadMessages(locale),
    STORE[languageOf(locale)]?.().then(
      (part) => part.default,
      // A text that is missing is said in English.
      () => void loadMessages('en'),
    ),
  ]);
  return store ? addMessages(locale, store) : first;
}
