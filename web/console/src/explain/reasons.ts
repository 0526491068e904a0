import type { Fact, Fix, NearMiss, Rejection, RejectionCode, Scope } from '../../../src/documents/index.js';
import type { Naming } from './naming.js';
import type { ExplainWording } from './wording.js';

/** What a code says where no numbers are known. */
const PLAIN: Readonly<Record<RejectionCode, string>> = {
  PROGRAM_NOT_ACTIVE: 'The program is not active.',
  SIGN_IN_REQUIRED: 'It is for members; nobody is signed in.',
  REWARD_NOT_FOUND: 'There is no such reward.',
  COUPON_NOT_FOUND: 'The member has no such coupon.',
  CODE_NOT_FOUND: 'There is no such code.',
  REWARD_NOT_ACTIVE: 'The reward is switched off.',
  COUPON_NOT_ACTIVE: 'The coupon is not active.',
  COUPON_USED: 'The coupon is in use already.',
  REWARD_NOT_AVAILABLE_FOR_TIER: 'It is not offered to this tier.',
  TIER_REQUIRED: 'It is for other tiers.',
  NOT_STARTED: 'It has not started yet.',
  EXPIRED: 'It has ended.',
  MINIMUM_SUBTOTAL_NOT_MET: 'The cart does not reach the minimum amount.',
  MINIMUM_QUANTITY_NOT_MET: 'The cart does not reach the minimum quantity.',
  SCOPE_NOT_IN_CART: 'The cart has none of the goods that it is for.',
  CUSTOMER_NOT_ELIGIBLE: 'It is for other customers.',
  ORDER_NUMBER_MISMATCH: 'It is for another order of the customer.',
  SHIPPING_METHOD_MISMATCH: 'It is for other delivery methods.',
  USAGE_LIMIT_REACHED: 'It has been used as often as it may be.',
  CUSTOMER_LIMIT_REACHED: 'The customer has used it as often as allowed.',
  BUDGET_EXHAUSTED: 'Its budget is used up.',
  INSUFFICIENT_POINTS: 'There are not enough points.',
  POINTS_BELOW_MINIMUM: 'More points have to be spent at once.',
  POINTS_OFF_STEP: 'Points are spent in fixed steps.',
  NOT_COMBINABLE: 'It cannot be combined with what is chosen.',
  NOTHING_TO_DISCOUNT: 'There is nothing left that it could take off.',
};

const either = new Intl.ListFormat('en', { type: 'disjunction' });
const isScope = (fact: Fact | undefined): fact is Scope => typeof fact === 'object' && !Array.isArray(fact);
const listOf = (fact: Fact | undefined): readonly string[] => (Array.isArray(fact) ? fact : typeof fact === 'string' ? [fact] : []);

/** The part of a tag that names goods: "stores/collection:shoes" is "shoes". */
export const tagName = (tag: string): string => tag.split(/[:/]/).at(-1) || tag;

/** Goods by their tags. */
export const tagsText = (tags: readonly string[]): string => either.format(tags.map(tagName));

function goods(scope: Scope | undefined, words: ExplainWording): string {
  const parts = [
    scope?.include && tagsText(scope.include),
    scope?.exclude && `not ${tagsText(scope.exclude)}`,
    scope?.minUnitPrice !== undefined && `from ${words.money(scope.minUnitPrice)} each`,
    scope?.maxUnitPrice !== undefined && `up to ${words.money(scope.maxUnitPrice)} each`,
  ].filter(Boolean);
  return parts.join(', ');
}

const ofGoods = (scope: Scope | undefined, words: ExplainWording): string => {
  const text = goods(scope, words);
  return text === '' ? '' : ` of ${text}`;
};

/** "It asks for X; the cart has Y." */
const compared = (required: string, actual: string | null, has: string) => `It asks for ${required}${actual === null ? '' : `; ${has} ${actual}`}.`;

