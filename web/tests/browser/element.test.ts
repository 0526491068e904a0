import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { calls, place, told } from './harness/mount.js';
import * as sample from './harness/sample.js';
import { expect, test, type Visit } from './harness/test.js';

type Checkout = HTMLElement & Record<string, never> & {
  intent: unknown;
  cart: unknown;
  member: unknown;
  quote: { total: number } | null;
  state: string;
  confirmed: unknown;
  coreVersion: string;
  ready(): Promise<unknown>;
  apply(): Promise<{ ok: boolean; reason?: string }>;
};

const checkout = (page: Page) => page.locator('loyalty-checkout').first();

/** Calls a method or reads a property of the element, in the page. */
const ask = <T>(page: Page, work: (element: Checkout) => T | Promise<T>): Promise<Awaited<T>> =>
  checkout(page).evaluate(work as unknown as (element: HTMLElement | SVGElement) => T) as Promise<Awaited<T>>;

async function placed(visit: (path: string) => Promise<Visit>, ...given: Parameters<typeof place> extends [Page, ...infer Rest] ? Rest : never) {
  const here = await visit('/pages/host.html');
  await place(here.page, ...given);
  return here;
}

describe('events', () => {
  test('say that the element is ready, what it previews and which state it is in', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    await widget.is('member');
    const [ready] = await told(page, 'ready');
    expect(ready?.detail).toEqual({ coreVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/), mode: 'preview' });
    const previews = await told(page, 'preview');
    expect(previews[0]?.detail).toMatchObject({ seq: expect.any(Number), reason: expect.any(String), quote: { total: 8895 } });
    const states = (await told(page, 'state')).map(({ detail }) => [detail['from'], detail['to']]);
    expect(states.at(-1)?.[1]).toBe('member');
    states.slice(1).forEach(([from], at) => expect(from).toBe(states[at]?.[1]));
    await expect(checkout(page).evaluate((element) => element.matches(':state(member)'))).resolves.toBe(true);
  });

  test('reach the page from inside another shadow tree', async ({ visit }) => {
    const { page } = await visit('/pages/host.html');
    await page.evaluate(() => {
      const outer = document.createElement('div');
      document.querySelector('#place')!.append(outer);
      outer.attachShadow({ mode: 'open' }).append(document.createElement('section'));
    });
    await place(page, { count: 0 });
    await page.evaluate(
      ({ program, member, cart }) => {
        const element = Object.assign(document.createElement('loyalty-checkout'), { program, member, cart });
        document.querySelector('#place div')!.shadowRoot!.querySelector('section')!.append(element);
      },
      { program: { catalog: sample.catalog, serverTime: sample.now }, member: sample.member, cart: sample.cart },
    );
    await expect.poll(async () => (await told(page)).map((one) => one.type)).toEqual(
      expect.arrayContaining(['loyalty-ready', 'loyalty-preview', 'loyalty-state']),
    );
  });

  test('tell of an applied and a removed discount, with the points that are held and given back', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    await widget.choose(/Free shipping/);
    expect(await ask(page, (element) => element.apply())).toMatchObject({ ok: true });
    await widget.is('applied');
    const [before] = await told(page, 'before-apply');
    expect(before?.detail).toMatchObject({
      intent: { chosen: [{ reward: { id: 'shipping' } }] },
      quote: { total: 8405 },
      waitUntil: 'function',
    });
    const [applied] = await told(page, 'applied');
    expect(applied?.detail).toMatchObject({
      confirmation: { discountId: 'held-1' },
      quote: { total: 8405 },
      spent: 400,
      save: { items: 0, shipping: 490 },
    });
    await expect(ask(page, (element) => element.confirmed !== null && element.confirmed !== undefined)).resolves.toBe(true);
    await widget.button(/Remove/).click();
    await expect.poll(() => told(page, 'removed')).toHaveLength(1);
    expect((await told(page, 'removed'))[0]?.detail).toMatchObject({ discountId: 'held-1', quote: { total: 8895 }, released: 400 });
    expect((await calls(page)).filter((call) => call.startsWith('remove'))).toEqual(['remove held-1']);
  });

  test('let the page stop an apply and a way to sign-in', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { 'sign-in-url': '/pages/ordered.html' } });
    await widget.choose(/Free shipping/);
    await page.evaluate(() => {
      document.addEventListener('loyalty-before-apply', (event) => event.preventDefault());
      document.addEventListener('loyalty-sign-in', (event) => event.preventDefault());
    });
    const answer = await ask(page, (element) => element.apply());
    expect(answer.ok).toBe(false);
    expect((await calls(page)).filter((call) => call.startsWith('apply'))).toEqual([]);
    await expect(told(page, 'applied')).resolves.toEqual([]);
    await ask(page, (element) => void Object.assign(element, { member: null }));
    await widget.is('guest');
    await widget.host.getByRole('link', { name: 'Sign in' }).or(widget.button('Sign in')).click();
    await expect.poll(() => told(page, 'sign-in')).toHaveLength(1);
    expect((await told(page, 'sign-in'))[0]?.detail).toEqual({ url: expect.stringContaining('/pages/ordered.html') });
    expect(page.url()).toContain('/pages/host.html');
  });

  test('tell of a refused code with its reason and what would work instead', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { 'coupon-entry': 'open' } });
    await widget.codeField.fill('SUMMER');
    await widget.codeField.press('Enter');
    await expect.poll(() => told(page, 'rejected')).toHaveLength(1);
    expect((await told(page, 'rejected'))[0]?.detail).toMatchObject({
      reason: 'MINIMUM_SUBTOTAL_NOT_MET',
      params: { code: 'MINIMUM_SUBTOTAL_NOT_MET', required: 20_000, actual: 8405, missing: 11_595 },
      retryable: false,
    });
    const suggestions = (await told(page, 'rejected'))[0]?.detail['suggestions'] as { id: string }[];
    expect(suggestions.map((one) => one.id)).toContain('stars');
  });

  test('tell when the store decides otherwise than the preview', async ({ visit }) => {
    const { page, widget } = await placed(visit, { client: 'none' });
    await widget.choose(/Use Stars/);
    await page.evaluate(() => {
      document.addEventListener('loyalty-before-apply', (event) => {
        const { quote, waitUntil } = (event as CustomEvent).detail;
        waitUntil(
          Promise.resolve({
            discountId: 'held-2',
            quote: { ...quote, total: 7895, payable: 7895, itemsDiscount: 1000, points: { ...quote.points, spent: 1000 } },
            cause: { code: 'INSUFFICIENT_POINTS', required: 2480, actual: 1000, missing: 1480 },
          }),
        );
      });
    });
    expect(await ask(page, (element) => element.apply())).toMatchObject({ ok: true });
    await widget.is('reconciled');
    expect((await told(page, 'reconcile'))[0]?.detail).toMatchObject({
      previewed: { total: 6415 },
      confirmed: { total: 7895 },
      deltaMinor: 1480,
    });
    expect(await widget.text()).toContain('$78.95');
  });

  test('come at most once a frame, whatever the page sets', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    await widget.is('member');
    const before = (await told(page, 'preview')).length;
    await ask(page, async (element) => {
      const cart = element.cart as { lines: { quantity: number }[] };
      for (let quantity = 2; quantity <= 9; quantity += 1) {
        element.cart = { ...cart, lines: cart.lines.map((line, at) => (at === 0 ? { ...line, quantity } : line)) };
      }
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
    });
    const previews = (await told(page, 'preview')).slice(before);
    expect(previews).toHaveLength(1);
    // Nine pairs of shoes at $25.00, mug, towel, shipping.
    expect(previews[0]?.detail).toMatchObject({ quote: { total: 9 * 2500 + 1450 + 1955 + 490 } });
  });
});

