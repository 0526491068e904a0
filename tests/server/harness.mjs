// Starts the built server and talks to it over its socket.
//
// Every test file has a server of its own, on a fresh data directory and a clock that only moves when
// told to; every test makes a site of its own on it, so tests see nothing of each other but the clock.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));

/** The roots of the services. */
export const programs = '/loyalty-programs/v1';
export const accounts = '/loyalty-accounts/v1';
export const transactions = '/loyalty-transactions/v1';
export const tiers = '/loyalty-tiers/v1';
export const earningRules = '/_api/loyalty-earning-rules/v1';
export const rewards = '/loyalty-rewards/v1';
export const coupons = '/loyalty-coupons/v1';
export const exchange = '/loyalty-checkout-exchange/v1';
export const imports = '/_api/loyalty-imports/v1';
export const socialMedia = '/loyalty-social-media/v1';

/** The applications that rules name. */
export const apps = {
  loyalty: '553c79f3-5625-4f38-b14b-ef7c0d1e87df',
  automations: '139ef4fa-c108-8f9a-c7be-d5f492a2c939',
  stores: '1380b703-ce81-ff05-f115-39571d94dfcd',
  bookings: '13d21c63-b5ec-5912-8397-c3a5ddb27a97',
  events: '140603ad-af8d-84a5-2c80-a0f60cb47351',
  pricingPlans: '1522827f-c56c-a5c9-2ac9-00f9e6ae12d3',
  restaurants: '9a5d83fd-8570-482e-81ab-cfa88942ee60',
  restaurantsLegacy: '13e8d036-5516-6104-b456-c8466db39542',
};

export const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** HTTP status of each application error. */
export const statusOf = {
  PROGRAM_NOT_FOUND: 404, PROGRAM_NOT_ACTIVE: 428, INVALID_PROGRAM_TRANSITION: 409,
  PREMIUM_FEATURE_REQUIRED: 403, ACCOUNT_NOT_FOUND: 404, ACCOUNT_ALREADY_EXISTS: 409,
  CONTACT_NOT_FOUND: 404, MEMBER_REQUIRED: 403, INSUFFICIENT_POINTS: 428, NEGATIVE_BALANCE: 428,
  BALANCE_LIMIT_EXCEEDED: 428, REVISION_MISMATCH: 409, IDEMPOTENCY_KEY_REUSED: 422,
  TRANSACTION_NOT_FOUND: 404, TRANSACTION_ALREADY_REFUNDED: 409, TRANSACTION_NOT_REFUNDABLE: 428,
  TIER_NOT_FOUND: 404, TIER_NAME_ALREADY_EXISTS: 409, TIER_POINTS_ALREADY_EXISTS: 409,
  TIER_LIMIT_REACHED: 428, TIERS_SETTINGS_ALREADY_EXIST: 409, EARNING_RULE_NOT_FOUND: 404,
  EARNING_RULE_ALREADY_EXISTS: 409, EARNING_RULE_NOT_SUPPORTED: 400,
  EARNING_RULE_CANNOT_BE_DELETED: 428, REWARD_NOT_FOUND: 404, REWARD_NOT_ACTIVE: 428,
  REWARD_NOT_AVAILABLE_FOR_TIER: 428, REWARD_TYPE_IMMUTABLE: 400, REWARD_NOT_COUPON: 400,
  COUPON_NOT_FOUND: 404, COUPON_NOT_ACTIVE: 428, COUPON_BELONGS_TO_ANOTHER_ACCOUNT: 403,
  COUPON_SCOPE_MISMATCH: 428, MINIMUM_SUBTOTAL_NOT_MET: 428, CHECKOUT_NOT_FOUND: 404,
  CHECKOUT_COMPLETED: 428, DISCOUNT_ALREADY_APPLIED: 409, POINTS_BELOW_MINIMUM: 400,
  NOTHING_TO_DISCOUNT: 428, CHANNEL_NOT_ENABLED: 428, ALREADY_FOLLOWED: 409, IMPORT_NOT_FOUND: 404,
  IMPORT_NOT_PARSED: 428, IMPORT_MAPPING_INVALID: 400, FILE_TOO_LARGE: 413, QUOTE_CHANGED: 409,
  HOLD_EXPIRED: 428, ALREADY_CAPTURED: 409, ALREADY_RELEASED: 409, EXCEEDS_HOLD: 400,
  RATE_LIMITED: 429, TEMPORARY: 503, PERMISSION_DENIED: 403, UNAUTHENTICATED: 401,
};

