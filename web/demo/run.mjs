#!/usr/bin/env node
/** Command line of the demonstration. `node run.mjs --help` says how. */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { POLICIES } from '../server/policies.mjs';
import { serve } from '../server/serve.mjs';
import { BINARY } from './store/loyalty-process.mjs';
import { runDemo } from './store/demo.mjs';

const ROOT = resolve(import.meta.dirname, '..');
const BUILT = join(ROOT, 'build/demo');
const SOURCES = ['demo', 'gallery', 'src'].map((folder) => join(ROOT, folder));
const CORE = join(ROOT, 'src/core/build/loyalty-preview.wasm');

const USAGE = `usage: node run.mjs [options]             a shop, a rewards page and a console on a real server
       node run.mjs --shops [options]     only pages: three shops with a store in memory

  --server <file>       the loyalty server (default: the one that ./dev build makes)
  --data <folder>       where it keeps everything (default: build/demo-data)
  --web <folder>        the pages that it serves, the console among them (default: web/dist)
  --fresh               begins anew: what the last demonstration left is gone
  --seed <text>         chance begins here: another text gives other people (default: bean and leaf)
  --members <number>    how many people that year has (default 200)
  --days <number>       how many days (default 365)
  --port <number>       first port to try for the shop (default 4173; 0: any free one)
  --server-port <number>  first port to try for the server (default 8080; 0: any free one)
  --csp <name>          policy of the shop's pages: strict (default), blocked-wasm or none
  --help                this text

Options of --shops: node server/serve.mjs --help
`;

const OPTIONS = /** @type {const} */ ({
  server: { type: 'string', default: BINARY },
  data: { type: 'string', default: resolve(ROOT, '../build/demo-data') },
  web: { type: 'string', default: join(ROOT, 'dist') },
  fresh: { type: 'boolean', default: false },
  seed: { type: 'string', default: 'bean and leaf' },
  members: { type: 'string', default: '200' },
  days: { type: 'string', default: '365' },
  port: { type: 'string', default: '4173' },
  'server-port': { type: 'string', default: '8080' },
  csp: { type: 'string', default: 'strict' },
  help: { type: 'boolean', default: false },
});
/** What may be asked for, least and most. */
const NUMBERS = /** @type {const} */ ([
  ['members', 1, 2_000],
  ['days', 1, 3_650],
  ['port', 0, 65_535],
  ['server-port', 0, 65_535],
]);

/** @param {readonly string[]} args @returns {{ help: true } | { error: string } | { options: import('./store/demo.mjs').DemoOptions }} */
export function readDemoArguments(args) {
  let values;
  try {
    ({ values } = parseArgs({ args: [...args], options: OPTIONS }));
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
  if (values.help) return { help: true };
  for (const [name, least, most] of NUMBERS) {
    const isOne = /^\d{1,5}$/.test(values[name]) && Number(values[name]) >= least && Number(values[name]) <= most;
    if (!isOne) return { error: `--${name} takes a number from ${least} to ${most}, not '${values[name]}'.` };
  }
  const names = /** @type {(keyof typeof POLICIES)[]} */ (Object.keys(POLICIES));
  const csp = names.find((one) => one === values.csp);
  if (csp === undefined) return { error: `--csp is one of ${names.join(', ')}; not '${values.csp}'.` };
  return {
    options: {
      binary: resolve(values.server),
      data: resolve(values.data),
      web: resolve(values.web),
      pages: BUILT,
      fresh: values.fresh,
      seed: values.seed,
      members: Number(values.members),
      days: Number(values.days),
      port: Number(values.port),
      serverPort: Number(values['server-port']),
      csp,
    },
  };
}

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

/** Builds the pages where they are missing or older than their sources. */
async function buildPages() {
  if (!existsSync(CORE)) fail('The compiled core is missing: build the CMake preset "wasm", then run "npm run assets" here.', 1);
  if (!existsSync(join(ROOT, 'node_modules/vite'))) fail('The build tools are missing: run "npm ci" here.', 1);
  if (await isFresh()) return;
  console.log('Building the demonstration …');
  const { buildDemo } = await import('./build.mjs');
  await buildDemo({ out: BUILT });
}

/** @param {string} address */
function welcomeToShops(address) {
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

/** @param {string} text @param {number} code @returns {never} */
function fail(text, code) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}

/** @param {readonly string[]} args */
async function main(args) {
  if (args.includes('--shops')) {
    const rest = args.filter((one) => one !== '--shops');
    if (!rest.includes('--help')) await buildPages();
    return serve([BUILT, ...rest], welcomeToShops);
  }
  const read = readDemoArguments(args);
  if ('help' in read) return void process.stdout.write(USAGE);
  if ('error' in read) fail(`${read.error}\n\n${USAGE}`, 2);
  await buildPages();
  await runDemo(read.options);
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) await main(process.argv.slice(2));
