import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { Api } from '../api/api.js';
import { sitesOf, whoAmI, type Site, type WhoAmI } from '../api/identity.js';
import { ApiError } from '../api/refusal.js';
import { screens } from '../screens/index.js';
import { hashOf, routeOf, type Route } from './route.js';
import { Session, storageOfTab, takeKeyFromAddress } from './session.js';
import type { ConsoleSignIn, SignedInEvent } from './sign-in.js';
import { askAgain, desk, gate, OWN_TITLE } from './views.js';
import { Work } from './work.js';
import './outlet.js';
import './sign-in.js';

type Stage =
  | { readonly at: 'starting' }
  | { readonly at: 'signed-out'; readonly refused: string | null }
  | { readonly at: 'unreachable'; readonly message: string; readonly again: () => void }
  | { readonly at: 'choosing'; readonly key: string; readonly me: WhoAmI; readonly sites: readonly Site[] }
  | { readonly at: 'working'; readonly work: Work };

const SAID_FOR = 8_000;

/** The console: who works here, on what, and which screen is open. */
export class ConsoleApp extends LitElement {
  static override properties = { stage: { state: true }, route: { state: true }, isMenuOpen: { state: true }, said: { state: true }, isAsking: { state: true } };

  declare private stage: Stage;
  declare private route: Route;
  declare private isMenuOpen: boolean;
  declare private said: string;
  /** The key that was good is refused now: another is asked for, over the page. */
  declare private isAsking: boolean;
  readonly #storage = storageOfTab();
  readonly #session = new Session(this.#storage);
  readonly #dialog = createRef<HTMLDialogElement>();
  #waiting: { readonly promise: Promise<boolean>; readonly settle: (isSignedIn: boolean) => void } | null = null;
  #saying: ReturnType<typeof setTimeout> | undefined;
  #arriving = false;

  constructor() {
    super();
    this.stage = { at: 'starting' };
    this.isMenuOpen = false;
    this.said = '';
    this.isAsking = false;
    this.#takeKey();
    this.route = routeOf(location.hash);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#routed);
    void this.#start();
  }

  override disconnectedCallback(): void {
    removeEventListener('hashchange', this.#routed);
    this.#end();
    super.disconnectedCallback();
  }

  protected override updated(): void {
    const dialog = this.#dialog.value;
    if (dialog && !this.isAsking && dialog.open) {
      dialog.close();
    } else if (dialog && this.isAsking && !dialog.open) {
      dialog.showModal();
      this.#focusKey();
    }
    if (this.stage.at !== 'working') {
      document.title = OWN_TITLE;
    }
  }

  protected override render(): TemplateResult {
    return html`${this.#content()}<div class="status-line" role="status">${this.said ? html`<p>${this.said}</p>` : nothing}</div>`;
  }

  #content(): TemplateResult {
    const { stage } = this;
    switch (stage.at) {
      case 'starting':
        return html`<main class="gate" aria-busy="true"></main>`;
      case 'signed-out':
        return gate('Sign in', html`<console-sign-in .refused=${stage.refused} @signed-in=${this.#signedIn}></console-sign-in>`);
      case 'unreachable':
        return gate(
          'The console cannot start',
          html`<div class="problem" role="alert"><p>${stage.message}</p></div>
            <div class="buttons">
              <button type="button" class="button primary" @click=${stage.again}>Try again</button>
              <button type="button" class="button" @click=${this.#signOut}>Sign out</button>
            </div>`,
        );
      case 'choosing':
        return gate(
          'Choose a site',
          html`<p class="intro">This key works on several sites.</p>
            <ul class="choices">
              ${stage.sites.map((site) => html`<li><button type="button" class="button wide" @click=${() => this.#work(stage.key, stage.me, site)}>${site.name ?? site.id}</button></li>`)}
            </ul>
            <div class="buttons"><button type="button" class="button quiet" @click=${this.#signOut}>Sign out</button></div>`,
        );
      case 'working':
        return this.#desk(stage.work);
    }
  }

  #desk(work: Work): TemplateResult {
    const { context } = work;
    if (context === null) {
      return html`<main class="gate" aria-busy="true"></main>`;
    }
    return html`
      ${desk({
        context,
        site: work.site,
        route: this.route,
        isMenuOpen: this.isMenuOpen,
        isArriving: this.#arriving,
        showMenu: (isOpen) => (this.isMenuOpen = isOpen),
        chooseSite: () => this.#choose(context.me),
        signOut: this.#signOut,
        titled: this.#titled,
      })}
      <dialog class="dialog" aria-labelledby="again-title" ${ref(this.#dialog)} @cancel=${(event: Event) => event.preventDefault()}>
        ${this.isAsking ? askAgain(work.site, this.#signedInAgain, this.#signOut) : nothing}
      </dialog>
    `;
  }

  async #start(): Promise<void> {
    const { key } = this.#session;
    if (key === null) {
      this.stage = { at: 'signed-out', refused: null };
      return;
    }
    try {
      this.#accept(key, await whoAmI(new Api({ key, site: null })));
    } catch (error) {
      if (error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429) {
        this.#session.wipe();
        this.stage = { at: 'signed-out', refused: 'The server does not accept this key. It may have been revoked; paste another one.' };
      } else {
        this.#unreachable(error, () => void this.#start());
      }
    }
  }

