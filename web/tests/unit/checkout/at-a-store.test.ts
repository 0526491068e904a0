import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CheckoutChange, CheckoutClient, Confirmation, QuoteRequest, Result, Standing } from '../../../src/checkout/types.js';
import type { Choice, Quote } from '../../../src/documents/index.js';
import { cart, catalog, controller, member, NOW, theCore } from './shop.js';

const ID = '019bc186-de00-703c-95d8-4e30896e964d';
const ours = { ...cart, id: ID };

/** What the store computes: the same core, asked by itself. */
async function computed(chosen: readonly Choice[], account = member): Promise<Quote> {
  const opened = (await theCore()).open(catalog);
  if (!opened.ok) throw new Error(opened.error.message);
  const prepared = opened.value.prepare({ account, cart: ours, intent: { chosen }, now: NOW });
  if (!prepared.ok) throw new Error(prepared.error.message);
  return prepared.value.quote({ offers: true });
}

const until = '2025-11-20T11:00:00Z';
const standingOf = (quote: Quote, chosen: readonly Choice[]): Standing => ({
  status: 'OPEN',
  chosen,
  confirmation: {
    quote,
    discounts: quote.discounts.map(({ id, source, points = 0 }) => ({ discountId: `d-${id}`, id, source, points, holdExpiresAt: until })),
    holdExpiresAt: until,
  },
});

type StoreOfTest = Required<Pick<CheckoutClient, 'bootstrap' | 'member' | 'now' | 'standing' | 'quote' | 'apply' | 'remove' | 'subscribe'>>;

