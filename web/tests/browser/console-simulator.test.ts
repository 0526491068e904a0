import { describe } from 'vitest';
import { type ConsoleVisit, lookAt, movements, openConsole, ready } from './harness/console.js';
import { Findings } from './harness/findings.js';
import { expect, test as base } from './harness/test.js';

const PAYLOAD = '<img src=x onerror=alert(1)>';
const CART = { currency: 'USD', lines: [{ id: 'boots', name: 'Boots', unitPrice: 6500, quantity: 2, tags: ['stores', 'stores/shoes'] }], shipping: [{ id: 'standard', price: 490 }] };

interface Change {
  readonly operation: string;
  readonly request: object;
  readonly summary: string;
  readonly subject: string;
}

interface Simulator extends ConsoleVisit {
  readonly ann: { readonly id: string };
  readonly promotion: { readonly id: string };
  /** Puts changes into the draft of the tab, and opens the simulator. */
  draft(changes: readonly Change[], path?: string): Promise<void>;
  /** The promotion at this rate, under its revision of now. */
  atRate(ratePpm: number): Promise<Change>;
}

const effect = (ratePpm: number) => ({ kind: 'percent', target: 'lines', ratePpm, scope: { include: ['stores/shoes'] } });

const test = base.extend<{ shop: Simulator }>({
  shop: [
    async ({ browser }, use) => {
      const visit = await openConsole(browser, { settings: { currency: 'USD', timeZone: 'America/New_York', pointName: { en: { one: 'Star', other: 'Stars' } } } });
      const { shop, page } = visit;
      await shop.spendRule({ title: 'Shop with us' });
      await shop.flexibleReward({ name: 'Pay with Stars', points: 100 });
      const { promotion } = await shop.post('/loyalty-promotions/v1/promotions', { promotion: { name: `Shoes off ${PAYLOAD}`, trigger: 'automatic', effects: [effect(100_000)] } });
      await shop.post('/loyalty-promotions/v1/promotions', { promotion: { name: 'Welcome', trigger: 'code', codes: ['HELLO'], effects: [{ kind: 'fixedAmount', target: 'order', amount: 500 }] } });
      const ann = await shop.member({ name: 'Ann Adams', email: 'ann@example.com', points: 1000 });
      for (const orderId of ['1', '2', '3']) {
        const { id } = await shop.checkout(ann.contactId, CART);
        await shop.complete(id, { orderId });
      }
      await visit.enter('simulator');
      await use(
        Object.assign(visit, {
          ann,
          promotion,
          async draft(changes: readonly Change[], path = 'simulator') {
            await page.evaluate(([site, text]) => sessionStorage.setItem(`loyalty-console-draft-${site}`, text as string), [shop.id, JSON.stringify(changes)]);
            await page.goto('about:blank');
            await page.goto(`/console/#/${path}`);
            await ready(page);
          },
          async atRate(ratePpm: number) {
            const { revision } = (await shop.get(`/loyalty-promotions/v1/promotions/${promotion.id}`)).promotion;
            return {
              operation: 'promotions.update',
              request: { promotion: { id: promotion.id, revision, effects: [effect(ratePpm)] } },
              summary: `Shoes off: ${ratePpm / 10_000} %`,
              subject: promotion.id,
            };
          },
        }),
      );
      await visit.close();
    },
    { scope: 'file' },
  ],
});

const card = ({ page }: ConsoleVisit, heading: string | RegExp) => page.locator('section.card').filter({ has: page.getByRole('heading', { level: 2, name: heading }) });
const row = (visit: ConsoleVisit, heading: string | RegExp, name: string) => card(visit, heading).locator('tbody tr').filter({ has: visit.page.locator('th', { hasText: name }) }).first().locator('td').allTextContents();
const SIDE_BY_SIDE = 'Live rules and draft side by side';

