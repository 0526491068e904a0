import { html } from 'lit';
import type { Change } from '../../draft/draft.js';
import { wholeNumber } from '../../kit/checks.js';
import { numberField, textField } from '../../kit/fields.js';
import type { Form } from '../../kit/form.js';
import { Editor, type Ending } from '../../rules/editor.js';
import { baseTierName, type Tier, type TiersProgram, type TiersSettings } from '../../rules/model.js';
import { type BaseValues, changeOfBase, changeOfTier, faultsOfBase, faultsOfTier, type TierValues, valuesOfBase, valuesOfTier } from './values.js';
import type { Plan, PlannedTier } from './preview.js';
import './preview.js';

const PROGRAM = '/loyalty-tiers/v1/tiers/program';
const LABELS: Readonly<Record<string, string>> = { name: 'Name', description: 'What members of it have', requiredPoints: 'Tier points', months: 'Months that count' };

const planned = ({ id, tierDefinition, requiredPoints }: Tier): PlannedTier => ({ id, name: tierDefinition.name ?? '', requiredPoints });

/** Makes or changes a tier, and says while it is typed whom it would move. */
class TierForm extends Editor<Tier, TierValues> {
  protected readonly screen = 'tiers';
  protected readonly noun = 'tier';

  protected valuesOf(tier: Tier | null): TierValues {
    return valuesOfTier(tier);
  }

  protected check(values: TierValues): Partial<Record<string, string>> {
    return faultsOfTier(this.program, values, this.entity);
  }

  protected change(values: TierValues): Change {
    return changeOfTier(values, this.entity);
  }

  protected labelOf(field: string): string {
    return LABELS[field] ?? field;
  }

  protected async load({ id }: Tier): Promise<Tier> {
    return (await this.context.api.get<{ tier: Tier }>(`/loyalty-tiers/v1/tiers/${id}`)).tier;
  }

  get #plan(): Plan | null {
    const { name, requiredPoints } = this.form.values;
    if (this.check(this.form.values)['requiredPoints']) {
      return null;
    }
    const id = this.entity?.id;
    const mine: PlannedTier = { ...(id !== undefined && { id }), name: name.trim() || 'This tier', requiredPoints: wholeNumber(requiredPoints) as number };
    const others = this.program.tiers.filter((one) => one.id !== id).map(planned);
    return { tiers: [...others, mine].sort((one, other) => one.requiredPoints - other.requiredPoints) };
  }

  protected fields(form: Form<TierValues, Ending>): unknown {
    return html`
      ${textField(form, 'name', { label: LABELS['name']!, maxLength: 50 })}
      ${textField(form, 'description', { label: LABELS['description']!, required: false, maxLength: 70, hint: 'Members see it, as in “Free shipping, and 2 points for each dollar”.' })}
      ${numberField(form, 'requiredPoints', {
        label: 'Begins at', suffix: 'tier points',
        hint: 'Points earned in the months that count. Who has exactly as many is in. Spending points does not lower them.',
      })}
      <console-tiers-preview .context=${this.context} .plan=${this.#plan} .baseTier=${baseTierName(this.program)}></console-tiers-preview>
    `;
  }
}
customElements.define('console-tier-form', TierForm);

/** The base tier, and how long points count for tiers. */
class TiersBaseForm extends Editor<TiersSettings, BaseValues> {
  protected readonly screen = 'tiers';
  protected readonly noun = 'base tier';

  protected valuesOf(settings: TiersSettings | null): BaseValues {
    return valuesOfBase(settings ?? this.program.programSettings);
  }

  protected check(values: BaseValues): Partial<Record<string, string>> {
    return faultsOfBase(values);
  }

  protected change(values: BaseValues): Change {
    return changeOfBase(this.entity ?? this.program.programSettings, values);
  }

  protected override fieldOf(path: string): string | undefined {
    return path.endsWith('durationInMonths') ? 'months' : undefined;
  }

  protected labelOf(field: string): string {
    return LABELS[field] ?? field;
  }

  protected async load(): Promise<TiersSettings> {
    return (await this.context.api.get<TiersProgram>(PROGRAM)).programSettings;
  }

  protected fields(form: Form<BaseValues, Ending>): unknown {
    const windowMonths = wholeNumber(form.values.months);
    const plan = faultsOfBase(form.values)['months'] || windowMonths === null ? null : { tiers: this.program.tiers.map(planned), windowMonths };
    return html`
      ${textField(form, 'name', { label: 'Name of the base tier', required: false, maxLength: 50, hint: 'The tier of everybody who has not reached another. Left empty: Base tier.' })}
      ${textField(form, 'description', { label: LABELS['description']!, required: false, maxLength: 70 })}
      ${numberField(form, 'months', { label: LABELS['months']!, suffix: 'months', hint: 'Points earned longer ago do not count for tiers any more. They can still be spent.' })}
      <console-tiers-preview .context=${this.context} .plan=${plan} .baseTier=${baseTierName(this.program)}></console-tiers-preview>
    `;
  }
}
customElements.define('console-tiers-base-form', TiersBaseForm);
