import type { PropertyValues } from 'lit';
import { done, refusal } from '../checkout/outcome.js';
import type { ProgramSnapshot, Result } from '../checkout/types.js';
import type { ExportFormat, MemberClient, Redemption } from '../client/member.js';
import type { Catalog } from '../documents/index.js';
import { Announcer } from './announcer.js';
import { controlsOf, type Grip } from './controls.js';
import { deedsOf, type Bench, type Deeds } from './deeds.js';
import type { LoyaltyRewards } from './element.js';
import { emit } from './emit.js';
import { sourceOf } from './filtering.js';
import { History } from './history.js';
import { MemberData } from './member-data.js';
import { formatsOf, headingLevelOf, pageSizeOf, sectionsOf } from './options.js';
import { stateOf } from './state.js';
import { pageStyles } from './styles.js';
import { loadPageTexts, localeOf, type PageTexts } from './texts.js';
import type { PageState, SectionName } from './types.js';
import { frame } from './views/frame.js';
import type { Controls, View } from './views/view.js';
import { createPageWords, type PageWords } from './words.js';

const isSnapshot = (program: ProgramSnapshot | Catalog): program is ProgramSnapshot => 'catalog' in program;

/** The page of an element, in its language. */
export async function openPage(element: LoyaltyRewards): Promise<RewardsPage> {
  const locale = localeOf(element);
  return new RewardsPage(element, locale, await loadPageTexts(locale));
}

/** What fills the element: the member's data, what is open or under way, and how it is drawn and told. */
export class RewardsPage {
  readonly #element: LoyaltyRewards;
  readonly #member: MemberData;
  readonly #history: History;
  readonly #deeds: Deeds;
  readonly #announcer: Announcer;
  readonly #grip: Grip;
  readonly #on: Controls;
  #locale: string;
  #texts: PageTexts;
  #words: PageWords;
  #connection: AbortController | null = null;
  /** The store that the attributes name. */
  #named: MemberClient | undefined;
  #isPrepared = false;
  #historyOf: unknown = undefined;
  #at: PageState = 'unset';
  #tellReady: (() => void) | null = null;
  readonly #whenReady = new Promise<void>((resolve) => (this.#tellReady = resolve));
  #focusNext: string | null = null;

