import { html, type TemplateResult } from 'lit';

/** good: works as wanted · wait: on its way · off: does nothing · bad: needs somebody · note: just a fact. */
export type PillKind = 'good' | 'wait' | 'off' | 'bad' | 'note';

const MARKS: Readonly<Record<PillKind, string>> = { good: '✓', wait: '…', off: '–', bad: '!', note: '•' };

/** A state in a word, with a mark: never by its colour alone. */
export const pill = (kind: PillKind, word: string): TemplateResult => html`<span class="pill ${kind}"><span aria-hidden="true">${MARKS[kind]}</span> ${word}</span>`;

const STATUSES: Readonly<Record<string, readonly [PillKind, string]>> = {
  ACTIVE: ['good', 'Active'],
  PAUSED: ['wait', 'Paused'],
  DRAFT: ['off', 'Not started'],
};

/** The status of a program. */
export function statusPill(status: string): TemplateResult {
  const [kind, word] = STATUSES[status] ?? (['note', status] as const);
  return pill(kind, word);
}
