import type { Conditions, Effect, Scope } from '../../../../src/documents/index.js';
import { minorOf } from '../../app/wording.js';
import type { Change } from '../../draft/draft.js';
import { ppmOf, textOfMinor, textOfPpm } from '../../rules/decimals.js';
import { tierField } from '../../rules/tier-values.js';
import { isFilled, numberIn } from '../../rules/typed.js';
import { instantOf, localOf } from '../../rules/zone.js';
import { type Frame, goodsOf, hasMinimumOfTags, listOf, newPromotion, type PromotionValues } from './fields.js';
import { documentOf, type Promotion, type PromotionDocument } from './model.js';

const FREE_PPM = 1_000_000;

/** What the first effect says, as far as there are fields for it. */
function valuesOfEffect(effect: Effect | undefined, currency: string): Partial<PromotionValues> {
  const money = (minor: number | undefined) => (minor === undefined ? '' : textOfMinor(minor, currency));
  const tags = (scope: Scope | undefined) => (scope?.include ?? []).join(', ');
  switch (effect?.kind) {
    case 'percent':
      return { kind: 'percent', percent: textOfPpm(effect.ratePpm), tags: tags(effect.scope), notTags: (effect.scope?.exclude ?? []).join(', '), maxDiscount: money(effect.maxDiscount) };
    case 'fixedAmount':
      return { kind: 'amount', amount: money(effect.amount), tags: tags(effect.scope), notTags: (effect.scope?.exclude ?? []).join(', ') };
    case 'buyXGetY':
      return {
        kind: 'buyGet', buy: String(effect.buy), get: String(effect.get), getPercent: textOfPpm(effect.ratePpm ?? FREE_PPM),
        tags: tags(effect.buyScope ?? effect.scope), getTags: tags(effect.getScope),
      };
    case 'freeItem':
      return { kind: 'gift', giftProduct: effect.productId, giftQuantity: String(effect.quantity), giftPrice: money(effect.unitPrice) };
    case 'freeShipping':
      return { kind: 'shipping', tags: tags(effect.scope) };
    default:
      return {};
  }
}

export function valuesOfPromotion(frame: Frame, promotion: Promotion): PromotionValues {
  const { currency, timeZone } = frame;
  const { conditions = {}, limits = {} } = promotion;
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  const money = (minor: number | undefined) => (minor === undefined ? '' : textOfMinor(minor, currency));
  return {
    ...newPromotion(frame, null),
    ...(Object.fromEntries((conditions.tierIds ?? []).map((id) => [tierField('tier', id), true])) as Record<string, boolean>),
    ...(valuesOfEffect(promotion.effects[0], currency) as Record<string, string>),
    name: promotion.name ?? '', active: promotion.active !== false, isByCode: promotion.trigger === 'code', codes: (promotion.codes ?? []).join('\n'),
    minSubtotal: money(conditions.minSubtotal ?? conditions.minSubtotalOf?.amount), isMinimumOfTags: conditions.minSubtotalOf !== undefined, minQuantity: text(conditions.minQuantity), membersOnly: conditions.membersOnly === true, isFirstOrder: conditions.orderNumber === 1,
    startsAt: conditions.startsAt ? localOf(conditions.startsAt, timeZone) : '', endsAt: conditions.endsAt ? localOf(conditions.endsAt, timeZone) : '',
    usesLeft: text(limits.usesLeft), usesLeftForCustomer: text(limits.usesLeftForCustomer), budgetLeft: money(limits.budgetLeft),
    exclusive: promotion.exclusive === true, priority: String(promotion.priority ?? 0),
  };
}

function effectOf(values: PromotionValues, currency: string): Effect {
  const money = (text: string) => minorOf(text, currency) as number;
  const include = listOf(values.tags);
  const scope = goodsOf(values);
  const onGoods = scope ? ({ target: 'lines', scope } as const) : {};
  switch (values.kind) {
    case 'amount':
      return { kind: 'fixedAmount', amount: money(values.amount), ...onGoods };
    case 'buyGet': {
      const got = listOf(values.getTags);
      const scopes = got.length > 0 ? { getScope: { include: got }, ...(include.length > 0 && { buyScope: { include } }) } : include.length > 0 ? { scope: { include } } : {};
      return { kind: 'buyXGetY', buy: numberIn(values.buy), get: numberIn(values.get), ratePpm: ppmOf(values.getPercent) as number, ...scopes };
    }
    case 'gift':
      return { kind: 'freeItem', productId: values.giftProduct.trim(), quantity: numberIn(values.giftQuantity), unitPrice: money(values.giftPrice) };
    case 'shipping':
      return { kind: 'freeShipping', ...(scope && { scope }) };
    default:
      return { kind: 'percent', ratePpm: ppmOf(values.percent) as number, ...onGoods, ...(isFilled(values.maxDiscount) && { maxDiscount: money(values.maxDiscount) }) };
  }
}

