import type { Message } from '../messages.js';

/** What is only said where a store holds what was applied, and so may say something of its own. */
export const enStore = {
  wait: 'Wait',
  updating: 'Updating…',
  holdEnded: 'Your held {name} were returned. Apply again?',
  changedElsewhere: 'Your rewards were changed on another page.',
  nothingApplied: 'Nothing is applied now.',
  staysApplied: '{what} stays applied until you apply this.',
  priceWouldBe: 'Your total would be {total}; we showed {before}. Nothing is applied yet.',
  ordered: 'Your order is placed.',
  reason_NO_ANSWER: 'The answer of the store did not arrive. Try again: it is applied at most once.',
  reason_RATE_LIMITED: 'Too many tries. Wait {time} and try again.',
  reason_TEMPORARY: 'The store cannot answer right now. Try again in a moment.',
  reason_CHECKOUT_COMPLETED: 'This order was placed already.',
  reason_CHECKOUT_NOT_FOUND: 'The store no longer has this checkout. Reload the page.',
} as const satisfies { readonly [key: string]: Message };
