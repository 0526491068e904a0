import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Catalog } from '../../../../src/documents/index.js';
import { decimalsOf } from '../../../../src/text/currency.js';
import { ApiError } from '../../api/refusal.js';
import type { Context } from '../../app/context.js';
import { minorOf } from '../../app/wording.js';
import { faultOfAmount } from '../../kit/checks.js';
import { CatalogRefused, type Earned, sampleOrder } from '../../rules/sample-order.js';

/** A place where orders are made, by the tag of its goods. */
export interface Place {
  readonly tag: string;
  readonly name: string;
}

const QUIET_MS = 350;

type Shown = { readonly at: 'computing' } | { readonly at: 'told'; readonly minor: number; readonly earned: readonly Earned[] } | { readonly at: 'failed'; readonly why: string };

/**
 * "An order of $42.00 earns 84 Stars (Silver: 126 Stars)": computed by the core from a catalog, for an amount that the
 * merchant types. `version` changes when the catalog does.
 */
class OrderSample extends LitElement {
  static override properties = { context: { attribute: false }, places: { attribute: false }, catalog: { attribute: false }, version: { attribute: false }, baseTier: { attribute: false } };

  declare context: Context;
  declare places: readonly Place[];
  /** Gets the catalog to compute with. Throws ApiError. */
  declare catalog: () => Promise<Catalog>;
  declare version: unknown;
  declare baseTier: string;

  #amount = '';
  #tag: string | null = null;
  #shown: Shown = { at: 'computing' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest = 0;
  #held: { readonly of: unknown; readonly catalog: Promise<Catalog> } | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#amount = decimalsOf(this.context.currency) === 0 ? '4200' : '42.00';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('version') || changed.has('places')) {
      this.#soon();
    }
  }

  get #place(): Place | undefined {
    return this.places.find(({ tag }) => tag === this.#tag) ?? this.places[0];
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#compute(), QUIET_MS);
  }

  #catalogNow(): Promise<Catalog> {
    if (this.#held?.of !== this.version || this.#held === null) {
      const held = { of: this.version, catalog: this.catalog() };
      this.#held = held;
      held.catalog.catch(() => this.#held === held && (this.#held = null));
    }
    return this.#held!.catalog;
  }

  async #compute(): Promise<void> {
    const minor = minorOf(this.#amount, this.context.currency);
    const place = this.#place;
    const turn = ++this.#latest;
    if (minor === null || place === undefined) {
      return;
    }
    let shown: Shown;
    try {
      shown = { at: 'told', minor, earned: await sampleOrder(await this.#catalogNow(), minor, place.tag, this.baseTier) };
    } catch (error) {
      const isKnown = error instanceof ApiError || error instanceof CatalogRefused;
      shown = { at: 'failed', why: isKnown ? error.message : 'It could not be computed here.' };
    }
    if (turn === this.#latest) {
      this.#shown = shown;
      this.requestUpdate();
    }
  }

  #sentence(minor: number, [base, ...tiers]: readonly Earned[]): TemplateResult {
    const { money, points } = this.context;
    const others = tiers.map((one) => `${one.tier}: ${points(one.points)}`).join(', ');
    return html`An order of <b>${money(minor)}</b> earns <b>${points(base?.points ?? 0)}</b>${others ? ` (${others})` : nothing}.`;
  }

  protected override render(): unknown {
    const fault = faultOfAmount(this.#amount, this.context.currency);
    return html`
      <div class="sample">
        <div class="field">
          <label for="sample-amount">Amount of the order</label>
          <div class="control">
            <span class="affix" aria-hidden="true">${this.context.currency}</span>
            <input id="sample-amount" inputmode="decimal" autocomplete="off" aria-describedby="sample-fault" aria-invalid=${fault ? 'true' : nothing} .value=${this.#amount}
              @input=${(event: Event) => this.#type((event.target as HTMLInputElement).value)} />
          </div>
          <p class="fault" id="sample-fault" aria-live="polite">${fault ?? nothing}</p>
        </div>
        ${this.places.length > 1
          ? html`<div class="field">
              <label for="sample-place">Ordered from</label>
              <select id="sample-place" @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
                ${this.places.map(({ tag, name }) => html`<option value=${tag} ?selected=${tag === this.#place?.tag}>${name}</option>`)}
              </select>
            </div>`
          : nothing}
        <p class="sample-result" role="status">
          ${this.#shown.at === 'told' ? this.#sentence(this.#shown.minor, this.#shown.earned) : this.#shown.at === 'failed' ? `No example: ${this.#shown.why}` : 'Computing…'}
        </p>
        ${this.#shown.at === 'failed' ? html`<div><button type="button" class="button" @click=${() => void this.#compute()}>Try again</button></div>` : nothing}
        <p class="hint">
          Computed by the same rules that orders are, before promotions and rewards take anything
          off${this.context.program.status === 'ACTIVE' ? nothing : ', as if the program were active'}.
        </p>
      </div>
    `;
  }

  #type(text: string): void {
    this.#amount = text;
    this.requestUpdate();
    this.#soon();
  }

  #choose(tag: string): void {
    this.#tag = tag;
    this.#soon();
  }
}
customElements.define('console-order-sample', OrderSample);
