import { describe, expect, test } from 'vitest';
import { newCodes } from '../../../console/src/screens/promotions/codes.js';
import { lineOf, placeOf, scanJson } from '../../../console/src/screens/promotions/json-places.js';
import type { Promotion, PromotionDocument } from '../../../console/src/screens/promotions/model.js';
import { summaryOf, type SummaryWords, usageWords } from '../../../console/src/rules/promotion-summary.js';
import { faultsOfPromotion, fieldOfPromotion, type Frame, newPromotion } from '../../../console/src/screens/promotions/fields.js';
import { changeOfPromotion, documentOfValues, isCovered, valuesOfPromotion } from '../../../console/src/screens/promotions/form-document.js';
import { loadCore } from '../../../src/core/index.js';
import type { Effect } from '../../../src/documents/index.js';
import { stars, threeTiers } from './rules-program.js';

const words: SummaryWords = { money: stars.money, date: stars.date, dateTime: stars.dateTime, timeZone: stars.timeZone, tiers: new Map([['s', 'Silver'], ['g', 'Gold']]) };
const frame: Frame = { currency: 'USD', timeZone: 'America/New_York', tiers: threeTiers };
const sentenceOf = (effect: Effect, more: Partial<PromotionDocument> = {}) => summaryOf({ trigger: 'automatic', effects: [effect], ...more }, words);

describe('a promotion in a sentence', () => {
  test('says what is given, from what, until when and how often', () => {
    expect(
      sentenceOf(
        { kind: 'percent', ratePpm: 100_000, target: 'lines', scope: { include: ['stores/collection:shoes'] } },
        { conditions: { minSubtotal: 5_000, endsAt: '2027-01-01T05:00:00Z' }, limits: { usesLeftForCustomer: 1 } },
      ),
    ).toBe('10% off shoes from $50.00, until Dec 31, one use per member');
  });

  test.each<readonly [Effect, string]>([
    [{ kind: 'percent', ratePpm: 125_000 }, '12.5% off the order'],
    [{ kind: 'percent', ratePpm: 500_000, target: 'lines', apply: 'cheapestUnit' }, '50% off the cheapest item'],
    [{ kind: 'percent', ratePpm: 100_000, maxDiscount: 2_000, excludeDiscounted: true }, '10% off the order (at most $20.00, not on goods that are reduced already)'],
    [{ kind: 'percent', ratePpm: 100_000, target: 'lines', scope: { include: ['a', 'b'], exclude: ['sale'], minUnitPrice: 1_000 } }, '10% off a and b that cost $10.00 or more but not sale'],
    [{ kind: 'tieredPercent', by: 'subtotal', steps: [{ from: 5_000, ratePpm: 50_000 }, { from: 10_000, ratePpm: 100_000 }] }, '5% from $50.00 and 10% from $100.00 off the order'],
    [{ kind: 'tieredPercent', by: 'quantity', steps: [{ from: 3, ratePpm: 50_000 }], target: 'lines' }, '5% from 3 items off all items'],
    [{ kind: 'fixedAmount', amount: 500 }, '$5.00 off the order'],
    [{ kind: 'fixedAmount', amount: 500, target: 'lines', apply: 'eachUnit', scope: { include: ['mugs'] } }, '$5.00 off each item of mugs'],
    [{ kind: 'fixedPrice', amount: 1_999, target: 'lines', apply: 'eachUnit', scope: { include: ['mugs'] } }, 'Mugs for $19.99 each'],
    [{ kind: 'fixedPrice', amount: 2_000, groupSize: 3, target: 'lines', scope: { include: ['mugs'] } }, 'Every 3 mugs for $20.00'],
    [{ kind: 'freeShipping' }, 'Free shipping'],
    [{ kind: 'freeShipping', scope: { include: ['express'] } }, 'Free shipping by express'],
    [{ kind: 'buyXGetY', buy: 2, get: 1 }, 'Buy 2 items, get 1 more free'],
    [{ kind: 'buyXGetY', buy: 1, get: 1, ratePpm: 500_000, buyScope: { include: ['coat'] }, getScope: { include: ['hat'] }, repeat: false }, 'Buy 1 coat, get 1 of hat at 50% off, once an order'],
    [{ kind: 'buyXGetY', buy: 2, get: 1, amountOff: 300 }, 'Buy 2 items, get 1 more with $3.00 off each'],
    [{ kind: 'freeItem', productId: 'mug', quantity: 2, unitPrice: 900, perUnits: { scope: { include: ['coffee'] }, every: 4 } }, '2 × mug as a gift (worth $9.00 each) for every 4 coffee'],
  ])('names the effect %j', (effect, said) => {
    expect(sentenceOf(effect)).toBe(said);
  });

  test('does not name the goods again where the minimum is one of them', () => {
    const scope = { include: ['shoes'] };
    const off: Effect = { kind: 'percent', ratePpm: 100_000, target: 'lines', scope };
    expect(sentenceOf(off, { conditions: { minSubtotalOf: { scope, amount: 4_000 } } })).toBe('10% off shoes from $40.00 of them');
    expect(sentenceOf(off, { conditions: { minSubtotalOf: { scope: { include: ['hats'] }, amount: 4_000 } } })).toBe('10% off shoes with hats for at least $40.00');
  });

  test('names codes, tiers, times that are no midnight, and what stands alone', () => {
    expect(
      summaryOf(
        {
          trigger: 'code', codes: ['SAVE'], exclusive: true, effects: [{ kind: 'freeShipping' }, { kind: 'fixedAmount', amount: 100 }],
          conditions: { tierIds: ['s', 'gone'], orderNumber: 1, startsAt: '2026-06-01T13:30:00Z', minQuantity: 2, minSubtotalOf: { scope: { include: ['shoes'] }, amount: 100 } },
          limits: { usesLeft: 1_000, budgetLeft: 50_000 },
        },
        words,
      ),
    ).toBe(
      'With the code SAVE: free shipping, and $1.00 off the order with shoes for at least $1.00 from 2 items, for Silver and a tier that is gone members, on the 1st order, from Jun 1, 09:30, 1,000 uses in all, until $500.00 are given away, not together with others',
    );
    expect(summaryOf({ trigger: 'code', codes: ['A', 'B'], effects: [] }, words)).toBe('With one of 2 codes: nothing yet');
  });
});

