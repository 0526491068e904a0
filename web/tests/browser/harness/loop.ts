import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { listen } from '../../../server/static-server.mjs';
import { LoyaltyApi } from '../../../demo/store/loyalty-api.mjs';
import { startLoyalty } from '../../../demo/store/loyalty-process.mjs';
import { createShopServer } from '../../../demo/store/server.mjs';
import { builtPages, serverPages } from './build.js';
import { ready } from './console.js';
import { Rewards } from './rewards.js';
import { Widget } from './widget.js';

/** What may be typed as a name; where it became part of a page, it would say so. */
export const PAYLOAD = '<img src=x onerror=window.hacked=1>';

/** A server on which nothing is set up, the demonstration's shop on it, and three people who have never met. */
export interface Loop {
  /** Where the shop's pages are. */
  readonly origin: string;
  /** The server as the shop's backend asks it. */
  readonly api: LoyaltyApi;
  /** The console, signed in with a key of the site. */
  readonly merchant: Page;
  /** The shop, as a guest's. */
  readonly shopper: Page;
  readonly widget: Widget;
  /** Whoever has signed up in the shop, with another browser. */
  readonly member: Page;
  readonly rewards: Rewards;
  /** Goes to a screen by the console's own navigation. */
  open(screen: string): Promise<void>;
  /** Goes to a page of the shop, and waits until it has begun. */
  visit(page: Page, path: string): Promise<void>;
  /** Throws for whatever went wrong on any page, or was stopped by its policy, but for what is expected. */
  mustBeQuiet(tolerate?: readonly RegExp[]): Promise<void>;
  close(): Promise<void>;
}

export async function openLoop(browser: Browser): Promise<Loop> {
  const web = process.env['LOYALTY_CONSOLE'] ?? fileURLToPath(serverPages);
  if (!existsSync(join(web, 'console/index.html'))) throw new Error(`There is no console in ${web}.`);
  const data = await mkdtemp(join(tmpdir(), 'loyalty-loop-'));
  const server = await startLoyalty({ data, args: ['--web', web] });
  const api = new LoyaltyApi(server.address, server.keys.backend);
  const shop = createShopServer({ root: fileURLToPath(builtPages), api, site: server.site });
  const { port } = await listen(shop, { port: 0, host: '127.0.0.1' });
  const origin = `http://localhost:${port}`;
  const problems: string[] = [];

  /** A browser of one's own at an address. */
  async function somebody(who: string, baseURL: string): Promise<Page> {
    const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 900 }, locale: 'en-US', timezoneId: 'UTC' });
    context.setDefaultTimeout(10_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(`${who}: uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(`${who}: console ${message.type()}: ${message.text()}`);
    });
    page.on('dialog', (dialog) => {
      problems.push(`${who}: asked by the browser: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      const asked = new URL(request.url()).origin;
      if (![origin, server.address, 'null'].includes(asked)) problems.push(`${who}: foreign request: ${request.url()}`);
    });
    return page;
  }

  const [merchant, shopper, member] = await Promise.all([somebody('merchant', server.address), somebody('shopper', origin), somebody('member', origin)]);
  await merchant.goto(`/console/#key=${server.keys.backend}&to=overview`);
  await ready(merchant);

  return {
    origin,
    api,
    merchant,
    shopper,
    widget: new Widget(shopper.locator('loyalty-checkout')),
    member,
    rewards: new Rewards(member),
    async open(screen) {
      await merchant.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: screen }).click();
      await merchant.getByRole('heading', { level: 1, name: screen, exact: true }).waitFor();
      await ready(merchant);
    },
    async visit(page, path) {
      await page.goto(path);
      await page.locator('html[data-ready]').waitFor({ state: 'attached' });
    },
    async mustBeQuiet(tolerate = []) {
      const { violations } = (await (await fetch(`${origin}/csp-reports`)).json()) as { violations: unknown[] };
      const wrong = [...problems, ...violations.map((one) => `policy: ${JSON.stringify(one)}`)].filter((text) => !tolerate.some((pattern) => pattern.test(text)));
      problems.length = 0;
      if (wrong.length > 0) throw new Error(`what went wrong on the pages:\n${wrong.join('\n')}`);
    },
    async close() {
      await Promise.all([merchant, shopper, member].map((page) => page.context().close()));
      shop.close();
      shop.closeAllConnections();
      api.close();
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
