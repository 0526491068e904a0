import { html, nothing } from 'lit';
import type { Catalog } from '../../../../src/documents/index.js';
import type { Change } from '../../draft/draft.js';
import { checkField, numberField, selectField, textField } from '../../kit/fields.js';
import type { Form } from '../../kit/form.js';
import { Editor, type Ending, loose } from '../../rules/editor.js';
import type { EarningRule } from '../../rules/model.js';
import { baseTierName } from '../../rules/model.js';
import { tierFields, tierLabel } from '../../rules/tier-fields.js';
import { ACTIVITIES, AUTOMATION, OFFERED } from './activities.js';
import { activityIn, changeOfRule, faultsOfRule, fieldOfRule, newRule, type RuleValues, valuesOfRule, wayIn } from './values.js';
import './sample.js';

const LABELS: Readonly<Record<string, string>> = {
  title: 'Name', appId: 'App', activityType: 'Activity', field: 'Field with the amount', way: 'How points are given', base: 'What counts of an order',
  baseAppliesToAll: 'Tiers without a value earn the base value', maxPoints: 'At most', oncePerPerson: 'Once a person', points: 'Points', money: 'For each',
};
const BASES = [['afterDiscounts', 'Goods after discounts, without shipping'], ['subtotal', 'Goods before discounts'], ['total', 'Everything paid, with shipping, without tax']] as const;

/** Makes or changes a way to earn. `start` names the activity of a new one. */
class EarningForm extends Editor<EarningRule, RuleValues> {
  static override properties = { ...Editor.properties, start: { attribute: false } };
  declare start: string | null;

  protected readonly screen = 'earning';
  protected readonly noun = 'way to earn';

  protected valuesOf(rule: EarningRule | null): RuleValues {
    return rule ? valuesOfRule(this.program, rule) : newRule(this.program, this.start);
  }

  protected check(values: RuleValues): Partial<Record<string, string>> {
    return faultsOfRule(this.program, values);
  }

  protected change(values: RuleValues): Change {
    return changeOfRule(this.program, values, this.entity);
  }

  protected override fieldOf(path: string): string | undefined {
    return fieldOfRule(path, this.program, this.form.values);
  }

  protected labelOf(field: string): string {
    return tierLabel(this.program, field, LABELS) ?? LABELS[field] ?? field;
  }

  /** What it awards is replaced as a whole. */
  protected override changedBy({ fixedAmount: _, conversionRate: __, ...rule }: EarningRule, body: Partial<EarningRule>): EarningRule {
    return { ...rule, ...body };
  }

  protected async load({ id }: EarningRule): Promise<EarningRule> {
    const { earningRules } = await this.context.api.get<{ earningRules: readonly EarningRule[] }>('/loyalty-earning-rules/v1/earning-rules/rules');
    return earningRules.find((rule) => rule.id === id) as EarningRule;
  }

