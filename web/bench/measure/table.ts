/** A Markdown table. */
export function table(title: string, head: readonly string[], rows: readonly (readonly (string | number)[])[], note = ''): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [`## ${title}`, '', line(head), line(head.map(() => '---')), ...rows.map(line), ...(note ? ['', note] : [])].join('\n');
}

export const ms = (value: number) => (Number.isFinite(value) ? value.toFixed(1) : '–');
