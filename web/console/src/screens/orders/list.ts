import { html, nothing, type PropertyValues } from 'lit';
import { Screen } from '../../app/screen.js';
import { dayFilter, searched, searchFilter, selectFilter } from '../../kit/filters.js';
import { anew, Pages, pagesFoot } from '../../kit/pages.js';
import { section } from '../../kit/section.js';
import { addressOf, filterOf, listOrders, type OrderFilter, type OrderRow, PAYMENTS } from '../../records/orders.js';
import { ordersTable } from '../../records/orders-table.js';

const PAGE = 25;

/** The list of orders; what it is narrowed down to stands in the address. */
class OrderList extends Screen {
  readonly #orders = new Pages<OrderRow>(this, (cursor, signal) => listOrders(this.context.api, filterOf(this.query), cursor, PAGE, signal));

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('query');
    if (before !== undefined && before.toString() !== this.query.toString()) {
      void this.#orders.reload();
    }
  }

  #narrow(part: Partial<OrderFilter>): void {
    this.context.go(addressOf({ ...filterOf(this.query), ...part }));
  }

  protected override render(): unknown {
    const filter = filterOf(this.query);
    const isNarrow = Object.values(filter).some((value) => value !== '');
    return html`
      <div class="screen-head"><h1>Orders</h1></div>
      ${this.#filters(filter)}
      ${section(this.#orders, { heading: isNarrow ? 'Orders that match' : 'All orders', lines: 12 }, ({ rows }) =>
        rows.length > 0
          ? anew(rows, html`${ordersTable(rows, this.context, true)} ${pagesFoot(this.#orders, 'order', 'orders')}`)
          : isNarrow
            ? html`<div class="empty"><p>No order matches. <a href="#/orders">Show all orders</a></p></div>`
            : html`<div class="empty"><p>There are no orders yet. The shop's backend reports them when a checkout is completed. <a href="#/developers">How to connect a shop</a></p></div>`,
      )}
    `;
  }

  #filters(filter: OrderFilter): unknown {
    const payments = Object.entries(PAYMENTS).map(([value, [, text]]) => [value, text] as const);
    return html`
      <form class="toolbar" role="search" @submit=${(event: Event) => this.#narrow({ search: searched(event) })}>
        ${searchFilter('orders-search', 'Order number or member', filter.search)}
        ${selectFilter('orders-status', 'Payment', filter.status, [['', 'All'], ...payments], (status) => this.#narrow({ status }))}
        ${dayFilter('orders-from', 'From', filter.from, (from) => this.#narrow({ from }))} ${dayFilter('orders-to', 'To', filter.to, (to) => this.#narrow({ to }))}
        ${filter.contactId ? html`<a class="button" href="#/orders">Orders of everybody</a>` : nothing}
      </form>
    `;
  }
}

customElements.define('console-order-list', OrderList);
