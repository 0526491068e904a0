import type { DocumentError } from '../core/api.js';
import type { Choice, Promotion, Quote } from '../documents/index.js';
import type { Reason } from '../text/reasons.js';
import { candidateOf, nameOfCandidate, rejectionOf, sameCandidate, sameChoices, without, withReward } from './choices.js';
import type { Candidate } from './choices.js';
import type { CheckoutController, ControllerHost } from './controller.js';
import type { Engine } from './engine.js';
import { done, refusal } from './outcome.js';
import { keyOf, suggestionsOf } from './rows.js';
import type { Happening } from './state.js';
import type { CheckoutClient, Confirmation, Explanation, Result } from './types.js';

/** Stores that take longer than this get a word about it. */
export const SLOW_MS = 4_000;

/** How long the detailed reason of a refusal is waited for. */
const EXPLICABLE_MS = 3_000;

/** What the controller lets its dealings do. */
export interface Desk {
  readonly host: ControllerHost;
  readonly checkout: CheckoutController;
  /** The core with a checkout in it; null where there is none. */
  engine(): Engine | null;
  client(): CheckoutClient | undefined;
  /** One more promotion that an entered code stands for. */
  resolve(promotion: Promotion): DocumentError | null;
  send(event: Happening): void;
  /** Other choices that need no checking. */
  took(chosen: readonly Choice[], reason: string): void;
  /** The quote is the same, and more is known of it. */
  drawn(): void;
  /** Other sums for the same documents. */
  quoteChanged(reason: string): void;
  choiceChanged(): void;
  later(name: string, ms: number, work: () => void): void;
  forget(name: string): void;
  waits(name: string): boolean;
  fail(code: string, cause: unknown, unavailable?: boolean): void;
}

/** A key that makes a repeated request harmless. Also where pages are not secure contexts. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What a shopper does, and what takes time: choices, codes that somebody must look up, what the complete core knows beyond totals, and the store
 * that holds and gives back.
 */
