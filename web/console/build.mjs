// Builds the merchant console as static pages that any folder can serve: files named by their content, each also stored
// compressed, addresses relative to the page.
//
//   node console/build.mjs [--out <folder>]     default: web/dist/console
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { compressAll } from '../scripts/compress.mjs';
import { forPages } from '../scripts/pages.mjs';
import { report, sizesOf } from './size.mjs';

const ROOT = import.meta.dirname;

/** @param {{ out?: string }} [options] @returns {Promise<string>} the folder that can be served */
export async function buildConsole({ out = join(ROOT, '../dist/console') } = {}) {
  const pages = forPages({ root: ROOT, base: './', out });
  // Which file belongs to which screen, for size.mjs.
  await build({ ...pages, build: { ...pages.build, manifest: 'manifest.json', rollupOptions: { checks: { pluginTimings: false } } } });
  await compressAll(out);
  return out;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const started = performance.now();
  const folder = await buildConsole(values.out === undefined ? {} : { out: resolve(values.out) });
  console.log(`Built ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  report(await sizesOf(folder));
}