const entity = (document: PromotionDocument): Promotion => ({ id: 'p', revision: '5', active: true, ...document });

test('how often a promotion was used is said with what it may be', () => {
  expect(usageWords({ times: 0, amountMinor: 0 }, 5, words)).toBe('Not used yet');
  expect(usageWords({ times: 1, amountMinor: 500 }, undefined, words)).toBe('Used 1 time, $5.00 taken off');
  expect(usageWords({ times: 1_037, amountMinor: 518_500 }, 2_000, words)).toBe('Used 1,037 of 2,000 times, $5,185.00 taken off');
});

describe('the form of a promotion', () => {
  const kinds: readonly PromotionDocument[] = [
    { name: 'Ten', trigger: 'automatic', priority: 3, exclusive: true, conditions: { minSubtotal: 5_000, tierIds: ['s'], startsAt: '2026-12-01T05:00:00Z' }, effects: [{ kind: 'percent', ratePpm: 100_000, maxDiscount: 900 }] },
    { name: 'Off', trigger: 'code', codes: ['A', 'B'], limits: { usesLeft: 5, usesLeftForCustomer: 1, budgetLeft: 10_000 }, effects: [{ kind: 'fixedAmount', amount: 500, target: 'lines', scope: { include: ['x', 'y'], exclude: ['z'] } }] },
    { name: 'Socks', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 2, get: 1, scope: { include: ['socks'] } }] },
    { name: 'Hat', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 1, get: 1, ratePpm: 500_000, buyScope: { include: ['coat'] }, getScope: { include: ['hat'] } }] },
    { name: 'Gift', trigger: 'automatic', conditions: { membersOnly: true, orderNumber: 1, minQuantity: 2 }, effects: [{ kind: 'freeItem', productId: 'mug', quantity: 1, unitPrice: 900 }] },
    { name: 'Third', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 2, get: 1, ratePpm: 500_000, buyScope: { include: ['coffee'] } }] },
    { name: 'Of shoes', trigger: 'automatic', conditions: { minSubtotalOf: { scope: { include: ['shoes'] }, amount: 4_000 } }, effects: [{ kind: 'percent', ratePpm: 1, target: 'lines', scope: { include: ['shoes'] } }] },
    { name: 'Standard', trigger: 'automatic', effects: [{ kind: 'freeShipping', target: 'shipping', scope: { include: ['standard'] } }] },
    { name: 'Ship', trigger: 'automatic', conditions: { endsAt: '2027-01-01T05:00:00.000Z' }, effects: [{ kind: 'freeShipping' }] },
  ];

  test.each(kinds)('shows and gives back all of $name', async (document) => {
    expect(isCovered(frame, entity(document))).toBe(true);
    const values = valuesOfPromotion(frame, entity(document));
    expect(Object.values(faultsOfPromotion(frame, values)).filter(Boolean)).toEqual([]);
    const made = documentOfValues(frame, values);
    expect(summaryOf(made, words)).toBe(summaryOf(document, words));
    const opened = (await loadCore()).open({ version: '1', currency: 'USD', program: { status: 'DRAFT' }, tiers: [{ id: 's', requiredPoints: 1 }], promotions: [{ id: 'p', ...made } as never] });
    expect(opened.ok ? null : opened.error).toBeNull();
  });

  test.each<readonly [string, PromotionDocument]>([
    ['two effects', { name: 'x', trigger: 'automatic', effects: [{ kind: 'freeShipping' }, { kind: 'freeShipping' }] }],
    ['an effect of its own', { name: 'x', trigger: 'automatic', effects: [{ kind: 'fixedPrice', amount: 5 }] }],
    ['a way to apply', { name: 'x', trigger: 'automatic', effects: [{ kind: 'percent', ratePpm: 1, target: 'lines', apply: 'eachUnit' }] }],
    ['a lane', { name: 'x', trigger: 'automatic', lane: 'points', effects: [{ kind: 'freeShipping' }] }],
    ['another condition', { name: 'x', trigger: 'automatic', conditions: { containsTags: ['a'] }, effects: [{ kind: 'freeShipping' }] }],
    ['a minimum of other goods', { name: 'x', trigger: 'automatic', conditions: { minSubtotalOf: { scope: { include: ['hats'] }, amount: 1 } }, effects: [{ kind: 'percent', ratePpm: 1, target: 'lines', scope: { include: ['shoes'] } }] }],
    ['two minimums', { name: 'x', trigger: 'automatic', conditions: { minSubtotal: 5, minSubtotalOf: { scope: { include: ['a'] }, amount: 1 } }, effects: [{ kind: 'percent', ratePpm: 1, target: 'lines', scope: { include: ['a'] } }] }],
    ['ways of shipping that are left out', { name: 'x', trigger: 'automatic', effects: [{ kind: 'freeShipping', scope: { exclude: ['express'] } }] }],
    ['three scopes', { name: 'x', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 1, get: 1, scope: { include: ['a'] }, buyScope: { include: ['b'] }, getScope: { include: ['c'] } }] }],
    ['two scopes', { name: 'x', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 1, get: 1, scope: { include: ['a'] }, buyScope: { include: ['b'] } }] }],
    ['the second order', { name: 'x', trigger: 'automatic', conditions: { orderNumber: 2 }, effects: [{ kind: 'freeShipping' }] }],
    ['once an order', { name: 'x', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 1, get: 1, repeat: false }] }],
    ['seconds', { name: 'x', trigger: 'automatic', conditions: { endsAt: '2027-01-01T05:00:01Z' }, effects: [{ kind: 'freeShipping' }] }],
    ['a tier that is gone', { name: 'x', trigger: 'automatic', conditions: { tierIds: ['gone'] }, effects: [{ kind: 'freeShipping' }] }],
    ['money off what is given', { name: 'x', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 1, get: 1, amountOff: 5 }] }],
  ])('leaves %s to the document', (_, document) => {
    expect(isCovered(frame, entity(document))).toBe(false);
  });

  test('does not stumble over what is so anyway', () => {
    expect(isCovered(frame, entity({ name: 'x', trigger: 'automatic', priority: 0, exclusive: false, conditions: {}, effects: [{ kind: 'percent', ratePpm: 1, target: 'order', apply: 'across' }] }))).toBe(true);
  });

  test('says what is wrong beside the field', () => {
    const values = { ...newPromotion(frame, 'percent'), isByCode: true, percent: '101', startsAt: '2026-05-02T10:00', endsAt: '2026-05-01T10:00', tags: 'x'.repeat(129), minSubtotal: '1.234', priority: 'high' };
    expect(faultsOfPromotion(frame, values)).toMatchObject({
      name: 'Enter a name.', codes: 'Enter at least one code.', percent: 'Enter a percentage above 0 and up to 100.', endsAt: 'Enter a time after the beginning.',
      tags: 'Use tags of at most 128 bytes each.', minSubtotal: 'Enter an amount in USD, such as 12.50.', priority: 'Enter a whole number, such as 100.',
    });
    expect(fieldOfPromotion('promotion.effects[0].ratePpm', values)).toBe('percent');
    expect(fieldOfPromotion('promotion.codes[3]', values)).toBe('codes');
    expect(fieldOfPromotion('promotion.conditions.minSubtotal', values)).toBe('minSubtotal');
    expect(fieldOfPromotion('promotion.lane', values)).toBeUndefined();
  });

  test('replaces the whole promotion on its revision', () => {
    const document: PromotionDocument = { name: 'Ship', trigger: 'automatic', effects: [{ kind: 'freeShipping' }] };
    expect(changeOfPromotion(document, false, entity(document))).toMatchObject({ operation: 'promotions.replace', request: { promotion: { id: 'p', revision: '5', active: false, ...document } }, subject: 'promotion:p' });
    expect(changeOfPromotion(document, true, null)).toMatchObject({ operation: 'promotions.create', request: { promotion: { active: true, ...document } } });
  });
});

