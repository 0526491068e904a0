import type { Account, Cart, Intent, Promotion, Quote } from '../../../src/documents/index.js';
import type { Api } from '../api/api.js';
import type { Page } from '../kit/pages.js';
import type { PillKind } from '../kit/pills.js';
import type { LedgerEntry } from './bookings.js';

/** An order in a list. Amounts in minor units of `currency`. */
export interface OrderRow {
  readonly id: string;
  readonly number?: string;
  readonly contactId?: string;
  readonly memberName?: string;
  readonly placedAt: string;
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly currency: string;
  readonly totalMinor: number;
  readonly discountMinor: number;
  readonly pointsSpent: number;
  readonly pointsEarned: number;
  readonly pointsPending: number;
}

export type OrderStatus = 'APPROVED' | 'CANCELED';
export type PaymentStatus = 'NOT_PAID' | 'PAID' | 'PARTIALLY_REFUNDED' | 'FULLY_REFUNDED' | 'CANCELED';

/** An order with everything about it. */
export interface Order {
  readonly id: string;
  readonly revision: string;
  readonly createdDate: string;
  readonly paidDate?: string;
  readonly contactId?: string;
  readonly accountId?: string;
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly status: OrderStatus;
  readonly paymentStatus: PaymentStatus;
  readonly lines: readonly OrderLine[];
  readonly discounts: readonly { readonly id: string; readonly source: Quote['discounts'][number]['source']; readonly amount: number; readonly points?: number; readonly refundedPoints?: number }[];
  readonly amounts: Pick<Quote, 'subtotal' | 'itemsDiscount' | 'itemsNet' | 'shipping' | 'shippingDiscount' | 'tax' | 'fees' | 'total' | 'walletPaid' | 'payable'>;
  readonly points: { readonly spent: number; readonly earned: number; readonly refunded: number; readonly reversed: number };
}

export interface OrderLine {
  readonly id: string;
  readonly name?: string;
  readonly unitPrice?: number;
  readonly quantity: number;
  /** Units that were taken back. */
  readonly returned: number;
  readonly subtotal: number;
  readonly discount: number;
  readonly net: number;
  readonly tax: number;
}

/** What came back at a refund. */
export interface Refund {
  readonly amount: number;
  readonly discount: number;
  readonly net: number;
  readonly subtotal: number;
  readonly tax: number;
  /** Spent points that the member has again. */
  readonly refundedPoints: number;
  /** Earned points that were taken back. */
  readonly reversedPoints: number;
}

export interface Earning {
  readonly ruleId: string;
  readonly ruleName: string;
  readonly outcome: 'EARNED' | 'PENDING' | 'NOT_EARNED';
  readonly points?: number;
  readonly reason?: string;
  readonly text: string;
}

/** What an order was priced with: the same question can be asked of the core again. */
export interface PricingRequest {
  readonly account: Account | null;
  readonly cart: Cart;
  readonly intent?: Intent;
  readonly now: string;
  readonly resolved?: readonly Promotion[];
}

export interface OrderExplanation {
  readonly order: OrderRow;
  readonly request: PricingRequest;
  readonly catalogVersion: string;
  readonly quote: Quote;
  readonly entries: readonly LedgerEntry[];
  readonly earning: readonly Earning[];
}

export interface OrderFilter {
  readonly search: string;
  /** A payment status, or CANCELED; empty: all. */
  readonly status: string;
  /** Days of the program's calendar, both included; empty: open. */
  readonly from: string;
  readonly to: string;
  readonly contactId: string;
}

export const PAYMENTS: Readonly<Record<PaymentStatus, readonly [PillKind, string]>> = {
  NOT_PAID: ['wait', 'Not paid'],
  PAID: ['good', 'Paid'],
  PARTIALLY_REFUNDED: ['note', 'Partly refunded'],
  FULLY_REFUNDED: ['off', 'Refunded'],
  CANCELED: ['bad', 'Canceled'],
};

/** What the address asks for. */
export const filterOf = (query: URLSearchParams): OrderFilter => ({
  search: query.get('search') ?? '',
  status: query.get('status') ?? '',
  from: query.get('from') ?? '',
  to: query.get('to') ?? '',
  contactId: query.get('contactId') ?? '',
});

export function addressOf(filter: OrderFilter): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== '')).toString();
  return query === '' ? 'orders' : `orders?${query}`;
}

interface Found {
  readonly orders: readonly OrderRow[];
  readonly next?: string;
  readonly total?: number;
}

export async function listOrders(api: Api, filter: Partial<OrderFilter>, cursor: string | null, limit: number, signal?: AbortSignal): Promise<Page<OrderRow>> {
  const { orders, next, total } = await api.get<Found>('/orders/v1/orders', { ...filter, limit, cursor: cursor ?? undefined }, signal ? { signal } : {});
  return { rows: orders, next: next ?? null, total };
}

const placeOf = (id: string): string => `/orders/v1/orders/${encodeURIComponent(id)}`;

export const explainOrder = (api: Api, id: string, signal?: AbortSignal): Promise<OrderExplanation> => api.get(`${placeOf(id)}/explain`, {}, signal ? { signal } : {});

export const getOrder = async (api: Api, id: string, signal?: AbortSignal): Promise<Order> =>
  (await api.get<{ order: Order }>(placeOf(id), {}, signal ? { signal } : {})).order;

export const changeOrder = (api: Api, id: string, how: 'paid' | 'cancel', idempotencyKey: string): Promise<{ readonly order: Order }> =>
  api.post(`${placeOf(id)}/${how}`, {}, { idempotencyKey });

export const refundOrder = (api: Api, id: string, lines: readonly { readonly id: string; readonly quantity: number }[], idempotencyKey: string): Promise<{ readonly order: Order; readonly refund: Refund }> =>
  api.post(`${placeOf(id)}/refund`, { lines }, { idempotencyKey });
