import type { Conditions, Effect, Scope } from '../../../src/documents/index.js';
import { localOf } from './zone.js';
import { counted, listed, ordinal, percentOf, sentence } from './words.js';
import type { Promotion, PromotionDocument } from '../screens/promotions/model.js';

export interface SummaryWords {
  readonly money: (minor: number) => string;
  readonly date: (instant: string) => string;
  readonly dateTime: (instant: string) => string;
  readonly timeZone: string;
  /** Names of tiers by id. */
  readonly tiers: ReadonlyMap<string, string>;
}

/** The part of a tag that names something: `stores/collection:shoes` -> "shoes". */
const tagWord = (tag: string): string => tag.split(/[:/]/).at(-1) || tag;
const tagWords = (tags: readonly string[], last = 'or'): string => listed(tags.map(tagWord), last);

function scopeWords(scope: Scope | undefined, words: SummaryWords, all: string): string {
  if (!scope) {
    return all;
  }
  const { include, exclude, minUnitPrice, maxUnitPrice } = scope;
  const prices =
    minUnitPrice !== undefined && maxUnitPrice !== undefined
      ? ` that cost ${words.money(minUnitPrice)} to ${words.money(maxUnitPrice)}`
      : minUnitPrice !== undefined
        ? ` that cost ${words.money(minUnitPrice)} or more`
        : maxUnitPrice !== undefined
          ? ` that cost at most ${words.money(maxUnitPrice)}`
          : '';
  return `${include ? tagWords(include, 'and') : all}${prices}${exclude ? ` but not ${tagWords(exclude)}` : ''}`;
}

type Counted = Extract<Effect, { kind: 'percent' | 'tieredPercent' | 'fixedAmount' | 'fixedPrice' }>;

/** What it is taken off: "shoes", "each item", "the cheapest item". */
function targetWords(effect: Counted, words: SummaryWords): string {
  const { target = 'order', apply = 'across', scope } = effect;
  if (target === 'order') {
    return 'the order';
  }
  const goods = scopeWords(scope, words, target === 'shipping' ? 'shipping' : 'all items');
  const one = scope ? ` of ${goods}` : '';
  return apply === 'cheapestUnit' ? `the cheapest item${one}` : apply === 'eachUnit' ? `each item${one}` : apply === 'each' ? `each line${one}` : goods;
}

function priceWords(effect: Extract<Effect, { kind: 'fixedPrice' }>, words: SummaryWords): string {
  const price = words.money(effect.amount);
  const goods = scopeWords(effect.scope, words, 'items');
  if (effect.groupSize !== undefined) {
    return `every ${effect.groupSize.toLocaleString('en')} ${goods} for ${price}`;
  }
  return effect.apply === 'eachUnit' ? `${goods} for ${price} each` : `${targetWords(effect, words)} for ${price}`;
}

function buyAndGet(effect: Extract<Effect, { kind: 'buyXGetY' }>, words: SummaryWords): string {
  const { buy, get, buyScope, getScope, scope, ratePpm, amountOff } = effect;
  const bought = scopeWords(buyScope ?? scope, words, buy === 1 ? 'item' : 'items');
  const given = getScope ? ` of ${scopeWords(getScope, words, 'items')}` : ' more';
  const off = amountOff !== undefined ? `with ${words.money(amountOff)} off each` : ratePpm === undefined || ratePpm === 1_000_000 ? 'free' : `at ${percentOf(ratePpm)} off`;
  return `buy ${buy} ${bought}, get ${get}${given} ${off}${effect.repeat === false ? ', once an order' : ''}`;
}

function giftWords({ productId, quantity, unitPrice, perUnits }: Extract<Effect, { kind: 'freeItem' }>, words: SummaryWords): string {
  const every = perUnits ? ` for every ${perUnits.every} ${scopeWords(perUnits.scope, words, 'items')}` : '';
  return `${quantity === 1 ? '' : `${quantity} × `}${productId} as a gift (worth ${words.money(unitPrice)}${quantity === 1 ? '' : ' each'})${every}`;
}

function effectCore(effect: Effect, words: SummaryWords): string {
  switch (effect.kind) {
    case 'percent':
      return `${percentOf(effect.ratePpm)} off ${targetWords(effect, words)}`;
    case 'tieredPercent': {
      const steps = effect.steps.map(({ from, ratePpm }) => `${percentOf(ratePpm)} from ${effect.by === 'quantity' ? counted(from, 'item') : words.money(from)}`);
      return `${listed(steps)} off ${targetWords(effect, words)}`;
    }
    case 'fixedAmount':
      return `${words.money(effect.amount)} off ${targetWords(effect, words)}`;
    case 'fixedPrice':
      return priceWords(effect, words);
    case 'freeShipping':
      return effect.scope?.include ? `free shipping by ${tagWords(effect.scope.include)}` : 'free shipping';
    case 'buyXGetY':
      return buyAndGet(effect, words);
    case 'freeItem':
      return giftWords(effect, words);
    case 'pointsAsMoney':
      return 'points as money';
    default: // a document that is being written
      throw new RangeError('No such effect.');
  }
}

type Bounds = Pick<Extract<Effect, { kind: 'percent' }>, 'maxDiscount' | 'maxUnits' | 'maxUnitsPerLine' | 'excludeDiscounted' | 'appliesToSubscriptions'>;

