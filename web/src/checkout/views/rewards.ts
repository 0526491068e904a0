import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Offer } from '../../documents/index.js';
import { isShown, rateOf } from '../rows.js';
import { changing, rich } from './text.js';
import type { View } from './view.js';

function noteOf(offer: Offer, view: View): string {
  const { words, checkout } = view;
  if (!offer.usable) {
    return view.later?.whyNot(offer, view) ?? '';
  }
  const context = checkout.context;
  const reward = context?.catalog.rewards?.find((one) => one.id === offer.id);
  const rate = context && reward && rateOf(reward, context.catalog, context.account);
  const saves = offer.saves > 0 ? words.say(offer.steps ? 'savesUpTo' : 'saves', { amount: words.money(offer.saves) }) : '';
  return rate
    ? `${words.say('rate', { points: words.points(rate.points), amount: words.money(rate.amount) })}${saves && ` · ${saves}`}`
    : saves;
}

function row(offer: Offer, view: View, isChosen: boolean): unknown {
  const { words, on } = view;
  const disabled = view.fixed || !offer.usable;
  const name = view.checkout.nameOf(offer);
  return html`
    <label part="reward" class="row" ?data-checked=${isChosen} ?data-disabled=${disabled} ?data-unusable=${!offer.usable}>
      <input
        type="radio"
        name="reward"
        .value=${offer.id}
        .checked=${live(isChosen)}
        ?disabled=${disabled}
        @change=${() => on.reward(offer.id)}
      />
      <span class="row-main">
        <span class="row-name"
          ><bdi>${name}</bdi> ${offer.best && offer.usable ? html`<span part="best-badge" class="badge">${words.say('bestValue')}</span>` : nothing}</span
        >
        <span class="row-note">${changing(noteOf(offer, view))}</span>
      </span>
      ${offer.steps || offer.points === undefined
        ? nothing
        : html`<span part="reward-cost" class="cost">${rich(words.points(offer.points))}</span>`}
    </label>
    ${isChosen && offer.steps && !view.hides('slider') ? (view.later?.slider(offer, view) ?? nothing) : nothing}
  `;
}

export function rewards(view: View): unknown {
  const { words, checkout, on } = view;
  const offers = checkout.offers.filter((offer) => offer.source === 'reward' && isShown(offer));
  if (view.hides('rewards') || offers.length === 0) {
    return nothing;
  }
  const chosen = view.wish === undefined ? checkout.chosen.find((choice) => choice.reward)?.reward?.id : (view.wish ?? undefined);
  return html`
    <fieldset part="reward-list" class="list">
      <legend class="visually-hidden">${words.say('chooseReward')}</legend>
      <label part="reward" class="row row-none" ?data-checked=${chosen === undefined}>
        <input
          type="radio"
          name="reward"
          value=""
          .checked=${live(chosen === undefined)}
          ?disabled=${view.fixed}
          @change=${() => on.reward(null)}
        />
        <span class="row-main"><span class="row-name">${words.say('noReward')}</span></span>
      </label>
      ${offers.map((offer) => row(offer, view, offer.id === chosen))}
    </fieldset>
  `;
}
