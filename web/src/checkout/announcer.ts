import { withoutIsolates } from '../text/format.js';
import type { StateName } from './state.js';
import { noticeText } from './views/notice.js';
import { savings } from './views/totals.js';
import type { View } from './views/view.js';

export interface Announcement {
  readonly text: string;
  readonly urgent: boolean;
}

const polite = (text: string): Announcement => ({ text: withoutIsolates(text), urgent: false });
const urgent = (text: string): Announcement => ({ text: withoutIsolates(text), urgent: true });

/** What is said aloud on entering a state; nothing where silence is better. */
export function onEntering(state: StateName, from: StateName, view: View): Announcement | null {
  const { words, checkout } = view;
  switch (state) {
    case 'locked':
      return polite(words.say('locked', { name: words.pointsName }));
    case 'applying':
      return polite(words.say('applying', { what: '' }).replace(/\s+…/, '…'));
    case 'removing':
      return polite(words.say('removing'));
    case 'slow':
      return polite(words.say('slow'));
    case 'offline':
      return polite(words.say('offline'));
    case 'applied': {
      const quote = checkout.confirmed?.quote;
      return quote ? polite(`${words.say('applied')}. ${savings(quote, view)} ${words.say('totalIs', { total: words.money(quote.total) })}`) : null;
    }
    case 'rejected':
    case 'reconciled':
      return urgent(noticeText(view));
    case 'replaced':
    case 'hold-expired':
    case 'stale-cart':
    case 'elsewhere':
      return polite(noticeText(view));
    case 'completed':
      return polite(words.say('ordered'));
    default:
      return from === 'removing' && view.quote ? polite(words.say('totalIs', { total: words.money(view.quote.total) })) : null;
  }
}

/** The sentence about a changed preview, spoken after the shopper has come to rest. */
export function aboutTotal(view: View): Announcement | null {
  const { words, quote } = view;
  return quote ? polite(`${savings(quote, view)} ${words.say('totalIs', { total: words.money(quote.total) })} ${words.say('estimated')}.`) : null;
}