describe('one cart', () => {
  test('an empty draft prices the live rules, and nothing moves while it loads', async ({ shop }) => {
    const { page } = shop;
    await shop.enter('simulator');
    await page.getByText('The draft is empty').first().waitFor();
    await page.locator('loyalty-checkout').getByText('Pay with Stars').waitFor();
    expect(await row(shop, 'What it costs under the live rules', 'Total')).toEqual(['$89.90']);
    expect(await page.locator('loyalty-checkout').getByText('1,000').first().isVisible()).toBe(true);
    expect(await movements(shop)).toEqual([]);
    shop.mustBeQuiet();
  });

  test('the draft is priced beside the live rules, in the page', async ({ shop }) => {
    await shop.draft([await shop.atRate(200_000)]);
    await card(shop, SIDE_BY_SIDE).waitFor();
    expect(await row(shop, SIDE_BY_SIDE, 'Total')).toEqual(['$89.90', '$84.90', '-$5.00']);
    expect(await row(shop, SIDE_BY_SIDE, 'Shoes off')).toEqual(['-$5.00', '-$10.00']);
    await card(shop, 'Step by step, under the draft').getByText('Takes off 20% of $50.00').waitFor();
    expect(await movements(shop)).toEqual([]);
    shop.mustBeQuiet();
  });

  test('what is typed is priced at once, and what is wrong says so beside its field', async ({ shop }) => {
    const { page } = shop;
    const price = card(shop, 'The cart').getByLabel('Price each').nth(1);
    await price.fill('100');
    await expect.poll(() => row(shop, SIDE_BY_SIDE, 'Total')).toEqual(['$224.90', '$204.90', '-$20.00']);
    await price.fill('x');
    expect(await page.locator('.fault:not(:empty)').allTextContents()).toEqual(['Enter an amount in USD, such as 12.50.']);
    expect(await row(shop, SIDE_BY_SIDE, 'Total')).toEqual(['$224.90', '$204.90', '-$20.00']);
    await price.fill('25');
    await card(shop, 'The cart').getByRole('button', { name: 'Add a line' }).click();
    expect(await card(shop, 'The cart').getByLabel('Name').last().evaluate((element) => element === document.activeElement)).toBe(true);
    await card(shop, 'The cart').getByRole('button', { name: 'Remove line 3' }).click();
    await expect.poll(() => row(shop, SIDE_BY_SIDE, 'Total')).toEqual(['$89.90', '$84.90', '-$5.00']);
    shop.mustBeQuiet();
  });

  test('rewards and codes are chosen in the shopper\'s own panel', async ({ shop }) => {
    const { page } = shop;
    const panel = page.locator('loyalty-checkout');
    await panel.getByText('Pay with Stars').click();
    await expect.poll(async () => (await row(shop, SIDE_BY_SIDE, 'Points spent'))[1]).toBe('1,000');
    await panel.getByText('Have a code?').click();
    await panel.getByLabel('Code', { exact: true }).fill('HELLO');
    await page.keyboard.press('Enter');
    await expect.poll(() => row(shop, SIDE_BY_SIDE, 'Welcome')).toEqual(['-$5.00', '-$5.00']);
    await card(shop, 'What the shopper sees').getByRole('button', { name: 'Live rules' }).click();
    await card(shop, 'Step by step, under the live rules').getByText('Takes off 10% of $50.00').waitFor();
    await card(shop, 'What the shopper sees').getByRole('button', { name: 'Draft' }).click();
    shop.mustBeQuiet();
  });

  test('a member shops with points and coupons of their own, a guest with none', async ({ shop }) => {
    const { page, ann } = shop;
    const balance = (await shop.shop.accountNow(ann.id)).points.balance;
    const who = card(shop, 'Who shops, and when');
    await who.getByRole('button', { name: 'A member' }).click();
    await who.getByLabel('Name or e-mail of a member').fill('ann');
    await page.keyboard.press('Enter');
    await who.getByRole('button', { name: /Ann Adams/ }).click();
    await who.getByText(`${balance.toLocaleString('en')} Stars to spend`).waitFor();
    await who.getByRole('button', { name: 'A guest' }).click();
    await card(shop, /^Step by step/).getByText('It is for members; nobody is signed in.').waitFor();
    const [before] = await row(shop, SIDE_BY_SIDE, 'Total');
    await who.getByLabel('When').fill('2026-12-24T18:00');
    await page.keyboard.press('Tab');
    await expect.poll(() => row(shop, SIDE_BY_SIDE, 'Total')).toContain(before);
    shop.mustBeQuiet();
  });

  test('a past order is opened, copied as a test case, and opened again from its text', async ({ shop }) => {
    const { page } = shop;
    await page.getByRole('button', { name: 'Take a past order…' }).click();
    await page.getByLabel('Past order').selectOption({ index: 1 });
    await expect.poll(() => card(shop, 'The cart').getByLabel('Name').first().inputValue()).toBe('Boots');
    await expect.poll(() => row(shop, SIDE_BY_SIDE, 'Total')).toEqual(['$121.90', '$108.90', '-$13.00']);
    await page.getByRole('button', { name: 'Copy as test case' }).click();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const written = JSON.parse(text);
    expect(Object.keys(written)).toEqual(expect.arrayContaining(['catalog', 'account', 'cart', 'intent', 'now', 'expect']));
    expect(written.expect.total).toBe(10_890);
    await page.getByText('Open a test case').click();
    await page.getByLabel('Its text').fill('nonsense');
    await page.getByRole('button', { name: 'Open test case' }).click();
    await page.getByText('This is not JSON.').waitFor();
    await page.getByLabel('Its text').fill(JSON.stringify({ ...written, cart: { ...written.cart, lines: [{ ...written.cart.lines[0], quantity: 1 }] } }));
    await page.getByRole('button', { name: 'Open test case' }).click();
    await expect.poll(() => row(shop, SIDE_BY_SIDE, 'Items')).toEqual(['$65.00', '$65.00', 'same']);
    shop.mustBeQuiet();
  });
});

