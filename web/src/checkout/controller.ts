import type { DocumentError, LoyaltyCore } from '../core/api.js';
import type { Account, Choice, NearMiss, Offer, Promotion, Quote, Rejection } from '../documents/index.js';
import { nameOfCandidate, nameOfId } from './choices.js';
import type { Candidate, Context } from './choices.js';
import type { Dealings, Desk } from './dealings.js';
import { Engine } from './engine.js';
import { done, refusal } from './outcome.js';
import { isBlockedByMember } from './rows.js';
import { initialState, nameOf, next } from './state.js';
import type { Facts, Happening, State, StateName } from './state.js';
import type {
  CheckoutCart,
  CheckoutClient,
  Confirmation,
  Explanation,
  LoyaltyCheckoutEventMap,
  MemberSnapshot,
  ProgramSnapshot,
  Result,
} from './types.js';

/** After this long a wait says so, and after this long it counts as failed. */
export const LONG_WAIT_MS = 4_000;
export const GIVE_UP_MS = 10_000;

const UNAVAILABLE = refusal('UNAVAILABLE', null, true);

type Detail<Type extends keyof LoyaltyCheckoutEventMap> = LoyaltyCheckoutEventMap[Type]['detail'];

/** What the controller needs of whoever shows it. */
export interface ControllerHost {
  /** Something to show has changed. */
  changed(): void;
  /** Tells the page; false where it prevented what comes by default. */
  emit<Type extends keyof LoyaltyCheckoutEventMap>(type: Type, detail: Detail<Type>, cancelable?: boolean): boolean;
  /** The compiled core, fetched when first needed. */
  core(): Promise<LoyaltyCore>;
  readonly mode: 'auto' | 'preview' | 'server';
  readonly appliesAtOnce: boolean;
  readonly selectsBest: boolean;
  /** Asks the page for the promotion behind a code; nothing where the page does not answer codes. */
  readonly resolveCode: ((text: string, signal: AbortSignal) => Promise<Promotion | null>) | undefined;
}

/** What a store confirmed, and what was chosen then. */
export interface Confirmed {
  readonly quote: Quote;
  readonly confirmation: Confirmation;
  readonly chosen: readonly Choice[];
}

/** A copy of its own: what a page does to its object afterwards changes nothing here. */
function snapshot<T>(value: T): T {
  try {
    return structuredClone(value);
  } catch {
    return value; // Holds something that is no data; the core says what.
  }
}

/**
 * What the element does, without anything that can be seen: takes documents, keeps what is chosen, asks the
 * core, talks to the store. No amount is computed here.
 */
export class CheckoutController {
  state: State = initialState;
  chosen: readonly Choice[] = [];
  confirmed: Confirmed | null = null;
  offers: readonly Offer[] = [];
  misses: readonly NearMiss[] = [];
  /** Why offers cannot be used, in detail, once the complete core has said so. */
  reasons: ReadonlyMap<string, Rejection> = new Map();
  best: { readonly chosen: readonly Choice[]; readonly quote: Quote } | null = null;
  /** What stands in the code field, and whether it is being looked up. */
  codeText = '';
  codeBusy = false;
  seq = 0;

  #host: ControllerHost;
  #engine: Engine | null = null;
  #program: ProgramSnapshot | undefined;
  #member: MemberSnapshot | null | undefined;
  #cart: CheckoutCart | undefined;
  #client: CheckoutClient | undefined;
  #resolved: readonly Promotion[] = [];
  #viewReady = false;
  #connected = false;
  #documentsChanged = true;
  #cartChanged = false;
  #quote: Quote | null = null;
  #previewReason: string | null = null;
  #clockOffset = 0;
  #coreAsked = false;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #applying: Promise<Result<Confirmation>> | null = null;
  #dealing: Dealings | null = null;
  #lastError = '';
  #announcedReady = false;
  #whenReady: ((result: Result) => void)[] = [];
  #unsubscribe: (() => void) | null = null;

  constructor(host: ControllerHost) {
    this.#host = host;
  }

