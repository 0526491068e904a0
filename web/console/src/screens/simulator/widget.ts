import { html, LitElement, type PropertyValues } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import type { LoyaltyCheckout } from '../../../../src/checkout/index.js';
import { defineElements } from '../../../../src/define-elements.js';
import type { Intent } from '../../../../src/documents/index.js';
import type { LoyaltyCore } from '../../../../src/core/index.js';
import type { Case } from './case.js';
import { accountFor, type Side } from './pricing.js';

defineElements();

/** The shopper's own panel over the sample cart. What is chosen in it is told as `intent-chosen`. */
class SimulatorWidget extends LitElement {
  static override properties = { core: { attribute: false }, side: { attribute: false }, of: { attribute: false } };

  declare core: LoyaltyCore;
  declare side: Side;
  declare of: Case;
  readonly #panel = createRef<LoyaltyCheckout>();

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const panel = this.#panel.value;
    if (!panel || !(changed.has('of') || changed.has('side'))) {
      return;
    }
    const { catalog } = this.side;
    const { account, cart, intent, now, resolved } = this.of;
    panel.core = this.core;
    panel.program = { catalog, serverTime: now, ...(resolved && { resolved }) };
    panel.member = accountFor(catalog, account);
    panel.cart = cart;
    if (JSON.stringify(panel.intent) !== JSON.stringify(intent)) {
      panel.intent = intent;
    }
  }

  readonly #chosen = (): void => {
    const intent: Intent | undefined = this.#panel.value?.intent;
    if (intent && JSON.stringify(intent) !== JSON.stringify(this.of.intent)) {
      this.dispatchEvent(new CustomEvent<Intent>('intent-chosen', { detail: intent }));
    }
  };

  /** Nothing is spent here: what is applied counts at once. */
  readonly #apply = (event: CustomEvent<{ readonly waitUntil: (confirmation: Promise<void>) => void }>): void => event.detail.waitUntil(Promise.resolve());

  protected override render(): unknown {
    return html`<loyalty-checkout ${ref(this.#panel)} mode="preview" locale="en" heading-level="3" @loyalty-preview=${this.#chosen} @loyalty-before-apply=${this.#apply}></loyalty-checkout>`;
  }
}

customElements.define('console-sim-widget', SimulatorWidget);
