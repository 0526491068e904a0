import type { CheckoutCart } from '../../src/checkout/index.js';
import type { Promotion, Quote } from '../../src/documents/index.js';
import { formatMoney } from '../../src/text/format.js';
import { createWords, type Words } from '../../src/text/words.js';
import { addressOf, readView, type View } from './address.js';
import { byId, fillWith, h } from './dom.js';
import { type Delivery, loadShop, type MemberDocuments, type Product, type ShopDocuments } from './programs.js';
import { loadTexts, type Texts } from './texts.js';

/** The page in the language and the look of a view. */
export function dress({ language, theme, program }: View): void {
  const { documentElement: page } = document;
  page.lang = language;
  page.dir = language === 'ar' ? 'rtl' : 'ltr';
  page.dataset['theme'] = theme;
  page.dataset['program'] = program;
}

/** In English: the texts may be what is missing. */
export function sayNotLoaded(): void {
  fillWith(byId('app'), h('p', { class: 'problem page', role: 'alert' }, 'This page could not be loaded. Please load it again.'));
}

/** One visit: the view that the address asks for, and the documents and texts behind it. */
export class Session {
  view: View;
  readonly documents: ShopDocuments;
  readonly texts: Texts;
  readonly words: Words;

  protected constructor(view: View, documents: ShopDocuments, texts: Texts) {
    this.view = view;
    this.documents = documents;
    this.texts = texts;
    this.words = createWords({
      locale: view.language,
      currency: view.currency,
      timeZone: documents.catalog.timeZone ?? 'UTC',
      ...(documents.catalog.program.pointName && { pointName: documents.catalog.program.pointName }),
      formatters: { tag: this.tagName },
    });
  }

  static async start(): Promise<Session> {
    const view = readView(location.search);
    dress(view);
    // Going back to an earlier view is asking for it anew.
    addEventListener('popstate', () => location.reload());
    try {
      const [documents, texts] = await Promise.all([loadShop(view.program, view.currency, view.language), loadTexts(view.language)]);
      return new Session(view, documents, texts);
    } catch (error) {
      sayNotLoaded();
      throw error;
    }
  }

  /** "shoes" for `stores/collection:shoes`, in the visitor's language. */
  readonly tagName = (tag: string): string | undefined => this.texts.tags[tag.slice(tag.lastIndexOf(':') + 1)];

  /** The present: the address's, where it names one. */
  readonly now = (): Date => (this.view.now === null ? new Date() : new Date(this.view.now));

  get member(): MemberDocuments | null {
    return this.documents.members[this.view.shopper] ?? null;
  }

  /** Quantities by product. */
  get quantities(): ReadonlyMap<string, number> {
    const known = new Set(this.documents.shop.products.map(({ id }) => id));
    const cart = this.view.cart ?? new Map(this.documents.shop.firstCart.split(',').map((part) => [part.split(':')[0]!, Number(part.split(':')[1])] as const));
    return new Map([...cart].filter(([id]) => known.has(id)));
  }

  get delivery(): Delivery {
    const { shipping } = this.documents.shop;
    return shipping.find(({ id }) => id === this.view.delivery) ?? shipping[0]!;
  }

  product(id: string): Product {
    return this.documents.shop.products.find((one) => one.id === id)!;
  }

  productName(id: string): string {
    return this.documents.texts.products[id] ?? id;
  }

  money(minor: number): string {
    return formatMoney(minor, this.view.currency, this.view.language);
  }

  /** The cart as the core takes it, with names for whoever shows it. */
  cart(): CheckoutCart {
    const { currency } = this.view;
    const { fees, pricesIncludeTax } = this.documents.shop;
    const delivery = this.delivery;
    return {
      id: `cart-${this.documents.id}`,
      currency,
      pricesIncludeTax: pricesIncludeTax[currency],
      lines: [...this.quantities].map(([id, quantity]) => {
        const product = this.product(id);
        return {
          id,
          name: this.productName(id),
          unitPrice: product.prices[currency],
          quantity,
          taxRatePpm: product.taxRatePpm[currency],
          tags: product.tags,
          ...(product.listPrices && { listUnitPrice: product.listPrices[currency] }),
          ...(product.kind && { kind: product.kind }),
        };
      }),
      shipping: [{ id: delivery.id, price: delivery.prices[currency], taxRatePpm: delivery.taxRatePpm[currency], tags: delivery.tags }],
      fees: fees[currency],
      wallets: this.member?.wallets ?? [],
    };
  }

  /** The promotions behind the codes that are chosen already, as the store resolves them. */
  get resolved(): readonly Promotion[] {
    const entered = new Set(this.view.chosen.flatMap(({ code }) => (code ? [code.text.trim().toUpperCase()] : [])));
    return this.documents.codes.filter((promotion) => promotion.trigger === 'code' && promotion.codes.some((code) => entered.has(code.toUpperCase())));
  }

  /** What a row of a quote's discounts is called. */
  discountName({ id, source }: Quote['discounts'][number]): string {
    const { catalog, codes } = this.documents;
    const lists: readonly (readonly { readonly id: string; readonly name?: string }[] | undefined)[] =
      source === 'reward' ? [catalog.rewards] : source === 'coupon' ? [this.member?.account.coupons] : [catalog.promotions, codes];
    return lists.flatMap((list) => list ?? []).find((one) => one.id === id)?.name ?? id;
  }

  /** The address of a page with this view, and what is changed of it. */
  address(page: '/' | '/checkout', changes: Partial<View> = {}): string {
    return addressOf(page, { ...this.view, ...changes });
  }

  /** Another view at the same address: nothing is loaded. */
  change(changes: Partial<View>, history_: 'push' | 'replace' = 'replace'): void {
    this.view = { ...this.view, ...changes };
    const address = this.address(location.pathname.startsWith('/checkout') ? '/checkout' : '/');
    if (history_ === 'push') history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  }

  /** Another view with documents of its own: the page is loaded anew. */
  go(changes: Partial<View>, page: '/' | '/checkout' = location.pathname.startsWith('/checkout') ? '/checkout' : '/'): void {
    location.assign(this.address(page, changes));
  }
}
