import { describe } from 'vitest';
import { accessibilityProblems } from './harness/axe.js';
import { cutOrTooWide, shifts, watchShifts } from './harness/conditions.js';
import { compare, picture } from './harness/screens.js';
import { expect, test } from './harness/test.js';

// What all other tests rest on: that a fault is seen.
describe('the watch over a page', () => {
  test('is quiet on a page without faults', async ({ visit }) => {
    const { page } = await visit('/pages/plain.html');
    expect(await page.locator('h1').innerText()).toBe('Checkout');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(await cutOrTooWide(page)).toEqual([]);
  });

  test('sees what the policy stops, console errors, uncaught errors and failed requests', async ({ visit }) => {
    const seen = await visit('/pages/faulty.html', { tolerate: [/./] });
    await seen.page.evaluate(() => {
      console.warn('a warning');
      setTimeout(() => {
        throw new Error('thrown by the page');
      });
      void fetch('https://elsewhere.example/').catch(() => {});
    });
    await expect.poll(() => seen.site.reports()).toEqual(
      expect.arrayContaining([
        expect.stringContaining('style-src-attr stopped inline'),
        expect.stringContaining('script-src-elem stopped inline'),
        expect.stringContaining('connect-src stopped https://elsewhere.example'),
      ]),
    );
    expect(seen.problems).toEqual(
      expect.arrayContaining([
        expect.stringContaining('404'),
        expect.stringContaining('a warning'),
        expect.stringContaining('thrown by the page'),
      ]),
    );
    await expect(seen.page.evaluate(() => 'ran' in globalThis)).resolves.toBe(false);
  });

  test('fails a visit that is not quiet', async ({ visit }) => {
    const seen = await visit('/pages/faulty.html', { tolerate: [/./] });
    await expect.poll(() => seen.problems.length).toBeGreaterThan(0);
    await expect(seen.mustBeQuiet([])).rejects.toThrow('what went wrong on the page');
  });

  test('sees accessibility problems in shadow trees', async ({ visit }) => {
    const { page } = await visit('/pages/plain.html');
    await page.evaluate(() => {
      const host = document.querySelector('main')!.appendChild(document.createElement('div'));
      host.attachShadow({ mode: 'open' }).appendChild(document.createElement('button'));
    });
    expect(await accessibilityProblems(page)).toEqual([expect.stringMatching(/^button-name: div > button/)]);
  });

  test('sees cut text and pages that scroll sideways', async ({ visit }) => {
    const { page } = await visit('/pages/plain.html', { viewport: { width: 320, height: 600 } });
    await page.evaluate(() => {
      const host = document.querySelector('main')!.appendChild(document.createElement('div'));
      const root = host.attachShadow({ mode: 'open' });
      const cut = root.appendChild(document.createElement('p'));
      cut.textContent = 'a total that does not fit at all';
      cut.style.cssText = 'width: 40px; overflow: hidden; white-space: nowrap';
      const wide = root.appendChild(document.createElement('div'));
      wide.style.cssText = 'width: 500px; height: 10px';
    });
    expect(await cutOrTooWide(page)).toEqual([
      expect.stringMatching(/^the page is 5\d\d wide, the window 320/),
      expect.stringMatching(/a total.*cuts \d+ to 40 across/),
      expect.stringMatching(/^div.*reaches from 8 to 508 of 320/),
    ]);
  });

  test('sees content that moves', async ({ visit }) => {
    const { page, goto } = await visit(undefined);
    await watchShifts(page);
    await goto('/pages/plain.html');
    await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      const pushed = document.createElement('p');
      pushed.textContent = 'arrived late';
      document.querySelector('main')!.prepend(pushed);
    });
    const seen = await shifts(page);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.sources).toEqual([expect.stringMatching(/^BODY 8,21.*-> 8,16/)]);
  });

  test('tells pictures apart, and calls equal ones equal', async ({ visit }) => {
    const { page } = await visit('/pages/plain.html', { viewport: { width: 320, height: 200 } });
    const first = await picture(page);
    expect(compare(first, await picture(page)).part).toBe(0);
    await page.evaluate(() => void (document.querySelector('h1')!.textContent = 'Another title'));
    expect(compare(first, await picture(page)).part).toBeGreaterThan(0.01);
    await page.setViewportSize({ width: 320, height: 300 });
    expect(compare(first, await picture(page)).part).toBeGreaterThan(0.3);
  });
});
