import { html, nothing } from 'lit';
import type { SectionName } from '../types.js';
import type { View } from './view.js';

const bones = (count: number, kind: string) => Array.from({ length: count }, () => html`<div class="bone ${kind}"></div>`);

/** About as high as what will come, section by section. */
const SHAPES: { readonly [name in SectionName]: () => unknown } = {
  balance: () => html`<div class="tiles">${bones(3, 'bone-tile')}</div>`,
  tiers: () => bones(1, 'bone-ladder'),
  rewards: () => html`<div class="cards">${bones(6, 'bone-card')}</div>`,
  coupons: () => bones(2, 'bone-ticket'),
  earn: () => html`<div class="ways">${bones(3, 'bone-way')}</div>`,
  history: () => bones(8, 'bone-line'),
};

export function skeleton(view: View): unknown {
  const { words, sections, member } = view;
  return html`
    <p class="loading-text">${member.isSlow ? words.say('stillLoading') : nothing}</p>
    ${sections.map((name) => html`<div class="section" aria-hidden="true"><div class="bone bone-heading"></div>${SHAPES[name]()}</div>`)}
  `;
}