  // ------------------------------------------------------------------ what the page gives

  get program(): ProgramSnapshot | undefined {
    return this.#program;
  }
  get account(): Account | null | undefined {
    return this.#member;
  }
  get cart(): CheckoutCart | undefined {
    return this.#cart;
  }
  get context(): Context | null {
    return this.#program
      ? { catalog: this.#program.catalog, account: this.#member ?? null, resolved: this.#allResolved() }
      : null;
  }
  get coreVersion(): string | null {
    return this.#engine?.core.coreVersion ?? null;
  }
  get isComplete(): boolean {
    return this.#engine?.core.isComplete ?? false;
  }
  get name(): StateName {
    return nameOf(this.state);
  }

  setProgram(program: ProgramSnapshot | undefined): void {
    this.#program = program && snapshot(program);
    if (program?.serverTime) {
      const server = Date.parse(program.serverTime);
      this.#clockOffset = Number.isNaN(server) ? 0 : server - Date.now();
    }
    this.#inputChanged();
  }

  setMember(member: MemberSnapshot | null | undefined): void {
    const before = this.#member;
    this.#member = snapshot(member);
    if (before && before.id !== member?.id) {
      // Somebody else: nothing of the last member may stay on the screen.
      this.chosen = this.chosen.filter((choice) => choice.code);
      this.confirmed = null;
      this.#send({ type: 'chose', chosen: this.chosen.length > 0 });
    }
    this.#inputChanged();
  }

  setCart(cart: CheckoutCart | undefined): void {
    this.#cart = snapshot(cart);
    this.#cartChanged = true;
    this.#inputChanged();
  }

  setClient(client: CheckoutClient | undefined): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#client = client;
    if (this.#connected) {
      this.#connectClient();
    }
    this.#inputChanged();
  }

  /** Whether what would be drawn can be drawn: its texts and views are there. */
  setViewReady(ready: boolean): void {
    this.#viewReady = ready;
  }

  setOnline(online: boolean): void {
    const isBack = online && !this.state.online;
    this.#facts({ online });
    if (isBack && this.state.failed) {
      void this.refresh();
    }
  }

  setIntent(chosen: readonly Choice[]): void {
    this.chosen = snapshot(chosen);
    this.#send({ type: 'chose', chosen: chosen.length > 0 });
    this.#previewReason = 'intent';
    this.#inputChanged();
  }

  /** The present by the store's clock. */
  now(): number {
    return Date.now() + this.#clockOffset;
  }

  // ------------------------------------------------------------------ life

  connect(): void {
    this.#connected = true;
    this.#documentsChanged = true;
    this.#connectClient();
    this.#dealing?.watchHold();
    this.#host.changed();
  }

  disconnect(): void {
    this.#connected = false;
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#dealing?.stop();
    for (const timer of this.#timers.values()) {
      clearTimeout(timer);
    }
    this.#timers.clear();
    this.#engine?.close();
    this.#quote = null;
    this.#documentsChanged = true;
  }

  /** Resolves when there is something to choose from, or when it is clear that there will not be. */
  ready(): Promise<Result> {
    return this.state.ready || this.state.failed
      ? Promise.resolve(this.state.ready ? done : refusal('UNAVAILABLE', null, true))
      : new Promise((resolve) => this.#whenReady.push(resolve));
  }

  /** Asks again for everything that is missing or may be old. */
  async refresh(): Promise<Result> {
    this.#send({ type: 'retry' });
    this.#lastError = '';
    this.#coreAsked = false;
    this.#documentsChanged = true;
    if (this.#client) {
      await this.#fetch(true);
    }
    this.#host.changed();
    return this.ready();
  }

  /** Brings everything up to date. Called once before each drawing. */
  settle(): void {
    if (!this.#connected) {
      return;
    }
    const program = this.#program?.catalog?.program?.status;
    const configured = Boolean(this.#program ?? this.#client ?? this.#cart ?? this.#member);
    const has = this.#program !== undefined && this.#cart !== undefined && this.#member !== undefined;
    if (configured && !this.#engine) {
      this.#askForCore();
    }
    if (this.#documentsChanged && has && this.#engine) {
      this.#documentsChanged = false;
      this.#setScene();
    }
    this.#facts({
      configured,
      program: program ?? 'unset',
      who: this.#member === undefined ? 'unknown' : this.#member === null ? 'guest' : 'member',
      locked: this.#cart?.capabilities?.canDiscount === false,
      ready: has && this.#viewReady && (this.#engine?.isSet ?? false),
      hasOptions: this.offers.some((offer) => offer.usable || !isBlockedByMember(offer)),
    });
    this.#watchLoading();
    if (this.state.ready) {
      this.#tellReady();
    }
  }