describe('properties and methods', () => {
  test('give the quote, the state, the version and the choices, and take choices', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    await widget.is('member');
    expect(
      await ask(page, (element) => ({ state: element.state, total: element.quote?.total, version: element.coreVersion, intent: element.intent })),
    ).toEqual({ state: 'member', total: 8895, version: expect.stringMatching(/^\d/), intent: { chosen: [] } });
    await ask(page, (element) => void Object.assign(element, { intent: { chosen: [{ reward: { id: 'stars', points: 1150 } }] } }));
    await widget.is('previewing');
    expect(await widget.total()).toContain('$77.45');
    await expect(widget.slider.inputValue()).resolves.toBe('1150');
    expect(await ask(page, (element) => element.intent)).toEqual({ chosen: [{ reward: { id: 'stars', points: 1150 } }] });
  });

  test('choose, enter a code, explain and begin anew', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    type Methods = {
      selectReward(id: string | null): unknown;
      setPoints(points: number): unknown;
      applyCoupon(code: string): unknown;
      explain(): Promise<{ ok: boolean; value: { quote: { total: number }; steps: unknown[] } }>;
      reset(): unknown;
      refresh(): Promise<unknown>;
      ready(): Promise<unknown>;
    };
    const method = <T>(work: (element: Methods) => T | Promise<T>) => ask(page, work as unknown as (element: Checkout) => T);
    expect(await method((element) => element.ready())).toMatchObject({ ok: true });
    expect(await method((element) => element.selectReward('stars'))).toMatchObject({ ok: true });
    expect(await method((element) => element.setPoints(1150))).toMatchObject({ ok: true });
    await expect.poll(() => widget.total()).toContain('$77.45');
    expect(await method((element) => element.selectReward('nothing of the kind'))).toMatchObject({ ok: false, reason: 'REWARD_NOT_FOUND' });
    expect(await method((element) => element.applyCoupon('NOPE'))).toMatchObject({ ok: false, reason: 'CODE_NOT_FOUND' });
    expect(await method((element) => element.applyCoupon('welcome5'))).toMatchObject({ ok: true });
    // 5% of 50.00, then 1,150 points.
    await expect.poll(() => widget.total()).toContain('$74.95');
    const explanation = await method((element) => element.explain());
    expect(explanation).toMatchObject({ ok: true, value: { quote: { total: 7495 } } });
    expect(explanation.value.steps.length).toBeGreaterThanOrEqual(2);
    await method((element) => void element.reset());
    await widget.is('member');
    expect(await ask(page, (element) => element.quote?.total)).toBe(8895);
    expect(await method((element) => element.refresh())).toMatchObject({ ok: true });
  });

  test('change the member at once and leave nothing of the last one behind', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    await widget.choose(/Use Stars/);
    expect(await widget.text()).toMatch(/2,480/);
    await ask(page, (element) => void Object.assign(element, { member: null }));
    await widget.is('guest');
    const text = await widget.text();
    expect(text).not.toMatch(/2,480|Silver|980|Thank you/);
    expect(await page.locator('loyalty-checkout').evaluate((element) => element.shadowRoot!.innerHTML)).not.toMatch(/2,?480|maria|THANKS3/);
    expect(text).toMatch(/Earn 84 Stars/);
    await ask(page, (element) => void Object.assign(element, { member: undefined }));
    await widget.is('loading');
    await expect(checkout(page).evaluate((element) => element.shadowRoot!.querySelector('[aria-busy=true]') !== null || element.ariaBusy === 'true')).resolves.toBe(true);
  });

  test('without a store or a listener an apply says that nobody can confirm it', async ({ visit }) => {
    const { page, widget } = await placed(visit, { client: 'none' });
    await widget.choose(/Free shipping/);
    expect(await ask(page, (element) => element.apply())).toMatchObject({ ok: false, reason: 'NO_CONFIRMER' });
    await expect(told(page, 'applied')).resolves.toEqual([]);
    expect(await widget.text()).not.toMatch(/Applied|Confirmed/);
  });

  test('two clicks on Apply are one request with one key', async ({ visit }) => {
    const { page, widget } = await placed(visit, { client: { delay: 150 } });
    await widget.choose(/Free shipping/);
    await widget.applyButton.dblclick();
    await widget.is('applied');
    expect((await calls(page)).filter((call) => call.startsWith('apply'))).toEqual([expect.stringMatching(/^apply \S{16,}$/)]);
  });
});

