import { html, nothing } from 'lit';
import { rateOf } from '../rows.js';
import { codeEntry, wallet } from './code.js';
import { header } from './header.js';
import { star } from './icons.js';
import { message } from './message.js';
import { rewards } from './rewards.js';
import { changing, rich } from './text.js';
import type { View } from './view.js';

/**
 * One line of news at the foot, there from the start: a better combination, else what is nearly within reach,
 * else what this order earns.
 */
function tip(view: View): unknown {
  const { words, quote } = view;
  if (!quote) {
    return nothing;
  }
  return (
    view.later?.betterTip(view) ??
    (view.hides('earn') || quote.points.earned === 0
      ? html`<p class="tip" aria-hidden="true"></p>`
      : html`<p class="tip">${star}<span class="tip-text">${changing(words.say('earns', { points: words.points(quote.points.earned) }))}</span></p>`)
  );
}

function guest(view: View): unknown {
  const { words, quote, on, checkout } = view;
  return html`
    ${header(view)}
    <slot name="guest">
      ${quote && quote.points.earned > 0 && !view.hides('earn')
        ? html`<p class="lead">${changing(words.say('guestEarn', { points: words.points(quote.points.earned) }))}</p>`
        : nothing}
      <p class="muted">${rich(words.say('guestUse', { name: words.name(words.pointsName) }))}</p>
      <div class="actions">
        <button type="button" class="primary" @click=${on.signIn}>${words.say('signIn')}</button>
        ${view.rewardsUrl ? html`<a class="text-button" href=${view.rewardsUrl}>${words.say('join')}</a>` : nothing}
      </div>
    </slot>
    ${view.later?.notice(view) ?? nothing}
    ${checkout.state.chosen && quote ? (view.later?.summary(view, quote) ?? nothing) : nothing}
    ${codeEntry(view)}
  `;
}

function memberEmpty(view: View): unknown {
  const { words, checkout } = view;
  const context = checkout.context;
  const rate = (context?.catalog.rewards ?? [])
    .map((reward) => (reward.active && context ? rateOf(reward, context.catalog, context.account) : null))
    .find((one) => one !== null);
  return html`
    ${rate ? html`<p class="muted">${rich(words.say('rate', { points: words.points(rate.points), amount: words.money(rate.amount) }))}</p>` : nothing}
    ${view.rewardsUrl ? html`<p><a class="text-button" href=${view.rewardsUrl}>${words.say('waysToEarn')}</a></p>` : nothing}
  `;
}

function member(view: View): unknown {
  const { at, checkout, quote, words } = view;
  const { state } = checkout;
  if (at === 'locked') {
    return html`${header(view)}${message('info', html`<p>${rich(words.say('locked', { name: words.name(words.pointsName) }))}</p>`)}`;
  }
  const showsApplied = state.completed || (state.applied && !state.changing);
  const showsSummary = !showsApplied && quote !== null && (state.chosen || state.request !== null);
  return html`
    ${header(view)}
    <slot name="intro"></slot>
    ${view.later?.notice(view) ?? nothing}
    ${showsApplied
      ? (view.later?.applied(view) ?? nothing)
      : html`
          ${state.hasOptions ? rewards(view) : memberEmpty(view)} ${wallet(view)} ${codeEntry(view)}
          ${showsSummary ? (view.later?.summary(view, quote) ?? nothing) : nothing}
        `}
    ${showsApplied ? nothing : tip(view)}
  `;
}

function paused(view: View): unknown {
  const { words, checkout } = view;
  const program = words.name(checkout.context?.catalog.program.name ?? words.say('title'));
  return html`${header(view)}
  ${message(
    'info',
    html`<p>
      ${changing(
        checkout.account
          ? words.say('paused', { program, points: words.points(checkout.account.available) })
          : words.say('reason_PROGRAM_NOT_ACTIVE'),
      )}
    </p>`,
  )}`;
}

/** Everything in the frame once all that it needs is there. */
export function panel(view: View): unknown {
  if (view.at === 'inactive-paused') {
    return paused(view);
  }
  return view.checkout.state.who === 'guest' ? guest(view) : member(view);
}
