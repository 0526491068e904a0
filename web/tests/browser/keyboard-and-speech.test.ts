import type { Locator, Page } from 'playwright-core';
import { describe } from 'vitest';
import { shifts, watchShifts } from './harness/conditions.js';
import { focused } from './harness/keyboard.js';
import { place } from './harness/mount.js';
import * as sample from './harness/sample.js';
import { compare } from './harness/screens.js';
import { expect, test } from './harness/test.js';
import { plain } from './harness/widget.js';

/** Notes every text that a live region says, with the time. */
async function listen(page: Page) {
  await page.evaluate(() => {
    const said: { role: string; text: string; at: number }[] = [];
    Object.assign(globalThis, { said });
    const root = document.querySelector('loyalty-checkout')!.shadowRoot!;
    const regions = [...root.querySelectorAll('[role=status], [role=alert], [aria-live], output')];
    for (const region of regions) {
      new MutationObserver(() => {
        const text = (region.textContent ?? '').replace(/[\u2066-\u2069]/g, '').replace(/\s+/g, ' ').trim();
        const role = region.getAttribute('role') ?? region.getAttribute('aria-live') ?? region.localName;
        if (text && said.at(-1)?.text !== text) said.push({ role, text, at: performance.now() });
      }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
}
const said = (page: Page) => page.evaluate(() => (globalThis as unknown as { said: { role: string; text: string; at: number }[] }).said);

describe('the keyboard', () => {
  test('goes through the widget in reading order, every stop visible', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.choose(/Use Stars/);
    await widget.slider.waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.evaluate(() => document.querySelector<HTMLElement>('h1')!.setAttribute('tabindex', '-1'));
    await page.locator('h1').focus();
    const stops: { y: number; x: number; name: string }[] = [];
    for (let i = 0; i < 25; i += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        if (!at || document.activeElement?.localName !== 'loyalty-checkout') return null;
        const style = getComputedStyle(at);
        const shown = [at, ...(at instanceof HTMLInputElement ? (at.labels ?? []) : []), at.closest('label, li, [part~="reward"]')].some((one) => {
          if (!one) return false;
          const look = getComputedStyle(one);
          return (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== 'none';
        });
        const { x, y } = at.getBoundingClientRect();
        return { x, y: y + scrollY, name: `${at.localName} ${at.getAttribute('part') ?? ''}`, shown, style: style.outline };
      });
      if (!stop) break;
      // A slider shows it on its thumb, of which scripts know nothing: the picture says.
      const shown = stop.shown || (stop.name.includes('slider') && (await looksFocused(page, widget.slider)));
      expect(shown, `the focus on ${stop.name} (${stop.style})`).toBe(true);
      stops.push(stop);
    }
    expect(stops.length).toBeGreaterThanOrEqual(6);
    // Down the page; on one row from left to right.
    for (const [at, stop] of stops.entries()) {
      const last = stops[at - 1];
      if (last) expect(stop.y > last.y - 24, `${last.name} before ${stop.name}`).toBe(true);
    }
    // Two controls with the same name would be told apart by nobody.
    await page.keyboard.press('Tab');
    expect((await focused(page)).tag).not.toBe('body');
  });

  test('moves the points to the last partial step and back', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.choose(/Use Stars/);
    const slider = widget.slider;
    await slider.focus();
    const value = async () => plain((await slider.getAttribute('aria-valuetext')) ?? '');
    const press = async (key: string, points: number, total: string) => {
      await page.keyboard.press(key);
      await expect.poll(value).toContain(points.toLocaleString('en-US'));
      await expect.poll(() => widget.total()).toContain(total);
    };
    // 2,480 Stars, in steps of 150 from 100: the last whole step is 2,350, and 2,480 is reached all the same.
    await press('Home', 100, '$87.95');
    await press('ArrowRight', 250, '$86.45');
    await press('ArrowLeft', 100, '$87.95');
    await press('End', 2480, '$64.15');
    await press('ArrowLeft', 2350, '$65.45');
    await press('ArrowRight', 2480, '$64.15');
    await press('ArrowRight', 2480, '$64.15');
    expect(await value()).toBe('2,480 Stars, save $24.80');
  });

  test('works on the number field and the step buttons, without a drag', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.choose(/Use Stars/);
    const number = widget.part('number');
    await number.fill('1150');
    await number.press('Enter');
    await expect.poll(() => widget.total()).toContain('$77.45');
    await widget.button(/Fewer/).click();
    await expect.poll(() => widget.total()).toContain('$78.95');
    await widget.button(/More/).press('Enter');
    await expect.poll(() => widget.total()).toContain('$77.45');
    // Between two steps: the nearest that is taken, and it says which.
    await number.fill('1160');
    await number.press('Tab');
    await expect.poll(async () => Number((await number.inputValue()).replace(/\D/g, ''))).not.toBe(1160);
    await number.fill('99999');
    await number.press('Tab');
    await expect.poll(() => widget.total()).toContain('$64.15');
  });

  test('what is being typed stays, whatever else happens', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.choose(/Use Stars/);
    const number = widget.part('number');
    await number.click({ clickCount: 3 });
    await page.keyboard.type('11');
    await page.evaluate((cart) => (document.querySelector('loyalty-checkout')!.cart = structuredClone(cart)), sample.cart);
    await page.waitForTimeout(150);
    await page.keyboard.type('50');
    await page.keyboard.press('Tab');
    await expect.poll(() => widget.total()).toContain('$77.45');
  });

  test('choosing, like changing the choice, submits and moves nothing', async ({ visit }) => {
    const { page, goto, widget } = await visit(undefined);
    await watchShifts(page);
    await goto('/pages/host.html');
    await place(page);
    await widget.reward(/No reward/).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => widget.state()).toBe('previewing');
    expect((await focused(page)).words).toMatch(/Use Stars|\$5 off|Free shipping/);
    expect(page.url()).toContain('host.html');
  });
});

