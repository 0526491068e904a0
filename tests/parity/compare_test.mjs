// The comparison must notice what differs: a core that answers wrongly in one place, place by place.
import assert from 'node:assert/strict';
import test from 'node:test';

import { compareLines, Comparison, difference } from './compare.mjs';

const quote = {
  subtotal: 500, itemsDiscount: 0, itemsNet: 500, shipping: 0, shippingDiscount: 0, tax: 0, fees: 0, total: 500,
  walletPaid: 0, payable: 500, lines: [{ id: 'a', net: 500 }],
  rejected: [{ id: 'c', source: 'coupon', code: 'COUPON_USED', actual: 'APPLIED' }],
  points: { spent: 0, earned: 5, availableAfter: 5 },
};
const withoutFacts = [{ id: 'c', source: 'coupon', code: 'COUPON_USED' }];
const sums = {
  ...Object.fromEntries(Object.entries(quote).filter(([, value]) => typeof value === 'number')),
  pointsSpent: 0, pointsEarned: 5, availableAfter: 5,
};
const offers = [{ id: 'r', saves: 1 }];
const explain = [{ step: 'total', amount: 500 }];
const answer = JSON.stringify({ ok: true, value: { ...quote, digest: 'd' } });
const refusal = { ok: false, error: { code: 'WRONG_TYPE', path: '/cart', message: 'No.' } };
const request = { cart: { lines: [{ id: 'a', unitPrice: 250, quantity: 2 }] }, now: '2025-03-01T00:00:00Z' };
const line = JSON.stringify({
  name: 'one',
  catalog: {},
  request,
  answer,
  whole: JSON.stringify({ ok: true, value: { ...quote, explain, offers, nearMisses: [] } }),
  best: JSON.stringify({ ok: true, value: { bound: 0, quote } }),
});
const refused = JSON.stringify({ name: 'bad', catalog: {}, request, answer: JSON.stringify(refusal) });

/** A core that gives these answers, but for what `wrong` replaces. */
function coreWith(wrong, isComplete = true) {
  const checkout = {
    answerText: async () => answer,
    quote: () => (isComplete ? { ...quote, offers, nearMisses: [] } : { ...quote, rejected: withoutFacts, offers }),
    explain: async () => ({ ...quote, explain }),
    preview: () => sums,
    optimize: async () => ({ bound: 0, quote }),
    setQuantity() {},
    setNow() {},
    setPoints() {},
    ...wrong,
  };
  return { isComplete, open: () => ({ ok: true, value: { prepare: () => ({ ok: true, value: checkout }), close() {} } }) };
}

const compared = (core, text = line) => compareLines(text, [{ comparison: new Comparison('tested', core), every: 1 }]);

test('nothing is found where everything is the same', async () => {
  assert.equal(await compared(coreWith({})), null);
  assert.equal(await compared(coreWith({}, false)), null);
});

const wrongs = {
  'the text': { answerText: async () => answer.replace('500', '501') },
  'a line of the quote': { quote: () => ({ ...quote, lines: [{ id: 'a', net: 499 }], offers, nearMisses: [] }) },
  'a member too many': { quote: () => ({ ...quote, extra: 1, offers, nearMisses: [] }) },
  'an offer': { quote: () => ({ ...quote, offers: [], nearMisses: [] }) },
  'a sum': { preview: () => ({ ...sums, pointsEarned: 6 }) },
  'a step': { explain: async () => ({ ...quote, explain: [] }) },
  'the best combination': { optimize: async () => ({ bound: 1, quote }) },
  'an exception': { preview: () => { throw new Error('trap'); } },
};
for (const [what, wrong] of Object.entries(wrongs)) {
  test(`${what} is noticed`, async () => {
    const found = await compared(coreWith(wrong));
    assert.equal(found?.name, 'one');
    assert.equal(found.build, 'tested');
    assert.equal(found.line, line);
  });
}

test('a refusal is compared by code, path and sentence, of a preview by code alone', async () => {
  const refusing = (error, isComplete) => ({ isComplete, open: () => ({ ok: false, error }) });
  assert.equal(await compared(refusing(refusal.error, true), refused), null);
  assert.notEqual(await compared(refusing({ ...refusal.error, path: '' }, true), refused), null);
  assert.notEqual(await compared(refusing({ ...refusal.error, message: '' }, true), refused), null);
  assert.equal(await compared(refusing({ ...refusal.error, path: '' }, false), refused), null);
  assert.notEqual(await compared(refusing({ ...refusal.error, code: 'TOO_DEEP' }, false), refused), null);
});

test('what one accepts and the other refuses differs', async () => {
  assert.notEqual(await compared(coreWith({}), refused), null);
  assert.notEqual(await compared({ isComplete: true, open: () => refusal }), null);
});

test('a preview is compared on everything but the facts of rejections', async () => {
  const preview = (quoted) => compared(coreWith({ quote: () => quoted }, false));
  const right = { ...quote, rejected: withoutFacts, offers };
  assert.equal(await preview(right), null);
  assert.notEqual(await preview({ ...right, rejected: [{ ...withoutFacts[0], code: 'EXPIRED' }] }), null);
  assert.notEqual(await preview({ ...right, lines: [] }), null);
  assert.notEqual(await preview({ ...right, offers: [] }), null);
});

test('a difference names the first place', () => {
  assert.deepEqual(difference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] }), { path: '/a/1/b', expected: 2, got: 3 });
  assert.equal(difference({ a: null, b: [] }, { b: [], a: null }), null);
  assert.notEqual(difference({ a: [] }, { a: {} }), null);
});
