import { readFile } from 'node:fs/promises';
import { describe } from 'vitest';
import { type ConsoleVisit, lookAt, movements, openConsole, ready } from './harness/console.js';
import { Findings } from './harness/findings.js';
import { expect, test as base } from './harness/test.js';

/** What a customer may be called; none of it may become part of the page. */
const PAYLOAD = '<img src=x onerror=alert(1)>';
const CART = {
  currency: 'USD',
  lines: [
    { id: 'boots', name: 'Boots', unitPrice: 6500, quantity: 2, tags: ['stores', 'stores/collection:shoes'] },
    { id: 'socks', name: PAYLOAD, unitPrice: 1999, quantity: 1, tags: ['stores'] },
  ],
  shipping: [{ id: 'standard', price: 490 }],
};

interface Members extends ConsoleVisit {
  readonly ann: { readonly id: string; readonly contactId: string };
  readonly couponId: string;
  readonly unpaid: string;
}

const test = base.extend<{ shop: Members }>({
  shop: [
    async ({ browser }, use) => {
      const visit = await openConsole(browser, { settings: { currency: 'USD', timeZone: 'America/New_York', pointName: { en: { one: 'Star', other: 'Stars' } } } });
      const { shop } = visit;
      await shop.tier('Gold', 5000);
      await shop.activateTiers();
      await shop.spendRule({ title: 'Shop with us' });
      const stars = await shop.flexibleReward({ name: 'Pay with Stars', points: 100 });
      const fiveOff = await shop.couponReward({ name: '$5 off', points: 200, fixedAmount: 5 });
      await shop.post('/loyalty-promotions/v1/promotions', {
        promotion: { name: 'Shoes off', trigger: 'automatic', effects: [{ kind: 'percent', target: 'lines', ratePpm: 100_000, scope: { include: ['stores/collection:shoes'] } }] },
      });
      const ann = await shop.member({ name: 'Ann Adams', email: 'ann@example.com', points: 1000 });
      const cleo = await shop.member({ name: PAYLOAD, email: 'cleo@example.com' });
      const coupon = await shop.redeem(fiveOff.id, ann.id);
      const paid = await shop.checkout(ann.contactId, CART);
      await shop.apply(paid.id, { reward: { id: stars.id, revision: stars.revision, pointsToSpend: 300 } });
      await shop.complete(paid.id, { orderId: 'A-1' });
      const open = await shop.checkout(cleo.contactId, CART);
      await shop.complete(open.id, { orderId: 'A-2', paymentStatus: 'NOT_PAID' });
      await use(Object.assign(visit, { ann, couponId: coupon.id, unpaid: 'A-2' }));
      await visit.close();
    },
    { scope: 'file' },
  ],
});

/** The card with this heading. */
const card = ({ page }: ConsoleVisit, heading: string | RegExp) => page.locator('section.card').filter({ has: page.getByRole('heading', { level: 2, name: heading }) });
const problems = ({ page }: ConsoleVisit) => page.locator('.fault:not(:empty)').allTextContents();

describe('the list of members', () => {
  test('is searched by the keyboard, and the address keeps what was looked for', async ({ shop }) => {
    const { page } = shop;
    await shop.enter('members');
    const rows = page.locator('console-member-list tbody tr');
    expect(await rows.count()).toBe(2);
    expect(await movements(shop)).toEqual([]);
    expect(await page.locator('console-member-list th a').allTextContents()).toContain(PAYLOAD);
    await page.getByLabel('Name or e-mail').fill('ann@');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows.count()).toBe(1);
    expect(page.url()).toMatch(/search=ann/);
    await page.goBack();
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByLabel('Tier').selectOption({ label: 'Gold' });
    await page.getByText('Nobody matches.').waitFor();
    shop.mustBeQuiet();
  });

  test('a member is added, and what is wrong stands beside its field', async ({ shop }) => {
    const { page } = shop;
    await shop.go('members/add');
    await page.getByLabel('E-mail').fill('dora');
    await page.keyboard.press('Enter');
    expect(await problems(shop)).toEqual(['Write the whole address, such as ann@example.com.']);
    await page.getByLabel('E-mail').fill('dora@example.com');
    await page.getByLabel(/^Name/).fill('Dora Diaz');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Dora Diaz' }).waitFor();
    shop.mustBeQuiet();
  });

  test('an import says what it did, row by row, and opens accounts', async ({ shop }) => {
    const { page } = shop;
    await shop.go('members/import');
    await page.getByLabel('Rows').fill('email,name\neve@example.com,Eve\nnobody,Nobody\nfrank@example.com,Frank');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('2 created, 0 updated, 1 refused.').first().waitFor();
    await page.getByText('2 of 2 accounts are open').waitFor();
    expect(await card(shop, 'What came of it').locator('tbody td').first().textContent()).toBe('3');
    await shop.go('members?search=frank');
    await page.getByRole('link', { name: 'Frank' }).waitFor();
    shop.mustBeQuiet();
  });
});

