import type { Browser } from 'playwright-core';
import { addressOf } from '../../tests/browser/harness/build.js';
import { load } from '../../tests/browser/harness/mount.js';
import * as sample from '../../tests/browser/harness/sample.js';
import { beginVisit } from '../../tests/browser/harness/visit.js';
import { largeCart } from './large-cart.js';
import { median } from './statistics.js';
import { table } from './table.js';

const calls = 2000;
type Build = 'wasm' | 'js';

/** Time of one preview in the page: points set, sums read. */
export async function measureCore(browser: Browser, runs: number): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const build of ['wasm', 'js'] as const) {
    const all = [];
    for (let run = 0; run < runs; run += 1) all.push(await oneRun(browser, build));
    const us = (pick: (one: (typeof all)[number]) => number) => (median(all.map(pick)) * 1000).toFixed(1);
    rows.push([build === 'wasm' ? 'WebAssembly' : 'JavaScript, where that is forbidden', us((one) => one.first), us((one) => one.preview), us((one) => one.quote)]);
  }
  return table(
    'The core in the page',
    ['build', 'first preview µs', 'preview µs', 'whole quote µs'],
    rows,
    `A cart of ten lines; the mean of ${calls} calls after 200 others.`,
  );
}

async function oneRun(browser: Browser, build: Build) {
  const { visit, close } = await beginVisit(browser, {});
  try {
    await visit.goto('/pages/host.html');
    await load(visit.page, addressOf('core'), 'coreModule');
    return await visit.page.evaluate(
      async ({ build, calls, catalog, account, cart, now }) => {
        const { loadCore } = (globalThis as unknown as { coreModule: typeof import('../../src/core/index.js') }).coreModule;
        const core = await loadCore({ build });
        const opened = core.open(catalog);
        if (!opened.ok) throw new Error(opened.error.message);
        const prepared = opened.value.prepare({ account, cart, intent: { chosen: [{ reward: { id: 'stars', points: 1150 } }] }, now });
        if (!prepared.ok) throw new Error(prepared.error.message);
        const checkout = prepared.value;
        const points = (at: number) => 100 + 150 * (at % 15);
        const timed = (work: () => void) => {
          const begun = performance.now();
          work();
          return performance.now() - begun;
        };
        const first = timed(() => checkout.preview());
        let sum = 0;
        const previews = (count: number) => {
          for (let at = 0; at < count; at += 1) {
            checkout.setPoints(0, points(at));
            sum += checkout.preview().total;
          }
        };
        const quotes = (count: number) => {
          for (let at = 0; at < count; at += 1) {
            checkout.setPoints(0, points(at));
            sum += checkout.quote().total;
          }
        };
        previews(200);
        const preview = timed(() => previews(calls)) / calls;
        quotes(200);
        const quote = timed(() => quotes(calls)) / calls;
        if (!(sum > 0)) throw new Error('Nothing was computed.');
        return { first, preview, quote };
      },
      { build, calls, catalog: sample.catalog, account: sample.member, cart: largeCart, now: sample.now },
    );
  } finally {
    await close();
  }
}
