import { LitElement } from 'lit';
import type { CSSResult, PropertyValues } from 'lit';
import type { LoyaltyCore } from '../core/api.js';
import type { Catalog, Intent, Promotion, Quote } from '../documents/index.js';
import type { Formatters, Words } from '../text/words.js';
import { createWords, loadMessages, messagesAtHand, usableLocale } from '../text/words.js';
import type { MessageOverrides, Messages } from '../text/messages.js';
import type { Announcement } from './announcer.js';
import { CheckoutController } from './controller.js';
import type { ControllerHost } from './controller.js';
import { sharedCore } from './core-source.js';
import type { Hands } from './hands.js';
import { flagsOf } from './state.js';
import type { StateName } from './state.js';
import { styles } from './styles.js';
import type {
  CheckoutCart,
  CheckoutClient,
  Confirmation,
  Explanation,
  HideToken,
  Layout,
  LoyaltyCheckoutEventMap,
  MemberSnapshot,
  ProgramSnapshot,
  Result,
} from './types.js';
import { frame } from './views/frame.js';
import type { FirstControls, Later, View } from './views/view.js';

/** Properties that hold documents: written as attributes they arrive as "[object Object]". */
const DOCUMENTS = ['cart', 'member', 'program', 'client', 'intent', 'messages', 'formatters'];

const ANNOUNCE_AFTER_MS = 700;

/**
 * The shopper's panel at checkout: what they have, what it is worth here, and what the total becomes.
 *
 * Amounts come from the compiled core, which the store's server runs too. Nothing is spent before the
 * shopper applies it, and everything shown until then is an estimate and says so.
 *
 * @tag loyalty-checkout
 * @slot heading - Instead of the program's name.
 * @slot intro - Between the balance and the choices.
 * @slot guest - Instead of the invitation for guests.
 * @slot empty - While nothing at all was given to the element.
 * @slot footer - At the end of the panel.
 * @slot icon - Instead of the star.
 *
 * @fires {CustomEvent} loyalty-ready - There is something to choose from; detail: `coreVersion`, `mode`: `preview` where the page computes, `server` where the store does.
 * @fires {CustomEvent} loyalty-preview - Other sums, at most once a frame; detail: `quote`, `seq` (counts up), `reason`.
 * @fires {CustomEvent} loyalty-before-apply - Something is about to be applied; detail: `intent`, `quote`, `waitUntil(promise)`. Prevent it to keep it from happening; a promise for a confirmation confirms it where there is no store.
 * @fires {CustomEvent} loyalty-applied - The store holds what was chosen; detail: `confirmation`, `quote` (the store's), `spent` (points), `save` (`items` and `shipping`, in minor units).
 * @fires {CustomEvent} loyalty-removed - Something was taken off; detail: `discountId` (the confirmation's where the store gave one, else the id of the quote's row), `quote`, `released` (points).
 * @fires {CustomEvent} loyalty-rejected - A choice, a code or an application was refused; detail: `reason` (a code), `params` (what was required, found, missing), `retryable`, `suggestions`.
 * @fires {CustomEvent} loyalty-reconcile - The store comes to another total; detail: `previewed`, `confirmed`, `deltaMinor`, `cause`. With the reason `QUOTE_CHANGED` nothing is applied before the shopper agrees.
 * @fires {CustomEvent} loyalty-sign-in - Somebody wants to sign in; detail: `url`. Unless prevented, the browser goes to `sign-in-url`.
 * @fires {CustomEvent} loyalty-state - The element does something else; detail: `from`, `to`, as `data-state` has them.
 * @fires {CustomEvent} loyalty-error - Something technical went wrong; detail: `code`, `cause`, `retryable`.
 *
 * @csspart base - The panel.
 * @csspart heading - The program's name.
 * @csspart balance - The points that can be spent.
 * @csspart tier - The member's tier.
 * @csspart tier-track - The way to the next tier.
 * @csspart reward-list - The rewards.
 * @csspart reward - One reward.
 * @csspart reward-cost - What it costs.
 * @csspart best-badge - Marks the reward that saves most.
 * @csspart slider - How many points, as a slider.
 * @csspart number - How many points, as a number.
 * @csspart step-button - One step fewer, or more.
 * @csspart coupon - The way to enter a code.
 * @csspart coupon-input - The field for it.
 * @csspart coupon-button - Its button.
 * @csspart applied - What was applied.
 * @csspart applied-item - One discount of it.
 * @csspart remove-button - Takes it off.
 * @csspart totals - The sums.
 * @csspart discount - One discount among them.
 * @csspart total - The total, and what is to pay where that is less.
 * @csspart message - Something to tell the shopper.
 * @csspart message-error - The same, where something cannot be.
 * @csspart unlock - What little is missing for more.
 * @csspart explain - How it was computed.
 *
 * @cssprop [--loyalty-color-text=#1b1b1f] - Text.
 * @cssprop [--loyalty-color-muted=#63636b] - Text of less weight.
 * @cssprop [--loyalty-color-surface=#ffffff] - The panel's ground.
 * @cssprop [--loyalty-color-border=#e3e2e6] - Lines between rows.
 * @cssprop [--loyalty-color-accent=#1b1b1f] - Buttons, and what is chosen.
 * @cssprop [--loyalty-color-on-accent=#ffffff] - What is written on that.
 * @cssprop [--loyalty-color-success=#16694a] - Savings, and what is applied.
 * @cssprop [--loyalty-color-on-success=#ffffff] - What is written on that.
 * @cssprop [--loyalty-color-danger=#a32a21] - What cannot be.
 * @cssprop [--loyalty-color-on-danger=#ffffff] - What is written on that.
 * @cssprop [--loyalty-color-warning=#7a5312] - What needs attention.
 * @cssprop [--loyalty-tier-color=#a2752c] - The star, and the way to the next tier.
 * @cssprop [--loyalty-skeleton=#ecebee] - What stands where something is loading.
 * @cssprop [--loyalty-focus-color=#2f5fd0] - The ring around what has the focus.
 * @cssprop [--loyalty-focus-width=2px] - Its width.
 * @cssprop [--loyalty-focus-offset=2px] - Its distance.
 * @cssprop [--loyalty-font-family=inherit] - The panel's typeface; default: the page's.
 * @cssprop [--loyalty-font-size] - The size that all others follow; default: the page's, at least 15px.
 * @cssprop [--loyalty-font-weight-strong=600] - The weight of what stands out.
 * @cssprop [--loyalty-space=0.25em] - The unit of all distances.
 * @cssprop [--loyalty-radius=0.75em] - The roundness of corners.
 * @cssprop [--loyalty-control-size=44px] - The least height of what can be pressed.
 * @cssprop [--loyalty-min-block-size=0] - The height that a page reserves while it loads.
 * @cssprop [--loyalty-motion=160ms] - How long transitions take.
 */
