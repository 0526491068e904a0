import { html, nothing, type TemplateResult } from 'lit';
import { formatMoney } from '../../../src/text/format.js';
import type { Context } from '../app/context.js';
import { pill } from '../kit/pills.js';
import { type OrderRow, PAYMENTS } from './orders.js';

/** Orders as a table; `withMember`: who placed them. */
export function ordersTable(rows: readonly OrderRow[], { dateTime, number }: Context, withMember: boolean): TemplateResult {
  const points = (row: OrderRow) => [row.pointsSpent > 0 ? number(-row.pointsSpent) : '', row.pointsEarned > 0 ? `+${number(row.pointsEarned)}` : ''].filter(Boolean).join(' · ') || '–';
  return html`
    <div class="table-frame"><table class="table stacks">
      <thead>
        <tr>
          <th scope="col">Order</th><th scope="col">Placed</th>${withMember ? html`<th scope="col">Member</th>` : nothing}<th scope="col">Payment</th>
          <th scope="col" class="end">Discounts</th><th scope="col" class="end">Total</th><th scope="col" class="end">Points</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => {
          const [kind, word] = PAYMENTS[row.status === 'CANCELED' ? 'CANCELED' : row.paymentStatus];
          return html`<tr>
            <th scope="row" data-label="Order"><a href="#/orders/${encodeURIComponent(row.id)}"><bdi>${row.number ?? row.id}</bdi></a></th>
            <td data-label="Placed" class="nowrap">${dateTime(row.placedAt)}</td>
            ${withMember ? html`<td data-label="Member"><bdi>${row.memberName ?? 'Guest'}</bdi></td>` : nothing}
            <td data-label="Payment">${pill(kind, word)}</td>
            <td data-label="Discounts" class="end">${row.discountMinor === 0 ? '–' : formatMoney(-row.discountMinor, row.currency, 'en')}</td>
            <td data-label="Total" class="end">${formatMoney(row.totalMinor, row.currency, 'en')}</td>
            <td data-label="Points" class="end nowrap">
              ${points(row)}${row.pointsPending > 0 ? html`<br /><span class="hint">${number(row.pointsPending)} when paid</span>` : nothing}
            </td>
          </tr>`;
        })}
      </tbody>
    </table></div>
  `;
}
