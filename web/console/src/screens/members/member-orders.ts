import { html } from 'lit';
import type { Loadable } from '../../kit/loadable.js';
import { Pages, pagesFoot } from '../../kit/pages.js';
import { section } from '../../kit/section.js';
import { listOrders, type OrderRow } from '../../records/orders.js';
import { ordersTable } from '../../records/orders-table.js';
import { MemberPart } from './member-part.js';

const PAGE = 10;

/** The member's orders, the newest first. */
class MemberOrders extends MemberPart {
  readonly #orders = new Pages<OrderRow>(this, (cursor, signal) => listOrders(this.context.api, { contactId: this.account.contactId }, cursor, PAGE, signal));

  protected override get loaded(): readonly [Loadable<unknown>] {
    return [this.#orders];
  }

  protected override render(): unknown {
    return section(this.#orders, { heading: 'Orders', lines: 6, actions: html`<a href="#/orders?contactId=${this.account.contactId}">Show in the list of orders</a>` }, ({ rows }) =>
      rows.length === 0
        ? html`<p class="empty">No orders yet.</p>`
        : html`${ordersTable(rows, this.context, false)} ${pagesFoot(this.#orders, 'order', 'orders')}`,
    );
  }
}

customElements.define('console-member-orders', MemberOrders);
