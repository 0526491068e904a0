import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Demo, startDemo } from '../../demo/store/demo.mjs';
import { BINARY } from '../../demo/store/loyalty-process.mjs';
import { accessibilityProblems } from './harness/axe.js';
import { builtPages } from './harness/build.js';
import { expect, test } from './harness/test.js';
import { plain, Widget } from './harness/widget.js';

/** Some members, and enough days that the regulars have something to spend. */
const YEAR = { members: 3, days: 150 };

describe('the demonstration on a real server', () => {
  let folder: string;
  let demo: Demo;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-demo-'));
    demo = await startDemo({
      binary: BINARY,
      data: join(folder, 'data'),
      web: join(folder, 'no-console'),
      pages: fileURLToPath(builtPages),
      fresh: false,
      ...YEAR,
      port: 0,
      serverPort: 0,
      csp: 'strict',
    });
  });

  afterAll(async () => {
    await demo?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** A page that fails the test for whatever its console or its policy has to say. */
  async function watched(context: BrowserContext, problems: string[]): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (![demo.shop, demo.server.address].includes(origin)) problems.push(`foreign request: ${request.url()}`);
    });
    return page;
  }

  /** Nothing went wrong on the pages, and their policy stopped nothing. */
  async function mustBeQuiet(problems: readonly string[]): Promise<void> {
    const reports = (await (await fetch(`${demo.shop}/csp-reports`)).json()) as { violations: unknown[] };
    expect([...problems, ...reports.violations]).toEqual([]);
  }

  const ready = (page: Page) => page.locator('html[data-ready]').waitFor({ state: 'attached' });
  /** "4,163 Beans": what the rewards page says is there to spend. */
  const beans = async (page: Page) => Number(/([\d,]+) Beans/.exec(plain(await page.locator('loyalty-rewards [part~="balance"]').innerText()))![1]!.replaceAll(',', ''));

  test('a shopper redeems a coupon, buys with it and with points, sends a part back, and the rewards page hears of it', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: demo.shop, viewport: { width: 1280, height: 900 }, locale: 'en-US' });
    context.setDefaultTimeout(10_000);
    const problems: string[] = [];
    const shop = await watched(context, problems);
    await shop.goto('/');
    await ready(shop);
    expect(await shop.locator('.who').innerText()).toContain('Signed in as Sam Rivera');
    await Promise.all([shop.waitForEvent('framenavigated'), shop.getByLabel('Shopper').selectOption('anna.lindqvist@example.com')]);
    await shop.getByText('Signed in as Anna Lindqvist').waitFor();
    await ready(shop);
    expect(await accessibilityProblems(shop)).toEqual([]);

    const rewards = await watched(context, problems);
    await rewards.goto('/rewards');
    await ready(rewards);
    const before = await beans(rewards);
    expect(await accessibilityProblems(rewards)).toEqual([]);

    // A page behind another one draws once a second only.
    await shop.bringToFront();
    await shop.getByRole('button', { name: 'Add Gooseneck kettle to the cart' }).click();
    await shop.getByRole('link', { name: 'My rewards' }).click();
    await ready(shop);
    const card = shop.locator('loyalty-rewards [part~="reward-card"]').filter({ hasText: '15% off equipment' });
    await card.getByRole('button', { name: /^Redeem/ }).click();
    await shop.getByRole('button', { name: 'Yes, redeem' }).click();
    await expect.poll(() => beans(rewards)).toBeLessThan(before);
    await card.getByText('Use now').click();
    await shop.waitForURL(/\/checkout\?code=/);
    await ready(shop);
    const widget = new Widget(shop.locator('loyalty-checkout'));
    await shop.locator('.order').getByText('15% off equipment').waitFor();
    await widget.choose(/Pay with Beans/);
    const redeemed = await beans(rewards);
    await widget.applyButton.click();
    await widget.is('applied');
    await expect.poll(() => beans(rewards)).toBeLessThan(redeemed);
    expect(await accessibilityProblems(shop)).toEqual([]);

    const total = /\$[\d.,]+/.exec(plain(await shop.getByRole('button', { name: /^Place order/ }).innerText()))![0];
    await shop.getByRole('button', { name: /^Place order/ }).click();
    await shop.getByRole('heading', { name: 'Thank you!' }).waitFor();
    expect(plain(await shop.locator('.placed').innerText())).toContain(total);
    // Paid at once: what it earned has come to what was left.
    const left = Number(/([\d,]+) Beans left/.exec(plain(await shop.locator('.placed').innerText()))![1]!.replaceAll(',', ''));
    await expect.poll(() => beans(rewards)).toBeGreaterThan(left);

    await shop.getByRole('link', { name: 'See my orders' }).click();
    await ready(shop);
    const order = shop.getByRole('article').first();
    expect(plain(await order.innerText())).toContain(total);
    await order.getByText('Send something back').click();
    await order.getByRole('button', { name: 'Send back' }).click();
    await order.getByText('Choose how many you send back.').waitFor();
    const bought = await beans(rewards);
    await order.getByLabel('How many of Gooseneck kettle').selectOption('1');
    await order.getByRole('button', { name: 'Send back' }).click();
    await shop.getByRole('status').filter({ hasText: 'comes back.' }).waitFor();
    expect(await order.innerText()).toContain('A part sent back');
    await expect.poll(() => beans(rewards)).not.toBe(bought);
    expect(await accessibilityProblems(shop)).toEqual([]);

    await mustBeQuiet(problems);
    await context.close();
  });

  test('somebody new joins on a small screen by night, is told what is wrong, and finds the welcome points', async ({ browser }) => {
    const context = await browser.newContext({ baseURL: demo.shop, viewport: { width: 320, height: 800 }, colorScheme: 'dark', locale: 'en-US' });
    context.setDefaultTimeout(10_000);
    const problems: string[] = [];
    const page = await watched(context, problems);
    const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    await page.goto('/orders');
    await ready(page);
    expect([await accessibilityProblems(page), await fits()]).toEqual([[], true]);

    await page.getByText('Try it as').click();
    await page.getByLabel('Shopper').selectOption('new');
    const form = page.getByRole('dialog', { name: 'Join the program' });
    await form.getByLabel('Name').fill('Kim Oh');
    await form.getByLabel('E-mail address').fill('kim');
    await page.keyboard.press('Enter');
    await form.getByText('Write an e-mail address').waitFor();
    await expect.poll(() => form.getByLabel('E-mail address').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await form.getByLabel('Name').inputValue()).toBe('Kim Oh');
    expect([await accessibilityProblems(page), await fits()]).toEqual([[], true]);
    await form.getByLabel('E-mail address').fill('kim@example.com');
    await page.keyboard.press('Enter');
    await page.getByText('Signed in as Kim Oh').waitFor();
    expect(plain(await page.locator('.who strong').innerText())).toBe('100 Beans');
    await page.getByText('Nothing has been ordered yet.').waitFor();

    await page.goto('/checkout');
    await ready(page);
    await new Widget(page.locator('loyalty-checkout')).is('member-empty');
    expect([await accessibilityProblems(page), await fits()]).toEqual([[], true]);
    // The no that the form was shown is the browser's own to tell of.
    await mustBeQuiet(problems.filter((problem) => !/status of 400/.test(problem)));
    await context.close();
  });
});
