import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { accessibilityProblems } from './harness/axe.js';
import { shifts, watchShifts } from './harness/conditions.js';
import { focused, tabTo } from './harness/keyboard.js';
import { expect, test, type Visit } from './harness/test.js';
import { plain } from './harness/widget.js';

const address = '/?lang=en&member=silver&now=2025-11-18T12:00:00Z';

/** The shop's own words about the order: what stands on the button that orders. */
const orderButton = (page: Page) => page.getByRole('button', { name: /^Place order|^Placing/ });
const toPay = async (page: Page) => plain(await orderButton(page).innerText());

/** How a shopper does things, and nothing else. */
interface Hand {
  addToCart(product: string): Promise<void>;
  openCart(): Promise<void>;
  goToCheckout(): Promise<void>;
  chooseReward(name: RegExp): Promise<void>;
  /** Moves the points about a third of the way down. */
  fewerPoints(): Promise<void>;
  press(name: RegExp): Promise<void>;
  enterCode(text: string): Promise<void>;
}

function mouse({ page, widget }: Visit): Hand {
  return {
    addToCart: (product) => page.getByRole('button', { name: `Add ${product} to the cart` }).click(),
    openCart: () => page.getByRole('button', { name: /^Cart,/ }).click(),
    goToCheckout: () => page.getByRole('link', { name: 'Go to checkout' }).click(),
    chooseReward: (name) => widget.part('reward').filter({ hasText: name }).click(),
    async fewerPoints() {
      await widget.slider.scrollIntoViewIfNeeded();
      const box = (await widget.slider.boundingBox())!;
      const y = box.y + box.height / 2;
      await page.mouse.move(box.x + box.width - 12, y);
      await page.mouse.down();
      for (let part = 1; part > 0.65; part -= 0.02) await page.mouse.move(box.x + box.width * part - 12, y);
      await page.mouse.up();
    },
    press: (name) => page.getByRole('button', { name }).and(page.locator(':not([part=coupon-button])')).first().click(),
    async enterCode(text) {
      await widget.codeField.click({ clickCount: 3 });
      await page.keyboard.insertText(text);
      await widget.part('coupon-button').click();
    },
  };
}

function keyboard({ page }: Visit): Hand {
  const press = async (name: RegExp, key = 'Enter') => {
    await tabTo(page, name, { most: 90, except: 'coupon-button' });
    await page.keyboard.press(key);
  };
  return {
    addToCart: (product) => press(new RegExp(`Add ${product} to the cart`), 'Space'),
    async openCart() {
      await tabTo(page, /^Cart, /, { back: true });
      await page.keyboard.press('Enter');
    },
    goToCheckout: () => press(/^Go to checkout/),
    async chooseReward(name) {
      // Into the group, then along it.
      await tabTo(page, /No reward|Pay with|\$5\.00 off|Free shipping/);
      for (let i = 0; i < 6 && !name.test((await focused(page)).words); i += 1) await page.keyboard.press('ArrowDown');
    },
    async fewerPoints() {
      await tabTo(page, /Beans to use/);
      for (let i = 0; i < 4 && (await focused(page)).part !== 'slider'; i += 1) await page.keyboard.press('Tab');
      expect((await focused(page)).part).toBe('slider');
      for (let i = 0; i < 10; i += 1) await page.keyboard.press('ArrowLeft');
    },
    press,
    async enterCode(text) {
      if ((await focused(page)).part !== 'coupon-input') await tabTo(page, /^Code$/);
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
    },
  };
}

describe.each([
  ['a mouse', mouse],
  ['a keyboard', keyboard],
] as const)('with nothing but %s', (_, handOf) => {
  test('from the shop to the placed order', async ({ visit }) => {
    const seen = await visit(undefined);
    const { page, widget, goto, site } = seen;
    await watchShifts(page);
    await goto(address);
    const hand = handOf(seen);
    await page.locator('html[data-ready=true]').waitFor();

    await hand.addToCart('Stoneware mug');
    await expect.poll(() => page.getByRole('status').first().innerText()).toContain('Stoneware mug is in your cart');
    await hand.openCart();
    await page.getByRole('dialog').waitFor();
    await expect.poll(async () => plain(await page.getByRole('dialog').innerText())).toContain('$89.80');
    await hand.goToCheckout();
    await page.waitForURL(/\/checkout/);
    await page.locator('html[data-ready=true]').waitFor();
    await widget.is('member');
    // $89.80, delivery $5.95, and tax on dripper and mug: 8.875 % of $24.95 and of $16.95.
    await expect.poll(() => toPay(page)).toBe('Place order · $99.46');
    expect.soft(await accessibilityProblems(page)).toEqual([]);

    await hand.chooseReward(/Pay with Beans/);
    await expect.poll(() => widget.state()).toBe('previewing');
    const all = await toPay(page);
    await hand.fewerPoints();
    await expect.poll(() => toPay(page)).not.toBe(all);
    await expect
      .poll(async () => plain((await widget.slider.getAttribute('aria-valuetext'))!))
      .toContain(`${Number(await widget.part('number').inputValue()).toLocaleString('en-US')} Beans, save $`);
    const total = await widget.quoted();
    await expect.poll(() => toPay(page)).toBe(`Place order · $${(total! / 100).toFixed(2)}`);

    await hand.press(/How is this computed/);
    await expect.poll(() => widget.text()).toMatch(/After discounts/);
    expect.soft(await accessibilityProblems(page)).toEqual([]);

    if (handOf === keyboard) await tabTo(page, /Have a code/, { back: true });
    if (handOf === keyboard) await page.keyboard.press('Enter');
    else await hand.press(/Have a code/);
    await widget.codeField.waitFor();
    await hand.enterCode('SPRING');
    await widget.is('rejected');
    expect(await widget.text()).toMatch(/Expired on May 31, 2025.*total has not changed/s);
    expect(await widget.quoted()).toBe(total);
    expect.soft(await accessibilityProblems(page)).toEqual([]);
    await hand.enterCode('SUMMER');
    await expect.poll(() => widget.quoted()).toBeLessThan(total!);
    const reduced = (await widget.quoted())!;
    await expect.poll(() => toPay(page)).toBe(`Place order · $${(reduced / 100).toFixed(2)}`);

    await hand.press(/^Apply$/);
    await widget.is('applied');
    await expect(page.getByText('Confirmed', { exact: true }).first().isVisible()).resolves.toBe(true);
    expect(await widget.text()).toMatch(/Nothing is spent until you order/);
    await hand.press(/^Remove Pay with Beans/);
    await expect.poll(() => widget.state()).not.toMatch(/applied|removing/);
    const left = (await widget.quoted())!;
    expect(left).toBeGreaterThan(reduced);
    await expect.poll(() => toPay(page)).toBe(`Place order · $${(left / 100).toFixed(2)}`);

    const moved = await shifts(page);
    await hand.press(/^Place order/);
    await page.getByRole('heading', { name: /Thank you/ }).waitFor();
    expect(plain(await page.locator('main').innerText())).toContain(`$${(left / 100).toFixed(2)}`);
    expect.soft(await accessibilityProblems(page)).toEqual([]);
    expect(await site.reports()).toEqual([]);
    expect(moved.map(({ value, sources }) => `${value}: ${sources.join(', ')}`)).toEqual([]);
  });
});
