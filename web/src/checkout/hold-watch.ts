import type { Desk } from './desk.js';

/** A store that says that what should be over is not is asked again after this long. */
const ASK_AGAIN_MS = 15_000;
/** Timers are cut off at 2^31 - 1 ms. */
const LONGEST_MS = 2_000_000_000;

/**
 * Until when points are held. The page's clock only says when to ask: whether they went back says the store, where one
 * can be asked.
 */
export class HoldWatch {
  readonly #desk: Desk;
  /** When this page saw it begin; null where it was held already. */
  #since: number | null = null;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** It begins now. */
  begin(): void {
    this.#since = this.#desk.checkout.now();
    this.watch();
  }

  isOver(until: string | undefined): boolean {
    return until !== undefined && this.#desk.checkout.now() >= Date.parse(until);
  }

  /** How long it was held; null where that is not known. */
  minutes(until: string | undefined): number | null {
    return this.#since === null || until === undefined ? null : Math.max(1, Math.round((Date.parse(until) - this.#since) / 60_000));
  }

  watch(): void {
    const { confirmed, state } = this.#desk.checkout;
    const until = confirmed?.confirmation.holdExpiresAt;
    this.#desk.forget('hold');
    if (until === undefined || !state.applied || Number.isNaN(Date.parse(until))) {
      return;
    }
    if (!this.isOver(until)) {
      const left = Date.parse(until) - this.#desk.checkout.now();
      this.#desk.later('hold', Math.min(left, LONGEST_MS), () => this.watch());
    } else if (this.#desk.client()?.standing) {
      this.#desk.later('hold', ASK_AGAIN_MS, () => this.watch());
      void this.#desk.fetch('member');
    } else {
      const minutes = this.minutes(until) ?? 1;
      this.#desk.checkout.confirmed = null;
      this.#desk.send({ type: 'hold-expired', minutes });
    }
  }
}
