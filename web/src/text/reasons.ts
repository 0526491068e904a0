import type { Fact, Fix, Scope } from '../documents/index.js';
import type { MessageKey } from './messages.js';
import type { Words } from './words.js';

/** Codes that only a page has, beside those of the core. */
export type WidgetCode = 'CART_LOCKED' | 'CART_EMPTY' | 'NO_CONFIRMER' | 'OFFLINE' | 'NO_ANSWER';

/** What is known of a "no": of the core's rows `code` and as many of the parameters as there are. */
export interface Reason {
  readonly id?: string;
  readonly code: string;
  readonly required?: Fact;
  readonly actual?: Fact;
  readonly missing?: Fact;
  readonly fix?: Fix;
}

/** Names of what the ids in a reason mean. */
export interface Naming {
  tier(id: string): string;
  /** A reward, coupon or promotion. */
  candidate(id: string): string | null;
}

const TIER_CODES = ['REWARD_NOT_AVAILABLE_FOR_TIER', 'TIER_REQUIRED'];

const isNumber = (fact: Fact | undefined): fact is number => typeof fact === 'number';
const isText = (fact: Fact | undefined): fact is string => typeof fact === 'string';
const isList = (fact: Fact | undefined): fact is readonly string[] => Array.isArray(fact);
const isScope = (fact: Fact | undefined): fact is Scope => typeof fact === 'object' && !Array.isArray(fact);

function tierNames(fact: Fact | undefined, words: Words, naming: Naming): string | null {
  const ids = isList(fact) ? fact : isText(fact) ? [fact] : [];
  return ids.length === 0
    ? null
    : new Intl.ListFormat(words.locale, { type: 'disjunction' }).format(ids.map((id) => words.name(naming.tier(id))));
}

function scopeOf(reason: Reason, words: Words): string | null {
  return words.scope(reason.fix?.scope ?? (isScope(reason.required) ? reason.required : undefined));
}

/** One or two sentences that say why, with what was required, found and missing as far as it is known. */
export function reasonText(reason: Reason, words: Words, naming: Naming): string {
  const { code, required, actual, missing } = reason;
  const scope = scopeOf(reason, words);
  switch (code) {
    case 'INSUFFICIENT_POINTS': {
      const points = reason.fix?.points ?? missing;
      const needed = words.say('reason_INSUFFICIENT_POINTS');
      return isNumber(points) ? `${needed}: ${words.points(points)}` : needed;
    }
    case 'POINTS_BELOW_MINIMUM':
    case 'POINTS_OFF_STEP':
      return isNumber(required) ? words.say(`reason_${code}`, { required: words.points(required) }) : words.say('reason_other');
    case 'REWARD_NOT_AVAILABLE_FOR_TIER':
    case 'TIER_REQUIRED': {
      const tier = reason.fix?.kind === 'reachTier' ? reason.fix.tierId : undefined;
      if (tier !== undefined && isNumber(missing)) {
        return words.say('reason_TIER_missing', { missing: words.points(missing), tier: words.name(naming.tier(tier)) });
      }
      const names = tierNames(required ?? tier, words, naming);
      return names === null ? words.say('reason_other') : words.say('reason_TIER', { required: names });
    }
    case 'NOT_STARTED':
    case 'EXPIRED':
      return isText(required) ? words.say(`reason_${code}`, { required: words.day(required) }) : words.say('reason_other');
    case 'MINIMUM_SUBTOTAL_NOT_MET': {
      if (!isNumber(required) || !isNumber(actual) || !isNumber(missing)) {
        return fixText(reason, words) ?? words.say('reason_other');
      }
      return words.say('reason_MINIMUM_SUBTOTAL', {
        required: ofScope(words.money(required), scope, words),
        actual: words.money(actual),
        missing: words.money(missing),
      });
    }
    case 'MINIMUM_QUANTITY_NOT_MET': {
      if (!isNumber(required) || !isNumber(actual)) {
        return fixText(reason, words) ?? words.say('reason_other');
      }
      const needed = words.number(required);
      return words.say('reason_MINIMUM_QUANTITY', {
        required: scope === null ? needed : `${needed} × ${scope}`,
        actual: words.number(actual),
      });
    }
    case 'SCOPE_NOT_IN_CART':
      return words.say('reason_SCOPE_NOT_IN_CART', { scope: scope ?? words.say('someGoods') });
    case 'ORDER_NUMBER_MISMATCH':
      return isNumber(required) ? words.say('reason_ORDER_NUMBER_MISMATCH', { required: words.number(required) }) : words.say('reason_other');
    case 'NOT_COMBINABLE': {
      const other = isText(actual) ? naming.candidate(actual) : null;
      return other === null ? words.say('reason_other') : words.say('reason_NOT_COMBINABLE', { other: words.name(other) });
    }
    case 'CART_LOCKED':
      return words.say('locked', { name: words.name(words.pointsName) });
    case 'OFFLINE':
      return words.say('offline');
    case 'RATE_LIMITED':
      return words.say('reason_RATE_LIMITED', { time: words.minutes(isNumber(required) ? Math.ceil(required / 60) : 1) });
    default: {
      const key = `reason_${code}`;
      return PLAIN.has(key) ? words.say(key as PlainKey) : words.say('reason_other');
    }
  }
}

