#!/usr/bin/env node
// One command for the demonstration: builds the pages where they are missing or older than their sources, and
// serves them as a careful production setup would.
//
//   node demo/run.mjs [options of server/serve.mjs]
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serve } from '../server/serve.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const BUILT = join(ROOT, 'build/demo');
const SOURCES = ['demo', 'gallery', 'src'].map((folder) => join(ROOT, folder));
const CORE = join(ROOT, 'src/core/build/loyalty-preview.wasm');

/** @param {string} folder */
async function newestIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const times = await Promise.all(entries.filter((entry) => entry.isFile()).map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs));
  return Math.max(0, ...times);
}

async function isFresh() {
  const page = join(BUILT, 'index.html');
  if (!existsSync(page)) return false;
  const built = (await stat(page)).mtimeMs;
  return (await Promise.all(SOURCES.map(newestIn))).every((time) => time <= built);
}

/** @param {string} address */
function welcome(address) {
  return `
  The shop is open: ${address}/

  Five things to try
    1  Move the slider and watch the total: every amount is computed in the page.
       ${address}/checkout?program=fashion&chosen=reward:pay-with-stars:1200
    2  Enter SUMMER: it says what is missing. Add the shoes, and it runs.
       ${address}/checkout?program=fashion&member=silver
    3  Put two ramen into the cart, and a pudding: the pudding is free. In yen, in Japanese.
       ${address}/?program=restaurant&currency=JPY&lang=ja&view=cart&cart=shoyu:1,miso:1,pudding:1
    4  Apply points, place the order, see what was spent and earned. In dinars, right to left, by night.
       ${address}/checkout?program=coffee&currency=KWD&lang=ar&member=gold&theme=dark
    5  Look at every state that the checkout element can be in.
       ${address}/gallery/

  Ctrl-C stops.
`;
}

if (!existsSync(CORE)) {
  console.error('The compiled core is missing: build the CMake preset "wasm", then run "npm run assets" here.');
  process.exit(1);
}
if (!existsSync(join(ROOT, 'node_modules/vite'))) {
  console.error('The build tools are missing: run "npm ci" here.');
  process.exit(1);
}
if (!process.argv.includes('--help') && !(await isFresh())) {
  console.log('Building the demonstration …');
  const { buildDemo } = await import('./build.mjs');
  await buildDemo({ out: BUILT });
}
await serve([BUILT, ...process.argv.slice(2)], welcome);
