import '../../src/jsx/svelte.js';
import type { SvelteHTMLElements } from 'svelte/elements';

type Props = SvelteHTMLElements['loyalty-checkout'];

export const props: Props[] = [
  { class: 'side', cart: { currency: 'EUR', lines: [] }, layout: 'panel', 'coupon-entry': 'hidden' },
  { 'onloyalty-preview': ({ detail }) => detail.quote.total.toFixed() },
  { 'on:loyalty-sign-in': ({ detail }) => detail.url },
  // @ts-expect-error a cart is an object
  { cart: 'cart' },
  // @ts-expect-error no such way to apply
  { apply: 'later' },
  // @ts-expect-error of this event there is no quote
  { 'on:loyalty-sign-in': ({ detail }) => detail.quote },
];
