import { beforeAll, describe, expect, it } from 'vitest';
import { type LoyaltyCore, loadCore, type OpenCatalog, type PreparedCheckout } from '../../src/core/index.js';
import { answers, native, type Scenario, scenarios } from './support/corpus.js';

const good = scenarios.filter(({ error }) => error === undefined);
/** Cases that only a text, or a request in one piece, can be. */
const notForObjects = [
  'bad-exponent', // a number of this size has no exponent yet where JavaScript prints it
  'bad-first-range-before-unknown-value', // the catalog is opened first, and so is its error
  'bad-unknown-want',
];
const bad = scenarios.filter(({ name, error }) => error !== undefined && !notForObjects.includes(name));
const requests = good.map(({ catalog, checkout }) => ({ catalog, ...checkout }));

function opened(core: LoyaltyCore, { catalog }: Scenario): OpenCatalog {
  const open = core.open(catalog);
  if (!open.ok) {
    throw new Error(open.error.message);
  }
  return open.value;
}

function prepared(catalog: OpenCatalog, { checkout }: Scenario): PreparedCheckout {
  const prepare = catalog.prepare(checkout);
  if (!prepare.ok) {
    throw new Error(`${prepare.error.path}: ${prepare.error.message}`);
  }
  return prepare.value;
}

describe.skipIf(native === undefined).each(['wasm', 'js'] as const)('the corpus in the %s build', (build) => {
  let core: LoyaltyCore;
  beforeAll(async () => {
    core = await loadCore({ build });
  });

  async function each(work: (checkout: PreparedCheckout, index: number) => Promise<void>): Promise<void> {
    for (const [index, scenario] of good.entries()) {
      const catalog = opened(core, scenario);
      await work(prepared(catalog, scenario), index);
      catalog.close();
    }
  }

  it('has cases enough to say something', () => expect(good.length).toBeGreaterThan(400));

  it('gives the bytes that the command line prints, digest included', async () => {
    const expected = answers(requests, 'quote');
    await each(async (checkout, i) => expect(await checkout.answerText(), good[i]!.name).toBe(expected[i]));
  });

  it('builds quotes that equal the answers', async () => {
    const expected = answers(requests, 'quote', '--want', 'offers,nearMisses', '--no-digest');
    await each(async (checkout, i) => {
      const { value } = JSON.parse(expected[i]!);
      expect(checkout.quote({ offers: true, nearMisses: true }), good[i]!.name).toStrictEqual(value);
      expect(checkout.offers()).toStrictEqual(value.offers);
      expect(await checkout.nearMisses()).toStrictEqual(value.nearMisses);
      const { offers: _, nearMisses: __, ...plain } = value;
      expect(checkout.quote()).toStrictEqual(plain);
    });
  });

  it('gives the sums of the quote beforehand', async () => {
    await each(async (checkout, i) => {
      const totals = { ...checkout.preview() };
      const { points, ...quote } = checkout.quote();
      expect(totals, good[i]!.name).toStrictEqual({
        subtotal: quote.subtotal,
        itemsDiscount: quote.itemsDiscount,
        itemsNet: quote.itemsNet,
        shipping: quote.shipping,
        shippingDiscount: quote.shippingDiscount,
        tax: quote.tax,
        fees: quote.fees,
        total: quote.total,
        walletPaid: quote.walletPaid,
        payable: quote.payable,
        pointsSpent: points.spent,
        pointsEarned: points.earned,
        availableAfter: points.availableAfter,
      });
    });
  });

  it('builds the quotes of changed quantities, choices and times as the answers have them', async () => {
    const same = async (checkout: PreparedCheckout, name: string) => {
      const { digest: _, ...value } = JSON.parse(await checkout.answerText()).value;
      expect(checkout.quote(), name).toStrictEqual(value);
    };
    await each(async (checkout, i) => {
      const { name, checkout: input } = good[i]!;
      for (const quantity of [3, 1, 7]) {
        // Some carts are at a limit, and stay as they are.
        input.cart.lines.forEach((_, line) => checkout.setQuantity(line, quantity));
        await same(checkout, name);
      }
      expect(checkout.choose({ chosen: [] }).ok).toBe(true);
      await same(checkout, name);
      expect(checkout.setNow('2031-05-06T07:08:09.123Z').ok).toBe(true);
      await same(checkout, name);
    });
  });

  it('explains', async () => {
    const expected = answers(requests, 'quote', '--want', 'explain', '--no-digest');
    await each(async (checkout, i) =>
      expect(await checkout.explain(), good[i]!.name).toStrictEqual(JSON.parse(expected[i]!).value),
    );
  });

  it('finds the best combination', async () => {
    const expected = answers(requests, 'optimize', '--no-digest');
    await each(async (checkout, i) =>
      expect(await checkout.optimize(), good[i]!.name).toStrictEqual(JSON.parse(expected[i]!).value),
    );
  });
});

describe('bad documents of the corpus', () => {
  it.each(bad)('$name', async ({ catalog, checkout, error }) => {
    const core = await loadCore();
    const open = core.open(catalog);
    const { code, path } = error!;
    if (!open.ok) {
      expect(open.error).toMatchObject({ code, path: path.replace(/^\/catalog/, '') });
      return;
    }
    const answer = open.value.prepare(checkout);
    expect(answer).toMatchObject({ ok: false, error: { code, path } });
    open.value.close();
  });
});

describe('the preview build over the corpus', () => {
  it('has the same numbers, lines, discounts and offers, and of rejections the codes', async () => {
    const [complete, preview] = [await loadCore(), await loadCore({ start: 'preview' })];
    expect(preview.isComplete).toBe(false);
    for (const scenario of good) {
      const whole = opened(complete, scenario);
      const part = opened(preview, scenario);
      const { rejected, ...expected } = prepared(whole, scenario).quote({ offers: true });
      const { rejected: codes, ...quote } = prepared(part, scenario).quote({ offers: true, nearMisses: true });
      expect(quote, scenario.name).toStrictEqual(expected);
      expect(codes.map(({ id, source, code }) => ({ id, source, code })), scenario.name).toStrictEqual(
        rejected.map(({ id, source, code }) => ({ id, source, code })),
      );
      codes.forEach((row, i) => expect(rejected[i], scenario.name).toMatchObject(row));
      whole.close();
      part.close();
    }
  });
});
