// @ts-check
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { minifyHTMLLiterals } from 'minify-literals';
import { rolldown } from 'rolldown';
import { minify as withoutSpaces } from 'rolldown/utils';
import { minify } from 'terser';

/** Sources in these folders hold templates. */
const templates = /\/src\/(checkout|rewards)\//;

/** Entry points that pages may load directly; everything else is found from these. */
const entries = {
  loader: 'src/loader/index.ts',
  define: 'src/define.ts',
  core: 'src/core/index.ts',
  mock: 'src/mock/index.ts',
};

/**
 * What the texts of a template are made of; a space beside a tag may be one that is read. Engines older than these
 * have no `:state()` or container queries anyway, and rules are not rewritten for them.
 * @type {import('minify-literals').Options}
 */
const inTemplates = {
  html: { collapseWhitespace: true, conservativeCollapse: true, removeAttributeQuotes: false, caseSensitive: true, keepClosingSlash: true },
  css: { targets: {} },
  sourceMap: false,
};

/** @type {import('rolldown').Plugin} */
const smallTemplates = {
  name: 'small-templates',
  transform: {
    filter: { id: templates },
    handler: async (code, id) => (await minifyHTMLLiterals(code, { ...inTemplates, fileName: id }))?.code ?? code,
  },
};

/** @type {import('rolldown').Plugin} */
const smaller = {
  name: 'smaller',
  async renderChunk(code, chunk) {
    // The core as JavaScript went through this when it was staged; only its spaces came back.
    if (chunk.name === 'loyalty-js') {
      const { code: joined } = await withoutSpaces(chunk.fileName, code, { module: true, compress: false, mangle: false });
      return joined;
    }
    const { code: minified = '' } = await minify(code, {
      module: true,
      ecma: 2020,
      compress: { passes: 3, ecma: 2020, unsafe_arrows: true, keep_fargs: false },
      format: { comments: false },
    });
    return minified;
  },
};

/** Files of their own: the core's facade, for those who only want that, and what only pages with a store need. */
const APART = ['core', 'client'];

/**
 * What the elements start with, and what their later parts share with them: one file instead of several.
 * @param {import('rolldown').RolldownBuild} bundle
 */
async function sharedModules(bundle) {
  const { output } = await bundle.generate({ format: 'es' });
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
  /** @type {Set<import('rolldown').OutputChunk>} */
  const needed = new Set();
  /** @param {import('rolldown').OutputChunk} chunk */
  const need = (chunk) => {
    needed.add(chunk);
    for (const other of chunk.imports.flatMap((name) => chunks.get(name) ?? [])) {
      if (!needed.has(other)) need(other);
    }
  };
  // What only later parts share stays with them.
  [...chunks.values()].filter(({ name }) => name === 'define').forEach(need);
  const shared = [...needed].filter(({ isEntry, isDynamicEntry, name }) => !isEntry && !isDynamicEntry && !APART.includes(name));
  return new Set(shared.flatMap(({ moduleIds }) => moduleIds));
}

/** The folder to serve: loader.js, which may change, and one folder per version, which never does.
 *  @param {URL} web @param {URL} [out] */
export async function buildCdn(web, out = new URL('dist/cdn/', web)) {
  const { version } = JSON.parse(await readFile(new URL('package.json', web), 'utf8'));
  const bundle = await rolldown({
    input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, fileURLToPath(new URL(file, web))])),
    platform: 'browser',
    // Whoever runs this says 'test' or 'development' of itself, not of what is built.
    resolve: { conditionNames: ['production', 'browser', 'import', 'default'] },
    preserveEntrySignatures: 'allow-extension',
    tsconfig: fileURLToPath(new URL('tsconfig.base.json', web)),
    experimental: { resolveNewUrlToAsset: true },
    checks: { bundlerTimings: false },
    plugins: [smallTemplates],
  });
  const shared = await sharedModules(bundle);
  const { output } = await bundle.write({
    dir: fileURLToPath(out),
    format: 'es',
    minify: false,
    plugins: [smaller],
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: [{ name: 'elements', test: (id) => shared.has(id) }],
    },
    entryFileNames: ({ name }) => (name === 'loader' ? 'loader.js' : `${version}/[name]-[hash].js`),
    chunkFileNames: ({ name }) => `${version}/${name === 'core' ? 'facade' : '[name]'}-[hash].js`,
    assetFileNames: `${version}/[name]-[hash][extname]`,
  });
  await bundle.close();
  await describe(out, version, output);
  await compress(out);
}

/** @param {URL} folder @returns {Promise<string[]>} */
async function filesOf(folder) {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((file) => file.isFile() && !/\.(br|gz)$/.test(file.name))
    .map((file) => `${file.parentPath.replace(/\/?$/, '/').slice(fileURLToPath(folder).length)}${file.name}`)
    .sort();
}

/**
 * manifest.json: where the entry points are, what there is to preload before the first preview, and every file with
 * its hash, for `integrity` and for whoever serves them.
 * @param {URL} out @param {string} version @param {readonly (import('rolldown').OutputChunk | import('rolldown').OutputAsset)[]} output
 */
async function describe(out, version, output) {
  /** @type {Record<string, { integrity: string; bytes: number }>} */
  const files = {};
  for (const name of await filesOf(out)) {
    const bytes = await readFile(new URL(name, out));
    files[name] = { integrity: `sha384-${createHash('sha384').update(bytes).digest('base64')}`, bytes: bytes.length };
  }
  const chunks = output.filter((file) => file.type === 'chunk');
  /** @type {Set<string>} */
  const preload = new Set();
  /** @param {string} fileName */
  const need = (fileName) => {
    preload.add(fileName);
    chunks.find((chunk) => chunk.fileName === fileName)?.imports.forEach((one) => preload.has(one) || need(one));
  };
  chunks.filter(({ name }) => name === 'elements' || name === 'core').forEach(({ fileName }) => need(fileName));
  Object.keys(files).filter((name) => /\/loyalty-preview-[^/]*\.wasm$/.test(name)).forEach(need);

  const entryFiles = Object.fromEntries(chunks.filter(({ isEntry }) => isEntry).map(({ name, fileName }) => [name, fileName]));
  const manifest = { version, entries: entryFiles, preload: [...preload], files };
  await writeFile(new URL('manifest.json', out), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Each file compressed once, as hard as it goes, so that no server does it for each request. @param {URL} out */
async function compress(out) {
  for (const name of await filesOf(out)) {
    const bytes = await readFile(new URL(name, out));
    const options = {
      params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    };
    await writeFile(new URL(`${name}.br`, out), await promisify(brotliCompress)(bytes, options));
    await writeFile(new URL(`${name}.gz`, out), await promisify(gzip)(bytes, { level: 9 }));
  }
}
