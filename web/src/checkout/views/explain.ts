import { css, html, nothing } from 'lit';
import type { ExplainRow } from '../../documents/index.js';
import { nameOfId } from './later.js';
import { rateOf } from '../rows.js';
import { rich } from './text.js';
import type { View } from './view.js';

/** The panel's own rules; fetched with it when it is first opened. */
export const explainStyles = css`
  .steps {
    display: grid;
    gap: 0.7em;
    padding: 1em;
    margin: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    counter-reset: step;
    list-style: none;
  }
  .steps > li {
    display: grid;
    grid-template-columns: 1.6em 1fr auto;
    gap: 0 0.5em;
    counter-increment: step;
  }
  .steps > li::before {
    content: counter(step);
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .steps .amount {
    text-align: end;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .steps .detail {
    grid-column: 2 / -1;
    color: var(--_muted);
    font-size: 0.9375em;
  }
  .steps .sumline {
    font-weight: var(--_strong);
  }
  .steps .parts {
    display: flex;
    justify-content: space-between;
    gap: 1em;
  }
`;

const SUMS = ['itemsNet', 'total', 'payable'];

function titleOf(row: ExplainRow, view: View): unknown {
  const { words, checkout } = view;
  switch (row.step) {
    case 'subtotal':
      return words.say('subtotal');
    case 'itemsNet':
      return words.say('afterDiscounts');
    case 'shipping':
      return words.say('shipping');
    case 'tax':
      return words.say(checkout.cart?.pricesIncludeTax ? 'taxIncluded' : 'tax');
    case 'fees':
      return words.say('fees');
    case 'total':
      return words.say('total');
    case 'payable':
      return words.say('payable');
    case 'wallet':
      return words.say('wallet');
    case 'shippingDiscount':
      return row.id === undefined ? words.say('shipping') : html`<bdi>${nameOf(row, view)}</bdi>`;
    case 'earn': {
      const rule = checkout.context?.catalog.earningRules?.find((one) => one.id === row.id);
      return html`<bdi>${rule?.title ?? row.id}</bdi>`;
    }
    default:
      return html`<bdi>${nameOf(row, view)}</bdi>`;
  }
}

const named = (id: string, checkout: View['checkout']) => checkout.context && nameOfId(id, checkout.context, checkout.chosen);

const nameOf = (row: ExplainRow, { checkout }: View) =>
  row.id === undefined ? row.step : row.source === undefined ? (named(row.id, checkout) ?? row.id) : checkout.nameOf({ id: row.id, source: row.source });

function amountOf(row: ExplainRow, { words }: View): unknown {
  if (row.step === 'earn') {
    return rich(words.points(row.points ?? 0));
  }
  const takesOff = row.step === 'discount' || row.step === 'shippingDiscount' || row.step === 'wallet';
  return rich(takesOff ? words.off(row.amount) : words.money(row.amount));
}

/** "100 Stars = $1.00", as the rules of the reward say it. */
function rateText(row: ExplainRow, { checkout, words }: View): string {
  const context = checkout.context;
  const reward = context?.catalog.rewards?.find((one) => one.id === row.id);
  const rate = context && reward && rateOf(reward, context.catalog, context.account);
  return rate ? words.say('rate', { points: words.points(rate.points), amount: words.money(rate.amount) }) : '';
}

const ROUNDINGS = ['halfUp', 'halfEven', 'halfDown', 'down'] as const;

/** What was computed from what: enough to do it again with a pocket calculator. */
function detailOf(row: ExplainRow, view: View): string {
  const { words } = view;
  const how = ROUNDINGS.find((one) => one === row.rounding);
  return [
    row.step === 'earn'
      ? row.base === undefined
        ? ''
        : words.say('stepEarn', { points: words.points(row.points ?? 0), base: words.money(row.base) })
      : row.ratePpm !== undefined && row.base !== undefined
        ? words.say('stepRate', { percent: words.percent(row.ratePpm), base: words.money(row.base) })
        : row.points !== undefined
          ? [words.points(row.points), rateText(row, view)].filter(Boolean).join(' · ')
          : row.base !== undefined
            ? words.say('stepBase', { base: words.money(row.base) })
            : '',
    how && row.ratePpm !== undefined ? words.say('stepRounding', { how: words.say(how) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A line of the cart by its name, with quantity and price as the page gave them. */
function lineOf(id: string, row: ExplainRow, { checkout, words }: View): unknown {
  const line = checkout.cart?.lines.find((one) => one.id === id);
  const name = html`<bdi>${line?.name ?? id}</bdi>`;
  return line && row.step === 'subtotal' ? html`${name}, ${rich(`${words.number(line.quantity)} × ${words.money(line.unitPrice)}`)}` : name;
}

export function explainPanel(view: View, steps: readonly ExplainRow[]): unknown {
  const { words } = view;
  // Without gift cards, what is to pay is the total once more.
  const shown = steps.some((row) => row.step === 'wallet') ? steps : steps.filter((row) => row.step !== 'payable');
  return html`
    <ol class="steps" aria-label=${words.say('how')}>
      ${shown.map((row) => {
        const detail = detailOf(row, view);
        const takesOff = row.step === 'discount' || row.step === 'shippingDiscount';
        const shownLines = row.step === 'subtotal' || takesOff || (row.step === 'tax' && (row.lines?.length ?? 0) > 1) ? (row.lines ?? []) : [];
        return html`<li>
          <span class=${SUMS.includes(row.step) ? 'sumline' : ''}>${titleOf(row, view)}</span>
          <span class="amount ${SUMS.includes(row.step) ? 'sumline' : ''}">${amountOf(row, view)}</span>
          ${detail === '' ? nothing : html`<span class="detail">${rich(detail)}</span>`}
          ${shownLines.map(
            (line) => html`<span class="detail parts">
              <span>${lineOf(line.id, row, view)}</span><span class="amount">${rich(takesOff ? words.off(line.amount) : words.money(line.amount))}</span>
            </span>`,
          )}
        </li>`;
      })}
    </ol>
  `;
}
