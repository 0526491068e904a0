import { html, nothing } from 'lit';
import { alert, info } from './icons.js';

type Tone = 'info' | 'warning' | 'error';

export function message(tone: Tone, text: unknown, actions: unknown = nothing): unknown {
  const isError = tone === 'error';
  return html`
    <div part="message ${isError ? 'message-error' : ''}" class="message ${tone}">
      ${tone === 'info' ? info : alert}
      <div class="message-text">${text}</div>
      ${actions === nothing ? nothing : html`<div class="message-actions">${actions}</div>`}
    </div>
  `;
}
