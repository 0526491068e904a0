import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { live } from 'lit/directives/live.js';
import type { CheckoutCart } from '../../../../src/checkout/index.js';
import { type CartFaults, cartOf, type CartRow, type CartTexts, faultsOf, freshId, textsOf } from './cart-rows.js';

/** The sample cart, line by line. Tells `cart-edited` with the new cart whenever what was typed is one. */
class CartEditor extends LitElement {
  static override properties = { cart: { attribute: false }, tags: { attribute: false } };

  declare cart: CheckoutCart;
  /** Tags that rules ask for, offered while typing. */
  declare tags: readonly string[];
  #texts: CartTexts = { rows: [], shipping: '' };
  #faults: CartFaults = {};
  /** The cart that was told: coming back, it changes nothing that is being typed. */
  #told: CheckoutCart | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('cart') && this.cart !== this.#told) {
      this.#texts = textsOf(this.cart);
      this.#faults = {};
    }
  }

  #edit(texts: CartTexts): void {
    this.#texts = texts;
    this.#faults = faultsOf(texts, this.cart.currency);
    this.requestUpdate();
    if (Object.keys(this.#faults).length === 0) {
      this.#told = cartOf(texts, this.cart);
      this.dispatchEvent(new CustomEvent('cart-edited', { detail: this.#told }));
    }
  }

  #change(id: string, part: Partial<CartRow>): void {
    this.#edit({ ...this.#texts, rows: this.#texts.rows.map((row) => (row.id === id ? { ...row, ...part } : row)) });
  }

  readonly #add = async (): Promise<void> => {
    const id = freshId(this.#texts.rows);
    this.#edit({ ...this.#texts, rows: [...this.#texts.rows, { id, name: '', price: '10', quantity: '1', tags: this.#texts.rows.at(-1)?.tags ?? '' }] });
    await this.updateComplete;
    this.querySelector<HTMLElement>(`#cart-${CSS.escape(id)}-name`)?.focus();
  };

  async #remove(id: string): Promise<void> {
    const at = this.#texts.rows.findIndex((row) => row.id === id);
    const rows = this.#texts.rows.toSpliced(at, 1);
    this.#edit({ ...this.#texts, rows });
    await this.updateComplete;
    this.querySelector<HTMLElement>(rows.length > 0 ? `#cart-${CSS.escape(rows[Math.max(0, at - 1)]?.id ?? '')}-name` : '.cart-add')?.focus();
  }

  protected override render(): unknown {
    const { rows, shipping } = this.#texts;
    return html`
      <datalist id="cart-tags">${(this.tags ?? []).map((tag) => html`<option value=${tag}></option>`)}</datalist>
      ${repeat(rows, ({ id }) => id, (row, i) => this.#row(row, i))}
      ${rows.length === 0 ? html`<p class="empty">The cart is empty.</p>` : nothing}
      <div class="toolbar">
        <button type="button" class="button cart-add" @click=${this.#add}>Add a line</button>
        ${this.#input('shipping', 'Shipping', shipping, 'decimal', (value) => this.#edit({ ...this.#texts, shipping: value }), `${this.cart.currency}; empty: no delivery.`)}
      </div>
    `;
  }

  #row(row: CartRow, index: number): unknown {
    const place = (name: string) => `${row.id}-${name}`;
    return html`
      <div class="cart-line" role="group" aria-label="Line ${index + 1}">
        ${this.#input(place('name'), 'Name', row.name, 'text', (name) => this.#change(row.id, { name }))}
        ${this.#input(place('price'), 'Price each', row.price, 'decimal', (price) => this.#change(row.id, { price }))}
        ${this.#input(place('quantity'), 'Quantity', row.quantity, 'numeric', (quantity) => this.#change(row.id, { quantity }))}
        ${this.#input(place('tags'), 'Tags', row.tags, 'text', (tags) => this.#change(row.id, { tags }), undefined, 'cart-tags')}
        <button type="button" class="button quiet" aria-label="Remove line ${index + 1}" @click=${() => void this.#remove(row.id)}>✕</button>
      </div>
    `;
  }

  #input(place: string, label: string, value: string, mode: 'text' | 'decimal' | 'numeric', set: (value: string) => void, hint?: string, list?: string): unknown {
    const id = `cart-${place}`;
    const fault = this.#faults[place];
    const describedBy = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ');
    return html`
      <div class="field cart-${place.slice(place.lastIndexOf('-') + 1)}">
        <label for=${id}>${label}</label>
        <div class="control">
          <input id=${id} inputmode=${mode} autocomplete="off" list=${list ?? nothing} maxlength="200" .value=${live(value)} aria-invalid=${fault ? 'true' : nothing}
            aria-describedby=${describedBy || nothing} @input=${(event: Event) => set((event.target as HTMLInputElement).value)} />
        </div>
        ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
        <p class="fault" id="${id}-fault" aria-live="polite">${fault ?? nothing}</p>
      </div>
    `;
  }
}

customElements.define('console-cart-editor', CartEditor);
