import { html, nothing, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import type { Naming } from '../../explain/naming.js';
import { rejectionsView, traceView } from '../../explain/trace.js';
import { inCurrency } from '../../explain/wording.js';
import { pill, type PillKind } from '../../kit/pills.js';
import type { Earning, OrderExplanation } from '../../records/orders.js';

const OUTCOMES: Readonly<Record<Earning['outcome'], readonly [PillKind, string]>> = {
  EARNED: ['good', 'Earned'],
  PENDING: ['wait', 'When paid'],
  NOT_EARNED: ['off', 'Nothing'],
};

const gave = ({ outcome }: Earning): number => (outcome === 'NOT_EARNED' ? 0 : 1);

/** Each way to earn, with what came of it and why; what gave something comes first. */
export function earningView(earning: readonly Earning[], { points }: Context): TemplateResult {
  return earning.length === 0
    ? html`<div class="empty"><p>The program has no way to earn with orders. <a href="#/earning">Make the first</a></p></div>`
    : html`<ul class="reasons">
        ${earning.toSorted((a, b) => gave(b) - gave(a)).map((row) => {
          const [kind, word] = OUTCOMES[row.outcome];
          return html`<li>
            ${pill(kind, word)} <strong><bdi>${row.ruleName}</bdi></strong>${row.points ? html`: ${points(row.points)}` : nothing}
            <p>${row.text}</p>
          </li>`;
        })}
      </ul>`;
}

/** The steps of the order's price, and what was chosen and did not count. */
export function pricingView({ quote, request, catalogVersion }: OrderExplanation, naming: Naming, context: Context): TemplateResult {
  const words = inCurrency(context, request.cart.currency);
  return html`
    ${traceView(quote.explain ?? [], words, naming, request.cart)} ${rejectionsView(quote.rejected, words, naming)}
    <p class="hint">Rules of version ${catalogVersion}.</p>
  `;
}
