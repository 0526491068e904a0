import type { Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { LoyaltyCheckout } from '../../src/checkout/index.js';
import { accessibilityProblems } from './harness/axe.js';
import { shopCart, startServer, type ShopServer } from './harness/server.js';
import { applyStars, chooseStars, placeStore, shopAt, signIn } from './harness/store-page.js';
import { told } from './harness/mount.js';
import { expect, test } from './harness/test.js';
import { plain, Widget } from './harness/widget.js';

// The element at the server itself: what is previewed, what is charged, and what others do meanwhile.

let server: ShopServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const replaceCart = (page: Page, cart: object) =>
  page.evaluate((cart) => Object.assign(document.querySelector('loyalty-checkout')!, { cart }), cart);
const balanceShown = (widget: Widget) => widget.part('balance').innerText().then(plain);

test('what is previewed is what the server applies and holds; a reload finds it applied, and gives it back', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget, site } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, shop);
  await widget.is('member');
  await chooseStars({ page, widget }, 1200);
  const previewed = await widget.quoted();
  await expect.poll(() => site.requests.filter(({ path }) => path.endsWith('/quote')).length).toBeGreaterThan(0);
  await widget.applyButton.click();
  await widget.is('applied');
  const { quote, discounts } = await server.standing(shop.checkoutId);
  expect([quote.total, previewed]).toEqual([7695, 7695]);
  expect(discounts.map(({ points }) => points)).toEqual([1200]);
  expect(await server.balance(shop.shopper)).toEqual({ balance: 1280, held: 1200 });
  expect(plain(await widget.text())).toMatch(/Held until 8:00/);
  expect(await told(page, 'reconcile')).toEqual([]);

  await page.reload();
  await placeStore(page, shop);
  await widget.is('applied');
  expect(await widget.total()).toContain('$76.95');
  expect(await balanceShown(widget)).toContain('2,480 Stars');
  expect(await accessibilityProblems(page)).toEqual([]);
  await widget.button(/Remove/).click();
  await widget.is('member');
  expect(await server.balance(shop.shopper)).toEqual({ balance: 2480, held: 0 });
  expect((await told(page, 'removed'))[0]?.detail).toMatchObject({ released: 1200 });
});

test('two clicks are one request and one hold', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget, site } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, shop);
  await chooseStars({ page, widget }, 500);
  await widget.applyButton.dblclick();
  await widget.is('applied');
  expect(site.requests.filter(({ path }) => path.endsWith('/apply'))).toHaveLength(1);
  expect((await server.standing(shop.checkoutId)).discounts).toHaveLength(1);
});

test('what one page does shows in the other: applied, removed, ordered', async ({ visit }) => {
  const shop = await shopAt(server);
  const first = await visit('/pages/host.html', { api: server.origin });
  const page = await first.page.context().newPage();
  await page.goto('/pages/host.html');
  const second = { page, widget: new Widget(page.locator('loyalty-checkout')) };
  await placeStore(first.page, shop);
  await placeStore(page, shop);
  await second.widget.is('member');
  await applyStars(first, 1000);
  await second.widget.is('applied');
  expect(await second.widget.total()).toContain('$78.95');
  await second.widget.button(/Remove/).click();
  await first.widget.is('elsewhere');
  expect(plain(await first.widget.text())).toContain('changed on another page. Nothing is applied now.');
  expect(await accessibilityProblems(first.page)).toEqual([]);
  await applyStars(first, 300);
  await second.widget.is('applied');
  await server.complete(shop.checkoutId);
  await Promise.all([first.widget.is('completed'), second.widget.is('completed')]);
  expect(plain(await second.widget.text())).toContain('Your order is placed.');
  expect(await second.widget.button(/Remove|Change/).count()).toBe(0);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('the balance is live, and nothing is left of it when somebody signs out', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, shop);
  await widget.is('member');
  await server.earn(shop.shopper, 500);
  await expect.poll(() => balanceShown(widget)).toContain('2,980 Stars');
  await applyStars({ page, widget }, 2980);
  await signIn(page, server, null);
  await page.evaluate(() => (document.querySelector('loyalty-checkout')!.client as unknown as { setMember(token: null): void }).setMember(null));
  await widget.is('guest');
  const left = await page.evaluate(() => {
    const { member, confirmed, intent } = document.querySelector('loyalty-checkout')!;
    return { member, confirmed, intent };
  });
  expect(left).toEqual({ member: null, confirmed: null, intent: { chosen: [] } });
  expect(plain(await widget.text())).not.toMatch(/2,980|Silver/);
});

