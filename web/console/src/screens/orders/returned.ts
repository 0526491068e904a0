import { html, nothing, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import { inCurrency } from '../../explain/wording.js';
import type { Order, Refund } from '../../records/orders.js';

/** What the server says that came of it. */
export function returnedView(done: { readonly what: 'paid' | 'canceled' | 'refunded'; readonly refund?: Refund }, order: Order, context: Context): TemplateResult {
  const { points } = context;
  switch (done.what) {
    case 'paid':
      return html`<p class="notice good">The order is paid. It earned ${points(order.points.earned)}.</p>`;
    case 'canceled':
      return html`<p class="notice good">The order is cancelled. ${points(order.points.refunded)} that were spent came back, ${points(order.points.reversed)} that were earned were taken back.</p>`;
    case 'refunded':
      return done.refund ? html`<div class="notice good">${refundFacts(done.refund, order, context)}</div>` : html`${nothing}`;
  }
}

/** The figures of a refund as the server answered them. */
export function refundFacts(refund: Refund, order: Pick<Order, 'currency' | 'pricesIncludeTax'>, context: Context): TemplateResult {
  const { money } = inCurrency(context, order.currency);
  const { points } = context;
  return html`
    <p><strong>${money(refund.amount)}</strong> goes back to the customer.</p>
    <dl class="facts order-sums">
      <dt>Price of the units</dt><dd class="end">${money(refund.subtotal)}</dd>
      <dt>Their discount</dt><dd class="end">${money(-refund.discount)}</dd>
      <dt>${order.pricesIncludeTax ? 'Tax, contained in it' : 'Tax'}</dt><dd class="end">${money(refund.tax)}</dd>
      <dt>Spent points that came back</dt><dd class="end">${points(refund.refundedPoints)}</dd>
      <dt>Earned points that were taken back</dt><dd class="end">${points(refund.reversedPoints)}</dd>
    </dl>
  `;
}
