import { describe } from 'vitest';
import { place, told } from './harness/mount.js';
import { expect, test } from './harness/test.js';
import { trappingCore } from './harness/trapping-core.js';

const core = /loyalty[\w-]*\.(wasm|mjs)|loyalty-js/;

describe('a strict policy with Trusted Types', () => {
  test('stops nothing on the way through everything the widget does', async ({ visit }) => {
    const { page, site, widget } = await visit('/pages/host.html', { csp: 'strict' });
    await place(page, { attributes: { name: 'loyalty' } });
    await widget.choose(/Use Stars/);
    await widget.slider.press('ArrowLeft');
    await widget.button(/How is this computed/).or(widget.part('explain').locator('summary')).first().click();
    await expect.poll(() => widget.text()).toMatch(/After discounts/);
    await widget.button(/Have a code/).or(widget.part('coupon').locator('summary')).first().click();
    await widget.codeField.fill('SUMMER');
    await widget.codeField.press('Enter');
    await widget.is('rejected');
    await widget.codeField.fill('WELCOME5');
    await widget.codeField.press('Enter');
    await widget.is('previewing');
    await widget.applyButton.click();
    await widget.is('applied');
    await page.evaluate(() => document.querySelector('loyalty-checkout')!.setAttribute('locale', 'ar'));
    await expect.poll(() => widget.part('base').evaluate((base) => getComputedStyle(base).direction)).toBe('rtl');
    expect(await site.reports()).toEqual([]);
    expect(site.requests.map((request) => request.path).filter((path) => path.includes('loyalty-js'))).toEqual([]);
  });
});

describe('a policy that forbids WebAssembly', () => {
  test('gets the JavaScript build, only then, and the same totals', async ({ visit }) => {
    const { page, site, widget } = await visit('/pages/host.html', { csp: 'blocked-wasm', tolerate: [/wasm-eval|WebAssembly|unsafe-eval/] });
    await place(page);
    await widget.is('member');
    expect(await widget.quoted()).toBe(8895);
    await widget.choose(/Use Stars/);
    for (const [points, total] of [['2480', '$64.15'], ['2350', '$65.45'], ['2200', '$66.95']] as const) {
      await expect.poll(() => widget.slider.inputValue()).toBe(points);
      await expect.poll(() => widget.total()).toContain(total);
      await widget.slider.press('ArrowLeft');
    }
    const fetched = site.requests.map((request) => request.path).filter((path) => core.test(path));
    expect(fetched.filter((path) => path.includes('loyalty-js'))).toHaveLength(1);
    expect(fetched.filter((path) => path.endsWith('.wasm'))).toEqual([]);
    expect(await widget.text()).not.toMatch(/unavailable/);
  });

  test('and no JavaScript build either: plain price, checkout as usual', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html', {
      csp: 'blocked-wasm',
      fault: (path) => (path.includes('loyalty-js') ? { status: 404 } : undefined),
      tolerate: [/wasm-eval|WebAssembly|unsafe-eval|404/],
    });
    await place(page);
    await widget.is('unavailable');
    expect(await widget.text()).not.toMatch(/\$\d/);
    expect((await told(page, 'error'))[0]?.detail).toMatchObject({ code: 'CORE_BLOCKED' });
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.waitForURL(/ordered/);
  });
});

describe('a browser without JavaScript', () => {
  test('shows the plain price and what the page put into the element, and orders', async ({ visit }) => {
    const { page } = await visit('/pages/no-script.html', { javaScript: false });
    expect(await page.locator('#plain').innerText()).toBe('$88.95');
    expect(await page.getByText('Sign in on the next page').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.waitForURL(/ordered/);
  });
});

describe('a core that breaks', () => {
  test('when it computes: no amount, a technical error, the host unharmed', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html', {
      fault: (path) => (path.endsWith('.wasm') ? { body: trappingCore, type: 'application/wasm' } : undefined),
    });
    await place(page);
    await widget.is('unavailable');
    expect(await widget.text()).not.toMatch(/\$\d/);
    expect((await told(page, 'error')).length).toBeGreaterThan(0);
    await page.getByLabel('E-mail').fill('someone@shop.example');
    await page.getByRole('button', { name: 'Place order' }).click();
    await page.waitForURL(/ordered/);
  });

  test('when it is no module at all: the same', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html', {
      fault: (path) => (path.endsWith('.wasm') ? { body: '<!doctype html>not here', type: 'text/html' } : undefined),
      tolerate: [/wasm/i],
    });
    await place(page);
    await widget.is('unavailable');
    expect((await told(page, 'error'))[0]?.detail).toMatchObject({ code: 'LOAD_FAILED' });
  });
});
