// @ts-check
// What a page downloads before the first preview, and what the member's page downloads, part by part, as a server sends
// it: brotli at its hardest. Fails beyond the limits. Build first.
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
// @ts-expect-error it has no types
import filePlugin from '@size-limit/file';
import sizeLimit from 'size-limit';

const KIB = 1024;
const limits = {
  loader: 1.5 * KIB,
  locale: 2 * KIB,
  rewardsPage: 70 * KIB,
  /** Beyond the gate today; the ceiling keeps it from growing until the gate is met. */
  firstPreview: { ceiling: 53.25 * KIB, gate: 48 * KIB, wanted: 40 * KIB, aimed: 34 * KIB },
};

const web = new URL('../', import.meta.url);
const folder = new URL('dist/cdn/', web);
/** @type {{ preload: string[]; files: Record<string, unknown> }} */
const manifest = JSON.parse(await readFile(new URL('manifest.json', folder), 'utf8'));

/** As brotli makes it. @param {string} file */
async function sizeOf(file) {
  const [result] = /** @type {{ size: number }[]} */ (await sizeLimit([filePlugin], [fileURLToPath(new URL(file, folder))]));
  return result?.size ?? NaN;
}

/** @param {string} stem the file's name without folder, hash and ending @param {string} [ending] */
async function size(stem, ending = 'js') {
  const name = new RegExp(`(^|/)${stem}(-[\\w-]{8})?\\.${ending}$`);
  const [found, ...more] = Object.keys(manifest.files).filter((file) => name.test(file));
  if (found === undefined || more.length > 0) {
    throw new Error(`There should be one ${stem}.${ending}.`);
  }
  return sizeOf(found);
}

const parts = /** @type {Record<string, string>} */ ({
  elements: 'element, Lit, first texts',
  core: 'facade of the core',
  facade: 'facade of the core',
  'loyalty-preview': 'core, preview',
});
const loader = await size('loader');
/** Fetched before the first preview. @type {Record<string, number>} */
const first = { loader, 'what the loader names': await size('parts') };
for (const file of manifest.preload) {
  const stem = file.replace(/^.*\/|-[\w-]{8}\.\w+$/g, '');
  first[parts[stem] ?? stem] = await sizeOf(file);
}
const server = (await size('client')) + (await size('store'));
/** Fetched when something asks for it. */
/** @type {Record<string, number>} */
const later = {
  'later views': await size('later'),
  'later deeds': await size('dealings'),
  'explain panel': await size('explain'),
  'the rest of English': await size('en'),
  'core, complete': await size('loyalty', 'wasm'),
  'its glue': await size('loyalty'),
  'core as JavaScript': await size('loyalty-js'),
  'server client': server,
  'without the core': await size('remote-engine'),
  'store in memory': await size('mock'),
};
/** Everything that the member's page starts with: no core. The English texts of both elements are shared. */
/** @type {Record<string, number>} */
const rewardsPage = {
  loader,
  'elements, Lit, texts': await size('elements'),
  'its element and page': (await size('element')) + (await size('page')),
  'server client': server,
  'its English': await size('rewards-en'),
};
const locales = (await readdir(new URL('src/text/locales/', web))).filter((name) => name.endsWith('.ts')).map((name) => name.replace('.ts', ''));
/** @type {Record<string, number>} English comes in two parts, as above. */
const ofLocales = {};
for (const tag of locales.filter((tag) => tag !== 'en')) {
  ofLocales[`locale ${tag}`] = await size(tag);
  later[`rewards page in ${tag}`] = await size(`rewards-${tag}`);
}
later['its QR code'] = await size('qr');

/** @param {string} name @param {number} bytes @param {string} [note] */
const row = (name, bytes, note = '') =>
  console.log(`  ${name.padEnd(26)}${(bytes / KIB).toFixed(2).padStart(8)} KiB  ${note}`);
/** @param {number} bytes @param {number} limit */
const against = (bytes, limit) => `${bytes <= limit ? 'within' : 'BEYOND'} ${limit / KIB}`;

console.log('Before the first preview (brotli):');
for (const [name, bytes] of Object.entries(first)) {
  row(name, bytes, name === 'loader' ? against(bytes, limits.loader) : '');
}
const total = Object.values(first).reduce((sum, bytes) => sum + bytes, 0);
const { ceiling, gate, wanted, aimed } = limits.firstPreview;
row('together', total, `ceiling: ${against(total, ceiling)}; gate: ${against(total, gate)}; wanted: ${against(total, wanted)}; aimed: ${against(total, aimed)}`);
console.log("The member's page (brotli):");
Object.entries(rewardsPage).forEach(([name, bytes]) => row(name, bytes));
const rewardsTotal = Object.values(rewardsPage).reduce((sum, bytes) => sum + bytes, 0);
row('together', rewardsTotal, against(rewardsTotal, limits.rewardsPage));
console.log('When asked for:');
for (const [name, bytes] of Object.entries({ ...later, ...ofLocales })) {
  row(name, bytes, name.startsWith('locale') ? against(bytes, limits.locale) : '');
}

const beyond = [
  loader > limits.loader && 'The loader',
  total > ceiling && 'What comes before the first preview',
  rewardsTotal > limits.rewardsPage && "The member's page",
  ...Object.entries(ofLocales).map(([name, bytes]) => bytes > limits.locale && `The ${name}`),
].filter(Boolean);
if (beyond.length > 0) {
  console.error(`\n${beyond.join(', ')}: too large.`);
  process.exitCode = 1;
}
