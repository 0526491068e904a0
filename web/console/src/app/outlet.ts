import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { waiting } from '../kit/reveal.js';
import { screens, type ScreenEntry } from '../screens/index.js';
import type { Context } from './context.js';
import { isSamePlace, type Route } from './route.js';
import type { Screen } from './screen.js';

type Content = { readonly at: 'loading' } | { readonly at: 'shown' } | { readonly at: 'unknown' } | { readonly at: 'broken'; readonly title: string; readonly message: string };

/**
 * Where screens are shown: fetches the one that the route asks for, hands it what it needs and moves the focus to its
 * heading. One that cannot be loaded or drawn says so here; the rest of the console goes on.
 */
export class ConsoleOutlet extends LitElement {
  static override properties = { context: { attribute: false }, route: { attribute: false }, arriving: { attribute: false }, content: { state: true } };

  declare context: Context;
  declare route: Route;
  /** Somebody has just signed in, and stands where the form was: the first screen takes the focus too. */
  declare arriving: boolean;
  declare private content: Content;
  #screen: Screen | null = null;
  #shown: Route | null = null;
  #movesFocus = false;

  constructor() {
    super();
    this.arriving = false;
    this.content = { at: 'loading' };
    this.addEventListener('screen-broken', (event) => this.#broken((event as CustomEvent<unknown>).detail));
    this.addEventListener('screen-drawn', () => this.#drawn());
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('route')) {
      void this.#show(this.route);
    } else if (changed.has('context') && this.#screen) {
      this.#screen.context = this.context;
    }
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('content') && (this.content.at === 'broken' || this.content.at === 'unknown')) {
      this.#drawn();
    }
  }

  protected override render(): TemplateResult {
    const { content } = this;
    switch (content.at) {
      case 'loading':
        return waiting();
      case 'broken':
        return html`<h1>${content.title}</h1>
          <div class="problem" role="alert">
            <p>${content.message}</p>
            <button type="button" class="button" @click=${() => void this.#show(this.route)}>Try again</button>
          </div>`;
      case 'unknown':
        return html`<h1>There is no such page</h1><p><a href="#/overview">Go to the overview</a></p>`;
      case 'shown':
        return html`${this.#screen ?? nothing}`;
    }
  }

  async #show(route: Route): Promise<void> {
    const before = this.#shown;
    this.#shown = route;
    this.#movesFocus = before === null ? this.arriving : !isSamePlace(before, route);
    if (this.#screen && before?.name === route.name) {
      Object.assign(this.#screen, { path: route.path, query: route.query });
      return;
    }
    this.#screen = null;
    const entry = screens.find(({ name }) => name === route.name);
    if (!entry) {
      this.content = { at: 'unknown' };
      return;
    }
    this.content = { at: 'loading' };
    try {
      await entry.load();
      if (!customElements.get(entry.tag)) {
        throw new Error(`The module of ${entry.name} registers no ${entry.tag}.`);
      }
    } catch (error) {
      if (this.#shown === route) {
        this.#cannot(entry, 'loaded', error);
      }
      return;
    }
    if (this.#shown === route) {
      this.#put(entry, route);
    }
  }

  #put(entry: ScreenEntry, route: Route): void {
    const screen = document.createElement(entry.tag) as Screen;
    Object.assign(screen, { context: this.context, path: route.path, query: route.query });
    this.#screen = screen;
    this.content = { at: 'shown' };
  }

  #broken(error: unknown): void {
    const entry = screens.find(({ name }) => name === this.#shown?.name);
    this.#screen = null;
    if (entry) {
      this.#cannot(entry, 'shown', error);
    }
  }

  #cannot(entry: ScreenEntry, what: 'loaded' | 'shown', error: unknown): void {
    console.error(error);
    this.content = { at: 'broken', title: entry.title, message: `“${entry.title}” cannot be ${what}. The other parts of the console work.` };
  }

  #drawn(): void {
    const heading = this.querySelector('h1');
    if (!heading) {
      return;
    }
    this.dispatchEvent(new CustomEvent('titled', { detail: heading.textContent?.trim() ?? '' }));
    if (this.#movesFocus) {
      this.#movesFocus = false;
      heading.tabIndex = -1;
      heading.focus();
    }
  }
}

customElements.define('console-outlet', ConsoleOutlet);