export class LoyaltyCheckout extends LitElement {
  static override styles = styles;
  static readonly formAssociated = true;
  static override shadowRootOptions: ShadowRootInit = { mode: 'open', delegatesFocus: true };

  static override properties = {
    endpoint: { type: String },
    site: { type: String },
    mode: { type: String },
    currency: { type: String },
    locale: { type: String },
    layout: { type: String, reflect: true },
    apply_: { type: String, attribute: 'apply' },
    couponEntry: { type: String, attribute: 'coupon-entry' },
    autoSelect: { type: String, attribute: 'auto-select' },
    hide: { type: String },
    name: { type: String, reflect: true },
    disabled: { type: Boolean, reflect: true },
    readonly: { type: Boolean, reflect: true },
    debug: { type: Boolean },
    theme: { type: String, reflect: true },
    signInUrl: { type: String, attribute: 'sign-in-url' },
    rewardsUrl: { type: String, attribute: 'rewards-url' },
    wasmUrl: { type: String, attribute: 'wasm-url' },
    headingLevel: { type: Number, attribute: 'heading-level' },
    messages: { attribute: false },
    formatters: { attribute: false },
    core: { attribute: false },
    resolveCode: { attribute: false },
    getToken: { attribute: false },
  };

  /** Where the store's server answers; without it, or a `client`, the element only previews. */
  declare endpoint: string | null;
  /** The id of the site on that server. */
  declare site: string | null;
  /** `auto`: previews in the page, or by the server where the page cannot. `preview`: never by a store. `server`: always. */
  declare mode: 'auto' | 'preview' | 'server';
  /** ISO 4217; the cart's where absent. */
  declare currency: string | null;
  /** BCP 47; else the nearest `lang`. */
  declare locale: string | null;
  /** `panel`; `compact` with less room; `inline` without a frame. */
  declare layout: Layout;
  /** The `apply` attribute: `explicit` waits for the button, `instant` applies what is chosen. */
  declare apply_: 'explicit' | 'instant';
  /** The field for codes: behind a question, open, or not there. */
  declare couponEntry: 'collapsed' | 'open' | 'hidden';
  /** `best` chooses the best combination for the shopper, once; it is applied by nobody but them. */
  declare autoSelect: 'none' | 'best';
  /** What is left out: `earn tiers explain unlock coupon slider rewards totals`. */
  declare hide: string | null;
  /** Of the form control; its value is the choice as JSON. */
  declare name: string | null;
  /** Nothing can be changed, and nothing is sent with the form. */
  declare disabled: boolean;
  /** Nothing can be changed. */
  declare readonly: boolean;
  /** Says in the console what is missing or wrong. */
  declare debug: boolean;
  /** Colours by the reader's system, by day, by night, or the page's own. */
  declare theme: 'auto' | 'light' | 'dark' | 'none';
  /** Where to sign in. */
  declare signInUrl: string | null;
  /** Where to join, and to read about ways to earn. */
  declare rewardsUrl: string | null;
  /** The folder of the core's module files. */
  declare wasmUrl: string | null;
  /** Of the program's name: 2 to 6; default 3. */
  declare headingLevel: number;
  /** Texts to use instead of the built-in ones, key by key. */
  declare messages: MessageOverrides | undefined;
  /** A shop's own ways of writing money, points, dates and tags. */
  declare formatters: Formatters | undefined;
  /** A core that the page has loaded already. */
  declare core: LoyaltyCore | Promise<LoyaltyCore> | undefined;
  /** Looks up the promotion of an entered code where no client does; null: there is no such code. */
  declare resolveCode: ((text: string, signal: AbortSignal) => Promise<Promotion | null>) | undefined;

