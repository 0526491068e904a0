import { formatMoney } from '../../../../src/text/format.js';
import type { Api } from '../../api/api.js';
import { bodyOf, newestEvents, type DomainEvent } from '../../api/events.js';
import type { Context } from '../../app/context.js';

/** One line of what has happened lately. */
export interface Happening {
  readonly id: string;
  readonly at: string;
  /** Whom it is about, and where that stands. */
  readonly who?: { readonly name: string; readonly path: string };
  readonly text: string;
}

const SHOWN = 12;
const ACCOUNT = 'wix.loyalty.v1.account';
const ORDER = 'loyalty.v1.order';
const TRANSACTION = 'wix.loyalty.transaction.v1.loyalty_transaction';

/** How changes of the rules are told. */
const RULES: Readonly<Record<string, string>> = {
  'wix.loyalty.v1.reward': 'reward',
  'wix.loyalty.v1.tier': 'tier',
  'wix.loyalty.v1.loyalty_earning_rule': 'way to earn',
  'wix.loyalty.v1.promotion': 'promotion',
};
const DEEDS: Readonly<Record<string, string>> = { created: 'was made', updated: 'was changed', deleted: 'was deleted' };

interface Transaction {
  readonly accountId: string;
  readonly transactionType: string;
  readonly balanceDelta: number;
  readonly description?: string;
}

const DOINGS: Readonly<Record<string, (points: string) => string>> = {
  EARN: (points) => `earned ${points}`,
  REDEEM: (points) => `redeemed ${points}`,
  REFUND: (points) => `got ${points} back`,
  EXPIRE: (points) => `lost ${points} by expiry`,
};

function transactionText({ transactionType, balanceDelta, description }: Transaction, points: Context['points']): string {
  const correction = (amount: string) => `${balanceDelta < 0 ? 'lost' : 'got'} ${amount} by a correction`;
  return `${(DOINGS[transactionType] ?? correction)(points(Math.abs(balanceDelta)))}${description ? ` · ${description}` : ''}`;
}

interface Order {
  readonly id: string;
  /** What people call it; not every order has one. */
  readonly number?: string;
  readonly accountId?: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly totalMinor: number;
  readonly currency: string;
}

/** What a change made of an order; payments are told by what they earn. */
function orderText({ id, number = id, status, paymentStatus }: Order): string | undefined {
  if (status === 'CANCELED') {
    return `Order ${number} was cancelled`;
  }
  return paymentStatus.endsWith('REFUNDED') ? `Order ${number} was refunded${paymentStatus.startsWith('PARTIALLY') ? ' in part' : ''}` : undefined;
}

function orderTold(slug: string, order: Order): Told | null {
  if (slug === 'created') {
    const text = `placed order ${order.number ?? order.id} (${formatMoney(order.totalMinor, order.currency, 'en')})`;
    return order.accountId === undefined ? { text: `Somebody without an account ${text}` } : { accountId: order.accountId, text };
  }
  const text = orderText(order);
  return text === undefined ? null : { text };
}

type Told = { readonly accountId?: string; readonly text: string };

/** What an event tells a merchant; null where another event of the same deed tells more. */
export function told({ entityFqdn, slug, entityId, ...event }: DomainEvent, points: Context['points']): Told | null {
  const body = bodyOf(event);
  if (entityFqdn === TRANSACTION && slug === 'created') {
    const transaction = body as unknown as Transaction;
    return { accountId: transaction.accountId, text: transactionText(transaction, points) };
  }
  if (entityFqdn === ACCOUNT) {
    const texts: Readonly<Record<string, string>> = { created: 'joined the program', tier_changed: 'is in another tier now', points_about_to_expire: 'was reminded of points that expire soon' };
    return texts[slug] ? { accountId: entityId, text: texts[slug] } : null;
  }
  if (entityFqdn === ORDER) {
    return orderTold(slug, body as unknown as Order);
  }
  if (entityFqdn === 'wix.loyalty.v1.program') {
    return { text: 'The program’s settings or status changed' };
  }
  const rule = RULES[entityFqdn];
  const deed = DEEDS[slug];
  if (rule && deed) {
    const name = body['name'] ?? body['title'] ?? (body['tierDefinition'] as { name?: string } | undefined)?.name;
    return { text: typeof name === 'string' ? `The ${rule} “${name}” ${deed}` : `A ${rule} ${deed}` };
  }
  return null;
}

async function namesOf(api: Api, accountIds: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  if (accountIds.length === 0) {
    return new Map();
  }
  const { loyaltyAccounts } = await api.post<{ loyaltyAccounts: readonly { id: string; contact?: { name?: string; email?: string } }[] }>(
    '/loyalty-accounts/v1/accounts/query',
    { query: { filter: { id: { $in: accountIds } } } },
    { signal },
  );
  return new Map(loyaltyAccounts.map(({ id, contact }) => [id, contact?.name || contact?.email || '']));
}

/** The newest deeds on the site, newest first. */
export async function recentActivity(context: Context, signal: AbortSignal): Promise<readonly Happening[]> {
  const { events } = await newestEvents(context.api, { signal, wanted: SHOWN, accepts: (event) => told(event, context.points) !== null });
  const rows = events.map((event) => ({ event, ...(told(event, context.points) as Told) }));
  const names = await namesOf(context.api, [...new Set(rows.flatMap(({ accountId }) => accountId ?? []))], signal);
  return rows.map(({ event, accountId, text }) => ({
    id: event.id,
    at: event.eventTime,
    text,
    ...(accountId !== undefined && { who: { name: names.get(accountId) || 'A member', path: `members/${accountId}` } }),
  }));
}
