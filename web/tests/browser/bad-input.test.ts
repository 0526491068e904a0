import { describe } from 'vitest';
import { place, told } from './harness/mount.js';
import * as sample from './harness/sample.js';
import { expect, test } from './harness/test.js';

/** What storefronts really pass, by what the core says of it. */
const carts: Readonly<Record<string, { readonly make: () => unknown; readonly code: RegExp; readonly path: RegExp }>> = {
  'a cart without a currency': {
    make: () => ({ lines: [{ id: 'a', unitPrice: 100, quantity: 1 }] }),
    code: /MISSING_FIELD|MISSING/,
    path: /currency/,
  },
  'a price with a fraction': {
    make: () => ({ currency: 'USD', lines: [{ id: 'a', unitPrice: 19.99, quantity: 1 }] }),
    code: /WRONG_TYPE|NOT_AN_INTEGER|OUT_OF_RANGE/,
    path: /lines\/0\/unitPrice/,
  },
  'a price that is not a number': {
    make: () => ({ currency: 'USD', lines: [{ id: 'a', unitPrice: Number.NaN, quantity: 1 }] }),
    code: /NOT_AN_INTEGER|WRONG_TYPE/,
    path: /lines\/0\/unitPrice|^$/,
  },
  'a price as a text': {
    make: () => ({ currency: 'USD', lines: [{ id: 'a', unitPrice: '1999', quantity: 1 }] }),
    code: /WRONG_TYPE/,
    path: /lines\/0\/unitPrice/,
  },
  'a price beyond what is counted exactly': {
    make: () => ({ currency: 'USD', lines: [{ id: 'a', unitPrice: 2n ** 70n, quantity: 1 }] }),
    code: /OUT_OF_RANGE|WRONG_TYPE|INVALID_JSON/,
    path: /lines\/0\/unitPrice|^$/,
  },
  'another currency than the program’s': {
    make: () => ({ currency: 'EUR', lines: [{ id: 'a', unitPrice: 100, quantity: 1 }] }),
    code: /CURRENCY_MISMATCH/,
    path: /currency/,
  },
  'no lines': { make: () => ({ currency: 'USD' }), code: /MISSING/, path: /lines/ },
  'a text': { make: () => '[object Object]', code: /WRONG_TYPE|INVALID_JSON/, path: /^(\/cart)?$/ },
};

