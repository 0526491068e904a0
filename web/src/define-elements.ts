import { LoyaltyCheckout } from './checkout/index.js';
import { VERSION } from './version.js';

/** Where an element says which version registered it. */
const VERSION_KEY = Symbol.for('loyalty-web.version');

const ELEMENTS: Readonly<Record<string, CustomElementConstructor>> = { 'loyalty-checkout': LoyaltyCheckout };

/** Registers the elements. Where they are registered already, the first stays, and another version is told of. */
export function defineElements(): void {
  for (const [name, element] of Object.entries(ELEMENTS)) {
    const present = customElements.get(name) as { readonly [VERSION_KEY]?: string } | undefined;
    if (present === undefined) {
      Object.defineProperty(element, VERSION_KEY, { value: VERSION });
      customElements.define(name, element);
    } else if (present[VERSION_KEY] !== VERSION) {
      console.warn(`<${name}> is registered by version ${present[VERSION_KEY] ?? 'unknown'}; ${VERSION} is not used.`);
    }
  }
}
