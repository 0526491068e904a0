import type { Browser } from 'playwright-core';
import { networks, shifts, slowNetwork, slowProcessor, watchShifts } from '../../tests/browser/harness/conditions.js';
import { beginVisit } from '../../tests/browser/harness/visit.js';
import type { Request } from '../../tests/browser/harness/site.js';
import { median } from './statistics.js';
import { ms, table } from './table.js';

const page = '/checkout?lang=en&member=silver&now=2025-11-18T12:00:00Z';

interface Start {
  readonly lcp: number;
  readonly defined: number;
  readonly ready: number;
  readonly cls: number;
  readonly requests: readonly Request[];
}

/** The shop's checkout page from an empty cache to a widget that can be used. */
export async function measureStart(browser: Browser, runs: number): Promise<string> {
  const rows: (string | number)[][] = [];
  let requests: readonly Request[] = [];
  for (const [name, network] of [['slow 4G', networks.slow4g], ['fast 3G', networks.fast3g]] as const) {
    for (const hints of [false, true]) {
      const all: Start[] = [];
      for (let run = 0; run < runs; run += 1) all.push(await oneRun(browser, network, hints));
      if (hints) requests = all[0]!.requests;
      const of = (pick: (one: Start) => number) => median(all.map(pick));
      rows.push([
        name,
        hints ? 'yes' : 'no',
        ms(of((one) => one.lcp)),
        ms(of((one) => one.defined)),
        ms(of((one) => one.ready)),
        Math.max(...all.map((one) => one.cls)).toFixed(4),
      ]);
    }
  }
  const start = table('From an empty cache, CPU slowed 4x', ['network', 'preload hints', 'LCP ms', 'defined ms', 'ready ms', 'CLS (largest)'], rows);
  return `${start}\n\n${parts(requests)}`;
}

async function oneRun(browser: Browser, network: (typeof networks)['slow4g'], hints: boolean): Promise<Start> {
  const { visit, close } = await beginVisit(browser, { before: watchStart });
  try {
    await watchShifts(visit.page);
    const cdp = await visit.cdp();
    await slowNetwork(cdp, network);
    await slowProcessor(cdp, 4);
    await visit.goto(hints ? page : `${page}&hints=off`);
    const seen = await visit.page.waitForFunction(
      () => {
        const { start } = globalThis as unknown as { start: { lcp: number; defined: number; ready: number } };
        return start.ready > 0 && start.defined > 0 ? start : null;
      },
      undefined,
      { timeout: 60_000 },
    );
    await visit.page.waitForTimeout(1500);
    const { defined, ready } = (await seen.jsonValue())!;
    const lcp = await visit.page.evaluate(() => (globalThis as unknown as { start: { lcp: number } }).start.lcp);
    const cls = (await shifts(visit.page)).reduce((sum, shift) => sum + shift.value, 0);
    return { lcp, defined, ready, cls, requests: visit.site.requests };
  } finally {
    await close();
  }
}

function watchStart() {
  const start = { lcp: 0, defined: 0, ready: 0 };
  Object.assign(globalThis, { start });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) start.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  void customElements.whenDefined('loyalty-checkout').then(() => (start.defined = performance.now()));
  addEventListener('loyalty-ready', () => (start.ready ||= performance.now()), { capture: true });
}

function parts(requests: readonly Request[]): string {
  const kinds: readonly (readonly [string, RegExp])[] = [
    ['pages', /(\/|\/checkout|\.html)$/],
    ['style sheets', /\.css$/],
    ['scripts', /\.m?js$/],
    ['compiled core', /\.wasm$/],
    ['other', /./],
  ];
  const left = [...requests];
  const rows: (string | number)[][] = [];
  for (const [name, pattern] of kinds) {
    const those = left.filter(({ path }) => pattern.test(path));
    for (const one of those) left.splice(left.indexOf(one), 1);
    if (those.length > 0) rows.push([name, those.length, those.reduce((sum, one) => sum + one.bytes, 0)]);
  }
  rows.push(['all', requests.length, requests.reduce((sum, one) => sum + one.bytes, 0)]);
  return table('Requests of that page', ['kind', 'requests', 'bytes as sent'], rows);
}