/** Why a reward, coupon, code or promotion did not count, with what it asks for and what there is. */
export function reasonOf(reason: Pick<Rejection, 'code' | 'required' | 'actual' | 'missing' | 'fix'>, words: ExplainWording, naming: Naming): string {
  const { code, required, actual } = reason;
  const scope = reason.fix?.scope;
  const write = (fact: Fact | undefined, how: (value: number) => string) => (typeof fact === 'number' ? how(fact) : null);
  const plain = PLAIN[code] ?? `It was refused: ${code}.`;
  if (typeof required === 'number') {
    switch (code) {
      case 'MINIMUM_SUBTOTAL_NOT_MET':
        return compared(`${words.money(required)}${ofGoods(scope, words)}`, write(actual, words.money), 'the cart has');
      case 'MINIMUM_QUANTITY_NOT_MET':
        return compared(`${words.number(required)} items${ofGoods(scope, words)}`, write(actual, words.number), 'the cart has');
      case 'INSUFFICIENT_POINTS':
        return compared(words.points(required), write(actual, words.number), 'the member can use');
      case 'POINTS_BELOW_MINIMUM':
        return `At least ${words.points(required)} have to be spent${typeof actual === 'number' ? `; chosen were ${words.number(actual)}` : ''}.`;
      case 'POINTS_OFF_STEP':
        return `It goes in steps; the nearest lower one is ${words.points(required)}.`;
      case 'ORDER_NUMBER_MISMATCH':
        return compared(`order number ${words.number(required)} of a customer`, write(actual, words.number), 'this is number');
      default:
        return plain;
    }
  }
  switch (code) {
    case 'REWARD_NOT_AVAILABLE_FOR_TIER':
    case 'TIER_REQUIRED': {
      const tiers = listOf(required).map((id) => naming.tier(id));
      const has = typeof actual === 'string' ? `; the member is in ${naming.tier(actual)}` : '';
      return tiers.length === 0 ? plain : `It is for ${either.format(tiers)}${has}.`;
    }
    case 'NOT_STARTED':
      return typeof required === 'string' ? `It starts on ${words.dateTime(required)}.` : plain;
    case 'EXPIRED':
      return typeof required === 'string' ? `It ended on ${words.dateTime(required)}.` : plain;
    case 'SCOPE_NOT_IN_CART': {
      const wanted = isScope(required) ? goods(required, words) : tagsText(listOf(required));
      return wanted === '' ? plain : `It is for ${wanted}; the cart has none.`;
    }
    case 'SHIPPING_METHOD_MISMATCH':
      return listOf(required).length === 0 ? plain : `It is for delivery by ${either.format(listOf(required))}.`;
    case 'NOT_COMBINABLE':
      return typeof actual === 'string' ? `It cannot be combined with “${naming.candidate(actual)}”.` : plain;
    default:
      return plain;
  }
}

/** What would make it count: "Add $5.05 of shoes"; null where no one thing would. */
export function fixOf(fix: Fix | undefined, words: ExplainWording, naming: Naming): string | null {
  switch (fix?.kind) {
    case 'addAmount':
      return `Add ${words.money(fix.amount)}${ofGoods(fix.scope, words)}`;
    case 'addQuantity':
      return `Add ${words.number(fix.quantity)} more${ofGoods(fix.scope, words)}`;
    case 'earnPoints':
      return `${words.points(fix.points)} more`;
    case 'reachTier':
      return `Reach ${naming.tier(fix.tierId)}`;
    case 'signIn':
      return 'Sign in';
    case 'wait':
      return `Wait until ${words.dateTime(fix.at)}`;
    case 'choose':
      return fix.points === undefined ? 'Choose it alone' : `Choose ${words.points(fix.points)}`;
    default:
      return null;
  }
}

/** "Add $5.05 of shoes, and “Free shipping” takes off $4.90." */
export function nearMissText(miss: NearMiss, words: ExplainWording, naming: Naming): string {
  const fix = fixOf(miss.fix, words, naming) ?? PLAIN[miss.code];
  return `${fix}, and “${naming.candidate(miss.id, miss.source)}” takes off ${words.money(miss.saves)}.`;
}
