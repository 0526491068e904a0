// What is refused changes nothing, whatever crosses.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { encode } from './cbor.mjs';
import { loadComplete, loadJs, loadPreview } from './load.mjs';

const catalog = {
  version: '1',
  currency: 'EUR',
  program: { status: 'ACTIVE' },
  rewards: [
    {
      id: 'pay',
      type: 'DISCOUNT_AMOUNT',
      active: true,
      configs: [{ costInPoints: 1, effects: [{ kind: 'pointsAsMoney', amount: 1 }] }],
    },
  ],
};
const request = (chosen = [{ reward: { id: 'pay', points: 5 } }, { code: { text: 'X' } }]) => ({
  account: { id: 'm', revision: 4, available: 1000, held: 0, pending: 0 },
  cart: {
    currency: 'EUR',
    lines: [
      { id: 'a', unitPrice: 1000, quantity: 1 },
      { id: 'dear', unitPrice: 999_999_999_999, quantity: 1 },
    ],
  },
  intent: { chosen },
  now: '2025-03-01T00:00:00Z',
});

/** A core with a checkout, and how to see that nothing about it changed. */
async function prepared(load) {
  const core = await load();
  assert.equal(core.openCatalog(catalog), 'NONE');
  assert.equal(core.openCheckout(request()), 'NONE');
  const before = core.run();
  assert.equal(before[7], 1000 + 999_999_999_999 - 5);
  return { core, unchanged: () => assert.deepEqual(core.run(), before) };
}

