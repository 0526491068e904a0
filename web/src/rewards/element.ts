import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { refusal } from '../checkout/outcome.js';
import { styles } from '../checkout/styles.js';
import type { LoyaltyCheckoutEventMap, ProgramSnapshot, Result } from '../checkout/types.js';
import type { ExportFormat, MemberClient, MemberTransaction, Redemption } from '../client/member.js';
import type { StoreOptions } from '../client/types.js';
import type { Catalog } from '../documents/index.js';
import { createWords } from '../text/words.js';
import type { GivenMember, PageCoupon } from './data.js';
import type { RewardsPage } from './page.js';
import type { PageOverrides } from './texts.js';
import { emit } from './emit.js';
import type { LoyaltyRewardsEventMap, SectionName } from './types.js';

/** Kept free from the first frame on, so that nothing below the element moves when the page comes. */
const room = css`
  :host {
    min-block-size: var(--loyalty-min-block-size, 100svh);
  }
`;

/**
 * A member's page: what they have, where they stand, what it buys, their coupons, how to earn and what happened.
 *
 * The element itself is small; the page is fetched when it is first drawn. It is filled by a client, or by the
 * properties alone where there is no store to ask. Colours, type and sizes are set by the same variables as those of
 * `<loyalty-checkout>`.
 *
 * @tag loyalty-rewards
 *
 * @slot heading - Instead of the program's name.
 * @slot actions - At the end of the head, such as a button to sign out.
 * @slot icon - Instead of the star.
 * @slot guest - Instead of the invitation for guests.
 * @slot empty - While nothing at all was given to the element.
 * @slot footer - At the end of the page.
 *
 * @fires {CustomEvent} loyalty-ready - What the page shows first is there; detail: `state`.
 * @fires {CustomEvent} loyalty-state - The page shows something else as a whole; detail: `from`, `to`.
 * @fires {CustomEvent} loyalty-before-redeem - A reward is about to be redeemed; detail: `reward`, `waitUntil(promise)`. Prevent it to keep it from happening; a promise for `{ coupon, balance }` redeems it by yourself.
 * @fires {CustomEvent} loyalty-redeemed - Points became a coupon; detail: `coupon`, `balance` (available points, where known), `reward`.
 * @fires {CustomEvent} loyalty-rejected - A reward was not redeemed; detail: `reason`, `rewardId`, `retryable`.
 * @fires {CustomEvent} loyalty-copied - A code was copied; detail: `couponId`, `how`: `clipboard`, or `selection` where the reader has to copy what was selected.
 * @fires {CustomEvent} loyalty-use-coupon - Somebody wants to use a coupon; detail: `code`, `coupon`. Unless prevented, the browser goes to `checkout-url` with the code as `?code=`.
 * @fires {CustomEvent} loyalty-export - A file of the activity is there; detail: `name`, `content` (a Blob), `format`. Unless prevented, the browser saves it.
 * @fires {CustomEvent} loyalty-filter - Another filter was chosen; detail: `section`, `filter`.
 * @fires {CustomEvent} loyalty-sign-in - A guest wants to sign in; detail: `url`. Unless prevented, the browser goes to `sign-in-url`.
 * @fires {CustomEvent} loyalty-error - Something technical went wrong; detail: `code`, `cause`, `retryable`.
 *
 * @csspart base - The page.
 * @csspart heading - The program's name.
 * @csspart section - One section.
 * @csspart section-heading - The heading of a section.
 * @csspart balance - What can be spent, and what it is worth.
 * @csspart pending - What orders under way will earn.
 * @csspart expiring - What expires next.
 * @csspart tier - One level of the ladder.
 * @csspart tier-current - The member's level.
 * @csspart reward-card - One reward.
 * @csspart reward-button - Its button.
 * @csspart coupon - One coupon.
 * @csspart coupon-code - A code, covered or not.
 * @csspart copy-button - Copies a code.
 * @csspart qr - A code as a picture.
 * @csspart history - The list of movements and its filters.
 * @csspart table - The table of movements.
 * @csspart row - One movement.
 * @csspart filter - A group of filters.
 * @csspart export-button - Makes a file of the activity.
 * @csspart empty - What stands where there is nothing to list.
 *
 * @cssprop [--loyalty-min-block-size=100svh] - The least height of the element, so that nothing below it moves while it loads.
 */
export class LoyaltyRewards extends LitElement {
  static override styles = [...styles, room];

  static override properties = {
    endpoint: { type: String },
    site: { type: String },
    locale: { type: String },
    theme: { type: String, reflect: true },
    sections: { type: String },
    pageSize: { type: Number, attribute: 'page-size' },
    historyRange: { type: String, attribute: 'history-range' },
    exportFormats: { type: String, attribute: 'export' },
    codeDisplay: { type: String, attribute: 'code-display' },
    qr: { type: String },
    signInUrl: { type: String, attribute: 'sign-in-url' },
    checkoutUrl: { type: String, attribute: 'checkout-url' },
    headingLevel: { type: Number, attribute: 'heading-level' },
    member: { attribute: false },
    program: { attribute: false },
    coupons: { attribute: false },
    transactions: { attribute: false },
    client: { attribute: false },
    getToken: { attribute: false },
    messages: { attribute: false },
  };

