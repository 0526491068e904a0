import { html, nothing } from 'lit';
import type { Catalog } from '../../../../src/documents/index.js';
import { Screen } from '../../app/screen.js';
import { namingOf } from '../../explain/naming.js';
import { askFirst } from '../../kit/confirm.js';
import { Listening } from '../../app/listening.js';
import { Loadable } from '../../kit/loadable.js';
import { modal } from '../../kit/modal.js';
import { pill } from '../../kit/pills.js';
import { revealed } from '../../kit/reveal.js';
import { section } from '../../kit/section.js';
import { boughtView, entriesView, pointsView } from './facts.js';
import { changeOrder, explainOrder, getOrder, type Order, PAYMENTS, type Refund } from '../../records/orders.js';
import { returnedView } from './returned.js';
import { earningView, pricingView } from './why.js';
import './refund-form.js';

type Done = { readonly what: 'paid' } | { readonly what: 'canceled' } | { readonly what: 'refunded'; readonly refund: Refund };

/** One order: what was bought, how it was priced, why it earned what it earned, and what can still be done. */
class OrderPage extends Screen {
  readonly #order = new Loadable(this, (signal) => getOrder(this.context.api, this.#id, signal));
  readonly #explanation = new Loadable(this, (signal) => explainOrder(this.context.api, this.#id, signal));
  readonly #catalog = new Loadable(this, (signal) => this.context.api.get<{ catalog: Catalog }>('/loyalty-programs/v1/catalog', {}, { signal }));
  #isRefunding = false;
  #isBusy = false;
  #done: Done | null = null;
  #problem: string | null = null;

  constructor() {
    super();
    new Listening(this, (slugs) => {
      if (slugs.length === 0 || slugs.some((slug) => slug.startsWith('order.'))) {
        void this.#order.refresh();
        void this.#explanation.refresh();
      }
    });
  }

  get #id(): string {
    return this.path[0] as string;
  }

  /** The number that people know it by; the id where it has none. */
  get #name(): string {
    return this.#explanation.value?.order.number ?? this.#id;
  }

  #renew(): void {
    void this.#order.reload();
    void this.#explanation.reload();
  }

  async #change(order: Order, how: 'paid' | 'cancel'): Promise<void> {
    const isCancel = how === 'cancel';
    const isSure = await askFirst({
      title: isCancel ? `Cancel order ${this.#name}?` : `Mark order ${this.#name} as paid?`,
      text: isCancel
        ? 'Spent points and used coupons come back to the member, and what the order earned is taken back. A cancelled order cannot be opened again.'
        : 'Held points are spent for good, and the order earns its points.',
      action: isCancel ? 'Cancel the order' : 'Mark as paid',
      isDangerous: isCancel,
    });
    if (!isSure) {
      return;
    }
    this.#isBusy = true;
    this.#problem = null;
    this.requestUpdate();
    try {
      await changeOrder(this.context.api, order.id, how, `${how}-${order.id}-${order.revision}`);
      this.#finish({ what: isCancel ? 'canceled' : 'paid' });
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    this.#isBusy = false;
    this.#renew();
  }

  #finish(done: Done): void {
    this.#done = done;
    this.context.say(done.what === 'paid' ? 'The order is paid.' : done.what === 'canceled' ? 'The order is cancelled.' : 'The refund is booked.');
    this.requestUpdate();
  }

  protected override render(): unknown {
    const order = this.#order.value;
    return html`
      <nav aria-label="Breadcrumb"><a href="#/orders">All orders</a></nav>
      <div class="screen-head">
        <h1>Order <bdi>${this.#name}</bdi></h1>
        ${order ? this.#actions(order) : nothing}
      </div>
      ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : nothing}
      <div role="status">${this.#done && order ? returnedView(this.#done, order, this.context) : nothing}</div>
      ${revealed([
        [this.#catalog, () => nothing],
        [this.#explanation, () => nothing],
        [this.#order, () => section(this.#order, { heading: 'What was bought' }, (value) => boughtView(value, this.#explanation.value, this.#naming(), this.context))],
        [null, () => this.#why()],
      ])}
      ${this.#isRefunding && order
        ? modal('refund', `Refund order ${this.#name}`, this.#closeRefund, html`<console-refund .context=${this.context} .order=${order} @refunded=${this.#refunded}></console-refund>`)
        : nothing}
    `;
  }

  #why(): unknown {
    const { context } = this;
    return html`
      <div class="columns">
        ${section(this.#order, { heading: 'Points' }, (value) => pointsView(value, context))}
        ${section(this.#explanation, { heading: 'Why it earned what it earned' }, ({ earning }) => earningView(earning, context))}
      </div>
      ${section(
        this.#explanation,
        { heading: 'How it was priced, step by step', intro: 'Computed with the rules and the balance of the moment when the order was placed.' },
        (explanation) => pricingView(explanation, this.#naming(), context),
      )}
      ${section(this.#explanation, { heading: 'Bookings of this order' }, ({ entries }) => entriesView(entries, context))}
    `;
  }

  readonly #closeRefund = (): void => {
    this.#isRefunding = false;
    this.requestUpdate();
  };

  readonly #refunded = (event: CustomEvent<Refund>): void => {
    this.#finish({ what: 'refunded', refund: event.detail });
    this.#renew();
  };

  #naming() {
    const explanation = this.#explanation.value;
    const order = this.#order.value;
    const catalog = this.#catalog.value?.catalog;
    const lines = order?.lines.map(({ id, name = id }) => ({ id, name, unitPrice: 0, quantity: 1 })) ?? [];
    return namingOf({
      catalogs: catalog ? [catalog] : [],
      account: explanation?.request.account,
      cart: order ? { currency: order.currency, lines } : null,
      resolved: explanation?.request.resolved,
    });
  }

  #actions(order: Order): unknown {
    const [kind, word] = PAYMENTS[order.status === 'CANCELED' ? 'CANCELED' : order.paymentStatus];
    const isOpen = order.status !== 'CANCELED';
    const hasUnits = order.lines.some((line) => line.returned < line.quantity);
    return html`
      ${pill(kind, word)}
      <div class="buttons">
        ${isOpen && order.paymentStatus === 'NOT_PAID'
          ? html`<button type="button" class="button primary" ?disabled=${this.#isBusy} @click=${() => void this.#change(order, 'paid')}>Mark as paid</button>`
          : nothing}
        ${isOpen && order.paymentStatus !== 'NOT_PAID' && hasUnits
          ? html`<button type="button" class="button" ?disabled=${this.#isBusy} @click=${() => ((this.#isRefunding = true), this.requestUpdate())}>Refund…</button>`
          : nothing}
        ${isOpen ? html`<button type="button" class="button danger" ?disabled=${this.#isBusy} @click=${() => void this.#change(order, 'cancel')}>Cancel the order…</button>` : nothing}
      </div>
    `;
  }
}

customElements.define('console-order', OrderPage);
