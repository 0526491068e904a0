import type { Browser, Page } from 'playwright-core';
import type { StoreClient, StoreOptions } from '../../src/client/index.js';
import { shopCart, startServer } from '../../tests/browser/harness/server.js';
import { placeStore, shopAt, type StorePage } from '../../tests/browser/harness/store-page.js';
import { beginVisit } from '../../tests/browser/harness/visit.js';
import { medianOf, spread, type Spread } from './statistics.js';
import { ms, table } from './table.js';

const REQUESTS = 200;
const CHANGES = 40;

/** Milliseconds of each of so many quotes and applications, asked by the page's own client one after the other. */
function roundTrips(page: Page, { server, checkoutId }: StorePage) {
  return page.evaluate(
    async ({ options, cart, reward, count }) => {
      const { loaded, askToken } = globalThis as unknown as { loaded: { createClient(options: StoreOptions): StoreClient }; askToken: StoreOptions['getToken'] };
      const client = loaded.createClient({ ...options, getToken: askToken });
      const quotes: number[] = [];
      const applications: number[] = [];
      for (let i = -20; i < count; i++) {
        // Other points each time: what is applied has to be released and held anew.
        const request = { cart, intent: { chosen: [{ reward: { id: reward, points: 100 * (1 + ((i + 20) % 20)) } }] } };
        const begun = performance.now();
        const answer = await client.quote(request);
        const quoted = performance.now();
        if (!answer.ok || answer.value.same) throw new Error('The server gave no quote.');
        const key = `bench-${cart.id}-${i}-${begun}`;
        const applied = await client.apply({ ...request, quote: answer.value.quote, expectedTotal: answer.value.quote.total }, { idempotencyKey: key });
        if (!applied.ok) throw new Error(`Not applied: ${applied.reason}`);
        if (i >= 0) {
          applications.push(performance.now() - quoted);
          quotes.push(quoted - begun);
        }
      }
      return { quotes, applications };
    },
    { options: { endpoint: server.origin, site: server.site }, cart: { ...shopCart, id: checkoutId }, reward: server.rewards.stars, count: REQUESTS },
  );
}

/** Milliseconds from the moment at which points are given at the server until the element shows them. */
async function changesSeen(page: Page, { server, shopper }: Awaited<ReturnType<typeof shopAt>>): Promise<number[]> {
  await page.evaluate(() => {
    const root = document.querySelector('loyalty-checkout')!.shadowRoot!;
    const seen: Record<string, number> = {};
    Object.assign(globalThis, { seen });
    const look = () => {
      const text = (root.querySelector('[part=balance]')?.textContent ?? '').replace(/\D/g, '');
      seen[text] ??= Date.now();
    };
    new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
  });
  const times: number[] = [];
  for (let i = 0, balance = 2480; i < CHANGES; i++) {
    balance += 1;
    const begun = Date.now();
    await server.earn(shopper, 1);
    const shown = await page.waitForFunction((balance) => (globalThis as unknown as { seen: Record<string, number> }).seen[balance], String(balance));
    times.push((await shown.jsonValue())! - begun);
  }
  return times;
}

/** One server, one page of another origin on the same machine. */
async function once(browser: Browser): Promise<{ quotes: Spread; applications: Spread; changes: Spread }> {
  const { visit, close } = await beginVisit(browser, { csp: 'none' });
  const server = await startServer({ origins: [visit.site.origin], limits: false });
  try {
    const shop = await shopAt(server);
    await visit.goto('/pages/host.html');
    await placeStore(visit.page, { ...shop, endpoint: server.origin });
    await visit.widget.is('member');
    const changes = await changesSeen(visit.page, shop);
    const { quotes, applications } = await roundTrips(visit.page, shop);
    return { quotes: spread(quotes), applications: spread(applications), changes: spread(changes) };
  } finally {
    await server.stop();
    await close();
  }
}

export async function measureConfirm(browser: Browser, runs: number): Promise<string> {
  const all: Awaited<ReturnType<typeof once>>[] = [];
  for (let run = 0; run < runs; run++) all.push(await once(browser));
  const row = (title: string, wanted: number, of: (one: Awaited<ReturnType<typeof once>>) => Spread) => {
    const { count, p50, p95, max } = medianOf(all.map(of));
    return [title, count, ms(p50), ms(p95), ms(max), `${p95 < wanted ? '' : 'NOT '}below ${wanted}`];
  };
  return table(
    'At the server, on the same machine (ms)',
    ['', 'times', 'p50', 'p95', 'max', 'p95 wanted'],
    [
      row('quote, asked by the page', 30, (one) => one.quotes),
      row('apply: points released, held and on the disk', 30, (one) => one.applications),
      row('points given at the server until the balance shows them', 200, (one) => one.changes),
    ],
  );
}
