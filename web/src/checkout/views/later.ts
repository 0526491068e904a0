import { html } from 'lit';
import type { Offer } from '../../documents/index.js';
import { fixText, reasonText, unlockText } from '../../text/reasons.js';
import { keyOf } from '../later-rows.js';
import { unlock } from './icons.js';
import { changing } from './text.js';
import type { View } from './view.js';

export { loadAllMessages } from '../../text/all-messages.js';
export { aboutTotal, onEntering } from '../announcer.js';
export { nameOfId } from '../choosing.js';
// Always fetched together: what both use is then one file.
export { Dealings } from '../dealings.js';
export { Hands } from '../hands.js';
export { applied } from './applied.js';
export { codeForm, enteredCodes } from './code-form.js';
export { laterStyles } from './later-styles.js';
export { notice } from './notice.js';
export { slider } from './slider.js';
export { summary } from './summary.js';

/** Why an offer cannot be used, or what to do about it, in a few words. */
export function whyNot(offer: Offer, { checkout, words, naming }: View): string {
  const coupon = checkout.account?.coupons?.find((owned) => owned.id === offer.id);
  const reason = checkout.reasons.get(keyOf(offer)) ?? {
    code: offer.code ?? '',
    ...(offer.code === 'EXPIRED' && coupon?.expiresAt !== undefined && { required: coupon.expiresAt }),
  };
  return fixText(reason, words) ?? reasonText(reason, words, naming);
}

/** What little is missing for more: the most worthwhile that can be put into words. */
function withinReach({ checkout, words }: View): string | null {
  for (const miss of checkout.misses) {
    const text = miss.saves > 0 ? unlockText(miss, checkout.nameOf(miss), words) : null;
    if (text !== null) {
      return text;
    }
  }
  return null;
}

/** A better combination, else what is nearly within reach; null where there is neither. */
export function betterTip(view: View): unknown {
  const { words, checkout } = view;
  if (view.hides('unlock') || view.fixed) {
    return null;
  }
  const { best } = checkout;
  if (best) {
    return html`<div class="tip best">
      <span class="tip-text">${changing(words.say('bestCombination', { total: words.money(best.quote.payable) }))}</span>
      <button type="button" class="small-button" @click=${() => checkout.takeBest()}>${words.say('use')}</button>
    </div>`;
  }
  const within = withinReach(view);
  return within === null
    ? null
    : html`<p part="unlock" class="tip unlock">${unlock}<span class="tip-text">${changing(within)}</span></p>`;
}
