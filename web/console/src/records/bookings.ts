import type { Api } from '../api/api.js';
import type { Page } from '../kit/pages.js';

/** What changed the balance, as the member's history has it. */
export interface Transaction {
  readonly id: string;
  readonly createdDate: string;
  readonly transactionType: 'EARN' | 'REDEEM' | 'ADJUST' | 'REFUND' | 'EXPIRE' | 'UNKNOWN';
  /** What the balance moved by, signed. */
  readonly balanceDelta: number;
  readonly balanceAfter: number;
  readonly description?: string;
  readonly orderId?: string;
  readonly earnInfo?: { readonly orderId?: string; readonly activityType?: string };
  readonly redeemInfo?: { readonly rewardType?: string };
  readonly revertedTransactionId?: string;
  readonly shortfall?: number;
}

/** An entry of the books; more exact than a transaction, and some move no balance. */
export interface LedgerEntry {
  readonly id: string;
  readonly at: string;
  readonly sequence: number;
  readonly kind: string;
  readonly amount: number;
  readonly availableAfter: number;
  readonly heldAfter: number;
  readonly debtAfter: number;
  readonly of?: string;
  readonly expiresAt?: string;
  readonly clamped?: boolean;
  readonly shortfall?: number;
}

/** A row of the member's ledger: a transaction with its entry, or an entry that moved no balance. */
export interface Booking {
  readonly id: string;
  readonly at: string;
  readonly type: Transaction['transactionType'] | null;
  readonly title: string;
  readonly note: string;
  /** Signed; null: the balance did not move. */
  readonly change: number | null;
  readonly balance: number;
  readonly orderId: string | null;
  readonly entry: LedgerEntry | null;
}

export interface BookingFilter {
  /** A type of transaction; empty: all. */
  readonly type: string;
  /** Instants; empty: open. */
  readonly from: string;
  readonly until: string;
}

export const TYPES: readonly (readonly [string, string])[] = [
  ['', 'All'],
  ['EARN', 'Earned'],
  ['REDEEM', 'Redeemed'],
  ['ADJUST', 'Adjusted'],
  ['REFUND', 'Returned'],
  ['EXPIRE', 'Expired'],
];

const ENTRY_NAMES: Readonly<Record<string, string>> = {
  EARN: 'Points earned',
  REDEEM: 'Points spent at once',
  HOLD: 'Points held for a checkout',
  EXTEND: 'Hold prolonged',
  CAPTURE: 'Held points spent for good',
  RELEASE: 'Held points given back',
  EXPIRE_HOLD: 'Hold ran out, points given back',
  REFUND: 'Spent points given back',
  REVERSE: 'Earned points taken back',
  ADJUST: 'Balance adjusted by hand',
  EXPIRE_POINTS: 'Points expired',
  MERGE_OUT: 'Carried over to another account',
  MERGE_IN: 'Carried over from another account',
};

const FALLBACKS: Readonly<Record<string, string>> = { EARN: 'Earned', REDEEM: 'Redeemed', ADJUST: 'Adjusted', REFUND: 'Returned', EXPIRE: 'Expired' };

export const entryName = (kind: string): string => ENTRY_NAMES[kind] ?? kind.toLowerCase().replaceAll('_', ' ');

/** The request of `transactions.query` for a page. */
export function transactionsRequest(accountId: string, { type, from, until }: BookingFilter, cursor: string | null, limit: number): Record<string, unknown> {
  const when = { ...(from && { $gte: from }), ...(until && { $lt: until }) };
  return {
    query: {
      filter: { accountId, ...(type && { transactionType: type }), ...(Object.keys(when).length > 0 && { createdDate: when }) },
      sort: [{ fieldName: 'createdDate', order: 'DESC' }],
      cursorPaging: { limit, ...(cursor !== null && { cursor }) },
    },
  };
}

interface Found {
  readonly loyaltyTransactions: readonly Transaction[];
  readonly pagingMetadata: { readonly cursors?: { readonly next?: string }; readonly hasNext?: boolean };
}

export async function getTransactions(api: Api, accountId: string, filter: BookingFilter, cursor: string | null, limit: number, signal?: AbortSignal): Promise<Page<Transaction>> {
  const path = '/loyalty-transactions/v1/loyalty-transactions/query';
  const { loyaltyTransactions, pagingMetadata } = await api.post<Found>(path, transactionsRequest(accountId, filter, cursor, limit), signal ? { signal } : {});
  return { rows: loyaltyTransactions, next: (pagingMetadata.hasNext ? pagingMetadata.cursors?.next : undefined) ?? null };
}

const ENTRIES_AT_ONCE = 1000;

/** All entries of an account, the oldest first. */
export async function getEntries(api: Api, accountId: string, signal?: AbortSignal): Promise<readonly LedgerEntry[]> {
  const all: LedgerEntry[] = [];
  for (;;) {
    const { entries } = await api.get<{ entries: readonly LedgerEntry[] }>(
      '/loyalty-ledger/v1/entries',
      { accountId, after: all.at(-1)?.sequence, limit: ENTRIES_AT_ONCE },
      signal ? { signal } : {},
    );
    all.push(...entries);
    if (entries.length < ENTRIES_AT_ONCE) {
      return all;
    }
  }
}

function ofTransaction(row: Transaction, entry: LedgerEntry | null): Booking {
  return {
    id: row.id,
    at: row.createdDate,
    type: row.transactionType,
    title: row.description || (entry ? entryName(entry.kind) : (FALLBACKS[row.transactionType] ?? 'Booking')),
    note: entry ? entryName(entry.kind) : '',
    change: row.balanceDelta,
    balance: row.balanceAfter,
    orderId: row.earnInfo?.orderId ?? row.orderId ?? null,
    entry,
  };
}

const ofEntry = (entry: LedgerEntry): Booking => ({
  id: entry.id,
  at: entry.at,
  type: null,
  title: entryName(entry.kind),
  note: '',
  change: null,
  balance: entry.availableAfter,
  orderId: null,
  entry,
});

/**
 * Transactions and entries as one list, the newest first. `silent`: with the entries that moved no balance, as far back as
 * the transactions that are there reach (`isWhole`: there are no older ones).
 */
export function bookingsOf(transactions: readonly Transaction[], entries: readonly LedgerEntry[], silent: boolean, isWhole: boolean): readonly Booking[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const rows = transactions.map((row) => ofTransaction(row, byId.get(row.id) ?? null));
  if (!silent) {
    return rows;
  }
  const known = new Set(transactions.map(({ id }) => id));
  const oldest = isWhole ? '' : (transactions.at(-1)?.createdDate ?? '');
  const others = entries.filter((entry) => !known.has(entry.id) && entry.at >= oldest && ['CAPTURE', 'EXTEND'].includes(entry.kind));
  const sequence = (row: Booking) => row.entry?.sequence ?? 0;
  return [...rows, ...others.map(ofEntry)].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : sequence(b) - sequence(a)));
}
