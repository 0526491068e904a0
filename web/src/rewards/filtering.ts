import type { MemberTransaction, TransactionFilter, TransactionPage, TransactionQuery } from '../client/member.js';

/** Where movements come from, page by page. */
export type TransactionSource = (query: TransactionQuery, options: { readonly signal: AbortSignal }) => Promise<TransactionPage>;

/** The day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, instant: number | string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));
}

function has(text: string, { title, description, orderId, rewardName }: MemberTransaction): boolean {
  return [title, description, orderId, rewardName].some((part) => part?.toLowerCase().includes(text));
}

/** The movements that a filter lets through; both days count. */
export function filtered(all: readonly MemberTransaction[], filter: TransactionFilter, timeZone: string): readonly MemberTransaction[] {
  const { types = [], from, to } = filter;
  const text = filter.search?.trim().toLowerCase() ?? '';
  return all.filter((one) => {
    const day = dayIn(timeZone, one.at);
    return (
      (types.length === 0 || types.includes(one.type)) &&
      (from === undefined || day >= from) &&
      (to === undefined || day <= to) &&
      (text === '' || has(text, one))
    );
  });
}

/** Movements that the page has, as a source: the cursor is how many were given already. */
export function sourceOf(all: readonly MemberTransaction[], timeZone: () => string): TransactionSource {
  return ({ limit = all.length, cursor = '0', ...filter }) => {
    const found = filtered(all, filter, timeZone());
    const start = Number(cursor);
    const end = start + limit;
    return Promise.resolve({
      transactions: found.slice(start, end),
      total: found.length,
      ...(end < found.length && { next: String(end) }),
    });
  };
}
