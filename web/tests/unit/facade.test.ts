import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { type Catalog, CoreError, type LoyaltyCore, loadCore, type OpenCatalog, type PreparedCheckout } from '../../src/core/index.js';
import { Engine, EnginePool, type EngineSource, type FlatDoor } from '../../src/core/engine.js';
import { Core } from '../../src/core/facade.js';

const catalog: Catalog = {
  version: 'v7',
  currency: 'USD',
  program: { status: 'ACTIVE' },
  rewards: [
    {
      id: 'stars',
      type: 'DISCOUNT_AMOUNT',
      active: true,
      configs: [{ costInPoints: 100, effects: [{ kind: 'pointsAsMoney', amount: 100, costInPoints: 100, minPoints: 100, stepPoints: 100 }] }],
    },
  ],
  promotions: [
    { id: 'tenth', trigger: 'automatic', effects: [{ kind: 'percent', ratePpm: 100_000 }] },
    { id: 'big', trigger: 'automatic', conditions: { minSubtotal: 1_000_000 }, effects: [{ kind: 'percent', ratePpm: 500_000 }] },
  ],
  earningRules: [
    { id: 'buy', trigger: 'order', status: 'ACTIVE', configs: [{ conversion: { moneyAmount: 1, points: 1 } }] },
  ],
};
const account = { id: 'sam', available: 500 };
const cart = { currency: 'USD', lines: [{ id: 'shoes', unitPrice: 10_000, quantity: 1 }, { id: 'socks', unitPrice: 500, quantity: 2 }] };
const now = '2025-11-01T00:00:00Z';
const input = { account, cart, now };

function opened(core: LoyaltyCore, of: Catalog = catalog): OpenCatalog {
  const answer = core.open(of);
  if (!answer.ok) {
    throw new Error(`${answer.error.path}: ${answer.error.message}`);
  }
  return answer.value;
}

function prepared(from: OpenCatalog, of: Parameters<OpenCatalog['prepare']>[0] = input): PreparedCheckout {
  const answer = from.prepare(of);
  if (!answer.ok) {
    throw new Error(`${answer.error.path}: ${answer.error.message}`);
  }
  return answer.value;
}

