import { html, nothing } from 'lit';
import type { Quote } from '../../documents/index.js';
import { explainToggle } from './explain-toggle.js';
import { message } from './message.js';
import { changing } from './text.js';
import { chosenDiscounts, pointsAfter, savings, tagOf, totals } from './totals.js';
import type { View } from './view.js';

/** What is applied at the store counts until something else is. */
function staysApplied(view: View, applied: Quote): unknown {
  const { words, checkout } = view;
  const what = applied.discounts.filter(({ source }) => source !== 'promotion').map((row) => words.name(checkout.nameOf(row)));
  return what.length === 0
    ? nothing
    : html`<p class="small">${changing(words.say('staysApplied', { what: new Intl.ListFormat(words.locale).format(what) }))}</p>`;
}

/** What the choice comes to, and the button that makes it so. */
export function summary(view: View, quote: Quote): unknown {
  const { words, checkout, at } = view;
  const { on } = view.hands!;
  const request = checkout.state.request;
  const busy = request !== null;
  const isPending = checkout.isPending;
  const what = chosenDiscounts(view, quote)
    .map((row) => (row.points !== undefined && row.points > 0 && row.source === 'reward' ? words.points(row.points) : words.name(checkout.nameOf(row))))
    .join(', ');
  return html`
    <section class="summary" aria-busy=${busy || isPending}>
      <div class="outcome ${isPending ? 'pending' : ''}">
        <p class="saved">${changing(savings(quote, view))}</p>
        ${totals(view, quote, tagOf(isPending ? 'updating' : 'estimated', view))}
        ${pointsAfter(view, quote)}
      </div>
      ${checkout.confirmed && !checkout.state.applied ? staysApplied(view, checkout.confirmed.quote) : nothing}
      ${at === 'slow'
        ? message('info', html`<p>${words.say('slow')}</p>`, html`<button type="button" class="link" @click=${() => checkout.wait()}>${words.say('wait')}</button>`)
        : nothing}
      <div class="actions">
        <button
          id="apply"
          type="button"
          class="primary"
          aria-disabled=${busy || isPending || view.fixed || !checkout.state.online || quote.discounts.length === 0}
          @click=${on.apply}
        >
          ${busy
            ? html`<span class="spinner"></span>${changing(request.kind === 'remove' ? words.say('removing') : words.say('applying', { what }))}`
            : words.say('apply')}
        </button>
        ${request?.kind === 'apply' ? html`<button type="button" class="text-button" @click=${on.cancel}>${words.say('cancel')}</button>` : nothing}
      </div>
      <p class="small">${words.say('estimateNote')}</p>
      ${explainToggle(view)}
    </section>
  `;
}
