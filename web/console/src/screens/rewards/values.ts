import { minorOf } from '../../app/wording.js';
import type { Change } from '../../draft/draft.js';
import { faultOfAmount, faultOfNumber, faultOfText } from '../../kit/checks.js';
import type { Values } from '../../kit/form.js';
import { faultOfPercent, textOfMinor } from '../../rules/decimals.js';
import type { CouponReward, Reward, RewardConfig, RewardScope, TiersProgram } from '../../rules/model.js';
import { tierConfigs, tierFaults, tierFieldOf, tierTexts } from '../../rules/tier-values.js';
import { faultOfPositive, ifFilled, isFilled, numberIn } from '../../rules/typed.js';

/** Points as money at the checkout, or a coupon of three kinds. */
export type Kind = 'flexible' | 'fixed' | 'percent' | 'shipping';

export const KINDS: readonly (readonly [kind: Kind, name: string, hint: string])[] = [
  ['flexible', 'Points as money', 'Members choose at the checkout how many points they spend.'],
  ['fixed', 'Coupon: an amount off', 'Points are exchanged for a coupon, as in $5 off.'],
  ['percent', 'Coupon: percent off', 'Points are exchanged for a coupon, as in 10% off.'],
  ['shipping', 'Coupon: free shipping', 'Points are exchanged for a coupon for free shipping.'],
];

/** What a coupon can be limited to, as the server knows it. */
export const SCOPES: readonly (readonly [value: string, name: string, needsId: boolean, hasId: boolean])[] = [
  ['stores', 'The whole online store', false, false],
  ['stores/product', 'One product', true, true],
  ['stores/collection', 'One collection', true, true],
  ['bookings', 'All bookings', false, false],
  ['bookings/service', 'One service', true, true],
  ['events/event', 'Events, or one event', false, true],
  ['events/ticket', 'Tickets, or one ticket', false, true],
  ['pricingPlans', 'All pricing plans', false, false],
  ['pricingPlans/plan', 'One pricing plan', true, true],
  ['restaurants', 'The whole restaurant', false, false],
  ['restaurants/item', 'Dishes, or one dish', false, true],
];

/** The fields of a reward; those of tiers are `cost_<tier>` and `value_<tier>`. */
export type RewardValues = Values & {
  readonly kind: string;
  readonly name: string;
  readonly active: boolean;
  readonly minPoints: string;
  readonly maxPoints: string;
  readonly stepPoints: string;
  readonly maxShareOfOrder: string;
  /** '' everything, 'subtotal' from an amount, 'scope' some goods. */
  readonly on: string;
  readonly minimumSubtotal: string;
  readonly scope: string;
  readonly entityId: string;
  readonly limitedToOneItem: boolean;
  readonly appliesToSubscriptions: boolean;
  readonly discountedCycleCount: string;
  readonly minOrders: string;
  readonly minSpend: string;
  readonly withinDays: string;
};

const COST_MAX = 9_999_999;
const textOf = (value: string | number | undefined): string => (value === undefined ? '' : String(value));

export function kindOf({ couponReward }: Pick<Reward, 'couponReward'>): Kind {
  return couponReward?.fixedAmount ? 'fixed' : couponReward?.percentage ? 'percent' : couponReward?.freeShipping ? 'shipping' : 'flexible';
}

export function configsOf({ discountAmount, couponReward }: Reward): readonly RewardConfig[] {
  return (discountAmount ?? couponReward?.fixedAmount ?? couponReward?.percentage ?? couponReward?.freeShipping)?.configsByTier ?? [];
}

export const scopeKey = ({ namespace, group }: RewardScope): string => (group ? `${namespace}/${group.name}` : namespace);

export function newReward(program: TiersProgram, kind: string | null): RewardValues {
  return {
    kind: KINDS.find(([one]) => one === kind)?.[0] ?? 'flexible', name: '', active: true,
    minPoints: '', maxPoints: '', stepPoints: '', maxShareOfOrder: '', on: '', minimumSubtotal: '', scope: 'stores', entityId: '',
    limitedToOneItem: false, appliesToSubscriptions: false, discountedCycleCount: '', minOrders: '', minSpend: '', withinDays: '',
    ...tierTexts<RewardConfig>(program, 'cost', [], () => ''),
    ...tierTexts<RewardConfig>(program, 'value', [], () => ''),
  };
}

