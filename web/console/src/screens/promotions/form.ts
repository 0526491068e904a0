import { html, nothing } from 'lit';
import type { Change } from '../../draft/draft.js';
import { amountField, checkField, numberField, selectField, textField } from '../../kit/fields.js';
import type { Form } from '../../kit/form.js';
import { Editor, type Ending, loose } from '../../rules/editor.js';
import { tierField } from '../../rules/tier-values.js';
import { newCodes } from './codes.js';
import type { Promotion } from './model.js';
import { summaryOf, type SummaryWords } from '../../rules/promotion-summary.js';
import { faultsOfPromotion, fieldOfPromotion, type Frame, hasExceptions, hasMinimumOfTags, KINDS, listOf, newPromotion, type PromotionValues } from './fields.js';
import { changeOfPromotion, documentOfValues, valuesOfPromotion } from './form-document.js';

const NEW_CODES = 20;
const LABELS: Readonly<Record<string, string>> = {
  kind: 'What it gives', name: 'Name', active: 'Active', isByCode: 'Only with a code', codes: 'Codes', percent: 'Percent off', amount: 'Amount off', tags: 'On goods with these tags', notTags: 'But not with these',
  maxDiscount: 'At most', buy: 'Buy', get: 'Get', getPercent: 'Percent off', getTags: 'Given goods', giftProduct: 'Product', giftQuantity: 'How many', giftPrice: 'Price', minSubtotal: 'Orders from', isMinimumOfTags: 'Only these goods count',
  minQuantity: 'Items from', membersOnly: 'Members only', isFirstOrder: 'First order', startsAt: 'From', endsAt: 'Until', usesLeft: 'Uses in all', usesLeftForCustomer: 'Uses per member',
  budgetLeft: 'Budget', exclusive: 'Alone', priority: 'Priority',
};

/** Makes or changes a promotion that has one effect. `start` is the kind of a new one. */
class PromotionForm extends Editor<Promotion, PromotionValues> {
  static override properties = { ...Editor.properties, start: { attribute: false }, words: { attribute: false } };
  declare start: string | null;
  declare words: SummaryWords;

  protected readonly screen = 'promotions';
  protected readonly noun = 'promotion';