  /** The sums and rows of what is chosen now; null where there is nothing right to show. */
  get quote(): Quote | null {
    if (!this.#engine?.isSet) {
      return null;
    }
    return (this.#quote ??= this.#engine.quote());
  }

  /** The quote and why it is new, once per new quote: for telling the page. */
  takePreview(): { readonly quote: Quote; readonly reason: string } | null {
    const reason = this.#previewReason;
    const quote = reason === null ? null : this.quote;
    this.#previewReason = null;
    return quote && reason !== null ? { quote, reason } : null;
  }

  // ------------------------------------------------------------------ what the shopper does

  // Each needs what `more` fetches, which is there as soon as there is something to choose with.

  selectReward(id: string | null): Result {
    return this.#dealing?.selectReward(id) ?? UNAVAILABLE;
  }

  useCoupon(id: string): Result {
    return this.#dealing?.useCoupon(id) ?? UNAVAILABLE;
  }

  setPoints(points: number): Result {
    return this.#dealing?.setPoints(points) ?? UNAVAILABLE;
  }

  /** The fast way of `setPoints`, for points that lie on the grid: one number, then the sums. */
  slide(points: number): void {
    this.#dealing?.slide(points);
  }

  /** What number of points stands for what was typed: the same, or the nearest that the reward takes. */
  acceptable(points: number): number | null {
    return this.#dealing?.acceptable(points) ?? null;
  }

  undo(): Result {
    return this.#dealing?.undo() ?? UNAVAILABLE;
  }

  takeBest(): Result {
    return this.#dealing?.takeBest() ?? UNAVAILABLE;
  }

  reset(): Result {
    return this.#dealing?.reset() ?? UNAVAILABLE;
  }

  async explain(): Promise<Result<Explanation>> {
    return (await this.more()).explain();
  }

  /** The reward on which points can be chosen: the chosen one, else the first there is. */
  get pointsOffer(): Offer | undefined {
    const withSteps = this.offers.filter((offer) => offer.steps && offer.usable);
    return withSteps.find((offer) => this.chosen.some((choice) => choice.reward?.id === offer.id)) ?? withSteps[0];
  }

  /** The slider came to rest: what depends on it and is not needed at every step. */
  slid(): void {
    this.#enrichSoon();
    this.#applySoon();
  }

  async applyCode(entered: string): Promise<Result> {
    this.codeText = entered;
    return (await this.more()).applyCode(entered);
  }

  setCodeText(text: string): void {
    this.codeText = text;
    this.#dealing?.forgetCode();
    if (this.state.notice?.kind === 'rejected' && this.state.notice.at === 'code') {
      this.#send({ type: 'dismissed' });
    }
  }

  change(): void {
    this.#send({ type: 'change' });
  }

  keep(): void {
    this.#send({ type: 'kept' });
  }

  apply(): Promise<Result<Confirmation>> {
    // A second click joins the first: one request, one key.
    if (!this.#applying) {
      const applying = this.#dealing ? this.#dealing.apply() : this.more().then((dealings) => dealings.apply());
      const over = () => {
        this.#applying = this.#applying === applying ? null : this.#applying;
      };
      this.#applying = applying;
      applying.then(over, over);
    }
    return this.#applying;
  }

  /** Takes a request back. What the store holds by then is given back. */
  cancel(): void {
    this.#dealing?.cancel();
    this.#applying = null;
  }

  async remove(discountId: string): Promise<Result> {
    return (await this.more()).remove(discountId);
  }

  nameOf(candidate: Candidate): string {
    const context = this.context;
    return (context && nameOfCandidate(candidate, context, this.chosen)) ?? candidate.id;
  }

  nameOfId(id: string): string | null {
    const context = this.context;
    return context && nameOfId(id, context, this.chosen);
  }

  /** A hold may have ended while the page slept. */
  watch(): void {
    this.#dealing?.watchHold();
  }

  // ------------------------------------------------------------------ inside

  /** The rest of it: fetched when the first preview is there, or when it is needed. */
  async more(): Promise<Dealings> {
    if (!this.#dealing) {
      const { Dealings } = await import('./dealings.js');
      this.#dealing ??= new Dealings(this.#desk());
    }
    return this.#dealing;
  }

  #desk(): Desk {
    return {
      host: this.#host,
      checkout: this,
      engine: () => (this.#engine?.isSet && this.#connected ? this.#engine : null),
      client: () => (this.#host.mode === 'preview' ? undefined : this.#client),
      resolve: (promotion) => {
        this.#resolved = [...this.#resolved.filter((one) => one.id !== promotion.id), promotion];
        return this.#setScene();
      },
      send: (event) => this.#send(event),
      took: (chosen, reason) => {
        this.#engine?.choose(chosen);
        this.chosen = chosen;
        this.#quoteChanged(reason);
      },
      drawn: () => {
        this.#quote = null;
        this.#host.changed();
      },
      quoteChanged: (reason) => this.#quoteChanged(reason),
      choiceChanged: () => this.#choiceChanged(),
      later: (name, ms, work) => this.#later(name, ms, work),
      forget: (name) => this.#forget(name),
      waits: (name) => this.#timers.has(name),
      fail: (code, cause, unavailable = false) => this.#fail(code, cause, true, unavailable),
    };
  }

  #send(event: Happening): void {
    const before = this.state;
    this.state = next(before, event);
    if (this.state !== before) {
      this.#host.changed();
    }
  }

  #facts(facts: Facts): void {
    const known = this.state as unknown as Record<string, unknown>;
    const news = Object.entries(facts).some(([key, value]) => known[key] !== value);
    if (news || (facts.ready && this.state.failed)) {
      this.#send({ type: 'facts', facts });
    }
  }

