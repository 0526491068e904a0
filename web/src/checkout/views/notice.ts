import { html, nothing } from 'lit';
import { fixText, knowsReason, reasonText } from '../../text/reasons.js';
import { suggestionsOf } from '../later-rows.js';
import type { Reconciliation } from '../state.js';
import { message } from './message.js';
import { savings } from './totals.js';
import { changing } from './text.js';
import type { View } from './view.js';

const button = (label: string, action: () => void, kind = 'link') =>
  html`<button type="button" class=${kind} @click=${action}>${changing(label)}</button>`;

/** What the same request may bring about a little later. */
const AGAIN: readonly string[] = ['NO_ANSWER', 'TEMPORARY'];

/** Why something cannot be, and what could be had instead. */
function rejected(view: View): unknown {
  const { words, checkout, on } = view;
  const notice = checkout.state.notice;
  if (notice?.kind !== 'rejected') {
    return nothing;
  }
  const other = suggestionsOf(checkout.offers).find((offer) => offer.id !== notice.reason.id && !checkout.chosen.some((choice) => (choice.reward ?? choice.coupon)?.id === offer.id));
  const suggestion =
    other && notice.at !== 'apply'
      ? button(words.say('tryInstead', { what: words.name(checkout.nameOf(other)) }), () =>
          other.source === 'reward' ? on.reward(other.id) : on.coupon(other.id),
        )
      : nothing;
  return message(
    'error',
    html`
      <p>${changing(noticeText(view))}</p>
      ${knowsReason(notice.reason.code) || notice.reason.code === 'CODE_EMPTY' ? nothing : html`<p class="small">${notice.reason.code}</p>`}
    `,
    notice.reason.code === 'SIGN_IN_REQUIRED'
      ? signIn(view)
      : notice.reason.code === 'OFFLINE'
        ? button(words.say('tryAgain'), on.retry)
        : AGAIN.includes(notice.reason.code)
          ? button(words.say('tryAgain'), () => void checkout.apply())
          : suggestion,
  );
}

function signIn(view: View): unknown {
  return html`<button type="button" class="link" @click=${view.on.signIn}>${view.words.say('signIn')}</button>`;
}

/** The words of the present notice, also for being announced. */
export function noticeText(view: View): string {
  const { words, checkout, naming, quote } = view;
  const notice = checkout.state.notice;
  switch (notice?.kind) {
    case 'rejected': {
      if (notice.reason.code === 'CODE_EMPTY') {
        return words.say('codeMissing');
      }
      const name = notice.reason.id === undefined || notice.at === 'code' ? null : naming.candidate(notice.reason.id);
      const why = reasonText(notice.reason, words, naming);
      const fix = why === words.say('reason_other') ? fixText(notice.reason, words) : null;
      return [name === null ? why : `${words.name(name)}: ${why}`, fix, words.say('totalUnchanged')].filter(Boolean).join(' ');
    }
    case 'replaced': {
      const by = words.name(notice.by);
      const other = new Intl.ListFormat(words.locale).format(notice.others.map(words.name));
      const what = words.say('replaced', { reward: by, other });
      return quote ? `${what} ${savings(quote, view)}` : what;
    }
    case 'stale-cart': {
      const counts = checkout.confirmed?.quote ?? quote;
      const amount = counts && (counts.itemsDiscount > 0 ? counts.itemsDiscount : counts.shippingDiscount);
      return amount ? words.say('staleCart', { off: words.off(amount) }) : words.say('staleCartNone');
    }
    case 'hold-expired':
      return notice.minutes === null
        ? words.say('holdEnded', { name: words.name(words.pointsName) })
        : words.say('holdExpired', { name: words.name(words.pointsName), minutes: words.minutes(notice.minutes) });
    case 'elsewhere':
      return [words.say('changedElsewhere'), checkout.confirmed ? savings(checkout.confirmed.quote, view) : words.say('nothingApplied')].join(' ');
    case 'reconciled': {
      const sums = { total: words.money(notice.now.total), before: words.money(notice.before) };
      return [
        words.say('priceUpdated') + '.',
        notice.open ? words.say('priceWouldBe', sums) : words.say('priceNow', sums),
        notice.why ? reasonText(notice.why, words, naming) : '',
      ]
        .filter(Boolean)
        .join(' ');
    }
    default:
      return '';
  }
}

function reconciled(view: View, { now }: Reconciliation): unknown {
  const { words, checkout } = view;
  const [first] = checkout.chosen.length > 0 ? now.discounts.filter((row) => row.source !== 'promotion') : [];
  return message(
    'warning',
    html`<p>${changing(noticeText(view))}</p>`,
    html`
      ${button(words.say('keepTotal', { total: words.money(now.total) }), () => checkout.keep())}
      ${first ? button(words.say('remove'), () => view.hands!.on.remove(first.id)) : nothing}
    `,
  );
}

/** The one thing that is to be told now, beside where it happened. */
export function notice(view: View): unknown {
  const { words, checkout, on } = view;
  const present = checkout.state.notice;
  if (checkout.state.completed) {
    return message('info', html`<p>${words.say('ordered')}</p>`);
  }
  switch (present?.kind) {
    case 'rejected':
      return present.at === 'code' ? nothing : rejected(view);
    case 'replaced':
      return message('info', html`<p>${changing(noticeText(view))}</p>`, button(words.say('undo'), () => checkout.undo()));
    case 'hold-expired':
    case 'stale-cart':
    case 'elsewhere':
      return message('info', html`<p>${changing(noticeText(view))}</p>`);
    case 'reconciled':
      return reconciled(view, present);
    default:
      return checkout.state.online
        ? nothing
        : message('info', html`<p>${words.say('offline')}</p>`, button(words.say('tryAgain'), on.retry));
  }
}

export const codeNotice = (view: View) => {
  const present = view.checkout.state.notice;
  return present?.kind === 'rejected' && present.at === 'code' ? rejected(view) : nothing;
};