describe('a document as text', () => {
  const text = '{\n  "name": "a \\"b\\"",\n  "effects": [\n    { "kind": "percent",\n      "ratePpm": 10.5 }\n  ]\n}';

  test('tells where a path of the server stands, or what it would stand in', () => {
    const scanned = scanJson(text);
    const line = (path: string) => (scanned.ok ? lineOf(text, placeOf(scanned.places, path)) : 0);
    expect(['effects[0].ratePpm', 'effects[0].kind', 'effects[0].amount', 'effects[7]', 'name', 'conditions.foo', ''].map(line)).toEqual([5, 4, 4, 3, 2, 1, 1]);
  });

  test('tells where it goes wrong, just where JSON does', () => {
    const broken = ['{', '{"a" 1}', '{"a": 1,}', '[1, 2', '{"a": 01}', '{"a": truth}', '"a', '1 2', '', '{a: 1}', '{"a": "\u0001"}', '[1.]', '+1', '{"a":1}}'];
    for (const one of broken) {
      expect(() => JSON.parse(one) as unknown).toThrow();
      expect(scanJson(one).ok).toBe(false);
    }
    for (const one of ['{"a":[1,-2.5e+3,true,null,"\\u00e9"]}', ' [] ', '{}', '0', '"x"']) {
      expect(() => JSON.parse(one) as unknown).not.toThrow();
      expect(scanJson(one).ok).toBe(true);
    }
    expect(scanJson('{\n  "a": 1\n  "b": 2\n}')).toEqual({ ok: false, at: 13, expected: ', or }' });
    expect(scanJson('['.repeat(1_000)).ok).toBe(false);
  });
});

test('new codes are hard to guess and not those that there are', () => {
  const codes = newCodes(200, ['A']);
  expect(new Set(codes).size).toBe(200);
  expect(codes.every((code) => /^[2-9A-HJ-NP-Z]{10}$/.test(code))).toBe(true);
});
