import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type LoyaltyCore, loadCore } from '../../src/core/index.js';
import type { Account, Cart, Catalog, Promotion } from '../../src/documents/index.js';
import type { MemberDocuments, Shop, ShopTexts } from '../../demo/src/programs.js';

const FOLDER = new URL('../../demo/programs/', import.meta.url);
const PROGRAMS = ['coffee', 'fashion', 'restaurant'] as const;
const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
const LANGUAGES = ['en', 'de', 'pl', 'ar', 'ja'] as const;
const SHOPPERS = ['new', 'silver', 'gold'] as const;
const NOW = '2025-11-20T10:00:00Z';

type Program = (typeof PROGRAMS)[number];
type Currency = (typeof CURRENCIES)[number];

const read = <T>(program: Program, name: string): T => JSON.parse(readFileSync(new URL(`${program}/${name}.json`, FOLDER), 'utf8')) as T;
const idsOf = (documents: readonly { readonly id: string }[] | undefined) => (documents ?? []).map(({ id }) => id);

function cartOf(shop: Shop, currency: Currency, quantities: ReadonlyMap<string, number>): Cart {
  const [delivery] = shop.shipping;
  return {
    currency,
    pricesIncludeTax: shop.pricesIncludeTax[currency],
    lines: shop.products
      .filter(({ id }) => quantities.has(id))
      .map((product) => ({
        id: product.id,
        unitPrice: product.prices[currency],
        quantity: quantities.get(product.id)!,
        taxRatePpm: product.taxRatePpm[currency],
        tags: product.tags,
        ...(product.kind && { kind: product.kind }),
        ...(product.listPrices && { listUnitPrice: product.listPrices[currency] }),
      })),
    shipping: delivery ? [{ id: delivery.id, price: delivery.prices[currency], tags: delivery.tags, taxRatePpm: delivery.taxRatePpm[currency] }] : [],
    fees: shop.fees[currency],
  };
}

