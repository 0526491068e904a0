import { html, nothing } from 'lit';
import type { Quote } from '../../documents/index.js';
import { explainToggle } from './explain-toggle.js';
import { message } from './message.js';
import { changing } from './text.js';
import { chosenDiscounts, pointsAfter, savings, tagOf, totals } from './totals.js';
import type { View } from './view.js';

/** What the choice comes to, and the button that makes it so. */
export function summary(view: View, quote: Quote): unknown {
  const { words, checkout, at } = view;
  const { on } = view.hands!;
  const request = checkout.state.request;
  const busy = request !== null;
  const what = chosenDiscounts(view, quote)
    .map((row) => (row.points !== undefined && row.points > 0 && row.source === 'reward' ? words.points(row.points) : words.name(checkout.nameOf(row))))
    .join(', ');
  return html`
    <section class="summary" aria-busy=${busy}>
      <p class="saved">${changing(savings(quote, view))}</p>
      ${totals(view, quote, tagOf('estimated', view))}
      ${pointsAfter(view, quote)}
      ${at === 'slow' ? message('info', html`<p>${words.say('slow')}</p>`) : nothing}
      <div class="actions">
        <button
          id="apply"
          type="button"
          class="primary"
          aria-disabled=${busy || view.fixed || !checkout.state.online || quote.discounts.length === 0}
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
