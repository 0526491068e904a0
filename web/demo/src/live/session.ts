import type { CheckoutCart } from '../../../src/checkout/index.js';
import { createClient, type MemberSnapshot, type StoreClient } from '../../../src/client/index.js';
import type { Promotion, Quote } from '../../../src/documents/index.js';
import { readView, type View } from '../address.js';
import { loadGoods, type MemberDocuments, type ShopDocuments } from '../programs.js';
import { dress, sayNotLoaded, Session } from '../session.js';
import { loadTexts, type Texts } from '../texts.js';
import { backend, type Config, type Standing } from './backend.js';
import { loadLiveTexts, type LiveTexts } from './texts.js';

export type LivePage = '/' | '/checkout' | '/rewards' | '/orders';

interface Parts {
  readonly view: View;
  readonly documents: ShopDocuments;
  readonly texts: Texts;
}

/** A visit to the shop that has a server: the basket is the server's, and so are the rules and the member. */
export class LiveSession extends Session {
  readonly config: Config;
  readonly client: StoreClient;
  readonly live: LiveTexts;
  /** The checkout as it was told last; null: the basket is empty, or was not told yet. */
  standing: Standing | null = null;
  #member: MemberDocuments | null = null;
  #basket: ReadonlyMap<string, number>;
  #saving: Promise<unknown> = Promise.resolve();
  /** Promotions behind codes, once the server has told them. */
  readonly #codes = new Map<string, Promotion>();

  private constructor({ view, documents, texts }: Parts, config: Config, client: StoreClient, live: LiveTexts) {
    super(view, documents, texts);
    this.config = config;
    this.client = client;
    this.live = live;
    this.#basket = new Map(config.basket.map(({ id, quantity }) => [id, quantity]));
  }

  static override async start(): Promise<LiveSession> {
    const view: View = { ...readView(location.search), program: 'coffee', currency: 'USD' };
    dress(view);
    // Going back to a page is asking anew what is in the cart and who is there.
    addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
    try {
      const [config, goods, texts, live] = await Promise.all([backend.config(), loadGoods(view.program, view.language), loadTexts(view.language), loadLiveTexts(view.language)]);
      const client = createClient({ endpoint: config.endpoint, site: config.site, getToken: backend.token });
      const [{ catalog }, member] = await Promise.all([client.bootstrap(), client.member()]);
      const documents = { id: view.program, ...goods, catalog, codes: [], members: {} };
      const session = new LiveSession({ view: { ...view, delivery: config.delivery }, documents, texts }, config, client, live);
      session.#setMember(member);
      return session;
    } catch (error) {
      sayNotLoaded();
      throw error;
    }
  }

  #setMember(account: MemberSnapshot | null): void {
    this.#member = account && { account, wallets: [] };
  }

  override get member(): MemberDocuments | null {
    return this.#member;
  }

  override get quantities(): ReadonlyMap<string, number> {
    return this.#basket;
  }

  /** Clean addresses: what the server knows stands in none of them. */
  override address(page: LivePage): string {
    const given = new URLSearchParams(location.search);
    const kept = ['lang', 'theme'].flatMap((name) => (given.has(name) ? [`${name}=${encodeURIComponent(given.get(name)!)}`] : []));
    return kept.length === 0 ? page : `${page}?${kept.join('&')}`;
  }

  override change(changes: Partial<View>): void {
    this.view = { ...this.view, ...changes };
    if (changes.cart) this.#basket = changes.cart;
    if (changes.cart || changes.delivery) void this.save().catch((error: unknown) => console.error(error));
  }

  /** Tells the server what is in the basket now; one time after the other. */
  save(): Promise<Standing> {
    const saved = this.#saving.then(async () => {
      const basket = [...this.#basket].map(([id, quantity]) => ({ id, quantity }));
      this.standing = await backend.cart({ basket, delivery: this.delivery.id });
      return this.standing;
    });
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  /** The cart as the server has it on the checkout, else as it would be. */
  override cart(): CheckoutCart {
    const { cart, checkoutId } = this.standing ?? {};
    if (!cart || !checkoutId) return super.cart();
    return { ...cart, id: checkoutId, lines: cart.lines.map((line) => ({ ...line, name: this.productName(line.id) })) };
  }

  /** Learns what codes of a choice are called, which only the server knows. True: there is a new name. */
  async learnCodes(texts: readonly string[]): Promise<boolean> {
    const promotions = await Promise.all(texts.map((text) => this.client.resolveCode(text, { signal: AbortSignal.timeout(5_000) }).catch(() => null)));
    const before = this.#codes.size;
    for (const promotion of promotions) if (promotion) this.#codes.set(promotion.id, promotion);
    return this.#codes.size > before;
  }

  override discountName(discount: Quote['discounts'][number]): string {
    return this.#codes.get(discount.id)?.name ?? super.discountName(discount);
  }

  /** Calls back whenever the member's account has changed, with the session knowing the new one. */
  onMember(changed: () => void): void {
    this.client.subscribe((change) => {
      if (change === 'member') void this.client.member().then((member) => (this.#setMember(member), changed()), () => undefined);
    });
  }
}