/** A store that has one checkout, and does what it is asked. */
async function store(first: readonly Choice[] = [], script: Partial<StoreOfTest> = {}) {
  const applied: { request: QuoteRequest; key: string }[] = [];
  const listeners = new Set<(change: 'member' | 'program' | 'checkout', about?: CheckoutChange) => void>();
  const state = { standing: standingOf(await computed(first), first), now: Date.parse(NOW) };
  const client: StoreOfTest = {
    bootstrap: async () => ({ catalog }),
    member: async () => member,
    now: () => state.now,
    standing: async () => state.standing,
    quote: async ({ intent }: QuoteRequest) => ({ ok: true as const, value: { same: false as const, quote: await computed(intent.chosen ?? []) } }),
    apply: async (request: QuoteRequest, { idempotencyKey: key }: { idempotencyKey: string }): Promise<Result<Confirmation>> => {
      applied.push({ request, key });
      const chosen = request.intent.chosen ?? [];
      state.standing = standingOf(await computed(chosen), chosen);
      return { ok: true, value: state.standing.confirmation };
    },
    remove: async (discountId: string) => {
      const rest = state.standing.chosen.filter((choice) => `d-${choice.reward?.id ?? choice.coupon?.id}` !== discountId);
      state.standing = standingOf(await computed(rest), rest);
      return { ok: true as const, value: { quote: state.standing.confirmation.quote } };
    },
    subscribe: (listener: (change: 'member' | 'program' | 'checkout', about?: CheckoutChange) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ...script,
  };
  const happens = (change: CheckoutChange['change'], checkoutId = ID) => listeners.forEach((listener) => listener('checkout', { checkoutId, change }));
  return { client, applied, state, happens };
}

async function at(client: CheckoutClient, host = {}) {
  const made = controller(host);
  made.checkout.setCart(ours);
  made.checkout.setClient(client);
  await vi.waitFor(() => {
    made.checkout.settle();
    expect(made.checkout.state.ready).toBe(true);
  });
  await made.checkout.more();
  return made;
}

const stars = (points: number): Choice => ({ reward: { id: 'stars', points } });

describe('what the store has', () => {
  it('is shown as applied when the page is loaded', async () => {
    const { client } = await store([stars(1200)]);
    const { checkout } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    expect(checkout.chosen).toEqual([stars(1200)]);
    expect(checkout.confirmed?.quote.total).toBe(checkout.quote?.total);
  });

  it('is not asked for again for another checkout', async () => {
    const { client, happens } = await store();
    const standing = vi.spyOn(client, 'standing');
    await at(client);
    const asked = standing.mock.calls.length;
    happens('removed', 'another');
    await Promise.resolve();
    expect(standing.mock.calls.length).toBe(asked);
  });

  it.each<[CheckoutChange['change'], readonly Choice[], string, readonly Choice[]]>([
    ['removed', [], 'elsewhere', []],
    ['applied', [stars(300)], 'elsewhere', [stars(300)]],
    ['recalculated', [stars(500)], 'stale-cart', [stars(500)]],
    ['expired', [], 'hold-expired', [stars(1200)]],
  ])('%s by others: %j is %s', async (change, left, name, chosen) => {
    const { client, state, happens } = await store([stars(1200)]);
    const { checkout } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    state.standing = standingOf(await computed(left), left);
    happens(change);
    await vi.waitFor(() => expect(checkout.name).toBe(name));
    expect(checkout.chosen).toEqual(chosen);
    expect(checkout.confirmed?.quote ?? null).toEqual(left.length > 0 ? state.standing.confirmation.quote : null);
  });

  it('is what was applied, where the store names a coupon by its id that was entered by its code', async () => {
    const byCode: Choice = { code: { text: 'five-7q2' } };
    const { client, state, happens } = await store([byCode, stars(500)]);
    const { checkout } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    const asked = vi.spyOn(client, 'standing');
    state.standing = { ...state.standing, chosen: [{ coupon: { id: 'c1' } }, stars(500)] };
    happens('recalculated');
    await vi.waitFor(() => expect(asked).toHaveResolved());
    await new Promise((drawn) => setTimeout(drawn));
    expect(checkout.name).toBe('applied');
    expect(checkout.confirmed?.chosen).toEqual([byCode, stars(500)]);
  });

  it('once the order is placed nothing can be chosen', async () => {
    const { client, state, happens } = await store([stars(1200)]);
    const { checkout } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    state.standing = { ...state.standing, status: 'COMPLETED' };
    happens('completed');
    await vi.waitFor(() => expect(checkout.name).toBe('completed'));
  });

  it('a page that is choosing something else is left alone', async () => {
    const { client, state, happens } = await store([stars(1200)]);
    const { checkout } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    checkout.change();
    checkout.selectReward('ship');
    expect(checkout.name).toBe('previewing');
    state.standing = standingOf(await computed([stars(500)]), [stars(500)]);
    happens('recalculated');
    await vi.waitFor(() => expect(checkout.confirmed?.chosen).toEqual([stars(500)]));
    expect(checkout.chosen).toEqual([{ reward: { id: 'ship' } }]);
    expect(checkout.name).toBe('previewing');
  });

  it('ends a hold; the page’s clock only asks', async () => {
    const { client, state } = await store([stars(1200)]);
    const { checkout } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    state.now = Date.parse(until) + 1;
    const standing = vi.spyOn(client, 'standing');
    checkout.watch();
    await vi.waitFor(() => expect(standing).toHaveBeenCalled());
    expect(checkout.name).toBe('applied');
    state.standing = standingOf(await computed([]), []);
    checkout.watch();
    await vi.waitFor(() => expect(checkout.name).toBe('hold-expired'));
  });
});

describe('applying', () => {
  it('sends what the shopper saw, and by which core and when it was computed', async () => {
    const { client, applied } = await store();
    const { checkout } = await at(client);
    checkout.selectReward('stars');
    await checkout.apply();
    expect(applied[0]!.request).toMatchObject({ cart: { id: ID }, intent: { chosen: [stars(2480)] }, expectedTotal: checkout.confirmed!.quote.total });
    expect(applied[0]!.request.previewDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(applied[0]!.request.now!)).toBeGreaterThanOrEqual(Date.parse(NOW));
  });

  it('what got no answer goes out again under the same key, word for word', async () => {
    const seen: { request: QuoteRequest; key: string }[] = [];
    let isUp = false;
    const { client } = await store([], {
      apply: async (request, { idempotencyKey: key }) => {
        seen.push({ request, key });
        if (!isUp) throw new TypeError('Failed to fetch');
        return { ok: true, value: { quote: await computed([stars(2480)]) } };
      },
    });
    const { checkout } = await at(client);
    checkout.selectReward('stars');
    expect(await checkout.apply()).toMatchObject({ ok: false, reason: 'NO_ANSWER', retryable: true });
    isUp = true;
    await checkout.apply();
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
    checkout.change();
    checkout.setPoints(500);
    await checkout.apply();
    expect(seen[2]!.key).not.toBe(seen[0]!.key);
  });

  it('another total of the store is agreed to, or not, before anything is applied', async () => {
    const other = { ...(await computed([stars(2480)])), total: 7500, payable: 7500 };
    const seen: QuoteRequest[] = [];
    const { client } = await store([], {
      quote: async () => ({ ok: true, value: { same: true } }),
      apply: async (request) => {
        seen.push(request);
        return seen.length === 1
          ? { ok: false, reason: 'QUOTE_CHANGED', params: { code: 'QUOTE_CHANGED' }, retryable: false, quote: other }
          : { ok: true, value: { quote: other } };
      },
    });
    const { checkout, of } = await at(client);
    checkout.selectReward('stars');
    expect(await checkout.apply()).toMatchObject({ ok: false, reason: 'QUOTE_CHANGED' });
    expect(checkout.state).toMatchObject({ applied: false, notice: { kind: 'reconciled', open: true, now: { total: 7500 } } });
    expect(of('loyalty-reconcile')[0]).toMatchObject({ confirmed: { total: 7500 } });
    checkout.keep();
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    expect(seen[1]).toMatchObject({ expectedTotal: 7500 });
    expect(seen[1]!.previewDigest).toBeUndefined();
    expect(checkout.confirmed?.quote.total).toBe(7500);
  });

  it('the same total under another revision of the account is no other total', async () => {
    const same = await computed([stars(2480)]);
    let calls = 0;
    const { client } = await store([], {
      apply: async () => (++calls === 1 ? { ok: false, reason: 'QUOTE_CHANGED', params: null, retryable: false, quote: same } : { ok: true, value: { quote: same } }),
    });
    const { checkout, of } = await at(client);
    checkout.selectReward('stars');
    await checkout.apply();
    expect([checkout.name, calls, of('loyalty-reconcile').length]).toEqual(['applied', 2, 0]);
  });

  it('taken back and done all the same, what was applied before is so again', async () => {
    let answer: () => void = () => undefined;
    const made = await store([{ reward: { id: 'ship' } }]);
    const apply = made.client.apply;
    let calls = 0;
    made.client.apply = async (request, options) => {
      if (++calls === 1) await new Promise<void>((resolve) => (answer = resolve));
      return apply(request, options);
    };
    const { checkout } = await at(made.client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    checkout.change();
    checkout.selectReward('stars');
    const result = checkout.apply();
    await vi.waitFor(() => expect(calls).toBe(1));
    checkout.cancel();
    answer();
    expect(await result).toMatchObject({ ok: false, reason: 'CANCELLED' });
    expect(made.applied.map(({ request }) => request.intent.chosen)).toEqual([[stars(2480)], [{ reward: { id: 'ship' } }]]);
    expect(checkout.chosen).toEqual([stars(2480)]);
  });
});

describe('taking off', () => {
  it('one of two leaves the other applied', async () => {
    const { client, applied } = await store([{ coupon: { id: 'c1' } }]);
    const { checkout } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    checkout.change();
    checkout.selectReward('stars');
    await checkout.apply();
    expect(applied).toHaveLength(1);
    expect(await checkout.remove('stars')).toMatchObject({ ok: true });
    expect(checkout.name).toBe('applied');
    expect(checkout.chosen).toEqual([{ coupon: { id: 'c1' } }]);
    expect(checkout.confirmed?.quote.discounts.map(({ id }) => id)).toEqual(['c1']);
  });

  it('to choose nothing is to take back what is applied', async () => {
    const { client, state } = await store([stars(1200)]);
    const { checkout, of } = await at(client);
    await vi.waitFor(() => expect(checkout.name).toBe('applied'));
    checkout.change();
    await checkout.selectReward(null);
    expect(checkout.name).toBe('member');
    expect(state.standing.chosen).toEqual([]);
    expect(of('loyalty-removed')[0]).toMatchObject({ discountId: 'd-stars', released: 1200 });
  });
});

describe('the preview is compared with the store', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('when the shopper is at rest, once', async () => {
    const { client } = await store();
    const quote = vi.spyOn(client, 'quote');
    const { checkout } = await at(client);
    checkout.selectReward('stars');
    for (const points of [2000, 1500, 1200]) {
      checkout.slide(points);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(quote).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(250);
    expect(quote.mock.calls.map(([request]) => request.intent.chosen)).toEqual([[stars(1200)]]);
  });

  it('a store that comes to something else, though it was asked for everything, computes from then on', async () => {
    const poorer = { ...member, available: 500 };
    const { client } = await store([], { quote: async ({ intent }) => ({ ok: true, value: { same: false, quote: await computed(intent.chosen ?? [], poorer) } }) });
    const { checkout } = await at(client);
    checkout.selectReward('stars');
    expect(checkout.mode).toBe('preview');
    await vi.advanceTimersByTimeAsync(300);
    expect(checkout.mode).toBe('preview');
    await vi.advanceTimersByTimeAsync(300);
    vi.useRealTimers();
    await vi.waitFor(() => {
      checkout.settle();
      expect(checkout.mode).toBe('server');
      expect(checkout.isPending).toBe(false);
    });
    expect(checkout.quote?.discounts).toEqual([]);
  });
});

describe('a page that cannot compute', () => {
  const blocked = { core: () => Promise.reject(Object.assign(new Error('no'), { code: 'CORE_BLOCKED' })) };

  it('has the store compute: choose, slide, apply', async () => {
    const { client } = await store();
    const { checkout, of } = await at(client, blocked);
    expect(of('loyalty-ready')[0]).toMatchObject({ mode: 'server' });
    expect(of('loyalty-error')).toEqual([]);
    expect(await checkout.selectReward('stars')).toMatchObject({ ok: true });
    expect(checkout.quote?.points.spent).toBe(2480);
    checkout.slide(1200);
    expect(checkout.isPending).toBe(true);
    expect(await checkout.apply()).toMatchObject({ ok: false, reason: 'UNAVAILABLE' });
    await vi.waitFor(() => expect(checkout.isPending).toBe(false));
    expect(checkout.quote?.points.spent).toBe(1200);
    expect(await checkout.apply()).toMatchObject({ ok: true });
    expect(checkout.name).toBe('applied');
  });

  it('says the store’s reason for what cannot be', async () => {
    const { client } = await store();
    const { checkout } = await at(client, blocked);
    expect(await checkout.selectReward('big')).toMatchObject({ ok: false, reason: 'INSUFFICIENT_POINTS' });
    expect(checkout.chosen).toEqual([]);
  });

  it('another version of the core at the store computes there', async () => {
    const { client } = await store([], { bootstrap: async () => ({ catalog, coreVersion: '99.0.0' }) });
    const { checkout } = await at(client);
    await vi.waitFor(() => {
      checkout.settle();
      expect(checkout.mode).toBe('server');
    });
  });
});
