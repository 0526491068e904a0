import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { alert, check } from '../../checkout/views/icons.js';
import { changing, rich } from '../../checkout/views/text.js';
import type { MemberReward } from '../../client/member.js';
import type { Step } from '../redeeming.js';
import { codeText } from './code.js';
import { locked } from './icons.js';
import { empty, section, segments } from './parts.js';
import type { MemberView } from './view.js';

/** What a reward gives beyond its name, as far as it can be said. */
function detailsOf({ words }: MemberView, reward: MemberReward): unknown {
  const { description, perCost, minimumSubtotalMinor } = reward;
  const rate = perCost && words.say('rate', { points: words.points(perCost.points), amount: words.money(perCost.amountMinor) });
  const minimum = minimumSubtotalMinor ? words.say('minimum', { amount: words.money(minimumSubtotalMinor) }) : undefined;
  return html`
    ${description ? html`<p class="card-note"><bdi>${description}</bdi></p>` : nothing}
    ${rate ? html`<p class="card-note">${rich(rate)}</p>` : nothing} ${minimum ? html`<p class="card-note">${rich(minimum)}</p>` : nothing}
  `;
}

function asking({ words, data, on }: MemberView, reward: MemberReward): unknown {
  const left = (data.account?.available ?? 0) - reward.cost;
  const question = words.say('confirm', { points: words.points(reward.cost), reward: words.name(reward.name), left: words.points(left) });
  return html`
    <div class="ask" role="group" aria-labelledby="question" @keydown=${(event: KeyboardEvent) => escapes(event, on.close)}>
      <p id="question">${rich(question)}</p>
      <div class="actions">
        <button type="button" id="confirm" class="primary" aria-describedby="question" @keydown=${noRepeat} @click=${(event: MouseEvent) => event.detail < 2 && on.redeem(reward)}>
          ${words.say('spendNow')}
        </button>
        <button type="button" class="secondary" @click=${on.close}>${words.say('cancel')}</button>
      </div>
    </div>
  `;
}

/** Keeps a key that is held down, or a double click, from answering the question that it has just opened. */
function noRepeat(event: KeyboardEvent): void {
  if (event.repeat && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault();
  }
}

function escapes(event: KeyboardEvent, close: () => void): void {
  if (event.key === 'Escape') {
    event.stopPropagation();
    close();
  }
}

function redeemed({ words, on, element }: MemberView, step: Step & { readonly name: 'done' }): unknown {
  const { redemption, left } = step;
  const { coupon } = redemption;
  const isReady = coupon.status === 'ACTIVE' && coupon.code !== '';
  return html`
    <div class="ask yours" id="redeemed" tabindex="-1">
      <p class="yours-title">${check}<strong>${words.say('redeemedTitle')}</strong></p>
      ${isReady ? codeText(coupon.code, `redeemed-${coupon.id}`) : html`<p>${words.say('preparingText')}</p>`}
      ${left === undefined ? nothing : html`<p class="small">${rich(words.say('redeemedText', { points: words.points(coupon.points), left: words.points(left) }))}</p>`}
      <div class="actions">
        ${isReady
          ? html`<button type="button" part="copy-button" id="copy-redeemed" class="primary" @click=${() => on.copy(coupon)}>${words.say('copy')}</button>
              ${element.checkoutUrl === null ? nothing : html`<button type="button" class="secondary" @click=${() => on.use(coupon)}>${words.say('useNow')}</button>`}`
          : nothing}
        <button type="button" class="link" @click=${on.close}>${words.say('done')}</button>
      </div>
    </div>
  `;
}

/** Why it was not redeemed, and what became of the points. */
export function failureText({ words }: Pick<MemberView, 'words'>, step: Step & { readonly name: 'failed' }): string {
  if (step.isUnknown) {
    return words.say('unknownOutcome');
  }
  const fate = step.returned === undefined ? words.say('nothingSpent') : words.say('returned', { points: words.points(step.returned) });
  return `${words.reason(step.reason)} ${fate}`;
}

function failed(view: MemberView, reward: MemberReward, step: Step & { readonly name: 'failed' }): unknown {
  const { words, on } = view;
  return html`
    <div class="ask trouble" id="redeem-failed" tabindex="-1">
      <p class="trouble-text">${alert}<span>${rich(failureText(view, step))}</span></p>
      <div class="actions">
        <button type="button" class="secondary" @click=${() => on.redeem(reward)}>${words.say('tryAgain')}</button>
        <button type="button" class="link" @click=${on.close}>${words.say('cancel')}</button>
      </div>
    </div>
  `;
}

