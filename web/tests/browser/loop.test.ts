import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import { accessibilityProblems } from './harness/axe.js';
import { ready } from './harness/console.js';
import { Findings } from './harness/findings.js';
import { type Loop, openLoop, PAYLOAD } from './harness/loop.js';
import { addReward, addToCart, booked, card, counted, EMAIL, figure, live, placeOrder, reads, said, save, spendAll, standing, summary, toPay, shown } from './harness/loop-steps.js';
import { expect, test as base } from './harness/test.js';
import { plain } from './harness/widget.js';

// A merchant, a shopper and a member at one server on which nothing was set up before: what one of them does, the others
// see, and all of them see the same numbers.

const test = base.extend<{ loop: Loop }>({
  loop: [
    async ({ browser }, use) => {
      const loop = await openLoop(browser);
      await use(loop);
      await loop.close();
    },
    { scope: 'file' },
  ],
});

describe('from nothing to a running program', { retry: 0 }, () => {
  test('the merchant is told what is missing, sets it up, and starts', async ({ loop }) => {
    const { merchant, origin, api } = loop;
    await expect.poll(() => merchant.locator('#missing li').count()).toBe(2);

    await loop.open('Program');
    const names = card(merchant, 'Names and icon');
    await names.getByLabel('Name of the program').fill('Star Club');
    await names.getByLabel('Name of the points').fill('Stars');
    await names.getByLabel('Add a language').selectOption('en');
    await names.getByLabel('For 1').fill('Star');
    await names.getByLabel('For 5').fill('Stars');
    await names.getByRole('button', { name: 'Save' }).click();
    await said(loop, 'Saved: Names and icon.');

    await loop.open('Developers');
    await merchant.getByLabel('Pages that may ask this server').fill(origin);
    await merchant.locator('developers-embed').getByRole('button', { name: 'Save' }).click();
    await said(loop, 'Saved: pages that may ask this server.');

    await loop.open('Ways to earn');
    await merchant.getByRole('button', { name: 'Start with 1 Star for each $1.00' }).click();
    await said(loop, 'Members now earn for their orders.');

    await loop.open('Tiers');
    await merchant.getByRole('link', { name: 'Add one of your own' }).click();
    await merchant.getByLabel('Name', { exact: true }).fill('Gold');
    await merchant.getByLabel('Begins at').fill('200');
    await save(loop);
    await merchant.getByRole('button', { name: 'Switch tiers on' }).click();
    await said(loop, 'Tiers are active.');

    await addReward(loop, 'flexible', 'Pay with Stars', [['Base tier', 10, 1], ['Gold', 10, 1]]);
    await addReward(loop, 'fixed', '$5 off your order', [['Base tier', 50, 5], ['Gold', 40, 5]]);

    await loop.open('Overview');
    await merchant.getByRole('button', { name: 'Activate' }).click();
    await merchant.getByRole('button', { name: 'Pause…' }).waitFor();
    // The server looks anew which pages it lets in every two seconds.
    await expect.poll(async () => (await fetch(`${api.address}/identity/v1/whoami`, { headers: { Origin: origin } })).headers.get('Access-Control-Allow-Origin')).toBe(origin);
    await loop.mustBeQuiet();
  });

  test('a shopper joins and orders; what it earns waits for the money, then is on another screen by itself', async ({ loop }) => {
    const { shopper, member, rewards } = loop;
    await loop.visit(shopper, '/');
    await shopper.getByLabel('Shopper').selectOption('new');
    const form = shopper.getByRole('dialog', { name: 'Join the program' });
    await form.getByLabel('Name').fill(PAYLOAD);
    await form.getByLabel('E-mail address').fill(EMAIL);
    await shopper.keyboard.press('Enter');
    await reads(shopper.locator('.who'), `Signed in as ${PAYLOAD}`);

    await addToCart(loop, 'Hand grinder');
    await loop.visit(shopper, '/checkout');
    await shopper.getByLabel('Pay when it arrives').check();
    await placeOrder(loop);
    await reads(shopper.locator('.placed'), '201 Stars are on their way');

    await member.request.post('/shop/sign-in', { data: { email: EMAIL } });
    await loop.visit(member, '/rewards');
    await expect.poll(() => rewards.text(rewards.part('pending'))).toContain('201 Stars pending');
    expect(await shown(loop)).toBe(0);

    await shopper.getByRole('link', { name: 'See my orders' }).click();
    await live(loop, 'paid', () => shopper.getByRole('button', { name: 'Pay now' }).click(), 201);
    await reads(rewards.section('Your level'), 'You have reached the highest level.');
    await counted(loop);
    await loop.mustBeQuiet();
  });

  test('points become a coupon on one screen, and are money on another: everybody has the same sums', async ({ loop }) => {
    const { shopper, member, rewards, widget, merchant } = loop;
    await rewards.button('Redeem $5 off your order').click();
    await live(loop, 'redeemed', () => rewards.button('Yes, redeem').click(), 161);
    await rewards.card('$5 off').getByRole('button', { name: 'Copy' }).click();
    const code = await member.evaluate(() => navigator.clipboard.readText());

    await addToCart(loop, 'Gooseneck kettle');
    await loop.visit(shopper, '/checkout');
    await widget.button('Have a code?').or(widget.host.getByText('Have a code?')).first().click();
    await widget.codeField.fill(code);
    await shopper.keyboard.press('Enter');
    await reads(summary(loop), '$5 off your order');
    await spendAll(loop);
    const previewed = await widget.quoted();
    await live(loop, 'held', () => widget.applyButton.click(), 0);
    await widget.is('applied');
    expect(plain(await widget.text())).toMatch(/Held until \d+:\d\d/);
    expect(await booked(loop)).toMatchObject({ balance: 0, held: 161 });
    expect(await rewards.text()).toMatch(/161 Stars held for an open order until \d+:\d\d/);

    const { quote } = await standing(loop);
    expect([previewed, await widget.quoted(), await toPay(loop)]).toEqual([quote.total, quote.total, quote.total]);
    await live(loop, 'spent and earned', () => placeOrder(loop), quote.points.earned);
    await shopper.getByRole('heading', { name: 'Thank you!' }).waitFor();
    expect(figure(await shopper.locator('.placed .sum-total dd').innerText())).toBe(quote.total);
    expect(await booked(loop)).toMatchObject({ balance: 48, held: 0 });

    await loop.open('Orders');
    const row = merchant.locator('console-order-list tbody tr').first();
    expect(figure(await row.locator('[data-label=Total]').innerText())).toBe(quote.total);
    await row.getByRole('link').click();
    await merchant.getByText('How it was priced, step by step').waitFor();
    await ready(merchant);
    expect(figure(await merchant.locator('.order-sums dd.total').innerText())).toBe(quote.total);
    expect(plain(await card(merchant, 'Why it earned what it earned').innerText())).toContain(`${quote.points.earned} Stars`);
    await counted(loop);
    await loop.mustBeQuiet();
  });

  test('what comes back comes back to everybody', async ({ loop }) => {
    const { merchant, shopper } = loop;
    await loop.open('Orders');
    await merchant.locator('console-order-list tbody tr').first().getByRole('link').click();
    await merchant.getByRole('button', { name: 'Refund…' }).click();
    const dialog = merchant.getByRole('dialog');
    await dialog.getByRole('button', { name: 'All that is left' }).click();
    // The spent ones come back, the earned ones go.
    await live(loop, 'refunded', () => dialog.getByRole('button', { name: 'Refund', exact: true }).click(), 161);
    await dialog.getByText('goes back to the customer').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await counted(loop);
    await loop.visit(shopper, '/orders');
    await shopper.getByRole('article').first().getByText('Sent back', { exact: true }).waitFor();
    await loop.mustBeQuiet();
  });

  test('another rule is tried on past orders, published, and counts at an open checkout', async ({ loop }) => {
    const { merchant } = loop;
    await addToCart(loop, 'Gooseneck kettle');
    await loop.visit(loop.shopper, '/checkout');
    await spendAll(loop);
    await reads(summary(loop), '-$16.10');

    await loop.open('Rewards');
    await merchant.getByRole('link', { name: 'Pay with Stars' }).click();
    for (const tier of ['Base tier', 'Gold']) await merchant.getByRole('group', { name: tier, exact: true }).getByLabel('is worth').fill('2');
    await merchant.getByRole('button', { name: 'Try in the simulator' }).click();
    await merchant.getByRole('link', { name: 'Past orders' }).click();
    await merchant.getByRole('button', { name: 'Price them again' }).click();
    const replay = card(merchant, 'Past orders under both rules');
    await reads(replay, '1 of 2');
    await reads(replay.locator('.why').first(), 'Pay with Stars: -$16.10 → -$32.20');
    await reads(summary(loop), '-$16.10');

    await merchant.getByRole('link', { name: 'Publish', exact: true }).click();
    await merchant.getByRole('button', { name: 'Publish' }).click();
    await merchant.getByText('is live now. The draft is empty.').waitFor();
    await reads(summary(loop), '-$32.20');
    await loop.mustBeQuiet();
  });

  test('a page that lies about prices is charged what the shop says', async ({ loop }) => {
    const { shopper, widget, api } = loop;
    const honest = await toPay(loop);
    const { checkout } = await standing(loop);
    const ordersSoFar = async (): Promise<number> => (await api.get('/orders/v1/orders?limit=1')).total;
    expect(await ordersSoFar()).toBe(2);

    await shopper.evaluate(() => {
      const element = document.querySelector('loyalty-checkout')!;
      const cart = element.cart!;
      element.cart = { ...cart, lines: cart.lines.map((line) => ({ ...line, unitPrice: 100 })) };
    });
    await expect.poll(() => widget.quoted()).toBeLessThan(honest);
    await placeOrder(loop);
    await reads(summary(loop), 'The order was not placed.');
    const answers = await shopper.evaluate(async (checkoutId) => {
      const post = async (path: string, body: object) => {
        const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body: JSON.stringify(body) });
        return (await response.json()) as { code?: string; quote?: { total: number } };
      };
      const order = await post('/shop/order', { checkoutId, total: 100, payment: 'now', lines: [{ id: 'kettle', unitPrice: 100 }] });
      const cart = await post('/shop/cart', { basket: [{ id: 'kettle', quantity: 1, unitPrice: 100, price: 100 }], total: 100 });
      return { order: order.code, cart: cart.quote?.total };
    }, checkout.id);
    expect(answers).toEqual({ order: 'TOTAL_CHANGED', cart: (await standing(loop)).quote.total });
    expect([await ordersSoFar(), (await booked(loop)).balance]).toEqual([2, 161]);

    await loop.visit(shopper, '/checkout');
    await spendAll(loop);
    expect(await toPay(loop)).toBe(honest);
    await placeOrder(loop);
    await shopper.getByRole('heading', { name: 'Thank you!' }).waitFor();
    const { orders } = await api.get('/orders/v1/orders?limit=1');
    expect(orders[0]).toMatchObject({ totalMinor: honest, pointsSpent: 161, paymentStatus: 'PAID' });
    await counted(loop);
    await loop.mustBeQuiet([/status of 409/]);
  });

  test('names are text on every screen, whatever is written in them, and every screen can be used by everybody', async ({ loop }) => {
    const { merchant, shopper, member, rewards } = loop;
    await loop.open('Program');
    const names = card(merchant, 'Names and icon');
    await names.getByLabel('Name of the program').fill(PAYLOAD);
    await names.getByLabel('Name of the points').fill('<img src=x>');
    for (const count of [1, 5]) await names.getByLabel(`For ${count}`).fill(PAYLOAD);
    await names.getByRole('button', { name: 'Save' }).click();
    await said(loop, 'Saved: Names and icon.');
    await reads(rewards.host.getByRole('heading').first(), PAYLOAD);
    for (const [screen, name] of [['Rewards', 'Pay with Stars'], ['Tiers', 'Gold'], ['Ways to earn', 'Shop with us']] as const) {
      await loop.open(screen);
      await merchant.getByRole('rowheader').filter({ hasText: name }).getByRole('link').click();
      await merchant.getByLabel('Name', { exact: true }).fill(PAYLOAD);
      await save(loop);
      await merchant.getByRole('heading', { level: 1, name: screen, exact: true }).waitFor();
    }
    await counted(loop, false);
    const adjust = card(merchant, 'Adjust points');
    await adjust.getByLabel('Points').fill('100');
    await adjust.getByLabel('Reason').fill(PAYLOAD);
    await adjust.getByRole('button').click();
    await reads(rewards.part('row').first(), PAYLOAD);

    const findings = new Findings();
    const look = async (page: Page, name: string) => {
      findings.add(name, await accessibilityProblems(page));
      if ((await page.locator('img[src="x"]').count()) > 0 || (await page.evaluate(() => 'hacked' in globalThis))) findings.add(name, ['a name became part of the page']);
      expect(await page.locator('body').innerText()).toContain(PAYLOAD);
    };
    await look(member, 'rewards page');
    await look(merchant, 'a member');
    for (const screen of ['Overview', 'Program', 'Rewards', 'Tiers', 'Ways to earn', 'Simulator', 'Orders']) {
      await loop.open(screen);
      await look(merchant, screen);
    }
    await merchant.locator('console-order-list tbody tr').first().getByRole('link').click();
    await ready(merchant);
    await look(merchant, 'an order');
    await addToCart(loop, 'Stoneware mug');
    await look(shopper, 'shop');
    await loop.visit(shopper, '/checkout');
    await loop.widget.is('member');
    await look(shopper, 'checkout');
    await loop.visit(shopper, '/orders');
    await look(shopper, 'orders');
    findings.mustBeNone();
    await loop.mustBeQuiet();
  });
});
