// What the modules compute is what the native program computes, byte for byte, over the whole corpus.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { loadComplete, loadJs, loadPreview, want } from './load.mjs';
import { quoteOf } from './quote_of.mjs';
import { askNative, scenarios, withoutNative } from './scenarios.mjs';

const everything = want.offers | want.nearMisses | want.explain | want.digest;
const cases = scenarios();

/** Opens a case: `NONE`, or what refused it and why. */
function open(core, { catalog, request }) {
  const code = catalog === undefined ? 'MISSING_FIELD' : core.openCatalog(catalog);
  return code === 'NONE' ? core.openCheckout(request) : `catalog: ${code}`;
}

test('the corpus is there', () => assert.ok(cases.length >= 480, `${cases.length} cases`));

for (const [name, load] of [['complete', loadComplete], ['JavaScript', loadJs]]) {
  test(`${name}: quotes and best combinations are the native program's bytes`, { skip: withoutNative }, async () => {
    const core = await load();
    const requests = cases.map(({ catalog, request }) => ({ catalog, ...request }));
    const quotes = askNative('quote', requests, '--want', 'explain,offers,nearMisses');
    const bests = askNative('optimize', requests, '--want', 'explain,offers,nearMisses');
    let refused = 0;
    cases.forEach((scenario, i) => {
      const code = open(core, scenario);
      if (code !== 'NONE') {
        const { error } = JSON.parse(quotes[i]);
        assert.ok(error, scenario.name);
        if (!code.startsWith('catalog')) {
          assert.equal(core.error(), quotes[i], scenario.name);
          assert.equal(error.code, code);
        }
        refused += 1;
        return;
      }
      assert.equal(core.answer(0, everything), quotes[i], scenario.name);
      assert.equal(core.answer(1, everything), bests[i], scenario.name);
    });
    assert.ok(refused >= 50 && refused < cases.length / 2, `${refused} refused`);
  });

  test(`${name}: header and stream say what the canonical answer says`, async () => {
    const core = await load();
    for (const scenario of cases) {
      if (open(core, scenario) !== 'NONE') {
        continue;
      }
      const header = core.run(want.offers | want.nearMisses);
      const stream = core.detail();
      const { quote, read } = quoteOf(core, scenario.request, header, stream);
      assert.equal(read, stream.length, scenario.name);
      assert.equal(core.header()[21], stream.length);
      const { catalogVersion, coreVersion, ...expected } = JSON.parse(core.answer(0, want.offers | want.nearMisses)).value;
      assert.deepEqual(quote, expected, scenario.name);
      assert.equal(coreVersion, core.version());
      assert.equal(catalogVersion, scenario.catalog.version);
    }
  });
}

test('preview: header and stream are those of the complete build without facts, fixes and near misses', async () => {
  const [preview, complete] = await Promise.all([loadPreview(), loadComplete()]);
  for (const scenario of cases) {
    const code = open(preview, scenario);
    assert.equal(code, open(complete, scenario), scenario.name);
    if (code !== 'NONE') {
      continue;
    }
    const header = preview.run(want.offers | want.nearMisses);
    const stream = preview.detail();
    const { quote, read } = quoteOf(preview, scenario.request, header, stream);
    assert.equal(read, stream.length, scenario.name);
    const expected = JSON.parse(complete.answer(0, want.offers)).value;
    delete expected.catalogVersion;
    delete expected.coreVersion;
    expected.rejected = expected.rejected.map(({ id, source, code: why }) => ({ id, source, code: why }));
    assert.deepEqual(quote, expected, scenario.name);
  }
});

for (const [name, load] of [['preview', loadPreview], ['complete', loadComplete], ['JavaScript', loadJs]]) {
  test(`${name}: a number that changes gives the quote of a request that was sent so`, async () => {
    const [core, other] = await Promise.all([load(), load()]);
    let compared = 0;
    for (const scenario of cases) {
      if (open(core, scenario) !== 'NONE') {
        continue;
      }
      const request = structuredClone(scenario.request);
      const line = request.cart.lines.length - 1;
      if (line >= 0) {
        const quantity = request.cart.lines[line].quantity + 2;
        if (core.setQuantity(line, quantity) === 'NONE') {
          request.cart.lines[line].quantity = quantity;
        }
      }
      const entry = request.intent?.chosen?.findIndex((choice) => choice.reward !== undefined) ?? -1;
      if (entry >= 0) {
        const points = (request.intent.chosen[entry].reward.points ?? 100) + 1;
        assert.equal(core.setPoints(entry, points), 'NONE');
        request.intent.chosen[entry].reward.points = points;
      }
      assert.equal(core.setNow(Date.UTC(2025, 5, 1)), 'NONE');
      request.now = '2025-06-01T00:00:00Z';
      assert.equal(other.openCatalog(scenario.catalog), 'NONE');
      assert.equal(other.openCheckout(request), 'NONE', scenario.name);
      const changed = quoteOf(core, request, core.run(want.offers), core.detail());
      assert.deepEqual(changed, quoteOf(other, request, other.run(want.offers), other.detail()), scenario.name);
      if (core.module !== null) {
        assert.equal(core.answer(0, everything), other.answer(0, everything), scenario.name);
      }
      if (entry >= 0) {
        assert.equal(core.setPoints(entry, -1), 'NONE');
        delete request.intent.chosen[entry].reward.points;
        assert.equal(other.openCheckout(request), 'NONE');
        assert.deepEqual(core.run(), other.run(), scenario.name);
        compared += 1;
      }
    }
    assert.ok(compared >= 60, `${compared} with points`);
  });
}
