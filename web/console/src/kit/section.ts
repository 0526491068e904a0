import { html, nothing, type TemplateResult } from 'lit';
import type { Loadable } from './loadable.js';

export interface SectionParts {
  readonly heading: string;
  /** Beside the heading: buttons, filters. */
  readonly actions?: unknown;
  readonly intro?: unknown;
  /** How many lines of room the skeleton takes, so that nothing moves when the answer comes. */
  readonly lines?: number;
  readonly class?: string;
}

const skeleton = (lines: number): TemplateResult =>
  html`<div class="skeleton" aria-hidden="true">${Array.from({ length: lines }, () => html`<span></span>`)}</div>`;

/** A part of a screen that loads and fails by itself. */
export function section<T>(of: Loadable<T>, parts: SectionParts, view: (value: T) => unknown): TemplateResult {
  const { state, value } = of;
  const isFailed = state.at === 'failed';
  return html`
    <section class="card ${parts.class ?? ''}" aria-busy=${state.at === 'loading' ? 'true' : nothing}>
      <header class="card-head"><h2>${parts.heading}</h2>${parts.actions ?? nothing}</header>
      ${parts.intro ? html`<p class="intro">${parts.intro}</p>` : nothing}
      ${isFailed
        ? html`<div class="problem" role="alert">
            <p>${state.error.message}</p>
            <button type="button" class="button" @click=${() => void of.reload()}>Try again</button>
          </div>`
        : nothing}
      ${value !== null ? view(value) : isFailed ? nothing : skeleton(parts.lines ?? 4)}
    </section>
  `;
}

/** A part that has everything it shows. */
export function card(parts: SectionParts, content: unknown): TemplateResult {
  return html`
    <section class="card ${parts.class ?? ''}">
      <header class="card-head"><h2>${parts.heading}</h2>${parts.actions ?? nothing}</header>
      ${parts.intro ? html`<p class="intro">${parts.intro}</p>` : nothing} ${content}
    </section>
  `;
}