describe.each(PROGRAMS)('the demonstration program %s', (program) => {
  let core: LoyaltyCore;
  const shop = read<Shop>(program, 'shop');
  const firstCart = new Map(shop.firstCart.split(',').map((part) => [part.split(':')[0]!, Number(part.split(':')[1])]));

  beforeAll(async () => {
    core = await loadCore();
  });

  describe.each(CURRENCIES)('in %s', (currency) => {
    const money = currency.toLowerCase();
    const catalog = read<Catalog>(program, `catalog.${money}`);
    const codes = read<readonly Promotion[]>(program, `codes.${money}`);
    const members = read<Readonly<Record<(typeof SHOPPERS)[number], MemberDocuments>>>(program, `members.${money}`);

    function quoteOf(account: Account | null, cart: Cart, code?: string) {
      const opened = core.open(catalog);
      if (!opened.ok) throw new Error(`${opened.error.path}: ${opened.error.message}`);
      const intent = { chosen: code === undefined ? [] : [{ code: { text: code } }] };
      const prepared = opened.value.prepare({ account, cart, intent, now: NOW, resolved: codes });
      if (!prepared.ok) throw new Error(`${prepared.error.path}: ${prepared.error.message}`);
      const quote = prepared.value.quote({ offers: true });
      opened.value.close();
      return quote;
    }

    it('is a catalog that the core takes, in its own currency', () => {
      expect(catalog.currency).toBe(currency);
      expect(core.open(catalog)).toMatchObject({ ok: true });
    });

    it('keeps its codes out of the public catalog', () => {
      expect(catalog.promotions?.every(({ trigger }) => trigger === 'automatic')).toBe(true);
      expect(codes.flatMap((promotion) => promotion.codes ?? [])).toEqual(['SUMMER', 'HELLO', 'SPRING']);
    });

    it('has members whose documents the core takes, with the first cart and with everything', () => {
      const everything = new Map(shop.products.map(({ id }) => [id, 2]));
      for (const account of [null, ...SHOPPERS.map((shopper) => members[shopper].account)]) {
        for (const quantities of [firstCart, everything]) {
          expect(quoteOf(account, cartOf(shop, currency, quantities)).total).toBeGreaterThan(0);
        }
      }
    });

    it('offers a silver member something to use, something nearly within reach, and something expired', () => {
      const { offers = [] } = quoteOf(members.silver.account, cartOf(shop, currency, firstCart));
      expect(offers.some(({ usable, saves }) => usable && saves > 0)).toBe(true);
      expect(offers.some(({ steps, usable }) => usable && steps !== undefined)).toBe(true);
      expect(offers.map(({ code }) => code)).toContain('MINIMUM_SUBTOTAL_NOT_MET');
      expect(offers.map(({ code }) => code)).toContain('EXPIRED');
    });

    it('refuses the code of a season that is over, and takes SUMMER with enough in the cart', () => {
      const plenty = cartOf(shop, currency, new Map(shop.products.filter(({ kind }) => kind === undefined).map(({ id }) => [id, 3])));
      expect(quoteOf(null, plenty, 'spring').rejected).toContainEqual(expect.objectContaining({ code: 'EXPIRED' }));
      expect(quoteOf(null, plenty, 'SUMMER').discounts).toContainEqual(expect.objectContaining({ id: 'summer', source: 'code' }));
    });

    it('has the same rewards, promotions and coupons as in dollars', () => {
      const dollars = read<Catalog>(program, 'catalog.usd');
      const membersInDollars = read<typeof members>(program, 'members.usd');
      expect(idsOf(catalog.rewards)).toEqual(idsOf(dollars.rewards));
      expect(idsOf(catalog.promotions)).toEqual(idsOf(dollars.promotions));
      for (const shopper of SHOPPERS) expect(idsOf(members[shopper].account.coupons)).toEqual(idsOf(membersInDollars[shopper].account.coupons));
    });

    it('has a price for everything', () => {
      for (const { id, prices, taxRatePpm } of shop.products) {
        expect(prices[currency], id).toBeGreaterThan(0);
        expect(taxRatePpm[currency], id).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it.each(LANGUAGES)('names everything in %s', (language) => {
    const texts = read<ShopTexts>(program, `texts.${language}`);
    const catalog = read<Catalog>(program, 'catalog.usd');
    const codes = read<readonly Promotion[]>(program, 'codes.usd');
    const members = read<Readonly<Record<string, MemberDocuments>>>(program, 'members.usd');
    const coupons = Object.values(members).flatMap(({ account }) => idsOf(account.coupons));
    expect(Object.keys(texts.products)).toEqual(expect.arrayContaining(idsOf(shop.products)));
    expect(Object.keys(texts.notes)).toEqual(expect.arrayContaining(idsOf(shop.products)));
    expect(Object.keys(texts.rewards)).toEqual(idsOf(catalog.rewards));
    expect(Object.keys(texts.promotions)).toEqual(expect.arrayContaining([...idsOf(catalog.promotions), ...idsOf(codes)]));
    expect(Object.keys(texts.coupons)).toEqual(expect.arrayContaining(coupons));
    expect(Object.keys(texts.shipping)).toEqual(idsOf(shop.shipping));
    expect(Object.keys(texts.tiers)).toEqual(idsOf(catalog.tiers));
  });

  it('has a form of its points for every number in every language', () => {
    const { program: { pointName = {} } } = read<Catalog>(program, 'catalog.usd');
    for (const language of LANGUAGES) {
      const forms = pointName[language];
      const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      expect(Object.keys(forms as object), language).toEqual(expect.arrayContaining(needed));
    }
  });

  it('has a picture of everything that it sells or gives away', () => {
    const pictures = new Set(readdirSync(new URL(`../pictures/${program}/`, FOLDER)).map((name) => name.replace('.svg', '')));
    const given = (read<Catalog>(program, 'catalog.usd').rewards ?? [])
      .flatMap(({ configs }) => configs.flatMap(({ effects }) => effects))
      .flatMap((effect) => (effect.kind === 'freeItem' ? [effect.productId] : []));
    for (const id of [...idsOf(shop.products), ...given]) expect(pictures, id).toContain(id);
  });
});
