// What a browser downloads for the console, as a server sends it: brotli at its hardest. Fails beyond the limit.
//
//   node console/size.mjs [--from <folder>]     default: web/dist/console
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const KIB = 1024;
/** Page, shell, kit and overview, without its charts. */
export const LIMIT = 70 * KIB;
const ENTRY = 'index.html';
const FIRST_SCREEN = 'src/screens/overview/screen.ts';
/** What is fetched when it is asked for: each other screen, and the pictures of the first. */
const LATER = /^src\/(?:screens\/([a-z]+)\/screen|kit\/(chart)-drawing)\.ts$/;

/** @typedef {{ file: string, imports?: string[], css?: string[], dynamicImports?: string[] }} Chunk */

/** @param {string} file @returns {Promise<number>} bytes */
async function sizeOf(file) {
  const { size } = await stat(`${file}.br`).catch(() => stat(file));
  return size;
}

/**
 * @param {string} folder what build.mjs made
 * @returns {Promise<{ first: number, later: Record<string, number> }>} bytes before the first screen, and what each other part adds
 */
export async function sizesOf(folder) {
  /** @type {Record<string, Chunk>} */
  const chunks = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  /** @param {string} key @param {Set<string>} files @returns {Set<string>} everything that comes with it */
  const filesOf = (key, files = new Set()) => {
    const chunk = chunks[key];
    if (chunk && !files.has(chunk.file)) {
      [chunk.file, ...(chunk.css ?? [])].forEach((file) => files.add(file));
      (chunk.imports ?? []).forEach((other) => filesOf(other, files));
    }
    return files;
  };
  /** @param {Iterable<string>} files */
  const sum = async (files) => (await Promise.all([...files].map((file) => sizeOf(join(folder, file))))).reduce((total, size) => total + size, 0);
  const first = filesOf(FIRST_SCREEN, filesOf(ENTRY, new Set(['index.html'])));
  /** @type {Record<string, number>} */
  const later = {};
  for (const key of Object.keys(chunks)) {
    const [, screen, part] = LATER.exec(key) ?? [];
    const name = screen ?? part;
    if (name !== undefined && key !== FIRST_SCREEN) {
      later[name] = await sum([...filesOf(key)].filter((file) => !first.has(file)));
    }
  }
  return { first: await sum(first), later };
}

/** @param {{ first: number, later: Record<string, number> }} sizes */
export function report({ first, later }) {
  /** @param {string} name @param {number} bytes @param {string} [note] */
  const row = (name, bytes, note = '') => console.log(`  ${name.padEnd(26)}${(bytes / KIB).toFixed(2).padStart(8)} KiB  ${note}`);
  console.log('The console (brotli):');
  row('before the first screen', first, `${first <= LIMIT ? 'within' : 'BEYOND'} ${LIMIT / KIB}`);
  Object.entries(later).forEach(([name, bytes]) => row(`${name} adds`, bytes));
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === import.meta.filename) {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  const sizes = await sizesOf(values.from === undefined ? join(import.meta.dirname, '../dist/console') : resolve(values.from));
  report(sizes);
  if (sizes.first > LIMIT) {
    console.error('\nThe console is too large.');
    process.exitCode = 1;
  }
}
