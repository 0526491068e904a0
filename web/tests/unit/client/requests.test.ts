import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { broken, busy, CHECKOUT, fakeStore, json, refused, SITE } from './fake-store.js';
import type { Quote } from '../../../src/documents/index.js';

const cart = { id: CHECKOUT, currency: 'USD', lines: [{ id: 'a', unitPrice: 1000, quantity: 1 }] };
const intent = { chosen: [{ reward: { id: 'stars', points: 100 } }] };
const quote = { total: 900, discounts: [], rejected: [], points: { spent: 100 } } as unknown as Quote;
const applied = {
  discounts: [
    { id: 'd1', discountId: 'd1', rewardId: 'stars', points: 100, amount: 100, holdExpiresAt: '2026-01-15T13:00:00Z' },
    { id: 'd2', discountId: 'd2', loyaltyCouponId: 'c1', points: 0, amount: 50 },
  ],
  quote,
};
const request = { cart, intent, quote };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets everything happen that only waits for time. */
const inTime = async <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  return promise;
};

describe('every request', () => {
  it('names the site, carries no cookies, and the token only where a member asks', async () => {
    const { client, seen } = fakeStore([() => json({ catalog: {}, coreVersion: '1', serverTime: '2026-01-15T12:00:00Z' }), () => json({ account: { id: 'a', available: 5 }, serverTime: '2026-01-15T12:00:00Z' })]);
    await client.bootstrap();
    await client.member();
    expect(seen.map(({ path }) => path)).toEqual([`/storefront/v1/${SITE}/bootstrap`, '/storefront/v1/me']);
    expect(seen.map(({ headers }) => headers['Authorization'])).toEqual([undefined, 'member-token']);
    expect(seen.every(({ init, headers }) => init.credentials === 'omit' && headers['X-Loyalty-Site'] === SITE)).toBe(true);
  });

  it('asks for a token when one is needed, once, and not at all for a guest who only looks', async () => {
    const getToken = vi.fn(async () => 'one');
    const { client } = fakeStore([() => json({ account: { id: 'a', available: 5 }, serverTime: '2026-01-15T12:00:00Z' })], { getToken });
    expect(getToken).not.toHaveBeenCalled();
    await Promise.all([client.member(), client.member({ checkoutId: CHECKOUT })]);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('renews a token that was refused once, for all that it was refused to', async () => {
    const tokens = ['old', 'new'];
    const getToken = vi.fn(async () => tokens.shift() ?? null);
    const account = { id: 'a', available: 5 };
    const { client, seen } = fakeStore(
      [({ headers }) => (headers['Authorization'] === 'old' ? json({}, 401) : json({ account, serverTime: '2026-01-15T12:00:00Z' }))],
      { getToken },
    );
    const [one, other] = await Promise.all([client.member(), client.member({ checkoutId: CHECKOUT })]);
    expect([one, other]).toEqual([account, account]);
    expect(getToken).toHaveBeenCalledTimes(2);
    expect(seen.map(({ headers }) => headers['Authorization']).sort()).toEqual(['new', 'new', 'old', 'old']);
  });

  it('takes who is refused twice for a guest', async () => {
    const { client } = fakeStore([() => json({}, 401)], { getToken: async () => 'bad' });
    expect(await client.member()).toBeNull();
  });

  it('a page that cannot say who is signed in is asked again', async () => {
    let isUp = false;
    const { client } = fakeStore([() => json({ account: { id: 'a', available: 5 }, serverTime: '2026-01-15T12:00:00Z' })], {
      getToken: async () => (isUp ? 'one' : Promise.reject(new Error('down'))),
    });
    await expect(client.member()).rejects.toThrow('down');
    isUp = true;
    expect(await client.member()).toMatchObject({ id: 'a' });
  });
});

describe('what broke off', () => {
  it('is sent again under the same key until there is an answer', async () => {
    const { client, seen } = fakeStore([broken, () => busy(), () => json(applied)]);
    const answer = await inTime(client.apply(request, { idempotencyKey: 'key-1' }));
    expect(answer).toMatchObject({ ok: true, value: { discountId: 'd1', holdExpiresAt: '2026-01-15T13:00:00Z' } });
    expect(seen.map(({ headers }) => headers['Idempotency-Key'])).toEqual(['key-1', 'key-1', 'key-1']);
    expect(new Set(seen.map(({ init }) => init.body)).size).toBe(1);
  });

  it('is not sent again as soon as the store wants to be left alone for long', async () => {
    const { client, seen } = fakeStore([() => busy({ 'Retry-After': '3600' })]);
    await expect(inTime(client.apply(request, { idempotencyKey: 'k' }))).rejects.toMatchObject({ code: 'TEMPORARY', retryable: true });
    expect(seen).toHaveLength(1);
  });

  it('waits as long as the store says', async () => {
    const { client, seen } = fakeStore([() => busy({ 'Retry-After': '5' }), () => json({ same: true })]);
    const asked = client.quote({ cart, intent });
    await vi.advanceTimersByTimeAsync(4_900);
    expect(seen).toHaveLength(1);
    expect(await inTime(asked)).toEqual({ ok: true, value: { same: true } });
  });

  it('gives up in the end, sooner for what changes nothing', async () => {
    const reading = fakeStore([broken]);
    await expect(inTime(reading.client.quote({ cart, intent }))).rejects.toThrow(TypeError);
    expect(reading.seen).toHaveLength(4);
    const changing = fakeStore([broken]);
    await expect(inTime(changing.client.apply(request, { idempotencyKey: 'k' }))).rejects.toThrow(TypeError);
    expect(changing.seen).toHaveLength(6);
  });

  it('an answer that never comes counts as none', async () => {
    const { client, seen } = fakeStore([() => new Promise<never>(() => undefined), () => json(applied)]);
    expect(await inTime(client.apply(request, { idempotencyKey: 'k' }))).toMatchObject({ ok: true });
    expect(seen).toHaveLength(2);
  });

  it.each([400, 403, 404, 409, 422, 428, 500])('status %d is an answer, and not asked for again', async (status) => {
    const { client, seen } = fakeStore([() => json({ message: 'no' }, status)]);
    await inTime(client.apply(request, { idempotencyKey: 'k' })).catch(() => undefined);
    expect(seen).toHaveLength(1);
  });
});

describe('what is taken back', () => {
  it('a question is torn off', async () => {
    const { client, seen } = fakeStore([() => new Promise<never>(() => undefined)]);
    const asked = new AbortController();
    const answer = client.quote({ cart, intent }, { signal: asked.signal });
    answer.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    asked.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toHaveLength(1);
  });

  it('a change is not, so that what became of it is known; it is only not sent again', async () => {
    let answer: (response: Response) => void = () => undefined;
    const { client, seen } = fakeStore([() => new Promise<Response>((resolve) => (answer = resolve))]);
    const asked = new AbortController();
    const result = client.apply(request, { idempotencyKey: 'k', signal: asked.signal });
    await vi.advanceTimersByTimeAsync(0);
    asked.abort();
    answer(json(applied));
    expect(await result).toMatchObject({ ok: true });
    const again = fakeStore([broken]);
    const stopped = new AbortController();
    const failing = again.client.apply(request, { idempotencyKey: 'k', signal: stopped.signal });
    failing.catch(() => undefined);
    await vi.advanceTimersByTimeAsync(10);
    stopped.abort();
    await expect(inTime(failing)).rejects.toMatchObject({ name: 'AbortError' });
    expect([seen.length, again.seen.length]).toEqual([1, 1]);
  });
});

describe('answers', () => {
  it('a refusal is a result, with the numbers of the choice that it is about', async () => {
    const row = { id: 'stars', source: 'reward', code: 'INSUFFICIENT_POINTS', required: 500, actual: 100, missing: 400 };
    const { client } = fakeStore([() => refused('INSUFFICIENT_POINTS', { id: 'stars', source: 'reward', reason: 'INSUFFICIENT_POINTS', quote: { ...quote, rejected: [row] } })]);
    expect(await client.apply(request, { idempotencyKey: 'k' })).toMatchObject({ ok: false, reason: 'INSUFFICIENT_POINTS', params: row, retryable: false });
  });

  it('another sum comes with the quote that the store would charge', async () => {
    const { client } = fakeStore([() => refused('QUOTE_CHANGED', { quote, digest: 'x' }, 409)]);
    expect(await client.apply(request, { idempotencyKey: 'k' })).toMatchObject({ ok: false, reason: 'QUOTE_CHANGED', quote });
  });

  it.each([
    ['MEMBER_REQUIRED', 403, 'SIGN_IN_REQUIRED'],
    ['CHECKOUT_COMPLETED', 428, 'CHECKOUT_COMPLETED'],
    ['ERROR_COUPON_DOES_NOT_EXIST', 404, 'CODE_NOT_FOUND'],
  ])('%s', async (code, status, reason) => {
    const { client } = fakeStore([() => refused(code, {}, status)]);
    expect(await client.apply(request, { idempotencyKey: 'k' })).toMatchObject({ ok: false, reason, params: { code: reason } });
  });

  it('asked too often is no answer, and says how long to wait', async () => {
    const { client } = fakeStore([() => refused('RATE_LIMITED', {}, 429)], {});
    await expect(client.resolveCode('X', { signal: new AbortController().signal })).rejects.toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    const other = fakeStore([() => json({}, 429, { 'Retry-After': '42' })]);
    await expect(other.client.resolveCode('X', { signal: new AbortController().signal })).rejects.toMatchObject({ params: { code: 'RATE_LIMITED', required: 42 } });
  });

  it('a document that the store does not take is the page’s mistake, and says which field', async () => {
    const body = { message: 'no', details: { validationError: { fieldViolations: [{ field: 'cart.lines[0].unitPrice', description: 'must be a whole number' }] } } };
    const { client } = fakeStore([() => json(body, 400)]);
    await expect(client.quote({ cart, intent })).rejects.toThrow('cart.lines[0].unitPrice: must be a whole number');
  });

  it('what the shopper saw goes with it, and nothing that a page made up', async () => {
    const { client, seen } = fakeStore([() => json(applied)]);
    await client.apply({ ...request, previewDigest: 'abc', now: '2026-01-15T12:00:00Z', expectedTotal: 900 }, { idempotencyKey: 'k' });
    expect(seen[0]).toMatchObject({ method: 'POST', path: `/storefront/v1/checkouts/${CHECKOUT}/apply` });
    expect(seen[0]!.body).toEqual({ cart, intent, previewDigest: 'abc', now: '2026-01-15T12:00:00Z', expectedTotal: 900 });
  });

  it('without a checkout of the store nothing can be applied, and a quote is of the cart alone', async () => {
    const { client, seen } = fakeStore([() => json({ ok: true, value: quote })]);
    const own = { ...cart, id: 'cart-1' };
    expect(await client.apply({ ...request, cart: own }, { idempotencyKey: 'k' })).toMatchObject({ ok: false, reason: 'NO_CONFIRMER' });
    expect(await client.quote({ cart: own, intent }, { want: ['offers'] })).toEqual({ ok: true, value: { same: false, quote } });
    expect(seen.map(({ path, body }) => [path, body.want])).toEqual([['/storefront/v1/quote', ['offers']]]);
  });
});

describe('what is remembered', () => {
  it('the program is fetched again only where it changed', async () => {
    const { client, seen } = fakeStore([
      () => json({ catalog: { version: '1' }, coreVersion: '1', serverTime: '2026-01-15T12:00:00Z' }, 200, { ETag: '"a"' }),
      () => new Response(null, { status: 304 }),
      () => json({ catalog: { version: '2' }, coreVersion: '1', serverTime: '2026-01-15T12:00:00Z' }, 200, { ETag: '"b"' }),
    ]);
    const first = await client.bootstrap();
    const second = await client.bootstrap();
    expect(second.catalog).toBe(first.catalog);
    expect(seen[1]!.headers['If-None-Match']).toBe('"a"');
    expect((await client.bootstrap()).catalog.version).toBe('2');
  });

  it('two who ask the same at the same time share the answer', async () => {
    const me = { account: { id: 'a', available: 5 }, serverTime: '2026-01-15T12:00:00Z', checkout: { status: 'OPEN', intent: { chosen: intent.chosen }, ...applied } };
    const { client, seen } = fakeStore([() => json(me)]);
    const [member, standing] = await Promise.all([client.member({ checkoutId: CHECKOUT }), client.standing(CHECKOUT)]);
    expect(member).toEqual(me.account);
    expect(standing).toMatchObject({ status: 'OPEN', chosen: intent.chosen, confirmation: { discountId: 'd1', quote } });
    expect(standing!.confirmation.discounts).toEqual([
      { discountId: 'd1', id: 'stars', source: 'reward', points: 100, holdExpiresAt: '2026-01-15T13:00:00Z' },
      { discountId: 'd2', id: 'c1', source: 'coupon', points: 0 },
    ]);
    expect(seen).toHaveLength(1);
  });

  it('a checkout that is somebody else’s leaves the member as they are', async () => {
    const { client, seen } = fakeStore([({ path }) => (path.includes('?') ? refused('CHECKOUT_NOT_FOUND', {}, 404) : json({ account: { id: 'a' }, serverTime: '2026-01-15T12:00:00Z' }))]);
    expect(await client.member({ checkoutId: CHECKOUT })).toEqual({ id: 'a' });
    expect(await client.standing(CHECKOUT)).toBeNull();
    expect(seen.at(-1)!.path).toBe('/storefront/v1/me');
  });

  it('the present is the server’s, however wrong the page’s clock is', async () => {
    vi.setSystemTime('2030-01-01T00:00:00Z');
    const { client } = fakeStore([() => json({ account: { id: 'a' }, serverTime: '2026-01-15T12:00:00Z' })]);
    await client.member();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(new Date(client.now()).toISOString()).toBe('2026-01-15T12:00:01.000Z');
  });

  it('nobody’s page has nothing of the last member, nor of an answer that was on its way', async () => {
    let answer: (response: Response) => void = () => undefined;
    const { client } = fakeStore([() => new Promise<Response>((resolve) => (answer = resolve))]);
    const told = vi.fn();
    client.subscribe(told);
    const member = client.member();
    await vi.advanceTimersByTimeAsync(0);
    client.setMember(null);
    answer(json({ account: { id: 'anna', available: 5 }, serverTime: '2026-01-15T12:00:00Z' }));
    expect(await inTime(member)).toBeNull();
    expect(told).toHaveBeenCalledWith('member', undefined);
    expect(await client.member()).toBeNull();
    expect(await client.overview()).toBeNull();
  });
});
