import { newKey } from '../client/key.js';
import type { Choice, Quote } from '../documents/index.js';
import { candidateOf, sameCandidate } from './choices.js';
import type { Candidate } from './choices.js';
import type { Reason } from '../text/reasons.js';
import { sameCandidates, sameChoices, without } from './choosing.js';
import type { CheckoutController, Confirmed } from './controller.js';
import type { Desk } from './desk.js';
import { HoldWatch } from './hold-watch.js';
import { inquiriesOf } from './inquiries.js';
import { done, refusal } from './outcome.js';
import type { Notice, Reconciliation } from './state.js';
import type { CheckoutChange, CheckoutClient, Confirmation, QuoteRequest, Removal, Result, Standing } from './types.js';
import { failureOf, sameOutcome, tellRejected } from './verdicts.js';

/** Stores that take longer than this get a word about it. */
export const SLOW_MS = 4_000;

/** What has ended already is as good as removed. */
const GONE: readonly string[] = ['DISCOUNT_NOT_FOUND', 'DISCOUNT_NOT_APPLIED', 'ALREADY_RELEASED', 'HOLD_EXPIRED'];

/** What is known of why the store's answer may differ. */
export interface Heard {
  lastChange?: CheckoutChange['change'] | undefined;
  hasNewCart?: boolean;
}

/** What of the choice does not run, or not as chosen. */
const whyOf = (quote: Quote): Reason | null => quote.rejected.find(({ source }) => source !== 'promotion') ?? null;

type Request = QuoteRequest & { readonly quote: Quote };

/** Something the store was asked to do. `key` stays the same however often it is asked. */
interface Errand {
  readonly key: string;
  readonly request: Request;
}

/**
 * What the store holds: applying and taking back, what it comes to there, and what others change meanwhile. What is
 * shown as applied is always the store's own quote.
 */
