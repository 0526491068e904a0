import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { addressOf, builtFile } from './harness/build.js';
import { expect, test, type Visit, type VisitOptions } from './harness/test.js';

const address = addressOf('loader');
const manifest = JSON.parse(builtFile('manifest.json').toString('utf8')) as {
  version: string;
  preload: string[];
  files: Record<string, { integrity: string }>;
};
const catalog = { version: '1', currency: 'EUR', program: { status: 'ACTIVE', name: 'Stars' } };

type Loader = typeof import('../../src/loader/index.js');
type Options = Parameters<Loader['loadLoyalty']>[0];

declare global {
  var loader: Loader;
}

/** A page with the loader at hand. The import is a text, since the test runner rewrites those that it sees. */
async function visited(visit: (path: string, options?: VisitOptions) => Promise<Visit>, options?: VisitOptions): Promise<Visit> {
  const begun = await visit('/pages/plain.html', options);
  await begun.page.evaluate(`import(${JSON.stringify(address)}).then((module) => void (globalThis.loader = module))`);
  return begun;
}

/** Loads as a page does, and says what came of it. */
const load = (page: Page, options: Options = {}) =>
  page.evaluate(async (options) => {
    try {
      const loyalty = (await loader.loadLoyalty(options))!;
      return { version: loyalty.version, coreVersion: loyalty.coreVersion, hasClient: loyalty.client !== null };
    } catch (error) {
      const { name, code } = error as { name: string; code: string };
      return { name, code };
    }
  }, options);

const wasm = (path: string) => path.endsWith('.wasm');

describe('the loader', () => {
  test('registers the elements and has the core ready, under a strict policy', async ({ visit }) => {
    const { page, site } = await visited(visit);
    expect(await load(page, { version: manifest.version })).toMatchObject({ version: manifest.version, hasClient: false });
    expect(await page.evaluate(() => customElements.get('loyalty-checkout') !== undefined)).toBe(true);
    expect(site.requests.filter(({ path }) => wasm(path))).toHaveLength(1);
    // The loader, what it names, elements, core and its module; and when the browser has time, the other element.
    expect(site.requests.filter(({ path }) => path.startsWith('/loyalty/')).length).toBeLessThanOrEqual(6);
  });

  test('gives the same promise for the same options', async ({ visit }) => {
    const { page } = await visited(visit);
    const same = await page.evaluate(
      async (catalog) => {
        const program = { catalog } as never;
        const one = loader.loadLoyalty({ program, preload: 'idle' });
        return [one === loader.loadLoyalty({ preload: 'idle', program }), one === loader.loadLoyalty({ program, preload: 'now' })];
      },
      catalog,
    );
    expect(same).toEqual([true, false]);
  });

  test('shares one client among the elements of the page', async ({ visit }) => {
    const { page } = await visited(visit);
    const shared = await page.evaluate(
      async (catalog) => {
        const elements = [document.createElement('loyalty-checkout'), document.createElement('loyalty-checkout')];
        document.body.append(...elements);
        const loyalty = await loader.loadLoyalty({ program: { catalog } as never, locale: 'de' });
        return elements.every((element) => element.client === loyalty!.client && element.locale === 'de');
      },
      catalog,
    );
    expect(shared).toBe(true);
  });

  test('twenty elements are served by one core and one module', async ({ visit }) => {
    const { page, site } = await visited(visit);
    await page.evaluate(
      async (catalog) => {
        await loader.loadLoyalty({ preload: 'idle' });
        const elements = Array.from({ length: 20 }, () => document.createElement('loyalty-checkout'));
        document.body.append(...elements);
        for (const element of elements) {
          element.program = { catalog } as never;
          element.member = null;
          element.cart = { currency: 'EUR', lines: [{ id: 'a', unitPrice: 1000, quantity: 1 }] };
        }
        await Promise.all(elements.map((element) => element.ready()));
      },
      catalog,
    );
    expect(site.requests.filter(({ path }) => path.includes('loyalty-preview'))).toHaveLength(1);
  });

  test('fetches the core of hidden elements only when they come into view', async ({ visit }) => {
    const { page, site } = await visited(visit);
    await page.evaluate(() => {
      const above = document.createElement('div');
      above.style.height = '5000px';
      document.body.append(above, document.createElement('loyalty-checkout'));
    });
    await load(page, { preload: 'visible' });
    await page.waitForTimeout(300);
    expect(site.requests.filter(({ path }) => wasm(path))).toEqual([]);
    await page.evaluate(() => scrollTo(0, 5000));
    await expect.poll(() => site.requests.filter(({ path }) => wasm(path)).length).toBe(1);
  });

  test('refuses another version than the page was written for', async ({ visit }) => {
    const { page } = await visited(visit);
    expect(await load(page, { version: '99.0.0' })).toEqual({ name: 'LoyaltyError', code: 'VERSION' });
  });

  test.for(['.wasm', '/elements-'])('says that loading %s failed, and the next call tries again', async (part, { visit }) => {
    const { page, site } = await visited(visit, { tolerate: [/wasm|503|elements/] });
    site.fail((path) => (path.includes(part) ? { status: 503 } : undefined));
    expect(await load(page)).toEqual({ name: 'LoyaltyError', code: 'LOAD_FAILED' });
    site.fail(undefined);
    expect(await load(page)).toMatchObject({ version: manifest.version });
  });

  test('where the page forbids WebAssembly, the core comes as JavaScript', async ({ visit }) => {
    const { page, site } = await visited(visit, { csp: 'blocked-wasm', tolerate: [/WebAssembly|wasm-eval|script-src/i] });
    expect(await load(page)).toMatchObject({ version: manifest.version });
    expect(site.requests.filter(({ path }) => wasm(path))).toEqual([]);
    expect(site.requests.filter(({ path }) => path.includes('loyalty-js'))).toHaveLength(1);
  });

  test('takes only files that are what their hashes say', async ({ visit }) => {
    const { page } = await visited(visit, { tolerate: [/integrity|digest|preload/i] });
    const integrity = Object.fromEntries(manifest.preload.map((file) => [`/loyalty/${file}`, manifest.files[file]!.integrity]));
    expect(await load(page, { integrity })).toMatchObject({ version: manifest.version });
    const [first] = Object.keys(integrity);
    const wrong = { ...integrity, [first!]: manifest.files['loader.js']!.integrity };
    const other = await visited(visit, { tolerate: [/integrity|digest|preload/i] });
    expect(await load(other.page, { integrity: wrong })).toEqual({ name: 'LoyaltyError', code: 'LOAD_FAILED' });
  });

  test('tells what elements tell, until it is told to stop', async ({ visit }) => {
    const { page } = await visited(visit);
    const heard = await page.evaluate(
      async () => {
        const loyalty = (await loader.loadLoyalty({ preload: 'idle' }))!;
        const heard: string[] = [];
        const off = loyalty.on('loyalty-state', ({ detail }) => heard.push(`first ${detail.to}`));
        loyalty.on('loyalty-state', ({ detail }) => heard.push(`second ${detail.to}`));
        const tell = (to: string) => document.body.dispatchEvent(new CustomEvent('loyalty-state', { bubbles: true, detail: { to } }));
        tell('a');
        off();
        tell('b');
        loyalty.destroy();
        tell('c');
        return heard;
      },
    );
    expect(heard).toEqual(['first a', 'second a', 'second b']);
  });
});
