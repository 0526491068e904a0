import type { Quote } from '../documents/index.js';
import type { Desk } from './desk.js';
import { inquiriesOf } from './inquiries.js';
import type { QuoteAnswer, Result } from './types.js';
import { sameOutcome } from './verdicts.js';

/** The store is asked when the shopper has been at rest for this long. */
export const QUIET_MS = 250;

/**
 * Asks the store whether it computes what the page previews. Where it does not, the page asks for what it was computed
 * from; where that does not help, the store computes from then on.
 */
export class Checking {
  readonly #desk: Desk;
  #asked: AbortController | null = null;
  /** How often in a row the store came to something else. */
  #differed = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Something else is previewed. */
  soon(): void {
    this.stop();
    const { chosen, state } = this.#desk.checkout;
    if (chosen.length > 0 && !state.applied && state.online && this.#desk.client()?.quote) {
      this.#desk.later('check', QUIET_MS, () => void this.#check());
    }
  }

  stop(): void {
    this.#desk.forget('check');
    this.#asked?.abort();
    this.#asked = null;
  }

  async #check(): Promise<void> {
    const { checkout } = this.#desk;
    const engine = this.#desk.engine();
    const { cart, chosen, state } = checkout;
    if (!engine || engine.isRemote || !cart || state.request || state.applied) {
      return;
    }
    const asked = (this.#asked = new AbortController());
    const { seq } = checkout;
    let answer: Result<QuoteAnswer>;
    let quote: Quote | null;
    try {
      const named = await inquiriesOf(engine).named();
      quote = checkout.quote;
      answer = await this.#desk.client()!.quote!({ cart, intent: { chosen }, ...named }, { signal: asked.signal });
    } catch {
      return; // The preview stays what it is called: an estimate. Applying asks again.
    }
    if (asked.signal.aborted || seq !== checkout.seq || !quote || !answer.ok) {
      return;
    }
    if (answer.value.same || sameOutcome(answer.value.quote, quote)) {
      this.#differed = 0;
    } else if (++this.#differed === 1) {
      await this.#desk.fetch('all');
      this.soon();
    } else {
      this.#desk.leaveToStore();
    }
  }
}
