/** What customers mean to do, done: each action as the requests that a real shop would send for it. */
import { cartOf, PRODUCTS } from '../store/goods.mjs';
import { LoyaltyRefusal } from '../store/loyalty-api.mjs';
import { REVIEW, SIGN_UP } from './program.mjs';

/** Fewer points than these are not paid with: the program's minimum. */
const LEAST_POINTS = 200;
const POINTS_STEP = 100;

/** @typedef {import('./people.mjs').Action} Action */
/** @template {Action['kind']} Kind @typedef {Extract<Action, { kind: Kind }>} ActionOf */
/** @typedef {import('./people.mjs').OrderAction} OrderAction */

/** How often what happened; the same year gives the same numbers. */
export class Figures {
  members = 0;
  orders = 0;
  /** Orders on which points, a coupon or a code took something off. */
  discounted = 0;
  coupons = 0;
  refunds = 0;
  canceled = 0;
  activities = 0;
  /** Wishes that the program said no to: a code that has run out, a coupon that fits nothing. */
  refused = 0;
}

/** One customer of the shop. */
export class Life {
  #api;
  #program;
  #person;
  #figures;
  #contactId = '';
  #memberId = '';
  #accountId = '';
  /** Coupons not used yet. @type {{ id: string, kind: string }[]} */
  #coupons = [];
  #reviews = 0;
  /** Ids of what was ordered. @type {Map<OrderAction, string>} */
  #orders = new Map();

  /**
   * @param {import('../store/loyalty-api.mjs').LoyaltyApi} api @param {import('./program.mjs').Program} program
   * @param {import('./people.mjs').Person} person @param {Figures} figures counted up as things happen
   * @param {string} memberId of this person, where it becomes a member
   */
  constructor(api, program, person, figures, memberId) {
    this.#api = api;
    this.#program = program;
    this.#person = person;
    this.#figures = figures;
    this.#memberId = memberId;
  }

  /** @param {Action} action @returns {Promise<unknown>} */
  do(action) {
    switch (action.kind) {
      case 'join': return this.#join();
      case 'order': return this.#order(action);
      case 'abandon': return this.#abandon(action);
      case 'pay': return this.#api.post(`/orders/v1/orders/${this.#orders.get(action.order)}/paid`);
      case 'cancel': return this.#cancel(action);
      case 'refund': return this.#refund(action);
      case 'redeem': return this.#redeem(action);
      case 'review': return this.#report(REVIEW, `review-${this.#person.email}-${++this.#reviews}`);
      case 'follow': return this.#follow(action);
      case 'adjust': return this.#adjust(action);
      case 'forget': return this.#api.post(`/contacts/v1/contacts/${this.#contactId}/anonymize`);
    }
  }

