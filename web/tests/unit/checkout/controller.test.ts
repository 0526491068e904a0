import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Confirmation } from '../../../src/checkout/types.js';
import { cart, catalog, controller, member, NOW, shopping, summer, theCore } from './shop.js';

type Apply = { waitUntil(promise: Promise<Confirmation | void>): void };

const confirming = (confirmation: Confirmation | (() => Promise<Confirmation | void>)) => (type: string, detail: never) => {
  if (type === 'loyalty-before-apply') {
    (detail as Apply).waitUntil(typeof confirmation === 'function' ? confirmation() : Promise.resolve(confirmation));
  }
};

describe('documents', () => {
  it('previews once program, member, cart and core are there', async () => {
    const { checkout, of } = await shopping();
    expect(checkout.name).toBe('member');
    expect(checkout.quote?.total).toBe(9385);
    expect(of('loyalty-ready')).toHaveLength(1);
  });

  it('keeps the cart it was given when the page changes the object later', async () => {
    const { checkout } = await shopping();
    const mine = structuredClone(cart) as unknown as { lines: { quantity: number }[] };
    checkout.setCart(mine as never);
    mine.lines[0]!.quantity = 99;
    checkout.settle();
    expect(checkout.quote?.subtotal).toBe(8895);
  });

  it.each([
    ['a float price', { ...cart, lines: [{ id: 'a', unitPrice: 10.5, quantity: 1 }] }, 'NOT_AN_INTEGER', '/cart/lines/0/unitPrice'],
    ['NaN', { ...cart, lines: [{ id: 'a', unitPrice: NaN, quantity: 1 }] }, undefined, undefined],
    ['a bigint beyond the limits', { ...cart, lines: [{ id: 'a', unitPrice: 10n ** 30n, quantity: 1 }] }, undefined, undefined],
    ['no currency', { lines: cart.lines }, 'MISSING_FIELD', '/cart/currency'],
    ['text', '[object Object]', 'WRONG_TYPE', '/cart'],
    ['a function inside', { ...cart, lines: [{ id: 'a', unitPrice: () => 1, quantity: 1 }] }, undefined, undefined],
  ])('a cart with %s is an error with code and path, and no amount stays', async (_, bad, code, path) => {
    const { checkout, of } = await shopping();
    checkout.selectReward('stars');
    expect(() => checkout.setCart(bad as never)).not.toThrow();
    checkout.settle();
    expect(checkout.quote).toBeNull();
    expect(checkout.name).toBe('unavailable');
    const [error] = of('loyalty-error') as { code: string; cause: { path: string; message: string } }[];
    expect(error?.code).toMatch(/^[A-Z_]+$/);
    if (code !== undefined) {
      expect([error?.code, error?.cause.path]).toEqual([code, path]);
    }
    checkout.setCart(cart);
    checkout.settle();
    expect(checkout.name).toBe('previewing');
  });

  it('a core that cannot be had leaves the plain price: unavailable, and tries again when asked', async () => {
    let works = false;
    const made = controller({ core: () => (works ? theCore() : Promise.reject(Object.assign(new Error('no'), { code: 'CORE_BLOCKED' }))) });
    made.checkout.setProgram({ catalog, serverTime: NOW });
    made.checkout.setMember(member);
    made.checkout.setCart(cart);
    made.checkout.settle();
    await vi.waitFor(() => expect(made.checkout.name).toBe('unavailable'));
    expect(made.of('loyalty-error')[0]).toMatchObject({ code: 'CORE_BLOCKED', retryable: true });
    works = true;
    void made.checkout.refresh();
    await vi.waitFor(() => {
      made.checkout.settle();
      expect(made.checkout.name).toBe('member');
    });
  });

  it('another member sees nothing of the one before', async () => {
    const { checkout } = await shopping();
    checkout.selectReward('stars');
    checkout.setMember({ ...member, id: 'bob', available: 0, coupons: [] });
    checkout.settle();
    expect(checkout.chosen).toEqual([]);
    expect(checkout.quote?.discounts).toEqual([]);
  });
});