  readonly #choose = (form: Form<RuleValues, Ending>) => (event: Event) => {
    const key = (event.target as HTMLSelectElement).value;
    const before = OFFERED.find((one) => one.key === form.values.activity);
    // A name that nobody has written follows the activity.
    const title = form.values.title === before?.title ? newRule(this.program, key).title : form.values.title;
    form.set('activity', key);
    form.set('title', title);
  };

  /** What the fields as they are would make of the catalog, were the rule active; the server tries them and undoes them. */
  readonly #catalog = async (): Promise<Catalog> => {
    const { operation, request } = this.change(this.form.values);
    const { earningRule } = request as { earningRule: object };
    if (operation === 'earningRules.update') {
      Object.assign(earningRule, { status: 'ACTIVE' });
    }
    const { catalog } = await this.context.api.post<{ catalog: Catalog }>('/loyalty-programs/v1/drafts/preview', { changes: [{ operation, request }] });
    return catalog;
  };

  protected fields(form: Form<RuleValues, Ending>): unknown {
    const activity = activityIn(form.values);
    const isRate = wayIn(form.values) === 'rate';
    const isAutomation = activity.key === AUTOMATION.key;
    return html`
      ${this.entity ? this.#trigger() : this.#triggerChoice(form)}
      ${isAutomation && !this.entity
        ? html`${textField(form, 'appId', { label: LABELS['appId']!, hint: 'The id of the app that reports the activity.', maxLength: 80 })}
            ${textField(form, 'activityType', { label: LABELS['activityType']!, hint: 'What the app calls it, as in orders/FirstReview.', maxLength: 80 })}`
        : nothing}
      ${textField(form, 'title', { label: 'Name', hint: 'Members see it in their list of ways to earn.', maxLength: 50 })}
      ${activity.ways.length > 1
        ? selectField(form, 'way', { label: LABELS['way']!, choices: [['rate', 'Points for money spent'], ['fixed', 'A fixed number of points']] })
        : html`<p class="hint">${activity.whyWays ?? nothing}</p>`}
      ${tierFields(loose(form), this.program, {
        heading: isRate ? 'Points for money spent' : 'Points each time',
        hint: [isRate ? 'Money is in whole units of the currency.' : '', this.program.tiers.length > 0 ? 'A tier that is left empty has no value of its own.' : ''].join(' ').trim(),
        columns: isRate
          ? [
              { name: 'points', label: 'They earn', suffix: this.context.pointsName, inputMode: 'numeric' },
              { name: 'money', label: 'for each', prefix: this.context.currency, inputMode: 'numeric' },
            ]
          : [{ name: 'points', label: 'They earn', suffix: this.context.pointsName, inputMode: 'numeric' }],
      })}
      ${activity.custom && !this.entity ? nothing : this.#limits(form, isRate)} ${isAutomation && isRate ? this.#amountField(form) : nothing}
      ${this.#sample(form)}
      ${this.entity ? nothing : html`<p class="hint">It is active as soon as it is saved. You can pause it in the list.</p>`}
    `;
  }

  #trigger(): unknown {
    const { app, label } = activityIn(this.form.values);
    return html`<p class="hint"><b>${app}: ${label}.</b> What a rule is for stays as it is; for something else, add another way to earn.</p>`;
  }

  #triggerChoice(form: Form<RuleValues, Ending>): unknown {
    return html`
      <div @change=${this.#choose(form)}>
        ${selectField(form, 'activity', { label: 'What members do', choices: OFFERED.map(({ key, app, label }) => [key, `${app}: ${label}`] as const) })}
      </div>
      <details class="why">
        <summary>Why are others missing?</summary>
        <ul>
          ${ACTIVITIES.filter(({ whyNot }) => whyNot).map(({ app, label, whyNot }) => html`<li><b>${app}: ${label}</b> ${whyNot}</li>`)}
        </ul>
      </details>
    `;
  }

  #limits(form: Form<RuleValues, Ending>, isRate: boolean): unknown {
    const isOrder = activityIn(form.values).lines !== undefined;
    return html`
      <fieldset>
        <legend>Limits</legend>
        ${this.program.tiers.length > 0
          ? checkField(form, 'baseAppliesToAll', {
              label: `Tiers without a value of their own earn what ${baseTierName(this.program)} earns`,
              hint: 'Otherwise they earn nothing by this rule.',
            })
          : nothing}
        ${isRate && isOrder ? selectField(form, 'base', { label: LABELS['base']!, choices: [...(this.entity?.base ? [] : [['', 'As the program’s settings say'] as const]), ...BASES] }) : nothing}
        ${numberField(form, 'maxPoints', { label: isOrder ? 'At most, for one order' : 'At most, each time', required: false, suffix: this.context.pointsName, hint: 'Left empty, there is no limit.' })}
        ${checkField(form, 'oncePerPerson', { label: 'Once a person', hint: 'Whoever has earned by this rule does not earn by it again.' })}
      </fieldset>
    `;
  }

  #amountField(form: Form<RuleValues, Ending>): unknown {
    return textField(form, 'field', { label: LABELS['field']!, required: false, maxLength: 200, hint: 'Where the report has the amount, as in priceSummary.totalAmount.' });
  }

  #sample(form: Form<RuleValues, Ending>): unknown {
    const { lines, app } = activityIn(form.values);
    const isReady = lines !== undefined && Object.values(this.check(form.values)).every((fault) => !fault);
    return isReady
      ? html`<fieldset>
          <legend>With these numbers, all active ways together</legend>
          <console-order-sample .context=${this.context} .places=${[{ tag: lines, name: app }]} .catalog=${this.#catalog} .version=${form.values} .baseTier=${baseTierName(this.program)}></console-order-sample>
        </fieldset>`
      : nothing;
  }
}
customElements.define('console-earning-form', EarningForm);
