import { type LoyaltyCore, loadCore, type OpenCatalog, type PreparedCheckout } from '../../src/core/index.js';
import type { CheckoutCart } from '../../src/checkout/index.js';
import type { Account, Intent, NearMiss, Promotion, Quote } from '../../src/documents/index.js';

/** What the core needs to know of one order. */
export interface Order {
  readonly account: Account | null;
  readonly cart: CheckoutCart;
  readonly intent: Intent;
  readonly resolved: readonly Promotion[];
}

/** The shop's one source of amounts: the compiled core, with the shop's catalog open in it. */
export class Pricing {
  readonly #catalog: OpenCatalog;
  readonly #now: () => string;

  private constructor(catalog: OpenCatalog, now: () => string) {
    this.#catalog = catalog;
    this.#now = now;
  }

  static async open(catalog: Parameters<LoyaltyCore['open']>[0], now: () => string): Promise<Pricing> {
    const core = await startCore();
    const opened = core.open(catalog);
    if (!opened.ok) throw new Error(`${opened.error.code} at ${opened.error.path}: ${opened.error.message}`);
    return new Pricing(opened.value, now);
  }

  quote(order: Order): Quote {
    return this.#with(order, (prepared) => prepared.quote());
  }

  /** What a little more in the cart would bring. Fetches the complete core when first asked. */
  async nearMisses(order: Order): Promise<readonly NearMiss[]> {
    return this.#with(order, (prepared) => prepared.nearMisses());
  }

  #with<T>(order: Order, use: (prepared: PreparedCheckout) => T): T {
    const prepared = this.#catalog.prepare({ ...order, now: this.#now() });
    if (!prepared.ok) throw new Error(`${prepared.error.code} at ${prepared.error.path}: ${prepared.error.message}`);
    const result = use(prepared.value);
    if (result instanceof Promise) void result.finally(() => prepared.value.close()).catch(() => undefined);
    else prepared.value.close();
    return result;
  }
}

/** Begins to fetch the core, or gives what is there. The element asks with the same options, so it is one core. */
export function startCore(): Promise<LoyaltyCore> {
  return loadCore({ start: 'preview' });
}
