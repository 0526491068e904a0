import type { Choice } from '../../src/documents/index.js';
import { LANGUAGES, type Language } from './texts.js';

export const PROGRAMS = ['coffee', 'fashion', 'restaurant'] as const;
export const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
export const SHOPPERS = ['guest', 'new', 'silver', 'gold'] as const;
export const THEMES = ['auto', 'light', 'dark'] as const;

export type ProgramId = (typeof PROGRAMS)[number];
export type Currency = (typeof CURRENCIES)[number];
export type Shopper = (typeof SHOPPERS)[number];
export type Theme = (typeof THEMES)[number];

/** Everything that a view depends on. Each one has an address. */
export interface View {
  readonly program: ProgramId;
  readonly currency: Currency;
  readonly shopper: Shopper;
  readonly language: Language;
  readonly theme: Theme;
  /** Quantities by product; null: the cart that a first visit finds. */
  readonly cart: ReadonlyMap<string, number> | null;
  readonly cartOpen: boolean;
  /** The chosen way of delivery; null: the first there is. */
  readonly delivery: string | null;
  readonly chosen: readonly Choice[];
  /** The number of the order that was placed with all this. */
  readonly placed: string | null;
  /** The present, for pictures that can be taken again; null: the clock's. */
  readonly now: string | null;
  /** `off`: without preload hints, for comparing. The server reads it. */
  readonly hints: string | null;
}

const FIRST_LANGUAGE: Language = LANGUAGES.find((tag) => navigator.language.toLowerCase().startsWith(tag)) ?? 'en';
const MAX_QUANTITY = 99;

function oneOf<T extends string>(value: string | null, values: readonly T[], otherwise: T): T {
  return values.find((one) => one === value) ?? otherwise;
}

/** `espresso:2,mug:1`; what cannot be read is left out. */
function readCart(text: string): ReadonlyMap<string, number> {
  const cart = new Map<string, number>();
  for (const part of text.split(',')) {
    const [id, quantity] = part.split(':');
    const count = Number(quantity);
    if (id && Number.isInteger(count) && count >= 1) cart.set(id, Math.min(count, MAX_QUANTITY));
  }
  return cart;
}

/** Text of an address that somebody may have typed: what cannot be decoded stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `reward:pay-with-beans:300,coupon:thanks-10,code:SUMMER` */
function readChosen(text: string): readonly Choice[] {
  return text.split(',').flatMap((part): Choice[] => {
    const [kind, id, points] = part.split(':').map(decoded);
    if (!id) return [];
    if (kind === 'reward') {
      const count = Number(points);
      return [{ reward: points !== undefined && Number.isInteger(count) && count > 0 ? { id, points: count } : { id } }];
    }
    if (kind === 'coupon') return [{ coupon: { id } }];
    return kind === 'code' ? [{ code: { text: id } }] : [];
  });
}

function writeChosen(chosen: readonly Choice[]): string {
  return chosen
    .flatMap((choice): (string | number)[][] => {
      if (choice.reward) return [['reward', choice.reward.id, ...(choice.reward.points === undefined ? [] : [choice.reward.points])]];
      if (choice.coupon) return [['coupon', choice.coupon.id]];
      return choice.code ? [['code', choice.code.text]] : [];
    })
    .map((parts) => parts.map(encodeURIComponent).join(':'))
    .join(',');
}

export function readView(search: string): View {
  const given = new URLSearchParams(search);
  const cart = given.get('cart');
  const now = given.get('now');
  return {
    program: oneOf(given.get('program'), PROGRAMS, 'coffee'),
    currency: oneOf(given.get('currency'), CURRENCIES, 'USD'),
    shopper: oneOf(given.get('member'), SHOPPERS, 'silver'),
    language: oneOf(given.get('lang'), LANGUAGES, FIRST_LANGUAGE),
    theme: oneOf(given.get('theme'), THEMES, 'auto'),
    cart: cart === null ? null : readCart(cart),
    cartOpen: given.get('view') === 'cart',
    delivery: given.get('delivery'),
    chosen: readChosen(given.get('chosen') ?? ''),
    placed: given.get('placed'),
    now: now !== null && !Number.isNaN(Date.parse(now)) ? now : null,
    hints: given.get('hints'),
  };
}

/** The query of a view, readable and in one order; what goes without saying is left out. */
export function writeView(view: View): string {
  const parts: [string, string][] = [
    ['program', view.program],
    ['currency', view.currency],
    ['member', view.shopper],
    ['lang', view.language],
  ];
  if (view.theme !== 'auto') parts.push(['theme', view.theme]);
  if (view.cart !== null) parts.push(['cart', [...view.cart].map(([id, quantity]) => `${id}:${quantity}`).join(',')]);
  if (view.delivery !== null) parts.push(['delivery', view.delivery]);
  if (view.chosen.length > 0) parts.push(['chosen', writeChosen(view.chosen)]);
  if (view.placed !== null) parts.push(['placed', view.placed]);
  if (view.cartOpen) parts.push(['view', 'cart']);
  if (view.now !== null) parts.push(['now', view.now]);
  if (view.hints !== null) parts.push(['hints', view.hints]);
  return `?${parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(3A|2C|2B)/g, decodeURIComponent)}`).join('&')}`;
}

export function addressOf(page: '/' | '/checkout', view: View): string {
  return page + writeView(view);
}
