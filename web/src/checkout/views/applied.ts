import { html, nothing } from 'lit';
import { check } from './icons.js';
import { explainToggle } from './explain-toggle.js';
import { changing, rich } from './text.js';
import { chosenDiscounts, savings, tagOf, totals } from './totals.js';
import type { View } from './view.js';

/** What the store confirmed: money first, then what was used, and how to take it back. */
export function applied(view: View): unknown {
  const { words, checkout } = view;
  const confirmed = checkout.confirmed;
  if (!confirmed) {
    return nothing;
  }
  const { quote, confirmation } = confirmed;
  const busy = checkout.state.request !== null;
  return html`
    <section part="applied" class="applied">
      <div class="applied-head" id="applied-title" tabindex="-1" role="heading" aria-level=${Math.min(view.headingLevel + 1, 6)}>
        <span class="applied-mark">${check}</span>
        <span>${words.say('applied')}</span>
        <span class="applied-saved">${changing(savings(quote, view))}</span>
      </div>
      <ul class="applied-list">
        ${chosenDiscounts(view, quote).map((row) => {
          const name = checkout.nameOf(row);
          return html`<li part="applied-item" class="applied-item">
            <span class="row-main">
              <span class="row-name"><bdi>${name}</bdi></span>
              ${row.points !== undefined && row.points > 0 ? html`<span class="row-note">${rich(words.points(row.points))}</span>` : nothing}
            </span>
            <span class="applied-amount">${row.amount > 0 ? changing(words.off(row.amount)) : nothing}</span>
            ${view.fixed
              ? nothing
              : html`<button
                  type="button"
                  part="remove-button"
                  class="link"
                  aria-disabled=${busy}
                  aria-label=${`${words.say('remove')} ${name}`}
                  @click=${() => view.hands!.on.remove(row.id)}
                >
                  ${words.say('remove')}
                </button>`}
          </li>`;
        })}
      </ul>
      ${totals(view, quote, tagOf('confirmed', view), true)}
      ${checkout.state.completed
        ? nothing
        : html`<p class="small">
            ${words.say('spentLater')}
            ${confirmation.holdExpiresAt === undefined ? nothing : changing(words.say('heldUntil', { time: words.time(confirmation.holdExpiresAt) }))}
          </p>`}
      ${view.fixed ? nothing : html`<button type="button" class="text-button" @click=${() => checkout.change()}>${words.say('change')}</button>`}
      ${explainToggle(view)}
    </section>
  `;
}
