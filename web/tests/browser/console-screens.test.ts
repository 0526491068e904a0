import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { BINARY } from '../../demo/store/loyalty-process.mjs';
import { seedYear } from '../../demo/year/seed.mjs';
import { settle } from './harness/conditions.js';
import { type ConsoleVisit, openConsole, ready } from './harness/console.js';
import { expectScreen } from './harness/screens.js';
import { test as base } from './harness/test.js';

/** A Monday morning in the shop's time zone, and the months before it. */
const NOW = '2026-03-02T15:00:00Z';
const HISTORY = { members: 40, days: 150, atOnce: 1 };
const WIDTH = 1280;

interface Named {
  readonly id: string;
  readonly name: string;
}

interface Desk extends ConsoleVisit {
  readonly reward: Named;
  readonly promotion: Named;
  readonly tier: Named;
  /** Anna Lindqvist: she has done of everything something. */
  readonly member: { readonly id: string };
  /** One of hers that was paid with points too. */
  readonly order: { readonly id: string };
}

const test = base.extend<{ desk: Desk }>({
  desk: [
    async ({ browser }, use) => {
      const data = await mkdtemp(join(tmpdir(), 'loyalty-year-'));
      await seedYear({ data, binary: BINARY, until: new Date(NOW), ...HISTORY });
      const visit = await openConsole(browser, { data, clock: NOW, reducedMotion: 'reduce' });
      const { shop } = visit;
      const named = (all: readonly Named[], name: string): Named => all.find((one) => one.name === name) as Named;
      const { rewards } = await shop.get('/loyalty-rewards/v1/rewards');
      const { promotions } = await shop.get('/loyalty-promotions/v1/promotions');
      const { tiers } = await shop.get('/loyalty-tiers/v1/tiers');
      const { orders } = await shop.get('/orders/v1/orders?search=Lindqvist');
      const { accounts } = await shop.post('/loyalty-accounts/v1/accounts/search', { search: { search: { expression: 'Lindqvist' } } });
      const order = orders.find(({ pointsSpent }: { pointsSpent: number }) => pointsSpent > 0);
      await visit.enter();
      await use(
        Object.assign(visit, {
          reward: named(rewards, '$5 off your order'),
          promotion: named(promotions, 'Third bag at half price'),
          tier: tiers.map(({ id, tierDefinition: { name } }: { id: string; tierDefinition: { name: string } }) => ({ id, name })).find(({ name }: Named) => name === 'Silver'),
          member: accounts[0],
          order,
        }),
      );
      await visit.close();
      await rm(data, { recursive: true, force: true });
    },
    { scope: 'file' },
  ],
});

const card = (page: Page, heading: string | RegExp) => page.locator('section.card').filter({ has: page.getByRole('heading', { level: 2, name: heading }) });

/** Writes over what another run has otherwise: ids, codes of coupons, beginnings of keys, the port. What was said last goes away by itself, some time. */
async function steady({ page, server }: ConsoleVisit): Promise<void> {
  await page.evaluate((origin) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { nodeValue } = texts.currentNode;
      const now = (nodeValue ?? '')
        .replaceAll(origin, 'https://loyalty.example')
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '01234567-89ab-4cde-8f01-23456789abcd')
        .replace(/^[0-9A-Z]{12}$/, 'CPNCDE123456')
        .replace(/lk_[0-9a-f]{16}/g, 'lk_0123456789abcdef');
      if (now !== nodeValue) texts.currentNode.nodeValue = now;
    }
    document.querySelector<HTMLElement>('.status-line')!.style.visibility = 'hidden';
  }, server.base);
}

/** Keeps what is open as screens/console-<name>.png: the upper `height` pixels of the window, or all of one card. */
async function expectLook(desk: ConsoleVisit, name: string, what: number | string): Promise<void> {
  const { page } = desk;
  await ready(page);
  // All of the page: what stays at its top would lie over a card that has to be scrolled to.
  await page.setViewportSize({ width: WIDTH, height: typeof what === 'number' ? what : await page.evaluate(() => document.documentElement.scrollHeight) });
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    scrollTo(0, 0);
  });
  await steady(desk);
  await settle(page);
  await expectScreen(typeof what === 'number' ? page : card(page, what), `console-${name}`, { fullPage: false });
  desk.mustBeQuiet();
}

/** Where it is, and how high its picture or which card of it. */
const looks: readonly (readonly [string, string | ((desk: Desk) => string), number | string])[] = [
  ['program', 'program', 700],
  ['expiry', 'program', 'Expiry of points'],
  ['earning', 'earning', 1340],
  ['reward', ({ reward }) => `rewards/${reward.id}`, 1500],
  ['promotion', ({ promotion }) => `promotions/${promotion.id}`, 1500],
  ['tiers', 'tiers', 1160],
  ['member', ({ member }) => `members/${member.id}`, 1660],
  ['ledger', ({ member }) => `members/${member.id}`, 'Ledger'],
  ['order', ({ order }) => `orders/${order.id}`, 1900],
  ['developers', 'developers', 1200],
  ['keys', 'developers', 'Keys'],
];

test('the overview looks as it did', async ({ desk }) => {
  await desk.go('overview');
  await desk.page.locator('console-chart canvas').last().waitFor();
  await expectLook(desk, 'overview', 2000);
});

test.for(looks)('%s looks as it did', async ([name, path, height], { desk }) => {
  await desk.go(typeof path === 'string' ? path : path(desk));
  await expectLook(desk, name, height);
});

test('a tier that is being changed says who would change', async ({ desk }) => {
  await desk.go(`tiers/${desk.tier.id}`);
  await desk.page.getByLabel('Begins at').fill('1500');
  await desk.page.getByText('would change').waitFor();
  await expectLook(desk, 'tier', 900);
});

test('the simulator with a draft, and past orders under both rules, look as they did', async ({ desk }) => {
  const { page, promotion, shop } = desk;
  await page.evaluate((site) => sessionStorage.removeItem(`loyalty-console-draft-${site}`), shop.id);
  await page.reload();
  await desk.go(`promotions/${promotion.id}`);
  await page.getByLabel('With how much off').fill('100');
  await page.getByRole('button', { name: 'Try in the simulator' }).click();
  await page.getByRole('heading', { level: 1, name: 'Simulator' }).waitFor();
  await card(page, 'The cart').getByLabel('Quantity').nth(1).fill('3');
  await card(page, 'Live rules and draft side by side').getByText('-$12.50').first().waitFor();
  await page.locator('loyalty-checkout').getByText('Pay with Beans').waitFor();
  await expectLook(desk, 'simulator', 2000);

  await desk.go('simulator?view=orders');
  await page.getByRole('button', { name: 'Price them again' }).click();
  await page.locator('console-replay tbody tr').first().waitFor();
  await expectLook(desk, 'replay', 1300);
});
