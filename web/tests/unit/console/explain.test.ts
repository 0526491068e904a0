import { describe, expect, it } from 'vitest';
import { namingOf } from '../../../console/src/explain/naming.js';
import { fixOf, nearMissText, reasonOf } from '../../../console/src/explain/reasons.js';
import { stepsOf } from '../../../console/src/explain/steps.js';
import { inCurrency } from '../../../console/src/explain/wording.js';
import { loadCore } from '../../../src/core/index.js';
import type { Account, Catalog } from '../../../src/documents/index.js';
import { scenarios } from '../support/corpus.js';
import { words } from './words.js';

const catalog: Catalog = {
  version: '1',
  currency: 'USD',
  program: { status: 'ACTIVE' },
  tiersActive: true,
  tiers: [{ id: 'gold', name: 'Gold', requiredPoints: 500 }],
  promotions: [{ id: 'shoes', name: 'Shoes off', trigger: 'automatic', effects: [{ kind: 'percent', target: 'lines', ratePpm: 125_000, scope: { include: ['stores/collection:shoes'] } }] }],
  rewards: [{ id: 'pay', name: 'Pay with Stars', type: 'DISCOUNT_AMOUNT', active: true, configs: [{ costInPoints: 10, effects: [{ kind: 'pointsAsMoney', amount: 100 }] }] }],
  earningRules: [{ id: 'buy', title: 'Shop with us', trigger: 'order', status: 'ACTIVE', configs: [{ conversion: { moneyAmount: 1, points: 2 } }] }],
};
const account: Account = { id: 'ann', available: 100, coupons: [{ id: 'c1', code: 'XYZ', status: 'ACTIVE', effects: [] }] };
const cart = {
  currency: 'USD',
  lines: [
    { id: '1', name: 'Boots', unitPrice: 6550, quantity: 2, tags: ['stores/collection:shoes'] },
    { id: '2', unitPrice: 1000, quantity: 1 },
  ],
  shipping: [{ id: 'standard', price: 490 }],
};
const naming = namingOf({ catalogs: [catalog], account, cart });

describe('names', () => {
  it('come from the catalog, the member and the cart, and what is gone says so', () => {
    expect(naming.candidate('shoes', 'promotion')).toBe('Shoes off');
    expect(naming.candidate('c1', 'coupon')).toBe('XYZ');
    expect(naming.candidate('nothing', 'reward')).toBe('a reward that is gone');
    expect(naming.candidate('GUESS', 'code')).toBe('code GUESS');
    expect(naming.rule('buy')).toBe('Shop with us');
    expect(naming.tier('gold')).toBe('Gold');
    expect(naming.tier(undefined)).toBe('the base tier');
    expect(naming.line('1')).toBe('Boots');
    expect(naming.line('2')).toBe('2');
  });
});