  /** Where the store answers; with `site`, in place of a `client`. */
  declare endpoint: string | null;
  /** The id of the site. */
  declare site: string | null;
  /** BCP 47; else the nearest `lang`. */
  declare locale: string | null;
  /** The colours: `auto` follows the system, `none` takes those of the page. */
  declare theme: 'auto' | 'light' | 'dark' | 'none';
  /** Which sections, in this order: `balance tiers rewards coupons earn history`. */
  declare sections: string;
  /** How many movements are shown at a time, 1 to 100. */
  declare pageSize: number;
  /** The period shown first: days, months or years such as `30d`, `12m`, `2y`, or `all`. */
  declare historyRange: string;
  /** The `export` attribute: the formats offered, `csv json`, or `none`. */
  declare exportFormats: string;
  /** Whether codes are covered until asked for. */
  declare codeDisplay: 'masked' | 'plain';
  /** Whether codes are offered as QR codes. */
  declare qr: 'on' | 'off';
  /** Where guests sign in; without it `loyalty-sign-in` is all that happens. */
  declare signInUrl: string | null;
  /** Where coupons are used, and flexible rewards; without it nothing leads there. */
  declare checkoutUrl: string | null;
  /** Of the program's name, 2 to 5; sections are one below. */
  declare headingLevel: number;
  /** The member: a store's overview, or the account document of the core; null is a guest. */
  declare member: GivenMember | null | undefined;
  /** The published rules: names of points, and what there is to earn and to redeem. */
  declare program: ProgramSnapshot | Catalog | undefined;
  /** The member's coupons, in place of those of `member`. */
  declare coupons: readonly PageCoupon[] | undefined;
  /** All movements, newest first, where there is no client to ask for them. */
  declare transactions: readonly MemberTransaction[] | undefined;
  /** The store; one for all elements of a page. */
  declare client: MemberClient | undefined;
  /** With `endpoint` and `site`: a member token, asked for when one is needed; null for a guest. Kept in memory only. */
  declare getToken: StoreOptions['getToken'];
  /** Texts to use instead of the built-in ones, key by key. */
  declare messages: PageOverrides | undefined;

  #page: RewardsPage | null = null;
  #loading: Promise<RewardsPage | null> | null = null;
  #hasFailed = false;

  constructor() {
    super();
    this.endpoint = this.site = this.locale = this.signInUrl = this.checkoutUrl = null;
    this.theme = 'auto';
    this.sections = '';
    this.pageSize = 20;
    this.historyRange = '12m';
    this.exportFormats = 'csv json';
    this.codeDisplay = 'masked';
    this.qr = 'on';
    this.headingLevel = 2;
  }

  /** Resolves when the page shows what there is, or it is clear that there will not be anything. */
  ready(): Promise<Result> {
    return this.#ask((page) => page.ready());
  }
  /** Asks the store anew. */
  refresh(): Promise<Result> {
    return this.#ask((page) => page.refresh());
  }
  /** Spends points for a coupon, without asking the member first. */
  redeem(rewardId: string): Promise<Result<Redemption>> {
    return this.#ask((page) => page.redeem(rewardId));
  }
  /** Copies a coupon's code. Browsers allow it only in answer to a click or a key. */
  copyCode(couponId: string): Promise<Result> {
    return this.#ask((page) => page.copyCode(couponId));
  }
  /** Makes a file of the activity as it is filtered; `range` in place of the period chosen. */
  export(format: ExportFormat, range?: string): Promise<Result> {
    return this.#ask((page) => page.export(format, range));
  }
  /** Moves the focus to the heading of a section, and the section into view. */
  async focusSection(name: SectionName): Promise<void> {
    await (await this.#whole())?.focusSection(name);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#whole();
    this.#page?.connect();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#page?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#page?.prepare(changed);
  }
  protected override render(): unknown {
    return this.#page?.draw() ?? (this.#hasFailed ? this.#failure() : nothing);
  }
  protected override updated(): void {
    this.#page?.drawn();
  }

  #failure(): unknown {
    const { say } = createWords({ locale: 'en' });
    return html`<p class="base" role="status">${say('unavailable')} <button type="button" class="text-button" @click=${() => this.#whole()}>${say('tryAgain')}</button></p>`;
  }

  async #ask<T>(question: (page: RewardsPage) => Promise<Result<T>>): Promise<Result<T>> {
    const page = await this.#whole();
    return page ? question(page) : refusal('LOAD_FAILED', null, true);
  }

  /** The page, once it is here; what could not be fetched is asked for again by the next who needs it. */
  #whole(): Promise<RewardsPage | null> {
    this.#loading ??= import('./page.js')
      .then(({ openPage }) => openPage(this))
      .then(
        (page) => {
          this.#page = page;
          this.#hasFailed = false;
          if (this.isConnected) {
            page.connect();
          }
          this.requestUpdate();
          return page;
        },
        (cause: unknown) => {
          this.#loading = null;
          this.#hasFailed = true;
          emit(this, 'loyalty-error', { code: 'LOAD_FAILED', cause, retryable: true });
          this.requestUpdate();
          return null;
        },
      );
    return this.#loading;
  }
}

type ListenerOptions = boolean | AddEventListenerOptions;

/** Listeners of the element itself know its own events. */
export interface LoyaltyRewards {
  addEventListener<Type extends keyof LoyaltyRewardsEventMap>(
    type: Type,
    listener: (this: LoyaltyRewards, event: LoyaltyRewardsEventMap[Type]) => unknown,
    options?: ListenerOptions,
  ): void;
  addEventListener<Type extends keyof HTMLElementEventMap>(
    type: Type,
    listener: (this: HTMLElement, event: HTMLElementEventMap[Type]) => unknown,
    options?: ListenerOptions,
  ): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: ListenerOptions): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'loyalty-rewards': LoyaltyRewards;
  }
  /** What is told under a name of the checkout's has the checkout's type where the element is not known. */
  interface HTMLElementEventMap extends Omit<LoyaltyRewardsEventMap, keyof LoyaltyCheckoutEventMap> {}
  interface DocumentEventMap extends Omit<LoyaltyRewardsEventMap, keyof LoyaltyCheckoutEventMap> {}
}
