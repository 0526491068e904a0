import { html, type TemplateResult } from 'lit';
import type { Loadable } from '../kit/loadable.js';
import { section } from '../kit/section.js';

export interface EditingParts {
  readonly title: string;
  /** What is edited. */
  readonly heading: string;
  /** The screen it belongs to, and that screen in words. */
  readonly back: readonly [screen: string, text: string];
}

/** The page of a form: where it belongs, its title, and the form once there is something to fill it with. */
export function editing<T>(of: Loadable<T>, { title, heading, back: [screen, text] }: EditingParts, view: (value: T) => unknown): TemplateResult {
  return html`
    <div class="screen-head"><h1>${title}</h1><a class="link" href="#/${screen}">${text}</a></div>
    ${section(of, { heading, lines: 14 }, view)}
  `;
}

/** There is nothing under the id of the address. */
export const gone = (noun: string, screen: string, all: string): TemplateResult =>
  html`<p>There is no such ${noun}. It may have been deleted. <a href="#/${screen}">${all}</a></p>`;
