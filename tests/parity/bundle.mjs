// The facade of web/src/core as one module that Node or a browser can import, made by web's own bundler.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const top = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** A package that web/ has installed. */
export async function webPackage(name) {
  const require = createRequire(join(top, 'web/package.json'));
  return import(pathToFileURL(require.resolve(name)).href);
}

/**
 * Bundles the facade, or another module that uses it, for 'node' or 'browser' and returns the file. The
 * compiled modules are not part of it: whoever loads the core says with `assets` where they are.
 */
export async function bundleFacade(platform, entry = join(top, 'web/src/core/index.ts')) {
  const { build } = await webPackage('vite');
  const outDir = join(top, 'build/facade', `${basename(entry).split('.')[0]}-${platform}`);
  mkdirSync(outDir, { recursive: true });
  await build({
    root: join(top, 'web'),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: platform === 'node' ? 'node' : 'webworker' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      ssr: entry,
      rollupOptions: {
        external: (id) => /\/build\/loyalty[^/]*$/.test(id),
        output: { entryFileNames: 'index.js', codeSplitting: false },
      },
    },
  });
  return join(outDir, 'index.js');
}
