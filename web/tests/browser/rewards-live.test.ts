import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll } from 'vitest';
import { accessibilityProblems } from './harness/axe.js';
import { addressOf } from './harness/build.js';
import { load } from './harness/mount.js';
import { Rewards } from './harness/rewards.js';
import { startServer, type Shopper, type ShopServer } from './harness/server.js';
import { expect, test } from './harness/test.js';

// The page at the server itself: what is shown, what a redemption does there, and what others do meanwhile.

let server: ShopServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function placeRewards(page: Page, shopper: Shopper | null): Promise<Rewards> {
  const token = shopper && (await server.token(shopper));
  await load(page, addressOf('define'));
  await page.evaluate(
    ({ token, site }) => {
      const element = document.createElement('loyalty-rewards');
      Object.assign(element, { endpoint: '/api', site, getToken: () => token });
      document.querySelector('main, body')!.append(element);
    },
    { token, site: server.site },
  );
  return new Rewards(page);
}

test('a member sees what the server knows, redeems there, and takes the activity home', async ({ visit }) => {
  const shopper = await server.shopper(1800, 'Maria');
  const { page } = await visit('/pages/host.html', { api: server.origin });
  const rewards = await placeRewards(page, shopper);
  await rewards.card('$5 off').waitFor();
  expect(await rewards.text(rewards.part('balance'))).toMatch(/^1,800 Stars\s+Worth up to \$18\.00$/);
  expect(await rewards.text(rewards.part('tier-current'))).toMatch(/^Silver/);
  expect(await rewards.text(rewards.card('Use Stars'))).toContain('100 Stars = $1.00');
  await rewards.part('row').first().waitFor();
  const problems = await accessibilityProblems(page, { within: 'loyalty-rewards' });
  expect(problems.filter((one) => !one.startsWith('heading-order'))).toEqual([]);

  await rewards.button('Redeem $5 off').click();
  await rewards.button('Yes, redeem').click();
  await rewards.part('reward-card').getByRole('button', { name: 'Copy' }).waitFor();
  expect(await server.balance(shopper)).toEqual({ balance: 1300, held: 0 });
  await expect.poll(() => rewards.text(rewards.part('balance'))).toContain('1,300 Stars');
  await expect.poll(() => rewards.part('coupon').count()).toBe(1);
  const code = await rewards.text(rewards.part('reward-card').locator('[part~=coupon-code]'));
  expect(code).toMatch(/^[0-9A-Z]{12}$/);
  await expect.poll(() => rewards.text(rewards.part('row').first())).toContain('-500');

  const [download] = await Promise.all([page.waitForEvent('download'), rewards.button('Export CSV').click()]);
  const csv = await readFile(await download.path(), 'utf8');
  expect(csv.charCodeAt(0)).toBe(0xfeff);
  expect(csv.trim().split('\r\n').length).toBe(1 + (await rewards.part('row').count()));
  await rewards.host.getByLabel('Type').selectOption({ label: 'Redeemed' });
  await expect.poll(() => rewards.part('row').count()).toBe(1);
});

test('what happens at the server is on the page without a reload', async ({ visit }) => {
  const shopper = await server.shopper(120, 'Nora');
  const { page } = await visit('/pages/host.html', { api: server.origin });
  const rewards = await placeRewards(page, shopper);
  await rewards.card('$5 off').waitFor();
  expect(await rewards.text(rewards.card('$5 off'))).toContain('380 Stars more needed');
  expect(await rewards.text(rewards.section('Ways to earn'))).toContain('1 Star for every $1.00');
  await server.earn(shopper, 400);
  await expect.poll(() => rewards.said()).toBe('Your balance is now 520 Stars.');
  await rewards.button('Redeem $5 off').waitFor();
  await expect.poll(() => rewards.text(rewards.part('row').first())).toContain('+400');
});

test('a visitor is invited with what the program offers', async ({ visit }) => {
  const { page } = await visit('/pages/host.html', { api: server.origin });
  const rewards = await placeRewards(page, null);
  await rewards.button('Sign in').waitFor();
  expect(await rewards.text()).toMatch(/Collect Stars with every order[^]*Stars for every dollar[^]*\$5 off/);
});
