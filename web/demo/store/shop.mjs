/** What the shop does for a visitor: one function for each thing that its pages ask. */
import { REGULARS } from '../year/regulars.mjs';
import { abandon, checkoutOf } from './checkouts.mjs';
import { CURRENCY, DELIVERIES, MAX_QUANTITY, PRODUCTS } from './goods.mjs';
import { change, ordersOf, refund, shown } from './orders.mjs';
import { ShopProblem } from './problems.mjs';
import { knownShopper, newShopper } from './shoppers.mjs';

/**
 * @typedef {object} Asked
 * @property {import('./sessions.mjs').Session} session
 * @property {any} body as it came, parsed
 * @property {string} idempotencyKey of the visitor's one intention; empty where nothing is changed
 * @property {Readonly<Record<string, string>>} path its variables
 *
 * @typedef {{ api: import('./loyalty-api.mjs').LoyaltyApi, site: string, visitor?: string | undefined }} Ground
 */

/** @param {import('./sessions.mjs').Session} session */
const visitOf = ({ shopper, basket, delivery, checkoutId }) => ({
  me: shopper && { name: shopper.name, email: shopper.email },
  basket: [...basket].map(([id, quantity]) => ({ id, quantity })),
  delivery,
  checkoutId,
});

/** @param {unknown} value */
const textOf = (value) => (typeof value === 'string' ? value.trim() : '');

/** Everything that a page needs to begin. @param {Ground} ground @param {Asked} asked */
export async function config({ api, site, visitor }, { session }) {
  if (session.isNew && visitor !== undefined) session.shopper = await knownShopper(api, visitor);
  session.isNew = false;
  return { endpoint: api.address, site, console: `${api.address}/console/`, currency: CURRENCY, shoppers: REGULARS, ...visitOf(session) };
}

/** @param {Ground} ground @param {Asked} asked */
export async function signIn({ api }, { session, body }) {
  return signedIn(api, session, await knownShopper(api, textOf(body?.email)));
}

/** @param {Ground} ground @param {Asked} asked */
export async function signUp({ api }, { session, body }) {
  return signedIn(api, session, await newShopper(api, { name: textOf(body?.name), email: textOf(body?.email) }));
}

/** @param {Ground} ground @param {Asked} asked */
export async function signOut({ api }, { session }) {
  return signedIn(api, session, null);
}

/** What was held for one shopper is nothing for another. @param {Ground['api']} api @param {import('./sessions.mjs').Session} session @param {import('./sessions.mjs').Shopper | null} shopper */
async function signedIn(api, session, shopper) {
  await abandon(api, session);
  session.shopper = shopper;
  session.isNew = false;
  session.placed.clear();
  return visitOf(session);
}

/** @param {Ground} ground @param {Asked} asked a token for the visitor's own pages; null for guests */
export async function token({ api }, { session }) {
  if (session.shopper === null) return { token: null };
  return api.post('/identity/v1/member-tokens', { memberId: session.shopper.memberId });
}

/** The basket from now on, and the checkout that it is on. @param {Ground} ground @param {Asked} asked */
export async function cart({ api }, { session, body }) {
  session.basket = basketOf(body?.basket);
  session.delivery = deliveryOf(body?.delivery ?? session.delivery);
  const standing = await checkoutOf(api, session);
  return { ...visitOf(session), cart: standing?.checkout.cart ?? null, quote: standing?.quote ?? null };
}

/** @param {unknown} given @returns {import('./goods.mjs').Basket} */
function basketOf(given) {
  if (!Array.isArray(given)) throw new ShopProblem(400, 'BASKET_MISSING', 'The basket is a list of products with their quantities.', { field: 'basket' });
  /** @type {Map<string, number>} */
  const basket = new Map();
  for (const line of given) {
    const { id, quantity } = line ?? {};
    if (!PRODUCTS.has(id)) throw new ShopProblem(400, 'PRODUCT_UNKNOWN', 'We do not sell one of these any more. Take it out of the cart.', { field: 'basket' });
    const all = (basket.get(id) ?? 0) + quantity;
    const isCount = Number.isInteger(quantity) && quantity >= 1 && all <= MAX_QUANTITY;
    if (!isCount) throw new ShopProblem(400, 'QUANTITY', `We sell 1 to ${MAX_QUANTITY} of each product at a time.`, { field: 'basket' });
    basket.set(id, all);
  }
  return basket;
}

/** @param {unknown} given */
function deliveryOf(given) {
  if (typeof given !== 'string' || !DELIVERIES.has(given)) throw new ShopProblem(400, 'DELIVERY_UNKNOWN', 'Choose how the order reaches you.', { field: 'delivery' });
  return given;
}

/**
 * Places the order that is on the checkout: with the discounts that are applied there, for the total that the visitor has seen.
 * `payment` later: it is placed, and what it earns waits for the money.
 * @param {Ground} ground @param {Asked} asked
 */
export async function order({ api }, { session, body, idempotencyKey }) {
  const checkoutId = textOf(body?.checkoutId);
  if (session.checkoutId !== checkoutId && !session.placed.has(checkoutId)) {
    throw new ShopProblem(409, 'ANOTHER_CART', 'Your cart has changed in another window. Load the page again to see it.');
  }
  const { checkout, quote } = await api.get(`/checkout/v1/checkouts/${encodeURIComponent(checkoutId)}`);
  if (checkout.status === 'OPEN' && quote.total !== body?.total) {
    throw new ShopProblem(409, 'TOTAL_CHANGED', 'The total has changed since you saw it. Look at it again, then place the order.', { total: quote.total });
  }
  const paymentStatus = body?.payment === 'later' ? 'NOT_PAID' : 'PAID';
  const answer = await api.post(`/checkout/v1/checkouts/${checkout.id}/complete`, { paymentStatus }, { idempotencyKey: `${checkout.id}.${idempotencyKey}` });
  if (session.placed.has(checkout.id)) return { order: shown(answer.order) };
  session.placed.set(checkout.id, answer.order.id);
  session.checkoutId = null;
  session.basket = new Map();
  return { order: shown(answer.order) };
}

/** @param {Ground} ground @param {Asked} asked */
export async function orders({ api }, { session }) {
  return { orders: await ordersOf(api, session) };
}

/** @param {Ground} ground @param {Asked} asked */
export async function refundOrder({ api }, { session, body, idempotencyKey, path }) {
  const lines = Array.isArray(body?.lines) ? body.lines.map((/** @type {any} */ line) => ({ id: line?.id, quantity: line?.quantity })) : [];
  if (lines.length === 0) throw new ShopProblem(400, 'NOTHING_CHOSEN', 'Choose what you send back.', { field: 'lines' });
  return refund(api, session, { id: path['id'] ?? '', lines, idempotencyKey });
}

/** @param {Ground} ground @param {Asked} asked */
export async function payOrder({ api }, { session, idempotencyKey, path }) {
  return change(api, session, { id: path['id'] ?? '', to: 'paid', idempotencyKey });
}

/** @param {Ground} ground @param {Asked} asked */
export async function cancelOrder({ api }, { session, idempotencyKey, path }) {
  return change(api, session, { id: path['id'] ?? '', to: 'cancel', idempotencyKey });
}
