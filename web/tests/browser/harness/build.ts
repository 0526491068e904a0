import { readFileSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildConsole } from '../../../console/build.mjs';
import { buildDemo } from '../../../demo/build.mjs';
import { buildCdn } from '../../../scripts/cdn.mjs';

const web = new URL('../../../', import.meta.url);

/** Where it is built to; LOYALTY_TEST_BUILD names another folder, so that two may test at the same time. */
const place = process.env['LOYALTY_TEST_BUILD'];

/** What the tests' own pages load, at /loyalty/: the folder that pages without a build of their own use. */
export const ownModules = place ? pathToFileURL(`${place}/`) : new URL('../../../../build/web-tests/', import.meta.url);
const cdn = new URL('loyalty/', ownModules);

/** The demonstration shop and the states gallery. */
export const builtPages = new URL('site/', ownModules);

/** What a server of its own serves beside its answers: the console. */
export const serverPages = new URL('server-pages/', ownModules);

const sources = ['package.json', 'src', 'demo', 'gallery', 'console', 'scripts'];
const stamp = new URL('built-from', ownModules);

/**
 * Builds both from the sources as they are, just as they are shipped. Once, before all files; not again where
 * nothing changed, or where LOYALTY_BUILT=keep says that the last build will do.
 */
export default async function bundle(): Promise<void> {
  const from = String(await newest());
  const last = await readFile(stamp, 'utf8').catch(() => null);
  if (last === from || (last !== null && process.env['LOYALTY_BUILT'] === 'keep')) return;
  const next = new URL(`${ownModules.href.slice(0, -1)}-next/`);
  await rm(next, { recursive: true, force: true });
  await buildCdn(web, new URL('loyalty/', next));
  // The test runner says 'test', which libraries take for development.
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = 'production';
  await buildDemo({ out: fileURLToPath(new URL('site/', next)) });
  await buildConsole({ out: fileURLToPath(new URL('server-pages/console/', next)) });
  process.env['NODE_ENV'] = NODE_ENV;
  await writeFile(new URL('built-from', next), from);
  await rm(ownModules, { recursive: true, force: true });
  await rename(next, ownModules);
}

async function newest(): Promise<number> {
  const times = sources.map(async (name) => {
    const path = fileURLToPath(new URL(name, web));
    const inside = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : [];
    const all = await Promise.all([path, ...inside.map((one) => join(path, one))].map((one) => stat(one).then(({ mtimeMs }) => mtimeMs, () => 0)));
    return Math.max(...all);
  });
  return Math.max(...(await Promise.all(times)));
}

/** The address of an entry point. */
export function addressOf(entry: 'define' | 'core' | 'mock' | 'loader'): string {
  const { files } = JSON.parse(readFileSync(new URL('manifest.json', cdn), 'utf8')) as { files: Record<string, unknown> };
  const found = Object.keys(files).filter((file) => new RegExp(`(^|/)${entry}(-[\\w-]{8})?\\.js$`).test(file));
  // What entry points share may be called like one of them; names that people know are exported by entry points alone.
  const named = found.filter((file) => found.length === 1 || /\bas load[A-Z]/.test(readFileSync(new URL(file, cdn), 'utf8')));
  if (named.length !== 1) throw new Error(`Not one file is the entry point ${entry}: ${found.join(', ')}`);
  return `/loyalty/${named[0]}`;
}

/** A file of it. */
export function builtFile(path: string): Buffer {
  return readFileSync(new URL(path.replace(/^\/loyalty\//, ''), cdn));
}
