import { afterAll, beforeAll } from 'vitest';
import type { LoyaltyCheckout } from '../../src/checkout/index.js';
import { accessibilityProblems } from './harness/axe.js';
import { told } from './harness/mount.js';
import { shopCart, startServer, type ShopServer } from './harness/server.js';
import { applyStars, chooseStars, placeStore, shopAt } from './harness/store-page.js';
import { expect, test } from './harness/test.js';
import { plain } from './harness/widget.js';

// The element at the server itself, with a bad line, a slow server, a page that lies, and a page that cannot compute.

let server: ShopServer;
beforeAll(async () => {
  server = await startServer({ origins: ['http://localhost'] });
});
afterAll(() => server.stop());

test('an answer that was lost is asked for under the same key: one hold', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget, site } = await visit('/pages/host.html', { api: server.origin, tolerate: [/ERR_EMPTY_RESPONSE/] });
  await placeStore(page, shop);
  await chooseStars({ page, widget }, 800);
  let lost = 2;
  site.fail((path) => (path.endsWith('/apply') && lost-- > 0 ? { lost: true } : undefined));
  await widget.applyButton.click();
  await widget.is('applied');
  expect(site.requests.filter(({ path }) => path.endsWith('/apply'))).toHaveLength(3);
  expect((await server.standing(shop.checkoutId)).discounts).toHaveLength(1);
  expect(await server.balance(shop.shopper)).toEqual({ balance: 1680, held: 800 });
});

test('slow, taken back, and given back although it came through', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget, site } = await visit('/pages/host.html', { api: server.origin });
  await placeStore(page, shop);
  await chooseStars({ page, widget }, 600);
  let answer = () => {};
  const until = new Promise<void>((resolve) => (answer = resolve));
  site.fail((path) => (path.endsWith('/apply') ? { until } : undefined));
  await widget.applyButton.click();
  await widget.is('slow');
  expect(plain(await widget.text())).toContain('The store is taking longer than usual. Nothing is spent yet.');
  expect(await accessibilityProblems(page)).toEqual([]);
  await widget.button('Wait').click();
  await widget.is('applying');
  await widget.button('Cancel').click();
  await widget.is('previewing');
  site.fail(undefined);
  answer();
  await expect.poll(() => site.requests.filter(({ path }) => path.endsWith('/apply')).length).toBe(2);
  await expect.poll(() => server.balance(shop.shopper)).toEqual({ balance: 2480, held: 0 });
  expect(await widget.state()).toBe('previewing');
});

test('offline nothing is applied; back, the page knows what happened meanwhile', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin, tolerate: [/ERR_INTERNET_DISCONNECTED/] });
  await placeStore(page, shop);
  await chooseStars({ page, widget }, 600);
  await page.context().setOffline(true);
  await widget.is('offline');
  expect(await widget.applyButton.getAttribute('aria-disabled')).toBe('true');
  await server.earn(shop.shopper, 1000);
  await page.context().setOffline(false);
  await expect.poll(() => widget.part('balance').innerText().then(plain)).toContain('3,480 Stars');
  await widget.applyButton.click();
  await widget.is('applied');
  expect((await server.balance(shop.shopper)).held).toBe(600);
});

test('prices that a page makes up buy nothing: the server’s own total is asked for, and charged', async ({ visit }) => {
  const shop = await shopAt(server);
  const { page, widget } = await visit('/pages/host.html', { api: server.origin, tolerate: [/409|428/] });
  const cheap = { ...shopCart, lines: shopCart.lines.map((line) => ({ ...line, unitPrice: 100 })) };
  await placeStore(page, { ...shop, cart: cheap });
  await widget.choose(/Use Stars/);
  await widget.is('previewing');
  await widget.applyButton.click();
  await widget.is('reconciled');
  const [reconcile] = await told(page, 'reconcile');
  expect((reconcile?.detail['confirmed'] as { total: number }).total).toBe(8895 - 400);
  expect(plain(await widget.text())).toMatch(/Price updated by the store\. Your total would be \$84\.95; we showed .* Nothing is applied yet/);
  expect((await server.balance(shop.shopper)).held).toBe(0);
  expect(await accessibilityProblems(page)).toEqual([]);
  // From here on the store computes: what is shown is what it says.
  await expect.poll(() => widget.quoted()).toBe(8495);
  await widget.button(/Continue with \$84\.95/).click();
  await widget.is('applied');
  expect((await server.standing(shop.checkoutId)).quote.total).toBe(8495);
});

