import { randomUUID } from 'node:crypto';
import type { Cart, Quote } from '../../../src/documents/index.js';

// The server's own tests know how it is started and that it ends with them.
const { Server } = await import(/* @vite-ignore */ new URL('../../../../tests/server/harness.mjs', import.meta.url).href);

/** The noon at which every server of a test begins. */
export const startOfDay = '2026-01-15T12:00:00Z';

export interface Answer {
  readonly status: number;
  // What a server answers is looked into as it is.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly text: string;
}

export interface Asked {
  /** The caller's credentials; default: the site's backend. Null: a visitor. */
  readonly as?: string | null;
  readonly key?: string;
}

/** A member of the site's program. */
export interface Shopper {
  readonly accountId: string;
  readonly contactId: string;
  readonly memberId: string;
}

export interface Steps {
  readonly seconds?: number;
  readonly minutes?: number;
  readonly hours?: number;
  readonly days?: number;
}

/** The server of this repository with a small shop in it. Its clock stands still between `advance()`s. */
export interface ShopServer {
  readonly origin: string;
  /** The id of the site. */
  readonly site: string;
  /** The key of its backend. */
  readonly key: string;
  readonly rewards: { readonly stars: string; readonly fiveOff: string; readonly shipping: string };
  call(method: string, path: string, body?: unknown, asked?: Asked): Promise<Answer>;
  /** The same; whatever is no 2xx throws. */
  ok(method: string, path: string, body?: unknown, asked?: Asked): Promise<Answer['body']>;
  shopper(points: number, name?: string): Promise<Shopper>;
  token(shopper: Shopper, ttlSeconds?: number): Promise<string>;
  /** Puts a cart on a checkout, as the shop's backend does. Its id. */
  checkout(shopper: Shopper | null, cart?: Cart): Promise<string>;
  /** The backend's answer on a checkout: what counts. */
  standing(checkoutId: string): Promise<{ readonly checkout: { status: string }; readonly discounts: readonly { points: number }[]; readonly quote: Quote }>;
  replaceCart(checkoutId: string, cart: Cart): Promise<void>;
  complete(checkoutId: string, paymentStatus?: 'PAID' | 'NOT_PAID'): Promise<Answer['body']>;
  earn(shopper: Shopper, points: number): Promise<void>;
  balance(shopper: Shopper): Promise<{ readonly balance: number; readonly held: number }>;
  /** Moves the clock; everything in between has happened when it resolves. */
  advance(steps: Steps): Promise<void>;
  stop(): Promise<void>;
}

/** Shoes for 50.00 and things for the house; delivery 4.90. With nothing chosen: 88.95 USD. */
export const shopCart: Cart = {
  currency: 'USD',
  lines: [
    { id: 'shoes', unitPrice: 2500, quantity: 2, tags: ['stores', 'stores/collection:shoes'] },
    { id: 'mug', unitPrice: 1450, quantity: 1, tags: ['stores', 'stores/collection:home'] },
    { id: 'towel', unitPrice: 1955, quantity: 1, tags: ['stores', 'stores/collection:home'] },
  ],
  shipping: [{ id: 'standard', price: 490 }],
};

const LOYALTY = '553c79f3-5625-4f38-b14b-ef7c0d1e87df';
const STORES = '1380b703-ce81-ff05-f115-39571d94dfcd';

export interface ServerSettings {
  readonly clock?: string;
  /** Pages of other origins that may ask it. */
  readonly origins?: readonly string[];
  /** Whether callers who ask very often are slowed down. */
  readonly limits?: boolean;
}

/** Starts one with data of its own. */
export async function startServer({ clock = startOfDay, origins = [], limits = true }: ServerSettings = {}): Promise<ShopServer> {
  const server = await Server.start({ clock, args: limits ? [] : ['--rate-limits', 'off'] });
  const shop = await server.openSite({
    currency: 'USD',
    timeZone: 'America/New_York',
    pointName: { en: { one: 'Star', other: 'Stars' } },
    ...(origins.length > 0 && { allowedOrigins: origins }),
  });
  await shop.patch('/loyalty-programs/v1/program', { loyaltyProgram: { name: 'Star Club' } });
  const tiers = [await shop.tier('Silver', 1500), await shop.tier('Gold', 5000)];
  await shop.activateTiers();
  /** The same at every tier. */
  const atAllTiers = (config: object) => [{ ...config }, ...tiers.map(({ id }) => ({ ...config, tierId: id }))];
  await shop.rule({
    sourceAppId: LOYALTY,
    triggerAppId: STORES,
    triggerActivityType: 'stores/OrderPaid',
    title: 'Stars for every dollar',
    conversionRate: { configs: [{ moneyAmount: 1, points: 1 }] },
  });
  const stars = await shop.reward({
    name: 'Use Stars',
    type: 'DISCOUNT_AMOUNT',
    discountAmount: { configsByTier: atAllTiers({ amount: '1.00', costInPoints: 100 }) },
  });
  const fiveOff = await shop.reward({
    name: '$5 off',
    type: 'COUPON_REWARD',
    couponReward: { fixedAmount: { configsByTier: atAllTiers({ costInPoints: 500, amount: 5 }) }, scope: { namespace: 'stores' } },
  });
  const shipping = await shop.reward({
    name: 'Free shipping',
    type: 'COUPON_REWARD',
    couponReward: { freeShipping: { configsByTier: atAllTiers({ costInPoints: 400 }) } },
  });
  await shop.post('/loyalty-promotions/v1/promotions', {
    promotion: { name: 'Welcome', trigger: 'code', codes: ['WELCOME5'], effects: [{ kind: 'percent', ratePpm: 50_000, target: 'order' }] },
  });
  await server.settle();

  const own: ShopServer = {
    origin: server.base,
    site: shop.id,
    key: shop.key,
    rewards: { stars: stars.id, fiveOff: fiveOff.id, shipping: shipping.id },
    call: (method, path, body, { as = shop.key, key } = {}) => server.call(method, path, body, { as, ...(key !== undefined && { key }) }),
    async ok(method, path, body, asked) {
      const answer = await own.call(method, path, body, asked);
      if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
      return answer.body;
    },
    async shopper(points, name = 'Maria') {
      const { id, contactId, memberId } = await shop.member({ points, name, email: `${randomUUID()}@shop.example` });
      return { accountId: id, contactId, memberId };
    },
    async token({ memberId }, ttlSeconds) {
      const answer = await own.ok('POST', '/identity/v1/member-tokens', { memberId, ...(ttlSeconds !== undefined && { ttlSeconds }) });
      return answer.token;
    },
    async checkout(shopper, cart = shopCart) {
      const made = await own.ok('POST', '/checkout/v1/checkouts', { checkout: { ...(shopper && { contactId: shopper.contactId }), cart } });
      return made.checkout.id;
    },
    standing: (id) => own.ok('GET', `/checkout/v1/checkouts/${id}`),
    async replaceCart(id, cart) {
      await own.ok('PUT', `/checkout/v1/checkouts/${id}`, { checkout: { cart } });
    },
    complete: (id, paymentStatus = 'PAID') => own.ok('POST', `/checkout/v1/checkouts/${id}/complete`, { orderId: `order-${id}`, paymentStatus }),
    async earn({ accountId }, points) {
      await shop.earn(accountId, points);
    },
    async balance({ accountId }) {
      const { points } = await shop.accountNow(accountId);
      return { balance: points.balance, held: points.held };
    },
    async advance(steps) {
      await server.advance(steps);
    },
    async stop() {
      await server.stop();
    },
  };
  return own;
}