describe('a prepared checkout', () => {
  let core: LoyaltyCore;
  beforeAll(async () => {
    core = await loadCore();
  });

  it('knows its catalog', () => {
    const open = opened(core);
    expect(open).toMatchObject({ version: 'v7', currency: 'USD' });
    open.close();
  });

  it('follows a changed quantity, and its text answer does too', async () => {
    const checkout = prepared(opened(core));
    expect(checkout.preview().total).toBe(9_900);
    expect(checkout.setQuantity(1, 4)).toEqual({ ok: true, value: null });
    expect(checkout.preview()).toMatchObject({ subtotal: 12_000, total: 10_800 });
    const whole = prepared(opened(core), {
      ...input,
      cart: { ...cart, lines: [cart.lines[0]!, { ...cart.lines[1]!, quantity: 4 }] },
    });
    expect(await checkout.answerText()).toBe(await whole.answerText());
  });

  it('refuses a bad quantity by name, and changes nothing', () => {
    const checkout = prepared(opened(core));
    for (const bad of [0, -1, 1.5, NaN, Infinity, 1e9, '3' as never, null as never]) {
      expect(checkout.setQuantity(1, bad)).toMatchObject({
        ok: false,
        error: { path: '/cart/lines/1/quantity', code: expect.stringMatching(/OUT_OF_RANGE|NOT_AN_INTEGER/) },
      });
    }
    expect(checkout.setQuantity(2, 1).ok).toBe(false);
    expect(checkout.setQuantity(-1, 1).ok).toBe(false);
    expect(checkout.preview().total).toBe(9_900);
  });

  it('takes points, and as many as pay off where none are named', () => {
    const checkout = prepared(opened(core), { ...input, intent: { chosen: [{ reward: { id: 'stars', points: 100 } }] } });
    expect(checkout.preview()).toMatchObject({ pointsSpent: 100, availableAfter: 400 });
    expect(checkout.setPoints(0, 300).ok).toBe(true);
    expect(checkout.preview().pointsSpent).toBe(300);
    expect(checkout.setPoints(0, null).ok).toBe(true);
    expect(checkout.preview().pointsSpent).toBe(500);
    expect(checkout.setPoints(0, -1).ok).toBe(false);
    expect(checkout.setPoints(0, 0.5).ok).toBe(false);
    expect(checkout.setPoints(1, 100).ok).toBe(false);
    expect(checkout.preview().pointsSpent).toBe(500);
  });

  it('takes another choice, keeping the quantities that were changed', () => {
    const checkout = prepared(opened(core));
    checkout.setQuantity(1, 4);
    expect(checkout.choose({ chosen: [{ reward: { id: 'stars', points: 200 } }] })).toEqual({ ok: true, value: null });
    expect(checkout.preview()).toMatchObject({ subtotal: 12_000, pointsSpent: 200 });
    checkout.setPoints(0, 300);
    expect(checkout.choose({ chosen: [{ reward: { id: 'stars' } }] }).ok).toBe(true);
    expect(checkout.preview().pointsSpent).toBe(500);
  });

  it('keeps the choice where another one is refused', () => {
    const checkout = prepared(opened(core), { ...input, intent: { chosen: [{ reward: { id: 'stars', points: 100 } }] } });
    expect(checkout.choose({ chosen: 'all' } as never)).toMatchObject({ ok: false, error: { code: 'WRONG_TYPE', path: '/intent/chosen' } });
    expect(checkout.preview().pointsSpent).toBe(100);
  });

  it('takes another time, and refuses what is none', () => {
    const soon = { ...catalog, promotions: [{ id: 'soon', trigger: 'automatic', conditions: { startsAt: '2025-12-01T00:00:00Z' }, effects: [{ kind: 'percent', ratePpm: 500_000 }] }] } as Catalog;
    const checkout = prepared(opened(core, soon));
    expect(checkout.preview().itemsDiscount).toBe(0);
    expect(checkout.setNow('yesterday')).toMatchObject({ ok: false, error: { code: 'INVALID_TIME', path: '/now' } });
    expect(checkout.setNow('2025-12-01T00:00:00Z').ok).toBe(true);
    expect(checkout.preview().itemsDiscount).toBe(5_500);
  });

  it('gives one object for the sums, that prints and spreads like a plain one', () => {
    const checkout = prepared(opened(core));
    const totals = checkout.preview();
    expect(Object.keys(totals)).toHaveLength(13);
    expect(JSON.parse(JSON.stringify(totals))).toEqual({ ...totals });
    checkout.setQuantity(0, 2);
    expect(checkout.preview()).toBe(totals);
    expect(totals.subtotal).toBe(21_000);
  });

  it('gives quotes that later calls leave alone', () => {
    const checkout = prepared(opened(core));
    const quote = checkout.quote();
    checkout.setQuantity(0, 2);
    checkout.quote();
    expect(quote.subtotal).toBe(11_000);
    expect(quote.lines[0]!.shares[0]!.amount).toBe(1_000);
  });

  it('leaves offers and near misses out where they are not wanted', () => {
    const checkout = prepared(opened(core));
    expect(checkout.quote()).not.toHaveProperty('offers');
    expect(checkout.quote()).not.toHaveProperty('nearMisses');
    expect(checkout.quote({ offers: true }).offers).toHaveLength(1);
    expect(checkout.offers()).toEqual(checkout.quote({ offers: true }).offers);
  });

  it('shares one engine with the other checkouts of its catalog, and none disturbs another', () => {
    const open = opened(core);
    const one = prepared(open);
    const two = prepared(open, { ...input, cart: { currency: 'USD', lines: [{ id: 'x', unitPrice: 300, quantity: 1 }] } });
    one.setQuantity(0, 3);
    expect(two.preview().total).toBe(270);
    expect(one.preview().subtotal).toBe(31_000);
    expect(two.quote().lines.map(({ id }) => id)).toEqual(['x']);
    expect(one.quote().lines.map(({ id }) => id)).toEqual(['shoes', 'socks']);
  });

  it('reads documents that are objects of a page, with toJSON', async () => {
    class Line {
      constructor(readonly sku: string, readonly price: number) {}
      toJSON() {
        return { id: this.sku, unitPrice: this.price, quantity: 1 };
      }
    }
    const checkout = prepared(opened(core), { ...input, cart: { currency: 'USD', lines: [new Line('a', 100), new Line('b', 200)] as never } });
    expect(checkout.quote().lines.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(checkout.quote().lines).toEqual(JSON.parse(await checkout.answerText()).value.lines);
  });

  it('has its own copy of the documents', () => {
    const mine = structuredClone(cart);
    const checkout = prepared(opened(core), { ...input, cart: mine });
    mine.lines.length = 0;
    expect(checkout.quote().lines.map(({ id }) => id)).toEqual(['shoes', 'socks']);
  });

  it('throws once it is closed, and so does all of a closed catalog', async () => {
    const open = opened(core);
    const [one, two] = [prepared(open), prepared(open)];
    one.close();
    expect(() => one.preview()).toThrow(expect.objectContaining({ name: 'CoreError', code: 'CLOSED' }));
    expect(two.preview().total).toBe(9_900);
    open.close();
    expect(() => two.preview()).toThrow(expect.objectContaining({ code: 'CLOSED' }));
    await expect(two.explain()).rejects.toMatchObject({ code: 'CLOSED' });
    expect(() => open.prepare(input)).toThrow(CoreError);
    open.close();
  });
});

describe('what pages give by mistake', () => {
  let open: OpenCatalog;
  beforeAll(async () => {
    open = opened(await loadCore());
  });
  const cyclic: Record<string, unknown> = { currency: 'USD' };
  cyclic.lines = [cyclic];
  const line = (fields: object) => ({ ...input, cart: { currency: 'USD', lines: [{ id: 'a', unitPrice: 1, quantity: 1, ...fields }] } });

  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'WRONG_TYPE', ''],
    ['a text', 'cart', 'WRONG_TYPE', ''],
    ['a list', [], 'WRONG_TYPE', ''],
    ['no cart', { account: null, now }, 'MISSING_FIELD', '/cart'],
    ['no time', { account: null, cart }, 'MISSING_FIELD', '/now'],
    ['a fraction', line({ unitPrice: 1.5 }), 'NOT_AN_INTEGER', '/cart/lines/0/unitPrice'],
    ['not a number', line({ unitPrice: NaN }), 'NOT_AN_INTEGER', '/cart/lines/0/unitPrice'],
    ['infinity', line({ unitPrice: Infinity }), 'NOT_AN_INTEGER', '/cart/lines/0/unitPrice'],
    ['an exponent', line({ unitPrice: 1e300 }), 'NOT_AN_INTEGER', '/cart/lines/0/unitPrice'],
    ['more than 53 bits', line({ unitPrice: 2 ** 60 }), 'OUT_OF_RANGE', '/cart/lines/0/unitPrice'],
    ['more than 64 bits', line({ unitPrice: 10n ** 30n }), 'OUT_OF_RANGE', '/cart/lines/0/unitPrice'],
    ['a negative price', line({ unitPrice: -1 }), 'OUT_OF_RANGE', '/cart/lines/0/unitPrice'],
    ['a price as text', line({ unitPrice: '1' }), 'WRONG_TYPE', '/cart/lines/0/unitPrice'],
    ['an undefined price', line({ unitPrice: undefined }), 'MISSING_FIELD', '/cart/lines/0/unitPrice'],
    ['a null price', line({ unitPrice: null }), 'WRONG_TYPE', '/cart/lines/0/unitPrice'],
    ['a function', line({ id: () => 'a' }), 'WRONG_TYPE', '/cart/lines/0/id'],
    ['a symbol', line({ id: Symbol('a') }), 'WRONG_TYPE', '/cart/lines/0/id'],
    ['a lone surrogate', line({ id: '\ud800' }), 'INVALID_UTF8', '/cart/lines/0/id'],
    ['a function as account', { ...input, account: () => null }, 'WRONG_TYPE', '/account'],
    ['another currency', { ...input, cart: { ...cart, currency: 'EUR' } }, 'CURRENCY_MISMATCH', '/cart/currency'],
  ])('%s', (_, checkout, code, path) => {
    expect(open.prepare(checkout as never)).toMatchObject({ ok: false, error: { code, path, message: expect.stringMatching(/\.$/) } });
  });

  it('a cycle is too deep', () => {
    expect(open.prepare({ ...input, cart: cyclic as never })).toMatchObject({ ok: false, error: { code: 'TOO_DEEP' } });
  });

  it('a document beyond all measure is too large', () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => ({ id: `line-${i}`, unitPrice: 1, quantity: 1 }));
    expect(open.prepare({ ...input, cart: { currency: 'USD', lines } })).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
    expect(prepared(open).preview().total).toBe(9_900);
  });

  it('a bad catalog, with the place', async () => {
    const core = await loadCore();
    expect(core.open({ ...catalog, currency: 'usd' })).toMatchObject({ ok: false, error: { code: 'CURRENCY_UNKNOWN', path: '/currency' } });
    expect(core.open(null as never)).toMatchObject({ ok: false, error: { code: 'WRONG_TYPE', path: '' } });
    expect(core.open(undefined as never)).toMatchObject({ ok: false, error: { code: 'WRONG_TYPE', path: '' } });
  });
});

