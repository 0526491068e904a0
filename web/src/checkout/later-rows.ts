import type { Offer } from '../documents/index.js';

/** One name for one row, of whatever kind. */
export const keyOf = (row: { readonly id: string; readonly source: string }) => `${row.source} ${row.id}`;

/** What a rejected shopper could use instead: at most three, the best first. */
export const suggestionsOf = (offers: readonly Offer[]): readonly Offer[] =>
  offers.filter((offer) => offer.usable && offer.saves > 0).slice(0, 3);
