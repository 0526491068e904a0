// Large documents, growing memory, deep work: all of it within the instance.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { encode } from './cbor.mjs';
import { loadChecked, loadComplete, loadJs, loadPreview, want } from './load.mjs';
import { quoteOf } from './quote_of.mjs';
import { askNative, withoutNative } from './scenarios.mjs';

const base = { version: '1', currency: 'EUR', program: { status: 'ACTIVE' } };
const now = '2025-03-01T00:00:00Z';
const memory_first = 512 << 10;

const promotion = (i) => ({
  id: `promotion-${i}`,
  name: `Ten per cent off everything in group ${i}`,
  trigger: 'automatic',
  conditions: { startsAt: '2025-01-01T00:00:00Z', endsAt: '2026-01-01T00:00:00Z', minSubtotal: 100, containsTags: [`group-${i}`] },
  effects: [{ kind: 'percent', target: 'lines', ratePpm: 100_000, scope: { include: [`group-${i}`, `brand-${i % 50}`] }, maxDiscount: 10_000 }],
});

/** A catalog of just under 1 MiB. */
function largeCatalog() {
  const catalog = { ...base, promotions: Array.from({ length: 2_800 }, (_, i) => promotion(i)) };
  for (let i = catalog.promotions.length; encode(catalog).length < (1 << 20) - 40_000; i = catalog.promotions.length) {
    catalog.promotions.push(...Array.from({ length: 100 }, (_, k) => promotion(i + k)));
  }
  return catalog;
}

const lines = (count, line) => Array.from({ length: count }, (_, i) => ({ id: `line-${i}`, unitPrice: 100 + i, quantity: 1 + (i % 5), ...line(i) }));
const member = { id: 'm', revision: 1, available: 50_000, held: 0, pending: 0 };

/** 1,000 lines with all their tags, which nearly every promotion is about. */
const wide = {
  catalog: {
    ...base,
    promotions: [
      { id: 'three-for-two', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 2, get: 1, ratePpm: 1_000_000, pick: 'cheapest' }] },
      { id: 'groups', trigger: 'automatic', effects: [{ kind: 'buyXGetY', buy: 1, get: 1, ratePpm: 500_000, buyScope: { include: ['even'] }, getScope: { include: ['odd'] } }] },
      ...Array.from({ length: 10 }, (_, i) => ({ id: `p${i}`, trigger: 'automatic', effects: [{ kind: 'percent', ratePpm: 10_000 * (i + 1) }] })),
    ],
    policy: { taxRounding: 'unit' },
  },
  request: {
    account: member,
    cart: { currency: 'EUR', lines: lines(1_000, (i) => ({ taxRatePpm: 190_000, tags: [i % 2 ? 'odd' : 'even', `t${i}`] })), shipping: [{ id: 's', price: 490 }] },
    intent: { chosen: [] },
    now,
  },
};

/** 10 coupons and 10 rewards to choose from. */
const twenty = {
  catalog: {
    ...base,
    policy: { maxCoupons: 10, maxPointsRewards: 10 },
    rewards: Array.from({ length: 10 }, (_, i) => ({
      id: `r${i}`, type: 'DISCOUNT_AMOUNT', active: true,
      configs: [{ costInPoints: 50 + i, effects: [{ kind: 'pointsAsMoney', amount: 37 + i, maxPoints: 2_000 + 10 * i }] }],
    })),
    promotions: wide.catalog.promotions.slice(0, 2),
  },
  request: {
    account: { ...member, coupons: Array.from({ length: 10 }, (_, i) => ({
      id: `c${i}`, code: `C${i}`, status: 'ACTIVE', revision: 1,
      effects: [{ kind: i % 2 ? 'percent' : 'fixedAmount', ...(i % 2 ? { ratePpm: 30_000 + i * 7_000 } : { amount: 150 + i }) }],
    })) },
    cart: { currency: 'EUR', lines: lines(40, (i) => ({ tags: [i % 2 ? 'odd' : 'even'], taxRatePpm: 70_000 })) },
    intent: { chosen: [] },
    now,
  },
};

function open(core, { catalog, request }) {
  assert.equal(core.openCatalog(catalog), 'NONE');
  assert.equal(core.openCheckout(request), 'NONE');
}

