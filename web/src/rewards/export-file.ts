import type { ExportedFile, ExportFormat, MemberClient, MemberTransaction, TransactionFilter } from '../client/member.js';
import { toCsv } from './csv.js';
import type { TransactionSource } from './filtering.js';

const PAGE = 100;

async function everything(source: TransactionSource, filter: TransactionFilter, signal: AbortSignal): Promise<MemberTransaction[]> {
  const all: MemberTransaction[] = [];
  let cursor: string | undefined;
  do {
    const page = await source({ ...filter, limit: PAGE, ...(cursor !== undefined && { cursor }) }, { signal });
    all.push(...page.transactions);
    cursor = page.next;
  } while (cursor !== undefined);
  return all;
}

/** The member's movements as a file: the store's own where it makes one. */
export async function exportedFile(
  format: ExportFormat,
  filter: TransactionFilter,
  from: { readonly client: MemberClient | undefined; readonly source: TransactionSource; readonly today: string },
): Promise<ExportedFile> {
  if (from.client?.exportTransactions) {
    return from.client.exportTransactions({ ...filter, format });
  }
  const transactions = await everything(from.source, filter, new AbortController().signal);
  const text = format === 'csv' ? toCsv(transactions) : `${JSON.stringify({ transactions }, null, 2)}\n`;
  const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
  return { name: `activity-${from.today}.${format}`, content: new Blob([text], { type }) };
}

/** Has the browser save a file. */
export function save({ name, content }: ExportedFile): void {
  const href = URL.createObjectURL(content);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // The browser reads it after the click; when it is done, nobody says.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
