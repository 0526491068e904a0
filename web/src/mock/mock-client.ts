import { type CoreOptions, loadCore } from '../core/index.js';
import type { Account, Catalog, Choice, Coupon, Intent, Promotion, Quote } from '../documents/index.js';
import type {
  Cancelable,
  CheckoutCart,
  Confirmation,
  Keyed,
  LoyaltyClient,
  MemberSnapshot,
  QuoteAnswer,
  QuoteRequest,
  Result,
} from '../client/types.js';

/** What happened to points. The numbers are those of the quotes that caused them. */
export interface LedgerEntry {
  readonly at: string;
  readonly type: 'HOLD' | 'RELEASE' | 'EXPIRE' | 'REDEEM' | 'EARN';
  readonly points: number;
  readonly discountId: string;
}

/** What goes wrong, until it is set back. */
export interface Faults {
  /** How long each answer takes. */
  latencyMs: number;
  /** So many of the next calls fail as if the network had. */
  failures: number;
  /** The code that the next `apply` is refused with. */
  refuseNext: string | null;
}

export interface MockOptions {
  readonly catalog: Catalog;
  /** Promotions of codes, which shoppers do not get to see before they enter one. */
  readonly codes?: readonly Promotion[];
  readonly member?: Account | null;
  readonly latencyMs?: number;
  /** How long points are held. */
  readonly holdMinutes?: number;
  /** The store's clock. */
  readonly now?: () => Date;
  /** Where the core's files are. */
  readonly assets?: CoreOptions['assets'];
}

export interface MockClient extends Required<Pick<LoyaltyClient, 'bootstrap' | 'member' | 'quote' | 'apply' | 'remove' | 'resolveCode' | 'subscribe'>> {
  readonly faults: Faults;
  readonly ledger: readonly LedgerEntry[];
  signIn(member: Account | null): void;
  /** The merchant publishes other rules. Pages that previewed with the old ones are told at their next quote. */
  publish(catalog: Catalog, codes?: readonly Promotion[]): void;
  /** The order of this checkout is placed: what was held is spent. */
  complete(discountId: string): Promise<Result<{ readonly quote: Quote }>>;
}

interface Hold {
  readonly cart: CheckoutCart;
  readonly chosen: readonly Choice[];
  readonly quote: Quote;
  readonly until: Date;
}

const refusal = (reason: string): Result<never> => ({ ok: false, reason, params: { code: reason }, retryable: false });

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

/** The account once an order with this quote is placed. */
function afterOrder(account: Account, quote: Quote): Account {
  const used = new Set(quote.discounts.filter(({ source }) => source === 'coupon').map(({ id }) => id));
  const coupons = account.coupons?.map((one): Coupon => (used.has(one.id) ? { ...one, status: 'ARCHIVED' } : one));
  return { ...account, available: quote.points.availableAfter, ...(coupons && { coupons }) };
}

class MockStore implements MockClient {
  readonly faults: Faults;
  readonly ledger: LedgerEntry[] = [];
  readonly #options: MockOptions;
  readonly #listeners = new Set<(change: 'member' | 'program') => void>();
  readonly #holds = new Map<string, Hold>();
  /** Answers by idempotency key. */
  readonly #answered = new Map<string, Promise<Result<never>>>();
  #catalog: Catalog;
  #codes: readonly Promotion[];
  #member: Account | null;
  #lastId = 0;

  constructor(options: MockOptions) {
    this.#options = options;
    this.#catalog = options.catalog;
    this.#codes = options.codes ?? [];
    this.#member = options.member ?? null;
    this.faults = { latencyMs: options.latencyMs ?? 0, failures: 0, refuseNext: null };
  }

