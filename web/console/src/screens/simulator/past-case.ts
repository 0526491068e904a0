import { html, nothing } from 'lit';
import { formatMoney } from '../../../../src/text/format.js';
import { Screen } from '../../app/screen.js';
import { caseOf } from './case.js';
import { loadCases, type ReplayCase } from './replay.js';

const SHOWN = 20;

/** Opens the cart of a past order. Tells `case-opened`. */
class PastCase extends Screen {
  #cases: readonly ReplayCase[] | null = null;
  #problem: string | null = null;

  readonly #load = async (): Promise<void> => {
    this.#problem = null;
    try {
      this.#cases = (await loadCases(this.context.api, SHOWN, new AbortController().signal, () => {})).cases;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>('select')?.focus();
  };

  readonly #take = (event: Event): void => {
    const found = this.#cases?.find(({ orderId }) => orderId === (event.target as HTMLSelectElement).value);
    if (found) {
      this.dispatchEvent(new CustomEvent('case-opened', { detail: caseOf(found.request) }));
    }
  };

  protected override render(): unknown {
    if (this.#cases === null) {
      return html`
        <button type="button" class="button small" @click=${this.#load}>Take a past order…</button>
        ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : nothing}
      `;
    }
    return this.#cases.length === 0
      ? html`<p class="muted">There are no orders yet.</p>`
      : html`<label class="hidden" for="past-case">Past order</label>
          <div class="control">
            <select id="past-case" @change=${this.#take}>
              <option value="">Choose a past order</option>
              ${this.#cases.map((one) => html`<option value=${one.orderId}>${this.#titleOf(one)}</option>`)}
            </select>
          </div>
`;
  }

  #titleOf({ number, orderId, memberName, placedAt, request, quote }: ReplayCase): string {
    return [`Order ${number ?? orderId}`, memberName ?? 'guest', formatMoney(quote.total, request.cart.currency, 'en'), this.context.date(placedAt)].join(' · ');
  }
}

customElements.define('console-past-case', PastCase);
