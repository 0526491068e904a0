import { isolateAmount } from '../../../src/text/format.js';
import { type Child, fillWith, h } from '../dom.js';
import { icon } from '../frame.js';
import { pictureOf } from '../programs.js';
import { fill } from '../texts.js';
import { backend, Intention, type Order, type Refunded, ShopError } from './backend.js';
import type { LiveSession } from './session.js';

const TONES = { NOT_PAID: 'waits', PAID: 'good', PARTIALLY_REFUNDED: 'calm', FULLY_REFUNDED: 'calm', CANCELED: 'calm' } as const;

/** One order, and what can still be done with it. */
export class OrderCard {
  readonly element = h('article', { class: 'panel-card order-card' });
  readonly #session: LiveSession;
  readonly #say: (text: string) => void;
  #order: Order;

  /** `say`: tells everybody what happened. */
  constructor(session: LiveSession, order: Order, say: (text: string) => void) {
    this.#session = session;
    this.#order = order;
    this.#say = say;
    this.#draw();
  }

  #draw(): void {
    const { live, words, view, documents } = this.#session;
    const { number, placedAt, status, points, total } = this.#order;
    const title = `order-${this.#order.id}`;
    const when = new Intl.DateTimeFormat(view.language, { dateStyle: 'long', timeStyle: 'short', timeZone: documents.catalog.timeZone ?? 'UTC' });
    const facts = [
      points.spent > 0 && fill(live.spent, { points: words.points(points.spent) }),
      points.earned > 0 && fill(live.earned, { points: words.points(points.earned) }),
      points.pending > 0 && fill(live.pending, { points: words.points(points.pending) }),
    ];
    this.element.setAttribute('aria-labelledby', title);
    fillWith(
      this.element,
      h(
        'header',
        { class: 'order-card-head' },
        h('div', {}, h('h2', { id: title, tabindex: -1 }, fill(live.order, { number: isolateAmount(`#${number}`) })), h('p', { class: 'small' }, when.format(new Date(placedAt)))),
        h('p', { class: `pill pill-${TONES[status]}` }, icon(TONES[status] === 'good' ? 'check' : 'dot'), live[status]),
        h('p', { class: 'order-card-total' }, h('bdi', {}, this.#session.money(total))),
      ),
      h('ul', { class: 'order-card-lines' }, this.#order.lines.map((line) => this.#line(line))),
      h('p', { class: 'order-card-points small' }, facts.map((fact) => fact !== false && h('span', {}, fact))),
      this.#actions(),
    );
  }

  #line({ id, quantity, returned, net }: Order['lines'][number]): HTMLElement {
    const { live, words, documents } = this.#session;
    return h(
      'li',
      {},
      h('img', { src: pictureOf(documents.id, id), alt: '', width: 44, height: 44 }),
      h('p', {}, `${words.number(quantity)} × ${this.#session.productName(id)}`, returned > 0 && h('small', {}, fill(live.returned, { count: words.number(returned) }))),
      h('p', { class: 'line-amount' }, h('bdi', {}, this.#session.money(net))),
    );
  }

  #actions(): Child {
    const { live } = this.#session;
    const { id, canPay, canCancel, canRefund, number } = this.#order;
    const problem = h('p', { class: 'problem', role: 'alert' });
    const does = (text: string, kind: string, act: (key: string) => Promise<void>) => {
      const intention = new Intention();
      const button = h('button', { type: 'button', class: kind, on: { click: () => void this.#attempt(button, problem, () => intention.carryOut(act)) } }, text);
      return button;
    };
    if (!canPay && !canCancel && !canRefund) return null;
    return h(
      'div',
      { class: 'order-card-actions' },
      canPay && does(live.pay, 'primary', async (key) => this.#now((await backend.pay(id, key)).order, fill(live.paidNow, { number: isolateAmount(`#${number}`) }))),
      canCancel && does(live.cancelOrder, 'quiet', async (key) => this.#now((await backend.cancel(id, key)).order, fill(live.canceledNow, { number: isolateAmount(`#${number}`) }))),
      canRefund && this.#sendBack(problem),
      problem,
    );
  }

  /** How many units of each line, and the button that sends them. */
  #sendBack(problem: HTMLElement): HTMLElement {
    const { live, words } = this.#session;
    const intention = new Intention();
    const choices = this.#order.lines
      .filter(({ quantity, returned }) => returned < quantity)
      .map(({ id, quantity, returned }) => {
        const counts = Array.from({ length: quantity - returned + 1 }, (_, count) => h('option', { value: count }, words.number(count)));
        const control = h('select', { id: `back-${this.#order.id}-${id}` }, counts);
        return { id, control, element: h('div', { class: 'field' }, h('label', { for: control.id }, fill(live.unitsOf, { name: this.#session.productName(id) })), control) };
      });
    const button = h('button', { class: 'primary' }, live.confirmSendBack);
    const send = async () => {
      const lines = choices.map(({ id, control }) => ({ id, quantity: Number(control.value) })).filter(({ quantity }) => quantity > 0);
      if (lines.length === 0) throw new ShopError('NOTHING_CHOSEN', live.chooseSome);
      // Other units are another intention.
      const units = lines.map(({ id, quantity }) => `${id}.${quantity}`).join('-');
      const { order, refund } = await intention.carryOut((key) => backend.refund(this.#order.id, lines, `${key}-${units}`));
      this.#now(order, this.#wordsOf(refund));
    };
    return h(
      'details',
      { class: 'send-back' },
      h('summary', { class: 'quiet' }, live.sendBack),
      h('form', { novalidate: true, on: { submit: (event) => (event.preventDefault(), void this.#attempt(button, problem, send)) } }, choices.map(({ element }) => element), button),
    );
  }

  #wordsOf({ amount, pointsBack, pointsTaken }: Refunded['refund']): string {
    const { live, words } = this.#session;
    return [
      fill(live.moneyBack, { amount: this.#session.money(amount) }),
      ...(pointsBack > 0 ? [fill(live.pointsBack, { points: words.points(pointsBack) })] : []),
      ...(pointsTaken > 0 ? [fill(live.pointsTaken, { points: words.points(pointsTaken) })] : []),
    ].join(' ');
  }

  async #attempt(button: HTMLButtonElement, problem: HTMLElement, act: () => Promise<void>): Promise<void> {
    const text = button.textContent;
    fillWith(problem);
    button.disabled = true;
    button.textContent = this.#session.live.working;
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ShopError)) console.error(error);
      fillWith(problem, (error instanceof ShopError && error.message) || this.#session.live.unreachable);
      button.disabled = false;
      button.textContent = text;
    }
  }

  /** It is done: the order as it is now, and the focus on it, for the button is gone. */
  #now(order: Order, text: string): void {
    this.#order = order;
    this.#draw();
    this.element.querySelector<HTMLElement>('h2')?.focus();
    this.#say(text);
  }
}
