import { CartDrawer } from './cart.js';
import { fillWith, h } from './dom.js';
import { icon } from './frame.js';
import type { Pricing } from './pricing.js';
import type { Session } from './session.js';
import { fill } from './texts.js';

/** The cart: a button that says how much is in it, the drawer that it opens, and what says what happened. */
export function cart(session: Session, pricing: Promise<Pricing>) {
  const { texts } = session;
  const status = h('div', { class: 'visually-hidden', role: 'status' });
  const count = h('span', { class: 'count' });
  const button = h('button', { type: 'button', class: 'cart-button', on: { click: () => drawer.open() } }, icon('cart'), h('span', { class: 'cart-word' }, texts.cart), count);
  const showCount = () => {
    const items = [...session.quantities.values()].reduce((all, one) => all + one, 0);
    count.textContent = session.words.number(items);
    button.setAttribute('aria-label', fill(texts.openCart, { count: items }));
  };
  const drawer = new CartDrawer(session, pricing, (text) => fillWith(status, text), showCount);
  showCount();
  return { button, drawer, status };
}