/** Whether the control looks otherwise than without the focus. Leaves the focus where it is. */
async function looksFocused(page: Page, control: Locator): Promise<boolean> {
  const box = (await control.boundingBox())!;
  const clip = { x: box.x - 8, y: box.y - 8, width: box.width + 16, height: box.height + 16 };
  const focused = await page.screenshot({ clip });
  await control.evaluate((element) => (element as HTMLElement).blur());
  const blurred = await page.screenshot({ clip });
  await control.focus();
  return compare(focused, blurred).part > 0.003;
}

describe('focus', () => {
  test('is never taken when the page loads', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await page.getByLabel('E-mail').focus();
    await place(page);
    await widget.is('member');
    expect((await focused(page)).tag).toBe('input');
    expect(await page.getByLabel('E-mail').evaluate((field) => field === document.activeElement)).toBe(true);
  });

  test('goes to what was applied after Apply, and to the rewards after Remove', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page, { client: { delay: 50 } });
    await widget.choose(/Free shipping/);
    await widget.applyButton.focus();
    await page.keyboard.press('Enter');
    await widget.is('applied');
    await expect.poll(async () => (await focused(page)).words).toMatch(/Applied|Free shipping/);
    expect((await focused(page)).tag).not.toBe('button');
    await widget.button(/Remove/).focus();
    await page.keyboard.press('Enter');
    await widget.is('member');
    await expect.poll(async () => JSON.stringify(await focused(page))).toMatch(/reward|No reward|Choose a reward/);
  });

  test('goes into the widget by focus() and shows at the top below a sticky bar', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.is('member');
    await page.evaluate(() => (document.querySelector('loyalty-checkout') as HTMLElement).focus());
    expect((await focused(page)).tag).not.toBe('body');
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('loyalty-checkout');
  });
});

