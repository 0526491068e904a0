import { beforeAll, describe, expect, it } from 'vitest';
import { loadCore, type LoyaltyCore } from '../../../src/core/index.js';
import type { Catalog, Promotion } from '../../../src/documents/index.js';
import { ApiError } from '../../../console/src/api/refusal.js';
import { closeBench, openBench, sideOf } from '../../../console/src/screens/simulator/bench.js';
import { caseOf, openCase, sampleCase, tagsOf, testCaseText } from '../../../console/src/screens/simulator/case.js';
import { cartOf, faultsOf, freshId, textsOf } from '../../../console/src/screens/simulator/cart-rows.js';
import { catalogDiff, tierNames } from '../../../console/src/screens/simulator/catalog-diff.js';
import { discountPairs, linePairs, pointPairs, sumPairs } from '../../../console/src/screens/simulator/comparison.js';
import { difference, signed, sumOf } from '../../../console/src/screens/simulator/difference.js';
import { faultPlace, refusedChange } from '../../../console/src/screens/simulator/drafts.js';
import { bySeverity, targetOf } from '../../../console/src/screens/simulator/findings.js';
import { accountFor, openSide, priceCase } from '../../../console/src/screens/simulator/pricing.js';
import { reduced } from '../../../console/src/screens/simulator/reduced-sides.js';
import { replayAll, type ReplayCase, reportOf } from '../../../console/src/screens/simulator/replay.js';
import { changeText } from '../../../console/src/screens/simulator/version-words.js';
import { scenarios } from '../support/corpus.js';
import { words } from './words.js';

const tenth = { id: 'tenth', name: '10 % off shoes', trigger: 'automatic', effects: [{ kind: 'percent', target: 'lines', ratePpm: 100_000, scope: { include: ['stores/collection:shoes'] } }] } as const satisfies Promotion;
const live: Catalog = {
  version: '7',
  currency: 'USD',
  program: { status: 'ACTIVE', name: 'Star Club' },
  tiersActive: true,
  tiers: [{ id: 'gold', name: 'Gold', requiredPoints: 500 }],
  promotions: [tenth],
  rewards: [{ id: 'pay', name: 'Pay with Stars', type: 'DISCOUNT_AMOUNT', active: true, configs: [{ costInPoints: 10, effects: [{ kind: 'pointsAsMoney', amount: 100 }] }] }],
  earningRules: [{ id: 'buy', title: 'Shop with us', trigger: 'order', status: 'ACTIVE', configs: [{ conversion: { moneyAmount: 1, points: 2 } }] }],
};
const fifth: Promotion = { ...tenth, effects: [{ ...tenth.effects[0], ratePpm: 200_000 }] };
const freeShipping: Promotion = { id: 'free', name: 'Free shipping', trigger: 'automatic', conditions: { minSubtotal: 5000 }, effects: [{ kind: 'freeShipping', target: 'shipping' }] };
const draft: Catalog = { ...live, version: '8', promotions: [fifth, freeShipping] };
const now = '2026-01-15T10:00:00Z';

let core: LoyaltyCore;
beforeAll(async () => {
  core = await loadCore();
});

