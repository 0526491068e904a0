import type { Cart, Quote } from '../../../src/documents/index.js';

/** What the shop's server knows of this visit. */
export interface Visit {
  /** Null: a guest. */
  readonly me: { readonly name: string; readonly email: string } | null;
  readonly basket: readonly { readonly id: string; readonly quantity: number }[];
  readonly delivery: string;
  readonly checkoutId: string | null;
}

export interface Config extends Visit {
  /** Where the loyalty server is, and the shop's site on it. */
  readonly endpoint: string;
  readonly site: string;
  /** The merchant's side of it. */
  readonly console: string;
  readonly currency: string;
  /** Whom a visitor can be. */
  readonly shoppers: readonly { readonly name: string; readonly email: string; readonly about: string }[];
}

/** The basket on a checkout, as the loyalty server has it; null: it is empty. */
export interface Standing extends Visit {
  readonly cart: Cart | null;
  readonly quote: Quote | null;
}

export type OrderStatus = 'NOT_PAID' | 'PAID' | 'PARTIALLY_REFUNDED' | 'FULLY_REFUNDED' | 'CANCELED';

/** Money in minor units. */
export interface Order {
  readonly id: string;
  readonly number: string;
  readonly placedAt: string;
  readonly status: OrderStatus;
  readonly lines: readonly { readonly id: string; readonly quantity: number; readonly returned: number; readonly subtotal: number; readonly net: number }[];
  readonly total: number;
  readonly discount: number;
  readonly points: { readonly spent: number; readonly earned: number; readonly pending: number };
  readonly canPay: boolean;
  readonly canCancel: boolean;
  readonly canRefund: boolean;
  readonly quote: Quote;
}

export interface Refunded {
  readonly order: Order;
  readonly refund: { readonly amount: number; readonly pointsBack: number; readonly pointsTaken: number };
}

/** A no of the shop: a sentence for the visitor. `field`: of a form. */
export class ShopError extends Error {
  readonly code: string;
  readonly field: string | null;
  /** The shop has decided; else it is not known whether it was done. */
  readonly isDecided: boolean;

  constructor(code: string, message: string, { field = null, isDecided = true }: { field?: string | null; isDecided?: boolean } = {}) {
    super(message);
    this.name = 'ShopError';
    this.code = code;
    this.field = field;
    this.isDecided = isDecided;
  }
}

/** What somebody means to do once: sent again, it is the same, until the shop has said no. */
export class Intention {
  #key = crypto.randomUUID();

  async carryOut<T>(act: (key: string) => Promise<T>): Promise<T> {
    try {
      return await act(this.#key);
    } catch (error) {
      if (error instanceof ShopError && error.isDecided) this.#key = crypto.randomUUID();
      throw error;
    }
  }
}

async function ask<T>(path: string, body?: object, key?: string): Promise<T> {
  const headers = { ...(body && { 'Content-Type': 'application/json' }), ...(key !== undefined && { 'Idempotency-Key': key }) };
  const response = await fetch(`/shop/${path}`, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  if (response?.ok) return answer as T;
  const { code = 'UNREACHABLE', message = '', field = null } = (answer ?? {}) as { code?: string; message?: string; field?: string };
  throw new ShopError(code, message, { field, isDecided: response !== null && response.status < 500 });
}

export const backend = {
  config: () => ask<Config>('config'),
  token: async () => (await ask<{ token: string | null }>('token')).token,
  signIn: (email: string) => ask<Visit>('sign-in', { email }),
  signUp: (person: { readonly name: string; readonly email: string }) => ask<Visit>('sign-up', person),
  signOut: () => ask<Visit>('sign-out', {}),
  cart: (visit: Pick<Visit, 'basket' | 'delivery'>) => ask<Standing>('cart', { basket: visit.basket, delivery: visit.delivery }),
  order: (order: { readonly checkoutId: string; readonly total: number; readonly payment: 'now' | 'later' }, key: string) => ask<{ order: Order }>('order', order, key),
  orders: async () => (await ask<{ orders: readonly Order[] }>('orders')).orders,
  pay: (id: string, key: string) => ask<{ order: Order }>(`orders/${encodeURIComponent(id)}/pay`, {}, key),
  cancel: (id: string, key: string) => ask<{ order: Order }>(`orders/${encodeURIComponent(id)}/cancel`, {}, key),
  refund: (id: string, lines: readonly { readonly id: string; readonly quantity: number }[], key: string) =>
    ask<Refunded>(`orders/${encodeURIComponent(id)}/refund`, { lines }, key),
};