describe('speech', () => {
  test('one sentence after the last change, none while the points move', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.choose(/Use Stars/);
    await widget.slider.focus();
    await page.waitForTimeout(900);
    await listen(page);
    const begun = await page.evaluate(() => performance.now());
    for (let i = 0; i < 8; i += 1) {
      await page.keyboard.press('ArrowLeft');
      await page.waitForTimeout(60);
    }
    const ended = await page.evaluate(() => performance.now());
    await expect.poll(() => said(page), { timeout: 3_000 }).toHaveLength(1);
    const [sentence] = await said(page);
    expect(sentence?.role).toBe('status');
    // 2,480 less one partial and seven whole steps.
    expect(plain(sentence!.text)).toContain('$75.95');
    expect(sentence!.at - begun).toBeGreaterThan(ended - begun + 500);
    await page.waitForTimeout(500);
    expect(await said(page)).toHaveLength(1);
  });

  test('apply, remove and refusals are said once, in regions that were there before', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page, { attributes: { 'coupon-entry': 'open' } });
    await widget.is('member');
    const roles = await page.locator('loyalty-checkout').evaluate((element) =>
      [...element.shadowRoot!.querySelectorAll('[role=status], [role=alert]')].map((region) => `${region.getAttribute('role')}:${region.textContent?.trim()}`),
    );
    expect(roles).toEqual(expect.arrayContaining(['status:', 'alert:']));
    await listen(page);
    await widget.codeField.fill('SUMMER');
    await widget.codeField.press('Enter');
    await widget.is('rejected');
    await expect.poll(() => said(page)).not.toHaveLength(0);
    const refused = (await said(page)).at(-1)!;
    expect(refused.role).toBe('alert');
    expect(plain(refused.text)).toMatch(/Needs \$200\.00\. You have \$84\.05\. Add \$115\.95/);
    expect(plain(refused.text)).toMatch(/total has not changed/i);
    expect(plain(refused.text)).not.toMatch(/invalid/i);
    expect(await widget.codeField.inputValue()).toBe('SUMMER');
    expect(await widget.codeField.getAttribute('aria-invalid')).toBe('true');
    const described = await widget.codeField.evaluate((field) =>
      (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => (field.getRootNode() as ShadowRoot).getElementById(id)?.textContent ?? '').join(' '),
    );
    expect(plain(described)).toContain('$115.95');
    await widget.codeField.fill('WELCOME5');
    await widget.codeField.press('Enter');
    await expect.poll(() => widget.total()).toContain('$86.45');
    await widget.applyButton.click();
    await widget.is('applied');
    await expect.poll(async () => (await said(page)).map((one) => plain(one.text)).join(' | '), { timeout: 3_000 }).toMatch(/Applied.*You save \$2\.50.*Total \$86\.45/);
  });

  test('totals are terms and values, and no running text is a live region', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.choose(/Use Stars/);
    const root = await page.locator('loyalty-checkout').evaluate((element) => {
      const shadow = element.shadowRoot!;
      const totals = shadow.querySelector('[part~=totals]')!;
      return {
        list: totals.matches('dl') || totals.querySelector('dl') !== null,
        outputs: shadow.querySelectorAll('output').length,
        live: [...shadow.querySelectorAll('[aria-live], [role=status], [role=alert]')].some((region) => region.contains(totals)),
        group: shadow.querySelector('fieldset legend, [role=radiogroup][aria-labelledby], [role=radiogroup][aria-label]') !== null,
      };
    });
    expect(root).toEqual({ list: true, outputs: 0, live: false, group: true });
  });
});

describe('steadiness', () => {
  test('nothing moves by itself while a shopper chooses, slides, applies and removes', async ({ visit }) => {
    const { page, goto, widget } = await visit(undefined);
    await watchShifts(page);
    await goto('/pages/host.html');
    await place(page, { client: { delay: 700 } });
    await widget.is('member');
    // Before this the host put the element into the page, which moves what is below.
    const before = (await shifts(page)).length;
    await widget.choose(/Use Stars/);
    await widget.slider.waitFor();
    const box = (await widget.slider.boundingBox())!;
    await page.mouse.move(box.x + box.width - 12, box.y + box.height / 2);
    await page.mouse.down();
    for (let i = 0; i <= 30; i += 1) {
      await page.mouse.move(box.x + box.width - 12 - i * 5, box.y + box.height / 2);
      await page.waitForTimeout(25);
    }
    await page.mouse.up();
    await page.waitForTimeout(900);
    await widget.applyButton.click();
    await widget.is('applied');
    await page.waitForTimeout(600);
    await widget.button(/Remove/).click();
    await widget.is('member');
    await page.waitForTimeout(600);
    expect((await shifts(page)).slice(before)).toEqual([]);
  });
});
