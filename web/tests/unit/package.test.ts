import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../dist/npm/', import.meta.url);
const isBuilt = existsSync(new URL('custom-elements.json', folder));
const at = (file: string) => new URL(file, folder).href;
const catalog = { version: '1', currency: 'EUR', program: { status: 'ACTIVE' } };

/** In Node itself, without the test runner's ways of finding modules. */
async function node(code: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code], { cwd: folder });
  return JSON.parse(stdout);
}

// The package is made by `npm run build`.
describe.skipIf(!isBuilt)('the built package', () => {
  const manifest = isBuilt ? JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) : { exports: {} };

  it('has every file that it says it has', () => {
    const files = Object.entries(manifest.exports as Record<string, string | Record<string, string>>)
      .filter(([path]) => !path.includes('*'))
      .flatMap(([, to]) => (typeof to === 'string' ? [to] : Object.values(to)));
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((file) => !existsSync(new URL(file, folder)))).toEqual([]);
  });

  it('leaves Lit and what draws QR codes to the build of the page', () => expect(Object.keys(manifest.dependencies)).toEqual(['lit', 'uqr']));

  it.each(['index.js', 'loader/index.js', 'core/index.js', 'mock/index.js', 'client/index.js'])('%s is imported where there is no page', async (file) => {
    expect(await node(`console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(at(file))})).length > 0))`)).toBe(true);
  });

  it('has nothing to load on a server', async () => {
    expect(await node(`const { loadLoyalty } = await import(${JSON.stringify(at('loader/index.js'))}); console.log(JSON.stringify(await loadLoyalty()))`)).toBe(null);
  });

  it('quotes in Node', async () => {
    const code = `
      const { loadCore } = await import(${JSON.stringify(at('core/index.js'))});
      const core = await loadCore();
      const open = core.open(${JSON.stringify(catalog)});
      const checkout = open.value.prepare({ account: null, cart: { currency: 'EUR', lines: [{ id: 'a', unitPrice: 250, quantity: 2 }] }, now: '2025-01-01T00:00:00Z' });
      console.log(JSON.stringify(checkout.value.preview()));`;
    expect(await node(code)).toMatchObject({ total: 500 });
  });

  it('quotes in a worker', async () => {
    const code = `import(${JSON.stringify(at('core/index.js'))}).then(async ({ loadCore }) => {
      const core = await loadCore({ start: 'preview' });
      require('node:worker_threads').parentPort.postMessage(core.open(${JSON.stringify(catalog)}).ok);
    })`;
    const worker = new Worker(code, { eval: true });
    const answer = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await worker.terminate();
    expect(answer).toBe(true);
  });

  it('describes its elements', () => {
    const { modules } = JSON.parse(readFileSync(new URL('custom-elements.json', folder), 'utf8'));
    const declarations = modules.flatMap((module: { declarations: { tagName?: string }[] }) => module.declarations);
    expect(declarations.map(({ tagName }: { tagName?: string }) => tagName)).toContain('loyalty-checkout');
  });
});