function minimumOf(values: PromotionValues, currency: string): Conditions {
  const amount = minorOf(values.minSubtotal, currency);
  const scope = goodsOf(values);
  return amount === null ? {} : values.isMinimumOfTags && hasMinimumOfTags(values) && scope ? { minSubtotalOf: { scope, amount } } : { minSubtotal: amount };
}

function conditionsOf(frame: Frame, values: PromotionValues): Conditions {
  const tierIds = frame.tiers.tiers.map(({ id }) => id).filter((id) => values[tierField('tier', id)] === true);
  const instant = (local: string) => instantOf(local, frame.timeZone) as string;
  return {
    ...(isFilled(values.startsAt) && { startsAt: instant(values.startsAt) }),
    ...(isFilled(values.endsAt) && { endsAt: instant(values.endsAt) }),
    ...minimumOf(values, frame.currency),
    ...(isFilled(values.minQuantity) && { minQuantity: numberIn(values.minQuantity) }),
    ...(tierIds.length > 0 && { tierIds }),
    ...(values.membersOnly && { membersOnly: true }),
    ...(values.isFirstOrder && { orderNumber: 1 }),
  };
}

/** The core's document that the fields amount to. */
export function documentOfValues(frame: Frame, values: PromotionValues): PromotionDocument {
  const conditions = conditionsOf(frame, values);
  const limits = {
    ...(isFilled(values.usesLeft) && { usesLeft: numberIn(values.usesLeft) }),
    ...(isFilled(values.usesLeftForCustomer) && { usesLeftForCustomer: numberIn(values.usesLeftForCustomer) }),
    ...(isFilled(values.budgetLeft) && { budgetLeft: minorOf(values.budgetLeft, frame.currency) as number }),
  };
  const priority = numberIn(values.priority);
  return {
    ...(isFilled(values.name) && { name: values.name.trim() }),
    trigger: values.isByCode ? 'code' : 'automatic',
    ...(values.isByCode && { codes: listOf(values.codes) }),
    ...(priority !== 0 && { priority }),
    ...(values.exclusive && { exclusive: true }),
    ...(Object.keys(conditions).length > 0 && { conditions }),
    ...(Object.keys(limits).length > 0 && { limits }),
    effects: [effectOf(values, frame.currency)],
  };
}

/** Without what is so anyway, and in one order: for comparing. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const isDefault = (name: string, one: unknown) =>
    (name === 'priority' && one === 0) || (one === false && name !== 'repeat') || (name === 'target' && one === 'order') || (name === 'apply' && one === 'across') || (name === 'repeat' && one === true) ||
    (typeof one === 'object' && one !== null && !Array.isArray(one) && Object.keys(one).length === 0);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, one]) => !isDefault(name, one))
      .map(([name, one]) => [name, name === 'startsAt' || name === 'endsAt' ? Date.parse(String(one)) : plain(one)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** An effect with what it leaves out in the way the form says it: units given without a rate are free, and one scope is the scope. */
function withDefaults(effect: Effect): object {
  if (effect.kind === 'freeShipping') {
    return { ...effect, target: undefined };
  }
  if (effect.kind !== 'buyXGetY') {
    return effect;
  }
  const { buyScope, getScope, scope = getScope ? undefined : buyScope, amountOff } = effect;
  return { ...(amountOff === undefined && { ratePpm: FREE_PPM }), ...effect, target: undefined, scope, buyScope: getScope || effect.scope ? buyScope : undefined };
}

/** Whether the form can show all of a promotion, so that saving it from there loses nothing. */
export function isCovered(frame: Frame, promotion: Promotion): boolean {
  if (promotion.effects.length !== 1) {
    return false;
  }
  const effects = promotion.effects.map(withDefaults);
  const made = documentOfValues(frame, valuesOfPromotion(frame, promotion));
  return JSON.stringify(plain({ ...documentOf(promotion), effects })) === JSON.stringify(plain(made));
}

/** Saving a document under an id, or as a new promotion. */
export function changeOfPromotion(document: PromotionDocument, active: boolean, promotion: Promotion | null): Change {
  const name = document.name ?? 'without a name';
  return promotion
    ? { operation: 'promotions.replace', request: { promotion: { id: promotion.id, revision: promotion.revision, active, ...document } }, summary: `Promotion “${name}”: changed`, subject: `promotion:${promotion.id}` }
    : { operation: 'promotions.create', request: { promotion: { active, ...document } }, summary: `Promotion “${name}”: new`, subject: `promotion:new:${name}` };
}
