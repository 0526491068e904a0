import type { MemberTransaction } from '../client/member.js';

const COLUMNS = ['date', 'type', 'title', 'description', 'points', 'balance', 'order', 'reward'] as const;

/** Spreadsheets run a cell that begins like this as a formula, also after they have taken spaces off. */
const RUNS = /^[=+\-@\t\r]/;

function cell(value: string | number | undefined): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value ?? '';
  const safe = RUNS.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly (string | number | undefined)[]) => `${cells.map(cell).join(',')}\r\n`;

/** RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8; instants as they are, in UTC. */
export function toCsv(transactions: readonly MemberTransaction[]): string {
  const rows = transactions.map(({ at, type, title, description, points, balanceAfter, orderId, rewardName }) =>
    line([at, type, title, description, points, balanceAfter, orderId, rewardName]),
  );
  return `\uFEFF${line(COLUMNS)}${rows.join('')}`;
}