describe('attributes', () => {
  test('language, layout, heading level and theme change what is drawn', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { locale: 'de', 'heading-level': '4', theme: 'dark' } });
    await widget.choose(/Free shipping/);
    await expect.poll(() => widget.total()).toContain('84,05 $');
    await expect(widget.host.getByRole('heading', { level: 4 }).first().isVisible()).resolves.toBe(true);
    const surface = () => widget.part('base').evaluate((base) => getComputedStyle(base).color);
    const dark = await surface();
    await checkout(page).evaluate((element) => element.setAttribute('theme', 'light'));
    expect(await surface()).not.toBe(dark);
    const tall = (await widget.host.boundingBox())!.height;
    await checkout(page).evaluate((element) => element.setAttribute('layout', 'compact'));
    await expect.poll(async () => (await widget.host.boundingBox())!.height).toBeLessThan(tall);
  });

  test('what is hidden is not there for anybody', async ({ visit }) => {
    const everything = 'earn tiers explain unlock coupon slider rewards totals';
    const { page, widget } = await placed(visit);
    await widget.choose(/Use Stars/);
    await widget.slider.waitFor();
    const parts = ['slider', 'explain', 'tier-track', 'reward-list', 'totals', 'coupon'];
    for (const part of parts) expect(await widget.part(part).count(), part).toBeGreaterThan(0);
    await checkout(page).evaluate((element, hide) => element.setAttribute('hide', hide), everything);
    for (const part of [...parts, 'unlock']) await expect.poll(() => widget.part(part).count()).toBe(0);
    await checkout(page).evaluate((element) => element.setAttribute('hide', 'totals'));
    await expect.poll(() => widget.part('reward-list').count()).toBe(1);
    expect(await widget.part('totals').count()).toBe(0);
  });

  test('the code field is closed, open or missing as asked', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    await widget.is('member');
    await expect(widget.codeField.isVisible()).resolves.toBe(false);
    await checkout(page).evaluate((element) => element.setAttribute('coupon-entry', 'open'));
    await widget.codeField.waitFor();
    await checkout(page).evaluate((element) => element.setAttribute('coupon-entry', 'hidden'));
    await expect.poll(() => widget.codeField.count()).toBe(0);
    expect(await widget.part('coupon').count()).toBe(0);
  });

  test('the best choice can be made beforehand, and spends nothing', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { 'auto-select': 'best' } });
    await widget.is('previewing');
    await expect.poll(() => ask(page, (element) => JSON.stringify(element.intent))).toContain('"stars"');
    await page.waitForTimeout(300);
    expect(await calls(page)).toEqual([]);
    await expect(told(page, 'before-apply')).resolves.toEqual([]);
  });

  test('choices can apply at once', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { apply: 'instant' } });
    await widget.choose(/Free shipping/);
    await widget.is('applied');
    expect((await calls(page)).filter((call) => call.startsWith('apply'))).toHaveLength(1);
  });

  test('disabled and read-only elements change nothing', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { disabled: true } });
    await widget.is('member');
    expect(await widget.host.getByRole('radio').evaluateAll((all) => all.every((one) => one.matches(':disabled, [aria-disabled=true]')))).toBe(true);
    await checkout(page).evaluate((element) => {
      element.removeAttribute('disabled');
      element.setAttribute('readonly', '');
    });
    await widget.reward(/Free shipping/).click({ force: true, timeout: 1000 }).catch(() => {});
    expect(await ask(page, (element) => element.intent)).toEqual({ chosen: [] });
  });

  test('an instance without anything takes no room and draws nothing but its own empty text', async ({ visit }) => {
    const { page } = await placed(visit, {
      properties: { program: undefined, member: undefined, cart: undefined },
      client: 'none',
    });
    await page.waitForTimeout(100);
    const box = await checkout(page).boundingBox();
    expect(box?.height ?? 0).toBe(0);
    expect(await checkout(page).evaluate((element) => element.shadowRoot?.textContent?.trim() ?? '')).toBe('');
  });

  test('the hidden attribute hides', async ({ visit }) => {
    const { page, widget } = await placed(visit);
    await widget.is('member');
    await checkout(page).evaluate((element) => element.setAttribute('hidden', ''));
    expect(await checkout(page).isVisible()).toBe(false);
  });
});