export function valuesOfReward(program: TiersProgram, currency: string, reward: Reward): RewardValues {
  const { discountAmount, couponReward, customConditions } = reward;
  const scope = couponReward?.scope;
  const configs = configsOf(reward);
  /** With all decimals of the currency, however the server writes it. */
  const money = (value: string | number | undefined): string => {
    const minor = value === undefined ? null : minorOf(String(value), currency);
    return minor === null ? textOf(value) : textOfMinor(minor, currency);
  };
  return {
    kind: kindOf(reward), name: reward.name, active: reward.active,
    minPoints: textOf(discountAmount?.minPoints), maxPoints: textOf(discountAmount?.maxPoints), stepPoints: textOf(discountAmount?.stepPoints),
    maxShareOfOrder: textOf(discountAmount?.maxShareOfOrder),
    on: scope ? 'scope' : couponReward?.minimumSubtotal !== undefined ? 'subtotal' : '',
    minimumSubtotal: money(couponReward?.minimumSubtotal), scope: scope ? scopeKey(scope) : 'stores', entityId: scope?.group?.entityId ?? '',
    limitedToOneItem: couponReward?.limitedToOneItem === true, appliesToSubscriptions: couponReward?.appliesToSubscriptions === true,
    discountedCycleCount: textOf(couponReward?.discountedCycleCount),
    minOrders: textOf(customConditions?.minOrders), minSpend: money(customConditions?.minSpend), withinDays: textOf(customConditions?.withinDays),
    ...tierTexts(program, 'cost', configs, ({ costInPoints }) => String(costInPoints)),
    ...tierTexts(program, 'value', configs, ({ amount, percentage }) => (amount === undefined ? textOf(percentage) : money(amount))),
  };
}

const columnsOf = ({ kind }: RewardValues): readonly string[] => (kind === 'shipping' ? ['cost'] : ['cost', 'value']);

/** Discounted payments of a subscription can be counted for pricing plans only. */
export const canCountCycles = ({ kind, on, scope, appliesToSubscriptions }: RewardValues): boolean =>
  kind !== 'flexible' && on === 'scope' && scope.startsWith('pricingPlans') && appliesToSubscriptions;
/** Neither with a minimum subtotal nor for shipping can a coupon be of one item. */
export const canBeOneItem = ({ kind, on }: RewardValues): boolean => (kind === 'fixed' || kind === 'percent') && on !== 'subtotal';
const needsEntity = (scope: string): boolean => SCOPES.find(([value]) => value === scope)?.[2] === true;
export const hasEntity = (scope: string): boolean => SCOPES.find(([value]) => value === scope)?.[3] === true;

export function faultsOfReward(program: TiersProgram, currency: string, values: RewardValues): Partial<Record<string, string>> {
  const cost = (text: string) => faultOfNumber(text, 1, COST_MAX);
  const value = (text: string) => (values.kind === 'percent' ? faultOfPercent(text, 2) : faultOfPositive(text, currency));
  const { minPoints, maxPoints } = values;
  const isFlexible = values.kind === 'flexible';
  const isInverted = isFilled(minPoints) && isFilled(maxPoints) && numberIn(maxPoints) < numberIn(minPoints);
  return {
    name: faultOfText(values.name, 1, 50, 'a name'),
    ...(isFlexible && {
      minPoints: ifFilled(minPoints, cost),
      maxPoints: ifFilled(maxPoints, cost) ?? (isInverted ? 'Enter at least as many as the fewest.' : undefined),
      stepPoints: ifFilled(values.stepPoints, cost),
      maxShareOfOrder: ifFilled(values.maxShareOfOrder, (text) => faultOfPercent(text, 2)),
    }),
    ...(!isFlexible && values.on === 'subtotal' && { minimumSubtotal: faultOfAmount(values.minimumSubtotal, currency) }),
    ...(!isFlexible && values.on === 'scope' && needsEntity(values.scope) && { entityId: faultOfText(values.entityId, 1, 100, 'its id') }),
    ...(canCountCycles(values) && { discountedCycleCount: ifFilled(values.discountedCycleCount, (text) => faultOfNumber(text, 1, 999)) }),
    minOrders: ifFilled(values.minOrders, (text) => faultOfNumber(text, 1, 10_000)),
    minSpend: ifFilled(values.minSpend, (text) => faultOfPositive(text, currency)),
    withinDays: ifFilled(values.withinDays, (text) => (isFilled(values.minOrders) || isFilled(values.minSpend) ? faultOfNumber(text, 1, 3_660) : 'Enter orders or an amount above too.')),
    ...tierFaults(program, values, columnsOf(values).length === 1 ? { cost } : { cost, value }),
  } as Partial<Record<string, string>>;
}

