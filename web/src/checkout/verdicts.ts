import type { Quote } from '../documents/index.js';
import type { Reason } from '../text/reasons.js';
import type { Desk } from './desk.js';
import { refusal } from './outcome.js';
import { suggestionsOf } from './later-rows.js';
import type { Result } from './types.js';

/** Whether two quotes come to the same for the shopper: what is paid, what comes off, and what it costs in points. */
export function sameOutcome(one: Quote, other: Quote): boolean {
  const sums = ['total', 'payable', 'itemsDiscount', 'shippingDiscount'] as const;
  return sums.every((name) => one[name] === other[name]) && one.points.spent === other.points.spent;
}

/** What a thrown value says about an answer. Pages may throw a business outcome; a lost connection is one. */
export function failureOf(cause: unknown, desk: Desk): Result<never> & { readonly ok: false } {
  const known = cause as { readonly reason?: unknown; readonly code?: unknown; readonly params?: Reason; readonly retryable?: boolean } | null;
  const code = typeof known?.reason === 'string' ? known.reason : typeof known?.code === 'string' ? known.code : null;
  if (code !== null) {
    return refusal(code, known?.params ?? { code }, known?.retryable ?? false);
  }
  if (cause instanceof TypeError) {
    return refusal('OFFLINE', { code: 'OFFLINE' }, true);
  }
  desk.fail('APPLY_FAILED', cause);
  return refusal('APPLY_FAILED', { code: 'APPLY_FAILED' }, true);
}

/** Tells the page of a "no", with what the shopper could use instead. */
export function tellRejected(desk: Desk, reason: Reason, retryable: boolean): void {
  desk.host.emit('loyalty-rejected', {
    reason: reason.code,
    params: reason,
    retryable,
    suggestions: suggestionsOf(desk.checkout.offers).map(({ id, source, saves }) => ({ id, source, saves })),
  });
}
