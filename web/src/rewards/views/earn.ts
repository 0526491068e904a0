import { html, nothing } from 'lit';
import { check } from '../../checkout/views/icons.js';
import { rich } from '../../checkout/views/text.js';
import type { WayToEarn } from '../../client/member.js';
import type { PageWords } from '../words.js';
import { empty, section } from './parts.js';
import type { MemberView } from './view.js';

/** "10 Stars for every $1.00"; nothing where a rule says neither. */
export function gainOf({ points, per }: WayToEarn, words: PageWords): string {
  return points !== undefined
    ? words.points(points)
    : per
      ? words.say('perAmount', { points: words.points(per.points), amount: words.money(per.amountMinor) })
      : '';
}

function limitOf({ limit }: WayToEarn, words: PageWords): unknown {
  if (!limit) {
    return nothing;
  }
  const { done, times, per = 'EVER' } = limit;
  const text = words.say(`times_${per}`, { done: words.number(done), times: words.number(times) });
  return html`<p class="card-note way-limit">${done >= times ? check : nothing}<span>${rich(text)}</span></p>`;
}

/** How points come together, and how much of it is done. */
export function earn(view: MemberView): unknown {
  const { words, data } = view;
  const list = html`<ul class="ways">
    ${data.ways.map(
      (way) =>
        html`<li class="way">
          <p class="way-name"><bdi>${way.name}</bdi></p>
          <p class="way-gain">${rich(gainOf(way, words))}</p>
          ${limitOf(way, words)}
        </li>`,
    )}
  </ul>`;
  return section(view, 'earn', words.say('earn'), data.ways.length > 0 ? list : empty(words.say('noWays')));
}