describe('differences', () => {
  it('are exact, or refused', () => {
    expect(difference(1200, 950)).toBe(-250);
    expect(Object.is(difference(5, 5), 0)).toBe(true);
    expect(sumOf([1, 2, 3])).toBe(6);
    expect(() => difference(0.5, 1)).toThrow(RangeError);
    expect(() => sumOf([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });

  it('are written with their sign', () => {
    expect([0, 120, -50].map((value) => signed(value, words.money))).toEqual(['same', '+$1.20', '-$0.50']);
  });
});

describe('a case', () => {
  it('begins with goods that the rules are about', () => {
    expect(tagsOf(draft)).toEqual(['stores/collection:shoes']);
    const one = sampleCase(draft, now);
    expect(one.cart.lines.map(({ name }) => name)).toEqual(['Something ordinary', 'shoes']);
    expect(one.cart.currency).toBe('USD');
    const speedy: Catalog = { ...draft, promotions: [{ ...freeShipping, effects: [{ kind: 'freeShipping', target: 'shipping', scope: { include: ['speed:standard'] } }] }] };
    expect(tagsOf(speedy)).toEqual([]);
    expect(sampleCase(speedy, now).cart.shipping?.[0]?.tags).toEqual(['speed:standard']);
  });

  it('goes out as a test of the core and comes in again', async () => {
    const bench = openBench(core, live, null, 'Green');
    const one = { ...sampleCase(live, now), intent: { chosen: [{ reward: { id: 'pay', points: 20 } }] } };
    const priced = await priceCase(bench.live, one);
    if (!priced.ok) throw new Error(priced.problem);
    const text = testCaseText(one, live, priced.quote);
    const opened = openCase(text);
    if ('problem' in opened) throw new Error(opened.problem);
    expect(opened.case).toEqual(one);
    expect(opened.catalog).toEqual(live);
    expect(JSON.parse(text).expect).toMatchObject({ total: priced.quote.total, points: { spent: 20, earned: priced.quote.points.earned } });
    closeBench(bench);
  });

  it('opens every case of the core\'s own corpus that has a cart', async () => {
    for (const { name, checkout, catalog, error } of scenarios.filter((one) => !one.error)) {
      const opened = openCase(JSON.stringify({ catalog, ...checkout }));
      expect('problem' in opened, name).toBe(false);
      expect(error).toBeUndefined();
    }
  });

  it('says what is wrong with what was pasted', () => {
    const problem = (text: string) => (openCase(text) as { problem?: string }).problem;
    expect(problem('{')).toMatch(/not JSON/);
    expect(problem('[]')).toMatch(/not a test case/);
    expect(problem('{}')).toMatch(/no cart/);
    expect(problem('{"cart":{"lines":[]}}')).toMatch(/when it is/);
  });

  it('of a past order has its choice, or none', () => {
    expect(caseOf({ account: null, cart: { currency: 'USD', lines: [] }, now })).toEqual({ account: null, cart: { currency: 'USD', lines: [] }, intent: { chosen: [] }, now });
  });
});

describe('the cart as it is typed', () => {
  const cart = { currency: 'USD', lines: [{ id: '1', name: 'Boots', unitPrice: 6550, quantity: 2, tags: ['a', 'b'], taxRatePpm: 190_000 }], shipping: [{ id: 'fast', price: 990, tags: ['x'] }, { id: 'later', price: 0 }] };

  it('comes back as it was, with all that the fields do not show', () => {
    expect(cartOf(textsOf(cart), cart)).toEqual(cart);
  });

  it('takes decimal prices, quantities and tags', () => {
    const texts = textsOf(cart);
    const rows = [{ ...texts.rows[0]!, price: '1.5', quantity: '1,000', tags: ' a , a, c ' }, { id: '2', name: '', price: '3', quantity: '1', tags: '' }];
    expect(faultsOf({ rows, shipping: '' }, 'USD')).toEqual({});
    const next = cartOf({ rows, shipping: '' }, cart);
    expect(next.lines).toEqual([{ id: '1', name: 'Boots', unitPrice: 150, quantity: 1000, tags: ['a', 'c'], taxRatePpm: 190_000 }, { id: '2', unitPrice: 300, quantity: 1 }]);
    expect(next.shipping).toBeUndefined();
    expect(freshId(rows)).toBe('3');
  });

  it('has faults beside their fields', () => {
    const rows = [{ id: '1', name: '', price: '1.234', quantity: '0', tags: '' }];
    expect(Object.keys(faultsOf({ rows, shipping: 'x' }, 'USD'))).toEqual(['1-price', '1-quantity', 'shipping']);
    expect(faultsOf({ rows: [{ ...rows[0]!, price: '100', quantity: '1' }], shipping: '' }, 'JPY')).toEqual({});
  });
});

describe('two sets of rules', () => {
  it('price a cart side by side', async () => {
    const bench = openBench(core, live, { baseVersion: '7', catalog: draft, lint: [] }, 'Green');
    const one = sampleCase(live, now);
    const [before, after] = await Promise.all([priceCase(bench.live, one), priceCase(sideOf(bench, 'draft'), one)]);
    if (!before.ok || !after.ok) throw new Error('not priced');
    expect(sumPairs(before.quote, after.quote).map(({ label, live: from, draft: to, difference: by }) => [label, from, to, by])).toEqual([
      ['Items', 9000, 9000, 0],
      ['Discounts on items', -500, -1000, -500],
      ['Shipping', 490, 490, 0],
      ['Discounts on shipping', 0, -490, -490],
      ['Total', 8990, 8000, -990],
    ]);
    expect(discountPairs(before.quote.discounts, after.quote.discounts)).toEqual([
      { id: 'tenth', source: 'promotion', live: 500, draft: 1000, difference: 500 },
      { id: 'free', source: 'promotion', live: null, draft: 490, difference: 490 },
    ]);
    expect(linePairs(before.quote, after.quote).map(({ difference: by }) => by)).toEqual([0, -500]);
    expect(pointPairs(before.quote, after.quote).map(({ difference: by }) => by)).toEqual([0, -10, 0]);
    closeBench(bench);
  });

  it('have members of a tier that they do not know in their base tier', async () => {
    const account = { id: 'ann', available: 0, tierId: 'platinum' };
    expect(accountFor(live, account)).toEqual({ id: 'ann', available: 0 });
    expect(accountFor(live, { ...account, tierId: 'gold' })?.tierId).toBe('gold');
    const side = openSide(core, live);
    expect((await priceCase(side, { ...sampleCase(live, now), account })).ok).toBe(true);
    side.open.close();
  });

  it('say why something cannot be priced', async () => {
    const side = openSide(core, live);
    const priced = await priceCase(side, { ...sampleCase(live, now), cart: { currency: 'EUR', lines: [] } });
    expect(priced).toMatchObject({ ok: false, problem: expect.stringContaining('/cart') });
    side.open.close();
    expect(() => openSide(core, { ...live, currency: 'usd' })).toThrow(/refuses/);
  });
});

describe('the difference of two catalogs', () => {
  it('is said entity by entity, field by field', () => {
    const changed: Catalog = {
      ...draft,
      tiers: [{ id: 'gold', name: 'Gold', requiredPoints: 400 }],
      rewards: [],
      program: { status: 'ACTIVE', name: 'Sun Club' },
      earningRules: [{ ...live.earningRules![0]!, configs: [{ conversion: { moneyAmount: 1, points: 2 } }, { tierId: 'gold', points: 50 }] }],
    };
    const diff = catalogDiff(live, changed, { ...words, timeZone: 'UTC', baseTier: 'Green', tiers: tierNames(live, changed) });
    expect(diff.map(({ kind, name, change }) => `${kind} ${name} ${change}`)).toEqual([
      'Program Sun Club changed',
      'Tier Gold changed',
      'Way to earn Shop with us changed',
      'Reward Pay with Stars removed',
      'Promotion 10 % off shoes changed',
      'Promotion Free shipping added',
    ]);
    const fields = (name: string) => diff.find((one) => one.name === name)?.fields;
    expect(fields('Sun Club')).toEqual([{ label: 'Name', from: 'Star Club', to: 'Sun Club' }]);
    expect(fields('Gold')).toEqual([{ label: 'Needs', from: '500 Stars', to: '400 Stars' }]);
    expect(fields('Shop with us')).toEqual([{ label: 'Gold', from: null, to: '50 Stars' }]);
    expect(fields('10 % off shoes')).toEqual([{ label: 'Does', from: '10% off shoes', to: '20% off shoes' }]);
    expect(fields('Free shipping')).toContainEqual({ label: 'Smallest subtotal', from: null, to: '$50.00' });
    expect(fields('Pay with Stars')).toContainEqual({ label: 'Green', from: '10 Stars: $1.00 off each time', to: null });
  });

  it('is empty for the same rules', () => {
    expect(catalogDiff(live, { ...live, version: '9' }, { ...words, timeZone: 'UTC', baseTier: 'Green', tiers: tierNames(live) })).toEqual([]);
  });
});

describe('findings', () => {
  it('point at what they are about', () => {
    expect(targetOf({ path: '/promotions/0/effects/0' }, draft)).toEqual({ name: '10 % off shoes', href: '#/promotions/tenth' });
    expect(targetOf({ path: '/earningRules/0' }, draft)).toEqual({ name: 'Shop with us', href: '#/earning/buy' });
    expect(targetOf({ path: '/policy/maxCoupons' }, draft)).toEqual({ name: 'The program', href: '#/program' });
    expect(targetOf({ path: '' }, draft)).toBeNull();
  });

  it('stand with the worst first', () => {
    const finding = (severity: 'error' | 'warning' | 'note') => ({ code: 'X', severity, path: '', message: '' });
    expect(bySeverity([finding('note'), finding('error'), finding('warning')]).map(({ severity }) => severity)).toEqual(['error', 'warning', 'note']);
  });
});

describe('what the server says of a draft', () => {
  it('names the change at fault', () => {
    expect(faultPlace('changes[2].request.reward.name')).toEqual({ change: 2, field: 'reward.name' });
    expect(faultPlace('note')).toBeNull();
    expect(refusedChange(new ApiError('No.', { status: 404, code: 'REWARD_NOT_FOUND', data: { index: 1 } }))).toBe(1);
    expect(refusedChange(new ApiError('No.', { status: 400, code: 'VALIDATION', fields: [{ path: 'changes[3].request.x', message: '' }] }))).toBe(3);
    expect(refusedChange(new ApiError('No.', { status: 409, code: 'REVISION_MISMATCH' }))).toBeNull();
  });

  it('says in words what a version changed', () => {
    expect(changeText({ operation: 'rewards.update', name: '$5 off' })).toBe('Reward “$5 off” changed');
    expect(changeText({ operation: 'program.pause' })).toBe('Program paused');
    expect(changeText({ operation: 'something.new', name: 'X' })).toBe('something.new: X');
  });
});

describe('past orders', () => {
  const order = (orderId: string, quantity: number, total: number): ReplayCase => {
    const { account, cart } = sampleCase(live, now);
    return { orderId, placedAt: now, request: { account, cart: { ...cart, lines: cart.lines.map((line) => ({ ...line, quantity })) }, now }, quote: { total, digest: '', spent: 0, earned: 0 } };
  };

  it('are priced under both rules, sorted by what changes, and told apart from the price of then', async () => {
    const sides = [openSide(core, live), openSide(core, draft)] as const;
    const seen: number[] = [];
    const report = await replayAll(core, ...sides, [order('small', 1, 6740), order('large', 3, 999)], new AbortController().signal, (count) => seen.push(count));
    expect(report.rows.map(({ of, live: from, draft: to, total, points }) => [of.orderId, from.total, to.total, total, points])).toEqual([
      ['large', 19_240, 18_000, -1240, -14],
      ['small', 6740, 6000, -740, -4],
    ]);
    expect(report.rows[0]?.why.map(({ id, live: from }) => [id, from])).toEqual([['tenth', 750], ['free', null]]);
    expect(report.sums).toMatchObject({ live: 25_980, draft: 24_000, total: -1980, changed: 2, repriced: 1 });
    expect(seen.at(-1)).toBe(2);
    sides.forEach(({ open }) => open.close());
  });

  it('stop when asked to', async () => {
    const sides = [openSide(core, live), openSide(core, draft)] as const;
    const stop = new AbortController();
    const many = Array.from({ length: 5000 }, (_, i) => order(String(i), 1, 0));
    await expect(replayAll(core, ...sides, many, stop.signal, () => stop.abort())).rejects.toThrow(/abort/i);
    sides.forEach(({ open }) => open.close());
  });

  it('keep what was used up for them used up', async () => {
    const limited: Catalog = { ...live, promotions: [{ ...tenth, limits: { usesLeft: 5 } }] };
    expect(reduced(limited, [{ promotionId: 'tenth', limit: 'usesLeft' }]).promotions?.[0]?.limits).toEqual({ usesLeft: 0 });
    const sides = [openSide(core, limited), openSide(core, limited)] as const;
    const used = { ...order('used', 1, 6990), usedUp: [{ promotionId: 'tenth', limit: 'usesLeft' }] };
    const report = await replayAll(core, ...sides, [used, order('not', 1, 6740)], new AbortController().signal, () => {});
    expect(report.rows.map(({ of, live: from, isRepriced }) => [of.orderId, from.total, isRepriced]).sort()).toEqual([['not', 6740, false], ['used', 6990, false]]);
    sides.forEach(({ open }) => open.close());
  });

  it('that cannot be priced are counted apart', async () => {
    const sides = [openSide(core, live), openSide(core, draft)] as const;
    const foreign = { ...order('foreign', 1, 0), request: { account: null, cart: { currency: 'EUR', lines: [] }, now } };
    const report = await replayAll(core, ...sides, [foreign], new AbortController().signal, () => {});
    expect(report.unpriced.map(({ of }) => of.orderId)).toEqual(['foreign']);
    expect(report.rows).toEqual([]);
    expect(reportOf([]).sums).toEqual({ live: 0, draft: 0, total: 0, points: 0, changed: 0, repriced: 0 });
    sides.forEach(({ open }) => open.close());
  });
});
