import { LoyaltyCheckout } from './checkout/index.js';
import { VERSION } from './version.js';

/** Where an element says which version registered it. */
const VERSION_KEY = Symbol.for('loyalty-web.version');

function define(name: string, element: CustomElementConstructor): void {
  const present = customElements.get(name) as { readonly [VERSION_KEY]?: string } | undefined;
  if (present === undefined) {
    Object.defineProperty(element, VERSION_KEY, { value: VERSION });
    customElements.define(name, element);
  } else if (present[VERSION_KEY] !== VERSION) {
    console.warn(`<${name}> is registered by version ${present[VERSION_KEY] ?? 'unknown'}; ${VERSION} is not used.`);
  }
}

/**
 * Registers the elements. Where they are registered already, the first stays, and another version is told of.
 *
 * The rewards page is registered a little later: at once where the page has one, else when the browser has time. What is
 * set on it before stays. Where that matters, `customElements.whenDefined('loyalty-rewards')` says when.
 */
export function defineElements(): void {
  define('loyalty-checkout', LoyaltyCheckout);
  const rewards = (): void => {
    import('./rewards/element.js').then(
      ({ LoyaltyRewards }) => define('loyalty-rewards', LoyaltyRewards),
      (cause: unknown) => console.warn('<loyalty-rewards> could not be fetched.', cause),
    );
  };
  if (document.querySelector('loyalty-rewards') || !('requestIdleCallback' in window)) {
    rewards();
  } else {
    requestIdleCallback(rewards, { timeout: 1_000 });
  }
}