  get #frame(): Frame {
    const { currency, timeZone } = this.context;
    return { currency, timeZone, tiers: this.program };
  }

  protected valuesOf(promotion: Promotion | null): PromotionValues {
    return promotion ? valuesOfPromotion(this.#frame, promotion) : newPromotion(this.#frame, this.start);
  }

  protected check(values: PromotionValues): Partial<Record<string, string>> {
    return faultsOfPromotion(this.#frame, values);
  }

  protected change(values: PromotionValues): Change {
    return changeOfPromotion(documentOfValues(this.#frame, values), values.active, this.entity);
  }

  protected override fieldOf(path: string): string | undefined {
    return fieldOfPromotion(path, this.form.values);
  }

  protected labelOf(field: string): string {
    const tier = this.program.tiers.find(({ id }) => tierField('tier', id) === field);
    return tier ? `For ${tier.tierDefinition.name}` : (LABELS[field] ?? field);
  }

  protected async load({ id }: Promotion): Promise<Promotion> {
    return (await this.context.api.get<{ promotion: Promotion }>(`/loyalty-promotions/v1/promotions/${id}`)).promotion;
  }

  protected fields(form: Form<PromotionValues, Ending>): unknown {
    const isComplete = Object.values(this.check(form.values)).every((fault) => !fault);
    return html`
      <div class="summary box" role="status">
        ${isComplete ? summaryOf(documentOfValues(this.#frame, form.values), this.words) : 'Here stands the promotion in a sentence, once the fields are filled in.'}
      </div>
      ${textField(form, 'name', { label: 'Name', hint: 'Shoppers see it beside what it takes off.', maxLength: 200 })}
      ${selectField(form, 'kind', { label: LABELS['kind']!, choices: KINDS })} ${this.#effect(form)} ${this.#conditions(form)} ${this.#codes(form)} ${this.#limits(form)}
      ${this.#stacking(form)} ${checkField(form, 'active', { label: 'Active', hint: 'It runs as soon as it is saved, within its own times.' })}
    `;
  }

  #goods(form: Form<PromotionValues, Ending>, hint: string): unknown {
    return html`<div class="field-row">
      ${textField(form, 'tags', { label: 'On goods with one of these tags', required: false, hint })}
      ${!hasExceptions(form.values) ? nothing : textField(form, 'notTags', { label: 'But not with one of these', required: false, hint: 'As in sale.' })}
    </div>`;
  }

  #effect(form: Form<PromotionValues, Ending>): unknown {
    const money = { prefix: this.context.currency };
    const whole = 'Separated by commas, as in stores/collection:shoes. Left empty: the whole order.';
    switch (form.values.kind) {
      case 'percent':
        return html`<div class="field-row">
            ${textField(form, 'percent', { label: 'Percent off', suffix: '%', inputMode: 'decimal' })}
            ${amountField(form, 'maxDiscount', { label: 'At most', required: false, ...money })}
          </div>
          ${this.#goods(form, whole)}`;
      case 'amount':
        return html`${amountField(form, 'amount', { label: 'Amount off', ...money })} ${this.#goods(form, whole)}`;
      case 'buyGet':
        return html`<div class="field-row">
            ${numberField(form, 'buy', { label: 'Buy', suffix: 'items' })} ${numberField(form, 'get', { label: 'Get', suffix: 'more' })}
            ${textField(form, 'getPercent', { label: 'With how much off', suffix: '%', inputMode: 'decimal', hint: '100 is free.' })}
          </div>
          ${this.#goods(form, 'Separated by commas. Left empty: all goods.')}
          ${textField(form, 'getTags', { label: 'Given from goods with one of these tags', required: false, hint: 'Left empty: from the same goods, the cheapest ones.' })}`;
      case 'gift':
        return html`<div class="field-row">
          ${textField(form, 'giftProduct', { label: 'Product', hint: 'Its id in the shop.', maxLength: 128 })} ${numberField(form, 'giftQuantity', { label: 'How many' })}
          ${amountField(form, 'giftPrice', { label: 'What one is worth', hint: 'Shown to shoppers; it costs them nothing.', ...money })}
        </div>`;
      default:
        return textField(form, 'tags', { label: 'Ways of shipping with one of these tags', required: false, hint: 'Separated by commas, as in standard. Left empty: all of them.' });
    }
  }

  #conditions(form: Form<PromotionValues, Ending>): unknown {
    const { tiers } = this.program;
    const zone = `On the clocks of ${this.context.timeZone}.`;
    return html`
      <fieldset>
        <legend>When it applies</legend>
        <div class="field-row">
          ${amountField(form, 'minSubtotal', { label: 'Orders from', required: false, prefix: this.context.currency, hint: 'Goods before discounts.' })}
          ${numberField(form, 'minQuantity', { label: 'At least so many items', required: false })}
        </div>
        ${hasMinimumOfTags(form.values) ? checkField(form, 'isMinimumOfTags', { label: 'Only the goods that it is taken off count', hint: 'Otherwise the whole order does.' }) : nothing}
        <div class="field-row">
          ${textField(form, 'startsAt', { label: 'From', required: false, type: 'datetime-local', hint: zone })}
          ${textField(form, 'endsAt', { label: 'Until', required: false, type: 'datetime-local', hint: 'Midnight ends the day before.' })}
        </div>
        <div class="checks">
          ${checkField(form, 'membersOnly', { label: 'For members only' })}
          ${tiers.map(({ id, tierDefinition }, index) =>
            checkField(loose(form), tierField('tier', id), { label: `For ${tierDefinition.name} members`, ...(index === tiers.length - 1 && { hint: 'With tiers ticked, it is for members of these tiers only.' }) }),
          )}
          ${checkField(form, 'isFirstOrder', { label: 'On the first order only' })}
        </div>
      </fieldset>
    `;
  }

  readonly #addCodes = (): void => {
    const taken = listOf(this.form.values.codes);
    this.form.set('codes', [...taken, ...newCodes(NEW_CODES, taken)].join('\n'));
  };

  #codes(form: Form<PromotionValues, Ending>): unknown {
    return html`
      <fieldset>
        <legend>Codes</legend>
        ${checkField(form, 'isByCode', { label: 'Only for who enters a code', hint: 'Otherwise it applies by itself.' })}
        ${form.values.isByCode
          ? html`${textField(form, 'codes', { label: 'Codes', hint: 'One a line; capital and small letters count the same.', rows: 5 })}
              <div class="buttons"><button type="button" class="button" @click=${this.#addCodes}>Add ${NEW_CODES} random codes</button></div>`
          : nothing}
      </fieldset>
    `;
  }

  #limits(form: Form<PromotionValues, Ending>): unknown {
    return html`
      <fieldset>
        <legend>Limits</legend>
        <div class="field-row">
          ${numberField(form, 'usesLeft', { label: 'Uses in all', required: false, hint: 'Left empty: any number.' })}
          ${numberField(form, 'usesLeftForCustomer', { label: 'Uses per member', required: false })}
          ${amountField(form, 'budgetLeft', { label: 'Given away in all', required: false, prefix: this.context.currency, hint: 'It ends before more is taken off.' })}
        </div>
      </fieldset>
    `;
  }

  #stacking(form: Form<PromotionValues, Ending>): unknown {
    return html`
      <fieldset>
        <legend>Together with others</legend>
        ${checkField(form, 'exclusive', { label: 'It applies alone', hint: 'No other promotion, coupon or reward applies to the same order.' })}
        ${numberField(form, 'priority', { label: 'Priority', hint: 'The highest comes first: what is taken off first is not counted by the next. Most promotions need 0.' })}
      </fieldset>
    `;
  }
}
customElements.define('console-promotion-form', PromotionForm);
