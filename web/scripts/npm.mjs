// @ts-check
import { execFileSync } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';

/** Entry points by the file that they are; types stand beside each file. */
const entries = {
  '.': 'index',
  './define': 'define',
  './loader': 'loader/index',
  './core': 'core/index',
  './mock': 'mock/index',
  './client': 'client/index',
};

/** For those who check templates. */
const typesOnly = ['jsx/index', 'jsx/react', 'jsx/preact', 'jsx/svelte', 'jsx/vue'];

/** The package: every source file as a module of its own with its types, and the compiled core. @param {URL} web */
export async function buildNpm(web) {
  const out = new URL('dist/npm/', web);
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { cwd: web, stdio: 'inherit' });
  await cp(new URL('src/core/build/', web), new URL('core/build/', out), { recursive: true });

  const own = JSON.parse(await readFile(new URL('package.json', web), 'utf8'));
  const { name, version, description, license, type, engines, dependencies } = own;
  const locales = (await readdir(new URL('src/text/locales/', web))).filter((file) => file.endsWith('.ts'));
  /** @param {string} file */
  const entry = (file) => ({ types: `./${file}.d.ts`, default: `./${file}.js` });
  const exports = {
    ...Object.fromEntries(Object.entries(entries).map(([path, file]) => [path, entry(file)])),
    ...Object.fromEntries(
      locales.map((file) => file.replace('.ts', '')).map((tag) => [`./locales/${tag}.js`, entry(`text/locales/${tag}`)]),
    ),
    ...Object.fromEntries(typesOnly.map((file) => [`./${file.replace('/index', '')}`, { types: `./${file}.d.ts` }])),
    './core/build/*': './core/build/*',
    './custom-elements.json': './custom-elements.json',
    './package.json': './package.json',
  };
  const manifest = {
    name,
    version,
    description,
    license,
    type,
    engines,
    exports,
    imports: { '#compile': { node: './core/compile.node.js', default: './core/compile.js' } },
    sideEffects: ['./define.js'],
    customElements: './custom-elements.json',
    dependencies,
  };
  await writeFile(new URL('package.json', out), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(new URL('../LICENSE', web), new URL('LICENSE', out));
  execFileSync(
    process.execPath,
    [
      'node_modules/@custom-elements-manifest/analyzer/cem.js',
      'analyze',
      '--litelement',
      '--quiet',
      '--globs',
      'src/checkout/element.ts',
      'src/rewards/element.ts',
      'src/define-elements.ts',
      '--outdir',
      'dist/npm',
    ],
    { cwd: web, stdio: 'inherit' },
  );
  await forgetUnnamed(new URL('custom-elements.json', out));
}

/** The analyzer also lists the parameter of the one place that sends all events; an event has a sentence. @param {URL} file */
async function forgetUnnamed(file) {
  const analyzed = JSON.parse(await readFile(file, 'utf8'));
  for (const { declarations = [] } of analyzed.modules) {
    for (const declaration of declarations) {
      if (declaration.events !== undefined) {
        declaration.events = declaration.events.filter((/** @type {{ description?: string }} */ { description }) => description !== undefined);
      }
    }
  }
  await writeFile(file, `${JSON.stringify(analyzed, null, 2)}\n`);
}
