import { LitElement } from 'lit';
import type { Context } from './context.js';

/**
 * A screen of the console. Drawn into the page itself, so that one stylesheet, labels and fragments work across parts.
 * Tells `screen-drawn` after every drawing, and `screen-broken` where it cannot be drawn.
 */
export abstract class Screen extends LitElement {
  static override properties = { context: { attribute: false }, path: { attribute: false }, query: { attribute: false } };

  declare context: Context;
  /** What follows the screen's own name in the address: `members/<id>` -> ['<id>']. */
  declare path: readonly string[];
  /** What follows the question mark. */
  declare query: URLSearchParams;

  constructor() {
    super();
    this.path = [];
    this.query = new URLSearchParams();
    this.addController({ hostUpdated: () => void this.dispatchEvent(new Event('screen-drawn', { bubbles: true })) });
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override scheduleUpdate(): void | Promise<unknown> {
    try {
      return super.scheduleUpdate();
    } catch (error) {
      this.dispatchEvent(new CustomEvent('screen-broken', { bubbles: true, detail: error }));
    }
  }
}