  #inputChanged(): void {
    this.#documentsChanged = true;
    this.#host.changed();
  }

  #allResolved(): readonly Promotion[] {
    return [...(this.#program?.resolved ?? []), ...this.#resolved];
  }

  #askForCore(): void {
    if (this.#coreAsked) {
      return;
    }
    this.#coreAsked = true;
    this.#host.core().then(
      (core) => {
        this.#engine ??= new Engine(core, (cause) => this.#fail('TRAP', cause, true));
        this.#documentsChanged = true;
        this.#host.changed();
      },
      // Not asked for again by itself: where it cannot be had, each drawing would ask.
      (cause: unknown) => {
        this.#fail((cause as { readonly code?: string } | null)?.code ?? 'LOAD_FAILED', cause, true);
      },
    );
  }

  #connectClient(): void {
    const client = this.#client;
    if (client) {
      this.#unsubscribe = client.subscribe?.(() => void this.#fetch(true)) ?? null;
      void this.#fetch(false);
    }
  }

  async #fetch(again: boolean): Promise<void> {
    const client = this.#client;
    try {
      const [program, member] = await Promise.all([
        client?.bootstrap && (again || !this.#program) ? client.bootstrap() : undefined,
        client?.member && (again || this.#member === undefined) ? client.member() : undefined,
      ]);
      if (client !== this.#client) {
        return;
      }
      if (program) {
        this.setProgram(program);
      }
      if (member !== undefined) {
        this.setMember(member);
      }
    } catch (cause) {
      this.#fail('BOOTSTRAP_FAILED', cause, true);
    }
  }

  #setScene(): DocumentError | null {
    const had = this.#quote;
    const error = this.#engine!.set(
      {
        catalog: this.#program!.catalog,
        account: this.#member ?? null,
        cart: this.#cart!,
        resolved: this.#allResolved(),
        now: new Date(this.now()).toISOString(),
      },
      this.chosen,
    );
    this.#quote = null;
    this.misses = [];
    this.best = null;
    if (error) {
      this.offers = [];
      this.reasons = new Map();
      if (error.error.code !== 'TRAP') {
        this.#failDocument(error.error);
      }
      return error.error;
    }
    this.#quoteChanged(this.#previewReason ?? (had ? 'cart' : 'first'));
    if (!this.quote) {
      return null; // The core broke over it, which was told.
    }
    this.#lastError = '';
    if (this.#cartChanged) {
      this.#cartChanged = false;
      this.#dealing?.checkApplied();
    }
    this.#choiceChanged(false);
    this.#dealing?.tryCodeAgain();
    return null;
  }

  /** A document was refused. Where in it, only the complete core says: it is asked before the page is told. */
  #failDocument(error: DocumentError): void {
    const core = this.#engine?.core;
    if (!core || core.isComplete || error.path !== '') {
      this.#fail(error.code, error, false);
      return;
    }
    this.#fail(error.code, error, false, true, false);
    const again = () => {
      this.#documentsChanged = true;
      this.#host.changed();
    };
    core.completed().then(again, () => this.#fail(error.code, error, false));
  }

  #quoteChanged(reason: string): void {
    this.#quote = null;
    this.seq += 1;
    this.#previewReason = reason;
    this.#host.changed();
  }

  /** Another choice: offers compare anew, and so does what depends on the complete core. */
  #choiceChanged(mayApply = true): void {
    if (this.#engine?.isSet) {
      this.offers = this.#engine.offers();
    }
    this.#enrichSoon();
    if (mayApply) {
      this.#applySoon();
    }
  }

  #applySoon(): void {
    if (this.#host.appliesAtOnce && this.chosen.length > 0) {
      this.#later('instant', 250, () => void this.apply());
    }
  }

  #enrichSoon(): void {
    this.#later('enrich', 60, () => void this.more().then((dealings) => dealings.enrich(), () => undefined));
  }

  #watchLoading(): void {
    const waiting = this.state.configured && !this.state.ready && !this.state.failed;
    if (!waiting) {
      this.#forget('wait');
      this.#forget('give-up');
    } else if (!this.#timers.has('give-up')) {
      this.#later('wait', LONG_WAIT_MS, () => this.#send({ type: 'waited' }));
      this.#later('give-up', GIVE_UP_MS, () => this.#fail('TIMEOUT', null, true));
    }
  }

  #tellReady(): void {
    if (!this.#announcedReady) {
      this.#announcedReady = true;
      this.#host.emit('loyalty-ready', { coreVersion: this.coreVersion ?? '', mode: 'preview' });
    }
    for (const resolve of this.#whenReady.splice(0)) {
      resolve(done);
    }
  }

  #fail(code: string, cause: unknown, retryable: boolean, unavailable = true, told = true): void {
    const sameAsBefore = `${code} ${(cause as DocumentError | null)?.path ?? ''}`;
    if (told && this.#lastError !== sameAsBefore) {
      this.#lastError = sameAsBefore;
      this.#host.emit('loyalty-error', { code, cause, retryable });
    }
    if (unavailable) {
      this.#quote = null;
      this.#send({ type: 'failed' });
      for (const resolve of this.#whenReady.splice(0)) {
        resolve(refusal(code, null, retryable));
      }
    }
  }

  #later(name: string, ms: number, work: () => void): void {
    this.#forget(name);
    this.#timers.set(
      name,
      setTimeout(() => {
        this.#timers.delete(name);
        work();
      }, ms),
    );
  }

  #forget(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}