const whole = (name: string, text: string) => (isFilled(text) ? { [name]: numberIn(text) } : {});
const decimal = (name: string, text: string) => (isFilled(text) ? { [name]: text.trim() } : {});

function couponOf(program: TiersProgram, values: RewardValues): CouponReward {
  const configsByTier = tierConfigs(program, values, columnsOf(values), ({ cost, value }) => ({
    costInPoints: numberIn(cost!),
    ...(values.kind === 'fixed' && { amount: value! }),
    ...(values.kind === 'percent' && { percentage: value! }),
  }));
  const kind = { fixed: 'fixedAmount', percent: 'percentage' }[values.kind] ?? 'freeShipping';
  const [namespace = '', group] = values.scope.split('/');
  const entityId = hasEntity(values.scope) ? values.entityId.trim() : '';
  return {
    [kind]: { configsByTier },
    ...(values.on === 'subtotal' && decimal('minimumSubtotal', values.minimumSubtotal)),
    ...(values.on === 'scope' && values.kind !== 'shipping' && { scope: { namespace, ...(group && { group: { name: group, ...(entityId && { entityId }) } }) } }),
    ...(canBeOneItem(values) && values.limitedToOneItem && { limitedToOneItem: true }),
    ...(values.appliesToSubscriptions && { appliesToSubscriptions: true }),
    ...(canCountCycles(values) && whole('discountedCycleCount', values.discountedCycleCount)),
  };
}

/** The change that the fields amount to; `reward` is what is changed, or null for a new one. */
export function changeOfReward(program: TiersProgram, values: RewardValues, reward: Reward | null): Change {
  const name = values.name.trim();
  const content =
    values.kind === 'flexible'
      ? {
          discountAmount: {
            configsByTier: tierConfigs(program, values, columnsOf(values), ({ cost, value }) => ({ amount: value!, costInPoints: numberIn(cost!) })),
            ...whole('minPoints', values.minPoints),
            ...whole('maxPoints', values.maxPoints),
            ...whole('stepPoints', values.stepPoints),
            ...decimal('maxShareOfOrder', values.maxShareOfOrder),
          },
        }
      : { couponReward: couponOf(program, values) };
  const customConditions = { ...whole('minOrders', values.minOrders), ...decimal('minSpend', values.minSpend), ...whole('withinDays', values.withinDays) };
  const body = { name, active: values.active, ...content };
  return reward
    ? // Conditions that are left out would stay; empty ones go.
      { operation: 'rewards.update', request: { reward: { id: reward.id, revision: reward.revision, ...body, customConditions } }, summary: `Reward “${name}”: changed`, subject: `reward:${reward.id}` }
    : {
        operation: 'rewards.create',
        request: { reward: { type: values.kind === 'flexible' ? 'DISCOUNT_AMOUNT' : 'COUPON_REWARD', ...body, ...(Object.keys(customConditions).length > 0 && { customConditions }) } },
        summary: `Reward “${name}”: new`,
        subject: `reward:new:${name}`,
      };
}

/** Which field a path of the server's answer means. */
export function fieldOfReward(path: string, program: TiersProgram, values: RewardValues): string | undefined {
  const fields: Readonly<Record<string, string>> = { costInPoints: 'cost', amount: 'value', percentage: 'value' };
  const last = path.split('.').at(-1) as string;
  return tierFieldOf(path, program, values, fields) ?? (last === 'group' || last === 'namespace' ? 'scope' : last in values ? last : undefined);
}
