import '../styles/shop.css';
import { CartDrawer } from './cart.js';
import { byId, fillWith, h } from './dom.js';
import { frame, icon } from './frame.js';
import { Pricing, startCore } from './pricing.js';
import { pictureOf, type Product } from './programs.js';
import { Session } from './session.js';
import { fill } from './texts.js';

// Fetched while the documents are: nothing here waits for it before the cart is opened.
void startCore().catch(() => undefined);

const session = await Session.start();
const { texts, documents, view } = session;
document.title = `${documents.texts.name} · ${texts.shop}`;

const status = h('div', { class: 'visually-hidden', role: 'status' });
const pricing = Pricing.open(documents.catalog, () => session.now().toISOString());
pricing.catch(() => undefined);

const count = h('span', { class: 'count' });
const cartButton = h('button', { type: 'button', class: 'cart-button', on: { click: () => drawer.open() } }, icon('cart'), h('span', { class: 'cart-word' }, texts.cart), count);
const drawer = new CartDrawer(session, pricing, (text) => fillWith(status, text), showCount);

function showCount(): void {
  const items = [...session.quantities.values()].reduce((all, one) => all + one, 0);
  count.textContent = session.words.number(items);
  cartButton.setAttribute('aria-label', fill(texts.openCart, { count: items }));
}

function card(product: Product): HTMLElement {
  const name = session.productName(product.id);
  const price = product.prices[view.currency];
  const list = product.listPrices?.[view.currency];
  return h(
    'li',
    { class: 'card' },
    h('div', { class: 'card-picture' }, h('img', { src: pictureOf(documents.id, product.id), alt: '', width: 320, height: 320 })),
    h('h3', {}, name),
    h('p', { class: 'note' }, documents.texts.notes[product.id]),
    h(
      'div',
      { class: 'card-foot' },
      h(
        'p',
        { class: 'price' },
        h('bdi', {}, session.money(price)),
        list !== undefined && h('small', {}, fill(texts.was, { price: session.words.money(list) })),
      ),
      h(
        'button',
        { type: 'button', class: 'add', 'aria-label': fill(texts.addNamed, { name }), on: { click: () => drawer.add(product.id) } },
        icon('plus'),
        h('span', {}, texts.add),
      ),
    ),
  );
}

const included = documents.shop.pricesIncludeTax[view.currency];
const taxed = documents.shop.products.some((product) => product.taxRatePpm[view.currency] > 0);
fillWith(
  byId('app'),
  frame(session, cartButton, [
    h(
      'section',
      { class: 'hero' },
      h('div', {}, h('h1', {}, documents.texts.tagline), h('p', { class: 'notice' }, icon('gift'), h('span', {}, documents.texts.notice))),
      h('div', { class: 'hero-pictures', 'aria-hidden': 'true' }, documents.shop.products.slice(0, 3).map(({ id }) => h('img', { src: pictureOf(documents.id, id), alt: '', width: 160, height: 160 }))),
    ),
    h('section', { 'aria-labelledby': 'goods' }, h('h2', { id: 'goods', class: 'visually-hidden' }, texts.shop), h('ul', { class: 'grid' }, documents.shop.products.map(card))),
    h('p', { class: 'small tax-note' }, taxed ? (included ? texts.taxIncluded : texts.taxAdded) : texts.noTax),
  ]),
  status,
  drawer.element,
);
showCount();
if (view.cartOpen) drawer.open();
document.documentElement.dataset['ready'] = 'true';
