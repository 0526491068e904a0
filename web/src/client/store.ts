import type { Account, Choice, Promotion, Quote, Source } from '../documents/index.js';
import { resultOf, valueOf } from './answers.js';
import { Live } from './live.js';
import { exportTransactions, overview, redeem, transactions } from './member-pages.js';
import { MemberToken } from './token.js';
import { Transport, troubleOf } from './transport.js';
import type { Ask } from './transport.js';
import type { CheckoutCart, Confirmation, ProgramSnapshot, QuoteAnswer, QuoteRequest, Result, Standing, StoreClient, StoreOptions } from './types.js';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A discount as the store tells it. */
interface ShopDiscount {
  readonly discountId: string;
  readonly points: number;
  readonly rewardId?: string;
  readonly loyaltyCouponId?: string;
  readonly referralRewardId?: string;
  readonly holdExpiresAt?: string;
}

interface Applied {
  readonly discounts: readonly ShopDiscount[];
  readonly quote: Quote;
}

interface Me {
  readonly account: Account;
  readonly serverTime: string;
  readonly checkout?: Applied & { readonly status: Standing['status']; readonly intent: { readonly chosen: readonly Choice[] } };
}

interface Published {
  readonly catalog: ProgramSnapshot['catalog'];
  readonly coreVersion: string;
  readonly serverTime: string;
}

const checkoutPath = (id: string) => `/storefront/v1/checkouts/${encodeURIComponent(id)}`;

function heldOf({ discountId, points, rewardId, loyaltyCouponId, referralRewardId, holdExpiresAt }: ShopDiscount) {
  const [source, id]: [Source, string] = rewardId ? ['reward', rewardId] : loyaltyCouponId ? ['coupon', loyaltyCouponId] : ['referral', referralRewardId ?? ''];
  return { discountId, id, source, points, ...(holdExpiresAt !== undefined && { holdExpiresAt }) };
}

/** Held until the first of the holds ends. */
function confirmationOf({ discounts, quote }: Applied): Confirmation & { readonly quote: Quote } {
  const held = discounts.map(heldOf);
  const [until] = held.flatMap(({ holdExpiresAt }) => holdExpiresAt ?? []).sort();
  return {
    discounts: held,
    quote,
    ...(held[0] && { discountId: held[0].discountId }),
    ...(until !== undefined && { holdExpiresAt: until }),
  };
}

const requestOf = ({ cart, intent, previewDigest, now, expectedTotal }: QuoteRequest) => ({
  cart,
  intent,
  ...(previewDigest !== undefined && { previewDigest }),
  ...(now !== undefined && { now }),
  ...(expectedTotal !== undefined && { expectedTotal }),
});

const checkoutIdOf = ({ id }: CheckoutCart) => (id !== undefined && GUID.test(id) ? id : undefined);

class Store {
  readonly #transport: Transport;
  readonly #path: string;
  readonly #live: Live;
  /** Questions under way, which others may join. */
  readonly #asked = new Map<string, Promise<Response>>();
  #published: { readonly etag: string; readonly answer: Published } | null = null;
  #offset = 0;
  #isSynchronized = false;
  /** Whose answers count: another number after another member. */
  #person = 0;