for (const [name, load] of [['preview', loadPreview], ['complete', loadComplete], ['JavaScript', loadJs]]) {
  test(`${name}: numbers that are none, not whole or out of range are refused`, async () => {
    const { core, unchanged } = await prepared(load);
    const nonsense = [NaN, Infinity, -Infinity, 1.5, 1e300, -1e300, 2 ** 63, 2 ** 64, Number.MAX_VALUE, 5e-324, undefined];
    for (const quantity of [...nonsense, 0, -1, 1_000_001]) {
      assert.equal(core.setQuantity(0, quantity), 'OUT_OF_RANGE', String(quantity));
    }
    for (const line of [...nonsense, -1, 2, 1000, 2 ** 32]) {
      assert.equal(core.setQuantity(line, 2), 'OUT_OF_RANGE', String(line));
    }
    for (const points of [...nonsense, 0, -2, 1_000_000_000]) {
      assert.equal(core.setPoints(0, points), 'OUT_OF_RANGE', String(points));
    }
    for (const entry of [...nonsense, -1, 2, 2 ** 32]) {
      assert.equal(core.setPoints(entry, 7), 'OUT_OF_RANGE', String(entry));
    }
    for (const ms of [...nonsense, -1, Date.UTC(2200, 0, 1)]) {
      assert.equal(core.setNow(ms), 'OUT_OF_RANGE', String(ms));
    }
    unchanged();
    assert.equal(core.setQuantity(0, 1_000_000), 'NONE');
    assert.equal(core.setNow(Date.UTC(2200, 0, 1) - 1), 'NONE');
  });

  test(`${name}: a quantity that makes the line or the cart too dear is refused, as in a document`, async () => {
    const { core, unchanged } = await prepared(load);
    assert.equal(core.setQuantity(1, 2), 'OUT_OF_RANGE');
    unchanged();
    const dear = request();
    dear.cart.lines = Array.from({ length: 101 }, (_, i) => ({ id: `l${i}`, unitPrice: 500_000_000_000, quantity: 1 }));
    assert.equal(core.openCheckout(dear), 'NONE');
    for (let line = 0; line < 99; line += 1) {
      assert.equal(core.setQuantity(line, 2), 'NONE');
    }
    assert.equal(core.setQuantity(99, 2), 'OUT_OF_RANGE');
    assert.equal(core.run()[7], 500_000_000_000 * 200 - 5);
    dear.cart.lines.slice(0, 99).forEach((line) => (line.quantity = 2));
    assert.equal(core.openCheckout(dear), 'NONE');
    dear.cart.lines[99].quantity = 2;
    assert.equal(core.openCheckout(dear), 'OUT_OF_RANGE');
  });

  test(`${name}: points are for rewards`, async () => {
    const { core, unchanged } = await prepared(load);
    assert.equal(core.setPoints(1, 7), 'OUT_OF_RANGE');
    unchanged();
  });

  test(`${name}: without a checkout there is nothing to compute or to change`, async () => {
    const core = await load();
    assert.equal(core.run(), null);
    assert.equal(core.detail(), null);
    assert.equal(core.setQuantity(0, 1), 'OUT_OF_RANGE');
    assert.equal(core.setPoints(0, 1), 'OUT_OF_RANGE');
    assert.equal(core.setNow(0), 'OUT_OF_RANGE');
    assert.equal(core.openCheckout(request()), 'MISSING_FIELD');
    if (core.module !== null) {
      assert.deepEqual(JSON.parse(core.error()), {
        error: { code: 'MISSING_FIELD', message: 'This field is required. No catalog is open.', path: '/catalog' },
        ok: false,
      });
      assert.equal(core.answer(0), '');
      assert.equal(core.answer(1), '');
    }
    assert.equal(core.exports.loyalty_open_catalog(12), 1, 'bytes that were never reserved are no document');
    assert.equal(core.openCatalog(catalog), 'NONE');
    assert.equal(core.run(), null);
  });

  test(`${name}: a refused document leaves what is held`, async () => {
    const { core, unchanged } = await prepared(load);
    assert.equal(core.openCatalog({ ...catalog, version: '' }), 'OUT_OF_RANGE');
    unchanged();
    assert.equal(core.openCatalog({ ...catalog, surprise: 1 }), 'UNKNOWN_FIELD');
    assert.equal(core.openCheckout(request([{ reward: { id: 'pay', points: 0 } }])), 'OUT_OF_RANGE');
    unchanged();
    assert.equal(core.openCheckout({ ...request(), now: 'now' }), 'INVALID_TIME');
    assert.equal(core.openCheckout({ ...request(), cart: undefined }), 'MISSING_FIELD');
    unchanged();
    assert.notEqual(core.detail(), null);
  });

  test(`${name}: another catalog closes the checkout`, async () => {
    const { core } = await prepared(load);
    assert.equal(core.openCatalog({ ...catalog, version: '2' }), 'NONE');
    assert.equal(core.run(), null);
    assert.equal(core.detail(), null);
    assert.equal(core.openCheckout(request()), 'NONE');
    assert.notEqual(core.run(), null);
  });

  test(`${name}: a stream is had of the quote that was computed last, and of no older one`, async () => {
    const { core } = await prepared(load);
    assert.equal(core.header()[21], 0);
    assert.notEqual(core.detail(), null);
    assert.equal(core.setQuantity(0, 3), 'NONE');
    assert.equal(core.detail(), null);
    core.run();
    assert.notEqual(core.detail(), null);
  });

  test(`${name}: bytes that are no document are refused`, async () => {
    const { core, unchanged } = await prepared(load);
    const bad = [[], [0xff], [0x9f, 0xff], [0x40], [0x61], [0xa1, 0x01, 0x02], [0x1c], [0xbb, 255, 255, 255, 255, 255, 255, 255, 255]];
    for (const bytes of bad) {
      assert.equal(core.open('catalog', Uint8Array.from(bytes)), 'INVALID_JSON', String(bytes));
      assert.equal(core.open('checkout', Uint8Array.from(bytes)), 'INVALID_JSON', String(bytes));
    }
    assert.equal(core.open('checkout', new Uint8Array(1 << 20).fill(0x81)), 'INVALID_JSON');
    assert.equal(core.open('checkout', Uint8Array.from([...new Array(40).fill(0x81), 0x01])), 'TOO_DEEP');
    assert.equal(core.open('catalog', Uint8Array.from([0xa1, 0x61, 0xff, 0x01])), 'INVALID_UTF8');
    assert.equal(core.open('catalog', Uint8Array.from([0xa1, 0xd8, 27, 0x60, 0x01])), 'INVALID_UTF8');
    assert.equal(core.open('catalog', Uint8Array.from([0xa2, 0x61, 97, 0x01, 0x61, 97, 0x01])), 'DUPLICATE_KEY');
    const noise = new Uint8Array(4096);
    for (let seed = 1, i = 0; i < 500; i += 1) {
      noise.forEach((_, at) => (noise[at] = (seed = (seed * 48271) % 0x7fffffff) & 255));
      assert.notEqual(core.open(i % 2 ? 'catalog' : 'checkout', noise.subarray(0, i * 8)), 'NONE');
    }
    unchanged();
  });

  test(`${name}: every beginning of a document is refused`, async () => {
    const { core, unchanged } = await prepared(load);
    const bytes = encode(request());
    for (let size = 0; size < bytes.length; size += 1) {
      assert.equal(core.open('checkout', bytes.subarray(0, size)), 'INVALID_JSON');
    }
    unchanged();
  });

  test(`${name}: a document larger than 1 MiB is refused before it is handed over`, async () => {
    const { core, unchanged } = await prepared(load);
    for (const bytes of [(1 << 20) + 1, 1 << 26, 2 ** 31, 2 ** 32 - 1, -1]) {
      assert.equal(core.exports.loyalty_reserve(bytes), 0, String(bytes));
    }
    assert.notEqual(core.exports.loyalty_reserve(1 << 20), 0);
    for (const bytes of [(1 << 20) + 1, -1, 2 ** 31]) {
      assert.equal(core.exports.loyalty_open_checkout(bytes), 1);
    }
    unchanged();
  });
}

test('complete: a refusal is told with its path and a sentence', async () => {
  const core = await loadComplete();
  assert.equal(core.error(), '');
  assert.equal(core.openCatalog({ ...catalog, currency: 'euro' }), 'CURRENCY_UNKNOWN');
  assert.equal(
    core.error(),
    '{"error":{"code":"CURRENCY_UNKNOWN","message":"This is not an ISO 4217 currency code.","path":"/currency"},"ok":false}',
  );
  core.openCatalog(catalog);
  core.openCheckout(request());
  core.setQuantity(1, 0);
  assert.equal(JSON.parse(core.error()).error.path, '/cart/lines/1/quantity');
  core.setPoints(0, 0);
  assert.equal(JSON.parse(core.error()).error.path, '/intent/chosen/0/points');
  core.setNow(-1);
  assert.equal(JSON.parse(core.error()).error.path, '/now');
});