describe('choosing', () => {
  it('takes as many points as pay off, and slides on the grid to the last partial step', async () => {
    const { checkout } = await shopping();
    checkout.selectReward('stars');
    expect(checkout.chosen).toEqual([{ reward: { id: 'stars', points: 2480 } }]);
    expect(checkout.pointsOffer?.steps).toMatchObject({ min: 100, step: 100, max: 2480 });
    checkout.slide(1200);
    expect(checkout.quote?.points.spent).toBe(1200);
    expect(checkout.quote?.itemsDiscount).toBe(1200);
  });

  it.each([
    [1250, 1200],
    [5, 100],
    [99_999, 2480],
    [2480, 2480],
    [NaN, 100],
  ])('typed points %d stand for %d', async (typed, meant) => {
    const { checkout } = await shopping();
    checkout.selectReward('stars');
    expect(checkout.acceptable(typed)).toBe(meant);
  });

  it('does not move what other rows promise while the slider moves', async () => {
    const { checkout } = await shopping();
    const before = checkout.offers.map(({ id, saves }) => [id, saves]);
    checkout.selectReward('stars');
    checkout.slide(300);
    expect(checkout.offers.map(({ id, saves }) => [id, saves])).toEqual(before);
  });

  it('what cannot be combined is replaced, and can be undone', async () => {
    const { checkout } = await shopping();
    checkout.selectReward('ship');
    checkout.useCoupon('c1');
    expect(checkout.state.notice).toMatchObject({ kind: 'replaced', by: '$5 off', others: ['Free shipping'] });
    expect(checkout.chosen).toEqual([{ coupon: { id: 'c1' } }]);
    checkout.undo();
    expect(checkout.chosen).toEqual([{ reward: { id: 'ship' } }]);
  });

  it('says why a reward cannot be used, and leaves the choice as it was', async () => {
    const { checkout, of } = await shopping();
    checkout.selectReward('ship');
    expect(checkout.selectReward('big')).toMatchObject({ ok: false, reason: 'INSUFFICIENT_POINTS', params: { missing: 520 } });
    expect(checkout.chosen).toEqual([{ reward: { id: 'ship' } }]);
    expect(of('loyalty-rejected')[0]).toMatchObject({ reason: 'INSUFFICIENT_POINTS' });
  });

  it('learns reasons, near misses and the best combination from the complete core', async () => {
    const { checkout } = await shopping();
    await vi.waitFor(() => expect(checkout.reasons.size).toBe(2));
    expect(checkout.reasons.get('coupon c2')).toMatchObject({ code: 'EXPIRED', required: '2025-10-31T04:00:00Z' });
    expect(checkout.misses[0]).toMatchObject({ id: 'big', fix: { kind: 'earnPoints', points: 520 } });
    await vi.waitFor(() => expect(checkout.best?.quote.total).toBe(6405));
    checkout.takeBest();
    expect(checkout.quote?.total).toBe(6405);
  });
});

describe('codes', () => {
  it('a code nobody knows is refused and stays in the field', async () => {
    const { checkout } = await shopping({ resolveCode: () => Promise.resolve(null) });
    expect(await checkout.applyCode(' nope ')).toMatchObject({ ok: false, reason: 'CODE_NOT_FOUND' });
    expect(checkout.codeText).toBe(' nope ');
    expect(checkout.quote?.total).toBe(9385);
  });

  it('a known code that does not fit is refused with what is missing, and runs once the cart fits', async () => {
    const { checkout } = await shopping({ resolveCode: () => Promise.resolve(summer) });
    expect(await checkout.applyCode('summer')).toMatchObject({ ok: false, reason: 'MINIMUM_SUBTOTAL_NOT_MET', params: { missing: 1505 } });
    checkout.setCart({ ...cart, lines: cart.lines.map((line) => ({ ...line, quantity: 2 })) });
    checkout.settle();
    await vi.waitFor(() => expect(checkout.chosen).toEqual([{ code: { text: 'summer' } }]));
    expect(checkout.quote?.discounts).toHaveLength(1);
  });

  it("the code of a coupon of one's own chooses that coupon without asking anybody", async () => {
    const resolveCode = vi.fn(() => Promise.resolve(null));
    const { checkout } = await shopping({ resolveCode });
    expect(await checkout.applyCode('five-7q2')).toMatchObject({ ok: true });
    expect(checkout.quote?.discounts[0]).toMatchObject({ id: 'c1', source: 'coupon' });
    expect(resolveCode).not.toHaveBeenCalled();
  });

  it('a lookup that failed is no verdict on the code', async () => {
    const { checkout } = await shopping({ resolveCode: () => Promise.reject(new TypeError('offline')) });
    expect(await checkout.applyCode('SUMMER')).toMatchObject({ ok: false, reason: 'OFFLINE', retryable: true });
  });
});

