import type { DocumentError } from '../core/api.js';
import type { Choice, Promotion, Quote } from '../documents/index.js';
import type { Reason } from '../text/reasons.js';
import { candidateOf, nameOfCandidate, sameCandidate } from './choices.js';
import type { Candidate } from './choices.js';
import { rejectionOf, sameChoices, without, withReward } from './choosing.js';
import { Checking } from './checking.js';
import { Confirming } from './confirming.js';
import type { CheckoutController } from './controller.js';
import type { Desk } from './desk.js';
import type { Calculator } from './engine.js';
import { inquiriesOf } from './inquiries.js';
import { done, refusal } from './outcome.js';
import { keyOf } from './later-rows.js';
import type { CheckoutClient, Explanation, Result } from './types.js';
import { failureOf, tellRejected } from './verdicts.js';

/** How long the detailed reason of a refusal is waited for. */
const EXPLICABLE_MS = 3_000;

/** What a shopper does: choices, codes that somebody must look up, and what the complete core knows beyond totals. */
export class Dealings {
  readonly confirming: Confirming;
  readonly checking: Checking;
  readonly #desk: Desk;
  #enrichment = 0;
  #codeTry: string | null = null;
  #codeAbort: AbortController | null = null;
  #selectedBest = false;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.confirming = new Confirming(desk);
    this.checking = new Checking(desk);
  }

  get #checkout(): CheckoutController {
    return this.#desk.checkout;
  }

  /** The store as what computes. */
  async calculatorOf(client: CheckoutClient): Promise<Calculator> {
    const { RemoteEngine } = await import('./remote-engine.js');
    return new RemoteEngine({
      client,
      arrived: () => this.#desk.arrived(),
      failed: (cause) => this.#checkout.state.online && this.#desk.fail('QUOTE_FAILED', cause, true),
    });
  }

  selectReward(id: string | null): Result | Promise<Result> {
    const { confirmed, state } = this.#checkout;
    const applied = id === null && state.applied ? confirmed?.chosen.find((choice) => choice.reward)?.reward : undefined;
    if (applied) {
      return this.confirming.remove(applied.id);
    }
    const offer = this.#checkout.offers.find((one) => one.source === 'reward' && one.id === id);
    return this.#take(withReward(this.#checkout.chosen, id, offer?.steps?.best), id === null ? null : { id, source: 'reward' }, 'choice');
  }

  useCoupon(id: string): Result | Promise<Result> {
    return this.#take([...this.#checkout.chosen, { coupon: { id } }], { id, source: 'coupon' }, 'choice');
  }

  setPoints(points: number): Result | Promise<Result> {
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
    const engine = this.#desk.engine()!;
    if (engine.isRemote) {
      const { min, step } = offer.steps;
      return min + Math.max(0, Math.round((points - min) / step)) * step;
    }
    const quote = engine.tried(withReward(this.#checkout.chosen, offer.id, points));
    if (quote instanceof Promise || !('rejected' in quote)) {
      return null;
    }
    const row = quote.rejected.find((one) => one.source === 'reward' && one.id === offer.id);
    return row === undefined ? points : typeof row.required === 'number' && row.required <= offer.steps.max ? row.required : offer.steps.min;
  }

  undo(): Result | Promise<Result> {
    const notice = this.#checkout.state.notice;
    return notice?.kind === 'replaced' ? this.#take(notice.before, null, 'choice') : refusal('NOTHING_TO_UNDO');
  }

  takeBest(): Result | Promise<Result> {
    return this.#checkout.best ? this.#take(this.#checkout.best.chosen, null, 'choice') : refusal('UNAVAILABLE');
  }

  reset(): Result | Promise<Result> {
    this.#checkout.codeText = '';
    this.forgetCode();
    return this.#take([], null, 'choice');
  }

  async explain(): Promise<Result<Explanation>> {
    if (!this.#desk.engine()) {
      return refusal('UNAVAILABLE', null, true);
    }
    try {
      const quote = await inquiriesOf(this.#desk.engine()!).explain();
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
      if (promotion && 'ok' in promotion) {
        this.#reject(promotion.params ?? { code: promotion.reason }, 'code', text, true);
        return promotion;
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
    const result = await this.#take([...without(this.#checkout.chosen, candidate, this.#checkout.context), choice], candidate, 'code', text);
    this.#codeTry = result.ok ? null : text;
    if (result.ok) {
      this.#checkout.codeText = '';
    }
    return result;
  }

  async remove(rowId: string): Promise<Result> {
    const { context, chosen, state, confirmed } = this.#checkout;
    const choice = context && chosen.find((one) => candidateOf(one, context).id === rowId);
    if (!choice) {
      return refusal('NOT_CHOSEN');
    }
    return state.applied && confirmed
      ? this.confirming.remove(rowId)
      : this.#take(without(chosen, candidateOf(choice, context), context), null, 'choice');
  }

  /** Near misses, precise reasons and the best combination: nice to have, never waited for. */
  async enrich(): Promise<void> {
    const turn = ++this.#enrichment;
    const engine = this.#desk.engine();
    const coreThere = this.#checkout.program?.coreVersion;
    if (coreThere !== undefined && coreThere !== engine?.core.coreVersion) {
      this.#desk.leaveToStore(); // Another core may compute otherwise than this one.
    }
    const seq = this.#checkout.seq;
    if (!engine || this.#checkout.account === undefined) {
      return;
    }
    const current = () => turn === this.#enrichment && this.#desk.engine() === engine && this.#checkout.seq === seq;
    try {
      const inquiries = inquiriesOf(engine);
      const misses = await inquiries.nearMisses();
      if (!current()) {
        return;
      }
      const reasons = await inquiries.reasons(this.#checkout.offers.filter((offer) => !offer.usable));
      if (!current()) {
        return;
      }
      this.#checkout.misses = misses;
      this.#checkout.reasons = new Map(reasons.map((row) => [keyOf(row), row]));
      const best = this.#checkout.account ? await inquiries.best() : null;
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

  /** Chooses, unless what was added cannot run; what it pushes aside is dropped, and can be had back. */
  #take(chosen: readonly Choice[], added: Candidate | null, at: 'choice' | 'code', text?: string): Result | Promise<Result> {
    const engine = this.#desk.engine();
    if (!engine) {
      return refusal('UNAVAILABLE', null, true);
    }
    const tried = engine.tried(chosen);
    return tried instanceof Promise
      ? tried.then((quote) => this.#taken(chosen, quote, added, at, text))
      : this.#taken(chosen, tried, added, at, text);
  }

  #taken(chosen: readonly Choice[], tried: Quote | DocumentError, added: Candidate | null, at: 'choice' | 'code', text?: string): Result | Promise<Result> {
    const context = this.#checkout.context;
    if (!this.#desk.engine() || !context) {
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
    // To choose nothing is to take back what is applied: there would be no button for it.
    return kept.length === 0 && this.#checkout.confirmed ? this.confirming.withdraw() : done;
  }

  #reject(reason: Reason, at: 'code' | 'choice' | 'apply', text?: string, retryable = false): void {
    this.#desk.send({ type: 'rejected', reason, at, ...(text !== undefined && { text }) });
    tellRejected(this.#desk, reason, retryable);
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
    const quote = engine && !engine.isRemote && !engine.core.isComplete ? engine.tried([...this.#checkout.chosen, choice]) : null;
    if (!engine || !quote || quote instanceof Promise || !('rejected' in quote) || !quote.rejected.some((row) => sameCandidate(row, candidate))) {
      return;
    }
    this.#checkout.codeBusy = true;
    this.#desk.host.changed();
    const given = new Promise<void>((resolve) => setTimeout(resolve, EXPLICABLE_MS));
    await Promise.race([engine.core.completed().catch(() => undefined), given]);
    this.#checkout.codeBusy = false;
    this.#desk.host.changed();
  }

  async #resolve(text: string): Promise<Promotion | null | 'stopped' | (Result<never> & { readonly ok: false })> {
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
      const isRateLimited = (cause as { readonly code?: unknown } | null)?.code === 'RATE_LIMITED';
      if (isRateLimited) {
        return failureOf(cause, this.#desk);
      }
      this.#desk.fail('RESOLVE_FAILED', cause);
      return refusal('OFFLINE', { code: 'OFFLINE' }, true);
    } finally {
      if (this.#codeAbort === abort) {
        this.#checkout.codeBusy = false;
        this.#desk.host.changed();
      }
    }
  }
}