  /** Fetches a member token from the page's own backend, when one is needed; null for a guest. */
  declare getToken: (() => Promise<string | null>) | undefined;

  readonly #internals: ElementInternals | null;
  readonly #checkout: CheckoutController;
  #words: Words = createWords({ locale: 'en' });
  #locale = '';
  #texts: Messages | undefined;
  #connection: AbortController | null = null;
  #later: Later | null = null;
  #shownState: StateName = 'unset';
  #speakTimer: ReturnType<typeof setTimeout> | undefined;
  #hands: Hands | null = null;
  #couponOpen: boolean | null = null;
  #wish: string | null | undefined;
  #choosing: Promise<void> | undefined;
  #focusNext: string | null = null;
  #formDisabled = false;
  #cartGiven: CheckoutCart | undefined;

  constructor() {
    super();
    this.endpoint = this.site = this.currency = this.locale = this.hide = this.name = null;
    this.signInUrl = this.rewardsUrl = this.wasmUrl = null;
    this.mode = 'auto';
    this.layout = 'panel';
    this.apply_ = 'explicit';
    this.couponEntry = 'collapsed';
    this.autoSelect = 'none';
    this.theme = 'auto';
    this.disabled = this.readonly = this.debug = false;
    this.headingLevel = 3;
    this.#internals = typeof this.attachInternals === 'function' ? this.attachInternals() : null;
    this.#checkout = new CheckoutController(this.#host());
  }

  // ------------------------------------------------------------------ documents

  /** What is bought. Replace it, never change it: the element keeps what it was given. */
  get cart(): CheckoutCart | undefined {
    return this.#cartGiven;
  }
  set cart(cart: CheckoutCart | undefined) {
    this.#cartGiven = cart;
    this.#checkout.setCart(cart);
  }

  /** The member; null is a guest, undefined is not known yet. */
  get member(): MemberSnapshot | null | undefined {
    return this.#checkout.account;
  }
  set member(member: MemberSnapshot | null | undefined) {
    this.#checkout.setMember(member);
  }

