import { html, nothing, type PropertyValues } from 'lit';
import type { CheckoutCart } from '../../../../src/checkout/index.js';
import type { Intent } from '../../../../src/documents/index.js';
import { Screen } from '../../app/screen.js';
import { namingOf } from '../../explain/naming.js';
import { nearMissesView, rejectionsView, traceView } from '../../explain/trace.js';
import { inCurrency } from '../../explain/wording.js';
import { waiting } from '../../kit/reveal.js';
import { card } from '../../kit/section.js';
import { instantOf, localOf } from '../../rules/zone.js';
import { type Bench, type SideName, sideOf } from './bench.js';
import { type Case, sampleCase, tagsOf } from './case.js';
import { compareView } from './compare-view.js';
import type { Picked } from './member-picker.js';
import { priceCase, type Pricing } from './pricing.js';
import './cart-editor.js';
import './case-file.js';
import './member-picker.js';
import './past-case.js';
import './widget.js';

/** Tries one cart: edited here, chosen for in the shopper's panel, priced under the live rules and under the draft. */
class Trial extends Screen {
  static override properties = { ...Screen.properties, bench: { attribute: false } };

  declare bench: Bench;
  #case: Case | null = null;
  #side: SideName = 'draft';
  #live: Pricing | null = null;
  #draft: Pricing | null = null;
  /** Which answer is awaited: an older one is dropped. */
  #asked = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('bench')) {
      this.#case ??= sampleCase(this.bench.live.catalog, this.context.me.serverTime);
      void this.#price();
    }
  }

  #try(next: Case): void {
    this.#case = next;
    void this.#price();
    this.requestUpdate();
  }

  async #price(): Promise<void> {
    const asked = ++this.#asked;
    const one = this.#case as Case;
    const { live, draft } = this.bench;
    const answers = await Promise.all([priceCase(live, one), draft ? priceCase(draft, one) : null]);
    if (asked === this.#asked) {
      [this.#live, this.#draft] = answers;
      this.requestUpdate();
    }
  }

  protected override render(): unknown {
    const one = this.#case as Case;
    const { live, draft } = this.bench;
    if (this.#live === null) {
      return waiting();
    }
    const shown = sideOf(this.bench, this.#side);
    return html`
      <div class="bench">
        <div class="stack">
          ${card(
            { heading: 'The cart', actions: html`<console-past-case .context=${this.context} @case-opened=${this.#opened}></console-past-case>` },
            html`<console-cart-editor .cart=${one.cart} .tags=${tagsOf(shown.catalog)} @cart-edited=${(event: CustomEvent<CheckoutCart>) => this.#try({ ...one, cart: event.detail })}></console-cart-editor>`,
          )}
          ${card(
            { heading: 'Who shops, and when' },
            html`<console-member-picker .context=${this.context} .account=${one.account} .tiers=${shown.catalog.tiers ?? []} .baseTier=${this.bench.baseTier}
              @member-picked=${(event: CustomEvent<Picked>) => this.#try({ ...one, account: event.detail.account })}></console-member-picker>
              ${this.#when(one)}`,
          )}
        </div>
        <div class="stack">
          ${card(
            { heading: 'What the shopper sees', actions: draft ? this.#switch() : nothing, intro: 'Choose rewards and enter codes here, as a shopper does.' },
            html`<console-sim-widget .core=${this.bench.core} .side=${shown} .of=${one} @intent-chosen=${(event: CustomEvent<Intent>) => this.#try({ ...one, intent: event.detail })}></console-sim-widget>`,
          )}
        </div>
      </div>
      ${this.#results(one)}
      <console-case-file .context=${this.context} .of=${one} .catalog=${shown.catalog} .rules=${shown === live ? 'the live rules' : 'the rules of the draft'}
        .quote=${this.#quoteOf(this.#shownPricing())} @case-opened=${this.#opened}></console-case-file>
    `;
  }

  #when(one: Case): unknown {
    const { timeZone } = this.context;
    const set = (event: Event) => {
      const now = instantOf((event.target as HTMLInputElement).value, timeZone);
      if (now !== null) {
        this.#try({ ...one, now });
      }
    };
    return html`
      <div class="field">
        <label for="sample-when">When</label>
        <p class="hint" id="sample-when-hint">On the clocks of ${timeZone}: for rules that begin or end.</p>
        <div class="control"><input id="sample-when" type="datetime-local" aria-describedby="sample-when-hint" .value=${localOf(one.now, timeZone)} @change=${set} /></div>
      </div>
    `;
  }

  readonly #opened = (event: CustomEvent<Case>): void => {
    this.#try(event.detail);
    this.context.say('The cart is open in the simulator.');
  };

  #shownPricing(): Pricing | null {
    return this.#side === 'draft' ? (this.#draft ?? this.#live) : this.#live;
  }

  #quoteOf(pricing: Pricing | null) {
    return pricing?.ok ? pricing.quote : null;
  }

  #switch(): unknown {
    const sides: readonly (readonly [SideName, string])[] = [['live', 'Live rules'], ['draft', 'Draft']];
    const set = (side: SideName) => {
      this.#side = side;
      this.requestUpdate();
    };
    return html`<div class="segments" role="group" aria-label="Rules in the panel and the explanation">
      ${sides.map(([side, text]) => html`<button type="button" class="button" aria-pressed=${String(this.#side === side)} @click=${() => set(side)}>${text}</button>`)}
    </div>`;
  }

  #results(one: Case): unknown {
    const live = this.#live;
    const draft = this.#draft ?? live;
    if (live === null || draft === null) {
      return nothing;
    }
    if (!live.ok || !draft.ok) {
      return html`<p class="problem" role="alert">${live.ok ? (draft.ok ? '' : draft.problem) : live.problem}</p>`;
    }
    const { catalog } = sideOf(this.bench, this.#side);
    const words = inCurrency(this.context, one.cart.currency);
    const naming = namingOf({ catalogs: [catalog, this.bench.live.catalog], account: one.account, cart: one.cart, resolved: one.resolved, baseTier: this.bench.baseTier });
    const shown = this.#side === 'draft' ? draft : live;
    const side = this.#draft === null ? 'live rules' : this.#side === 'draft' ? 'draft' : 'live rules';
    return html`
      <div class="columns">
        ${card(
          { heading: this.#draft ? 'Live rules and draft side by side' : 'What it costs under the live rules' },
          compareView(live.quote, draft.quote, words, naming, this.#draft !== null),
        )}
        ${card(
          { heading: `Step by step, under the ${side}` },
          html`
            ${traceView(shown.quote.explain ?? [], words, naming, one.cart)} ${rejectionsView(shown.quote.rejected, words, naming)}
            ${shown.nearMisses.length > 0 ? html`<h3>Nearly</h3>${nearMissesView(shown.nearMisses, words, naming)}` : nothing}
          `,
        )}
      </div>
    `;
  }
}

customElements.define('console-trial', Trial);
