import { html, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Loadable } from './loadable.js';

/** A part of a screen; null: it waits for nothing. */
export type Part = readonly [of: Loadable<unknown> | null, view: () => unknown];

const isSettled = (of: Loadable<unknown> | null): boolean => of === null || of.state.at !== 'loading' || of.state.last !== null;

/** Room for what has not come yet. */
export const waiting = (): TemplateResult => html`<div class="screen-wait" aria-busy="true">
  <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span><span></span></div>
</div>`;

/** Shows parts one below the other, each once those above it have come (or failed), so that nothing on the screen ever moves. */
export function revealed(parts: readonly Part[]): TemplateResult {
  const first = parts.findIndex(([of]) => !isSettled(of));
  const shown = first < 0 ? parts : parts.slice(0, first);
  return html`${shown.map(([, view]) => view())}${first < 0 ? '' : keyed(first, waiting())}`;
}
