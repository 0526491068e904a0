import type { NearMiss, Quote } from '../../src/documents/index.js';
import { fillWith, h } from './dom.js';
import { icon } from './frame.js';
import { pictureOf } from './programs.js';
import type { Order, Pricing } from './pricing.js';
import type { Session } from './session.js';
import { discountsOf } from './sums.js';
import { fill } from './texts.js';

/** Steppers, so the largest is what two digits show well. */
const MAX_QUANTITY = 99;

interface Line {
  readonly element: HTMLElement;
  readonly quantity: HTMLElement;
  readonly amount: HTMLElement;
}

/** The cart in a drawer. What it costs is asked of the core after every change. */
export class CartDrawer {
  readonly element: HTMLDialogElement;
  readonly #session: Session;
  readonly #pricing: Promise<Pricing>;
  readonly #announce: (text: string) => void;
  readonly #changed: () => void;
  readonly #list: HTMLElement;
  readonly #below: HTMLElement;
  readonly #lines = new Map<string, Line>();
  #turn = 0;

  constructor(session: Session, pricing: Promise<Pricing>, announce: (text: string) => void, changed: () => void) {
    this.#session = session;
    this.#pricing = pricing;
    this.#announce = announce;
    this.#changed = changed;
    const { texts } = session;
    this.#list = h('ul', { class: 'cart-lines' });
    this.#below = h('div', { class: 'cart-below' });
    this.element = h(
      'dialog',
      {
        class: 'drawer',
        'aria-labelledby': 'cart-title',
        on: {
          close: () => session.change({ cartOpen: false }),
          click: (event) => {
            if (event.target === this.element) this.element.close();
          },
        },
      },
      h(
        'div',
        { class: 'drawer-inside' },
        h(
          'div',
          { class: 'drawer-head' },
          h('h2', { id: 'cart-title' }, texts.cart),
          h('button', { type: 'button', class: 'round', 'aria-label': texts.close, on: { click: () => this.element.close() } }, icon('close')),
        ),
        this.#list,
        this.#below,
      ),
    );
  }

  open(): void {
    if (!this.element.open) this.element.showModal();
    this.#session.change({ cartOpen: true });
    void this.draw();
  }

  add(id: string): void {
    this.#set(id, (this.#session.quantities.get(id) ?? 0) + 1);
    this.#announce(fill(this.#session.texts.added, { name: this.#session.productName(id) }));
  }

  #set(id: string, quantity: number): void {
    const cart = new Map(this.#session.quantities);
    if (quantity <= 0) cart.delete(id);
    else cart.set(id, Math.min(quantity, MAX_QUANTITY));
    this.#session.change({ cart });
    this.#changed();
    if (this.element.open) void this.draw();
  }