/** A core over the real module, whose calls can be made to trap. */
async function breakable(): Promise<{ core: Core; trapNext: (times: number) => void; made: () => number }> {
  const module = await WebAssembly.compile(readFileSync(new URL('../../src/core/build/loyalty-preview.wasm', import.meta.url)));
  let traps = 0;
  let made = 0;
  const source: EngineSource = {
    build: 'wasm',
    isComplete: false,
    create() {
      made++;
      const exports = new WebAssembly.Instance(module).exports as unknown as FlatDoor & { _initialize?(): void };
      exports._initialize?.();
      return new Engine({
        ...exports,
        loyalty_run(want) {
          if (traps > 0) {
            traps--;
            throw new WebAssembly.RuntimeError('unreachable');
          }
          return exports.loyalty_run(want);
        },
      });
    },
  };
  const core = new Core(new EnginePool(source, source.create()), () => Promise.reject(new Error('not here')));
  return { core, trapNext: (times) => void (traps = times), made: () => made };
}

describe('a core that breaks', () => {
  it('is replaced once, with the same documents and what was changed in them', async () => {
    const { core, trapNext, made } = await breakable();
    const heard = vi.fn();
    core.onTrap(heard);
    const checkout = prepared(opened(core), { ...input, intent: { chosen: [{ reward: { id: 'stars', points: 100 } }] } });
    checkout.setQuantity(1, 4);
    checkout.setPoints(0, 300);
    const before = { ...checkout.preview() };
    trapNext(1);
    expect({ ...checkout.preview() }).toEqual(before);
    expect(before).toMatchObject({ subtotal: 12_000, pointsSpent: 300 });
    expect(heard).toHaveBeenCalledOnce();
    expect(heard.mock.calls[0]![0]).toBeInstanceOf(WebAssembly.RuntimeError);
    expect(made()).toBe(2);
    expect(checkout.quote().lines.map(({ id }) => id)).toEqual(['shoes', 'socks']);
  });

  it('that breaks twice over the same question says so, and works again later', async () => {
    const { core, trapNext } = await breakable();
    const checkout = prepared(opened(core));
    trapNext(2);
    expect(() => checkout.preview()).toThrow(expect.objectContaining({ code: 'TRAP', cause: expect.any(WebAssembly.RuntimeError) }));
    expect(checkout.preview().total).toBe(9_900);
  });

  it('is not given to another catalog afterwards', async () => {
    const { core, trapNext, made } = await breakable();
    const open = opened(core);
    trapNext(2);
    expect(() => prepared(open).preview()).toThrow();
    open.close();
    const before = made();
    opened(core);
    expect(made()).toBe(before + 1);
  });
});