const PLAIN_CODES = [
  'PROGRAM_NOT_ACTIVE',
  'SIGN_IN_REQUIRED',
  'REWARD_NOT_FOUND',
  'COUPON_NOT_FOUND',
  'CODE_NOT_FOUND',
  'REWARD_NOT_ACTIVE',
  'COUPON_NOT_ACTIVE',
  'COUPON_USED',
  'NOTHING_TO_DISCOUNT',
  'CUSTOMER_NOT_ELIGIBLE',
  'SHIPPING_METHOD_MISMATCH',
  'USAGE_LIMIT_REACHED',
  'CUSTOMER_LIMIT_REACHED',
  'BUDGET_EXHAUSTED',
  'CART_EMPTY',
  'NO_CONFIRMER',
  'NO_ANSWER',
  'TEMPORARY',
  'CHECKOUT_COMPLETED',
  'CHECKOUT_NOT_FOUND',
] as const;
type PlainKey = `reason_${(typeof PLAIN_CODES)[number]}` & MessageKey;
const PLAIN: ReadonlySet<string> = new Set(PLAIN_CODES.map((code) => `reason_${code}`));

/** Whether this page has a text of its own for a code; else the code is shown in small print. */
export function knowsReason(code: string): boolean {
  return (
    PLAIN.has(`reason_${code}`) ||
    TIER_CODES.includes(code) ||
    /^(INSUFFICIENT_POINTS|POINTS_(BELOW_MINIMUM|OFF_STEP)|NOT_STARTED|EXPIRED|MINIMUM_(SUBTOTAL|QUANTITY)_NOT_MET|SCOPE_NOT_IN_CART|ORDER_NUMBER_MISMATCH|NOT_COMBINABLE|CART_LOCKED|OFFLINE|RATE_LIMITED)$/.test(code)
  );
}

/** A short "do this": "Add $5.05 of shoes". Null where there is nothing to do. */
export function fixText({ fix }: { readonly fix?: Fix; readonly code?: string }, words: Words): string | null {
  const scope = words.scope(fix?.scope);
  switch (fix?.kind) {
    case 'addAmount':
      return words.say('fixAmount', { amount: ofScope(words.money(fix.amount), scope, words) });
    case 'addQuantity':
      return scope === null
        ? words.say('fixQuantity', { count: fix.quantity })
        : words.say('fixAmount', { amount: `${words.number(fix.quantity)} × ${scope}` });
    case 'earnPoints':
      return words.say('fixPoints', { points: words.points(fix.points) });
    default:
      return null;
  }
}

/** A whole sentence about a near miss: what to add for what. */
export function unlockText(miss: { readonly fix?: Fix }, reward: string, words: Words): string | null {
  const fix = fixText(miss, words);
  return fix && words.say('unlock', { fix, reward: words.name(reward) });
}

function ofScope(what: string, scope: string | null, words: Words): string {
  return scope === null ? what : words.say('ofScope', { what, scope });
}
