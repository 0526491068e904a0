import type { Locator } from 'playwright-core';
import type { LoyaltyCheckout } from '../../../src/checkout/index.js';

/**
 * The checkout element as a shopper and a storefront see it: by roles, names and published parts, never by
 * its insides.
 */
export class Widget {
  constructor(readonly host: Locator) {}

  /** A published part. */
  part(name: string): Locator {
    return this.host.locator(`[part~="${name}"]`);
  }

  reward(name: string | RegExp): Locator {
    return this.host.getByRole('radio', { name });
  }

  button(name: string | RegExp): Locator {
    return this.host.getByRole('button', { name });
  }

  get slider(): Locator {
    return this.host.getByRole('slider');
  }

  get codeField(): Locator {
    return this.part('coupon-input');
  }

  get applyButton(): Locator {
    return this.button(/^Apply$/).last();
  }

  /** The one word for what the element does. */
  async state(): Promise<string | null> {
    return this.host.getAttribute('data-state');
  }

  /** The total as a reader would copy it: without the marks that isolate it in right-to-left text. */
  async total(): Promise<string> {
    return plain(await this.part('total').innerText());
  }

  /** The core's total, in minor units, whether or not it is drawn; null where there is none. */
  async quoted(): Promise<number | null> {
    return this.host.evaluate((element) => (element as LoyaltyCheckout).quote?.total ?? null);
  }

  async text(): Promise<string> {
    return this.host.evaluate((element) => {
      const texts: string[] = [];
      const read = (root: ShadowRoot | Element) => {
        for (const child of root.children) if (child instanceof HTMLElement) texts.push(child.innerText);
      };
      read(element.shadowRoot ?? element);
      return texts.join('\n');
    }).then(plain);
  }

  /** Waits for a state by its name. */
  async is(state: string): Promise<void> {
    await this.host.and(this.host.page().locator(`[data-state="${state}"]`)).waitFor({ state: 'attached' });
  }

  async choose(name: string | RegExp): Promise<void> {
    await this.reward(name).check();
  }
}

/** Without invisible marks, and with ordinary spaces. */
export function plain(text: string): string {
  return text
    .replace(/[\u2066-\u2069\u200e\u200f\u061c]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .trim();
}
