import { html, nothing } from 'lit';
import { info } from './icons.js';
import { panel } from './panel.js';
import type { View } from './view.js';

/** As high as what will come, so that nothing moves when it does. */
function skeleton(view: View): unknown {
  const bars = (count: number) => Array.from({ length: count }, () => html`<div class="bone bone-row"></div>`);
  return html`
    <div class="skeleton" aria-hidden="true">
      <div class="head"><div class="bone bone-mark"></div><div class="head-text"><div class="bone bone-title"></div><div class="bone bone-balance"></div></div></div>
      <div class="bone bone-track"></div>
      ${bars(3)}
    </div>
    <p class="loading-text">${view.checkout.state.longWait ? view.words.say('stillLoading') : nothing}</p>
  `;
}

function unavailable(view: View): unknown {
  const { words, on } = view;
  return html`
    <div part="message" class="message">
      ${info}
      <p class="message-text">${words.say('unavailable')}</p>
      <div class="message-actions"><button type="button" class="link" @click=${on.retry}>${words.say('tryAgain')}</button></div>
    </div>
  `;
}

function content(view: View): unknown {
  switch (view.at) {
    case 'unset':
      return html`<slot name="empty"></slot>`;
    case 'inactive-draft':
      return view.debug ? html`<p class="note">loyalty-checkout: the program is a draft; shoppers see nothing here.</p>` : nothing;
    default:
      return html`
        <section
          part="base"
          class="base"
          aria-label=${view.checkout.context?.catalog.program?.name ?? view.words.say('title')}
          lang=${view.words.locale}
          dir=${view.words.direction}
          aria-busy=${view.at === 'loading'}
        >
          ${view.at === 'unavailable' ? unavailable(view) : view.at === 'loading' ? skeleton(view) : panel(view)}
          <slot name="footer"></slot>
        </section>
      `;
  }
}

/**
 * The panel and the two places from which news is read aloud. These are there from the first drawing on:
 * a live region that appears together with its text is not read.
 */
export function frame(view: View): unknown {
  return html`
    ${content(view)}
    <div class="visually-hidden" role="status"></div>
    <div class="visually-hidden" role="alert"></div>
  `;
}
