import type { Message } from '../../messages.js';
import type { rewardsEn } from './rewards-en.js';

/** Names of the page's texts; English says which there are. */
export type PageKey = keyof typeof rewardsEn;

/** A whole language. A missing text does not compile. */
export type PageTexts = { readonly [key in PageKey]: Message };
