// @ts-check
// Stages the compiled core beside the facade, where sources, tests and builds expect it.
//
//   node scripts/assets.mjs [--from <folder>]     default: the wasm preset's build/wasm/dist
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { minify } from 'terser';

const { values } = parseArgs({ options: { from: { type: 'string' } } });
const from = values.from ? new URL(`file://${values.from}/`) : new URL('../../build/wasm/dist/', import.meta.url);
const to = new URL('../src/core/build/', import.meta.url);

/** The facade knows more of them than Emscripten says. */
const types = 'declare const create: unknown;\nexport default create;\n';

const modules = ['loyalty-preview.wasm', 'loyalty.wasm'];
const glue = ['loyalty.mjs', 'loyalty-js.mjs'];

/** @param {URL} file */
async function glueText(file) {
  const { code } = await minify(await readFile(file, 'utf8'), {
    module: true,
    ecma: 2020,
    compress: { passes: 3, toplevel: true, ecma: 2020 },
    mangle: { toplevel: true },
  });
  // The build without a module names one all the same, and bundlers would look for it.
  return (code ?? '').replace('new URL("loyalty-js.wasm",import.meta.url)', '"loyalty-js.wasm"');
}

for (const name of [...modules, ...glue]) {
  if (!(await stat(new URL(name, from)).catch(() => null))) {
    console.error(`${new URL(name, from).pathname} is missing: build the preset "wasm" first.`);
    process.exit(1);
  }
}
await mkdir(to, { recursive: true });
for (const name of modules) {
  await copyFile(new URL(name, from), new URL(name, to));
}
for (const name of glue) {
  await writeFile(new URL(name, to), await glueText(new URL(name, from)));
  await writeFile(new URL(name.replace('.mjs', '.d.mts'), to), types);
}
