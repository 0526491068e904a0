import { describe } from 'vitest';
import { cutOrTooWide } from './harness/conditions.js';
import { place } from './harness/mount.js';
import { compare, picture } from './harness/screens.js';
import { expect, test, type Visit } from './harness/test.js';
import { accessibilityProblems } from './harness/axe.js';

/** Freezes whatever two pictures would differ in by chance. */
async function placedIn({ page, widget }: Visit) {
  await place(page, { attributes: { 'coupon-entry': 'open', 'heading-level': '2' } });
  await widget.choose(/Use Stars/);
  await widget.slider.press('ArrowLeft');
  await expect.poll(() => widget.total()).toContain('$65.45');
  await page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    (at as HTMLElement | null)?.blur();
  });
  await page.waitForTimeout(150);
}

describe('a host page with resets, its own root size, spacing and rules for every control', () => {
  test('looks nearly the same inside the widget, and works the same', async ({ visit }) => {
    const viewport = { width: 520, height: 1400 };
    const ordinary = await visit('/pages/host.html', { viewport });
    await placedIn(ordinary);
    const hostile = await visit(undefined, { viewport });
    await hostile.goto('/pages/host.html');
    await hostile.page.addStyleTag({ url: '/pages/hostile.css' });
    await placedIn(hostile);

    const [one, two] = await Promise.all([ordinary.widget.host.boundingBox(), hostile.widget.host.boundingBox()]);
    expect(Math.abs(one!.width - two!.width)).toBeLessThan(12);
    expect(two!.height / one!.height).toBeGreaterThan(0.9);
    expect(two!.height / one!.height).toBeLessThan(1.15);

    // What a theme may well set and the widget takes over: the font and the case of letters. What it must not lose:
    const look = (seen: Visit, part: string) =>
      seen.widget.part(part).first().evaluate((element) => {
        const { fontSize, lineHeight, letterSpacing, wordSpacing, textAlign, pointerEvents, display } = getComputedStyle(element);
        return { fontSize, lineHeight, letterSpacing, wordSpacing, textAlign, pointerEvents, display };
      });
    for (const part of ['base', 'reward', 'total', 'coupon-input', 'number', 'slider', 'step-button']) {
      expect({ part, ...(await look(hostile, part)) }).toEqual({ part, ...(await look(ordinary, part)) });
    }
    // Both in one font and case, the pictures are the same.
    for (const seen of [ordinary, hostile]) {
      await seen.widget.host.evaluate((element) => {
        element.style.setProperty('--loyalty-font-family', 'DejaVu Sans');
        element.style.setProperty('text-transform', 'none');
      });
    }
    const { part } = compare(await picture(ordinary.widget.host), await picture(hostile.widget.host));
    expect(part).toBeLessThan(0.02);
    expect(await accessibilityProblems(hostile.page, { within: 'loyalty-checkout' })).toEqual([]);
    expect((await cutOrTooWide(hostile.page)).filter((text) => !/^(body|main|form|h1|p|label|input|button)/.test(text))).toEqual([]);
    await hostile.widget.applyButton.click();
    await hostile.widget.is('applied');
  });

  test('a host that sets the element’s display still gets a block that can be hidden', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    await place(page);
    await widget.is('member');
    for (const display of ['grid', 'flex', 'block']) {
      await page.locator('loyalty-checkout').evaluate((element, display) => (element.style.display = display), display);
      expect(await cutOrTooWide(page)).toEqual([]);
      const base = (await widget.part('base').boundingBox())!;
      const host = (await widget.host.boundingBox())!;
      expect(base.width).toBeGreaterThan(host.width * 0.9);
    }
    await page.locator('loyalty-checkout').evaluate((element) => {
      element.style.removeProperty('display');
      (element as HTMLElement).hidden = true;
    });
    expect(await page.locator('loyalty-checkout').isVisible()).toBe(false);
  });

  test('the page is as it was: no styles, globals or listeners of the widget’s leak into it', async ({ visit }) => {
    const { page, widget } = await visit('/pages/host.html');
    const look = () =>
      page.evaluate(() => {
        const all = (selector: string) => {
          const style = getComputedStyle(document.querySelector(selector)!);
          return [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).filter((line) => !/(block|height|origin|perspective|transform)/.test(line));
        };
        return {
        globals: Object.getOwnPropertyNames(globalThis).filter((name) => !['told', 'calls', 'loaded'].includes(name)),
        heading: all('h1'),
        button: all('#pay'),
        sheets: document.adoptedStyleSheets.length + document.styleSheets.length,
        };
      });
    const before = await look();
    await place(page);
    await widget.choose(/Free shipping/);
    const after = await look();
    expect(after.globals.filter((name) => !before.globals.includes(name) && !/^(lit|litHtml|litElement|reactiveElement)/.test(name))).toEqual([]);
    expect({ ...after, globals: [] }).toEqual({ ...before, globals: [] });
    const prevented = await page.evaluate(() =>
      ['Enter', ' ', 'Escape', 'ArrowDown'].map((key) => !document.querySelector('h1')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))),
    );
    expect(prevented).toEqual([false, false, false, false]);
  });
});