describe('the steps of a price', () => {
  it('say each amount, of what it was taken, and each line', async () => {
    const core = await loadCore();
    const opened = core.open(catalog);
    const prepared = opened.ok && opened.value.prepare({ account, cart, intent: { chosen: [{ reward: { id: 'pay', points: 35 } }] }, now: '2026-01-01T00:00:00Z' });
    if (!prepared || !prepared.ok) throw new Error('not prepared');
    const steps = stepsOf((await prepared.value.explain()).explain ?? [], words, naming, cart);
    expect(steps.map(({ title, amount, kind }) => [title, amount, kind])).toEqual([
      ['Items', '$141.00', 'part'],
      ['Shoes off', '-$16.38', 'off'],
      ['Pay with Stars', '-$3.50', 'off'],
      ['Items after discounts', '$121.12', 'sum'],
      ['Shipping', '$4.90', 'part'],
      ['Total', '$126.02', 'sum'],
      ['Shop with us', '242 Stars', 'earn'],
    ]);
    expect(steps[0]?.parts).toEqual([
      { name: 'Boots: 2 × $65.50', amount: '$131.00' },
      { name: '2: 1 × $10.00', amount: '$10.00' },
    ]);
    expect(steps[1]?.sentence).toBe('Takes off 12.5% of $131.00, rounded half up.');
    expect(steps[2]?.sentence).toBe('35 Stars are spent; worth $3.50 here.');
    expect(steps[6]?.sentence).toBe('Earned on $121.12.');
  });

  it('are titled and written for every step that the core has in its own cases', async () => {
    const core = await loadCore();
    let seen = 0;
    for (const one of scenarios.filter(({ error, operation }) => !error && operation === 'quote')) {
      const opened = core.open(one.catalog);
      if (!opened.ok) continue;
      const prepared = opened.value.prepare(one.checkout);
      if (prepared.ok) {
        const quote = await prepared.value.explain();
        const names = namingOf({ catalogs: [one.catalog], account: one.checkout.account, cart: one.checkout.cart, resolved: one.checkout.resolved });
        for (const step of stepsOf(quote.explain ?? [], inCurrency(words, one.catalog.currency), names, one.checkout.cart)) {
          seen++;
          expect(step.title, one.name).not.toMatch(/^$|undefined|null/);
          expect(`${step.sentence} ${step.amount}`, one.name).not.toMatch(/undefined|NaN|null/);
          expect(step.amount, one.name).not.toBe('');
        }
        for (const row of quote.rejected) {
          expect(reasonOf(row, words, names), `${one.name} ${row.code}`).toMatch(/^[A-Z].*\.$/);
        }
        for (const miss of await prepared.value.nearMisses()) {
          expect(nearMissText(miss, words, names), one.name).not.toMatch(/undefined|null/);
        }
      }
      opened.value.close();
    }
    expect(seen).toBeGreaterThan(1000);
  });

  it('leave out what is to pay where there is no gift card', () => {
    const rows = [
      { step: 'total', rule: 'Q12', amount: 100 },
      { step: 'payable', rule: 'Q12', amount: 100 },
    ] as const;
    expect(stepsOf(rows, words, naming)).toHaveLength(1);
    expect(stepsOf([...rows, { step: 'wallet', rule: 'Q12', id: 'card', amount: 40 }], words, naming).map(({ title }) => title)).toEqual(['Total', 'To pay', 'Gift card or credit card']);
  });
});

describe('reasons', () => {
  it('name what was asked for and what there is', () => {
    expect(reasonOf({ code: 'MINIMUM_SUBTOTAL_NOT_MET', required: 8000, actual: 7810 }, words, naming)).toBe('It asks for $80.00; the cart has $78.10.');
    expect(reasonOf({ code: 'MINIMUM_QUANTITY_NOT_MET', required: 3, actual: 1, fix: { kind: 'addQuantity', quantity: 2, scope: { include: ['stores/collection:shoes'] } } }, words, naming)).toBe(
      'It asks for 3 items of shoes; the cart has 1.',
    );
    expect(reasonOf({ code: 'INSUFFICIENT_POINTS', required: 500, actual: 120 }, words, naming)).toBe('It asks for 500 Stars; the member can use 120.');
    expect(reasonOf({ code: 'TIER_REQUIRED', required: ['gold'] }, words, naming)).toBe('It is for Gold.');
    expect(reasonOf({ code: 'NOT_COMBINABLE', actual: 'shoes' }, words, naming)).toBe('It cannot be combined with “Shoes off”.');
    expect(reasonOf({ code: 'EXPIRED', required: '2026-01-01T10:00:00Z' }, words, naming)).toBe('It ended on 2026-01-01 10:00.');
    expect(reasonOf({ code: 'SCOPE_NOT_IN_CART', required: { include: ['a:hats'] } }, words, naming)).toBe('It is for hats; the cart has none.');
    expect(reasonOf({ code: 'CODE_NOT_FOUND' }, words, naming)).toBe('There is no such code.');
  });

  it('say what would help', () => {
    expect(fixOf({ kind: 'addAmount', amount: 505, scope: { include: ['stores/collection:shoes'] } }, words, naming)).toBe('Add $5.05 of shoes');
    expect(fixOf({ kind: 'reachTier', tierId: 'gold' }, words, naming)).toBe('Reach Gold');
    expect(fixOf(undefined, words, naming)).toBeNull();
    expect(nearMissText({ id: 'shoes', source: 'promotion', code: 'MINIMUM_SUBTOTAL_NOT_MET', fix: { kind: 'addAmount', amount: 100 }, saves: 490 }, words, naming)).toBe(
      'Add $1.00, and “Shoes off” takes off $4.90.',
    );
  });
});
