import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { openSite, type Site, type SiteOptions } from './site.js';
import { Widget } from './widget.js';

export interface VisitOptions extends SiteOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly forcedColors?: 'active' | 'none';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly contrast?: 'more' | 'no-preference';
  readonly language?: string;
  readonly javaScript?: boolean;
  /** Runs in the page before any script of it. */
  readonly before?: () => void;
  /** What this visit is about, and what would fail any other: console errors, failed requests, reports. */
  readonly tolerate?: readonly RegExp[];
}

/** One page in a context and on a server of its own, watched for whatever goes wrong. */
export interface Visit {
  readonly page: Page;
  readonly site: Site;
  readonly widget: Widget;
  /** Errors and warnings of the console, uncaught errors, failed and foreign requests. */
  readonly problems: string[];
  cdp(): Promise<CDPSession>;
  goto(path: string): Promise<void>;
  /** Throws for whatever went wrong since the visit began. Also done when the test ends. */
  mustBeQuiet(tolerate?: readonly RegExp[]): Promise<void>;
}

export async function beginVisit(browser: Browser, options: VisitOptions) {
  const site = await openSite(options);
  const settings: BrowserContextOptions = {
    baseURL: site.origin,
    viewport: options.viewport ?? { width: 1280, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    forcedColors: options.forcedColors ?? 'none',
    reducedMotion: options.reducedMotion ?? 'no-preference',
    contrast: options.contrast ?? 'no-preference',
    locale: options.language ?? 'en-US',
    timezoneId: 'UTC',
    javaScriptEnabled: options.javaScript ?? true,
    deviceScaleFactor: 1,
  };
  const context = await browser.newContext(settings);
  context.setDefaultTimeout(10_000);
  context.setDefaultNavigationTimeout(20_000);
  const page = await context.newPage();
  if (options.before) await page.addInitScript(options.before);

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
    if (/^https?:/.test(request.url()) && !request.url().startsWith(site.origin)) problems.push(`foreign request: ${request.url()}`);
  });

  const visit: Visit = {
    page,
    site,
    widget: new Widget(page.locator('loyalty-checkout')),
    problems,
    cdp: () => context.newCDPSession(page),
    async goto(path) {
      await page.goto(path);
    },
    async mustBeQuiet(tolerate = options.tolerate ?? []) {
      const all = [...problems, ...(await site.reports()).map((report) => `policy: ${report}`)];
      const wrong = all.filter((text) => !tolerate.some((pattern) => pattern.test(text)));
      if (wrong.length > 0) throw new Error(`what went wrong on the page:\n${wrong.join('\n')}`);
    },
  };
  const close = async () => {
    await context.close();
    site.close();
  };
  return { visit, close };
}
