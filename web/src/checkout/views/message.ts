import { html, nothing } from 'lit';
import { alert, info } from './icons.js';

type Tone = 'info' | 'warning' | 'error';

export function message(tone: Tone, text: unknown, actions: unknown = nothing): unknown {
  return html`
    <div part=${tone === 'error' ? 'message message-error' : 'message'} class="message ${tone}">
      ${tone === 'info' ? info : alert}
      <div class="message-text">${text}</div>
      ${actions === nothing ? nothing : html`<div class="message-actions">${actions}</div>`}
    </div>
  `;
}
