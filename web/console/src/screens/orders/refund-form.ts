import { html, nothing } from 'lit';
import { Screen } from '../../app/screen.js';
import { formFoot, numberField } from '../../kit/fields.js';
import { Form } from '../../kit/form.js';
import { closeModal } from '../../kit/modal.js';
import { faultOfNumber, wholeNumber } from '../../kit/checks.js';
import { type Order, type OrderLine, type Refund, refundOrder } from '../../records/orders.js';
import { refundFacts } from './returned.js';

/** Units of a line that can still be taken back. */
const unitsLeft = (line: OrderLine): number => line.quantity - line.returned;

/** The lines of a refund that was typed: only those with units. */
export function linesOf(values: Readonly<Record<string, string | boolean>>): readonly { readonly id: string; readonly quantity: number }[] {
  return Object.entries(values)
    .map(([id, text]) => ({ id, quantity: wholeNumber(String(text)) ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
}

/** What is wrong with the units of each line; at least one must be taken back. */
export function faultsOf(values: Readonly<Record<string, string | boolean>>, lines: readonly OrderLine[]): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const line of lines) {
    const text = String(values[line.id] ?? '');
    const fault = text.trim() === '' ? undefined : faultOfNumber(text, 0, unitsLeft(line));
    if (fault) {
      faults[line.id] = fault;
    }
  }
  const [first] = lines;
  if (first && Object.keys(faults).length === 0 && linesOf(values).length === 0) {
    faults[first.id] = 'Say of at least one line how many units come back.';
  }
  return faults;
}

/** Takes back units of lines, or all that is left; afterwards it shows what the server gave back. */
class RefundForm extends Screen {
  static override properties = { ...Screen.properties, order: { attribute: false } };

  declare order: Order;
  #answer: Refund | null = null;
  #form: Form<Record<string, string>, { readonly refund: Refund }> | null = null;

  get #open(): readonly OrderLine[] {
    return this.order.lines.filter((line) => unitsLeft(line) > 0);
  }

  protected override willUpdate(): void {
    this.#form ??= new Form<Record<string, string>, { readonly refund: Refund }>(this, {
      values: Object.fromEntries(this.#open.map((line) => [line.id, '0'])),
      check: (values) => faultsOf(values, this.#open),
      send: (values, key) => refundOrder(this.context.api, this.order.id, linesOf(values), key),
      sent: ({ refund }) => {
        this.#answer = refund;
        this.requestUpdate();
        this.dispatchEvent(new CustomEvent('refunded', { detail: refund }));
      },
    });
  }

  readonly #takeAll = (): void => {
    this.#open.forEach((line) => this.#form?.set(line.id, String(unitsLeft(line))));
  };

  protected override render(): unknown {
    if (this.#answer) {
      return html`
        ${refundFacts(this.#answer, this.order, this.context)}
        <div class="buttons"><button type="button" class="button primary" @click=${closeModal}>Close</button></div>
      `;
    }
    const form = this.#form;
    if (form === null) {
      return nothing;
    }
    const { number } = this.context;
    return html`
      <form novalidate @submit=${form.submit}>
        <p>
          The money of these units with their part of the discounts goes back; what they earned is taken back, and spent points come back as the program's refund rule says.
          This cannot be undone.
        </p>
        ${this.#open.map((line) => numberField(form, line.id, { label: line.name ?? line.id, suffix: `of ${number(unitsLeft(line))}` }))}
        <div class="buttons"><button type="button" class="button small" @click=${this.#takeAll}>All that is left</button></div>
        ${formFoot(form, 'Refund', html`<button type="button" class="button" @click=${closeModal}>Cancel</button>`)}
      </form>
    `;
  }
}

customElements.define('console-refund', RefundForm);