  async bootstrap() {
    await this.#travel();
    return { catalog: this.#catalog, serverTime: this.#now().toISOString() };
  }

  async member(): Promise<MemberSnapshot | null> {
    await this.#travel();
    return this.#member;
  }

  async resolveCode(text: string, { signal }: Cancelable): Promise<Promotion | null> {
    await this.#travel(signal);
    return this.#promotionOf(text) ?? null;
  }

  async quote(request: QuoteRequest, { signal }: Cancelable = {}): Promise<Result<QuoteAnswer>> {
    await this.#travel(signal);
    const answer = await this.#computed(request.cart, request.intent);
    if (!answer.ok) {
      return answer;
    }
    const quote = answer.value;
    const same = quote.digest === request.previewDigest;
    return { ok: true, value: same ? { same } : { same, quote } };
  }

  apply(request: QuoteRequest & { readonly quote: Quote }, { signal, idempotencyKey }: Keyed): Promise<Result<Confirmation>> {
    return this.#once<Confirmation>(idempotencyKey, async () => {
      await this.#travel(signal);
      const refused = this.faults.refuseNext;
      if (refused !== null) {
        this.faults.refuseNext = null;
        return refusal(refused);
      }
      const { cart, intent } = request;
      const answer = await this.#computed(cart, intent);
      if (!answer.ok) {
        return answer;
      }
      const quote = answer.value;
      // One checkout, one hold: the new one takes the place of the old.
      this.#holds.forEach((_, id) => this.#release(id, 'RELEASE'));
      const discountId = `hold-${++this.#lastId}`;
      const until = this.#now();
      until.setMinutes(until.getMinutes() + (this.#options.holdMinutes ?? 30));
      this.#holds.set(discountId, { cart, chosen: intent.chosen ?? [], quote, until });
      this.#enter('HOLD', quote.points.spent, discountId);
      return { ok: true, value: { discountId, holdExpiresAt: until.toISOString(), quote } };
    });
  }

  remove(discountId: string, { signal, idempotencyKey }: Keyed): Promise<Result<{ readonly quote?: Quote }>> {
    return this.#once<{ readonly quote?: Quote }>(idempotencyKey, async () => {
      await this.#travel(signal);
      const hold = this.#holds.get(discountId);
      if (hold === undefined) {
        return { ok: true, value: {} };
      }
      this.#release(discountId, 'RELEASE');
      const answer = await this.#computed(hold.cart, { chosen: [] });
      return answer.ok ? { ok: true, value: { quote: answer.value } } : answer;
    });
  }

  async complete(discountId: string): Promise<Result<{ readonly quote: Quote }>> {
    await this.#travel();
    this.#expire();
    const hold = this.#holds.get(discountId);
    if (hold === undefined || this.#member === null) {
      return refusal('HOLD_EXPIRED');
    }
    this.#holds.delete(discountId);
    this.#enter('REDEEM', hold.quote.points.spent, discountId);
    this.#enter('EARN', hold.quote.points.earned, discountId);
    this.#member = afterOrder(this.#member, hold.quote);
    this.#tell('member');
    return { ok: true, value: { quote: hold.quote } };
  }

  signIn(member: Account | null): void {
    this.#holds.forEach((_, id) => this.#release(id, 'RELEASE'));
    this.#member = member;
    this.#tell('member');
  }

  publish(catalog: Catalog, codes: readonly Promotion[] = this.#codes): void {
    this.#catalog = catalog;
    this.#codes = codes;
  }

  subscribe(listener: (change: 'member' | 'program') => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #now(): Date {
    return new Date(this.#options.now?.() ?? Date.now());
  }

  #tell(change: 'member' | 'program'): void {
    this.#listeners.forEach((listener) => listener(change));
  }

  async #travel(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.faults.latencyMs > 0) {
      await wait(this.faults.latencyMs, signal);
    }
    if (this.faults.failures > 0) {
      this.faults.failures--;
      throw new TypeError('The store could not be reached.');
    }
  }

  /** The same key, the same answer; what failed may be tried again. */
  #once<T>(key: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
    let answer = this.#answered.get(key) as Promise<Result<T>> | undefined;
    if (answer === undefined) {
      answer = work();
      this.#answered.set(key, answer as Promise<Result<never>>);
      answer.catch(() => this.#answered.delete(key));
    }
    return answer;
  }

  #promotionOf(code: string): Promotion | undefined {
    const wanted = code.trim().toUpperCase();
    return this.#codes.find(({ codes }) => codes?.some((one) => one.toUpperCase() === wanted));
  }

  async #computed(cart: CheckoutCart, intent: Intent): Promise<Result<Quote>> {
    const core = await loadCore(this.#options.assets === undefined ? {} : { assets: this.#options.assets });
    const open = core.open(this.#catalog);
    if (!open.ok) {
      return refusal(open.error.code);
    }
    try {
      const resolved = (intent.chosen ?? []).flatMap(({ code }) => (code && this.#promotionOf(code.text)) ?? []);
      const now = this.#now().toISOString();
      const prepared = open.value.prepare({ account: this.#member, cart, intent, now, resolved });
      return prepared.ok
        ? { ok: true, value: JSON.parse(await prepared.value.answerText()).value }
        : refusal(prepared.error.code);
    } finally {
      open.value.close();
    }
  }

  #enter(type: LedgerEntry['type'], points: number, discountId: string): void {
    this.ledger.push({ at: this.#now().toISOString(), type, points, discountId });
  }

  #release(discountId: string, type: 'RELEASE' | 'EXPIRE'): void {
    this.#enter(type, this.#holds.get(discountId)!.quote.points.spent, discountId);
    this.#holds.delete(discountId);
  }

  #expire(): void {
    const now = this.#now();
    this.#holds.forEach(({ until }, id) => {
      if (until <= now) {
        this.#release(id, 'EXPIRE');
      }
    });
  }
}

export function createMockClient(options: MockOptions): MockClient {
  return new MockStore(options);
}