describe('documents that are wrong', () => {
  for (const [name, { make, code, path }] of Object.entries(carts)) {
    test(`${name}: the page is told what and where, the shopper sees no amount`, async ({ visit }) => {
      const { page, widget } = await visit('/pages/host.html');
      // BigInt and NaN do not survive JSON, so the page makes the cart itself.
      await place(page, { properties: { cart: undefined } });
      const source = `(${make.toString()})()`;
      await page.evaluate(`Object.assign(document.querySelector('loyalty-checkout'), { cart: ${source} }); 0`);
      await widget.is('unavailable');
      await expect.poll(() => told(page, 'error')).not.toHaveLength(0);
      await page.waitForTimeout(150);
      const errors = await told(page, 'error');
      expect(errors).toHaveLength(1);
      expect(errors[0]?.detail).toMatchObject({
        code: expect.any(String),
        retryable: false,
        cause: { code: expect.stringMatching(code), path: expect.stringMatching(path), message: expect.stringMatching(/\w/) },
      });
      expect(await widget.text()).not.toMatch(/\$|\d+[.,]\d\d/);
      await expect(page.locator('#plain').innerText()).resolves.toBe('$88.95');
      // A right cart puts it right.
      await page.evaluate((cart) => void Object.assign(document.querySelector('loyalty-checkout')!, { cart }), sample.cart);
      await widget.is('member');
      expect(await widget.quoted()).toBe(8895);
    });
  }

  test('a cart as an attribute is no cart; in debug the console says to use the property', async ({ visit }) => {
    const quiet = await visit('/pages/host.html');
    await place(quiet.page, { properties: { cart: undefined }, attributes: { cart: '[object Object]' } });
    await quiet.page.waitForTimeout(150);
    expect(await quiet.widget.text()).not.toMatch(/\$/);
    expect(quiet.problems).toEqual([]);

    const loud = await visit('/pages/host.html', { tolerate: [/loyalty/i] });
    await place(loud.page, { properties: { cart: undefined }, attributes: { cart: '[object Object]', debug: true } });
    await expect.poll(() => loud.problems.join('\n')).toMatch(/cart/);
    expect(loud.problems.join('\n')).toMatch(/property/);
  });

  test('the console stays silent but in debug, where it says what the core said', async ({ visit }) => {
    const cart = { currency: 'USD', lines: [{ id: 'a', unitPrice: 19.99, quantity: 1 }] };
    const quiet = await visit('/pages/host.html');
    await place(quiet.page, { properties: { cart } });
    await quiet.widget.is('unavailable');
    expect(quiet.problems).toEqual([]);
    const loud = await visit('/pages/host.html', { tolerate: [/loyalty/i] });
    await place(loud.page, { properties: { cart }, attributes: { debug: true } });
    await loud.widget.is('unavailable');
    await expect.poll(() => loud.problems.join('\n')).toMatch(/lines\/0\/unitPrice/);
  });

  test('what the page does to its cart object afterwards changes nothing', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.is('member');
    await page.evaluate((cart) => {
      const element = document.querySelector('loyalty-checkout')!;
      const mine = structuredClone(cart) as unknown as { lines: { unitPrice: number }[] };
      Object.assign(element, { cart: mine });
      mine.lines[0]!.unitPrice = 1;
      Object.assign(globalThis, { mine });
    }, sample.cart);
    await page.waitForTimeout(100);
    await widget.choose(/Free shipping/);
    expect(await widget.total()).toContain('$84.05');
    await page.evaluate(() => {
      const { mine } = globalThis as unknown as { mine: { lines: { unitPrice: number }[] } };
      mine.lines[0]!.unitPrice = 2;
    });
    await widget.choose(/\$5 off/);
    await expect.poll(() => widget.total()).toContain('$83.95');
  });

  test('a program or member that is wrong is told the same way', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page, { properties: { member: { ...sample.member, available: -1 } } });
    await widget.is('unavailable');
    await expect.poll(() => told(page, 'error')).toHaveLength(1);
    expect((await told(page, 'error'))[0]?.detail).toMatchObject({ cause: { path: expect.stringMatching(/available/) } });
    const other = await visit('/pages/host.html');
    await place(other.page, { properties: { program: { catalog: { ...sample.catalog, rewards: [{ id: 'x' }] } } } });
    await other.widget.is('unavailable');
    await expect.poll(() => told(other.page, 'error')).toHaveLength(1);
    expect((await told(other.page, 'error'))[0]?.detail).toMatchObject({ cause: { path: expect.stringMatching(/rewards\/0/) } });
  });

  test('listeners that throw and clients that reject leave the element working', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html', { tolerate: [/thrown by the page/, /broken client/] });
    await place(page);
    await page.evaluate(() => {
      for (const kind of ['loyalty-preview', 'loyalty-state', 'loyalty-applied']) {
        document.addEventListener(kind, () => {
          throw new Error('thrown by the page');
        });
      }
    });
    await widget.choose(/Free shipping/);
    await expect.poll(() => widget.total()).toContain('$84.05');
    await page.evaluate(() => {
      const element = document.querySelector('loyalty-checkout') as unknown as { client: object };
      element.client = { apply: () => Promise.reject(new Error('broken client')) };
    });
    await widget.applyButton.click();
    await expect.poll(() => told(page, 'error')).not.toHaveLength(0);
    await expect.poll(() => widget.state()).not.toBe('applying');
    expect(await widget.text()).not.toMatch(/Applied|Confirmed/);
  });
});