function binary() {
  const candidates = [
    process.env.LOYALTY_BINARY,
    join(root, 'build/release/native/loyalty'),
    join(root, 'build/release/loyalty'),
  ].filter(Boolean);
  const found = candidates.find((path) => existsSync(path));
  if (!found) {
    throw new Error(`No server to test: build it, or set LOYALTY_BINARY (looked at ${candidates.join(', ')}).`);
  }
  return found;
}

/** Servers of this process; none outlives it. */
const running = new Set();
process.once('exit', () => running.forEach((server) => server.process.kill('SIGKILL')));

/** Ends whatever a test that failed left running. */
export function killAll() {
  for (const server of running) server.process.kill('SIGKILL');
}

/** A running server. `args` go to `loyalty serve` beside the usual ones. */
export class Server {
  static async start({ data, clock = '2026-01-15T10:00:00Z', args = [] } = {}) {
    const server = new Server();
    server.ownsData = !data;
    server.data = data ?? (await mkdtemp(join(tmpdir(), 'loyalty-server-')));
    server.process = spawn(
      binary(),
      ['serve', '--port', '0', '--data', server.data, ...(clock ? ['--virtual-clock', clock] : []),
        '--json', ...args],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TZ: 'UTC' } },
    );
    running.add(server);
    server.process.once('exit', () => running.delete(server));
    server.errors = '';
    server.process.stderr.on('data', (text) => { server.errors = (server.errors + text).slice(-20_000); });
    server.ended = new Promise((done) => {
      server.process.once('exit', (code, signal) => done({ code, signal }));
      server.process.once('error', (error) => done({ error }));
    });
    const lines = createInterface({ input: server.process.stdout });
    const first = await Promise.race([
      new Promise((done) => { lines.once('line', done); }),
      server.ended.then((end) => { throw new Error(`The server ended (${JSON.stringify(end)}): ${server.errors}`); }),
      sleep(20_000, undefined, { ref: false }).then(() => { throw new Error(`The server did not start: ${server.errors}`); }),
    ]);
    lines.on('line', () => {});
    const hello = JSON.parse(first);
    server.base = hello.listening;
    server.firstSite = hello.site;
    server.keys = hello.keys;
    return server;
  }

  /** Asks the server to stop and waits until it has; its exit code. */
  async stop({ signal = 'SIGTERM' } = {}) {
    this.process.kill(signal);
    const end = await Promise.race([this.ended, sleep(15_000, { late: true }, { ref: false })]);
    if (end.late) {
      this.process.kill('SIGKILL');
      throw new Error(`The server did not stop: ${this.errors}`);
    }
    if (this.ownsData && signal === 'SIGTERM') await rm(this.data, { recursive: true, force: true });
    return end;
  }

  /** One exchange: {status, body, headers, text}. `key` null sends no Idempotency-Key. */
  async call(method, path, body, { as = this.keys.backend, key, headers = {} } = {}) {
    const mutating = method !== 'GET' && method !== 'HEAD';
    const idempotency = key === undefined ? (mutating ? randomUUID() : null) : key;
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(this.base + path, {
      method,
      headers: {
        ...(as && { Authorization: as }),
        ...(idempotency && { 'Idempotency-Key': idempotency }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    let parsed;
    try {
      parsed = text === '' ? undefined : JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    return { status: response.status, body: parsed, headers: response.headers, text };
  }

  /** Moves the clock on by {seconds, minutes, hours, days}, or to an instant {to}. */
  async advance({ seconds = 0, minutes = 0, hours = 0, days = 0, to } = {}) {
    const answer = await this.call(
      'POST', '/dev/v1/clock',
      to ? { to } : { advanceSeconds: seconds + 60 * minutes + 3600 * hours + 86400 * days },
      { as: this.keys.operator },
    );
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  }

  /** Waits until what follows from changed rules is done in the background. */
  settle() { return this.advance(); }

  async site(settings) {
    const name = `Site ${randomUUID().slice(0, 8)}`;
    const answer = await this.call('POST', '/identity/v1/sites', { name }, { as: this.keys.operator });
    assert.ok(answer.status < 300, answer.text);
    const id = typeof answer.body.site === 'string' ? answer.body.site : answer.body.site.id;
    const shop = new Shop(this, id, answer.body.keys.backend);
    if (settings) await shop.settings(settings);
    return shop;
  }

  /** A site whose program is active. */
  async openSite(settings) {
    const shop = await this.site(settings);
    await shop.post(`${programs}/program/activate`, {});
    await this.settle();
    return shop;
  }
}

/** The server of this test file: `server()` inside tests. */
export function useServer(options) {
  let server;
  before(async () => { server = await Server.start(options); });
  after(async () => {
    const end = await server?.stop();
    if (end) assert.deepEqual(end, { code: 0, signal: null }, `the server ends well: ${server.errors}`);
  });
  return () => server;
}

/** Repeats until it no longer throws: for what the server does in the background. */
export async function eventually(check, { within = 5_000 } = {}) {
  const until = Date.now() + within;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(40);
    }
  }
}

let counter = 0;
/** A text that no other test uses. */
export const unique = (prefix) => `${prefix}-${process.pid}-${++counter}`;

/** One site and what is done to it. */
export class Shop {
  constructor(server, site, key) {
    this.server = server;
    this.id = site;
    this.key = key;
  }

  call(method, path, body, options = {}) {
    return this.server.call(method, path, body, { as: this.key, ...options });
  }
  async ok(method, path, body, options) {
    const answer = await this.call(method, path, body, options);
    assert.equal(answer.status, 200, `${method} ${path} ${JSON.stringify(body)} answered ${answer.status}: ${answer.text}`);
    return answer.body;
  }
  get(path, options) { return this.ok('GET', path, undefined, options); }
  post(path, body = {}, options) { return this.ok('POST', path, body, options); }
  put(path, body, options) { return this.ok('PUT', path, body, options); }
  patch(path, body, options) { return this.ok('PATCH', path, body, options); }
  del(path, options) { return this.ok('DELETE', path, undefined, options); }

  /** The call is refused with this application error; answers its data. */
  async refused(code, method, path, body, options) {
    const answer = await this.call(method, path, body, options);
    const error = answer.body?.details?.applicationError;
    assert.equal(error?.code, code, `${method} ${path} ${JSON.stringify(body)} answered ${answer.status}: ${answer.text}`);
    assert.equal(answer.status, statusOf[code] ?? answer.status, `status of ${code}`);
    assert.equal(typeof answer.body.message, 'string');
    assert.equal(typeof error.description, 'string');
    return error.data ?? {};
  }
  /** The call is refused for this field of the request; answers the violation. */
  async violates(field, method, path, body, options) {
    const answer = await this.call(method, path, body, options);
    assert.equal(answer.status, 400, `${method} ${path} ${JSON.stringify(body)} answered ${answer.status}: ${answer.text}`);
    const violations = answer.body?.details?.validationError?.fieldViolations;
    assert.ok(Array.isArray(violations), `field violations in ${answer.text}`);
    const found = violations.find((one) => (field instanceof RegExp ? field.test(one.field) : one.field === field));
    assert.ok(found, `a violation of ${field} in ${answer.text}`);
    assert.equal(typeof found.description, 'string');
    assert.equal(typeof found.violatedRule, 'string');
    return found;
  }

  settings(settings) { return this.patch('/loyalty-programs/v1/settings', { settings }); }

  async contact(fields = {}, { member = false } = {}) {
    const name = fields.name ?? unique('Ann');
    const { contact } = await this.post('/contacts/v1/contacts', {
      contact: {
        name,
        email: fields.email ?? `${name.toLowerCase().replace(/[^a-z0-9-]/g, '.')}@example.com`,
        ...(member && { memberId: randomUUID() }),
        ...fields,
      },
    });
    return contact;
  }

  /** A contact with an account and `points` on it. */
  async account({ points = 0, member = false, ...fields } = {}) {
    const contact = await this.contact(fields, { member });
    let { account } = await this.post(`${accounts}/accounts`, { contactId: contact.id });
    if (points) account = await this.earn(account.id, points);
    return account;
  }
  async member(fields = {}) {
    const account = await this.account({ ...fields, member: true });
    return { ...account, token: await this.token(account.memberId) };
  }
  async token(memberId) {
    const answer = await this.call('POST', '/identity/v1/member-tokens', { memberId });
    assert.ok(answer.status < 300, answer.text);
    return answer.body.token ?? answer.body.memberToken;
  }

  /** Gives points by EarnPoints; the account as answered. */
  async earn(accountId, amount, fields = {}) {
    const answer = await this.post(`${accounts}/accounts/${accountId}/earn-points`, {
      amount, appId: apps.loyalty, idempotencyKey: randomUUID(), ...fields,
    });
    return answer.account;
  }
  async adjust(accountId, fields) {
    return this.post(`${accounts}/accounts/${accountId}/adjust-points`, fields);
  }
  async accountNow(id) {
    return (await this.get(`${accounts}/accounts/${id}`)).account;
  }
  async accountOf(contactId) {
    return (await this.get(`${accounts}/accounts/fetch-by?contactId=${contactId}`)).account;
  }
  /** Movements of an account, oldest first. */
  async movements(accountId) {
    const answer = await this.post(`${transactions}/loyalty-transactions/query`, {
      query: { filter: { accountId }, sort: [{ fieldName: 'createdDate', order: 'ASC' }], cursorPaging: { limit: 100 } },
    });
    return answer.loyaltyTransactions;
  }
  async movement(id) {
    return (await this.get(`${transactions}/loyalty-transactions/${id}`)).loyaltyTransaction;
  }

  /** Every event of the site after a sequence. */
  async events(after = 0) {
    const all = [];
    for (let last = after; ;) {
      const { events } = await this.get(`/loyalty-events/v1/events?after=${last}&limit=100`);
      all.push(...events);
      if (events.length < 100) return all;
      last = events.at(-1).entityEventSequence;
    }
  }
  /** What `action` emits: [{type, entityId, body, ...envelope}]. */
  async eventsOf(action) {
    const before = (await this.events()).at(-1)?.entityEventSequence ?? 0;
    await action();
    return (await this.events(before)).map((event) => ({ ...event, type: typeOf(event), content: contentOf(event) }));
  }

  async reward(reward) {
    const made = (await this.post(`${rewards}/rewards`, { reward: { active: true, ...reward } })).reward;
    await this.server.settle();
    return made;
  }
  /** `points` points are worth `amount` ("1.00") at a checkout. */
  flexibleReward({ amount = '1.00', points = 10, ...more } = {}) {
    return this.reward({
      name: unique('Flexible'), type: 'DISCOUNT_AMOUNT',
      discountAmount: { configsByTier: [{ amount, costInPoints: points }] }, ...more,
    });
  }
  /** A coupon that costs `points`: {fixedAmount: 5}, {percentage: 10} or {freeShipping: true}. */
  couponReward({ points = 100, fixedAmount, percentage, freeShipping, coupon = {}, ...more } = {}) {
    const kind = percentage !== undefined
      ? { percentage: { configsByTier: [{ costInPoints: points, percentage }] } }
      : freeShipping
        ? { freeShipping: { configsByTier: [{ costInPoints: points }] } }
        : { fixedAmount: { configsByTier: [{ costInPoints: points, amount: fixedAmount ?? 5 }] } };
    return this.reward({
      name: unique('Coupon'), type: 'COUPON_REWARD',
      couponReward: { ...kind, ...(freeShipping || 'scope' in coupon || 'minimumSubtotal' in coupon ? {} : { scope: { namespace: 'stores' } }), ...coupon },
      ...more,
    });
  }
  async redeem(rewardId, loyaltyAccountId, options) {
    return (await this.post(`${coupons}/coupons`, { rewardId, loyaltyAccountId }, options)).coupon;
  }
  async couponNow(id) {
    return (await this.get(`${coupons}/coupons/${id}`)).loyaltyCoupon;
  }

  async tier(name, requiredPoints) {
    return (await this.post(`${tiers}/tiers`, { tier: { tierDefinition: { name }, requiredPoints } })).tier;
  }
  async activateTiers(months = 12, status = 'ACTIVE') {
    return (await this.post(`${tiers}/tiers/program-settings`, {
      programSettings: { status, rollingWindow: { durationInMonths: months } },
    })).programSettings;
  }
  async rule(rule) {
    return (await this.post(`${earningRules}/earning-rules`, {
      earningRule: {
        sourceAppId: apps.loyalty, triggerAppId: apps.stores, triggerActivityType: 'stores/OrderPaid',
        title: unique('Rule'), status: 'ACTIVE', ...rule,
      },
    })).earningRule;
  }
  spendRule({ moneyAmount = 1, points = 1, ...more } = {}) {
    return this.rule({ conversionRate: { configs: [{ moneyAmount, points }] }, ...more });
  }

  /** A checkout of these lines for a contact; the checkout. */
  async checkout(contactId, cart) {
    const answer = await this.post('/checkout/v1/checkouts', {
      checkout: { ...(contactId && { contactId }), cart: cartOf(cart) },
    });
    return answer.checkout;
  }
  async changeCart(checkoutId, cart) {
    return this.put(`/checkout/v1/checkouts/${checkoutId}`, { checkout: { cart: cartOf(cart) } });
  }
  async checkoutNow(id) {
    return (await this.get(`/checkout/v1/checkouts/${id}`));
  }
  async apply(checkoutId, source, options) {
    return (await this.post(`${exchange}/loyalty-checkout-discount`, { checkoutId, ...source }, options)).discount;
  }
  async discounts(filter) {
    return (await this.post(`${exchange}/loyalty-checkout-discounts/query`, { query: { filter } })).loyaltyCheckoutDiscounts;
  }
  async discountNow(discount) {
    return (await this.discounts({ checkoutId: discount.checkoutId })).find((one) => one.id === discount.id);
  }
  removeDiscount(id, options) { return this.post(`${exchange}/loyalty-checkout-discounts/${id}/remove`, {}, options); }
  async complete(checkoutId, { paymentStatus = 'PAID', orderId = unique('order'), ...more } = {}) {
    return (await this.post(`/checkout/v1/checkouts/${checkoutId}/complete`, { orderId, paymentStatus, ...more })).order;
  }
  /** An order of `total` cents of one item for a contact, paid at once. */
  async order(contactId, cart, more) {
    const checkout = await this.checkout(contactId, cart);
    return this.complete(checkout.id, more);
  }
}

/** A cart in the core's form from [{id?, unitPrice, quantity?, tags?}] or one amount in cents. */
export function cartOf(cart) {
  if (typeof cart === 'number') return cartOf([{ unitPrice: cart }]);
  if (Array.isArray(cart)) return cartOf({ lines: cart });
  return {
    currency: 'USD',
    ...cart,
    lines: cart.lines.map((line, index) => ({
      id: `line-${index + 1}`, quantity: 1, tags: ['stores', `stores/product:p${index + 1}`], ...line,
    })),
  };
}

/** `wix.loyalty.v1.account_points_updated` */
export const typeOf = (event) => `${event.entityFqdn}_${event.slug}`;
/** The entity or body that an event carries. */
export function contentOf(event) {
  const content = event.createdEvent?.entity ?? event.updatedEvent?.currentEntity ??
    event.actionEvent?.body ?? event.deletedEvent?.deletedEntity;
  return typeof content === 'string' ? JSON.parse(content) : content;
}

/** The identity of balances (U25). */
export function assertBalanced(account) {
  const { balance, earned = 0, adjusted = 0, redeemed = 0, expired = 0 } = account.points;
  assert.equal(balance, earned + adjusted - redeemed - expired, JSON.stringify(account.points));
}
export function assertPoints(account, expected) {
  const points = { balance: 0, earned: 0, adjusted: 0, redeemed: 0, expired: 0, ...account.points };
  const wanted = { ...expected };
  const got = Object.fromEntries(Object.keys(wanted).map((name) => [name, points[name]]));
  assert.deepEqual(got, wanted);
  assertBalanced({ points });
}
