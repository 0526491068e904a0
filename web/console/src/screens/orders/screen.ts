import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { Screen } from '../../app/screen.js';
import './list.js';
import './order.js';
import './orders.css';

/** Orders: the list, and one order with why it earned what it earned. */
class OrdersScreen extends Screen {
  protected override render(): unknown {
    const { context, query } = this;
    const [id] = this.path;
    return id === undefined
      ? html`<console-order-list class="stack" .context=${context} .query=${query}></console-order-list>`
      : keyed(id, html`<console-order class="stack" .context=${context} .path=${[id]}></console-order>`);
  }
}

customElements.define('console-orders', OrdersScreen);
