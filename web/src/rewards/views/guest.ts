import { html, nothing } from 'lit';
import { rich } from '../../checkout/views/text.js';
import { star } from '../../checkout/views/icons.js';
import { waysOf } from '../data.js';
import { gainOf } from './earn.js';
import type { View } from './view.js';

/** At most so many: an invitation, not a price list. */
const MOST = 4;

/** What members have, and the way in. */
export function guest(view: View): unknown {
  const { words, member, on } = view;
  const catalog = member.program?.catalog;
  const ways = catalog ? waysOf(catalog).slice(0, MOST) : [];
  const rewards = (catalog?.rewards ?? []).filter(({ active, name }) => active && name !== undefined).slice(0, MOST);
  return html`<slot name="guest">
    <div class="panel invitation">
      <p class="lead">${rich(words.say('guestTitle', { name: words.name(words.pointsName || words.say('title')) }))}</p>
      ${ways.length === 0
        ? nothing
        : html`<ul class="benefits">
            ${ways.map((way) => html`<li>${star}<span><bdi>${way.name}</bdi>: ${rich(gainOf(way, words))}</span></li>`)}
          </ul>`}
      ${rewards.length === 0
        ? nothing
        : html`<p>${words.say('guestRewards')}</p>
            <ul class="tags">
              ${rewards.map(({ name }) => html`<li class="tier-badge"><bdi>${name}</bdi></li>`)}
            </ul>`}
      <p class="muted">${words.say('guestText')}</p>
      <div class="actions"><button type="button" class="primary narrow" @click=${on.signIn}>${words.say('signIn')}</button></div>
    </div>
  </slot>`;
}
