/** What the shop says when something does not go: a sentence for its customer, and a code for its pages. */
import { LoyaltyRefusal, LoyaltyUnreachable } from './loyalty-api.mjs';

export class ShopProblem extends Error {
  /**
   * @param {number} status of HTTP
   * @param {string} code
   * @param {string} message one or two whole sentences
   * @param {{ field?: string, [fact: string]: unknown }} [more] `field`: of the form, where one is at fault
   */
  constructor(status, code, message, more = {}) {
    super(message);
    this.name = 'ShopProblem';
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

/** Noes of the loyalty server that a customer can bring about, in the shop's words. */
const SAID = new Map([
  ['HOLD_EXPIRED', 'Your points were held for an hour, and that is over. They are back on your account; choose your reward again.'],
  ['QUOTE_CHANGED', 'The price has changed since you saw it. Look at it again, then place the order.'],
  ['CHECKOUT_COMPLETED', 'This order has been placed already. You find it under your orders.'],
  ['CONTACT_ALREADY_EXISTS', 'There is a customer with this e-mail address already. Use another one.'],
  ['ORDER_NOT_REFUNDABLE', 'This order is not paid, or was canceled: there is nothing to give back.'],
  ['ORDER_NOT_FOUND', 'There is no such order.'],
  ['IDEMPOTENCY_KEY_REUSED', 'This was sent twice with different content. Load the page again to see what was done.'],
]);
const FIELDS = new Map([['CONTACT_ALREADY_EXISTS', 'email']]);

/** Whatever went wrong, as the shop tells it; null: nobody had thought of that. @param {unknown} error */
export function problemOf(error) {
  if (error instanceof ShopProblem) return error;
  if (error instanceof LoyaltyUnreachable) return new ShopProblem(503, 'UNREACHABLE', 'The loyalty server does not answer. Please try again in a moment: nothing is done twice.');
  if (!(error instanceof LoyaltyRefusal)) return null;
  if (error.status >= 500) return new ShopProblem(503, 'BUSY', 'The loyalty server could not do this. Please try again: nothing is done twice.');
  const said = SAID.get(error.code);
  if (said === undefined) return null;
  const field = FIELDS.get(error.code);
  return new ShopProblem(error.status, error.code, said, field === undefined ? {} : { field });
}
