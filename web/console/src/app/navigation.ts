import { html, nothing, type TemplateResult } from 'lit';
import { screens } from '../screens/index.js';
import { icon } from './icons.js';

export interface NavigationParts {
  /** The screen that is shown. */
  readonly current: string;
  readonly isOpen: boolean;
  /** How many changes are tried and not published. */
  readonly drafted: number;
  readonly leave: () => void;
}

export const draftText = (count: number): string => `${count} ${count === 1 ? 'change' : 'changes'} not published`;

/** The list of screens: beside the content where there is room, else a menu. */
export function navigation({ current, isOpen, drafted, leave }: NavigationParts): TemplateResult {
  return html`
    <nav id="navigation" class="navigation ${isOpen ? 'is-open' : ''}" aria-label="Console">
      <ul>
        ${screens.map(
          ({ name, title }) => html`<li>
            <a href="#/${name}" aria-current=${name === current ? 'page' : nothing} @click=${leave}>
              ${icon(name)}<span>${title}</span>
              ${name === 'simulator' && drafted > 0 ? html`<span class="count" aria-hidden="true">${drafted}</span>` : nothing}
            </a>
          </li>`,
        )}
      </ul>
    </nav>
  `;
}