test('a hold that ends gives the points back, also while the page slept', async ({ visit }) => {
  const shop = await shopAt(server);
  const awake = await visit('/pages/host.html', { api: server.origin, tolerate: [/401/] });
  // The other page hears nothing by itself, as if it slept.
  const asleep = await visit('/pages/host.html', {
    api: server.origin,
    fault: (path) => (path.endsWith('/me/events') ? { status: 404 } : undefined),
    tolerate: [/40[14]/],
  });
  await placeStore(awake.page, shop);
  await applyStars(awake, 900);
  await placeStore(asleep.page, shop);
  await asleep.widget.is('applied');
  await server.advance({ minutes: 61 });
  await awake.widget.is('hold-expired');
  expect(plain(await awake.widget.text())).toContain('were returned after 60 minutes');
  expect(await server.balance(shop.shopper)).toEqual({ balance: 2480, held: 0 });
  expect(await asleep.widget.state()).toBe('applied');
  await asleep.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));
  await asleep.widget.is('hold-expired');
  expect(plain(await asleep.widget.text())).toContain('were returned');
  await asleep.widget.applyButton.click();
  await asleep.widget.is('applied');
  expect((await server.balance(shop.shopper)).held).toBe(900);
});

test('a cart that changes is computed anew by the server', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, shop);
  await applyStars({ page, widget }, 2480);
  const smaller = { ...shopCart, lines: shopCart.lines.slice(1, 2) };
  await server.replaceCart(shop.checkoutId, smaller);
  await replaceCart(page, { ...smaller, id: shop.checkoutId });
  await widget.is('stale-cart');
  const { quote } = await server.standing(shop.checkoutId);
  expect(quote.total).toBe(490);
  expect(await widget.total()).toContain('$4.90');
  expect(plain(await widget.text())).toContain('recalculated: -$14.50');
  expect((await server.balance(shop.shopper)).held).toBe(1450);
});

test('another choice replaces what is applied only when it is applied', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, shop);
  await applyStars({ page, widget }, 1000);
  await widget.button('Change').click();
  await widget.choose(/Free shipping/);
  await widget.is('previewing');
  expect(plain(await widget.text())).toContain('Use Stars stays applied until you apply this.');
  expect((await server.balance(shop.shopper)).held).toBe(1000);
  await widget.applyButton.click();
  await widget.is('applied');
  expect((await server.standing(shop.checkoutId)).quote.discounts).toMatchObject([{ id: server.rewards.shipping, amount: 490 }]);
  expect((await server.balance(shop.shopper)).held).toBe(400);
  await widget.button('Change').click();
  await widget.reward('No reward').click();
  await widget.is('member');
  expect((await server.balance(shop.shopper)).held).toBe(0);
});

test('a code and points: either is taken off by itself', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, { ...shop, attributes: { 'coupon-entry': 'open' } });
  await widget.is('member');
  await widget.codeField.fill('welcome5');
  await widget.codeField.press('Enter');
  await widget.is('previewing');
  await applyStars({ page, widget }, 500);
  const both = (await server.standing(shop.checkoutId)).quote;
  expect(both.discounts.map(({ source }) => source).sort()).toEqual(['code', 'reward']);
  await widget.button(/Remove Use Stars/).click();
  await widget.is('applied');
  await expect.poll(async () => (await server.standing(shop.checkoutId)).quote.discounts.map(({ source }) => source)).toEqual(['code']);
  await widget.button(/Remove WELCOME5/).click();
  await widget.is('member');
  expect((await server.standing(shop.checkoutId)).quote.discounts).toEqual([]);
});

test('Back finds the page as it is at the store', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, shop);
  await applyStars({ page, widget }, 700);
  await page.goto('/pages/ordered.html');
  await server.earn(shop.shopper, 20);
  await page.evaluate(() => history.back());
  // Brought back to life with its script state, so nothing is placed again.
  await widget.is('applied');
  await expect.poll(() => balanceShown(widget)).toContain('2,500 Stars');
  await server.earn(shop.shopper, 20);
  await expect.poll(() => balanceShown(widget)).toContain('2,520 Stars');
});

test('a token that ran out is renewed without a word', async ({ visit }) => {
  const shop = await shopAt(server);
  // A refused token and a page whose clock stood still are answers that browsers write into the console.
  const { page, widget } = await visit('/pages/host.html', { api: server.origin, tolerate: [/401|409/] });
  await placeStore(page, shop);
  await widget.is('member');
  await server.advance({ minutes: 20 });
  await applyStars({ page, widget }, 100);
  expect((await server.balance(shop.shopper)).held).toBe(100);
});

test('a guest is asked to sign in where it takes a member', async ({ visit }) => {
  const checkoutId = await server.checkout(null);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin, tolerate: [/401/] });
  await placeStore(page, { server, shopper: null, checkoutId, attributes: { 'coupon-entry': 'open' } });
  await widget.is('guest');
  await widget.codeField.fill('WELCOME5');
  await widget.codeField.press('Enter');
  await widget.is('previewing');
  await widget.applyButton.click();
  await widget.is('rejected');
  expect(plain(await widget.text())).toContain('Sign in to use this.');
  expect(await page.evaluate(() => (document.querySelector('loyalty-checkout') as LoyaltyCheckout).intent)).toEqual({ chosen: [{ code: { text: 'WELCOME5' } }] });
});
