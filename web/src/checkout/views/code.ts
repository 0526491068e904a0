import { html, nothing } from 'lit';
import { check, chevron, tag } from './icons.js';
import { changing } from './text.js';
import type { View } from './view.js';

/** Coupons that the member owns. */
export function wallet(view: View): unknown {
  const { words, checkout, on } = view;
  const offers = checkout.offers.filter((offer) => offer.source === 'coupon');
  if (view.couponHidden || offers.length === 0) {
    return nothing;
  }
  const owned = new Map((checkout.account?.coupons ?? []).map((coupon) => [coupon.id, coupon]));
  const usableFirst = [...offers].sort((one, other) => Number(other.usable) - Number(one.usable));
  return html`
    <div class="wallet">
      <div class="small-title" role="heading" aria-level=${Math.min(view.headingLevel + 1, 6)}>${words.say('wallets')}</div>
      <ul class="wallet-list">
        ${usableFirst.map((offer) => {
          const coupon = owned.get(offer.id);
          const name = checkout.nameOf(offer);
          const isChosen = checkout.chosen.some((choice) => choice.coupon?.id === offer.id);
          const note = offer.usable
            ? [
                offer.saves > 0 ? words.say('saves', { amount: words.money(offer.saves) }) : '',
                coupon?.expiresAt === undefined ? '' : words.say('until', { date: words.day(coupon.expiresAt) }),
              ]
                .filter(Boolean)
                .join(', ')
            : (view.later?.whyNot(offer, view) ?? '');
          return html`
            <li class="coupon-row" ?data-checked=${isChosen} ?data-disabled=${!offer.usable} ?data-unusable=${!offer.usable}>
              ${isChosen ? check : tag}
              <span class="row-main">
                <span class="row-name"><bdi>${name}</bdi></span>
                <span class="row-note">${changing(note)}</span>
              </span>
              ${!offer.usable || view.fixed
                ? nothing
                : isChosen
                  ? html`<button type="button" class="link" @click=${() => view.hands?.on.remove(offer.id)} aria-label=${`${words.say('remove')}: ${name}`}>
                      ${words.say('remove')}
                    </button>`
                  : html`<button type="button" class="small-button" @click=${() => on.coupon(offer.id)} aria-label=${`${words.say('use')}: ${name}`}>
                      ${words.say('use')}
                    </button>`}
            </li>
          `;
        })}
      </ul>
    </div>
  `;
}

/** The way to the code field. The field itself comes with what is fetched later. */
export function codeEntry(view: View): unknown {
  if (view.couponHidden || view.hides('coupon')) {
    return nothing;
  }
  return html`
    <section part="coupon" class="coupon">
      ${view.later?.enteredCodes(view) ?? nothing}
      <button type="button" class="disclosure" aria-expanded=${view.couponOpen} aria-controls="code-form" @click=${view.on.toggleCode}>
        ${view.words.say('haveCode')}${chevron}
      </button>
      <div id="code-form" ?hidden=${!view.couponOpen}>${view.couponOpen ? (view.later?.codeForm(view) ?? nothing) : nothing}</div>
    </section>
  `;
}
