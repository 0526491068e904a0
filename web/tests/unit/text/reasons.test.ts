import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withoutIsolates } from '../../../src/text/format.js';
import { fixText, knowsReason, reasonText, unlockText } from '../../../src/text/reasons.js';
import type { Reason } from '../../../src/text/reasons.js';
import { createWords, loadMessages } from '../../../src/text/words.js';

const schema = JSON.parse(readFileSync(new URL('../../../../core/json/schema/quote.schema.json', import.meta.url), 'utf8')) as {
  $defs: { rejectionCode: { enum: string[] } };
};
const codes = schema.$defs.rejectionCode.enum;
const naming = { tier: (id: string) => id[0]!.toUpperCase() + id.slice(1), candidate: (id: string) => (id === 'c1' ? '$5 off' : null) };
const words = createWords({ locale: 'en', messages: await loadMessages('en'), currency: 'USD', timeZone: 'UTC', pointName: { en: { one: 'Star', other: 'Stars' } } });
const plain = (text: string | null) => text && withoutIsolates(text).replace(/\u00a0/g, ' ');
const said = (reason: Reason) => plain(reasonText(reason, words, naming));
const shoes = { include: ['collection:shoes'] };

const full: { readonly [code: string]: Reason & { readonly says: string } } = Object.fromEntries(
  (
    [
      { code: 'INSUFFICIENT_POINTS', required: 3000, actual: 2480, missing: 520, fix: { kind: 'earnPoints', points: 520 }, says: 'More points are needed: 520 Stars' },
      { code: 'POINTS_BELOW_MINIMUM', required: 100, actual: 50, missing: 50, says: 'Use 100 Stars or more.' },
      { code: 'POINTS_OFF_STEP', required: 1200, actual: 1250, missing: 50, says: 'The nearest step is 1,200 Stars.' },
      { code: 'REWARD_NOT_AVAILABLE_FOR_TIER', required: ['gold'], missing: 520, fix: { kind: 'reachTier', tierId: 'gold' }, says: '520 Stars more to Gold' },
      { code: 'TIER_REQUIRED', required: ['silver', 'gold'], says: 'For members of Silver or Gold.' },
      { code: 'NOT_STARTED', required: '2025-12-01T00:00:00Z', says: 'Starts on Dec 1, 2025.' },
      { code: 'EXPIRED', required: '2025-10-31T00:00:00Z', says: 'Expired on Oct 31, 2025.' },
      {
        code: 'MINIMUM_SUBTOTAL_NOT_MET', required: 5000, actual: 4200, missing: 800, fix: { kind: 'addAmount', amount: 800, scope: shoes },
        says: 'Needs $50.00 of shoes. You have $42.00. Add $8.00 to use it.',
      },
      {
        code: 'MINIMUM_QUANTITY_NOT_MET', required: 3, actual: 1, missing: 2, fix: { kind: 'addQuantity', quantity: 2, scope: shoes },
        says: 'Quantity needed: 3 × shoes. You have 1.',
      },
      { code: 'SCOPE_NOT_IN_CART', required: shoes, says: 'Only for shoes; your cart has none.' },
      { code: 'ORDER_NUMBER_MISMATCH', required: 1, actual: 4, says: 'Only for order number 1.' },
      { code: 'NOT_COMBINABLE', actual: 'c1', says: 'Cannot be combined with $5 off.' },
      { code: 'CODE_NOT_FOUND', actual: 'NOPE', says: 'We do not know this code. Check the spelling and try again.' },
    ] as const
  ).map((one) => [one.code, one]),
);

describe('reasons', () => {
  it.each(Object.values(full))('$code', ({ says, ...reason }) => {
    expect(said(reason)?.replace(/, 20\d\d/, '')).toBe(says.replace(/, 20\d\d/, ''));
  });

  it.each(codes)('%s has words of its own, in every language, with and without parameters', async (code) => {
    expect(knowsReason(code)).toBe(true);
    const { says: _, ...known } = full[code] ?? { code, says: '' };
    expect(said(known)).not.toBe(words.say('reason_other'));
    for (const locale of ['en', 'de', 'pl', 'ar', 'ja']) {
      const local = createWords({ locale, messages: await loadMessages(locale), currency: 'USD' });
      for (const reason of [known, { code }]) {
        const text = reasonText(reason, local, naming);
        expect(text.trim()).not.toBe('');
        expect(text).not.toMatch(/[{}]|undefined|NaN|\[object/);
      }
    }
  });

  it.each(['CART_LOCKED', 'CART_EMPTY', 'NO_CONFIRMER', 'OFFLINE'])('%s of the page itself has words', (code) => {
    expect(said({ code })).not.toBe(words.say('reason_other'));
  });

  it('a code from a newer server is a generic sentence', () => {
    expect(said({ code: 'FROM_THE_FUTURE' })).toBe('This cannot be used right now.');
    expect(knowsReason('FROM_THE_FUTURE')).toBe(false);
  });
});

describe('what to do', () => {
  it.each([
    [{ kind: 'addAmount', amount: 505, scope: shoes }, 'Add $5.05 of shoes', 'Add $5.05 of shoes to unlock 10% off.'],
    [{ kind: 'addAmount', amount: 505 }, 'Add $5.05', 'Add $5.05 to unlock 10% off.'],
    [{ kind: 'addQuantity', quantity: 1 }, 'Add 1 more item', 'Add 1 more item to unlock 10% off.'],
    [{ kind: 'addQuantity', quantity: 2, scope: shoes }, 'Add 2 × shoes', 'Add 2 × shoes to unlock 10% off.'],
    [{ kind: 'earnPoints', points: 520 }, '520 Stars more needed', '520 Stars more needed to unlock 10% off.'],
  ] as const)('%j', (fix, short, sentence) => {
    expect(plain(fixText({ fix }, words))).toBe(short);
    expect(plain(unlockText({ fix }, '10% off', words))).toBe(sentence);
  });

  it('where there is nothing to do, nothing is said', () => {
    expect(fixText({ fix: { kind: 'signIn' } }, words)).toBeNull();
    expect(unlockText({}, 'x', words)).toBeNull();
  });
});
