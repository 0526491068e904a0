import { html, nothing } from 'lit';
import { message } from '../../checkout/views/message.js';
import type { SectionName } from '../types.js';
import type { View } from './view.js';

/** A section with its heading, and what stands beside it. */
export function section(view: View, name: SectionName, heading: string, body: unknown, beside: unknown = nothing): unknown {
  return html`
    <section part="section" class="section" id=${name} aria-labelledby="${name}-title">
      <div class="section-head">
        <div part="section-heading" class="section-title" id="${name}-title" role="heading" aria-level=${view.headingLevel + 1} tabindex="-1">
          ${heading}
        </div>
        ${beside}
      </div>
      ${body}
    </section>
  `;
}

/** One of a few, as buttons that stay pressed. */
export function segments<Value extends string>(
  label: string,
  options: readonly (readonly [Value, unknown])[],
  present: Value,
  choose: (value: Value) => void,
): unknown {
  return html`<div part="filter" class="segments" role="group" aria-label=${label}>
    ${options.map(
      ([value, text]) =>
        html`<button type="button" class="segment" aria-pressed=${value === present} @click=${() => choose(value)}>${text}</button>`,
    )}
  </div>`;
}

/** What stands where there is nothing to list. */
export const empty = (text: unknown, action: unknown = nothing): unknown => html`<div part="empty" class="empty"><p>${text}</p>${action}</div>`;

/** What could not be had, and the way to ask again. */
export const trouble = (view: View, text: string, retry: () => void): unknown =>
  message('warning', text, html`<button type="button" class="link" @click=${retry}>${view.words.say('tryAgain')}</button>`);
