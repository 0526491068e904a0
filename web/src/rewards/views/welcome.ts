import { html, nothing } from 'lit';
import { check } from '../../checkout/views/icons.js';
import { rich } from '../../checkout/views/text.js';
import { gainOf } from './earn.js';
import { circle } from './icons.js';
import type { MemberView } from './view.js';

/** What to do first, and what of it is done. */
export function welcome(view: MemberView): unknown {
  const { words, data } = view;
  const order = data.ways.find(({ per }) => per !== undefined);
  const steps = [
    { text: words.say('welcomeProfile'), isDone: data.member.name !== undefined },
    { text: words.say('welcomeOrder'), note: order && gainOf(order, words), isDone: (data.account?.earned ?? 0) > 0 },
    { text: words.say('welcomeReward'), isDone: data.coupons.length > 0 },
  ];
  return html`
    <div class="panel welcome">
      <p class="lead">${rich(words.say('welcomeTitle', { program: words.name(data.program.name || words.say('title')) }))}</p>
      <p class="muted">${words.say('welcomeText')}</p>
      <ol class="steps">
        ${steps.map(
          ({ text, note, isDone }) => html`
            <li class="step" ?data-done=${isDone}>
              <span class="level-mark">${isDone ? check : circle}</span>
              <span>${text}${isDone ? html`<span class="visually-hidden"> (${words.say('stepDone')})</span>` : nothing}${note ? html`<span class="level-note">${rich(note)}</span>` : nothing}</span>
            </li>
          `,
        )}
      </ol>
    </div>
  `;
}
