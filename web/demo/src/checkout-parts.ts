import type { LoyaltyCheckout } from '../../src/checkout/index.js';
import { h } from './dom.js';
import type { Session } from './session.js';

/** How the order reaches the shopper. `changed`: another way was chosen, and the session has it. */
export function deliveries(session: Session, changed: () => void): HTMLElement {
  const { texts, documents, view } = session;
  const ways = documents.shop.shipping.map((delivery) => {
    const price = delivery.prices[view.currency];
    const element = choice('delivery', delivery.id, documents.texts.shipping[delivery.id] ?? delivery.id, price === 0 ? texts.free : session.money(price), delivery.id === session.delivery.id);
    element.addEventListener('change', () => {
      session.change({ delivery: delivery.id });
      changed();
    });
    return element;
  });
  return h('section', { class: 'panel-card', 'aria-labelledby': 'delivery-title' }, h('h2', { id: 'delivery-title' }, texts.deliveryMethod), h('div', { class: 'choices' }, ways));
}

/** Card, or later. `payment` is the name of the group. */
export function payments({ texts }: Session): HTMLElement {
  return h(
    'section',
    { class: 'panel-card', 'aria-labelledby': 'payment-title' },
    h('h2', { id: 'payment-title' }, texts.payment),
    h('div', { class: 'choices' }, choice('payment', 'card', texts.card, '', true), choice('payment', 'arrival', texts.onPickup, '', false)),
    h('p', { class: 'small' }, texts.paymentNote),
  );
}

function choice(group: string, value: string, text: string, detail: string, checked: boolean): HTMLElement {
  return h('label', { class: 'choice' }, h('input', { type: 'radio', name: group, value, checked }), h('span', {}, text), detail !== '' && h('bdi', { class: 'choice-detail' }, detail));
}

/** The element of a checkout page, which shows its totals itself. */
export function checkoutElement(session: Session): LoyaltyCheckout {
  const { view } = session;
  const element = document.createElement('loyalty-checkout');
  element.setAttribute('heading-level', '2');
  element.setAttribute('theme', view.theme);
  element.setAttribute('hide', 'totals');
  element.setAttribute('locale', view.language);
  element.formatters = { tag: session.tagName };
  reserveRoom(session, element);
  return element;
}

/** Keeps about the room free that the rewards will take, so that nothing below jumps when they come. */
function reserveRoom({ member, documents }: Session, element: LoyaltyCheckout): void {
  const rows = member === null ? 0 : (documents.catalog.rewards?.length ?? 0) + (member.account.coupons?.length ?? 0);
  element.style.setProperty('--rows', String(rows));
  element.classList.add('coming');
  void element.ready().then(() => element.classList.remove('coming'));
}

/** Instead of a checkout, where the cart is empty. */
export function nothingToOrder(session: Session): HTMLElement {
  const { texts } = session;
  return h(
    'section',
    { class: 'panel-card' },
    h('h1', { class: 'visually-hidden' }, texts.checkout),
    h('p', { class: 'empty' }, texts.empty),
    h('a', { class: 'primary', href: session.address('/', { cart: null }) }, texts.browse),
  );
}

/** The order is placed: its confirmation takes the place of the checkout, and the page stays where it was. */
export function showPlaced(content: HTMLElement, back: HTMLElement, confirmed: HTMLElement): void {
  back.style.visibility = 'hidden';
  // What comes is shorter: the foot of the page stays where it was.
  content.style.minBlockSize = `${content.offsetHeight}px`;
  content.replaceChildren(confirmed);
  content.querySelector<HTMLElement>('h1')?.focus();
  scrollTo({ top: 0 });
}
