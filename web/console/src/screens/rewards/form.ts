import { html, nothing } from 'lit';
import type { Change } from '../../draft/draft.js';
import { amountField, checkField, numberField, selectField, textField } from '../../kit/fields.js';
import type { Form } from '../../kit/form.js';
import { Editor, type Ending, loose } from '../../rules/editor.js';
import type { EarningRule, Reward } from '../../rules/model.js';
import { type Column, tierFields, tierLabel } from '../../rules/tier-fields.js';
import { describeReward } from './describe.js';
import { canBeOneItem, canCountCycles, changeOfReward, faultsOfReward, fieldOfReward, hasEntity, KINDS, newReward, type RewardValues, SCOPES, valuesOfReward } from './values.js';

const LABELS: Readonly<Record<string, string>> = {
  name: 'Name', active: 'Members can have it', cost: 'Cost', value: 'Value', minPoints: 'Fewest points', maxPoints: 'Most points', stepPoints: 'Steps',
  maxShareOfOrder: 'Most of the order', on: 'What it is for', minimumSubtotal: 'Goods for at least', scope: 'Goods', entityId: 'Id', limitedToOneItem: 'One item only',
  appliesToSubscriptions: 'Subscriptions too', discountedCycleCount: 'Payments', minOrders: 'Orders', minSpend: 'Spent', withinDays: 'Days',
};

/** Makes or changes a reward. `start` is the kind of a new one; `rules` are the ways to earn, for what it gives back. */
class RewardForm extends Editor<Reward, RewardValues> {
  static override properties = { ...Editor.properties, start: { attribute: false }, rules: { attribute: false } };
  declare start: string | null;
  declare rules: readonly EarningRule[];

  protected readonly screen = 'rewards';
  protected readonly noun = 'reward';

  protected valuesOf(reward: Reward | null): RewardValues {
    return reward ? valuesOfReward(this.program, this.context.currency, reward) : newReward(this.program, this.start);
  }

  protected check(values: RewardValues): Partial<Record<string, string>> {
    return faultsOfReward(this.program, this.context.currency, values);
  }

  protected change(values: RewardValues): Change {
    return changeOfReward(this.program, values, this.entity);
  }

  protected override fieldOf(path: string): string | undefined {
    return fieldOfReward(path, this.program, this.form.values);
  }

  protected labelOf(field: string): string {
    return tierLabel(this.program, field, LABELS) ?? LABELS[field] ?? field;
  }

  protected async load({ id }: Reward): Promise<Reward> {
    return (await this.context.api.get<{ reward: Reward }>(`/loyalty-rewards/v1/rewards/${id}`)).reward;
  }

  protected fields(form: Form<RewardValues, Ending>): unknown {
    const [kind, name, hint] = KINDS.find(([one]) => one === form.values.kind)!;
    return html`
      ${this.entity
        ? html`<p class="hint"><b>${name}.</b> What kind a reward is stays as it is; for another kind, add another reward.</p>`
        : selectField(form, 'kind', { label: 'Kind', hint, choices: KINDS.map(([value, text]) => [value, text] as const) })}
      ${textField(form, 'name', { label: 'Name', hint: 'Members see it.', maxLength: 50 })} ${this.#tiers(form)}
      <div role="status" class="estimate">${this.#estimate(form.values)}</div>
      ${kind === 'flexible' ? this.#spending(form) : this.#coupon(form)} ${this.#conditions(form)}
      ${checkField(form, 'active', { label: 'Members can have it now', hint: 'Coupons that members have already got stay theirs either way.' })}
    `;
  }

