/** What a visitor has ordered, and what can still be done with it. */
import { productName } from './goods.mjs';
import { LoyaltyRefusal } from './loyalty-api.mjs';
import { ShopProblem } from './problems.mjs';

const PATH = '/orders/v1/orders';
const SHOWN = 12;

/** @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {import('./sessions.mjs').Session} session the newest first */
export async function ordersOf(api, session) {
  const ids = session.shopper === null ? [...session.placed.values()].reverse().slice(0, SHOWN) : await idsOf(api, session.shopper.contactId);
  return Promise.all(ids.map(async (id) => shown((await api.get(`${PATH}/${id}`)).order)));
}

/** @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {string} contactId @returns {Promise<string[]>} */
async function idsOf(api, contactId) {
  const { orders } = await api.get(`${PATH}?contactId=${contactId}&limit=${SHOWN}`);
  return orders.map((/** @type {{ id: string }} */ { id }) => id);
}

/**
 * An order of this visitor. Others' orders do not exist for them.
 * @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {import('./sessions.mjs').Session} session @param {string} id
 */
async function ownOrder(api, session, id) {
  const { order } = await api.get(`${PATH}/${encodeURIComponent(id)}`);
  const isOwn = session.shopper === null ? [...session.placed.values()].includes(order.id) : order.contactId === session.shopper.contactId;
  if (!isOwn) throw new ShopProblem(404, 'ORDER_NOT_FOUND', 'There is no such order.');
  return order;
}

/**
 * Sends units of an order back, and with them their share of discount and points.
 * @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {import('./sessions.mjs').Session} session
 * @param {{ id: string, lines: readonly { id: string, quantity: number }[], idempotencyKey: string }} what
 */
export async function refund(api, session, { id, lines, idempotencyKey }) {
  const order = await ownOrder(api, session, id);
  try {
    const answer = await api.post(`${PATH}/${order.id}/refund`, { lines }, { idempotencyKey: `${order.id}.${idempotencyKey}` });
    const { amount, refundedPoints, reversedPoints } = answer.refund;
    return { order: shown(answer.order), refund: { amount, pointsBack: refundedPoints, pointsTaken: reversedPoints } };
  } catch (error) {
    const isLines = error instanceof LoyaltyRefusal && error.status === 400 && error.code === '';
    throw isLines ? new ShopProblem(409, 'NOT_SO_MANY', 'Not so many of these are left to send back. Load the page again to see what is.') : error;
  }
}

/** @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {import('./sessions.mjs').Session} session @param {{ id: string, to: 'paid' | 'cancel', idempotencyKey: string }} what */
export async function change(api, session, { id, to, idempotencyKey }) {
  const order = await ownOrder(api, session, id);
  return { order: shown((await api.post(`${PATH}/${order.id}/${to}`, {}, { idempotencyKey: `${order.id}.${idempotencyKey}` })).order) };
}

/** An order as pages show it. Money in minor units. @param {any} order */
export function shown(order) {
  const isOpen = order.status !== 'CANCELED';
  const isPaid = order.paymentStatus !== 'NOT_PAID';
  const { spent, earned, refunded, reversed } = order.points;
  return {
    id: order.id,
    number: order.number ?? order.id,
    placedAt: order.createdDate,
    status: isOpen ? order.paymentStatus : 'CANCELED',
    currency: order.currency,
    lines: order.lines.map((/** @type {any} */ { id, quantity, returned, subtotal, net }) => ({ id, name: productName(id), quantity, returned, subtotal, net })),
    total: order.amounts.total,
    discount: order.amounts.itemsDiscount + order.amounts.shippingDiscount,
    points: { spent: spent - refunded, earned: earned - reversed, pending: isOpen && !isPaid ? (order.quote.points?.earned ?? 0) : 0 },
    canPay: isOpen && !isPaid,
    canCancel: isOpen && !isPaid,
    canRefund: isOpen && isPaid && order.lines.some((/** @type {any} */ line) => line.returned < line.quantity),
    quote: order.quote,
  };
}