describe('slots, parts and custom properties', () => {
  test('slots take the storefront’s own content', async ({ visit }) => {
    const { page, widget } = await placed(visit, {
      content: [
        ['heading', 'Your Star Club'],
        ['intro', 'An intro.'],
        ['footer', 'A footer.'],
        ['guest', 'A word to guests.'],
        ['icon', '★'],
        ['empty', 'Nothing yet.'],
      ],
    });
    await widget.is('member');
    for (const text of ['Your Star Club', 'An intro.', 'A footer.', '★']) {
      await expect(page.getByText(text, { exact: true }).isVisible(), text).resolves.toBe(true);
    }
    await expect(page.getByText('A word to guests.').isVisible()).resolves.toBe(false);
    await ask(page, (element) => void Object.assign(element, { member: null }));
    await page.getByText('A word to guests.').waitFor();
    const bare = await placed(visit, {
      properties: { program: undefined, member: undefined, cart: undefined },
      client: 'none',
      content: [['empty', 'Nothing yet.'], ['footer', 'A footer.']],
    });
    await bare.page.getByText('Nothing yet.').waitFor();
    await expect(bare.page.getByText('A footer.').isVisible()).resolves.toBe(false);
  });

  test('every published part can be styled from outside', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { 'coupon-entry': 'open' } });
    await widget.is('member');
    const found = new Set<string>();
    const collect = async () => {
      const names = await checkout(page).evaluate((element) =>
        [...element.shadowRoot!.querySelectorAll('[part]')].flatMap((one) => [...(one as HTMLElement).part]),
      );
      names.forEach((name) => found.add(name));
    };
    await collect();
    await widget.choose(/Use Stars/);
    await widget.slider.waitFor();
    await collect();
    await widget.codeField.fill('SUMMER');
    await widget.codeField.press('Enter');
    await widget.is('rejected');
    await collect();
    await widget.codeField.fill('');
    await widget.applyButton.click();
    await widget.is('applied');
    await collect();
    // What is nearly within reach is told where nothing better is at hand.
    const only = await placed(visit, {
      properties: {
        program: { catalog: { ...sample.catalog, rewards: sample.catalog.rewards!.filter(({ id }) => id === 'ten-percent') }, serverTime: sample.now },
        member: { ...sample.member, coupons: [] },
      },
    });
    await only.widget.part('unlock').waitFor();
    found.add('unlock');
    const published =
      'base heading balance tier tier-track reward-list reward reward-cost best-badge slider number step-button coupon coupon-input coupon-button applied applied-item remove-button totals total message message-error unlock explain';
    expect(published.split(' ').filter((name) => !found.has(name))).toEqual([]);
    await page.addStyleTag({ url: '/pages/parts.css' });
    await expect.poll(() => widget.part('base').evaluate((base) => getComputedStyle(base).outlineColor)).toBe('rgb(1, 2, 3)');
  });

  test('every custom property changes something that is drawn', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { 'coupon-entry': 'open', theme: 'none' } });
    await widget.choose(/Use Stars/);
    await widget.slider.waitFor();
    const names = await checkout(page).evaluate((element) => {
      const used = new Set<string>();
      for (const sheet of element.shadowRoot!.adoptedStyleSheets) {
        for (const [, name] of [...sheet.cssRules].map((rule) => rule.cssText).join('\n').matchAll(/var\((--loyalty-[\w-]+)/g)) used.add(name!);
      }
      return [...used];
    });
    const colors = 'text muted surface border accent on-accent success on-success danger on-danger warning'.split(' ').map((name) => `--loyalty-color-${name}`);
    const others =
      'focus-color focus-width focus-offset radius space font-family font-size font-weight-strong control-size tier-color skeleton min-block-size motion'
        .split(' ')
        .map((name) => `--loyalty-${name}`);
    expect([...colors, ...others].filter((name) => !names.includes(name))).toEqual([]);
    const color = () => widget.part('base').evaluate((base) => getComputedStyle(base).color);
    await checkout(page).evaluate((element) => element.style.setProperty('--loyalty-color-text', 'rgb(4, 5, 6)'));
    expect(await color()).toBe('rgb(4, 5, 6)');
  });
});

