import { html, nothing, type TemplateResult } from 'lit';
import { type TextOptions, textField } from '../kit/fields.js';
import type { Form, Values } from '../kit/form.js';
import { type TiersProgram, tierLevels } from './model.js';
import { tierField } from './tier-values.js';

export interface Column extends TextOptions {
  readonly name: string;
}

export interface TierFieldsParts {
  readonly heading: string;
  readonly hint?: unknown;
  readonly columns: readonly Column[];
}

/** The fields of each tier, one group a tier; a program without tiers has those of the base tier alone. */
export function tierFields<R>(form: Form<Values, R>, program: TiersProgram, { heading, hint, columns }: TierFieldsParts): TemplateResult {
  const levels = tierLevels(program);
  const areTiersOff = levels.length > 1 && program.programSettings.status !== 'ACTIVE';
  return html`
    <fieldset class="tiers-group">
      <legend>${heading}</legend>
      ${hint ? html`<p class="hint">${hint}</p>` : nothing}
      ${areTiersOff ? html`<p class="hint">Tiers are not active now, so everybody counts as ${levels[0]!.name}.</p>` : nothing}
      ${levels.map(
        ({ key, name }) => html`
          <fieldset class="tier-row">
            <legend>${levels.length === 1 ? 'All members' : name}</legend>
            ${columns.map((column) => textField(form, tierField(column.name, key), column))}
          </fieldset>
        `,
      )}
    </fieldset>
  `;
}

/** What a field of a tier is called in a sentence: "Cost (Silver)"; undefined: it is none of a tier. */
export function tierLabel(program: TiersProgram, field: string, labels: Readonly<Record<string, string>>): string | undefined {
  const [name = '', key] = field.split('_');
  const level = tierLevels(program).find((one) => one.key === key);
  return level && labels[name] ? `${labels[name]} (${level.name})` : undefined;
}
