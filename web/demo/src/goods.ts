import { h } from './dom.js';
import { icon } from './frame.js';
import { pictureOf, type Product } from './programs.js';
import type { Session } from './session.js';
import { fill } from './texts.js';

/** What the shop sells, below what it is proud of. `add`: puts one of a product into the cart. */
export function goods(session: Session, add: (id: string) => void): HTMLElement[] {
  const { texts, documents, view } = session;
  const included = documents.shop.pricesIncludeTax[view.currency];
  const taxed = documents.shop.products.some((product) => product.taxRatePpm[view.currency] > 0);
  return [
    h(
      'section',
      { class: 'hero' },
      h('div', {}, h('h1', {}, documents.texts.tagline), h('p', { class: 'notice' }, icon('gift'), h('span', {}, documents.texts.notice))),
      h('div', { class: 'hero-pictures', 'aria-hidden': 'true' }, documents.shop.products.slice(0, 3).map(({ id }) => h('img', { src: pictureOf(documents.id, id), alt: '', width: 160, height: 160 }))),
    ),
    h('section', { 'aria-labelledby': 'goods' }, h('h2', { id: 'goods', class: 'visually-hidden' }, texts.shop), h('ul', { class: 'grid' }, documents.shop.products.map((product) => card(session, product, add)))),
    h('p', { class: 'small tax-note' }, taxed ? (included ? texts.taxIncluded : texts.taxAdded) : texts.noTax),
  ];
}

function card(session: Session, product: Product, add: (id: string) => void): HTMLElement {
  const { texts, documents, view } = session;
  const name = session.productName(product.id);
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
        h('bdi', {}, session.money(product.prices[view.currency])),
        list !== undefined && h('small', {}, fill(texts.was, { price: session.words.money(list) })),
      ),
      h(
        'button',
        { type: 'button', class: 'add', 'aria-label': fill(texts.addNamed, { name }), on: { click: () => add(product.id) } },
        icon('plus'),
        h('span', {}, texts.add),
      ),
    ),
  );
}
