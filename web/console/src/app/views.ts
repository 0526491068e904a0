import { html, nothing, type TemplateResult } from 'lit';
import { sitesOf } from '../api/identity.js';
import { statusPill } from '../kit/pills.js';
import type { Context } from './context.js';
import { icon } from './icons.js';
import { draftText, navigation } from './navigation.js';
import type { Route } from './route.js';
import type { SignedInEvent } from './sign-in.js';

export const OWN_TITLE = 'Loyalty console';

/** What stands alone before the work begins. */
export const gate = (title: string, content: TemplateResult): TemplateResult =>
  html`<main class="gate"><div class="gate-card"><p class="brand">${OWN_TITLE}</p><h1>${title}</h1>${content}</div></main>`;

export interface DeskParts {
  readonly context: Context;
  /** The id of the site that is worked on. */
  readonly site: string;
  readonly route: Route;
  readonly isMenuOpen: boolean;
  /** Somebody has just signed in. */
  readonly isArriving: boolean;
  readonly showMenu: (isOpen: boolean) => void;
  readonly chooseSite: () => void;
  readonly signOut: () => void;
  readonly titled: (event: CustomEvent<string>) => void;
}

/** A fragment would be taken for a route: the focus goes there by hand. */
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('#main')?.focus();
}

/** What stands around every screen, and the screen. */
export function desk({ context, site, route, isMenuOpen, isArriving, showMenu, chooseSite, signOut, titled }: DeskParts): TemplateResult {
  const { draft, me, program } = context;
  const drafted = draft.changes.length;
  const sites = sitesOf(me);
  const name = sites.find(({ id }) => id === site)?.name ?? 'Site';
  return html`
    <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
    <div class="desk">
      <header class="bar">
        <button type="button" class="button quiet menu-button" aria-expanded=${isMenuOpen} aria-controls="navigation" @click=${() => showMenu(!isMenuOpen)}>${icon('menu')}<span>Menu</span></button>
        <p class="program"><span class="program-name">${program.name}</span> ${statusPill(program.status)}</p>
        <div class="bar-end">
          ${drafted > 0 ? html`<a class="draft-badge" href="#/simulator">${draftText(drafted)}</a>` : nothing}
          ${sites.length > 1 ? html`<button type="button" class="button quiet" @click=${chooseSite}>${name}<span class="hidden">: choose another site</span></button>` : nothing}
          <button type="button" class="button quiet" @click=${signOut}>${icon('leave')}<span>Sign out</span></button>
        </div>
      </header>
      ${navigation({ current: route.name, isOpen: isMenuOpen, drafted, leave: () => showMenu(false) })}
      <main id="main" tabindex="-1">
        <console-outlet .context=${context} .route=${route} .arriving=${isArriving} @titled=${titled}></console-outlet>
      </main>
    </div>
  `;
}

/** Over the page, when the key of the work is not accepted any more. */
export const askAgain = (site: string, signedIn: (event: SignedInEvent) => void, signOut: () => void): TemplateResult => html`
  <h2 id="again-title">Sign in again</h2>
  <p>The server does not accept your key any more. Nothing that you typed is lost: sign in, and the work goes on.</p>
  <console-sign-in .site=${site} @signed-in=${signedIn}></console-sign-in>
  <p><button type="button" class="button quiet" @click=${signOut}>Sign out and lose what is not saved</button></p>
`;
