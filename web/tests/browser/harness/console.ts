import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibilityProblems } from './axe.js';
import { serverPages } from './build.js';
import { cutOrTooWide, shifts, watchShifts } from './conditions.js';
import type { Findings } from './findings.js';

// What the server's own tests know about starting it, and about the shops on it, is theirs and has no types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Untyped = any;

/** The console of a running server, on a site of its own, watched for whatever goes wrong. */
export interface ConsoleVisit {
  readonly page: Page;
  /** `Server` of tests/server/harness.mjs. Its clock stands still between `advance()`s. */
  readonly server: Untyped;
  /** `Shop` of the same: the site that `key` is for. */
  readonly shop: Untyped;
  readonly key: string;
  /** Errors and warnings of the browser's console (what the policy stops is told there too), uncaught errors, requests that failed or went elsewhere. */
  readonly problems: string[];
  /** Signs in by the address and goes to a screen: `members/0f…`. */
  enter(path?: string): Promise<void>;
  /** Goes to a screen as a link does, without loading the page anew. */
  go(path: string): Promise<void>;
  /** Throws for whatever went wrong, but for what is expected. */
  mustBeQuiet(tolerate?: readonly RegExp[]): void;
  close(): Promise<void>;
}

export interface ConsoleOptions extends Pick<BrowserContextOptions, 'viewport' | 'colorScheme' | 'forcedColors' | 'reducedMotion'> {
  readonly clock?: string;
  /** Of the site; with `isActive` its program runs. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly isActive?: boolean;
  /** A folder with a store: the site is the first one of it, as it is. */
  readonly data?: string;
}

/** The folder that the server shows; LOYALTY_CONSOLE names another one. */
function pages(): string {
  const folder = process.env['LOYALTY_CONSOLE'] ?? fileURLToPath(serverPages);
  if (!existsSync(`${folder}/console/index.html`)) throw new Error(`There is no console in ${folder}.`);
  return folder;
}

export async function openConsole(browser: Browser, { clock, settings, isActive = true, data, ...context }: ConsoleOptions = {}): Promise<ConsoleVisit> {
  const { Server, Shop } = await import(new URL('../../../../tests/server/harness.mjs', import.meta.url).href);
  const server = await Server.start({ data, ...(clock !== undefined && { clock }), args: ['--web', pages(), '--rate-limits', 'off'] });
  const shop = data !== undefined ? new Shop(server, server.firstSite, server.keys.backend) : await (isActive ? server.openSite(settings) : server.site(settings));
  const opened = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US', timezoneId: 'UTC', baseURL: server.base, ...context });
  opened.setDefaultTimeout(10_000);
  await opened.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await opened.newPage();
  await watchShifts(page);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') problems.push(`request failed: ${request.url()} ${reason}`);
  });
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && !request.url().startsWith(server.base)) problems.push(`foreign request: ${request.url()}`);
  });
  return {
    page,
    server,
    shop,
    key: shop.key,
    problems,
    async enter(path = 'overview') {
      await page.goto('about:blank'); // the same address with another fragment would not load the page
      await page.goto(`/console/#key=${shop.key}&to=${encodeURIComponent(path)}`);
      await ready(page);
    },
    async go(path) {
      await page.evaluate((path) => void (location.hash = `#/${path}`), path);
      await ready(page);
    },
    mustBeQuiet(tolerate = []) {
      const wrong = problems.filter((text) => !tolerate.some((pattern) => pattern.test(text)));
      problems.length = 0;
      if (wrong.length > 0) throw new Error(`what went wrong on the page:\n${wrong.join('\n')}`);
    },
    async close() {
      await opened.close();
      await server.stop();
    },
  };
}

/** Waits until the screen of the address has its heading and everything that it asked for. */
export async function ready(page: Page): Promise<void> {
  await page.locator('console-outlet h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('console-outlet [aria-busy=true]') === null);
}

/** Looks at the screen as it is by day, and by night at 320 pixels: axe, what is cut or too wide. */
export async function lookAt({ page }: ConsoleVisit, name: string, findings: Findings): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 900 };
  findings.add(`${name}, by day`, await accessibilityProblems(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 320, height });
  findings.add(`${name}, narrow by night`, await accessibilityProblems(page));
  findings.add(`${name}, narrow`, await cutOrTooWide(page));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width, height });
}

/** What moved by itself since the page was loaded. */
export async function movements({ page }: ConsoleVisit): Promise<readonly string[]> {
  return (await shifts(page)).map(({ value, sources }) => `moved by ${value}: ${sources.join(', ')}`);
}