describe('many catalogs', () => {
  it('opening and closing for ever makes no new engines', async () => {
    const { core, made } = await breakable();
    for (let i = 0; i < 500; i++) {
      const open = opened(core, { ...catalog, version: `v${i}` });
      expect(prepared(open).quote().catalogVersion).toBe(`v${i}`);
      open.close();
    }
    expect(made()).toBe(1);
  });

  it('a refused catalog gives its engine back', async () => {
    const { core, made } = await breakable();
    for (let i = 0; i < 50; i++) {
      expect(core.open({} as never)).toMatchObject({ ok: false, error: { code: 'MISSING_FIELD' } });
    }
    expect(made()).toBe(1);
  });

  it('twenty at a time do not disturb each other', async () => {
    const { core } = await breakable();
    const checkouts = Array.from({ length: 20 }, (_, i) =>
      prepared(opened(core), { ...input, cart: { currency: 'USD', lines: [{ id: `l${i}`, unitPrice: 100 * (i + 1), quantity: 1 }] } }),
    );
    checkouts.forEach((checkout, i) => expect(checkout.quote()).toMatchObject({ subtotal: 100 * (i + 1), lines: [{ id: `l${i}` }] }));
  });

  it('a catalog that makes the memory grow is read where the memory is then', async () => {
    const { core } = await breakable();
    const small = prepared(opened(core));
    expect(small.preview().total).toBe(9_900);
    const names = Array.from({ length: 3_000 }, (_, i) => `promotion number ${i} with a name that takes some room`);
    const large = opened(core, {
      ...catalog,
      promotions: names.map((name, i) => ({ id: `p${i}`, name, trigger: 'automatic', effects: [{ kind: 'fixedAmount', amount: 1 }] })),
    });
    const checkout = prepared(large);
    expect(checkout.preview().itemsDiscount).toBe(3_000);
    const quote = checkout.quote();
    expect(quote.discounts).toHaveLength(3_000);
    expect(quote.discounts[2_999]!.id).toBe('p2999');
    expect(small.preview().total).toBe(9_900);
  });
});