  #takeOut(id: string): void {
    const next = this.#lines.get(id)?.element.nextElementSibling ?? this.#lines.get(id)?.element.previousElementSibling;
    this.#set(id, 0);
    this.#announce(fill(this.#session.texts.removed, { name: this.#session.productName(id) }));
    // The button that had the focus is gone.
    (next?.querySelector<HTMLElement>('.take-out') ?? this.element.querySelector<HTMLElement>('.round'))?.focus();
  }

  async draw(): Promise<void> {
    const turn = ++this.#turn;
    this.#drawLines();
    const { texts, member, resolved } = this.#session;
    const cart = this.#session.cart();
    if (cart.lines.length === 0) {
      fillWith(this.#below, h('p', { class: 'empty' }, texts.empty), h('button', { type: 'button', class: 'primary', on: { click: () => this.element.close() } }, texts.browse));
      return;
    }
    const order: Order = { account: member?.account ?? null, cart, intent: { chosen: [] }, resolved };
    try {
      const pricing = await this.#pricing;
      if (turn !== this.#turn) return;
      const quote = pricing.quote(order);
      this.#drawAmounts(quote);
      this.#drawBelow(quote, null);
      const misses = await pricing.nearMisses(order);
      if (turn === this.#turn) this.#drawBelow(quote, misses.find(({ fix }) => fix?.kind === 'addAmount' || fix?.kind === 'addQuantity') ?? null);
    } catch (error) {
      console.error(error);
      if (turn === this.#turn) fillWith(this.#below, h('p', { class: 'problem', role: 'alert' }, texts.noPrices));
    }
  }

  #drawLines(): void {
    const quantities = this.#session.quantities;
    for (const [id, line] of this.#lines) {
      if (!quantities.has(id)) {
        line.element.remove();
        this.#lines.delete(id);
      }
    }
    for (const [id, quantity] of quantities) {
      const line = this.#lines.get(id) ?? this.#newLine(id);
      line.quantity.textContent = this.#session.words.number(quantity);
    }
  }

  #newLine(id: string): Line {
    const { texts, documents, view } = this.#session;
    const name = this.#session.productName(id);
    const product = this.#session.product(id);
    const step = (by: number) => this.#set(id, (this.#session.quantities.get(id) ?? 0) + by);
    const quantity = h('span', { class: 'stepper-value' });
    const amount = h('p', { class: 'line-amount' });
    const element = h(
      'li',
      { class: 'cart-line' },
      h('img', { src: pictureOf(documents.id, id), alt: '', width: 72, height: 72 }),
      h(
        'div',
        { class: 'cart-line-text' },
        h('p', { class: 'line-name' }, name),
        h('p', { class: 'line-each' }, fill(texts.each, { price: this.#session.words.money(product.prices[view.currency]) })),
        h(
          'div',
          { class: 'cart-line-controls' },
          h(
            'div',
            { class: 'stepper', role: 'group', 'aria-label': fill(texts.quantityOf, { name }) },
            h('button', { type: 'button', 'aria-label': fill(texts.less, { name }), on: { click: () => ((this.#session.quantities.get(id) ?? 0) > 1 ? step(-1) : this.#takeOut(id)) } }, icon('minus')),
            quantity,
            h('button', { type: 'button', 'aria-label': fill(texts.more, { name }), on: { click: () => step(1) } }, icon('plus')),
          ),
          h('button', { type: 'button', class: 'take-out', 'aria-label': fill(texts.takeOutNamed, { name }), on: { click: () => this.#takeOut(id) } }, texts.takeOut),
        ),
      ),
      amount,
    );
    const line = { element, quantity, amount };
    this.#lines.set(id, line);
    this.#list.append(element);
    return line;
  }

  #drawAmounts(quote: Quote): void {
    for (const { id, subtotal, net, discount } of quote.lines) {
      const line = this.#lines.get(id);
      if (!line) continue;
      fillWith(
        line.amount,
        discount > 0 && h('s', { class: 'was' }, h('bdi', {}, this.#session.money(subtotal))),
        h('bdi', {}, this.#session.money(net)),
      );
    }
  }

  #drawBelow(quote: Quote, miss: NearMiss | null): void {
    const { texts, words, member } = this.#session;
    const { ofItems, rest } = discountsOf(quote);
    const earned = quote.points.earned;
    fillWith(
      this.#below,
      h('p', { class: `near-miss ${miss ? '' : 'near-miss-none'}` }, miss && [icon('gift'), h('span', {}, this.#missText(miss))]),
      h(
        'dl',
        { class: 'sums' },
        ofItems.map((discount) =>
          h('div', { class: 'sum sum-off' }, h('dt', {}, this.#session.discountName(discount)), h('dd', {}, h('bdi', {}, words.off(discount.amount)))),
        ),
        h('div', { class: 'sum sum-total' }, h('dt', {}, texts.subtotal), h('dd', {}, h('bdi', {}, this.#session.money(quote.itemsNet)))),
      ),
      rest.map((discount) => h('p', { class: 'earns earns-good' }, icon('check'), h('span', {}, this.#session.discountName(discount)))),
      earned > 0 && h('p', { class: 'earns' }, icon('star'), h('span', {}, fill(member ? texts.earn : texts.earnGuest, { points: words.points(earned) }))),
      h('a', { class: 'primary wide', href: this.#session.address('/checkout', { cartOpen: false, cart: this.#session.quantities }) }, texts.goToCheckout),
      h('p', { class: 'small' }, texts.atCheckout),
    );
  }

  #missText(miss: NearMiss): string {
    const { texts, words } = this.#session;
    const source = miss.source;
    const values = {
      name: this.#session.discountName({ id: miss.id, source, amount: 0 }),
      saves: words.money(miss.saves),
    };
    const scope = miss.fix?.scope && words.scope(miss.fix.scope);
    if (miss.fix?.kind === 'addQuantity') {
      const count = words.number(miss.fix.quantity);
      return scope ? fill(texts.missQuantityOf, { ...values, count, scope }) : fill(texts.missQuantity, { ...values, count });
    }
    const amount = words.money(miss.fix?.amount ?? 0);
    return scope ? fill(texts.missAmountOf, { ...values, amount, scope }) : fill(texts.missAmount, { ...values, amount });
  }
}
