import type { Quote } from '../../src/documents/index.js';
import { type Child, h } from './dom.js';
import type { Session } from './session.js';
import { fill } from './texts.js';

/** A name and an amount. A new amount is a new node, so that a changing text never counts as a moving one. */
function row(name: Child, amount: string, kind = ''): HTMLElement {
  return h('div', { class: `sum ${kind}` }, h('dt', {}, name), h('dd', {}, h('bdi', {}, amount)));
}

/** Discounts that fell on goods, and those that fell on delivery only, in the order they ran. */
export function discountsOf(quote: Quote): { readonly ofItems: Quote['discounts']; readonly rest: Quote['discounts'] } {
  const some = quote.discounts.filter(({ amount }) => amount > 0);
  const onItems = ({ id, source }: Quote['discounts'][number]) =>
    quote.lines.some(({ shares }) => shares.some((share) => share.discountId === id && share.source === source));
  return { ofItems: some.filter(onItems), rest: some.filter((discount) => !onItems(discount)) };
}

/** The rows from subtotal to what is paid, as the core computed them. */
export function sums(session: Session, quote: Quote): HTMLElement {
  const { texts, words, view, documents } = session;
  const included = documents.shop.pricesIncludeTax[view.currency];
  const off = (amount: number) => words.off(amount);
  const { ofItems, rest } = discountsOf(quote);
  const discountRow = (discount: Quote['discounts'][number]) => row(session.discountName(discount), off(discount.amount), 'sum-off');
  return h(
    'dl',
    { class: 'sums' },
    row(texts.subtotal, session.money(quote.subtotal)),
    ofItems.map(discountRow),
    row(
      [texts.shipping, h('small', {}, documents.texts.shipping[session.delivery.id] ?? '')],
      quote.shipping === 0 ? texts.free : session.money(quote.shipping),
    ),
    rest.map(discountRow),
    quote.fees > 0 && row(texts.fees, session.money(quote.fees)),
    !included && quote.tax > 0 && row(texts.tax, session.money(quote.tax)),
    row(texts.total, session.money(quote.total), 'sum-total'),
    included && quote.tax > 0 && row(texts.taxIn, session.money(quote.tax), 'sum-small'),
    quote.walletPaid > 0 && [
      row(fill(texts.wallet, { id: session.member?.wallets[0]?.id ?? '' }), off(quote.walletPaid), 'sum-off'),
      row(texts.toPay, session.money(quote.payable), 'sum-total'),
    ],
  );
}
