import { html, type TemplateResult } from 'lit';

/** Fields above a list: each narrows it down as soon as it is changed; text, when it is sent. */

const framed = (id: string, label: string, control: unknown, isWide = false): TemplateResult => html`
  <div class="field ${isWide ? 'grow' : ''}">
    <label for=${id}>${label}</label>
    <div class="control">${control}</div>
  </div>
`;

/** A text to look for, with the button that sends the form around it. */
export const searchFilter = (id: string, label: string, value = ''): TemplateResult =>
  framed(id, label, html`<input id=${id} name="search" type="search" maxlength="100" autocomplete="off" .value=${value} /><button class="button">Search</button>`, true);

/** The text of a form that was sent. */
export function searched(event: Event): string {
  event.preventDefault();
  return String(new FormData(event.currentTarget as HTMLFormElement).get('search') ?? '').trim();
}

export const selectFilter = (id: string, label: string, value: string, choices: readonly (readonly [value: string, text: string])[], set: (value: string) => void): TemplateResult =>
  framed(
    id,
    label,
    html`<select id=${id} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
      ${choices.map(([choice, text]) => html`<option value=${choice} .selected=${choice === value}>${text}</option>`)}
    </select>`,
  );

/** A day of the calendar, as `2026-01-31`; empty: none. */
export const dayFilter = (id: string, label: string, value: string, set: (day: string) => void): TemplateResult =>
  framed(id, label, html`<input id=${id} type="date" .value=${value} @change=${(event: Event) => set((event.target as HTMLInputElement).value)} />`);