for (const [name, load] of [['preview', loadPreview], ['complete', loadComplete], ['JavaScript', loadJs]]) {
  test(`${name}: memory starts small, grows with a catalog of 1 MiB, and is used again for the next`, async () => {
    const core = await load();
    assert.equal(core.buffer().byteLength, memory_first);
    const catalog = largeCatalog();
    const bytes = encode(catalog);
    assert.ok(bytes.length > 1_000_000 && bytes.length <= 1 << 20, `${bytes.length} bytes`);
    const before = core.buffer();
    assert.equal(core.open('catalog', bytes), 'NONE');
    assert.notEqual(core.buffer(), before, 'views are taken anew');
    assert.equal(core.openCheckout({ cart: { currency: 'EUR', lines: lines(3, (i) => ({ tags: [`group-${i * 1000}`] })) }, account: null, now }), 'NONE');
    assert.equal(core.run()[15], 3);
    for (let i = 0; i < 5; i += 1) {
      assert.equal(core.open('catalog', bytes), 'NONE');
    }
    const grown = core.buffer().byteLength;
    assert.ok(grown <= 16 << 20, `${grown} bytes`);
    for (let i = 0; i < 5; i += 1) {
      assert.equal(core.open('catalog', bytes), 'NONE');
    }
    assert.equal(core.buffer().byteLength, grown, 'what was held before is given back');
  });

  test(`${name}: 1,000 lines, and previews of them take no more memory`, async () => {
    const core = await load();
    open(core, wide);
    const use = () => {
      for (let i = 0; i < 3; i += 1) {
        assert.equal(core.openCheckout(wide.request), 'NONE');
        assert.equal(core.run()[13], 1_000);
      }
      for (let i = 0; i < 20; i += 1) {
        assert.equal(core.setQuantity(i, i + 1), 'NONE');
        core.run(want.offers);
        core.detail();
      }
    };
    use();
    const buffer = core.buffer();
    use();
    assert.equal(core.buffer(), buffer);
  });

  test(`${name}: a document that is large for nothing is refused and not fatal`, async () => {
    const core = await load();
    open(core, wide);
    const expected = core.run();
    const numbers = new Uint8Array(1 << 20);
    numbers.set([0x9a, 0, 0x0f, 0xff, 0xfb]);
    assert.equal(core.open('checkout', numbers), 'TOO_LARGE');
    assert.equal(core.open('catalog', numbers), 'TOO_LARGE');
    const fewer = new Uint8Array(200_005);
    fewer.set([0x9a, 0, 0x03, 0x0d, 0x40]);
    assert.equal(core.open('checkout', fewer), 'WRONG_TYPE');
    assert.equal(core.open('catalog', fewer), 'WRONG_TYPE');
    assert.deepEqual(core.run(), expected);
  });
}

const everything = want.offers | want.nearMisses | want.explain | want.digest;

for (const [name, load] of [['complete', loadComplete], ['JavaScript', loadJs], ['checked', loadChecked]]) {
  test(`${name}: the largest work is the native program's, and stays within the stack`, { skip: withoutNative }, async () => {
    const core = await load();
    for (const work of [wide, twenty]) {
      open(core, work);
      const whole = { catalog: work.catalog, ...work.request };
      const [quote] = askNative('quote', [whole], '--want', 'explain,offers,nearMisses');
      assert.equal(core.answer(0, everything), quote);
      const { quote: flat } = quoteOf(core, work.request, core.run(everything), core.detail());
      assert.deepEqual(flat.lines, JSON.parse(quote).value.lines);
    }
    const [best] = askNative('optimize', [{ catalog: twenty.catalog, ...twenty.request }], '--want', 'explain,offers,nearMisses');
    assert.equal(core.answer(1, everything), best);
    assert.ok(JSON.parse(best).value.chosen.length >= 5);
    assert.equal(core.open('checkout', new Uint8Array(1 << 20).fill(0x81)), 'INVALID_JSON');
  });
}

/** A catalog that is small as a document and large once decoded. */
function swollenCatalog() {
  const effects = Array.from({ length: 16 }, () => ({ kind: 'freeShipping' }));
  return { ...base, promotions: Array.from({ length: 2_500 }, (_, i) => ({ id: `p${i}`, trigger: 'automatic', effects })) };
}

for (const [name, load] of [['preview', loadPreview], ['complete', loadComplete]]) {
  test(`${name}: where memory ends the instance traps, and the next one works`, async () => {
    const core = await load();
    open(core, wide);
    assert.ok(encode(swollenCatalog()).length < 1 << 20);
    assert.throws(() => core.openCatalog(swollenCatalog()), WebAssembly.RuntimeError);
    assert.ok(core.buffer().byteLength <= 16 << 20);
    const next = await load();
    open(next, wide);
    assert.equal(next.run()[13], 1_000);
  });
}