  async #join() {
    const { name, email, birthdate } = this.#person;
    const { contact } = await this.#api.post('/contacts/v1/contacts', { contact: { name, email, memberId: this.#memberId, ...(birthdate && { birthdate }) } });
    this.#contactId = contact.id;
    const { account } = await this.#api.post('/loyalty-accounts/v1/accounts', { contactId: contact.id });
    this.#accountId = account.id;
    this.#figures.members += 1;
    await this.#report(SIGN_UP, `sign-up-${email}`);
  }

  /** @param {{ app: string, activity: string }} kind @param {string} eventId */
  async #report({ app, activity }, eventId) {
    await this.#api.post('/loyalty-triggers/v1/activities', { contactId: this.#contactId, triggerAppId: app, activityType: activity, eventId });
    this.#figures.activities += 1;
  }

  /** @param {ActionOf<'order'>} action */
  async #order(action) {
    const { basket, delivery, wish, paid } = action;
    const checkout = await this.#checkout(basket, delivery);
    if (wish !== null) await this.#grant(wish, checkout, basket);
    const { order } = await this.#api.post(`/checkout/v1/checkouts/${checkout.id}/complete`, { paymentStatus: paid ? 'PAID' : 'NOT_PAID' });
    this.#orders.set(action, order.id);
    this.#figures.orders += 1;
  }

  /** @param {ActionOf<'abandon'>} action */
  async #abandon({ basket }) {
    await this.#grant({ kind: 'points', share: 1 }, await this.#checkout(basket), basket);
  }

  /** @param {import('../store/goods.mjs').Basket} basket @param {string} [delivery] */
  async #checkout(basket, delivery) {
    const { checkout } = await this.#api.post('/checkout/v1/checkouts', {
      checkout: { ...(this.#contactId && { contactId: this.#contactId }), cart: cartOf(basket, delivery) },
    });
    return checkout;
  }

  /** @param {import('./people.mjs').Wish} wish @param {{ id: string }} checkout @param {import('../store/goods.mjs').Basket} basket */
  async #grant(wish, checkout, basket) {
    const choice = await this.#choiceOf(wish, basket);
    if (choice === null) return;
    const applied = await this.#unlessRefused(() => this.#api.post(`/storefront/v1/checkouts/${checkout.id}/apply`, { intent: { chosen: [choice] } }));
    if (!applied) return;
    this.#figures.discounted += 1;
    if ('coupon' in choice) this.#coupons = this.#coupons.filter(({ id }) => id !== choice.coupon?.id);
  }

  /** @param {import('./people.mjs').Wish} wish @param {import('../store/goods.mjs').Basket} basket */
  async #choiceOf(wish, basket) {
    if (wish.kind === 'code') return { code: { text: wish.code } };
    if (wish.kind === 'coupon') {
      const hasEquipment = [...basket.keys()].some((id) => PRODUCTS.get(id)?.tags.includes('stores/collection:equipment'));
      const coupon = this.#coupons.find(({ kind }) => kind !== 'equipment' || hasEquipment);
      return coupon === undefined ? null : { coupon: { id: coupon.id } };
    }
    const points = Math.floor(((await this.#available()) * wish.share) / POINTS_STEP) * POINTS_STEP;
    return points < LEAST_POINTS ? null : { reward: { id: this.#program.pay.id, points } };
  }

  async #available() {
    const { account } = await this.#api.get(`/loyalty-accounts/v1/accounts/${this.#accountId}`);
    return account.points.balance;
  }

  /** @param {ActionOf<'redeem'>} action */
  async #redeem({ coupon: kind }) {
    const { id, cost } = this.#program.coupons[kind];
    if ((await this.#available()) < cost) return;
    const { coupon } = await this.#api.post('/loyalty-coupons/v1/coupons', { rewardId: id, loyaltyAccountId: this.#accountId });
    this.#coupons.push({ id: coupon.id, kind });
    this.#figures.coupons += 1;
  }

  /** @param {{ order: OrderAction }} action */
  async #cancel({ order }) {
    await this.#api.post(`/orders/v1/orders/${this.#orders.get(order)}/cancel`);
    this.#figures.canceled += 1;
  }

  /** @param {ActionOf<'refund'>} action */
  async #refund({ order, whole }) {
    const [first, ...others] = [...order.basket];
    const lines = (whole ? [first, ...others] : [[first?.[0], 1]]).map((line) => ({ id: line?.[0], quantity: line?.[1] }));
    await this.#api.post(`/orders/v1/orders/${this.#orders.get(order)}/refund`, { lines });
    this.#figures.refunds += 1;
  }

  /** @param {ActionOf<'follow'>} action */
  async #follow({ channel }) {
    const { token } = await this.#api.post('/identity/v1/member-tokens', { memberId: this.#memberId });
    await this.#api.post('/loyalty-social-media/v1/followed-channels', { followedChannel: { channel } }, { as: token });
    this.#figures.activities += 1;
  }

  /** @param {ActionOf<'adjust'>} action */
  async #adjust({ points, why }) {
    await this.#unlessRefused(() => this.#api.post(`/loyalty-accounts/v1/accounts/${this.#accountId}/adjust-points`, { amount: points, description: why }));
  }

  /** False where the program says no, which customers live with. @param {() => Promise<unknown>} ask */
  async #unlessRefused(ask) {
    try {
      await ask();
      return true;
    } catch (error) {
      const isNo = error instanceof LoyaltyRefusal && error.code !== '' && error.status < 500;
      if (!isNo) throw error;
      this.#figures.refused += 1;
      return false;
    }
  }
}