/** What can be done with a reward that nobody is redeeming. */
function offer(view: MemberView, reward: MemberReward): unknown {
  const { words, on, element, redeeming, isOnline, at } = view;
  if (reward.reason === 'AT_CHECKOUT') {
    return element.checkoutUrl === null
      ? html`<p class="card-state">${words.say('atCheckout')}</p>`
      : html`<p class="card-state">${words.say('atCheckout')}</p>
          <a class="link" href=${element.checkoutUrl}>${words.say('goToCheckout')} <span class="visually-hidden"><bdi>${reward.name}</bdi></span></a>`;
  }
  if (reward.redeemable && at !== 'inactive-paused') {
    return html`<button
      type="button"
      part="reward-button"
      class="secondary wide"
      id="redeem-${reward.id}"
      aria-disabled=${!isOnline || redeeming.isBusy}
      @click=${() => isOnline && on.ask(reward)}
    >
      ${words.say('redeem')} <span class="visually-hidden"><bdi>${reward.name}</bdi></span>
    </button>`;
  }
  return reward.missing > 0 && at !== 'inactive-paused' ? nothing : html`<p class="card-state">${locked}<span>${words.reason(at === 'inactive-paused' ? 'PROGRAM_PAUSED' : (reward.reason ?? 'other'))}</span></p>`;
}

function action(view: MemberView, reward: MemberReward): unknown {
  const step = view.redeeming.stepOf(reward);
  switch (step?.name) {
    case 'asking':
      return asking(view, reward);
    case 'busy':
      return html`<div class="ask" id="redeeming" tabindex="-1" aria-busy="true"><p>${view.words.say(step.isSlow ? 'redeemSlow' : 'redeeming')}</p></div>`;
    case 'done':
      return redeemed(view, step);
    case 'failed':
      return failed(view, reward, step);
    default:
      return offer(view, reward);
  }
}

function card(view: MemberView, reward: MemberReward): unknown {
  const { words, data, redeeming } = view;
  const { cost, missing, perCost } = reward;
  const needed = words.say('missing', { points: words.points(missing) });
  return html`
    <li part="reward-card" class="card" ?data-open=${redeeming.stepOf(reward) !== null} ?data-out-of-reach=${missing > 0}>
      <div class="card-head">
        <p class="card-name"><bdi>${reward.name}</bdi></p>
        ${perCost ? nothing : html`<p class="card-cost">${rich(words.points(cost))}</p>`}
      </div>
      ${detailsOf(view, reward)}
      ${missing > 0
        ? html`<div class="card-way">
            <progress class="track" max=${cost} .value=${data.account?.available ?? 0} aria-label=${needed}></progress>
            <p class="small">${changing(needed)}</p>
          </div>`
        : nothing}
      <div class="card-action">${action(view, reward)}</div>
    </li>
  `;
}

/** Where no reward can be afforded: which one is nearest. */
function nearest({ words }: MemberView, rewards: readonly MemberReward[]): unknown {
  const next = rewards.reduce<MemberReward | null>((least, one) => (one.missing > 0 && (!least || one.missing < least.missing) ? one : least), null);
  return next ? rich(words.say('noneAffordable', { reward: words.name(next.name), points: words.points(next.missing) })) : words.say('noRewards');
}

/** Everything that points can become. */
export function rewards(view: MemberView): unknown {
  const { words, data, rewardFilter, redeeming, on } = view;
  // What is being redeemed stays, though it can no longer be afforded afterwards.
  const shown = data.rewards.filter((one) => rewardFilter === 'all' || one.affordable || redeeming.stepOf(one) !== null);
  const filter =
    data.rewards.length === 0
      ? nothing
      : segments(words.say('show'), [['all', words.say('all')], ['affordable', words.say('affordable')]], rewardFilter, on.rewardFilter);
  const list = html`<ul class="cards">
    ${repeat(shown, ({ id }) => id, (reward) => card(view, reward))}
  </ul>`;
  return section(view, 'rewards', words.say('rewards'), shown.length === 0 ? empty(nearest(view, data.rewards)) : list, filter);
}
