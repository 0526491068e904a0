// The files themselves: what they import and export, and that a page with a strict policy can run them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { dist, loadComplete, loadJs } from './load.mjs';

const read = (name) => readFileSync(path.join(dist, name));
const moduleOf = (name) => new WebAssembly.Module(read(name));

const calls = [
  'loyalty_abi', 'loyalty_detail', 'loyalty_open_catalog', 'loyalty_open_checkout', 'loyalty_reserve', 'loyalty_run', 'loyalty_set_now',
  'loyalty_set_points', 'loyalty_set_quantity',
];

test('the preview build asks nothing of its page and gives only what the contract names', () => {
  const module = moduleOf('loyalty-preview.wasm');
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  assert.deepEqual(
    WebAssembly.Module.exports(module).map(({ name, kind }) => `${kind} ${name}`).sort(),
    ['function _initialize', ...calls.map((name) => `function ${name}`), 'memory memory', 'table __indirect_function_table'].sort(),
  );
});

test('the complete build imports from its glue alone', () => {
  const imports = WebAssembly.Module.imports(moduleOf('loyalty.wasm'));
  assert.deepEqual([...new Set(imports.map(({ module, kind }) => `${kind} ${module}`))], ['function a']);
  assert.ok(imports.length <= 20, `${imports.length} imports`);
});

for (const [name, load] of [['complete', loadComplete], ['JavaScript', loadJs]]) {
  test(`${name}: the module object gives the calls of the contract`, async () => {
    const { module } = await load();
    const names = Object.keys(module).filter((key) => /^_loyalty_|^(answer|error|version|HEAPU8)$/.test(key));
    assert.deepEqual(names.sort(), [...calls.map((call) => `_${call}`), 'HEAPU8', 'answer', 'error', 'version'].sort());
    assert.equal(module._loyalty_abi(), 1);
    for (const rare of ['answer', 'error', 'version']) {
      assert.equal(typeof module[rare], 'function');
    }
  });
}

test('no glue makes code of text, which strict policies forbid', () => {
  for (const name of ['loyalty.mjs', 'loyalty-js.mjs']) {
    const text = read(name).toString();
    assert.ok(!/\beval\s*\(|\bnew Function\b|[^\w$.]Function\s*\(/.test(text), name);
    assert.ok(/export default/.test(text), name);
  }
});

test('the JavaScript build runs where WebAssembly does not exist', async () => {
  const held = globalThis.WebAssembly;
  const heldFunction = globalThis.Function;
  globalThis.WebAssembly = undefined;
  globalThis.Function = function forbidden() {
    throw new EvalError('code from text');
  };
  try {
    const core = await loadJs();
    assert.equal(core.openCatalog({ version: '1', currency: 'EUR', program: { status: 'ACTIVE' } }), 'NONE');
    assert.equal(core.openCheckout({ account: null, cart: { currency: 'EUR', lines: [] }, now: '2025-03-01T00:00:00Z' }), 'NONE');
    assert.equal(core.run()[7], 0);
    assert.equal(core.version(), JSON.parse(core.answer(0)).value.coreVersion);
  } finally {
    globalThis.WebAssembly = held;
    globalThis.Function = heldFunction;
  }
});