  constructor(element: LoyaltyRewards, locale: string, texts: PageTexts) {
    this.#element = element;
    this.#locale = locale;
    this.#texts = texts;
    this.#words = createPageWords({ locale, texts });
    this.#announcer = new Announcer(element.renderRoot);
    const root = element.renderRoot as ShadowRoot;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, ...pageStyles.flatMap(({ styleSheet }) => styleSheet ?? [])];
    const page = this;
    const changed = () => element.requestUpdate();
    const storeFailed = (cause: unknown) => this.#failed('STORE', cause);
    this.#member = new MemberData({ changed, failed: storeFailed, renewed: (before) => this.#renewed(before) });
    this.#history = new History(
      {
        changed,
        failed: storeFailed,
        now: () => this.#member.now(),
        get pageSize() {
          return pageSizeOf(element);
        },
        get timeZone() {
          return page.#timeZone;
        },
      },
      element.historyRange,
    );
    const bench: Bench = {
      element,
      member: this.#member,
      history: this.#history,
      announcer: this.#announcer,
      get words() {
        return page.#words;
      },
      get client() {
        return page.#client;
      },
      get timeZone() {
        return page.#timeZone;
      },
      changed,
      refresh: () => void this.refresh(),
      failed: (code, cause) => this.#failed(code, cause),
      focusNext: (selector) => {
        this.#focusNext = selector;
        changed();
      },
    };
    this.#deeds = deedsOf(bench);
    this.#grip = { bench, deeds: this.#deeds, rewardFilter: 'all', export: (format) => void this.export(format) };
    this.#on = controlsOf(this.#grip);
  }

  // ------------------------------------------------------------------ the element's life

  connect(): void {
    if (this.#connection) {
      return;
    }
    const { signal } = (this.#connection = new AbortController());
    const online = () => {
      this.#element.requestUpdate();
      if (navigator.onLine) {
        void this.refresh();
      }
    };
    addEventListener('online', online, { signal });
    addEventListener('offline', online, { signal });
    // A client that does not say when something happens is asked whenever somebody looks.
    const looked = () => document.visibilityState === 'visible' && !this.#client?.subscribe && void this.refresh();
    document.addEventListener('visibilitychange', looked, { signal });
    // A page that comes back as it was left may be another person's by now.
    addEventListener('pageshow', ({ persisted }) => persisted && void this.refresh(), { signal });
    if (this.#isPrepared) {
      this.#member.connect();
    }
  }

  disconnect(): void {
    this.#connection?.abort();
    this.#connection = null;
    this.#member.disconnect();
    this.#history.stop();
  }

  /** Before each drawing: takes over what was set from outside. */
  prepare(changed: PropertyValues<LoyaltyRewards>): void {
    const isFirst = !this.#isPrepared;
    this.#isPrepared = true;
    if (isFirst || changed.has('endpoint') || changed.has('site')) {
      void this.#nameStore();
    }
    if (isFirst || (['client', 'member', 'program', 'coupons'] as const).some((name) => changed.has(name))) {
      this.#give();
    }
    this.#readHistory();
    this.#prepareWords();
  }

  draw(): unknown {
    return frame(this.#view());
  }

  drawn(): void {
    const to = this.#state;
    const from = this.#at;
    if (from !== to || !this.#element.dataset['state']) {
      this.#at = to;
      this.#element.dataset['state'] = to;
      emit(this.#element, 'loyalty-state', { from, to });
      if (to === 'unavailable') {
        this.#announcer.say(this.#words.say('unavailable'));
      } else if (to === 'guest') {
        // What was said last was about somebody who has gone.
        this.#announcer.say('');
      }
      if (to !== 'unset' && to !== 'loading') {
        if (this.#tellReady) {
          emit(this.#element, 'loyalty-ready', { state: to });
          this.#tellReady();
          this.#tellReady = null;
        }
      }
    }
    const target = this.#focusNext === null ? null : this.#element.renderRoot.querySelector<HTMLElement>(this.#focusNext);
    if (target) {
      this.#focusNext = null;
      target.focus();
    }
  }

  // ------------------------------------------------------------------ the element's methods

  async ready(): Promise<Result> {
    await this.#whenReady;
    return this.#at === 'unavailable' ? refusal('UNAVAILABLE', null, true) : done;
  }

  async refresh(): Promise<Result> {
    const isHistoryMissing = this.#history.source !== null && this.#history.status === 'failed';
    await Promise.all([this.#member.refresh(), isHistoryMissing && this.#history.reload()]);
    return this.#member.hasFailed || this.#member.isOutdated ? refusal('UNAVAILABLE', null, true) : done;
  }

  async redeem(rewardId: string): Promise<Result<Redemption>> {
    await this.#whenReady;
    const reward = this.#member.data?.rewards.find(({ id }) => id === rewardId);
    return reward ? this.#deeds.redeeming.redeem(reward) : refusal('REWARD_NOT_FOUND');
  }

  copyCode(couponId: string): Promise<Result> {
    return this.#deeds.desk.copy(couponId);
  }

  async export(format: ExportFormat, range?: string): Promise<Result> {
    await this.#whenReady;
    return this.#deeds.exporting.run(format, this.#history.filter(range));
  }

  async focusSection(name: SectionName): Promise<void> {
    await this.#whenReady;
    await this.#element.updateComplete;
    this.#element.renderRoot.querySelector<HTMLElement>(`#${name}-title`)?.focus();
  }

  // ------------------------------------------------------------------ inside

  get #client(): MemberClient | undefined {
    return this.#element.client ?? this.#named;
  }

  get #timeZone(): string {
    return this.#member.data?.timeZone ?? this.#member.program?.catalog.timeZone ?? 'UTC';
  }

  get #state(): PageState {
    const { endpoint, site } = this.#element;
    return stateOf(this.#member, endpoint !== null && site !== null);
  }

  #view(): View {
    return {
      at: this.#state,
      element: this.#element,
      words: this.#words,
      member: this.#member,
      history: this.#history,
      ...this.#deeds,
      headingLevel: headingLevelOf(this.#element),
      sections: sectionsOf(this.#element),
      rewardFilter: this.#grip.rewardFilter,
      isOnline: navigator.onLine,
      exports: formatsOf(this.#element),
      pageSize: pageSizeOf(this.#element),
      on: this.#on,
    };
  }

  #give(): void {
    const { member, program, coupons } = this.#element;
    const snapshot = program && (isSnapshot(program) ? program : { catalog: program });
    this.#member.give({ client: this.#client, member, coupons, program: snapshot });
  }

  /** The store of the attributes: one for all elements that name the same. */
  async #nameStore(): Promise<void> {
    const { endpoint, site } = this.#element;
    if (!endpoint || !site) {
      return;
    }
    try {
      const { sharedClient } = await import('../checkout/client-source.js');
      if (endpoint === this.#element.endpoint && site === this.#element.site) {
        this.#named = sharedClient(endpoint, site, () => this.#element.getToken);
        this.#give();
        this.#element.requestUpdate();
      }
    } catch (cause) {
      this.#failed('LOAD_FAILED', cause);
    }
  }

  /** From what the page gave, else from the client; of members alone. */
  #readHistory(): void {
    const { transactions } = this.#element;
    const client = this.#client;
    const key = this.#member.data ? (transactions ?? client) : undefined;
    if (key !== this.#historyOf) {
      this.#historyOf = key;
      const source = transactions ? sourceOf(transactions, () => this.#timeZone) : client?.transactions?.bind(client);
      this.#history.read((key && source) ?? null);
    }
  }

  #prepareWords(): void {
    const element = this.#element;
    const locale = localeOf(element);
    if (locale !== this.#locale) {
      this.#locale = locale;
      void loadPageTexts(locale).then((texts) => {
        if (this.#locale === locale) {
          this.#texts = texts;
          element.requestUpdate();
        }
      });
    }
    const catalog = this.#member.program?.catalog;
    this.#words = createPageWords({
      locale,
      texts: this.#texts,
      timeZone: this.#timeZone,
      ...(element.messages && { overrides: element.messages }),
      currency: this.#member.data?.currency ?? catalog?.currency ?? 'XXX',
      ...(catalog?.program.pointName && { pointName: catalog.program.pointName }),
    });
  }

  /** The store told something new. */
  #renewed(before: number | undefined): void {
    const now = this.#member.data?.account?.available;
    if (before !== undefined && now !== undefined && before !== now) {
      this.#announcer.say(this.#words.say('balanceNow', { points: this.#words.points(now) }));
    }
    if (this.#history.source && this.#history.status === 'there') {
      void this.#history.reload();
    }
  }

  #failed(code: string, cause: unknown): void {
    emit(this.#element, 'loyalty-error', { code, cause, retryable: true });
  }
}
