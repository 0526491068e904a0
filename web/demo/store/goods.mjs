/** What the shop sells: its price list, and carts made of it. Prices come from here and from nowhere else. */
import { readFileSync } from 'node:fs';

const FOLDER = new URL('../programs/coffee/', import.meta.url);
/** @param {string} name */
const read = (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'));

/** @type {import('../src/programs.js').Shop} */
const SHOP = read('shop.json');
/** @type {import('../src/programs.js').ShopTexts} */
const TEXTS = read('texts.en.json');

export const CURRENCY = 'USD';
export const MAX_QUANTITY = 99;
export const PRODUCTS = new Map(SHOP.products.map((product) => [product.id, product]));
export const DELIVERIES = new Map(SHOP.shipping.map((delivery) => [delivery.id, delivery]));
export const FIRST_DELIVERY = SHOP.shipping[0]?.id ?? '';

/** Quantities by product id. @typedef {ReadonlyMap<string, number>} Basket */

/** What the shop's first visitors find in their cart. @type {Basket} */
export const FIRST_BASKET = new Map(SHOP.firstCart.split(',').map((part) => [part.split(':')[0] ?? '', Number(part.split(':')[1])]));

/** @param {string} id */
export function productName(id) {
  return TEXTS.products[id] ?? id;
}

/**
 * The cart as the loyalty server takes it; lines have the ids of their products.
 * @param {Basket} basket @param {string} [delivery]
 */
export function cartOf(basket, delivery = FIRST_DELIVERY) {
  const way = DELIVERIES.get(delivery);
  if (way === undefined) throw new Error(`There is no delivery ${delivery}.`);
  return {
    currency: CURRENCY,
    pricesIncludeTax: SHOP.pricesIncludeTax[CURRENCY],
    lines: [...basket].map(([id, quantity]) => lineOf(id, quantity)),
    shipping: [{ id: way.id, price: way.prices[CURRENCY], taxRatePpm: way.taxRatePpm[CURRENCY], tags: way.tags }],
  };
}

/** @param {string} id @param {number} quantity */
function lineOf(id, quantity) {
  const product = PRODUCTS.get(id);
  if (product === undefined) throw new Error(`There is no product ${id}.`);
  return {
    id,
    unitPrice: product.prices[CURRENCY],
    quantity,
    taxRatePpm: product.taxRatePpm[CURRENCY],
    // The server adds the wider ones; a page that previews has them all, so that both price the same cart.
    tags: ['stores', ...product.tags],
    ...(product.listPrices && { listUnitPrice: product.listPrices[CURRENCY] }),
    ...(product.kind && { kind: product.kind }),
  };
}