  /** The published rules. */
  get program(): ProgramSnapshot | undefined {
    return this.#checkout.program;
  }
  set program(program: ProgramSnapshot | Catalog | undefined) {
    this.#checkout.setProgram(program === undefined || 'catalog' in Object(program) ? (program as ProgramSnapshot) : { catalog: program as Catalog });
  }

  /** The store; one for all elements of a page. */
  get client(): CheckoutClient | undefined {
    return this.#client;
  }
  set client(client: CheckoutClient | undefined) {
    this.#client = client;
    this.#checkout.setClient(client);
  }
  #client: CheckoutClient | undefined;

  /** What is chosen, in the order chosen. */
  get intent(): Intent {
    return { chosen: this.#checkout.chosen };
  }
  set intent(intent: Intent) {
    this.#checkout.setIntent(intent?.chosen ?? []);
  }

  /** What the element does, in one word; also in `data-state`. */
  get state(): StateName {
    this.#checkout.settle();
    return this.#checkout.name;
  }
  /** The preview of what is chosen now. */
  get quote(): Quote | null {
    this.#checkout.settle();
    return this.#checkout.quote;
  }
  /** The store's quote of what was applied. */
  get confirmed(): Quote | null {
    return this.#checkout.confirmed?.quote ?? null;
  }
  /** The version of what computes; null while nothing does. */
  get coreVersion(): string | null {
    return this.#checkout.coreVersion;
  }
  /** The form that the element is part of. */
  get form(): HTMLFormElement | null {
    return this.#internals?.form ?? null;
  }

  // ------------------------------------------------------------------ methods

  /** Resolves when there is something to choose from, or it is clear that there will not be. */
  ready(): Promise<Result> {
    return this.#checkout.ready();
  }
  /** Asks again for everything that is missing or may be old. */
  refresh(): Promise<Result> {
    return this.#checkout.refresh();
  }
  /** Chooses so many points of the reward that points can be chosen of. */
  async setPoints(points: number): Promise<Result> {
    await this.#settled();
    return this.#checkout.setPoints(points);
  }
  /** Chooses a reward; null: none. */
  async selectReward(id: string | null): Promise<Result> {
    await this.#settled();
    return this.#checkout.selectReward(id);
  }
  /** Enters a code. */
  async applyCoupon(code: string): Promise<Result> {
    await this.#settled();
    return this.#checkout.applyCode(code);
  }
  /** Applies what is chosen: the store holds it until the order is placed. */
  async apply(): Promise<Result<Confirmation>> {
    // What was clicked a moment ago counts.
    await this.#choosing;
    this.#checkout.settle();
    return this.#checkout.apply();
  }
  /** Takes a discount off. Without an id it is what `remove()` of every element is: out of the page. */
  override remove(): void;
  override remove(discountId: string): Promise<Result>;
  override remove(discountId?: string): Promise<Result> | void {
    return discountId === undefined ? super.remove() : this.#checkout.remove(discountId);
  }
  /** Chooses nothing; what was applied is given back. */
  async reset(): Promise<Result> {
    await this.#settled();
    return this.#checkout.reset();
  }
  /** How the present total is computed, step by step. */
  explain(): Promise<Result<Explanation>> {
    this.#checkout.settle();
    return this.#checkout.explain();
  }
  override focus(options?: FocusOptions): void {
    const target = this.renderRoot?.querySelector<HTMLElement>('input:checked, input:not(:disabled), button, a[href]');
    if (target) {
      target.focus(options);
    } else {
      super.focus(options);
    }
  }

  // ------------------------------------------------------------------ forms

  formResetCallback(): void {
    void this.reset();
  }
  formDisabledCallback(disabled: boolean): void {
    this.#formDisabled = disabled;
    this.requestUpdate();
  }
  formStateRestoreCallback(state: string): void {
    try {
      this.intent = JSON.parse(state) as Intent;
    } catch {
      // A value from another version of the page.
    }
  }

  // ------------------------------------------------------------------ life

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...DOCUMENTS];
  }

  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (DOCUMENTS.includes(name)) {
      if (value !== null) {
        // Attributes come one by one, and `debug` may be among the later ones.
        void Promise.all([import('./advice.js'), this.updateComplete]).then(([{ notAnAttribute }]) => this.#error('WRONG_TYPE', notAnAttribute(name), false));
      }
      return;
    }
    super.attributeChangedCallback(name, before, value);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const connection = (this.#connection = new AbortController());
    const { signal } = connection;
    const online = () => {
      this.#checkout.setOnline(navigator.onLine);
      if (navigator.onLine && !this.#later) {
        this.#loadingLater = null;
        this.requestUpdate();
      }
    };
    const awake = () => this.#checkout.watch();
    addEventListener('online', online, { signal });
    addEventListener('offline', online, { signal });
    addEventListener('pageshow', awake, { signal });
    document.addEventListener('visibilitychange', awake, { signal });
    online();
    this.#checkout.connect();
    this.#bareTimer = setTimeout(() => this.#tellBare(), 1_000);
  }
  #bareTimer: ReturnType<typeof setTimeout> | undefined;

  /** A tag that was given nothing draws nothing; whoever debugs a page wants to know why. */
  #tellBare(): void {
    if (this.debug && this.#checkout.name === 'unset') {
      void import('./advice.js').then(({ NOTHING_GIVEN }) => this.#error('CONFIG', NOTHING_GIVEN, false));
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connection?.abort();
    clearTimeout(this.#speakTimer);
    clearTimeout(this.#bareTimer);
    this.#hands?.rest();
    this.#checkout.disconnect();
  }

  /** Once a frame, just before it is painted: however often things change, they are drawn once. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated && document.visibilityState === 'visible') {
      await new Promise<void>((resolve) => {
        // A frame that never comes, as in a hidden frame, must not hold back what follows.
        const timer = setTimeout(resolve, 100);
        requestAnimationFrame(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('endpoint') || changed.has('site')) {
      void this.#nameStore();
    }
    this.#prepareWords();
    this.#checkout.settle();
  }

  protected override render(): unknown {
    return frame(this.#view());
  }

  protected override updated(): void {
    this.#showState();
    const preview = this.#checkout.takePreview();
    if (preview) {
      this.#emit('loyalty-preview', { quote: preview.quote, seq: this.#checkout.seq, reason: preview.reason });
      this.#setFormValue();
      if (preview.reason !== 'first' && preview.reason !== 'cart') {
        this.#speakLater();
      }
      this.#hands?.previewed();
    }
    this.#hands?.drawn();
    this.#moveFocus();
    this.#wasReady ||= this.#checkout.state.ready;
    if (this.#checkout.state.ready && !this.#loadingLater) {
      setTimeout(() => void this.#loadLater());
    }
  }

  // ------------------------------------------------------------------ inside

  #host(): ControllerHost {
    const element = this;
    return {
      changed: () => element.requestUpdate(),
      emit: (type, detail, cancelable = false) => {
        if (type === 'loyalty-error') {
          const { code, cause } = detail as { code: string; cause: unknown };
          element.#explainInConsole(code, cause);
        }
        return element.#emit(type, detail, cancelable);
      },
      core: () => Promise.resolve(element.core ?? sharedCore(element.wasmUrl ?? undefined)),
      get mode() {
        return element.mode;
      },
      get awaitsStore() {
        return Boolean(element.endpoint && element.site && !element.client);
      },
      get appliesAtOnce() {
        return element.apply_ === 'instant';
      },
      get selectsBest() {
        return element.autoSelect === 'best';
      },
      get resolveCode() {
        return element.resolveCode;
      },
    };
  }

  #emit<Type extends keyof LoyaltyCheckoutEventMap>(
    type: Type,
    detail: LoyaltyCheckoutEventMap[Type]['detail'],
    cancelable = false,
  ): boolean {
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
  }

  #error(code: string, cause: unknown, retryable: boolean): void {
    this.#explainInConsole(code, cause);
    this.#emit('loyalty-error', { code, cause, retryable });
  }

  #explainInConsole(code: string, cause: unknown): void {
    if (this.debug) {
      void import('./advice.js').then((advice) => advice.explainInConsole(code, cause));
    }
  }

  /** The store of the attributes, unless the page gave a client of its own. */
  async #nameStore(): Promise<void> {
    const { endpoint, site } = this;
    try {
      const named = endpoint && site ? (await import('./client-source.js')).sharedClient(endpoint, site, () => this.getToken) : undefined;
      if (this.#client === this.#named && endpoint === this.endpoint && site === this.site) {
        this.client = this.#named = named;
      }
    } catch (cause) {
      this.#error('LOAD_FAILED', cause, true);
    }
  }
  #named: CheckoutClient | undefined;

  #prepareWords(): void {
    const locale = usableLocale(this.locale ?? this.closest('[lang]')?.getAttribute('lang'));
    if (locale !== this.#locale) {
      this.#locale = locale;
      this.#texts = messagesAtHand(locale);
      if (!this.#texts) {
        void (this.#later?.loadAllMessages ?? loadMessages)(locale).then((texts) => {
          if (this.#locale === locale) {
            this.#texts = texts;
            this.requestUpdate();
          }
        });
      }
    }
    // What is chosen or open already is drawn with the rest; where something was drawn before, it stays.
    const isWhole = this.#later !== null || this.#wasReady || (this.#checkout.chosen.length === 0 && this.couponEntry !== 'open');
    if (!isWhole) {
      void this.#loadLater();
    }
    this.#checkout.setViewReady(this.#texts !== undefined && isWhole);
    const catalog = this.#checkout.program?.catalog;
    const currency = this.currency ?? this.#checkout.cart?.currency ?? catalog?.currency;
    this.#words = createWords({
      locale,
      ...(this.#texts && { messages: this.#texts }),
      ...(this.messages && { overrides: this.messages }),
      ...(this.formatters && { formatters: this.formatters }),
      ...(typeof currency === 'string' && { currency }),
      ...(catalog?.timeZone !== undefined && { timeZone: catalog.timeZone }),
      ...(catalog?.program?.pointName && { pointName: catalog.program.pointName }),
    });
  }

  #view(): View {
    const checkout = this.#checkout;
    const hidden = new Set((this.hide ?? '').split(/\s+/));
    const couponHidden = this.couponEntry === 'hidden' || hidden.has('coupon');
    return {
      at: checkout.name,
      checkout,
      words: this.#words,
      naming: {
        tier: (id) => checkout.program?.catalog.tiers?.find((tier) => tier.id === id)?.name ?? id,
        candidate: (id) => (checkout.context && this.#later?.nameOfId(id, checkout.context, checkout.chosen)) ?? null,
      },
      quote: checkout.state.ready ? checkout.quote : null,
      headingLevel: Math.min(6, Math.max(2, this.headingLevel || 3)),
      signInUrl: this.signInUrl,
      rewardsUrl: this.rewardsUrl,
      fixed: this.disabled || this.readonly || this.#formDisabled || checkout.state.request !== null || checkout.state.completed,
      debug: this.debug,
      wish: this.#wish,
      couponOpen: this.#isCouponOpen,
      couponHidden,
      later: this.#later,
      hands: this.#hands,
      hides: (token: HideToken) => hidden.has(token),
      on: this.#on,
    };
  }

  /** What the first controls do. The same functions for the element's life, so that listeners stay. */
  readonly #on: FirstControls = {
    reward: (id) => {
      this.#wish = id;
      this.#choosing = this.#settled().then(async () => {
        await this.#checkout.selectReward(id);
        this.#wish = undefined;
        this.requestUpdate();
      });
    },
    coupon: async (id) => {
      await this.#settled();
      this.#checkout.useCoupon(id);
    },
    toggleCode: () => {
      const open = !this.#isCouponOpen;
      this.#couponOpen = open;
      this.#focusNext = open ? '#code' : null;
      this.requestUpdate();
    },
    signIn: () => {
      if (this.#emit('loyalty-sign-in', { url: this.signInUrl }, true) && this.signInUrl) {
        location.assign(this.signInUrl);
      }
    },
    retry: () => {
      this.#checkout.setOnline(navigator.onLine);
      this.#loadingLater = this.#later ? this.#loadingLater : null;
      void this.#checkout.refresh();
    },
  };

  /** Also where a code was refused that came in by another way: what is said about it must be seen. */
  get #isCouponOpen(): boolean {
    const { notice } = this.#checkout.state;
    return this.#couponOpen ?? (this.couponEntry === 'open' || (notice?.kind === 'rejected' && notice.at === 'code'));
  }

  get #isFixed(): boolean {
    return this.disabled || this.readonly || this.#formDisabled;
  }

  #showState(): void {
    const { state } = this.#checkout;
    const to = this.#checkout.name;
    this.dataset['state'] = to;
    const states = this.#internals?.states;
    if (states) {
      const wanted = new Set<string>([to, ...flagsOf(state)]);
      try {
        for (const old of [...states]) {
          if (!wanted.has(old)) {
            states.delete(old);
          }
        }
        wanted.forEach((one) => states.add(one));
      } catch {
        // Engines that only take dashed names; `data-state` says the same.
      }
    }
    const from = this.#shownState;
    if (from !== to) {
      this.#shownState = to;
      this.#emit('loyalty-state', { from, to });
      const announcement = this.#announcement(to, from);
      if (announcement) {
        this.#speak(announcement);
      }
    }
  }

  #speak({ text, urgent }: Announcement): void {
    clearTimeout(this.#speakTimer);
    // Written past the template: it is no part of what is drawn, and needs no drawing.
    this.renderRoot.querySelector('[role=status]')!.textContent = urgent ? '' : text;
    this.renderRoot.querySelector('[role=alert]')!.textContent = urgent ? text : '';
  }

  /** One sentence after the last change, never one for each. */
  #speakLater(): void {
    clearTimeout(this.#speakTimer);
    this.#speakTimer = setTimeout(() => {
      const announcement = this.#checkout.name === 'previewing' ? (this.#later?.aboutTotal(this.#view()) ?? null) : null;
      if (announcement) {
        this.#speak(announcement);
      }
    }, ANNOUNCE_AFTER_MS);
  }

  /** What the shopper chooses is drawn with what was fetched for it, and on what is known by then. */
  async #settled(): Promise<void> {
    if (this.hasUpdated && !this.#later) {
      await this.#loadLater();
      this.#loadingLater = this.#later ? this.#loadingLater : null;
    }
    this.#checkout.settle();
  }

  /** The rest, once the first preview is on the screen, or when it is needed. */
  #loadLater(): Promise<void> {
    this.#loadingLater ??= Promise.all([import('./views/later.js'), loadMessages(this.#locale), this.#checkout.more()]).then(
      ([later]) => {
        this.#adopt(later.laterStyles);
        this.#later = later;
        this.#hands = new later.Hands({
          checkout: this.#checkout,
          root: this.renderRoot,
          isFixed: () => this.#isFixed,
          draw: () => this.requestUpdate(),
          focusNext: (selector) => (this.#focusNext = selector),
          adopt: (styles) => this.#adopt(styles),
        });
        this.#texts = messagesAtHand(this.#locale);
        this.requestUpdate();
        // Of other languages than English there are some that nothing waits for.
        void later.loadAllMessages(this.#locale).then((texts) => (this.#texts = texts));
      },
      (cause: unknown) => {
        this.#error('LOAD_FAILED', cause, true);
      },
    );
    return this.#loadingLater;
  }
  #loadingLater: Promise<void> | null = null;
  #wasReady = false;

  #adopt({ styleSheet }: CSSResult): void {
    const root = this.renderRoot as ShadowRoot;
    if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) {
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, styleSheet];
    }
  }

  #announcement(to: StateName, from: StateName): Announcement | null {
    return to === 'unavailable'
      ? { text: this.#words.say('unavailable'), urgent: false }
      : (this.#later?.onEntering(to, from, this.#view()) ?? null);
  }

  #setFormValue(): void {
    const { chosen } = this.#checkout;
    this.#internals?.setFormValue(chosen.length > 0 ? JSON.stringify({ chosen }) : null);
  }

  /** Where the shopper was working goes away with what they did: focus goes to what came of it. */
  #moveFocus(): void {
    const target = this.#focusNext === null ? null : this.renderRoot.querySelector<HTMLElement>(this.#focusNext);
    if (target && this.#checkout.state.request === null) {
      this.#focusNext = null;
      target.focus();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'loyalty-checkout': LoyaltyCheckout;
  }
  interface HTMLElementEventMap extends LoyaltyCheckoutEventMap {}
}