/** One effect in words: "10% off shoes (at most $20.00)". Throws where it is none. */
export function effectWords(effect: Effect, words: SummaryWords): string {
  const more: Bounds = effect.kind === 'freeItem' ? {} : effect;
  const bounds = [
    ...(more.maxDiscount !== undefined ? [`at most ${words.money(more.maxDiscount)}`] : []),
    ...(more.maxUnits !== undefined ? [`for at most ${counted(more.maxUnits, 'item')}`] : []),
    ...(more.maxUnitsPerLine !== undefined ? [`for at most ${counted(more.maxUnitsPerLine, 'item')} of a kind`] : []),
    ...(more.excludeDiscounted ? ['not on goods that are reduced already'] : []),
    ...(more.appliesToSubscriptions ? ['on subscriptions too'] : []),
  ];
  return effectCore(effect, words) + (bounds.length > 0 ? ` (${bounds.join(', ')})` : '');
}

/** Midnight is the end of the day before; other times are said with the hour. */
function untilWords(instant: string, words: SummaryWords): string {
  return localOf(instant, words.timeZone).endsWith('T00:00') ? words.date(new Date(Date.parse(instant) - 1).toISOString()) : words.dateTime(instant);
}

const fromWords = (instant: string, words: SummaryWords): string => (localOf(instant, words.timeZone).endsWith('T00:00') ? words.date(instant) : words.dateTime(instant));

/** Whether a minimum is one of just the goods that are discounted. */
const isOfTheSame = (scope: Scope, [effect, ...others]: readonly Effect[]): boolean =>
  others.length === 0 && effect !== undefined && 'scope' in effect && JSON.stringify(effect.scope) === JSON.stringify(scope);

/** What is asked of the cart stands at once behind what is given; the rest follows in commas. */
function cartWords(conditions: Conditions, effects: readonly Effect[], words: SummaryWords): readonly string[] {
  const { minSubtotal, minSubtotalOf, minQuantity, minQuantityOf, minLineQuantity, containsTags, shippingMethods } = conditions;
  return [
    ...(minSubtotal !== undefined ? [`from ${words.money(minSubtotal)}`] : []),
    ...(minSubtotalOf ? [isOfTheSame(minSubtotalOf.scope, effects) ? `from ${words.money(minSubtotalOf.amount)} of them` : `with ${scopeWords(minSubtotalOf.scope, words, 'goods')} for at least ${words.money(minSubtotalOf.amount)}`] : []),
    ...(minQuantity !== undefined ? [`from ${counted(minQuantity, 'item')}`] : []),
    ...(minQuantityOf ? [`with at least ${minQuantityOf.quantity} ${scopeWords(minQuantityOf.scope, words, 'items')}`] : []),
    ...(minLineQuantity !== undefined ? [`with at least ${minLineQuantity} of one item`] : []),
    ...(containsTags ? [`with ${tagWords(containsTags)} in the cart`] : []),
    ...(shippingMethods ? [`with ${tagWords(shippingMethods)} shipping`] : []),
  ];
}

function otherWords({ conditions = {}, limits = {}, exclusive }: PromotionDocument, words: SummaryWords): readonly string[] {
  const { tierIds, membersOnly, customerTags, orderNumber, startsAt, endsAt } = conditions;
  const { usesLeft, usesLeftForCustomer, budgetLeft } = limits;
  const who = tierIds ? `for ${listed(tierIds.map((id) => words.tiers.get(id) ?? 'a tier that is gone'))} members` : membersOnly ? 'for members' : null;
  return [
    ...(who ? [who] : []),
    ...(customerTags ? [`for customers with the tag ${listed(customerTags, 'or')}`] : []),
    ...(orderNumber !== undefined ? [`on the ${ordinal(orderNumber)} order`] : []),
    ...(startsAt ? [`from ${fromWords(startsAt, words)}`] : []),
    ...(endsAt ? [`until ${untilWords(endsAt, words)}`] : []),
    ...(usesLeftForCustomer !== undefined ? [`${usesLeftForCustomer === 1 ? 'one use' : counted(usesLeftForCustomer, 'use')} per member`] : []),
    ...(usesLeft !== undefined ? [`${counted(usesLeft, 'use')} in all`] : []),
    ...(budgetLeft !== undefined ? [`until ${words.money(budgetLeft)} are given away`] : []),
    ...(exclusive ? ['not together with others'] : []),
  ];
}

/** A promotion in a sentence, by its document alone; throws where that is none. "10% off shoes from $50.00, until 31 Dec, 1 use per member". */
export function summaryOf(promotion: PromotionDocument, words: SummaryWords): string {
  const { effects, conditions = {}, trigger, codes = [] } = promotion;
  const given = effects.length === 0 ? 'nothing yet' : effects.map((effect) => effectWords(effect, words)).join(', and ');
  const whole = [[given, ...cartWords(conditions, effects, words)].join(' '), ...otherWords(promotion, words)].join(', ');
  const code = trigger !== 'code' ? '' : codes.length === 1 ? `with the code ${codes[0]}: ` : `with one of ${codes.length.toLocaleString('en')} codes: `;
  return sentence(`${code}${whole}`);
}

/** How often a promotion has been used, of how many times it may be: "Used 37 of 100 times, $185.00 taken off". */
export function usageWords({ times, amountMinor }: NonNullable<Promotion['usage']>, most: number | undefined, { money }: Pick<SummaryWords, 'money'>): string {
  if (times === 0) {
    return 'Not used yet';
  }
  const of = most === undefined ? counted(times, 'time') : `${times.toLocaleString('en')} of ${counted(most, 'time')}`;
  return `Used ${of}, ${money(amountMinor)} taken off`;
}