  #tiers(form: Form<RewardValues, Ending>): unknown {
    const { kind } = form.values;
    const cost: Column = { name: 'cost', label: 'Cost', suffix: this.context.pointsName, inputMode: 'numeric' };
    const value: Column =
      kind === 'percent'
        ? { name: 'value', label: 'Percent off', suffix: '%', inputMode: 'decimal' }
        : { name: 'value', label: kind === 'flexible' ? 'is worth' : 'Amount off', prefix: this.context.currency, inputMode: 'decimal' };
    return tierFields(loose(form), this.program, {
      heading: kind === 'flexible' ? 'What points are worth' : 'What it costs and gives',
      hint: this.program.tiers.length > 0 ? 'Each tier needs an entry of its own: members of a tier that is left empty cannot have the reward.' : undefined,
      columns: kind === 'shipping' ? [cost] : [cost, value],
    });
  }

  /** What it gives back, as far as the fields say it. */
  #estimate(values: RewardValues): unknown {
    if (Object.values(this.check({ ...values, name: 'any' })).some(Boolean)) {
      return html`<p class="hint">Here stands what the reward gives back, once cost and value are filled in.</p>`;
    }
    const { reward } = this.change(values).request as { reward: Omit<Reward, 'id' | 'revision'> };
    const { estimate, missing, others } = describeReward(this.context, this.program, this.rules, { id: '', revision: '', ...reward });
    return html`
      ${estimate ? html`<p>${[estimate, ...others.map((text) => `${text}.`)].join(' ')}</p>` : html`<p class="hint">No active way to earn gives points for money spent, so it cannot be said what the reward gives back.</p>`}
      ${missing ? html`<p class="notice">${missing}</p>` : nothing}
    `;
  }

  #spending(form: Form<RewardValues, Ending>): unknown {
    const suffix = this.context.pointsName;
    return html`
      <fieldset>
        <legend>How many points can be spent</legend>
        <div class="field-row">
          ${numberField(form, 'minPoints', { label: 'At least', required: false, suffix, hint: 'Left empty: the program’s minimum, else the cost.' })}
          ${numberField(form, 'maxPoints', { label: 'At most, for one order', required: false, suffix, hint: 'Left empty: as many as pay off.' })}
          ${numberField(form, 'stepPoints', { label: 'In steps of', required: false, suffix, hint: 'Left empty: any number.' })}
          ${textField(form, 'maxShareOfOrder', { label: 'At most, of the goods', required: false, suffix: '%', inputMode: 'decimal', hint: 'Left empty: all of them.' })}
        </div>
      </fieldset>
    `;
  }

  #coupon(form: Form<RewardValues, Ending>): unknown {
    const { on, scope, kind } = form.values;
    const isShipping = kind === 'shipping';
    return html`
      <fieldset>
        <legend>What the coupon is for</legend>
        ${selectField(form, 'on', {
          label: 'It is for',
          hint: isShipping ? 'Free shipping is for whole orders.' : 'A coupon has a minimum or is for some goods, not both.',
          choices: [['', 'Every order'], ['subtotal', 'Orders from an amount'], ...(isShipping ? [] : [['scope', 'Some goods only'] as const])],
        })}
        ${on === 'subtotal' ? amountField(form, 'minimumSubtotal', { label: 'Goods for at least', prefix: this.context.currency }) : nothing}
        ${on === 'scope' && !isShipping
          ? html`<div class="field-row">
              ${selectField(form, 'scope', { label: 'Goods', choices: SCOPES.map(([value, text]) => [value, text] as const) })}
              ${hasEntity(scope) ? textField(form, 'entityId', { label: 'Id', hint: 'As the shop’s catalog has it.', maxLength: 100 }) : nothing}
            </div>`
          : nothing}
        ${canBeOneItem(form.values) ? checkField(form, 'limitedToOneItem', { label: 'On one item only', hint: 'The cheapest that fits.' }) : nothing}
        ${checkField(form, 'appliesToSubscriptions', { label: 'On subscriptions too' })}
        ${canCountCycles(form.values) ? numberField(form, 'discountedCycleCount', { label: 'For how many payments', required: false, hint: 'Left empty: all of them.' }) : nothing}
        <p class="hint">A coupon stays valid until it is used.</p>
      </fieldset>
    `;
  }

  #conditions(form: Form<RewardValues, Ending>): unknown {
    return html`
      <fieldset>
        <legend>Only for members who have bought</legend>
        <div class="field-row">
          ${numberField(form, 'minOrders', { label: 'At least so many orders', required: false })}
          ${amountField(form, 'minSpend', { label: 'Orders for at least', required: false, prefix: this.context.currency })}
          ${numberField(form, 'withinDays', { label: 'In the last days', required: false, suffix: 'days', hint: 'Left empty: ever.' })}
        </div>
      </fieldset>
    `;
  }
}
customElements.define('console-reward-form', RewardForm);
