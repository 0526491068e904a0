// Builds the demonstration: the shop and the states gallery as static pages with hashed files, each also stored
// compressed, and each page also without its preload hints (for measuring what the hints are worth).
//
//   node demo/build.mjs [--out <folder>]     default: web/build/demo
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { compressAll } from '../scripts/compress.mjs';
import { forPages } from '../scripts/pages.mjs';

const ROOT = resolve(import.meta.dirname, '..');
/** Which page of the sources is served where. */
const PAGES = {
  'demo/index.html': 'index.html',
  'demo/checkout.html': 'checkout.html',
  'demo/404.html': '404.html',
  'demo/live/index.html': 'live/index.html',
  'demo/live/checkout.html': 'live/checkout.html',
  'demo/live/rewards.html': 'live/rewards.html',
  'demo/live/orders.html': 'live/orders.html',
  'gallery/index.html': 'gallery/index.html',
  'gallery/rewards.html': 'gallery/rewards.html',
};
/**
 * What pages need before they can show anything, beyond what Vite finds in their entries: it is named in them so that it is
 * fetched at once. The compiled core, and the chunk that the rewards page is drawn with.
 */
const EARLY = [
  { pages: /\/(?:index|checkout)\.html$/, file: /^loyalty-preview\b.*\.wasm$/, as: 'rel="preload" as="fetch" type="application/wasm"' },
  { pages: /\/rewards\.html$/, module: '/src/rewards/page.ts', as: 'rel="modulepreload"' },
];
const HINT_MARK = ' data-hint';

/** Adds the hints to each page: what Vite finds by itself are the static imports of the entry only. */
function hints() {
  return {
    name: 'loyalty-hints',
    enforce: /** @type {const} */ ('post'),
    transformIndexHtml: {
      order: /** @type {const} */ ('post'),
      /** @param {string} html @param {{ bundle?: Record<string, { fileName: string, facadeModuleId?: string | null }>, path: string }} context */
      handler(html, { bundle = {}, path }) {
        if (!html.includes('type="module"')) return html;
        const lines = EARLY.filter(({ pages }) => pages.test(path)).flatMap(({ file, module, as }) => {
          const chunk = Object.values(bundle).find(({ fileName, facadeModuleId }) => (file ? file.test(basename(fileName)) : facadeModuleId?.endsWith(module)));
          return chunk ? [`<link ${as} crossorigin href="/${chunk.fileName}"${HINT_MARK} />`] : [];
        });
        return html
          .replaceAll('<link rel="modulepreload"', `<link rel="modulepreload"${HINT_MARK}`)
          .replace('</head>', `${lines.map((line) => `  ${line}\n  `).join('')}</head>`);
      },
    },
  };
}

/** @param {{ out?: string }} [options] @returns {Promise<string>} the folder that can be served */
export async function buildDemo({ out = join(ROOT, 'build/demo') } = {}) {
  const pages = forPages({ root: ROOT, base: '/', out });
  const input = Object.keys(PAGES).map((page) => join(ROOT, page));
  await build({ ...pages, plugins: [hints()], build: { ...pages.build, rollupOptions: { input } } });
  await mkdir(join(out, 'live'), { recursive: true });
  for (const [from, to] of Object.entries(PAGES)) {
    if (from !== to) await rename(join(out, from), join(out, to));
  }
  await rm(join(out, 'demo'), { recursive: true, force: true });
  await writeFile(join(out, 'robots.txt'), 'User-agent: *\nDisallow: /\n');
  for (const page of Object.values(PAGES)) {
    const file = join(out, page);
    const html = await readFile(file, 'utf8');
    const without = html.split('\n').filter((line) => !line.includes(HINT_MARK));
    await writeFile(file.replace(/\.html$/, '.hints-off.html'), without.join('\n'));
  }
  await compressAll(out);
  return out;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const started = performance.now();
  const folder = await buildDemo(values.out === undefined ? {} : { out: resolve(values.out) });
  console.log(`Built ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
