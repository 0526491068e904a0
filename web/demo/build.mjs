// Builds the demonstration: the shop and the states gallery as static pages with hashed files, each also stored
// compressed, and each page also without its preload hints (for measuring what the hints are worth).
//
//   node demo/build.mjs [--out <folder>]     default: web/build/demo
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';

const ROOT = resolve(import.meta.dirname, '..');
/** Which page of the sources is served where. */
const PAGES = { 'demo/index.html': 'index.html', 'demo/checkout.html': 'checkout.html', 'demo/404.html': '404.html', 'gallery/index.html': 'gallery/index.html' };
/** What these pages need before they can show a price: the page names it so that it is fetched at once. */
const NEEDED_AT_ONCE = /^loyalty-preview\b.*\.wasm$/;
/** What the element draws with, fetched by it when there is something to draw: pages that have one want it early. */
const PANEL = '/src/checkout/views/panel.ts';
const HINT_MARK = ' data-hint';
const COMPRESSIBLE = new Set(['.html', '.js', '.mjs', '.css', '.svg', '.json', '.wasm', '.txt']);
const SMALLEST_COMPRESSED = 512;

const deflateWith = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Adds the hints to each page: what Vite finds by itself are the static imports of the entry only. */
function hints() {
  return {
    name: 'loyalty-hints',
    enforce: /** @type {const} */ ('post'),
    transformIndexHtml: {
      order: /** @type {const} */ ('post'),
      /** @param {string} html @param {{ bundle?: Record<string, { fileName: string, type: string, facadeModuleId?: string | null }>, path: string }} context */
      handler(html, { bundle = {}, path }) {
        if (!html.includes('type="module"')) return html;
        const lines = Object.values(bundle).flatMap(({ fileName, type, facadeModuleId }) => {
          if (NEEDED_AT_ONCE.test(basename(fileName))) return [`<link rel="preload" as="fetch" type="application/wasm" crossorigin href="/${fileName}"${HINT_MARK} />`];
          const isPanel = type === 'chunk' && facadeModuleId?.endsWith(PANEL) && !path.endsWith('/index.html');
          return isPanel ? [`<link rel="modulepreload" crossorigin href="/${fileName}"${HINT_MARK} />`] : [];
        });
        return html
          .replaceAll('<link rel="modulepreload"', `<link rel="modulepreload"${HINT_MARK}`)
          .replace('</head>', `${lines.map((line) => `  ${line}\n  `).join('')}</head>`);
      },
    },
  };
}

/** @param {string} folder @returns {Promise<string[]>} */
async function filesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} file */
async function compress(file) {
  const bytes = await readFile(file);
  if (bytes.length < SMALLEST_COMPRESSED) return;
  const br = await deflateWith.br(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  const gz = await deflateWith.gz(bytes, { level: 9 });
  if (br.length < bytes.length) await writeFile(`${file}.br`, br);
  if (gz.length < bytes.length) await writeFile(`${file}.gz`, gz);
}

/** @param {{ out?: string }} [options] @returns {Promise<string>} the folder that can be served */
export async function buildDemo({ out = join(ROOT, 'build/demo') } = {}) {
  await build({
    root: ROOT,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    base: '/',
    oxc: { target: 'es2022' },
    plugins: [hints()],
    build: {
      outDir: out,
      emptyOutDir: true,
      target: 'es2022',
      // An address in the page would break its policy, and keep the file out of caches.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
      rollupOptions: { input: Object.keys(PAGES).map((page) => join(ROOT, page)) },
    },
  });
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
  const compressible = (await filesIn(out)).filter((file) => COMPRESSIBLE.has(extname(file)));
  await Promise.all(compressible.map(compress));
  return out;
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  const started = performance.now();
  const folder = await buildDemo(values.out === undefined ? {} : { out: resolve(values.out) });
  console.log(`Built ${folder} in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}