test('points, totals, discounts and checkouts that a page makes up are refused', async () => {
  const shop = await shopAt(server);
  const other = await shopAt(server);
  const as = await server.token(shop.shopper);
  const apply = (id: string, body: object) => server.call('POST', `/storefront/v1/checkouts/${id}/apply`, body, { as });
  const stars = (points: number) => ({ chosen: [{ reward: { id: server.rewards.stars, points } }] });
  const codeOf = ({ body }: { body: { details?: { applicationError?: { code: string } } } }) => body.details?.applicationError?.code;
  expect(codeOf(await apply(shop.checkoutId, { intent: stars(5_000), expectedTotal: 3_895 }))).toBe('INSUFFICIENT_POINTS');
  expect(codeOf(await apply(shop.checkoutId, { intent: stars(100), expectedTotal: 1 }))).toBe('QUOTE_CHANGED');
  expect(codeOf(await apply(shop.checkoutId, { intent: stars(100), previewDigest: '0'.repeat(64) }))).toBe('QUOTE_CHANGED');
  expect(codeOf(await apply(other.checkoutId, { intent: stars(100) }))).toBe('CHECKOUT_NOT_FOUND');
  expect(await server.balance(shop.shopper)).toEqual({ balance: 2480, held: 0 });
  const charged = await apply(shop.checkoutId, { intent: stars(100), cart: { ...shopCart, lines: [] } });
  expect(charged.body.quote.total).toBe(8795);
  const foreign = await server.token(other.shopper);
  const discount = charged.body.discounts[0].discountId;
  const path = `/storefront/v1/checkouts/${shop.checkoutId}/discounts/${discount}`;
  expect(codeOf(await server.call('DELETE', path, undefined, { as: foreign }))).toBe('CHECKOUT_NOT_FOUND');
});

const causes: { readonly cause: string; readonly fault?: RegExp; readonly attributes: Readonly<Record<string, string>> }[] = [
  { cause: 'told to', attributes: { mode: 'server' } },
  { cause: 'no core can be had', fault: /loyalty-(preview|js)/, attributes: {} },
];
test.for(causes)('the store computes where the page does not: $cause', async ({ fault, attributes }, { visit }) => {
  const shop = await shopAt(server);
  const { page, widget, site } = await visit('/pages/host.html', {
    api: server.origin,
    tolerate: [/404|409|WebAssembly/],
    ...(fault && { fault: (path: string) => (fault.test(path) ? { status: 404 } : undefined) }),
  });
  await placeStore(page, { ...shop, attributes });
  await widget.is('member');
  expect((await told(page, 'ready'))[0]?.detail).toMatchObject({ mode: 'server' });
  await widget.choose(/Use Stars/);
  await widget.is('previewing');
  await expect.poll(() => widget.total()).toContain('$64.15');
  await widget.slider.fill('1000');
  await expect.poll(() => widget.total()).toContain('$78.95');
  expect(plain(await widget.text())).toContain('Estimated');
  await widget.choose(/Free shipping/);
  await expect.poll(() => widget.total()).toContain('$84.05');
  expect(await accessibilityProblems(page)).toEqual([]);
  await widget.applyButton.click();
  await widget.is('applied');
  expect((await server.standing(shop.checkoutId)).quote.total).toBe(8405);
  await widget.button(/Remove/).click();
  await widget.is('member');
  await expect.poll(() => widget.quoted()).toBe(8895);
  if (!fault) {
    expect(site.requests.filter(({ path }) => /\.wasm$/.test(path))).toEqual([]);
  }
});

test('rules that change while a page is open are used at once', async ({ visit }) => {
  const own = await startServer();
  try {
    const shop = await shopAt(own);
    const { page, widget } = await visit('/pages/host.html', { api: own.origin });
    await placeStore(page, shop);
    await chooseStars({ page, widget }, 1000);
    expect(await widget.total()).toContain('$78.95');
    await own.ok('POST', '/loyalty-promotions/v1/promotions', {
      promotion: { name: 'Ten off', trigger: 'automatic', effects: [{ kind: 'fixedAmount', amount: 1000, target: 'order' }] },
    });
    await expect.poll(() => widget.total()).toContain('$68.95');
    await applyStars({ page, widget }, 1000);
    expect((await own.standing(shop.checkoutId)).quote.total).toBe(6895);
  } finally {
    await own.stop();
  }
});

test('a shop of another origin', async ({ visit }) => {
  const begun = await visit('/pages/host.html', { csp: 'none', tolerate: [/foreign request/] });
  const own = await startServer({ origins: [begun.site.origin] });
  try {
    const shop = await shopAt(own);
    const { page, widget } = begun;
    await placeStore(page, { ...shop, endpoint: own.origin });
    await applyStars({ page, widget }, 500);
    await own.earn(shop.shopper, 20);
    await expect.poll(() => widget.part('balance').innerText().then(plain)).toContain('2,500 Stars');
    await page.evaluate(async () => (document.querySelector('loyalty-checkout') as LoyaltyCheckout).refresh());
    expect(await widget.state()).toBe('applied');
  } finally {
    await own.stop();
  }
});
