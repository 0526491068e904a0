import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { candidateOf } from '../choices.js';
import { tag } from './icons.js';
import { codeNotice } from './notice.js';
import { rich } from './text.js';
import type { View } from './view.js';

/** Codes that run are shown as chips that can be taken off. */
export function enteredCodes(view: View): unknown {
  const { words, checkout } = view;
  const { on } = view.hands!;
  const context = checkout.context;
  const codes = checkout.chosen.filter((choice) => choice.code);
  if (!context || codes.length === 0) {
    return nothing;
  }
  return html`<ul class="chips">
    ${codes.map((choice) => {
      const { id } = candidateOf(choice, context);
      const text = choice.code!.text.trim().toUpperCase();
      return html`<li class="chip">
        ${tag}<bdi>${text}</bdi>
        ${view.fixed
          ? nothing
          : html`<button type="button" class="link" @click=${() => on.remove(id)} aria-label=${`${words.say('remove')}: ${text}`}>
              ${words.say('remove')}
            </button>`}
      </li>`;
    })}
  </ul>`;
}

export function codeForm(view: View): unknown {
  const { words, checkout } = view;
  const { on } = view.hands!;
  const present = checkout.state.notice;
  const isRejected = present?.kind === 'rejected' && present.at === 'code';
  return html`
    <form class="code-form" novalidate @submit=${on.code}>
      <label class="code-label" for="code">${words.say('code')}</label>
      <div class="code-line">
        <input
          id="code"
          part="coupon-input"
          class="field"
          type="text"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          maxlength="128"
          .value=${live(checkout.codeText)}
          aria-invalid=${isRejected ? 'true' : nothing}
          aria-describedby="code-notice"
          ?disabled=${view.fixed}
          @input=${on.codeInput}
        />
        <button type="submit" part="coupon-button" class="secondary" aria-label=${checkout.codeBusy ? nothing : `${words.say('apply')}: ${words.say('code')}`} aria-disabled=${view.fixed || checkout.codeBusy}>
          ${rich(checkout.codeBusy ? words.say('checking') : words.say('apply'))}
        </button>
      </div>
      <div id="code-notice">${codeNotice(view)}</div>
    </form>
  `;
}