  constructor({ endpoint, site, getToken, fetch: own = globalThis.fetch }: StoreOptions) {
    this.#path = `/storefront/v1/${encodeURIComponent(site)}/bootstrap`;
    this.#transport = new Transport({
      endpoint: endpoint.replace(/\/+$/, ''),
      site,
      token: new MemberToken(getToken),
      // `fetch` is the page's: it may replace it later, and it is a method of nothing.
      fetch: (input, init) => own(input, init),
    });
    this.#live = new Live(this.#transport, { at: (time) => this.#synchronize(time), stale: () => this.#asked.clear() });
  }

  client(): StoreClient {
    const transport = this.#transport;
    return {
      bootstrap: () => this.#bootstrap(),
      member: async ({ checkoutId, signal } = {}) => (await this.#me(checkoutId, signal))?.account ?? null,
      standing: (checkoutId, { signal } = {}) => this.#standing(checkoutId, signal),
      quote: (request, { signal, want } = {}) => this.#quote(request, want, signal),
      apply: (request, options) => this.#apply(request, options),
      remove: (discountId, options) => this.#remove(discountId, options),
      resolveCode: (code, { signal }) => this.#resolve(code, signal),
      overview: ({ signal } = {}) => overview(transport, signal),
      transactions: (query, { signal } = {}) => transactions(transport, query, signal),
      exportTransactions: (request, { signal } = {}) => exportTransactions(transport, request, signal),
      redeem: (reward, options) => redeem(transport, reward, options),
      subscribe: (listener) => this.#live.add(listener),
      now: () => Date.now() + this.#offset,
      setMember: (token) => {
        this.#person++;
        this.#asked.clear();
        transport.token.set(token);
        this.#live.reset();
      },
    };
  }

  /** The answer to a question that is under way already is the answer to the same question. */
  async #joined(ask: Ask): Promise<Response> {
    let asked = this.#asked.get(ask.path);
    if (!asked) {
      const fresh = this.#transport.send(ask);
      const over = () => {
        if (this.#asked.get(ask.path) === fresh) {
          this.#asked.delete(ask.path);
        }
      };
      fresh.then(over, over);
      this.#asked.set(ask.path, (asked = fresh));
    }
    return (await asked).clone();
  }

  #synchronize(serverTime: string): void {
    const at = Date.parse(serverTime);
    if (!Number.isNaN(at)) {
      this.#offset = at - Date.now();
      this.#isSynchronized = true;
    }
  }

  async #bootstrap(): Promise<ProgramSnapshot> {
    const etag = this.#published?.etag;
    const response = await this.#joined({ path: this.#path, isPublic: true, ...(etag !== undefined && { headers: { 'If-None-Match': etag } }) });
    if (response.status !== 304 || !this.#published) {
      const answer = await valueOf<Published>(response);
      this.#published = { etag: response.headers.get('ETag') ?? '', answer };
      // It may come out of a cache and be a minute old: only where nothing better is known.
      if (!this.#isSynchronized) {
        this.#synchronize(answer.serverTime);
        this.#isSynchronized = false;
      }
    }
    const { catalog, coreVersion } = this.#published.answer;
    return { catalog, coreVersion };
  }

  async #me(checkoutId: string | undefined, signal: AbortSignal | undefined): Promise<Me | null> {
    const person = this.#person;
    if ((await this.#transport.token.get()) === null) {
      return null;
    }
    const id = checkoutId !== undefined && GUID.test(checkoutId) ? checkoutId : undefined;
    const response = await this.#joined({ path: `/storefront/v1/me${id === undefined ? '' : `?checkoutId=${id}`}` });
    signal?.throwIfAborted();
    if (person !== this.#person) {
      return this.#me(checkoutId, signal); // Somebody else by now.
    }
    if (response.status === 404 && id !== undefined) {
      return this.#me(undefined, signal); // The checkout is nobody's, or somebody else's.
    }
    if (response.status === 401 || response.status === 403) {
      return null;
    }
    const me = await valueOf<Me>(response);
    this.#synchronize(me.serverTime);
    return me;
  }

  async #standing(checkoutId: string, signal: AbortSignal | undefined): Promise<Standing | null> {
    const checkout = (await this.#me(checkoutId, signal))?.checkout;
    return checkout
      ? { status: checkout.status, chosen: checkout.intent.chosen, confirmation: confirmationOf(checkout) }
      : null;
  }

  /** On the store's own cart where it has one; else on this one. */
  async #quote(request: QuoteRequest, want: readonly string[] | undefined, signal: AbortSignal | undefined): Promise<Result<QuoteAnswer>> {
    const id = checkoutIdOf(request.cart);
    const wanted = want && want.length > 0 ? { want } : {};
    if (id === undefined) {
      const { cart, intent } = request;
      const ask = { path: '/storefront/v1/quote', method: 'POST', body: { cart, intent, ...wanted }, signal } as const;
      const answer = await resultOf<{ readonly value: Quote }>(await this.#transport.send(ask));
      return answer.ok ? { ok: true, value: { same: false, quote: answer.value.value } } : answer;
    }
    const { expectedTotal: _, ...body } = requestOf(request);
    return resultOf<QuoteAnswer>(await this.#transport.send({ path: `${checkoutPath(id)}/quote`, method: 'POST', body: { ...body, ...wanted }, signal }));
  }

  async #apply(request: QuoteRequest, { idempotencyKey: key, signal }: Parameters<StoreClient['apply']>[1]): Promise<Result<Confirmation>> {
    const id = checkoutIdOf(request.cart);
    if (id === undefined) {
      return { ok: false, reason: 'NO_CONFIRMER', params: { code: 'NO_CONFIRMER' }, retryable: false };
    }
    const ask = { path: `${checkoutPath(id)}/apply`, method: 'POST', body: requestOf(request), key, signal } as const;
    const answer = await resultOf<Applied>(await this.#transport.send(ask));
    this.#asked.clear();
    return answer.ok ? { ok: true, value: confirmationOf(answer.value) } : answer;
  }

  async #remove(discountId: string, { idempotencyKey: key, checkoutId = '', signal }: Parameters<StoreClient['remove']>[1]): ReturnType<StoreClient['remove']> {
    const path = `${checkoutPath(checkoutId)}/discounts/${encodeURIComponent(discountId)}`;
    const answer = await resultOf<{ readonly releasedPoints: number; readonly quote: Quote }>(await this.#transport.send({ path, method: 'DELETE', key, signal }));
    this.#asked.clear();
    return answer;
  }

  async #resolve(code: string, signal: AbortSignal | undefined): Promise<Promotion | null> {
    const response = await this.#transport.send({ path: '/storefront/v1/codes', method: 'POST', body: { code }, signal });
    if (response.status === 429) {
      throw troubleOf(response);
    }
    const answer = await resultOf<{ readonly promotion?: Promotion | null }>(response);
    return answer.ok ? (answer.value.promotion ?? null) : null;
  }
}

/** A client of one site of a server. */
export function openStore(options: StoreOptions): StoreClient {
  return new Store(options).client();
}
