// usage: node wasm/boundary_bench.mjs [<dist>]
//
// What it costs to cross between a page and the core: one typical cart, every way in and out, in one run.
// Needs the modules (cmake --build --preset wasm) and the benchmarks' documents (the native program
// bench/print_cases, or LOYALTY_CASES=<its output>). Prints Markdown.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { encode } from './tests/cbor.mjs';

const top = path.resolve(import.meta.dirname, '..');
process.env.LOYALTY_DIST ??= process.argv[2] ?? path.join(top, 'build/wasm/dist');
const { loadComplete, loadJs, loadPreview, want } = await import('./tests/load.mjs');

const lines = (
  process.env.LOYALTY_CASES
    ? readFileSync(process.env.LOYALTY_CASES, 'utf8')
    : execFileSync(path.join(top, 'build/release/bench/print_cases'), { encoding: 'utf8', maxBuffer: 1 << 26 })
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));
const { catalog, request } = lines.find(({ name }) => name === 'typical');
const entry = request.intent.chosen.findIndex((choice) => choice.reward !== undefined);

/** Nanoseconds a call: the median of the batches, and the least. */
function time(call) {
  const batch = (count) => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < count; i += 1) {
      call(i);
    }
    return Number(process.hrtime.bigint() - start) / count;
  };
  let count = 16;
  while (batch(count) * count < 2e6) {
    count *= 2;
  }
  for (const start = Date.now(); Date.now() - start < 150; ) {
    batch(count);
  }
  const times = Array.from({ length: 41 }, () => batch(count)).sort((a, b) => a - b);
  return { median: times[20], least: times[0] };
}

const bytes = encode(request);
let sink = 0;
const rows = [];
const row = (what, build, call) => rows.push({ what, build, ...time(call) });

const cases = [];
for (const [build, load] of [['preview', loadPreview], ['complete', loadComplete], ['JavaScript', loadJs]]) {
  const core = await load();
  // As a page calls them: straight, and for the builds with glue after its first call made them so.
  const call = (name) => {
    if (core.module === null) {
      return core.exports[`loyalty_${name}`];
    }
    core.module[`_loyalty_${name}`](0, 0);
    return core.module[`_loyalty_${name}`];
  };
  core.openCatalog(catalog);
  core.openCheckout(request);
  const [setQuantity, setPoints, run, detail] = ['set_quantity', 'set_points', 'run', 'detail'].map(call);
  core.openCheckout(request);
  core.run();
  core.detail();
  const header = new Float64Array(core.buffer(), run(0), 23);
  cases.push({ build, core, setQuantity, setPoints, run, detail, header });
}

for (const { build, core, setQuantity, setPoints, run, detail, header } of cases) {
  row('(a) one quantity changed, total read', build, (i) => {
    setQuantity(3, 1 + (i & 3));
    run(0);
    sink += header[7];
  });
  row('(b) points of the reward changed, total read', build, (i) => {
    setPoints(entry, 100 + (i & 255));
    run(0);
    sink += header[7];
  });
  row('(c) computed, stream of everything read', build, () => {
    run(0);
    const stream = new Float64Array(core.buffer(), detail(), header[21]);
    for (let k = 0; k < stream.length; k += 1) {
      sink += stream[k];
    }
  });
  row('(f) cold: request of CBOR at hand opened, computed, total read', build, () => {
    core.open('checkout', bytes);
    run(0);
    sink += header[7];
  });
  row('(f) cold: request encoded by the tests\' encoder, opened, computed, total read', build, () => {
    core.openCheckout(request);
    run(0);
    sink += header[7];
  });
}
for (const { build, core, run } of cases.filter(({ core: { module } }) => module !== null)) {
  row('(d) the answer as JSON text, decoded', build, () => {
    sink += core.answer(0).length;
  });
  row('(d) the answer as JSON text, decoded and parsed', build, () => {
    sink += JSON.parse(core.answer(0)).value.total;
  });
  const { module } = core;
  row('(e) a raw export that does nothing else', build, () => {
    sink += module._loyalty_abi();
  });
  row('(e) an Embind function that gives a view and does nothing else', build, () => {
    sink += module.version().length;
  });
  row('(e) computed by the raw export', build, () => {
    sink += run(0);
  });
  row('(e) computed by Embind, with its JSON left unread', build, () => {
    sink += module.answer(0, 0).length;
  });
}
row('encoding the request as CBOR (the tests\' encoder)', '', () => {
  sink += encode(request).length;
});
row('encoding the request as JSON', '', () => {
  sink += JSON.stringify(request).length;
});

const commit = execFileSync('git', ['-C', top, 'rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const changed = execFileSync('git', ['-C', top, 'status', '--porcelain', 'core', 'wasm'], { encoding: 'utf8' }).trim() !== '';
const number = (ns) => (ns < 1000 ? ns.toFixed(0) : Math.round(ns).toLocaleString('en'));
console.log(`# Crossing between a page and the core

\`node wasm/boundary_bench.mjs\` · commit ${commit}${changed ? ' with changes' : ''} · Node ${process.version} ·
${os.cpus()[0].model}, ${os.cpus().length} processors, load ${os.loadavg()[0].toFixed(1)} · ${new Date().toISOString().slice(0, 10)}

The typical cart of \`bench/inputs.h\` (${bytes.length} bytes of CBOR, ${JSON.stringify(request).length} of JSON). Nanoseconds a call, median and
least of 41 batches.

| way | build | median | least |
|---|---|--:|--:|`);
for (const { what, build, median, least } of rows) {
  console.log(`| ${what} | ${build} | ${number(median)} | ${number(least)} |`);
}
if (!Number.isFinite(sink)) {
  throw new Error('a sum is no number');
}
