import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, type DemoOptions, startDemo } from '../../demo/store/demo.mjs';
import { BINARY } from '../../demo/store/loyalty-process.mjs';
import { readDemoArguments } from '../../demo/run.mjs';

const ANNA = 'anna.lindqvist@example.com';
const SAM = 'sam.rivera@example.com';

let folder: string;
let options: DemoOptions;
let demo: Demo;
/** Whatever the shop has answered in all tests. */
const answers: string[] = [];

/** One browser: it keeps its cookie. */
class Visitor {
  #cookie = '';

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${demo.shop}${path}`, {
      method,
      headers: { ...(this.#cookie && { Cookie: this.#cookie }), ...(body !== undefined && { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? this.#cookie;
    const text = await response.text();
    answers.push(text, JSON.stringify([...response.headers]));
    return { status: response.status, headers: response.headers, text, json: text.startsWith('{') ? JSON.parse(text) : null };
  }
  async ok(method: string, path: string, body?: unknown, headers?: Record<string, string>) {
    const answer = await this.ask(method, path, body, headers);
    expect(answer.status, answer.text).toBe(200);
    return answer.json;
  }
  async refused(code: string, path: string, body: unknown, headers?: Record<string, string>) {
    const answer = await this.ask('POST', path, body, headers);
    expect(answer.json?.code, answer.text).toBe(code);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    // A whole sentence, for people.
    expect(answer.json.message).toMatch(/^[A-Z].*[.]$/);
    return answer.json;
  }
  cart(basket: Record<string, number>, delivery = 'standard') {
    return this.ok('POST', '/shop/cart', { basket: Object.entries(basket).map(([id, quantity]) => ({ id, quantity })), delivery });
  }
  async member(email: string) {
    await this.ok('POST', '/shop/sign-in', { email });
    return this;
  }
  /** What the loyalty server says to this visitor's own token. */
  async mine(method: string, path: string, body?: object) {
    const { token } = await this.ok('GET', '/shop/token');
    const response = await fetch(`${demo.server.address}${path}`, {
      method,
      headers: { Authorization: token, ...(body && { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return response.json();
  }
  async available(): Promise<number> {
    return (await this.mine('GET', '/storefront/v1/me')).account.available;
  }
  async placed(basket: Record<string, number>, payment: 'now' | 'later' = 'now') {
    const { checkoutId, quote } = await this.cart(basket);
    return (await this.ok('POST', '/shop/order', { checkoutId, total: quote.total, payment })).order;
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loyalty-shop-'));
  const pages = join(folder, 'pages');
  await mkdir(join(pages, 'live'), { recursive: true });
  await writeFile(join(pages, 'index.html'), 'without a server');
  for (const name of ['index', 'checkout', 'rewards', 'orders']) await writeFile(join(pages, `live/${name}.html`), `page ${name}`);
  options = { binary: BINARY, data: join(folder, 'data'), web: join(folder, 'no-web'), pages, fresh: false, members: 4, days: 150, port: 0, serverPort: 0, csp: 'strict' };
  demo = await startDemo(options);
});

afterAll(async () => {
  await demo?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('the shop and its visitors', () => {
  it('serves its pages, which may ask the shop and the loyalty server and nobody else', async () => {
    for (const [path, page] of [['/', 'index'], ['/checkout', 'checkout'], ['/rewards?x=1', 'rewards'], ['/orders', 'orders']] as const) {
      const { status, text, headers } = await new Visitor().ask('GET', path);
      expect([status, text]).toEqual([200, `page ${page}`]);
      const policy = headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain(`connect-src 'self' ${demo.server.address};`);
      expect(policy).not.toContain('unsafe-inline');
    }
  });

  it('knows a visitor by a cookie that scripts and other sites cannot use', async () => {
    const { headers } = await new Visitor().ask('GET', '/shop/config');
    expect(headers.get('set-cookie')).toMatch(/^[\w-]+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('begins as a member, and says who else one can be', async () => {
    const config = await new Visitor().ok('GET', '/shop/config');
    expect(config.me.email).toBe(SAM);
    expect(config.shoppers.map(({ email }: { email: string }) => email)).toContain(ANNA);
    expect(config).toMatchObject({ endpoint: demo.server.address, site: demo.server.site, currency: 'USD', checkoutId: null });
  });

  it('hands out tokens to members for themselves, and none to guests', async () => {
    const visitor = await new Visitor().member(ANNA);
    const { account } = await visitor.mine('GET', '/loyalty-accounts/v1/accounts/my-account');
    expect(account.contact.email).toBe(ANNA);
    await visitor.ok('POST', '/shop/sign-out', {});
    expect(await visitor.ok('GET', '/shop/token')).toEqual({ token: null });
  });

  it('takes in somebody new, who finds the welcome points', async () => {
    const visitor = new Visitor();
    expect(await visitor.refused('NAME_MISSING', '/shop/sign-up', { name: ' ', email: 'kim@example.com' })).toMatchObject({ field: 'name' });
    expect(await visitor.refused('EMAIL_UNLIKE_ONE', '/shop/sign-up', { name: 'Kim', email: 'kim' })).toMatchObject({ field: 'email' });
    expect(await visitor.refused('CONTACT_ALREADY_EXISTS', '/shop/sign-up', { name: 'Kim', email: ANNA })).toMatchObject({ field: 'email' });
    const { me } = await visitor.ok('POST', '/shop/sign-up', { name: 'Kim Oh', email: 'kim@example.com' });
    expect(me).toEqual({ name: 'Kim Oh', email: 'kim@example.com' });
    expect(await visitor.available()).toBe(100);
    await visitor.refused('NO_SUCH_MEMBER', '/shop/sign-in', { email: 'nobody@example.com' });
  });

  it('answers its own pages only', async () => {
    const visitor = new Visitor();
    await visitor.refused('NOT_FROM_HERE', '/shop/sign-in', { email: ANNA }, { Origin: 'https://elsewhere.example' });
    await visitor.refused('NOT_FROM_HERE', '/shop/sign-in', { email: ANNA }, { 'Content-Type': 'text/plain' });
    expect((await visitor.ask('GET', '/shop/nothing')).status).toBe(404);
    expect((await visitor.ask('GET', '/shop/order')).status).toBe(405);
  });
});

describe('the shop and its orders', () => {
  it('takes prices from its own list, whatever a browser says', async () => {
    const visitor = await new Visitor().member(ANNA);
    const answer = await visitor.ok('POST', '/shop/cart', { basket: [{ id: 'espresso', quantity: 2, unitPrice: 1 }], delivery: 'standard' });
    expect(answer.quote).toMatchObject({ subtotal: 5790, shipping: 595, total: 6385 });
    expect(answer.cart.lines).toHaveLength(1);
    const order = { checkoutId: answer.checkoutId, payment: 'now' };
    expect(await visitor.refused('TOTAL_CHANGED', '/shop/order', { ...order, total: 1 })).toMatchObject({ total: 6385 });
    await visitor.refused('PRODUCT_UNKNOWN', '/shop/cart', { basket: [{ id: 'tea', quantity: 1 }] });
    await visitor.refused('PRODUCT_UNKNOWN', '/shop/cart', { basket: [null] });
    for (const quantity of [0, 1.5, 100, '2', null]) await visitor.refused('QUANTITY', '/shop/cart', { basket: [{ id: 'espresso', quantity }] });
    await visitor.refused('DELIVERY_UNKNOWN', '/shop/cart', { basket: [], delivery: 'drone' });
    await visitor.refused('BASKET_MISSING', '/shop/cart', {});
  });

  it('keeps one checkout for a visit, and gives back what was held where somebody else signs in', async () => {
    const visitor = await new Visitor().member(ANNA);
    const before = await visitor.available();
    const { checkoutId } = await visitor.cart({ espresso: 1 });
    expect((await visitor.cart({ espresso: 2 }, 'express')).checkoutId).toBe(checkoutId);
    const { account } = await visitor.mine('GET', '/storefront/v1/me');
    const { catalog } = await (await fetch(`${demo.server.address}/storefront/v1/${demo.server.site}/bootstrap`)).json();
    const pay = catalog.rewards.find((reward: { name: string }) => reward.name === 'Pay with Beans');
    expect(account.available).toBeGreaterThanOrEqual(400);
    const applied = await visitor.mine('POST', `/storefront/v1/checkouts/${checkoutId}/apply`, { intent: { chosen: [{ reward: { id: pay.id, points: 400 } }] } });
    expect(applied.quote.points.spent).toBe(400);
    expect(await visitor.available()).toBe(before - 400);
    await visitor.member(SAM);
    await visitor.member(ANNA);
    expect(await visitor.available()).toBe(before);
  });

  it('places an order once, however often it is sent', async () => {
    const visitor = await new Visitor().member(SAM);
    const { checkoutId, quote } = await visitor.cart({ mug: 2 });
    const before = await visitor.available();
    const key = { 'Idempotency-Key': 'one-intention' };
    const body = { checkoutId, total: quote.total, payment: 'now' };
    const { order } = await visitor.ok('POST', '/shop/order', body, key);
    expect((await visitor.ok('POST', '/shop/order', body, key)).order).toEqual(order);
    expect(order).toMatchObject({ status: 'PAID', total: quote.total, canRefund: true, canPay: false });
    expect(order.lines).toMatchObject([{ id: 'mug', name: 'Stoneware mug', quantity: 2, returned: 0 }]);
    expect(await visitor.available()).toBe(before + quote.points.earned);
    const config = await visitor.ok('GET', '/shop/config');
    expect([config.basket, config.checkoutId]).toEqual([[], null]);
    await visitor.refused('KEY_MISSING', '/shop/order', body, { 'Idempotency-Key': '' });
    await visitor.refused('ANOTHER_CART', '/shop/order', { ...body, checkoutId: crypto.randomUUID() });
  });

  it('lets points wait until an order is paid, or goes without where it is canceled', async () => {
    const visitor = await new Visitor().member(SAM);
    const before = await visitor.available();
    const order = await visitor.placed({ ethiopia: 1 }, 'later');
    expect(order).toMatchObject({ status: 'NOT_PAID', canPay: true, canCancel: true, canRefund: false });
    expect(order.points).toMatchObject({ earned: 0 });
    expect(order.points.pending).toBeGreaterThan(0);
    expect(await visitor.available()).toBe(before);
    await visitor.refused('ORDER_NOT_REFUNDABLE', `/shop/orders/${order.id}/refund`, { lines: [{ id: 'ethiopia', quantity: 1 }] });
    const paid = (await visitor.ok('POST', `/shop/orders/${order.id}/pay`, {})).order;
    expect(paid).toMatchObject({ status: 'PAID', points: { earned: order.points.pending, pending: 0 } });
    expect(await visitor.available()).toBe(before + order.points.pending);
    const other = await visitor.placed({ ethiopia: 1 }, 'later');
    expect((await visitor.ok('POST', `/shop/orders/${other.id}/cancel`, {})).order).toMatchObject({ status: 'CANCELED', canPay: false, canRefund: false, points: { pending: 0 } });
  });

  it('takes back units of a line, their money and their points', async () => {
    const visitor = await new Visitor().member(SAM);
    const order = await visitor.placed({ kettle: 1, coldbrew: 2 });
    const path = `/shop/orders/${order.id}/refund`;
    await visitor.refused('NOTHING_CHOSEN', path, { lines: [] });
    await visitor.refused('NOT_SO_MANY', path, { lines: [{ id: 'coldbrew', quantity: 3 }] });
    const first = await visitor.ok('POST', path, { lines: [{ id: 'coldbrew', quantity: 1 }] });
    expect(first.refund).toMatchObject({ amount: 1295, pointsBack: 0 });
    expect(first.refund.pointsTaken).toBeGreaterThan(0);
    expect(first.order).toMatchObject({ status: 'PARTIALLY_REFUNDED', canRefund: true });
    const last = await visitor.ok('POST', path, { lines: [{ id: 'coldbrew', quantity: 1 }, { id: 'kettle', quantity: 1 }] });
    expect(last.order).toMatchObject({ status: 'FULLY_REFUNDED', canRefund: false, points: { earned: 0 } });
  });

  it('shows everybody their own orders, the newest first, and nobody else\'s', async () => {
    const visitor = await new Visitor().member(ANNA);
    const order = await visitor.placed({ decaf: 1 });
    const { orders } = await visitor.ok('GET', '/shop/orders');
    expect(orders[0]).toMatchObject({ id: order.id, number: order.number });
    expect(orders.length).toBeGreaterThan(1);
    const times = orders.map(({ placedAt }: { placedAt: string }) => placedAt);
    expect(times).toEqual([...times].sort().reverse());
    const other = await new Visitor().member(SAM);
    await other.refused('ORDER_NOT_FOUND', `/shop/orders/${order.id}/refund`, { lines: [{ id: 'decaf', quantity: 1 }] });
    await other.refused('ORDER_NOT_FOUND', `/shop/orders/nothing/pay`, {});
    const guest = new Visitor();
    await guest.ok('POST', '/shop/sign-out', {});
    expect((await guest.ok('GET', '/shop/orders')).orders).toEqual([]);
    const own = await guest.placed({ mug: 1 });
    expect((await guest.ok('GET', '/shop/orders')).orders).toMatchObject([{ id: own.id, points: { earned: 0, pending: 0 } }]);
    await guest.member(SAM);
    await guest.ok('POST', '/shop/sign-out', {});
    expect((await guest.ok('GET', '/shop/orders')).orders).toEqual([]);
  });

  it('never tells a key of the loyalty server to a browser', () => {
    expect(answers.length).toBeGreaterThan(100);
    for (const key of Object.values(demo.server.keys)) {
      for (const part of [key, key.split('.')[1]!]) expect(answers.filter((text) => text.includes(part))).toEqual([]);
    }
  });
});

describe('the whole demonstration', () => {
  it('keeps its data from start to start, and begins anew where it is told to', async () => {
    const data = join(folder, 'other');
    const first = await startDemo({ ...options, data, members: 1, days: 2 });
    const keys = first.server.keys.backend;
    await first.stop();
    expect(existsSync(`${data}.making`)).toBe(false);
    const second = await startDemo({ ...options, data, members: 3, days: 5 });
    expect([second.server.keys.backend, second.year]).toEqual([keys, first.year]);
    await second.stop();
    const third = await startDemo({ ...options, data, members: 3, days: 5, fresh: true });
    expect(third.server.keys.backend).not.toBe(keys);
    expect(third.year).toMatchObject({ days: 5 });
    await third.stop();
  });

  it('touches no folder but a demonstration\'s own', async () => {
    const precious = join(folder, 'precious');
    await mkdir(precious);
    await writeFile(join(precious, 'letter.txt'), 'Dear');
    for (const fresh of [true, false]) await expect(startDemo({ ...options, data: precious, fresh })).rejects.toThrow(/nothing in it is touched/);
    expect(await readFile(join(precious, 'letter.txt'), 'utf8')).toBe('Dear');
  });

  it('says that it is running already, and goes on running', async () => {
    await expect(startDemo(options)).rejects.toThrow(/is running already \(process \d+\)/);
    expect((await fetch(demo.shop)).status).toBe(200);
  });

  it('gives up a year halfway without leaving half a year', async () => {
    const data = join(folder, 'half');
    await expect(startDemo({ ...options, data }, AbortSignal.abort())).rejects.toThrow();
    expect([existsSync(data), existsSync(`${data}.making`)]).toEqual([false, false]);
  });

  it('says so when the server ends by itself', async () => {
    const data = join(folder, 'killed');
    const doomed = await startDemo({ ...options, data, members: 1, days: 1 });
    process.kill(doomed.server.pid!, 'SIGKILL');
    await expect(doomed.gone).rejects.toThrow(/has ended by SIGKILL.*The shop cannot go on/);
    await expect(fetch(doomed.shop)).rejects.toThrow();
  });

  it('answers in a sentence while the server is gone', async () => {
    const { createShopServer } = await import('../../demo/store/server.mjs');
    const { LoyaltyApi } = await import('../../demo/store/loyalty-api.mjs');
    const lonely = createShopServer({ root: options.pages, api: new LoyaltyApi('http://127.0.0.1:9', 'key'), site: 'none' });
    await new Promise<void>((done) => lonely.listen(0, '127.0.0.1', done));
    const address = lonely.address();
    const at = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/shop/sign-in`;
    const answer = await fetch(at, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"email":"a@b.c"}' });
    expect(answer.status).toBe(503);
    expect((await answer.json()).message).toMatch(/nothing is done twice/);
    lonely.close();
    lonely.closeAllConnections();
  });

  it.each([
    [['--port', '70000'], /--port takes a number from 0 to 65535, not '70000'/],
    [['--members', '0'], /--members takes a number from 1/],
    [['--days', 'x'], /--days takes a number/],
    [['--csp', 'lax'], /--csp is one of strict/],
    [['--wrong'], /--wrong/],
  ])('says what is wrong with %j', (args, problem) => {
    expect(readDemoArguments(args)).toMatchObject({ error: expect.stringMatching(problem) });
  });

  it('reads its command line', () => {
    expect(readDemoArguments(['--fresh', '--server', 'x/loyalty', '--port', '0'])).toMatchObject({ options: { fresh: true, port: 0, serverPort: 8080, members: 200, days: 365, binary: expect.stringMatching(/x\/loyalty$/) } });
    expect(readDemoArguments(['--help'])).toEqual({ help: true });
  });
});