export class Confirming {
  readonly #desk: Desk;
  readonly #hold: HoldWatch;
  #request: { readonly id: number; readonly abort: AbortController } | null = null;
  #requests = 0;
  /** What got no answer: asked again, it goes out under its own key. */
  #unanswered: Errand | null = null;
  /** A cancelled application that is being taken back. */
  #undoing = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#hold = new HoldWatch(desk);
  }

  get #checkout(): CheckoutController {
    return this.#desk.checkout;
  }

  apply(): Promise<Result<Confirmation>> {
    const quote = this.#checkout.quote;
    return quote && !this.#checkout.isPending ? this.#applyAt(quote, true) : Promise.resolve(refusal('UNAVAILABLE', null, true));
  }

  /** The shopper agrees to what the store would charge. */
  accept({ now }: Reconciliation): Promise<Result<Confirmation>> {
    return this.#applyAt(now, false);
  }

  #applyAt(quote: Quote, isPreview: boolean): Promise<Result<Confirmation>> {
    const { state, cart, chosen } = this.#checkout;
    const refused = (code: string, retryable = false) => {
      this.#desk.send({ type: 'rejected', reason: { code }, at: 'apply' });
      tellRejected(this.#desk, { code }, retryable);
      return Promise.resolve(refusal(code, null, retryable));
    };
    if (!cart) {
      return Promise.resolve(refusal('UNAVAILABLE', null, true));
    }
    if (chosen.length === 0) {
      return Promise.resolve(refusal('NOTHING_CHOSEN'));
    }
    if (state.locked) {
      return refused('CART_LOCKED');
    }
    if (cart.lines.length === 0) {
      return refused('CART_EMPTY');
    }
    if (!state.online) {
      return refused('OFFLINE', true);
    }
    const waits: Promise<Confirmation | void>[] = [];
    const goesOn = this.#desk.host.emit(
      'loyalty-before-apply',
      { intent: { chosen }, quote, waitUntil: (promise) => void waits.push(Promise.resolve(promise)) },
      true,
    );
    if (!goesOn) {
      return Promise.resolve(refusal('CANCELLED'));
    }
    const client = this.#desk.client();
    if (waits.length === 0 && !client?.apply) {
      return refused('NO_CONFIRMER');
    }
    const id = this.#begin('apply');
    const abort = new AbortController();
    this.#request = { id, abort };
    this.goOnWaiting();
    return this.#confirm(id, quote, isPreview, waits, client, abort.signal);
  }

  /** The word about a slow store is taken back until it is due again. */
  goOnWaiting(): void {
    const id = this.#request?.id;
    if (id !== undefined) {
      this.#desk.send({ type: 'slow', id, slow: false });
      this.#desk.later('slow', SLOW_MS, () => this.#desk.send({ type: 'slow', id, slow: true }));
    }
  }

  /** Takes a request back. What the store holds by then is given back. */
  cancel(): void {
    const request = this.#request;
    if (request) {
      this.#desk.send({ type: 'cancelled', id: request.id });
      request.abort.abort();
      this.#request = null;
      this.#desk.forget('slow');
    }
  }

  async remove(rowId: string): Promise<Result> {
    const { context, chosen, confirmed } = this.#checkout;
    const choice = context && confirmed && chosen.find((one) => candidateOf(one, context).id === rowId);
    if (!choice) {
      return refusal('NOT_CHOSEN');
    }
    const candidate = candidateOf(choice, context);
    return this.#takeOff(confirmed, without(chosen, candidate, context), candidate);
  }

  /** Gives everything back that is applied. */
  withdraw(): Promise<Result> {
    const { confirmed } = this.#checkout;
    return confirmed ? this.#takeOff(confirmed, [], null) : Promise.resolve(done);
  }

  /** What the store has: it counts, whatever this page thought. */
  adopt({ status, chosen, confirmation }: Standing): void {
    const { confirmed, context, state } = this.#checkout;
    if (state.request || this.#undoing > 0) {
      return; // Its own answer is on its way.
    }
    const applied = chosen.length > 0;
    const isCompleted = status === 'COMPLETED';
    if (!applied && !confirmed && !isCompleted) {
      return;
    }
    this.#unanswered = null;
    const isSame = confirmed !== null && context !== null && applied && sameCandidates(chosen, confirmed.chosen, context) && sameOutcome(confirmation.quote, confirmed.quote);
    const isChoosing = state.changing || (confirmed !== null && !state.applied);
    const notice = isCompleted || isSame || !confirmed ? null : this.#whyOther(confirmed, applied);
    Object.assign(this.#checkout.heard, { lastChange: undefined, hasNewCart: false } satisfies Heard);
    this.#checkout.confirmed = applied ? { quote: confirmation.quote, confirmation, chosen: isSame ? confirmed.chosen : chosen } : null;
    if (!isCompleted && applied && confirmed && (isSame || isChoosing)) {
      this.#desk.drawn(); // Held for longer, or another total behind what is being chosen.
    } else {
      if (applied || notice?.kind === 'elsewhere') {
        this.#desk.took(chosen, 'standing');
      }
      this.#desk.send({ type: 'stands', applied, chosen: this.#checkout.chosen.length > 0, completed: isCompleted, notice });
      this.#desk.choiceChanged();
    }
    this.watchHold();
  }

  /** Why what was applied is no longer, or comes to something else. */
  #whyOther({ confirmation }: Confirmed, applied: boolean): Notice {
    const { lastChange, hasNewCart } = this.#checkout.heard;
    const isOver = !applied && (lastChange === 'expired' || this.#hold.isOver(confirmation.holdExpiresAt));
    if (isOver) {
      return { kind: 'hold-expired', minutes: this.#hold.minutes(confirmation.holdExpiresAt) };
    }
    return lastChange === 'recalculated' || hasNewCart ? { kind: 'stale-cart' } : { kind: 'elsewhere' };
  }

  /**
   * What was applied holds only while it comes to the same. A new cart object alone is no change; nor is a
   * member whose points are fewer because they are held for this very order.
   */
  checkApplied(): void {
    const { quote, confirmed, state, chosen } = this.#checkout;
    if (!quote || !confirmed || !state.applied || !sameChoices(chosen, confirmed.chosen) || sameOutcome(quote, confirmed.quote)) {
      return;
    }
    if (this.#desk.client()?.standing) {
      void this.#desk.fetch('member'); // The store has computed it anew, or is about to.
    } else {
      this.#desk.send({ type: 'cart-changed' });
    }
  }

  watchHold(): void {
    this.#hold.watch();
  }

  #begin(kind: 'apply' | 'remove'): number {
    const id = ++this.#requests;
    this.#desk.send({ type: 'request', kind, id });
    return id;
  }

  async #confirm(
    id: number,
    previewed: Quote,
    isPreview: boolean,
    waits: readonly Promise<Confirmation | void>[],
    client: CheckoutClient | undefined,
    signal: AbortSignal,
  ): Promise<Result<Confirmation>> {
    const chosen = this.#checkout.chosen;
    let answer: Result<Confirmation>;
    try {
      const confirmations = await Promise.all(waits);
      signal.throwIfAborted();
      const own = confirmations.findLast((one) => typeof one === 'object' && one !== null) ?? {};
      answer = client?.apply ? await this.#ask(client, chosen, previewed, isPreview, signal) : { ok: true, value: own };
    } catch (cause) {
      answer = signal.aborted ? refusal('CANCELLED') : this.#unheard(failureOf(cause, this.#desk));
    }
    if (signal.aborted) {
      if (answer.ok) {
        await this.#undo(client, answer.value);
      }
      return refusal('CANCELLED');
    }
    this.#request = null;
    this.#desk.forget('slow');
    if (answer.ok) {
      this.#applied(id, previewed, answer.value, chosen);
    } else {
      this.#refused(id, previewed, answer);
    }
    return answer;
  }

  async #ask(client: CheckoutClient, chosen: readonly Choice[], quote: Quote, isPreview: boolean, signal: AbortSignal): Promise<Result<Confirmation>> {
    const cart = this.#checkout.cart!;
    const kept = this.#unanswered;
    const isAgain = kept && kept.request.cart === cart && sameOutcome(kept.request.quote, quote) && sameChoices(kept.request.intent.chosen ?? [], chosen);
    const seen: Request = { cart, intent: { chosen }, quote, expectedTotal: quote.total };
    const engine = isPreview && !isAgain ? this.#desk.engine() : null;
    const named = engine && (await inquiriesOf(engine).named());
    const errand = isAgain ? kept : { key: newKey(), request: { ...seen, ...named } };
    this.#unanswered = errand;
    const answer = await client.apply!(errand.request, { signal, idempotencyKey: errand.key });
    this.#unanswered = null;
    if (answer.ok || answer.reason !== 'QUOTE_CHANGED' || !answer.quote || !sameOutcome(answer.quote, quote)) {
      return answer;
    }
    // What the shopper sees is what the store charges, only not of the same revision of the account.
    return client.apply!(seen, { signal, idempotencyKey: newKey() });
  }

  #applied(id: number, previewed: Quote, confirmation: Confirmation, chosen: readonly Choice[]): void {
    const quote = confirmation.quote ?? previewed;
    const differs = quote.total !== previewed.total || quote.payable !== previewed.payable;
    const why = confirmation.cause ?? whyOf(quote);
    this.#checkout.confirmed = { quote, confirmation, chosen };
    this.#desk.send({ type: 'applied', id, reconciled: differs ? { before: previewed.total, now: quote, why, open: false } : null });
    this.#hold.begin();
    this.#desk.host.emit('loyalty-applied', {
      confirmation,
      quote,
      spent: quote.points.spent,
      save: { items: quote.itemsDiscount, shipping: quote.shippingDiscount },
    });
    if (differs) {
      this.#tellReconciled(previewed, quote, why);
    }
  }

  #refused(id: number, previewed: Quote, answer: Result<Confirmation> & { readonly ok: false }): void {
    const now = answer.quote;
    if (answer.reason === 'QUOTE_CHANGED' && now) {
      const why = whyOf(now);
      this.#desk.send({ type: 'countered', id, offer: { before: previewed.total, now, why, open: true } });
      this.#tellReconciled(previewed, now, why);
      void this.#catchUp(now);
      return;
    }
    const reason = answer.params ?? { code: answer.reason };
    this.#desk.send({ type: 'refused', id, reason });
    tellRejected(this.#desk, reason, answer.retryable);
    if (this.#desk.client()?.standing) {
      void this.#desk.fetch('member'); // What was known of the member was not so.
    }
  }

  /** Sent and not answered is not the same as not sent: it may have been done. */
  #unheard(answer: Result<never> & { readonly ok: false }): Result<never> & { readonly ok: false } {
    return answer.reason === 'OFFLINE' && this.#unanswered ? refusal('NO_ANSWER', { code: 'NO_ANSWER' }, true) : answer;
  }

  /** The page computed from something old. Where it comes to another sum with what is new, too, the store computes. */
  async #catchUp(now: Quote): Promise<void> {
    await this.#desk.fetch('all');
    this.#checkout.settle();
    const { quote } = this.#checkout;
    if (quote && !sameOutcome(quote, now)) {
      this.#desk.leaveToStore();
    }
  }

  #tellReconciled(previewed: Quote, confirmed: Quote, cause: Reconciliation['why']): void {
    // The difference is for the page's records only; never shown. Both are whole numbers, so it is exact.
    this.#desk.host.emit('loyalty-reconcile', { previewed, confirmed, deltaMinor: confirmed.total - previewed.total, cause });
  }

  /** An application that was taken back came through all the same: what was applied before is so again. */
  async #undo(client: CheckoutClient | undefined, { discountId }: Confirmation): Promise<void> {
    this.#undoing++;
    try {
      if (client?.standing && client.apply) {
        const { confirmed, cart, quote } = this.#checkout;
        const before = confirmed?.chosen ?? [];
        await client.apply({ cart: cart!, intent: { chosen: before }, quote: quote! }, { idempotencyKey: newKey() });
      } else if (discountId !== undefined) {
        await client?.remove?.(discountId, { idempotencyKey: newKey() });
      }
    } catch {
      // The hold ends by itself; what the store has is asked below.
    }
    this.#undoing--;
    if (client?.standing) {
      await this.#desk.fetch('member');
    }
  }

  /** Has the store take off what is not in `rest`. `candidate`: the one row that it is about; null: all. */
  async #takeOff(confirmed: Confirmed, rest: readonly Choice[], candidate: Candidate | null): Promise<Result> {
    const id = this.#begin('remove');
    const row = candidate && (confirmed.confirmation.discounts?.find((one) => sameCandidate(one, candidate)) ?? null);
    const held = row?.discountId ?? (confirmed.confirmation.discounts ? undefined : confirmed.confirmation.discountId);
    const answer = await this.#askToTakeOff(held, rest).catch((cause: unknown) => failureOf(cause, this.#desk));
    if (!answer.ok && !GONE.includes(answer.reason)) {
      this.#desk.send({ type: 'refused', id, reason: answer.params ?? { code: answer.reason } });
      return answer;
    }
    const standing = rest.length > 0 ? await this.#standing() : null;
    const stays = standing !== null && standing.chosen.length > 0;
    this.#desk.took(stays ? standing.chosen : rest, 'remove');
    this.#checkout.confirmed = stays ? { ...standing, quote: standing.confirmation.quote } : null;
    this.#desk.forget('hold');
    this.#desk.send({ type: 'removed', id, chosen: this.#checkout.chosen.length > 0, applied: stays });
    this.watchHold();
    const released = candidate ? (confirmed.quote.discounts.find((one) => sameCandidate(one, candidate))?.points ?? 0) : confirmed.quote.points.spent;
    const quote = this.#checkout.quote ?? (answer.ok ? answer.value.quote : undefined);
    if (quote) {
      this.#desk.host.emit('loyalty-removed', { discountId: held ?? candidate?.id ?? '', quote, released });
    }
    this.#desk.choiceChanged();
    return done;
  }

  async #askToTakeOff(held: string | undefined, rest: readonly Choice[]): Promise<Result<Removal>> {
    const client = this.#desk.client();
    const idempotencyKey = newKey();
    const { cart, confirmed } = this.#checkout;
    if (held !== undefined && client?.remove) {
      return client.remove(held, { idempotencyKey, ...(cart?.id !== undefined && { checkoutId: cart.id }) });
    }
    if (client?.standing && client.apply) {
      // A code is no discount of its own: what is left is applied in place of all.
      const answer = await client.apply({ cart: cart!, intent: { chosen: rest }, quote: confirmed!.quote }, { idempotencyKey });
      return answer.ok ? { ok: true, value: { ...(answer.value.quote && { quote: answer.value.quote }) } } : answer;
    }
    return { ok: true, value: {} };
  }

  async #standing(): Promise<Standing | null> {
    const id = this.#checkout.cart?.id;
    return id === undefined ? null : ((await this.#desk.client()?.standing?.(id).catch(() => null)) ?? null);
  }
}