test('past orders are priced under both rules, the largest difference first', async ({ shop }) => {
  const { page } = shop;
  await shop.go('simulator?view=orders');
  await page.getByRole('button', { name: 'Price them again' }).click();
  const replay = card(shop, 'Past orders under both rules');
  await replay.getByText('3 of 3', { exact: true }).waitFor();
  await replay.getByText('-$39.00').waitFor();
  expect(await replay.locator('tbody tr').count()).toBe(3);
  expect(await replay.locator('.why').first().textContent()).toContain('-$13.00 → -$26.00');
  await replay.getByText('every one of these orders costs what it cost when it was placed').waitFor();
  shop.mustBeQuiet();
});

describe('publishing', () => {
  test('shows every change from and to, and what the check finds', async ({ shop }) => {
    const ended = { operation: 'promotions.create', request: { promotion: { name: 'Over', trigger: 'automatic', conditions: { startsAt: '2026-02-02T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' }, effects: [effect(10_000)] } }, summary: 'New: Over', subject: 'over' };
    await shop.draft([await shop.atRate(200_000), ended], 'simulator?view=publish');
    const { page } = shop;
    const publish = card(shop, /^Publish$/);
    await publish.getByText('10% off shoes').first().waitFor();
    await publish.getByText('20% off shoes').first().waitFor();
    expect(await publish.locator('.pill').allTextContents()).toContain('! Error');
    await publish.getByRole('button', { name: 'Publish' }).click();
    await publish.getByText('Correct the errors, or say that you know them.').waitFor();
    await page.getByRole('button', { name: 'Empty the draft…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('.draft-changes li').count()).toBe(2);
    await page.getByRole('button', { name: 'Remove: New: Over' }).click();
    await publish.getByText('Over', { exact: true }).first().waitFor({ state: 'detached' });
    shop.mustBeQuiet();
  });

  test('on rules that somebody else has changed meanwhile changes nothing, and says so', async ({ shop }) => {
    const { page } = shop;
    // The page does not hear of what happens elsewhere.
    await page.route('**/loyalty-events/v1/stream*', (route) => route.abort());
    await shop.draft([await shop.atRate(200_000)], 'simulator?view=publish');
    const publish = card(shop, /^Publish$/);
    await publish.getByLabel(/^Note/).fill('Winter');
    await shop.shop.post('/loyalty-promotions/v1/promotions', { promotion: { name: 'Elsewhere', trigger: 'automatic', effects: [effect(10_000)] } });
    await publish.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Somebody published in between').waitFor();
    expect(await publish.getByLabel(/^Note/).inputValue()).toBe('Winter');
    expect(await page.locator('.draft-changes li').count()).toBe(1);
    await publish.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('is live now. The draft is empty.').waitFor();
    expect(await page.locator('.draft-changes li').count()).toBe(0);
    await card(shop, 'Published versions').getByText('Winter').waitFor();
    const { promotion } = await shop.shop.get(`/loyalty-promotions/v1/promotions/${shop.promotion.id}`);
    expect(promotion.effects[0].ratePpm).toBe(200_000);
    await page.unroute('**/loyalty-events/v1/stream*');
    shop.mustBeQuiet([/409/, /ERR_FAILED/]);
  });

  test('a change that the server refuses is named, and can be taken out', async ({ shop }) => {
    const { page } = shop;
    const good = await shop.atRate(150_000);
    await shop.draft([good, { operation: 'rewards.delete', request: { id: '00000000-0000-4000-8000-000000000000', revision: '1' }, summary: 'Remove a reward that is gone', subject: 'gone' }]);
    await page.locator('.draft-changes .fault').waitFor();
    expect(await page.locator('.draft-changes li', { has: page.locator('.fault') }).textContent()).toContain('Remove a reward that is gone');
    await page.getByRole('button', { name: 'Remove: Remove a reward that is gone' }).click();
    await card(shop, SIDE_BY_SIDE).waitFor();
    shop.mustBeQuiet([/40\d/]);
  });
});

test('the simulator can be read by day, by night, on a telephone and by a screen reader', async ({ shop }) => {
  const findings = new Findings();
  await shop.draft([await shop.atRate(150_000)]);
  for (const view of ['cart', 'orders', 'rules', 'publish']) {
    await shop.go(`simulator?view=${view}`);
    if (view === 'orders') {
      await shop.page.getByRole('button', { name: 'Price them again' }).click();
      await shop.page.locator('console-replay tbody tr').first().waitFor();
    }
    await lookAt(shop, view, findings);
  }
  findings.mustBeNone();
  expect(await shop.page.locator('img[src=x]').count()).toBe(0);
  shop.mustBeQuiet();
});
