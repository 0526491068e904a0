import type { Scope } from '../../../../src/documents/index.js';
import { faultOfAmount, faultOfNumber, faultOfText } from '../../kit/checks.js';
import type { Values } from '../../kit/form.js';
import { faultOfPercent } from '../../rules/decimals.js';
import type { TiersProgram } from '../../rules/model.js';
import { tierField } from '../../rules/tier-values.js';
import { faultOfPositive, ifFilled, isFilled } from '../../rules/typed.js';
import { instantOf } from '../../rules/zone.js';

export type Kind = 'percent' | 'amount' | 'buyGet' | 'gift' | 'shipping';

export const KINDS: readonly (readonly [kind: Kind, name: string])[] = [
  ['percent', 'Percent off'],
  ['amount', 'An amount off'],
  ['buyGet', 'Buy some, get some'],
  ['gift', 'A free gift'],
  ['shipping', 'Free shipping'],
];

/** The fields of a promotion as the form has it; tiers that it is for are `tier_<id>`. */
export type PromotionValues = Values & {
  readonly kind: string;
  readonly name: string;
  readonly active: boolean;
  readonly isByCode: boolean;
  /** One code a line. */
  readonly codes: string;
  readonly percent: string;
  readonly amount: string;
  /** Tags, separated by commas, of goods or of ways of shipping; empty: all of them. */
  readonly tags: string;
  readonly notTags: string;
  readonly maxDiscount: string;
  readonly buy: string;
  readonly get: string;
  /** Of the units that are given; 100: free. */
  readonly getPercent: string;
  readonly getTags: string;
  readonly giftProduct: string;
  readonly giftQuantity: string;
  readonly giftPrice: string;
  readonly minSubtotal: string;
  /** Of the goods that it is taken off, not of the whole order. */
  readonly isMinimumOfTags: boolean;
  readonly minQuantity: string;
  readonly membersOnly: boolean;
  readonly isFirstOrder: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly usesLeft: string;
  readonly usesLeftForCustomer: string;
  readonly budgetLeft: string;
  readonly exclusive: boolean;
  readonly priority: string;
};

/** What the program has to do with the fields. */
export interface Frame {
  readonly currency: string;
  readonly timeZone: string;
  readonly tiers: TiersProgram;
}

const TAG_BYTES = 128;

/** The words of a list that is typed with commas or line breaks. */
export const listOf = (text: string): readonly string[] => [...new Set(text.split(/[,\n]/).map((one) => one.trim()).filter(Boolean))];

const EMPTY: PromotionValues = {
  kind: 'percent', name: '', active: true, isByCode: false, codes: '', percent: '', amount: '', tags: '', notTags: '', maxDiscount: '',
  buy: '2', get: '1', getPercent: '100', getTags: '', giftProduct: '', giftQuantity: '1', giftPrice: '', minSubtotal: '', isMinimumOfTags: false, minQuantity: '',
  membersOnly: false, isFirstOrder: false, startsAt: '', endsAt: '', usesLeft: '', usesLeftForCustomer: '', budgetLeft: '', exclusive: false, priority: '0',
};

export function newPromotion({ tiers }: Frame, kind: string | null): PromotionValues {
  return { ...EMPTY, ...Object.fromEntries(tiers.tiers.map(({ id }) => [tierField('tier', id), false])), kind: KINDS.find(([one]) => one === kind)?.[0] ?? EMPTY.kind };
}

/** The goods that it is taken off; null: all of them. */
export function goodsOf(values: PromotionValues): Scope | null {
  const include = listOf(values.tags);
  const exclude = hasExceptions(values) ? listOf(values.notTags) : [];
  return include.length + exclude.length === 0 ? null : { ...(include.length > 0 && { include }), ...(exclude.length > 0 && { exclude }) };
}

/** Whether some goods can be left out. */
export const hasExceptions = ({ kind }: PromotionValues): boolean => kind === 'percent' || kind === 'amount';

/** Whether the minimum can be one of the goods that it is taken off. */
export const hasMinimumOfTags = (values: PromotionValues): boolean => hasExceptions(values) && goodsOf(values) !== null && isFilled(values.minSubtotal);

export function faultsOfPromotion(frame: Frame, values: PromotionValues): Partial<Record<string, string>> {
  const { currency } = frame;
  const above = (text: string) => faultOfPositive(text, currency);
  const tags = (text: string) => (listOf(text).some((tag) => new TextEncoder().encode(tag).length > TAG_BYTES) ? 'Use tags of at most 128 bytes each.' : undefined);
  const count = (text: string) => faultOfNumber(text, 1, 1_000_000);
  const byKind: Readonly<Record<Kind, Record<string, string | undefined>>> = {
    percent: { percent: faultOfPercent(values.percent), maxDiscount: ifFilled(values.maxDiscount, above) },
    amount: { amount: above(values.amount) },
    buyGet: { buy: count(values.buy), get: count(values.get), getPercent: faultOfPercent(values.getPercent), getTags: tags(values.getTags) },
    gift: { giftProduct: faultOfText(values.giftProduct, 1, 128, 'the product'), giftQuantity: count(values.giftQuantity), giftPrice: faultOfAmount(values.giftPrice, currency) },
    shipping: {},
  };
  const isInverted = isFilled(values.startsAt) && isFilled(values.endsAt) && values.endsAt <= values.startsAt;
  const whole = (text: string) => faultOfNumber(text, 0, Number.MAX_SAFE_INTEGER);
  return {
    name: faultOfText(values.name, 1, 200, 'a name'),
    ...(values.isByCode && { codes: listOf(values.codes).length === 0 ? 'Enter at least one code.' : listOf(values.codes).length > 10_000 ? 'Use at most 10,000 codes.' : undefined }),
    ...byKind[values.kind as Kind],
    tags: tags(values.tags),
    notTags: tags(values.notTags),
    minSubtotal: ifFilled(values.minSubtotal, above),
    minQuantity: ifFilled(values.minQuantity, count),
    startsAt: ifFilled(values.startsAt, (text) => (instantOf(text, frame.timeZone) ? undefined : 'Enter a day and a time.')),
    endsAt: ifFilled(values.endsAt, (text) => (instantOf(text, frame.timeZone) ? undefined : 'Enter a day and a time.')) ?? (isInverted ? 'Enter a time after the beginning.' : undefined),
    usesLeft: ifFilled(values.usesLeft, whole),
    usesLeftForCustomer: ifFilled(values.usesLeftForCustomer, whole),
    budgetLeft: ifFilled(values.budgetLeft, above),
    priority: faultOfNumber(values.priority, -1_000_000, 1_000_000),
  } as Partial<Record<string, string>>;
}

const FIELDS: Readonly<Record<string, string>> = { ratePpm: 'percent', productId: 'giftProduct', quantity: 'giftQuantity', unitPrice: 'giftPrice', include: 'tags', exclude: 'notTags' };

/** Which field a path of the server's answer means. */
export function fieldOfPromotion(path: string, values: PromotionValues): string | undefined {
  const name = path.replaceAll(/\[\d+\]/g, '').split('.').at(-1) as string;
  return name === 'ratePpm' && values.kind === 'buyGet' ? 'getPercent' : (FIELDS[name] ?? (name in values ? name : undefined));
}
