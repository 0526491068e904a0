import { html, nothing } from 'lit';
import { tierPlace } from '../rows.js';
import { star } from './icons.js';
import { changing, rich } from './text.js';
import type { View } from './view.js';

/** The program's name, what the member has, and the way to the next tier. */
export function header(view: View): unknown {
  const { words, checkout } = view;
  const context = checkout.context;
  const program = context?.catalog.program.name;
  const account = checkout.account;
  const tier = context && !view.hides('tiers') ? tierPlace(context.catalog, context.account) : null;
  const tierName = tier?.current && words.name(view.naming.tier(tier.current.id));
  return html`
    <header class="head">
      <span class="mark"><slot name="icon">${star}</slot></span>
      <div class="head-text">
        <slot name="heading">
          <div part="heading" class="title" role="heading" aria-level=${view.headingLevel}>
            <bdi>${program ?? words.say('title')}</bdi>
          </div>
        </slot>
        ${account
          ? html`<div part="balance" class="balance">
              <span class="visually-hidden">${words.say('balance')}: </span>${changing(words.points(account.available))}
            </div>`
          : nothing}
      </div>
      ${tierName ? html`<span part="tier" class="tier-badge">${rich(tierName)}</span>` : nothing}
    </header>
    ${tier?.next ? track(view, tier.points, tier.next) : nothing}
  `;
}

function track(view: View, points: number, next: { readonly id: string; readonly requiredPoints: number }): unknown {
  const { words, naming } = view;
  const text = words.say('tierProgress', {
    have: words.number(points),
    need: words.points(next.requiredPoints),
    tier: words.name(naming.tier(next.id)),
  });
  return html`
    <div class="tier">
      <progress part="tier-track" class="track" max=${next.requiredPoints} .value=${points} aria-labelledby="tier-text"></progress>
      <span id="tier-text" class="tier-text">${changing(text)}</span>
    </div>
  `;
}