export class Dealings {
  readonly #desk: Desk;
  #request: { readonly id: number; readonly abort: AbortController } | null = null;
  #requests = 0;
  #enrichment = 0;
  #codeTry: string | null = null;
  #codeAbort: AbortController | null = null;
  #selectedBest = false;
  #heldSince = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  get #checkout(): CheckoutController {
    return this.#desk.checkout;
  }

  selectReward(id: string | null): Result {
    const offer = this.#checkout.offers.find((one) => one.source === 'reward' && one.id === id);
    return this.#take(withReward(this.#checkout.chosen, id, offer?.steps?.best), id === null ? null : { id, source: 'reward' }, 'choice');
  }

  useCoupon(id: string): Result {
    return this.#take([...this.#checkout.chosen, { coupon: { id } }], { id, source: 'coupon' }, 'choice');
  }

  setPoints(points: number): Result {
    const offer = this.#checkout.pointsOffer;
    if (!offer || !this.#desk.engine()) {
      return refusal('REWARD_NOT_FOUND');
    }
    return this.#take(withReward(this.#checkout.chosen, offer.id, points), { id: offer.id, source: 'reward' }, 'choice');
  }

  /** The fast way of `setPoints`, for points that lie on the grid: one number, then the sums. */
  slide(points: number): void {
    const id = this.#checkout.pointsOffer?.id;
    if (id === undefined || !this.#desk.engine()?.setPoints(id, points)) {
      return;
    }
    this.#checkout.chosen = this.#checkout.chosen.map((choice) => (choice.reward?.id === id ? { reward: { id, points } } : choice));
    this.#desk.quoteChanged('points');
    this.#desk.send({ type: 'chose', chosen: true });
  }

  /** What number of points stands for what was typed: the same, or the nearest that the reward takes. */
  acceptable(points: number): number | null {
    const offer = this.#checkout.pointsOffer;
    if (!offer?.steps || !this.#desk.engine() || !Number.isInteger(points) || points < 1) {
      return offer?.steps?.min ?? null;
    }
    if (points > offer.steps.max) {
      return offer.steps.max;
    }
    const quote = this.#desk.engine()!.tried(withReward(this.#checkout.chosen, offer.id, points));
    if (!('rejected' in quote)) {
      return null;
    }
    const row = quote.rejected.find((one) => one.source === 'reward' && one.id === offer.id);
    return row === undefined ? points : typeof row.required === 'number' && row.required <= offer.steps.max ? row.required : offer.steps.min;
  }

  undo(): Result {
    const notice = this.#checkout.state.notice;
    return notice?.kind === 'replaced' ? this.#take(notice.before, null, 'choice') : refusal('NOTHING_TO_UNDO');
  }

  takeBest(): Result {
    return this.#checkout.best ? this.#take(this.#checkout.best.chosen, null, 'choice') : refusal('UNAVAILABLE');
  }

  reset(): Result {
    this.#checkout.codeText = '';
    this.forgetCode();
    this.#checkout.confirmed = null;
    return this.#take([], null, 'choice');
  }

  async explain(): Promise<Result<Explanation>> {
    if (!this.#desk.engine()) {
      return refusal('UNAVAILABLE', null, true);
    }
    try {
      const quote = await this.#desk.engine()!.explain();
      return { ok: true, value: { quote, steps: quote.explain ?? [] } };
    } catch (cause) {
      this.#desk.fail('EXPLAIN_FAILED', cause);
      return refusal('UNAVAILABLE', null, true);
    }
  }

  stop(): void {
    this.#codeAbort?.abort();
  }

  forgetCode(): void {
    this.#codeTry = null;
  }

  /** The code that could not be used before, on the new cart. */
  tryCodeAgain(): void {
    const text = this.#codeTry;
    if (text !== null && !this.#isUnknown({ code: { text } })) {
      this.#codeTry = null;
      void this.applyCode(text);
    }
  }

  async applyCode(entered: string): Promise<Result> {
    const text = entered.trim();
    this.#checkout.codeText = entered;
    if (text === '') {
      this.#reject({ code: 'CODE_EMPTY' }, 'code');
      return refusal('CODE_EMPTY');
    }
    if (!this.#desk.engine() || !this.#checkout.context) {
      return refusal('UNAVAILABLE', null, true);
    }
    const choice: Choice = { code: { text } };
    if (this.#isUnknown(choice)) {
      const promotion = await this.#resolve(text);
      if (promotion === 'stopped') {
        return refusal('CANCELLED');
      }
      if (promotion === 'unreachable') {
        this.#reject({ code: 'OFFLINE' }, 'code', text, true);
        return refusal('OFFLINE', null, true);
      }
      if (promotion) {
        const error = this.#desk.resolve(promotion);
        if (error) {
          return refusal(error.code);
        }
      }
    }
    const candidate = candidateOf(choice, this.#checkout.context);
    await this.#untilExplicable(choice, candidate);
    const result = this.#take([...without(this.#checkout.chosen, candidate, this.#checkout.context), choice], candidate, 'code', text);
    this.#codeTry = result.ok ? null : text;
    if (result.ok) {
      this.#checkout.codeText = '';
    }
    return result;
  }

  apply(): Promise<Result<Confirmation>> {
    const quote = this.#checkout.quote;
    const refused = (code: string, retryable = false) => {
      this.#reject({ code }, 'apply', undefined, retryable);
      return Promise.resolve(refusal(code, null, retryable));
    };
    if (!quote || !this.#checkout.cart) {
      return Promise.resolve(refusal('UNAVAILABLE', null, true));
    }
    if (this.#checkout.chosen.length === 0) {
      return Promise.resolve(refusal('NOTHING_CHOSEN'));
    }
    if (this.#checkout.state.locked) {
      return refused('CART_LOCKED');
    }
    if (this.#checkout.cart.lines.length === 0) {
      return refused('CART_EMPTY');
    }
    if (!this.#checkout.state.online) {
      return refused('OFFLINE', true);
    }
    const waits: Promise<Confirmation | void>[] = [];
    const intent = { chosen: this.#checkout.chosen };
    const goesOn = this.#desk.host.emit(
      'loyalty-before-apply',
      { intent, quote, waitUntil: (promise) => void waits.push(Promise.resolve(promise)) },
      true,
    );
    if (!goesOn) {
      return Promise.resolve(refusal('CANCELLED'));
    }
    const client = this.#desk.client();
    if (waits.length === 0 && !client?.apply) {
      return refused('NO_CONFIRMER');
    }
    const id = ++this.#requests;
    const abort = new AbortController();
    this.#desk.send({ type: 'request', kind: 'apply', id });
    this.#desk.later('slow', SLOW_MS, () => this.#desk.send({ type: 'slow', id }));
    this.#request = { id, abort };
    return this.#confirm(id, quote, waits, client, abort.signal);
  }

  /** Takes a request back. What the store holds by then is given back. */
  cancel(): void {
    const request = this.#request;
    if (request) {
      this.#desk.send({ type: 'cancelled', id: request.id });
      request.abort.abort();
      this.#request = null;
    }
  }

  async remove(discountId: string): Promise<Result> {
    const context = this.#checkout.context;
    const choice = context && this.#checkout.chosen.find((one) => candidateOf(one, context).id === discountId);
    if (!choice) {
      return refusal('NOT_CHOSEN');
    }
    const candidate = candidateOf(choice, context);
    const rest = without(this.#checkout.chosen, candidate, context);
    const confirmed = this.#checkout.confirmed;
    if (!this.#checkout.state.applied || !confirmed) {
      return this.#take(rest, null, 'choice');
    }
    const id = ++this.#requests;
    this.#desk.send({ type: 'request', kind: 'remove', id });
    const held = confirmed.confirmation.discountId;
    const client = this.#desk.client();
    if (held !== undefined && client?.remove) {
      const answer = await client.remove(held, { idempotencyKey: newKey() }).catch((cause: unknown) => this.#failure(cause));
      if (!answer.ok) {
        this.#desk.send({ type: 'refused', id, reason: answer.params ?? { code: answer.reason } });
        return answer;
      }
    }
    this.#desk.took(rest, 'remove');
    this.#checkout.confirmed = null;
    this.#desk.forget('hold');
    this.#desk.send({ type: 'removed', id, chosen: rest.length > 0 });
    const released = confirmed.quote.discounts.find((row) => sameCandidate(row, candidate))?.points ?? 0;
    const quote = this.#checkout.quote;
    if (quote) {
      this.#desk.host.emit('loyalty-removed', { discountId: held ?? discountId, quote, released });
    }
    this.#desk.choiceChanged();
    return done;
  }

  /** Near misses, precise reasons and the best combination: nice to have, never waited for. */
  async enrich(): Promise<void> {
    const turn = ++this.#enrichment;
    const engine = this.#desk.engine();
    const seq = this.#checkout.seq;
    if (!engine || this.#checkout.account === undefined) {
      return;
    }
    const current = () => turn === this.#enrichment && this.#desk.engine() === engine && this.#checkout.seq === seq;
    try {
      const misses = await engine.nearMisses();
      if (!current()) {
        return;
      }
      const reasons = await engine.reasons(this.#checkout.offers.filter((offer) => !offer.usable));
      if (!current()) {
        return;
      }
      this.#checkout.misses = misses;
      this.#checkout.reasons = new Map(reasons.map((row) => [keyOf(row), row]));
      const best = this.#checkout.account ? await engine.best() : null;
      if (!current()) {
        return;
      }
      // Said only where it would really change what is to pay.
      this.#checkout.best = best && this.#checkout.quote && best.quote.payable < this.#checkout.quote.payable && !sameChoices(best.chosen, this.#checkout.chosen) ? best : null;
      if (this.#checkout.best && this.#desk.host.selectsBest && !this.#selectedBest && this.#checkout.chosen.length === 0) {
        this.takeBest();
      }
      this.#selectedBest = true;
      // Fixes are part of the quote only now.
      this.#desk.drawn();
    } catch (cause) {
      this.#desk.fail('COMPLETE_CORE_FAILED', cause);
    }
  }

  /**
   * What was applied holds only while it comes to the same. A new cart object alone is no change; nor is a
   * member whose points are fewer because they are held for this very order.
   */
  checkApplied(): void {
    const quote = this.#checkout.quote;
    const confirmed = this.#checkout.confirmed?.quote;
    if (!quote || !confirmed || !this.#checkout.state.applied || !sameChoices(this.#checkout.chosen, this.#checkout.confirmed!.chosen)) {
      return;
    }
    const same =
      quote.total === confirmed.total &&
      quote.itemsDiscount === confirmed.itemsDiscount &&
      quote.shippingDiscount === confirmed.shippingDiscount &&
      quote.points.spent === confirmed.points.spent;
    if (!same) {
      this.#desk.send({ type: 'cart-changed' });
    }
  }

  /** Chooses, unless what was added cannot run; what it pushes aside is dropped, and can be had back. */
  #take(chosen: readonly Choice[], added: Candidate | null, at: 'choice' | 'code', text?: string): Result {
    const context = this.#checkout.context;
    if (!this.#desk.engine() || !context) {
      return refusal('UNAVAILABLE', null, true);
    }
    const tried = this.#desk.engine()!.tried(chosen);
    if (!this.#desk.engine()) {
      return refusal('UNAVAILABLE', null, true); // The core broke over it.
    }
    if (!('rejected' in tried)) {
      this.#reject({ code: tried.code }, at, text);
      return refusal(tried.code);
    }
    const refused = added && tried.rejected.find((row) => sameCandidate(row, added));
    if (refused) {
      this.#reject(refused, at, text);
      return refusal(refused.code, refused);
    }
    const displaced = chosen.filter((choice) => rejectionOf(choice, tried, context)?.code === 'NOT_COMBINABLE');
    const kept = chosen.filter((choice) => !displaced.includes(choice));
    const before = this.#checkout.chosen;
    this.#desk.took(kept, at === 'code' ? 'code' : 'choice');
    this.#desk.send({
      type: 'chose',
      chosen: kept.length > 0,
      replaced:
        added && displaced.length > 0
          ? {
              by: nameOfCandidate(added, context, chosen) ?? added.id,
              others: displaced.map((choice) => {
                const candidate = candidateOf(choice, context);
                return nameOfCandidate(candidate, context, chosen) ?? candidate.id;
              }),
              before,
            }
          : null,
    });
    this.#desk.choiceChanged();
    return done;
  }

  #reject(reason: Reason, at: 'code' | 'choice' | 'apply', text?: string, retryable = false): void {
    this.#desk.send({ type: 'rejected', reason, at, ...(text !== undefined && { text }) });
    this.#tellRejected(reason, retryable);
  }

  #tellRejected(reason: Reason, retryable: boolean): void {
    this.#desk.host.emit('loyalty-rejected', {
      reason: reason.code,
      params: reason,
      retryable,
      suggestions: suggestionsOf(this.#checkout.offers).map(({ id, source, saves }) => ({ id, source, saves })),
    });
  }

  #isUnknown(choice: Choice): boolean {
    const context = this.#checkout.context!;
    const candidate = candidateOf(choice, context);
    const known = [...(context.catalog.promotions ?? []), ...context.resolved];
    return candidate.source === 'code' && !known.some((one) => one.id === candidate.id);
  }

  /** By how much a code is refused, only the complete core says: it is waited for, though not for long. */
  async #untilExplicable(choice: Choice, candidate: Candidate): Promise<void> {
    const engine = this.#desk.engine();
    const quote = engine && !engine.core.isComplete ? engine.tried([...this.#checkout.chosen, choice]) : null;
    if (!engine || !quote || !('rejected' in quote) || !quote.rejected.some((row) => sameCandidate(row, candidate))) {
      return;
    }
    this.#checkout.codeBusy = true;
    this.#desk.host.changed();
    const given = new Promise<void>((resolve) => setTimeout(resolve, EXPLICABLE_MS));
    await Promise.race([engine.core.completed().catch(() => undefined), given]);
    this.#checkout.codeBusy = false;
    this.#desk.host.changed();
  }

  async #resolve(text: string): Promise<Promotion | null | 'stopped' | 'unreachable'> {
    const client = this.#desk.client();
    const ask =
      this.#desk.host.resolveCode ??
      (client?.resolveCode && ((code: string, signal: AbortSignal) => client.resolveCode!(code, { signal })));
    if (!ask) {
      return null;
    }
    this.#codeAbort?.abort();
    const abort = (this.#codeAbort = new AbortController());
    this.#checkout.codeBusy = true;
    this.#desk.host.changed();
    try {
      const promotion = await ask(text, abort.signal);
      return abort.signal.aborted ? 'stopped' : promotion;
    } catch (cause) {
      if (abort.signal.aborted) {
        return 'stopped';
      }
      this.#desk.fail('RESOLVE_FAILED', cause);
      return 'unreachable';
    } finally {
      if (this.#codeAbort === abort) {
        this.#checkout.codeBusy = false;
        this.#desk.host.changed();
      }
    }
  }

  async #confirm(
    id: number,
    previewed: Quote,
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
      answer = client?.apply
        ? await client.apply({ cart: this.#checkout.cart!, intent: { chosen }, quote: previewed }, { signal, idempotencyKey: newKey() })
        : { ok: true, value: own };
    } catch (cause) {
      answer = signal.aborted ? refusal('CANCELLED') : this.#failure(cause);
    }
    if (signal.aborted) {
      if (answer.ok && answer.value.discountId !== undefined) {
        await client?.remove?.(answer.value.discountId, { idempotencyKey: newKey() }).catch(() => undefined);
      }
      return refusal('CANCELLED');
    }
    this.#request = null;
    this.#desk.forget('slow');
    if (!answer.ok) {
      const reason = answer.params ?? { code: answer.reason };
      this.#desk.send({ type: 'refused', id, reason });
      this.#tellRejected(reason, answer.retryable);
      return answer;
    }
    const quote = answer.value.quote ?? previewed;
    const differs = quote.total !== previewed.total || quote.payable !== previewed.payable;
    const why = answer.value.cause ?? quote.rejected[0] ?? null;
    this.#checkout.confirmed = { quote, confirmation: answer.value, chosen };
    this.#desk.send({ type: 'applied', id, reconciled: differs ? { before: previewed.total, why } : null });
    this.watchHold();
    this.#desk.host.emit('loyalty-applied', {
      confirmation: answer.value,
      quote,
      spent: quote.points.spent,
      save: { items: quote.itemsDiscount, shipping: quote.shippingDiscount },
    });
    if (differs) {
      this.#desk.host.emit('loyalty-reconcile', {
        previewed,
        confirmed: quote,
        // For the page's records only; never shown. Both are whole numbers, so it is exact.
        deltaMinor: quote.total - previewed.total,
        cause: why,
      });
    }
    return answer;
  }

  /** What a thrown value says about an answer. Pages may throw a business outcome; a lost connection is one. */
  #failure(cause: unknown): Result<never> {
    const known = cause as { readonly reason?: unknown; readonly code?: unknown; readonly params?: Reason; readonly retryable?: boolean } | null;
    const code = typeof known?.reason === 'string' ? known.reason : typeof known?.code === 'string' ? known.code : null;
    if (code !== null) {
      return refusal(code, known?.params ?? { code }, known?.retryable ?? false);
    }
    if (cause instanceof TypeError) {
      return refusal('OFFLINE', { code: 'OFFLINE' }, true);
    }
    this.#desk.fail('APPLY_FAILED', cause);
    return refusal('APPLY_FAILED', { code: 'APPLY_FAILED' }, true);
  }

  watchHold(): void {
    const until = this.#checkout.confirmed?.confirmation.holdExpiresAt;
    if (until === undefined || !this.#checkout.state.applied) {
      return;
    }
    const end = Date.parse(until);
    const begun = this.#checkout.now();
    if (Number.isNaN(end)) {
      return;
    }
    const expire = () => {
      if (this.#checkout.now() >= end) {
        const minutes = Math.max(1, Math.round((end - this.#heldSince) / 60_000));
        this.#checkout.confirmed = null;
        this.#desk.send({ type: 'hold-expired', minutes });
      } else {
        // Timers are cut off at 2^31 - 1 ms.
        this.#desk.later('hold', Math.min(end - this.#checkout.now(), 2_000_000_000), expire);
      }
    };
    if (!this.#desk.waits('hold')) {
      this.#heldSince = begun;
    }
    expire();
  }
}
