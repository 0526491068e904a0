// The compiled core beside the same checkout in plain JavaScript, in Node and in Chromium; prints Markdown:
//   node --expose-gc --max-semi-space-size=256 bench/browser_and_node.mjs
//        [--quick] [--only node|chromium] [--cases PROGRAM] [--modules FOLDER]
// Both give the same amounts (bench/plain_js/equality_test.mjs); here that is checked again for each case.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { launchChromium } from '../tests/parity/browser.mjs';
import { bundleFacade, top } from '../tests/parity/bundle.mjs';
import { serve } from '../tests/parity/serve.mjs';
import { garbage, measure, median } from './measure.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    cases: { type: 'string', default: join(top, 'build/release/bench/print_cases') },
    modules: { type: 'string', default: join(top, 'build/wasm/dist') },
  },
});
const rounds = options.quick ? { rounds: 20, msPerRound: 3 } : { rounds: 100, msPerRound: 3 };
const starts = options.quick ? 5 : 15;

const cases = execFileSync(options.cases, { maxBuffer: 2 ** 28 }).toString().trim().split('\n').map((line) => JSON.parse(line));
const typical = cases.find(({ name }) => name === 'typical');
const entry = join(top, 'bench/core_parts.ts');
const previewFile = join(options.modules, 'loyalty-preview.wasm');

async function inNode() {
  const bundle = await bundleFacade('node', entry);
  const parts = await import(pathToFileURL(bundle).href);
  const core = await parts.loadCore({ assets: pathToFileURL(options.modules), build: 'wasm' });
  const compiled = await WebAssembly.compile(readFileSync(previewFile));
  // Garbage first, while the heap is small; then the rest.
  const bytes = garbage(parts, compiled, core, typical, {
    heap: () => process.memoryUsage().heapUsed,
    collect: globalThis.gc,
  });
  const rows = measure(parts, compiled, core, cases, rounds);
  const cold = Array.from({ length: starts }, () =>
    JSON.parse(
      execFileSync(process.execPath, [join(top, 'bench/cold_start.mjs'), bundle, previewFile, JSON.stringify(typical)]).toString(),
    ),
  );
  return { where: `Node ${process.version}`, rows, bytes, cold };
}

async function inChromium() {
  const server = await serve({
    entry: '/bench/page.mjs',
    files: {
      '/bench/': join(top, 'bench'),
      '/bench/plain_js/': join(top, 'bench/plain_js'),
      '/bench/core_parts.js': await bundleFacade('browser', entry),
      '/modules/': options.modules,
    },
  });
  const browser = await launchChromium([
    '--enable-precise-memory-info', '--js-flags=--expose-gc --max-semi-space-size=256 --min-semi-space-size=256',
  ]);
  try {
    const open = async (name) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      page.on('pageerror', (error) => console.error(`page: ${error}`));
      await page.goto(server.origin);
      await page.waitForFunction((wanted) => globalThis[wanted], name);
      return page;
    };
    const call = async (name, ...args) => {
      const page = await open(name);
      const result = await page.evaluate(([wanted, given]) => globalThis[wanted](...given), [name, args]);
      await page.context().close();
      return result;
    };
    const bytes = await call('runGarbage', typical);
    const rows = await call('runAll', cases, rounds);
    const cold = [];
    for (let i = 0; i < starts; ++i) {
      cold.push(await call('runCold', typical));
    }
    return { where: `Chromium ${browser.version()}`, rows, bytes, cold };
  } finally {
    await browser.close();
    server.close();
  }
}

const ns = (value) => (value >= 10_000 ? `${(value / 1000).toFixed(1)} µs` : `${value.toFixed(0)} ns`);
const TARGETS = [
  [/^(small|typical): (quantity|points), total/, 0.65],
  [/^large: quantity, total/, 0.4],
  [/^(small|typical): quantity, whole quote/, 0.9],
  [/: first quote/, 1.5],
];

function print({ where, rows, bytes, cold }) {
  console.log(`\n### ${where}\n`);
  console.log('The fastest of the rounds, and the ratio to plain JavaScript; in brackets that of the medians.\n');
  console.log('| | plain JavaScript | flat door | facade, preview build | facade, complete build | best ratio | target |');
  console.log('|---|---|---|---|---|---|---|');
  for (const { what, plain, ...compiled } of rows) {
    const cell = (way) => {
      const time = compiled[way];
      return time
        ? `${ns(time.least)}, ${(time.least / plain.least).toFixed(2)} (${(time.median / plain.median).toFixed(2)})`
        : '–';
    };
    const best = Math.min(...Object.values(compiled).map((time) => time.least / plain.least));
    const target = TARGETS.find(([pattern]) => pattern.test(what))?.[1];
    const verdict = target ? `${target} ${best <= target ? 'met' : 'missed'}` : '–';
    console.log(`| ${what} | ${ns(plain.least)} | ${cell('flat')} | ${cell('preview')} | ${cell('complete')} | ${best.toFixed(2)} | ${verdict} |`);
  }
  console.log('\nGarbage, bytes per change and preview of the typical cart:');
  for (const [name, count] of Object.entries(bytes)) {
    console.log(`- ${name}: ${count.toFixed(2)}`);
  }
  const wasm = cold.map((start) => start.wasm);
  const plain = cold.map((start) => start.plain);
  console.log(
    `\nFrom the bytes of the preview module in memory to the first quote, ${cold.length} fresh starts: median ` +
      `${median(wasm).toFixed(2)} ms, least ${Math.min(...wasm).toFixed(2)}, most ${Math.max(...wasm).toFixed(2)} ` +
      `(target 5 ms); plain JavaScript cold: median ${median(plain).toFixed(2)} ms.`,
  );
}

const commit = execFileSync('git', ['-C', top, 'rev-parse', '--short', 'HEAD']).toString().trim();
const isClean = execFileSync('git', ['-C', top, 'status', '--porcelain']).toString().trim() === '';
console.log('| | |\n|---|---|');
console.log(`| commit | ${commit}${isClean ? '' : ' and uncommitted changes'} |`);
console.log(`| machine | ${cpus()[0].model}, ${cpus().length} processors, load ${loadavg()[0].toFixed(1)} at the start |`);
console.log('| command | `node --expose-gc --max-semi-space-size=256 bench/browser_and_node.mjs` |');
if (options.only !== 'chromium') {
  print(await inNode());
}
if (options.only !== 'node') {
  print(await inChromium());
}