describe('the steady path', () => {
  it('makes no garbage to speak of', async () => {
    const { core } = await breakable();
    const checkout = prepared(opened(core));
    const { gc } = globalThis as { gc?: () => void };
    for (let i = 0; i < 20_000; i++) {
      checkout.preview();
    }
    gc?.();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 100_000; i++) {
      checkout.preview();
    }
    // Numbers that are no small integers may be boxed by the engine; objects and closures would be ten times this.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4_000_000);
  });
});

describe('the preview build', () => {
  it('becomes the complete one when something asks for it, and open checkouts come along', async () => {
    const preview = await loadCore({ start: 'preview', assets: new URL('../../src/core/build/', import.meta.url) });
    expect(preview.isComplete).toBe(false);
    const checkout = prepared(opened(preview), { ...input, intent: { chosen: [{ reward: { id: 'stars', points: 100 } }] } });
    checkout.setQuantity(1, 4);
    checkout.setPoints(0, 200);
    const before = checkout.quote({ offers: true });
    expect(before.rejected[0]).toMatchObject({ id: 'big', code: 'MINIMUM_SUBTOTAL_NOT_MET' });

    const explained = await checkout.explain();
    expect(preview.isComplete).toBe(true);
    expect(explained.explain!.at(-1)).toBeDefined();
    expect(explained.points.spent).toBe(200);
    const after = checkout.quote({ offers: true });
    expect(after.rejected[0]).toMatchObject({ fix: { kind: 'addAmount', amount: 988_000 } });
    const { rejected: _, ...sums } = after;
    const { rejected: __, ...sumsBefore } = before;
    expect(sums).toEqual(sumsBefore);
    expect(await checkout.nearMisses()).toMatchObject([{ id: 'big' }]);
  });

  it('says what is wrong with a document by its code', async () => {
    const { core } = await breakable();
    expect(core.open({ version: 1 } as never)).toMatchObject({ ok: false, error: { code: 'MISSING_FIELD', path: '' } });
    const checkout = prepared(opened(core));
    expect(checkout.setQuantity(0, 0)).toMatchObject({ ok: false, error: { code: 'OUT_OF_RANGE' } });
  });

  it('stays as it is where the rest cannot be had, and can be asked again', async () => {
    const { core } = await breakable();
    const checkout = prepared(opened(core));
    await expect(checkout.explain()).rejects.toThrow('not here');
    expect(core.isComplete).toBe(false);
    expect(checkout.preview().total).toBe(9_900);
    await expect(core.completed()).rejects.toThrow('not here');
  });
});
