/** What the server keeps under an id, and its revision: the text that a change has to name. */
export interface Entity {
  readonly id: string;
  readonly revision: string;
}

export interface TierDefinition {
  readonly name?: string;
  readonly description?: string;
  readonly icon?: unknown;
}

export interface Tier extends Entity {
  readonly tierDefinition: TierDefinition;
  /** Tier points from which a member is in it. */
  readonly requiredPoints: number;
}

export type TiersStatus = 'DISABLED' | 'DRAFT' | 'ACTIVE' | 'PAUSED';

export interface TiersSettings {
  readonly revision: string;
  readonly status: TiersStatus;
  readonly rollingWindow: { readonly durationInMonths: number };
  readonly baseTierDefinition?: TierDefinition;
}

export interface TiersProgram {
  /** By required points, ascending; the base tier, which has no id, is not among them. */
  readonly tiers: readonly Tier[];
  readonly programSettings: TiersSettings;
}

/** What a rule or a reward says for one tier; without `tierId` for the base tier. */
export interface TierConfig {
  readonly tierId?: string;
}

export interface FixedPoints extends TierConfig {
  readonly points: number;
}

export interface Conversion extends TierConfig {
  /** Whole major units of the program's currency. */
  readonly moneyAmount: number;
  readonly points: number;
}

export interface EarningRule extends Entity {
  readonly title: string;
  readonly status: 'ACTIVE' | 'PAUSED';
  readonly sourceAppId: string;
  readonly triggerAppId: string;
  readonly triggerActivityType: string;
  readonly fixedAmount?: { readonly configs: readonly FixedPoints[] };
  readonly conversionRate?: { readonly configs: readonly Conversion[]; readonly field?: string };
  readonly base?: EarningBase;
  readonly baseAppliesToAll?: boolean;
  readonly maxPoints?: number;
  readonly oncePerPerson?: boolean;
  readonly metadata?: { readonly canBeDeleted?: boolean };
}

export type EarningBase = 'afterDiscounts' | 'subtotal' | 'total';

/** Amounts and percentages are decimal texts or numbers, as the server has them; both are written the same way. */
export type Decimal = string | number;

export interface RewardConfig extends TierConfig {
  readonly costInPoints: number;
  readonly amount?: Decimal;
  readonly percentage?: Decimal;
}

export interface Configs {
  readonly configsByTier: readonly RewardConfig[];
}

export interface RewardScope {
  readonly namespace: string;
  readonly group?: { readonly name: string; readonly entityId?: string };
}

export interface Flexible extends Configs {
  readonly minPoints?: number;
  readonly maxPoints?: number;
  readonly stepPoints?: number;
  readonly maxShareOfOrder?: Decimal;
}

export interface CouponReward {
  readonly fixedAmount?: Configs;
  readonly percentage?: Configs;
  readonly freeShipping?: Configs;
  readonly minimumSubtotal?: Decimal;
  readonly scope?: RewardScope;
  readonly limitedToOneItem?: boolean;
  readonly appliesToSubscriptions?: boolean;
  readonly discountedCycleCount?: number;
}

export interface RewardConditions {
  readonly minOrders?: number;
  readonly minSpend?: Decimal;
  readonly withinDays?: number;
}

export interface Reward extends Entity {
  readonly name: string;
  readonly active: boolean;
  readonly type: 'DISCOUNT_AMOUNT' | 'COUPON_REWARD';
  readonly discountAmount?: Flexible;
  readonly couponReward?: CouponReward;
  readonly customConditions?: RewardConditions;
}

const UNNAMED_BASE = 'Base tier';

export const baseTierName = (program: TiersProgram): string => program.programSettings.baseTierDefinition?.name?.trim() || UNNAMED_BASE;

/** The tiers' names, the base tier first, under the keys of their fields. */
export function tierLevels(program: TiersProgram): readonly { readonly key: string; readonly id?: string; readonly name: string }[] {
  return [
    { key: 'base', name: baseTierName(program) },
    ...program.tiers.map(({ id, tierDefinition }) => ({ key: id, id, name: tierDefinition.name ?? '' })),
  ];
}
