import type { Quote } from '../../src/documents/index.js';
import { fillWith, h } from './dom.js';
import { icon } from './frame.js';
import { pictureOf } from './programs.js';
import type { Session } from './session.js';
import { sums } from './sums.js';
import { fill } from './texts.js';

/** What is ordered, what it costs, and the button that orders it. */
export class OrderSummary {
  readonly element: HTMLElement;
  /** What stands there; null: nothing yet. */
  shown: Quote | null = null;
  #isConfirmed = false;
  readonly #session: Session;
  readonly #status: HTMLElement;
  readonly #lines: HTMLElement;
  readonly #totals = h('div', { class: 'order-sums' });
  readonly #earns = h('p', { class: 'earns' });
  readonly #problem = h('p', { class: 'problem', role: 'alert' });
  readonly #place: HTMLButtonElement;

  constructor(session: Session, place: () => void) {
    const { texts } = session;
    this.#session = session;
    this.#status = h('span', { class: 'tag' }, texts.estimated);
    this.#lines = h('ul', { class: 'order-lines' });
    this.#lines.style.setProperty('--lines', String(session.cart().lines.length));
    this.#place = h('button', { type: 'button', class: 'primary wide place', disabled: true, on: { click: place } });
    this.element = h(
      'aside',
      { class: 'panel-card order coming', 'aria-labelledby': 'order-title' },
      h('div', { class: 'order-head' }, h('h2', { id: 'order-title' }, texts.summary), this.#status),
      this.#lines,
      this.#totals,
      this.#earns,
      this.#place,
      this.#problem,
    );
  }

  show(quote: Quote, isConfirmed: boolean): void {
    const { texts, words, member } = this.#session;
    this.shown = quote;
    this.#isConfirmed = isConfirmed;
    this.element.classList.remove('coming');
    this.#status.textContent = isConfirmed ? texts.confirmed : texts.estimated;
    this.#status.classList.toggle('tag-confirmed', isConfirmed);
    fillWith(this.#lines, orderLines(this.#session, quote));
    fillWith(this.#totals, sums(this.#session, quote));
    fillWith(this.#earns, quote.points.earned > 0 && [icon('star'), h('span', {}, fill(member ? texts.earn : texts.earnGuest, { points: words.points(quote.points.earned) }))]);
    this.#place.textContent = fill(texts.placeOrder, { amount: words.money(quote.payable) });
    this.#place.disabled = false;
  }

  /** The order is on its way. */
  placing(): void {
    fillWith(this.#problem);
    this.#place.disabled = true;
    this.#place.textContent = this.#session.texts.placing;
  }

  /** It did not work: the order stands as it stood. */
  failed(text: string): void {
    this.element.classList.remove('coming');
    fillWith(this.#problem, text);
    if (this.shown) this.show(this.shown, this.#isConfirmed);
  }
}

function orderLines(session: Session, quote: Quote): HTMLElement[] {
  const { texts, words, documents, quantities, view } = session;
  return [
    ...quote.lines.map(({ id, subtotal, net, discount }) => {
      const quantity = quantities.get(id) ?? 1;
      return h(
        'li',
        {},
        h('img', { src: pictureOf(documents.id, id), alt: '', width: 56, height: 56 }),
        h('p', {}, session.productName(id), h('small', {}, fill(texts.times, { quantity: words.number(quantity), price: words.money(session.product(id).prices[view.currency]) }))),
        h('p', { class: 'line-amount' }, discount > 0 && h('s', { class: 'was' }, h('bdi', {}, session.money(subtotal))), h('bdi', {}, session.money(net))),
      );
    }),
    ...quote.addedLines.map(({ productId, quantity }) =>
      h(
        'li',
        {},
        h('img', { src: pictureOf(documents.id, productId), alt: '', width: 56, height: 56 }),
        h('p', {}, session.productName(productId), h('small', {}, `${words.number(quantity)} ×`)),
        h('p', { class: 'line-amount line-free' }, texts.freeItem),
      ),
    ),
  ];
}