describe('applying', () => {
  it('is confirmed by the page, and only where the page says it will', async () => {
    const without = await shopping();
    without.checkout.selectReward('stars');
    expect(await without.checkout.apply()).toMatchObject({ ok: false, reason: 'NO_CONFIRMER' });
    expect(without.checkout.name).toBe('rejected');

    const { checkout, of } = await shopping({}, confirming({ discountId: 'd1' }));
    checkout.selectReward('stars');
    expect(await checkout.apply()).toMatchObject({ ok: true });
    expect(checkout.name).toBe('applied');
    expect(of('loyalty-applied')[0]).toMatchObject({ spent: 2480, save: { items: 2480, shipping: 0 } });
  });

  it('two clicks are one request', async () => {
    const { checkout, of } = await shopping({}, confirming({}));
    checkout.selectReward('stars');
    const [one, other] = await Promise.all([checkout.apply(), checkout.apply()]);
    expect(one).toBe(other);
    expect(of('loyalty-before-apply')).toHaveLength(1);
  });

  it('a cart that changes after it is told, a new object with the same goods is not', async () => {
    const { checkout } = await shopping({}, confirming({}));
    checkout.selectReward('stars');
    await checkout.apply();
    checkout.setCart(structuredClone(cart));
    checkout.settle();
    expect(checkout.name).toBe('applied');
    checkout.setCart({ ...cart, lines: cart.lines.slice(1) });
    checkout.settle();
    expect(checkout.name).toBe('stale-cart');
  });

  it("another total of the store is shown as the store's, with both numbers", async () => {
    const made = await shopping({}, (type, detail: never) => {
      if (type === 'loyalty-before-apply') {
        const { quote, waitUntil } = detail as { quote: { total: number; payable: number } } & Apply;
        waitUntil(Promise.resolve({ quote: { ...quote, total: 7105, payable: 7105 } } as never));
      }
    });
    made.checkout.selectReward('stars');
    await made.checkout.apply();
    expect(made.checkout.name).toBe('reconciled');
    expect(made.of('loyalty-reconcile')[0]).toMatchObject({ deltaMinor: 200 });
    made.checkout.keep();
    expect(made.checkout.name).toBe('applied');
    expect(made.checkout.confirmed?.quote.total).toBe(7105);
  });

  it('refusals and lost connections are outcomes, not exceptions', async () => {
    const refused = await shopping({}, confirming(() => Promise.reject({ reason: 'INSUFFICIENT_POINTS' })));
    refused.checkout.selectReward('stars');
    expect(await refused.checkout.apply()).toMatchObject({ ok: false, reason: 'INSUFFICIENT_POINTS' });
    const lost = await shopping({}, confirming(() => Promise.reject(new TypeError('Failed to fetch'))));
    lost.checkout.selectReward('stars');
    expect(await lost.checkout.apply()).toMatchObject({ ok: false, reason: 'OFFLINE', retryable: true });
  });

  it('locked, empty or offline, nothing is sent', async () => {
    const { checkout, of } = await shopping({}, confirming({}));
    checkout.selectReward('stars');
    checkout.setOnline(false);
    expect(await checkout.apply()).toMatchObject({ reason: 'OFFLINE' });
    checkout.setOnline(true);
    checkout.setCart({ ...cart, capabilities: { canDiscount: false } });
    checkout.settle();
    expect(await checkout.apply()).toMatchObject({ reason: 'CART_LOCKED' });
    checkout.setCart({ ...cart, lines: [] });
    checkout.settle();
    expect(await checkout.apply()).toMatchObject({ reason: 'CART_EMPTY' });
    expect(of('loyalty-before-apply')).toHaveLength(0);
  });

  it('removing gives back what was spent and says so', async () => {
    const { checkout, of } = await shopping({}, confirming({}));
    checkout.selectReward('stars');
    await checkout.apply();
    await checkout.remove('stars');
    expect(of('loyalty-removed')[0]).toMatchObject({ discountId: 'stars', released: 2480 });
    expect(checkout.name).toBe('member');
    expect(checkout.quote?.total).toBe(9385);
  });
});

describe('with time', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('says after 4 seconds that it still loads, and gives up after 10; what comes later is still taken', async () => {
    const { checkout } = await shopping();
    const other = controller();
    other.checkout.setProgram({ catalog, serverTime: NOW });
    other.checkout.setCart(cart);
    other.checkout.settle();
    expect(other.checkout.name).toBe('loading');
    vi.advanceTimersByTime(4_000);
    expect(other.checkout.state.longWait).toBe(true);
    vi.advanceTimersByTime(6_000);
    expect(other.checkout.name).toBe('unavailable');
    other.checkout.setMember(null);
    await Promise.resolve();
    other.checkout.settle();
    expect(other.checkout.name).toBe('guest');
    expect(checkout.name).toBe('member');
  });

  it('is slow after 4 seconds, and can be taken back', async () => {
    const removed = vi.fn(() => Promise.resolve({ ok: true as const, value: {} }));
    const { checkout } = await shopping();
    let answer: (value: never) => void = () => undefined;
    const ready = import('../../../src/checkout/dealings.js').then(() => Promise.resolve());
    checkout.setClient({ apply: () => new Promise((resolve) => (answer = resolve as never)), remove: removed });
    checkout.settle();
    checkout.selectReward('stars');
    const promise = checkout.apply();
    await ready;
    expect(checkout.name).toBe('applying');
    await Promise.resolve();
    await Promise.resolve();
    vi.advanceTimersByTime(4_000);
    expect(checkout.name).toBe('slow');
    checkout.cancel();
    expect(checkout.name).toBe('previewing');
    answer({ ok: true, value: { discountId: 'late' } } as never);
    expect(await promise).toMatchObject({ ok: false, reason: 'CANCELLED' });
    expect(removed).toHaveBeenCalledWith('late', expect.anything());
    expect(checkout.name).toBe('previewing');
  });

  it('a hold ends by the clock of the store, also after the page slept', async () => {
    const { checkout } = await shopping({}, confirming({ holdExpiresAt: '2025-11-20T11:00:00Z' }));
    checkout.selectReward('stars');
    await checkout.apply();
    expect(checkout.name).toBe('applied');
    vi.setSystemTime(Date.now() + 61 * 60_000);
    checkout.watch();
    expect(checkout.name).toBe('hold-expired');
    expect(checkout.state.notice).toMatchObject({ minutes: 60 });
    expect(checkout.chosen).toHaveLength(1);
  });
});
