import { html, nothing } from 'lit';
import type { Quote } from '../../documents/index.js';
import { candidateOf, sameCandidate } from '../choices.js';
import { changing, rich } from './text.js';
import type { View } from './view.js';

/** "You save $12.00." The items' discount and the shipping's are two numbers of the core, and stay two. */
export function savings(quote: Quote, { words }: Pick<View, 'words'>): string {
  const { itemsDiscount, shippingDiscount } = quote;
  if (itemsDiscount > 0 && shippingDiscount > 0) {
    return words.say('youSaveBoth', { amount: words.money(itemsDiscount), shipping: words.money(shippingDiscount) });
  }
  const amount = itemsDiscount > 0 ? itemsDiscount : shippingDiscount;
  return amount > 0 ? words.say('youSave', { amount: words.money(amount) }) : '';
}

function line(label: unknown, amount: string, kind: 'discount' | 'total' | 'included' | '' = ''): unknown {
  return html`<div class="sum ${kind}" part="${kind === 'total' ? 'total' : kind === 'discount' ? 'discount' : ''}"><dt>${label}</dt><dd>${changing(amount)}</dd></div>`;
}

/** The rows from subtotal to what is to pay, as the core says them. */
export function totals(view: View, quote: Quote, tag: unknown, brief = false): unknown {
  const { words, checkout } = view;
  if (view.hides('totals')) {
    return nothing;
  }
  const included = checkout.cart?.pricesIncludeTax === true;
  const steps = html`
      ${line(words.say('subtotal'), words.money(quote.subtotal))}
      ${quote.discounts.map((discount) =>
        discount.amount > 0 ? line(html`<bdi>${checkout.nameOf(discount)}</bdi>`, words.off(discount.amount), 'discount') : nothing,
      )}
      ${quote.shippingLines.length > 0
        ? line(words.say('shipping'), quote.shipping === 0 ? words.say('free') : words.money(quote.shipping))
        : nothing}
      ${quote.fees > 0 ? line(words.say('fees'), words.money(quote.fees)) : nothing}
      ${quote.tax > 0 && !included ? line(words.say('tax'), words.money(quote.tax)) : nothing}
  `;
  return html`
    <dl part="totals" class="totals">
      ${brief ? nothing : steps}
      ${line(html`${words.say('total')} ${tag}`, words.money(quote.total), 'total')}
      ${quote.tax > 0 && included ? line(words.say('taxIncluded'), words.money(quote.tax), 'included') : nothing}
      ${quote.walletPaid > 0
        ? html`${line(words.say('wallet'), words.off(quote.walletPaid))}${line(words.say('payable'), words.money(quote.payable), 'total')}`
        : nothing}
    </dl>
  `;
}

/** What was chosen and runs, each with its amount: free items come off no amount, but are there. */
export function chosenDiscounts(view: View, quote: Quote): readonly Quote['discounts'][number][] {
  const { checkout } = view;
  const context = checkout.context;
  return context
    ? quote.discounts.filter((row) => checkout.chosen.some((choice) => sameCandidate(candidateOf(choice, context), row)))
    : [];
}

export function pointsAfter(view: View, quote: Quote): unknown {
  const { words } = view;
  return quote.points.spent === 0
    ? nothing
    : html`<p class="after">${changing(words.say('left', { points: words.points(quote.points.availableAfter) }))}</p>`;
}

export const tagOf = (kind: 'estimated' | 'confirmed' | 'updating', { words }: Pick<View, 'words'>) =>
  html`<span class="tag ${kind}">${rich(words.say(kind))}</span>`;
