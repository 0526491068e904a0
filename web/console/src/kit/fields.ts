import { html, nothing, type TemplateResult } from 'lit';
import type { Form, Values } from './form.js';

export interface FieldOptions {
  readonly label: string;
  /** Says what is expected, below the label. */
  readonly hint?: unknown;
  readonly required?: boolean;
  readonly disabled?: boolean;
  /** Before and after the input, as a currency or "points". */
  readonly prefix?: string;
  readonly suffix?: string;
}

export interface TextOptions extends FieldOptions {
  readonly type?: 'text' | 'search' | 'email' | 'date' | 'datetime-local' | 'password';
  readonly maxLength?: number;
  readonly inputMode?: 'text' | 'numeric' | 'decimal';
  readonly rows?: number;
  readonly autocomplete?: string;
  readonly placeholder?: string;
}

type Name<V extends Values> = keyof V & string;
let count = 0;
const ids = new WeakMap<object, number>();

function idOf(form: object, name: string): string {
  let id = ids.get(form);
  if (id === undefined) {
    id = ++count;
    ids.set(form, id);
  }
  return `field-${id}-${name}`;
}

function framed<V extends Values, R>(form: Form<V, R>, name: Name<V>, options: FieldOptions, control: (id: string, describedBy: string | typeof nothing) => unknown): TemplateResult {
  const id = idOf(form, name);
  const fault = form.faults[name];
  const describedBy = [options.hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ') || nothing;
  return html`
    <div class="field ${fault ? 'has-fault' : ''}">
      <label for=${id}>${options.label}${options.required === false ? html` <span class="optional">optional</span>` : nothing}</label>
      ${options.hint ? html`<p class="hint" id="${id}-hint">${options.hint}</p>` : nothing}
      <div class="control">
        ${options.prefix ? html`<span class="affix" aria-hidden="true">${options.prefix}</span>` : nothing} ${control(id, describedBy)}
        ${options.suffix ? html`<span class="affix" aria-hidden="true">${options.suffix}</span>` : nothing}
      </div>
      <p class="fault" id="${id}-fault" aria-live="polite">${fault ?? nothing}</p>
    </div>
  `;
}

/** A line or, with `rows`, a block of text. Numbers and amounts are typed here too: see checks.ts. */
export function textField<V extends Values, R>(form: Form<V, R>, name: Name<V>, options: TextOptions): TemplateResult {
  const set = (event: Event) => form.set(name, (event.target as HTMLInputElement).value as V[Name<V>]);
  return framed(form, name, options, (id, describedBy) =>
    options.rows
      ? html`<textarea id=${id} name=${name} rows=${options.rows} maxlength=${options.maxLength ?? nothing} ?disabled=${options.disabled}
          aria-describedby=${describedBy} aria-invalid=${form.faults[name] ? 'true' : nothing} .value=${String(form.values[name])} @input=${set}></textarea>`
      : html`<input id=${id} name=${name} type=${options.type ?? 'text'} inputmode=${options.inputMode ?? nothing} maxlength=${options.maxLength ?? nothing}
          placeholder=${options.placeholder ?? nothing} autocomplete=${options.autocomplete ?? 'off'} ?disabled=${options.disabled}
          aria-describedby=${describedBy} aria-invalid=${form.faults[name] ? 'true' : nothing} .value=${String(form.values[name])} @input=${set} />`,
  );
}

export const numberField = <V extends Values, R>(form: Form<V, R>, name: Name<V>, options: TextOptions): TemplateResult =>
  textField(form, name, { inputMode: 'numeric', ...options });
export const amountField = <V extends Values, R>(form: Form<V, R>, name: Name<V>, options: TextOptions): TemplateResult =>
  textField(form, name, { inputMode: 'decimal', ...options });

export function selectField<V extends Values, R>(form: Form<V, R>, name: Name<V>, options: FieldOptions & { readonly choices: readonly (readonly [value: string, text: string])[] }): TemplateResult {
  return framed(
    form,
    name,
    options,
    (id, describedBy) => html`<select id=${id} name=${name} ?disabled=${options.disabled} aria-describedby=${describedBy} aria-invalid=${form.faults[name] ? 'true' : nothing}
      .value=${String(form.values[name])} @change=${(event: Event) => form.set(name, (event.target as HTMLSelectElement).value as V[Name<V>])}>
      ${options.choices.map(([value, text]) => html`<option value=${value} ?selected=${form.values[name] === value}>${text}</option>`)}
    </select>`,
  );
}

export function checkField<V extends Values, R>(form: Form<V, R>, name: Name<V>, options: FieldOptions): TemplateResult {
  const id = idOf(form, name);
  return html`
    <div class="field check">
      <input id=${id} name=${name} type="checkbox" .checked=${form.values[name] === true} ?disabled=${options.disabled} aria-describedby=${options.hint ? `${id}-hint` : nothing}
        @change=${(event: Event) => form.set(name, (event.target as HTMLInputElement).checked as V[Name<V>])} />
      <label for=${id}>${options.label}</label>
      ${options.hint ? html`<p class="hint" id="${id}-hint">${options.hint}</p>` : nothing}
    </div>
  `;
}

/** The end of a form: what is wrong with no field in particular, and what to do. The first button submits and keeps the focus while that lasts; `busy` is what it says meanwhile. */
export function formFoot<V extends Values, R>(form: Form<V, R>, submit: string, more: unknown = nothing, busy = 'Saving…'): TemplateResult {
  return html`
    <div class="form-problem" role="alert" tabindex="-1">${form.problem ? html`<p class="problem">${form.problem}</p>` : nothing}</div>
    <div class="buttons"><button class="button primary" aria-disabled=${form.busy ? 'true' : nothing}>${form.busy ? busy : submit}</button>${more}</div>
  `;
}
