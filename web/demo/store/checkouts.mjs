/** A visit's basket on a checkout of the loyalty server: made when it is needed, changed with the basket. */
import { cartOf } from './goods.mjs';
import { LoyaltyRefusal } from './loyalty-api.mjs';

const PATH = '/checkout/v1/checkouts';

/**
 * The checkout with the basket as it is now, and what it costs; null: there is nothing in the basket.
 * @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {import('./sessions.mjs').Session} session
 */
export async function checkoutOf(api, session) {
  if (session.basket.size === 0) {
    await abandon(api, session);
    return null;
  }
  const checkout = { ...(session.shopper && { contactId: session.shopper.contactId }), cart: cartOf(session.basket, session.delivery) };
  if (session.checkoutId !== null) {
    try {
      return await api.put(`${PATH}/${session.checkoutId}`, { checkout });
    } catch (error) {
      // Completed in another tab, or of a store that has begun anew.
      if (!(error instanceof LoyaltyRefusal) || !['CHECKOUT_COMPLETED', 'CHECKOUT_NOT_FOUND'].includes(error.code)) throw error;
    }
  }
  const made = await api.post(PATH, { checkout });
  session.checkoutId = made.checkout.id;
  return made;
}

/** Gives back what is held for the checkout. @param {import('./loyalty-api.mjs').LoyaltyApi} api @param {import('./sessions.mjs').Session} session */
export async function abandon(api, session) {
  const id = session.checkoutId;
  session.checkoutId = null;
  if (id === null) return;
  const { checkout, discounts } = await api.get(`${PATH}/${id}`);
  if (checkout.status !== 'OPEN') return;
  for (const { discountId } of discounts) await api.post(`/loyalty-checkout-exchange/v1/loyalty-checkout-discounts/${discountId}/remove`);
}
