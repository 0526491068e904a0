import type { Booking } from '../../records/bookings.js';

const COLUMNS = ['date', 'type', 'text', 'points', 'balance', 'order', 'booking', 'entry'] as const;

/** A cell of RFC 4180. Text that a spreadsheet would take for a formula is made plain by an apostrophe in front. */
export function cell(value: string | number | null): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value ?? '';
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** The ledger as a file for spreadsheets: UTF-8 with its mark, ISO dates. */
export function ledgerCsv(rows: readonly Booking[]): string {
  const lines = rows.map((row) => [row.at, row.type ?? 'BOOKING', row.title, row.change, row.balance, row.orderId, row.note, row.entry?.sequence ?? null].map(cell).join(','));
  return `\uFEFF${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`;
}

/** Has the browser save a text as a file. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