describe('in a form', () => {
  test('the choice is part of the form’s data, and Reset takes it back', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { name: 'loyalty' } });
    const data = () => page.evaluate(() => new FormData(document.querySelector('form')!).get('loyalty'));
    await widget.choose(/Free shipping/);
    await expect.poll(async () => JSON.parse(String((await data()) || '{}'))).toEqual({ chosen: [{ reward: { id: 'shipping' } }] });
    await page.evaluate(() => document.querySelector('form')!.reset());
    await expect.poll(() => ask(page, (element) => element.intent)).toEqual({ chosen: [] });
    await widget.is('member');
    expect(await ask(page, (element) => element.quote?.total)).toBe(8895);
  });

  test('a disabled fieldset disables it', async ({ visit }) => {
    const { page } = await visit('/pages/host.html');
    await page.evaluate(() => {
      const fieldset = document.createElement('fieldset');
      fieldset.disabled = true;
      document.querySelector('#place')!.append(fieldset);
    });
    await place(page, { into: '#place fieldset', attributes: { name: 'loyalty' } });
    const radios = page.locator('loyalty-checkout').getByRole('radio');
    await radios.first().waitFor();
    await expect.poll(() => radios.evaluateAll((all) => all.every((one) => one.matches(':disabled, [aria-disabled=true]')))).toBe(true);
    expect(await page.evaluate(() => new FormData(document.querySelector('form')!).get('loyalty'))).toBeNull();
    await page.evaluate(() => (document.querySelector('fieldset')!.disabled = false));
    await expect.poll(() => radios.first().isEnabled()).toBe(true);
  });

  test('Enter in its fields never submits the shop’s form, and the shop’s own Enter still does', async ({ visit }) => {
    const { page, widget } = await placed(visit, { attributes: { 'coupon-entry': 'open', name: 'loyalty' } });
    await widget.is('member');
    await widget.codeField.fill('WELCOME5');
    await widget.codeField.press('Enter');
    await expect.poll(() => widget.total()).toContain('$86.45');
    await widget.choose(/Use Stars/);
    await widget.part('number').press('Enter');
    await widget.slider.press('Enter');
    expect(page.url()).toContain('/pages/host.html');
    await page.getByLabel('E-mail').press('Enter');
    await page.waitForURL(/ordered\.html\?.*loyalty=/);
  });
});
