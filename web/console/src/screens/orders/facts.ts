import { html, nothing, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import type { Naming } from '../../explain/naming.js';
import { inCurrency } from '../../explain/wording.js';
import { entryName, type LedgerEntry } from '../../records/bookings.js';
import type { Order, OrderExplanation } from '../../records/orders.js';

/** The lines with what was taken off each, the discounts, and the sums. */
export function boughtView(order: Order, explanation: OrderExplanation | null, naming: Naming, context: Context): TemplateResult {
  const { money } = inCurrency(context, order.currency);
  const { number, dateTime } = context;
  return html`
    <p>
      Placed ${dateTime(order.createdDate)}${order.paidDate ? html`, paid ${dateTime(order.paidDate)}` : nothing} ·
      ${order.accountId ? html`<a href="#/members/${order.accountId}"><bdi>${explanation?.order.memberName ?? 'The member'}</bdi></a>` : (explanation?.order.memberName ?? 'A guest')}
    </p>
    <div class="table-frame"><table class="table stacks">
      <thead>
        <tr><th scope="col">Line</th><th scope="col" class="end">Quantity</th><th scope="col" class="end">Before discounts</th><th scope="col" class="end">Discount</th><th scope="col" class="end">Paid for it</th></tr>
      </thead>
      <tbody>
        ${order.lines.map(
          (line) => html`<tr>
            <th scope="row" data-label="Line"><bdi>${line.name ?? line.id}</bdi></th>
            <td data-label="Quantity" class="end">${number(line.quantity)}${line.returned > 0 ? html` <span class="hint">(${number(line.returned)} taken back)</span>` : nothing}</td>
            <td data-label="Before discounts" class="end">${money(line.subtotal)}</td>
            <td data-label="Discount" class="end">${line.discount === 0 ? '–' : money(-line.discount)}</td>
            <td data-label="Paid for it" class="end">${money(line.net)}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>
    <div class="columns">
      <div>
        <h3>Discounts</h3>
        ${order.discounts.length === 0
          ? html`<p class="muted">None.</p>`
          : html`<dl class="facts order-sums">
              ${order.discounts.map(
                (row) => html`<dt><bdi>${naming.candidate(row.id, row.source)}</bdi>${row.points ? html` <span class="hint">${context.points(row.points)}</span>` : nothing}</dt>
                  <dd class="end">${money(-row.amount)}</dd>`,
              )}
            </dl>`}
      </div>
      <div>
        <h3>Sums</h3>
        ${sumsView(order, money)}
      </div>
    </div>
  `;
}

/** From the items to what is paid; sums of nothing are left out. */
function sumsView({ amounts, pricesIncludeTax }: Order, money: (minor: number) => string): TemplateResult {
  const rows: readonly (readonly [string, number, boolean])[] = [
    ['Items', amounts.subtotal, true],
    ['Discounts on items', -amounts.itemsDiscount, amounts.itemsDiscount !== 0],
    ['Shipping', amounts.shipping, amounts.shipping !== 0],
    ['Discounts on shipping', -amounts.shippingDiscount, amounts.shippingDiscount !== 0],
    [pricesIncludeTax ? 'Tax, contained in the prices' : 'Tax', amounts.tax, amounts.tax !== 0],
    ['Fees', amounts.fees, amounts.fees !== 0],
    ['Total', amounts.total, true],
    ['Gift cards and credit', -amounts.walletPaid, amounts.walletPaid !== 0],
    ['Paid otherwise', amounts.payable, amounts.walletPaid !== 0],
  ];
  return html`<dl class="facts order-sums">
    ${rows
      .filter(([, , isShown]) => isShown)
      .map(([label, amount]) => html`<dt class=${label === 'Total' ? 'total' : ''}>${label}</dt><dd class="end ${label === 'Total' ? 'total' : ''}">${money(amount)}</dd>`)}
  </dl>`;
}

export function pointsView({ points, accountId }: Order, { number }: Context): TemplateResult {
  if (accountId === undefined) {
    return html`<p class="empty">The customer has no account: nothing was spent or earned.</p>`;
  }
  const stat = (label: string, value: number, hint: string) => html`<div class="stat"><dt>${label}</dt><dd class="figure">${number(value)}</dd><dd class="hint">${hint}</dd></div>`;
  return html`<dl class="stats">
    ${stat('Spent', points.spent, 'For the rewards of this order.')} ${stat('Came back', points.refunded, 'Of the spent ones, by refunds or the cancellation.')}
    ${stat('Earned', points.earned, 'When the order was paid.')} ${stat('Taken back', points.reversed, 'Of the earned ones, by refunds or the cancellation.')}
  </dl>`;
}

/** The entries of the books that this order made, in their order. */
export function entriesView(entries: readonly LedgerEntry[], { number, dateTime }: Context): TemplateResult {
  return entries.length === 0
    ? html`<p class="empty">This order has moved no points.</p>`
    : html`<div class="table-frame"><table class="table stacks">
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col" class="end">Points</th><th scope="col" class="end">Balance after</th><th scope="col" class="end">Held after</th></tr></thead>
        <tbody>
          ${entries.map(
            (entry) => html`<tr>
              <td data-label="When" class="nowrap">${dateTime(entry.at)}</td>
              <td data-label="What">${entryName(entry.kind)}</td>
              <td data-label="Points" class="end">${number(entry.amount)}</td>
              <td data-label="Balance after" class="end">${number(entry.availableAfter)}</td>
              <td data-label="Held after" class="end">${number(entry.heldAfter)}</td>
            </tr>`,
          )}
        </tbody>
      </table></div>`;
}
