import type { ProgramId } from '../../demo/src/address.js';
import { Pricing, startCore } from '../../demo/src/pricing.js';
import { loadShop, type ShopDocuments } from '../../demo/src/programs.js';
import { loadTexts, type Texts } from '../../demo/src/texts.js';
import type { CheckoutCart, CheckoutClient, Confirmation, ProgramSnapshot, Result, Standing } from '../../src/checkout/index.js';
import type { CheckoutChange, QuoteAnswer, QuoteRequest, Want } from '../../src/client/index.js';
import type { Account, Catalog, Choice, Promotion, Quote } from '../../src/documents/index.js';
import type { Settings } from './settings.js';

/** What a state needs to know of a shop: which of its rewards, coupons and codes plays which part. */
interface Cast {
  /** Lines that leave something to add for the codes and rewards with a minimum. */
  readonly cart: readonly (readonly [product: string, quantity: number])[];
  readonly slider: { readonly id: string; readonly points: number; readonly fewer: number };
  readonly fixed: string;
  readonly delivery: string;
  readonly coupon: string;
  readonly expiredCode: string;
}

const CASTS: Readonly<Record<ProgramId, Cast>> = {
  coffee: {
    cart: [['espresso', 1], ['dripper', 1], ['mug', 1]],
    slider: { id: 'pay-with-beans', points: 900, fewer: 450 },
    fixed: 'five-off',
    delivery: 'free-shipping',
    coupon: 'thanks-10',
    expiredCode: 'BDAYSAM25',
  },
  fashion: {
    cart: [['sneaker', 1], ['tee-plain', 2], ['scarf', 1]],
    slider: { id: 'pay-with-stars', points: 1200, fewer: 1000 },
    fixed: 'ten-off',
    delivery: 'free-shipping',
    coupon: 'thank-you',
    expiredCode: 'OKT10MIKA',
  },
  restaurant: {
    cart: [['shoyu', 1], ['miso', 1], ['gyoza', 1], ['pudding', 1]],
    slider: { id: 'pay-with-bowls', points: 120, fewer: 80 },
    fixed: 'free-gyoza',
    delivery: 'free-delivery',
    coupon: 'lunch-10',
    expiredCode: 'AKI300',
  },
};

/** The documents that the states are made of, and a store that says what a script tells it to. */
export class Fixture {
  readonly cast: Cast;
  /** What the store of some states has applied, and how its page is told of a change. */
  stands: Standing | null = null;
  happened: (change: CheckoutChange['change']) => void = () => undefined;
  readonly #settings: Settings;
  readonly #documents: ShopDocuments;
  readonly #texts: Texts;

  private constructor(settings: Settings, documents: ShopDocuments, texts: Texts) {
    this.#settings = settings;
    this.#documents = documents;
    this.#texts = texts;
    this.cast = CASTS[settings.program];
  }

  static async load(settings: Settings): Promise<Fixture> {
    const [documents, texts] = await Promise.all([loadShop(settings.program, settings.currency, settings.locale), loadTexts(settings.locale)]);
    return new Fixture(settings, documents, texts);
  }

  readonly tagName = (tag: string): string | undefined => this.#texts.tags[tag.slice(tag.lastIndexOf(':') + 1)];

  get catalog(): Catalog {
    return this.#documents.catalog;
  }

  /** The published program, on the store's clock; `later`: so many minutes on. */
  program(catalog: Catalog = this.catalog, later = 0): ProgramSnapshot {
    const time = new Date(this.#settings.now);
    time.setMinutes(time.getMinutes() + later);
    return { catalog, serverTime: time.toISOString() };
  }

  withStatus(status: Catalog['program']['status']): Catalog {
    return { ...this.catalog, program: { ...this.catalog.program, status } };
  }

  get member(): Account {
    return this.#documents.members['silver']!.account;
  }

  get newMember(): Account {
    return this.#documents.members['new']!.account;
  }

  get codes(): readonly Promotion[] {
    return this.#documents.codes;
  }

  cart(changes: Partial<CheckoutCart> = {}, quantities = this.cast.cart): CheckoutCart {
    const { currency } = this.#settings;
    const { shop, texts } = this.#documents;
    const [delivery] = shop.shipping;
    return {
      id: `gallery-${this.#settings.program}`,
      currency,
      pricesIncludeTax: shop.pricesIncludeTax[currency],
      lines: quantities.map(([id, quantity]) => {
        const product = shop.products.find((one) => one.id === id)!;
        return {
          id,
          name: texts.products[id] ?? id,
          unitPrice: product.prices[currency],
          quantity,
          taxRatePpm: product.taxRatePpm[currency],
          tags: product.tags,
        };
      }),
      shipping: delivery ? [{ id: delivery.id, price: delivery.prices[currency], taxRatePpm: delivery.taxRatePpm[currency], tags: delivery.tags }] : [],
      fees: shop.fees[currency],
      ...changes,
    };
  }

  /** What the core says of a choice, for stores that answer something else than the page expects. */
  async quote(account: Account, chosen: readonly Choice[], cart = this.cart()): Promise<Quote> {
    const pricing = await Pricing.open(this.catalog, () => this.program().serverTime!);
    return pricing.quote({ account, cart, intent: { chosen }, resolved: this.codes });
  }

  /** What a store has applied: so many points on the slider, or nothing. */
  async standing(points: number | null): Promise<Standing> {
    const chosen: readonly Choice[] = points === null ? [] : [{ reward: { id: this.cast.slider.id, points } }];
    const quote = await this.quote(this.member, chosen);
    return { status: 'OPEN', chosen, confirmation: points === null ? { quote } : { ...this.confirmation(), quote } };
  }

  /** What a store that computes itself answers. */
  async answer({ cart, intent }: QuoteRequest, { want = [] }: { readonly want?: readonly Want[] } = {}): Promise<Result<QuoteAnswer>> {
    const core = await startCore();
    const opened = core.open(this.catalog);
    if (!opened.ok) {
      throw new Error(opened.error.message);
    }
    const prepared = opened.value.prepare({ account: this.member, cart, intent, now: this.program().serverTime!, resolved: this.codes });
    if (!prepared.ok) {
      throw new Error(prepared.error.message);
    }
    const quote = prepared.value.quote({ offers: want.includes('offers'), nearMisses: want.includes('nearMisses') });
    opened.value.close();
    return { ok: true, value: { same: false, quote } };
  }

  /** A store that confirms whatever it is asked, and knows the codes. A script replaces its answers. */
  client(script: Partial<CheckoutClient> = {}): CheckoutClient {
    return {
      resolveCode: (text) => Promise.resolve(this.codes.find((promotion) => promotion.trigger === 'code' && promotion.codes.includes(text.trim().toUpperCase())) ?? null),
      apply: async ({ quote }) => ({ ok: true, value: this.confirmation({ quote }) }),
      remove: async () => ({ ok: true, value: {} }),
      ...script,
    };
  }

  confirmation(changes: Partial<Confirmation> = {}): Confirmation {
    return { discountId: 'hold-1', holdExpiresAt: this.program(this.catalog, 30).serverTime!, ...changes };
  }
}

/** An answer that never comes. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