  #accept(key: string, me: WhoAmI): void {
    const sites = sitesOf(me);
    const last = sites.find(({ id }) => id === this.#session.site);
    if (last || sites.length === 1) {
      this.#work(key, me, last ?? (sites[0] as Site));
    } else {
      this.stage = { at: 'choosing', key, me, sites };
    }
  }

  #choose(me: WhoAmI): void {
    const { key } = this.#session;
    if (key !== null) {
      this.#end();
      this.stage = { at: 'choosing', key, me, sites: sitesOf(me) };
    }
  }

  #work(key: string, me: WhoAmI, { id }: Site): void {
    this.#end();
    this.#session.keepKey(key);
    this.#session.keepSite(id);
    const work = new Work(key, me, id, this.#storage, {
      say: this.#say,
      go: (path) => void (location.hash = hashOf(path)),
      signInAgain: this.#signInAgain,
      changed: () => this.requestUpdate(),
    });
    this.stage = { at: 'working', work };
    void this.#open(work);
  }

  async #open(work: Work): Promise<void> {
    // Comes while the program is read; where it cannot be had, the outlet says so.
    void screens.find(({ name }) => name === this.route.name)?.load().catch(() => undefined);
    try {
      await work.renew();
    } catch (error) {
      this.#unreachable(error, () => {
        this.stage = { at: 'working', work };
        void this.#open(work);
      });
    }
  }

  #unreachable(error: unknown, again: () => void): void {
    this.stage = { at: 'unreachable', message: error instanceof Error ? error.message : String(error), again };
  }

  readonly #signedIn = ({ key, me }: SignedInEvent): void => {
    this.#arriving = true;
    this.#accept(key, me);
  };

  readonly #signInAgain = (): Promise<boolean> => {
    if (!this.#waiting) {
      let settle!: (isSignedIn: boolean) => void;
      const promise = new Promise<boolean>((resolve) => (settle = resolve));
      this.#waiting = { promise, settle };
      this.isAsking = true;
    }
    return this.#waiting.promise;
  };

  readonly #signedInAgain = ({ key, me }: SignedInEvent): void => {
    if (this.stage.at === 'working') {
      this.stage.work.replaceKey(key, me);
      this.#session.keepKey(key);
      this.#say('You are signed in again.');
    }
    this.#settle(true);
  };

  readonly #signOut = (): void => {
    this.#end();
    this.#session.wipe();
    this.#arriving = false;
    this.stage = { at: 'signed-out', refused: null };
    void this.updateComplete.then(() => this.#focusKey());
  };

  /** Where a key is asked for; its form draws itself a moment after it is put there. */
  #focusKey(): void {
    const form = this.querySelector<ConsoleSignIn>('console-sign-in');
    void form?.updateComplete.then(() => form.querySelector('input')?.focus());
  }

  #settle(isSignedIn: boolean): void {
    this.isAsking = false;
    this.#waiting?.settle(isSignedIn);
    this.#waiting = null;
  }

  #end(): void {
    if (this.stage.at === 'working') {
      this.stage.work.end();
    }
    this.#settle(false);
    this.isMenuOpen = false;
  }

  readonly #say = (sentence: string): void => {
    clearTimeout(this.#saying);
    this.said = sentence;
    this.#saying = setTimeout(() => (this.said = ''), SAID_FOR);
  };

  readonly #routed = (): void => {
    if (this.#takeKey()) {
      this.#end();
      this.stage = { at: 'starting' };
      void this.#start();
    }
    this.route = routeOf(location.hash);
  };

  /** Whether the address brought a key; it takes the place of the one before. */
  #takeKey(): boolean {
    const brought = takeKeyFromAddress(location, history);
    if (brought !== null) {
      this.#session.wipe();
      this.#session.keepKey(brought);
    }
    return brought !== null;
  }

  readonly #titled = ({ detail }: CustomEvent<string>): void => {
    const screen = screens.find(({ name }) => name === this.route.name);
    const name = this.stage.at === 'working' ? this.stage.work.context?.program.name : undefined;
    document.title = [detail || screen?.title, name ?? OWN_TITLE].filter(Boolean).join(' · ');
  };
}

customElements.define('console-app', ConsoleApp);
