import type { DocumentError, LoyaltyCore } from '../core/api.js';
import type { Account, Choice, NearMiss, Offer, Promotion, Quote, Rejection } from '../documents/index.js';
import { nameOfCandidate } from './choices.js';
import type { Candidate, Context } from './choices.js';
import type { Heard } from './confirming.js';
import type { Dealings } from './dealings.js';
import type { Desk, Wanted } from './desk.js';
import { Engine } from './engine.js';
import type { Calculator } from './engine.js';
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
  /** Whether a store was named, and what talks to it is being fetched. */
  readonly awaitsStore?: boolean;
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
  /** What is known of why the store may have something else applied. */
  readonly heard: Heard = {};

  #host: ControllerHost;
  #engine: Calculator | null = null;
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
  #coreFailed = false;
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #applying: Promise<Result<Confirmation>> | null = null;
  #dealing: Dealings | null = null;
  #lastError = '';
  #announcedReady = false;
  #whenReady: ((result: Result) => void)[] = [];
  #unsubscribe: (() => void) | null = null;
  #memberTurn = 0;
  #isLeaving = false;

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
  /** Whether the quote is still the one of what was chosen before. */
  get isPending(): boolean {
    return this.#engine?.isPending ?? false;
  }
  get mode(): 'preview' | 'server' {
    return this.#engine?.isRemote ? 'server' : 'preview';
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
    const before = this.#cart;
    this.#cart = snapshot(cart);
    this.#cartChanged = true;
    this.heard.hasNewCart = true;
    if (this.#connected && cart && this.#client?.standing && (!before || before.id !== cart.id)) {
      void this.#fetch(before ? 'member' : 'missing');
    }
    this.#inputChanged();
  }

  setClient(client: CheckoutClient | undefined): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#client = client;
    if (this.#engine?.isRemote) {
      this.#engine.close();
      this.#engine = null;
      this.#coreAsked = false;
    }
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
    if (isBack && (this.state.failed || this.isPending)) {
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
    return this.#client?.now?.() ?? Date.now() + this.#clockOffset;
  }

  // ------------------------------------------------------------------ life

  connect(): void {
    this.#connected = true;
    this.#documentsChanged = true;
    this.#connectClient();
    this.watch();
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
      ? Promise.resolve(this.state.ready ? done : UNAVAILABLE)
      : new Promise((resolve) => this.#whenReady.push(resolve));
  }

  /** Asks again for everything that is missing or may be old. */
  async refresh(): Promise<Result> {
    this.#send({ type: 'retry' });
    this.#lastError = '';
    this.#coreAsked = this.#coreFailed = false;
    this.#documentsChanged = true;
    await this.#fetch('all');
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
    return (this.#quote ??= this.#engine?.isSet ? this.#engine.quote() : null);
  }

  /** The quote and why it is new, once per new quote: for telling the page. */
  takePreview(): { readonly quote: Quote; readonly reason: string } | null {
    const reason = this.#previewReason;
    const quote = reason === null || this.isPending ? null : this.quote;
    this.#previewReason = quote ? null : reason;
    return quote && reason !== null ? { quote, reason } : null;
  }

  // ------------------------------------------------------------------ what the shopper does

  // Each needs what `more` fetches, which is there as soon as there is something to choose with.

  selectReward(id: string | null): Result | Promise<Result> {
    return this.#dealing?.selectReward(id) ?? UNAVAILABLE;
  }

  useCoupon(id: string): Result | Promise<Result> {
    return this.#dealing?.useCoupon(id) ?? UNAVAILABLE;
  }

  setPoints(points: number): Result | Promise<Result> {
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

  undo(): Result | Promise<Result> {
    return this.#dealing?.undo() ?? UNAVAILABLE;
  }

  takeBest(): Result | Promise<Result> {
    return this.#dealing?.takeBest() ?? UNAVAILABLE;
  }

  reset(): Result | Promise<Result> {
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

  /** The shopper is content with what the store says. */
  keep(): void {
    const { notice } = this.state;
    if (notice?.kind === 'reconciled' && notice.open) {
      void this.#apply(({ confirming }) => confirming.accept(notice));
    } else {
      this.#send({ type: 'kept' });
    }
  }

  apply(): Promise<Result<Confirmation>> {
    return this.#apply(({ confirming }) => confirming.apply());
  }

  #apply(work: (dealings: Dealings) => Promise<Result<Confirmation>>): Promise<Result<Confirmation>> {
    // A second click joins the first: one request, one key.
    if (!this.#applying) {
      const applying = this.#dealing ? work(this.#dealing) : this.more().then(work);
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
    this.#dealing?.confirming.cancel();
    this.#applying = null;
  }

  /** The shopper has time. */
  wait(): void {
    this.#dealing?.confirming.goOnWaiting();
  }

  async remove(discountId: string): Promise<Result> {
    return (await this.more()).remove(discountId);
  }

  nameOf(candidate: Candidate): string {
    const context = this.context;
    return (context && nameOfCandidate(candidate, context, this.chosen)) ?? candidate.id;
  }

  /** A hold may have ended while the page slept. */
  watch(): void {
    this.#dealing?.confirming.watchHold();
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
        this.chosen = chosen;
        if (this.#engine?.isSet) {
          this.#engine.choose(chosen);
        }
        this.#quoteChanged(reason);
      },
      drawn: () => {
        this.#quote = null;
        this.#host.changed();
      },
      quoteChanged: (reason) => this.#quoteChanged(reason),
      choiceChanged: () => this.#choiceChanged(),
      fetch: (wanted) => this.#fetch(wanted),
      leaveToStore: () => this.#leaveToStore(),
      arrived: () => {
        this.#quoteChanged(this.#previewReason ?? 'store');
        this.#sceneSet();
      },
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
    const isStores = this.#host.mode === 'server';
    if (isStores || this.#coreFailed) {
      this.#leaveToStore();
    }
    if (isStores || this.#coreAsked) {
      return;
    }
    this.#coreAsked = true;
    this.#host.core().then(
      (core) => {
        this.#engine ??= new Engine(core, (cause) => this.#fail('TRAP', cause, true));
        this.#inputChanged();
      },
      // Not asked for again by itself: where it cannot be had, each drawing would ask.
      (cause: unknown) => {
        this.#coreFailed = true;
        if (this.#canLeaveToStore) {
          this.#leaveToStore();
        } else if (!this.#host.awaitsStore) {
          this.#fail((cause as { readonly code?: string } | null)?.code ?? 'LOAD_FAILED', cause, true);
        }
      },
    );
  }

  get #canLeaveToStore(): boolean {
    return this.#host.mode !== 'preview' && this.#client?.quote !== undefined && !this.#engine?.isRemote && !this.#isLeaving;
  }

  /** The store computes instead of this page, as long as the page lives. */
  #leaveToStore(): void {
    const client = this.#client;
    if (client && this.#canLeaveToStore) {
      this.#isLeaving = true;
      this.more()
        .then((dealings) => dealings.calculatorOf(client))
        .then(
          (engine) => {
            this.#engine?.close();
            this.#engine = engine;
            this.#inputChanged();
          },
          (cause: unknown) => this.#fail('LOAD_FAILED', cause, true),
        )
        .finally(() => (this.#isLeaving = false));
    }
  }

  #connectClient(): void {
    const client = this.#client;
    if (client) {
      this.#unsubscribe =
        client.subscribe?.((change, about) => {
          if (!client.standing) {
            void this.#fetch('all');
          } else if (change === 'program') {
            void this.#fetch(change);
          } else if (!about || about.checkoutId === this.#cart?.id) {
            this.heard.lastChange = about?.change ?? this.heard.lastChange;
            void this.#fetch('member');
          }
        }) ?? null;
      void this.#fetch('missing');
    }
  }

  async #fetch(wanted: Wanted): Promise<void> {
    const client = this.#client;
    // A store that has the checkout tells what the member has in it: it is asked once there is one.
    const isTime = !client?.standing || this.#cart !== undefined;
    const asksProgram = wanted === 'all' || wanted === 'program' || (wanted === 'missing' && !this.#program);
    const asksMember = isTime && (wanted === 'all' || wanted === 'member' || (wanted === 'missing' && (this.#member === undefined || client?.standing !== undefined)));
    const checkoutId = this.#cart?.id;
    const turn = asksMember ? ++this.#memberTurn : 0;
    const isCurrent = () => client === this.#client && (!asksMember || turn === this.#memberTurn);
    try {
      const [program, member, standing] = await Promise.all([
        asksProgram ? client?.bootstrap?.() : undefined,
        asksMember ? client?.member?.({ checkoutId }) : undefined,
        asksMember && checkoutId !== undefined ? client?.standing?.(checkoutId) : undefined,
      ]);
      const counts = standing && (this.confirmed || standing.chosen.length > 0 || standing.status === 'COMPLETED');
      const dealings = counts ? await this.more() : null;
      if (program && client === this.#client) {
        this.setProgram(program);
      }
      if (member !== undefined && isCurrent()) {
        this.setMember(member);
        if (standing) {
          dealings?.confirming.adopt(standing);
        }
      }
    } catch (cause) {
      this.#fail('BOOTSTRAP_FAILED', cause, true, !this.state.ready);
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
    if (this.quote && !this.isPending) {
      this.#sceneSet();
    }
    return null;
  }

  #sceneSet(): void {
    this.#lastError = '';
    if (this.#cartChanged) {
      this.#cartChanged = false;
      this.#dealing?.confirming.checkApplied();
    }
    this.#choiceChanged(false);
    this.#dealing?.tryCodeAgain();
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
    this.#dealing?.checking.soon();
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
      this.#host.emit('loyalty-ready', { coreVersion: this.coreVersion ?? '', mode: this.mode });
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