describe('one member', () => {
  test('the balance is accounted for, and nothing moves while it loads', async ({ shop }) => {
    const { page, ann } = shop;
    await shop.enter(`members/${ann.id}`);
    await page.locator('console-member-orders tbody tr').first().waitFor();
    const { points } = await shop.shop.accountNow(ann.id);
    const { earned, adjusted, redeemed, expired, balance } = points;
    expect((await page.locator('.identity').textContent())?.replace(/\s+/g, ' ').replace(/,/g, '').trim()).toBe(
      `${earned} earned + ${adjusted} adjusted − ${redeemed} redeemed − ${expired} expired = ${balance}`,
    );
    expect(await movements(shop)).toEqual([]);
    shop.mustBeQuiet();
  });

  test('points are given with a reason, once, and the new balance is the server\'s', async ({ shop }) => {
    const { ann } = shop;
    const before = (await shop.shop.accountNow(ann.id)).points.balance;
    const adjust = card(shop, 'Adjust points');
    await adjust.getByLabel('Points').fill('50');
    await adjust.getByRole('button').click();
    expect(await problems(shop)).toEqual(['Enter a reason: the member reads it in the history.']);
    await adjust.getByLabel('Reason').fill('Sorry for the delay');
    await adjust.getByRole('button').click();
    await adjust.getByText(`is ${(before + 50).toLocaleString('en')}`).waitFor();
    expect((await shop.shop.accountNow(ann.id)).points.balance).toBe(before + 50);
    await card(shop, 'Ledger').getByText('Sorry for the delay').waitFor();
    shop.mustBeQuiet();
  });

  test('who writes on a balance that has changed meanwhile is told, and keeps what was typed', async ({ shop }) => {
    const { page, ann } = shop;
    const adjust = card(shop, 'Adjust points');
    await adjust.getByLabel('Points').fill('10');
    await adjust.getByLabel('Reason').fill('Thanks');
    await shop.shop.adjust(ann.id, { amount: 5, description: 'Elsewhere' });
    await adjust.getByRole('button', { name: 'Give the points' }).click();
    await adjust.getByText('The account changed while you were writing').waitFor();
    expect(await adjust.getByLabel('Reason').inputValue()).toBe('Thanks');
    await page.getByRole('button', { name: 'Go on with the new balance' }).click();
    await adjust.getByRole('button', { name: 'Give the points' }).click();
    await adjust.getByText('Done:').waitFor();
    shop.mustBeQuiet([/409/]);
  });

  test('a coupon is cancelled after a question, and its points come back', async ({ shop }) => {
    const { page, ann, couponId } = shop;
    const before = (await shop.shop.accountNow(ann.id)).points.balance;
    await card(shop, 'Coupons').getByRole('button', { name: /^Cancel the coupon/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the coupon' }).click();
    await card(shop, 'Coupons').getByText('Can be used').last().waitFor();
    await expect.poll(async () => (await shop.shop.couponNow(couponId)).status).not.toBe('ACTIVE');
    expect((await shop.shop.accountNow(ann.id)).points.balance).toBe(before + 200);
    shop.mustBeQuiet();
  });

  test('the ledger is narrowed down, and saved as a file that no spreadsheet computes', async ({ shop }) => {
    const { page, ann } = shop;
    await shop.shop.adjust(ann.id, { amount: 1, description: '=1+1' });
    const ledger = card(shop, 'Ledger');
    await ledger.getByText('=1+1').waitFor();
    await ledger.getByLabel('Kind').selectOption({ label: 'Redeemed' });
    await expect.poll(() => ledger.locator('tbody .pill').allTextContents()).toEqual(expect.arrayContaining(['• Redeemed']));
    await expect.poll(async () => new Set(await ledger.locator('tbody .pill').allTextContents()).size).toBe(1);
    await ledger.getByLabel('Kind').selectOption({ label: 'All' });
    const [file] = await Promise.all([page.waitForEvent('download'), ledger.getByRole('button', { name: 'Save as CSV' }).click()]);
    const text = await readFile(await file.path(), 'utf8');
    expect(text).toContain(`,ADJUST,'=1+1,1,`);
    expect(file.suggestedFilename()).toBe('ledger-Ann-Adams.csv');
    shop.mustBeQuiet();
  });
});

describe('orders', () => {
  test('an order says what it cost, step by step, and what it earned', async ({ shop }) => {
    const { page } = shop;
    await shop.enter('orders');
    await page.getByLabel('Payment').selectOption({ label: 'Paid' });
    await expect.poll(() => page.locator('console-order-list tbody tr').count()).toBe(1);
    expect(await movements(shop)).toEqual([]);
    await shop.enter('orders/A-1');
    await page.getByText('Takes off 10% of $130.00, rounded half up.').waitFor();
    await page.getByText('300 Stars are spent; worth $3.00 here.').waitFor();
    expect(await page.locator('.trace-title').allTextContents()).toEqual(['Items', 'Shoes off', 'Pay with Stars', 'Items after discounts', 'Shipping', 'Total', 'Shop with us']);
    expect(await card(shop, 'Bookings of this order').locator('tbody tr').count()).toBe(3);
    expect(await page.locator('console-order img').count()).toBe(0);
    expect(await movements(shop)).toEqual([]);
    shop.mustBeQuiet();
  });

  test('units are taken back, and the dialog says what came of it', async ({ shop }) => {
    const { page } = shop;
    await page.getByRole('button', { name: 'Refund…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Refund', exact: true }).click();
    expect(await problems(shop)).toEqual(['Say of at least one line how many units come back.']);
    await dialog.getByLabel('Boots').fill('1');
    await dialog.getByRole('button', { name: 'Refund', exact: true }).click();
    await dialog.getByText('goes back to the customer').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByText('1 taken back').waitFor();
    expect(await page.getByRole('button', { name: 'Refund…' }).evaluate((element) => element === document.activeElement)).toBe(true);
    shop.mustBeQuiet();
  });

  test('an unpaid order is marked as paid, and cancelled', async ({ shop }) => {
    const { page, unpaid } = shop;
    await shop.go(`orders/${unpaid}`);
    await page.getByRole('button', { name: 'Mark as paid' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Mark as paid' }).click();
    await page.getByText('The order is paid. It earned').waitFor();
    await page.getByRole('button', { name: 'Cancel the order…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel', exact: true }).click();
    expect((await shop.shop.get(`/orders/v1/orders/${unpaid}`)).order.status).toBe('APPROVED');
    await page.getByRole('button', { name: 'Cancel the order…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel the order' }).click();
    await page.getByText('The order is cancelled.', { exact: false }).first().waitFor();
    expect((await shop.shop.get(`/orders/v1/orders/${unpaid}`)).order.status).toBe('CANCELED');
    shop.mustBeQuiet();
  });

  test('an order that is unknown is a section that says so', async ({ shop }) => {
    await shop.go('orders/nothing');
    await shop.page.getByRole('button', { name: 'Try again' }).first().waitFor();
    shop.mustBeQuiet([/404/]);
  });
});

test('members and orders can be read by day, by night, on a telephone and by a screen reader', async ({ shop }) => {
  const findings = new Findings();
  const { page, ann } = shop;
  for (const [name, path] of [['members', 'members'], ['add', 'members/add'], ['import', 'members/import'], ['a member', `members/${ann.id}`], ['orders', 'orders'], ['an order', 'orders/A-1']] as const) {
    await shop.go(path);
    await ready(page);
    await lookAt(shop, name, findings);
  }
  findings.mustBeNone();
  shop.mustBeQuiet();
});
