// Written by `npm run types` from core/json/schema; changes go there.

/** An amount: a whole number of minor units of the document's currency. */
export type Minor = number;
/** A whole number of points. */
export type Points = number;
/** Parts per million: 12.5 % is 125000. */
export type Ppm = number;
/** RFC 3339 in UTC, from 1970 to 2199, at most milliseconds. */
export type Instant = string;

/**
 * A member as a quote sees it. Unknown fields are ignored.
 */
export interface Account {
  readonly id: string;
  /**
   * A whole number, or its decimal text.
   */
  readonly revision?: number | string;
  readonly available: Points;
  readonly held?: Points;
  readonly pending?: Points;
  /**
   * One of the catalog's tiers; absent: the base tier.
   */
  readonly tierId?: string;
  readonly tierPoints?: Points;
  readonly customerTags?: readonly string[];
  /**
   * The number of this order among the customer's.
   */
  readonly orderNumber?: number;
  readonly coupons?: readonly Coupon[];
  readonly referralRewards?: readonly Coupon[];
}

export interface Coupon {
  readonly id: string;
  readonly code?: string;
  /**
   * A whole number, or its decimal text.
   */
  readonly revision?: number | string;
  readonly status: 'PENDING' | 'ACTIVE' | 'APPLIED' | 'FAILED' | 'ARCHIVED';
  readonly name?: string;
  readonly expiresAt?: Instant;
  readonly conditions?: Conditions;
  readonly exclusive?: boolean;
  readonly effects: readonly Effect[];
}

/**
 * What is bought. Unknown fields are ignored.
 */
export interface Cart {
  readonly id?: string;
  readonly currency: string;
  readonly pricesIncludeTax?: boolean;
  readonly lines: readonly CartLine[];
  readonly shipping?: readonly ShippingMethod[];
  readonly fees?: Minor;
  readonly wallets?: readonly Wallet[];
}

export interface CartLine {
  readonly id: string;
  readonly unitPrice: Minor;
  readonly quantity: number;
  readonly tags?: readonly string[];
  readonly taxRatePpm?: Ppm;
  readonly discountable?: boolean;
  readonly kind?: 'item' | 'subscription' | 'giftCard';
  readonly minUnitPrice?: Minor;
  readonly listUnitPrice?: Minor;
}

export interface ShippingMethod {
  readonly id: string;
  readonly price: Minor;
  readonly taxRatePpm?: Ppm;
  readonly tags?: readonly string[];
}

export interface Wallet {
  readonly id: string;
  readonly balance: Minor;
}

/**
 * The published, versioned rules of a shop. Unknown fields are refused.
 */
export interface Catalog {
  readonly version: string;
  readonly currency: string;
  /**
   * An IANA name.
   */
  readonly timeZone?: string;
  readonly program: Program;
  readonly policy?: Policy;
  readonly tiersActive?: boolean;
  readonly tiers?: readonly Tier[];
  readonly rewards?: readonly Reward[];
  readonly promotions?: readonly Promotion[];
  readonly earningRules?: readonly EarningRule[];
}

export interface Program {
  readonly status: 'DRAFT' | 'ACTIVE' | 'PAUSED';
  readonly name?: string;
  readonly pointName?: {
    readonly [k: string]: string | PluralForms;
  };
}

export interface PluralForms {
  readonly zero?: string;
  readonly one?: string;
  readonly two?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other?: string;
}

export interface Policy {
  /**
   * A named set of switches; the other switches override it.
   */
  readonly profile?: string;
  readonly rounding?: 'halfUp' | 'halfEven' | 'halfDown' | 'down';
  readonly basis?: 'target' | 'line' | 'unit';
  readonly split?: 'largestRemainder' | 'remainderToFirst' | 'remainderToLast';
  readonly conditionBasis?: 'beforeDiscounts' | 'running';
  readonly compounding?: 'remaining' | 'original';
  readonly taxRounding?: 'line' | 'unit' | 'order';
  readonly maxCoupons?: number;
  readonly maxPointsRewards?: number;
  readonly maxCodes?: number;
  readonly minPayable?: Minor;
  readonly earnRounding?: 'wix' | 'floor' | 'perStep';
  readonly earnBase?: 'afterDiscounts' | 'subtotal' | 'total';
}

export interface Tier {
  readonly id: string;
  readonly name?: string;
  readonly requiredPoints: Points;
}

export interface Reward {
  readonly id: string;
  readonly name?: string;
  readonly type: 'DISCOUNT_AMOUNT' | 'COUPON_REWARD';
  /**
   * A whole number, or its decimal text.
   */
  readonly revision?: number | string;
  readonly active: boolean;
  readonly conditions?: Conditions;
  readonly exclusive?: boolean;
  readonly priority?: number;
  readonly configs: readonly RewardConfig[];
}

export interface RewardConfig {
  /**
   * Absent: the base tier.
   */
  readonly tierId?: string;
  readonly costInPoints: Points;
  readonly effects: readonly Effect[];
}

export interface EarningRule {
  readonly id: string;
  readonly title?: string;
  readonly trigger: string;
  readonly status: 'ACTIVE' | 'PAUSED';
  readonly base?: 'afterDiscounts' | 'subtotal' | 'total';
  readonly scope?: Scope;
  readonly configs: readonly EarningConfig[];
  readonly maxPoints?: Points;
  readonly baseAppliesToAll?: boolean;
}

export type EarningConfig =
  | {
      readonly tierId?: string;
      readonly points: Points;
      readonly conversion?: never;
    }
  | {
      readonly tierId?: string;
      readonly points?: never;
      readonly conversion: {
        /**
         * Major units.
         */
        readonly moneyAmount: number;
        readonly points: Points;
      };
    };

/**
 * Which lines, or which shipping methods: any tag of include, none of exclude, unit prices inclusive.
 */
export interface Scope {
  /**
   * Never empty: absent means no restriction.
   */
  readonly include?: readonly string[];
  /**
   * Never empty: absent means no restriction.
   */
  readonly exclude?: readonly string[];
  readonly minUnitPrice?: Minor;
  readonly maxUnitPrice?: Minor;
}

/**
 * All must hold.
 */
export interface Conditions {
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
  readonly minSubtotal?: Minor;
  readonly minSubtotalOf?: {
    readonly scope: Scope;
    readonly amount: Minor;
  };
  readonly minQuantity?: number;
  readonly minQuantityOf?: {
    readonly scope: Scope;
    readonly quantity: number;
  };
  readonly minLineQuantity?: number;
  /**
   * Never empty: absent means no restriction.
   */
  readonly containsTags?: readonly string[];
  readonly tierIds?: readonly string[];
  readonly membersOnly?: boolean;
  /**
   * Never empty: absent means no restriction.
   */
  readonly customerTags?: readonly string[];
  readonly orderNumber?: number;
  /**
   * Never empty: absent means no restriction.
   */
  readonly shippingMethods?: readonly string[];
}

export type Effect =
  | {
      readonly kind: 'percent';
      readonly ratePpm: Ppm;
      readonly maxUnits?: number;
      readonly target?: 'order' | 'lines' | 'shipping';
      readonly apply?: 'across' | 'each' | 'eachUnit' | 'cheapestUnit';
      readonly scope?: Scope;
      readonly base?: 'remaining' | 'original';
      readonly maxDiscount?: Minor;
      readonly maxUnitsPerLine?: number;
      readonly groupSize?: number;
      readonly excludeDiscounted?: boolean;
      readonly appliesToSubscriptions?: boolean;
      readonly discountedCycles?: number;
    }
  | {
      readonly kind: 'tieredPercent';
      readonly by: 'subtotal' | 'quantity';
      readonly steps: readonly RateStep[];
      readonly maxUnits?: number;
      readonly target?: 'order' | 'lines' | 'shipping';
      readonly apply?: 'across' | 'each' | 'eachUnit' | 'cheapestUnit';
      readonly scope?: Scope;
      readonly base?: 'remaining' | 'original';
      readonly maxDiscount?: Minor;
      readonly maxUnitsPerLine?: number;
      readonly groupSize?: number;
      readonly excludeDiscounted?: boolean;
      readonly appliesToSubscriptions?: boolean;
      readonly discountedCycles?: number;
    }
  | {
      readonly kind: 'fixedAmount';
      readonly amount: Minor;
      readonly maxUnits?: number;
      readonly target?: 'order' | 'lines' | 'shipping';
      readonly apply?: 'across' | 'each' | 'eachUnit' | 'cheapestUnit';
      readonly scope?: Scope;
      readonly base?: 'remaining' | 'original';
      readonly maxDiscount?: Minor;
      readonly maxUnitsPerLine?: number;
      readonly groupSize?: number;
      readonly amountIncludesTax?: boolean;
      readonly excludeDiscounted?: boolean;
      readonly appliesToSubscriptions?: boolean;
      readonly discountedCycles?: number;
    }
  | {
      readonly kind: 'fixedPrice';
      readonly amount: Minor;
      readonly maxUnits?: number;
      readonly target?: 'order' | 'lines' | 'shipping';
      readonly apply?: 'across' | 'each' | 'eachUnit' | 'cheapestUnit';
      readonly scope?: Scope;
      readonly base?: 'remaining' | 'original';
      readonly maxDiscount?: Minor;
      readonly maxUnitsPerLine?: number;
      readonly groupSize?: number;
      readonly amountIncludesTax?: boolean;
      readonly excludeDiscounted?: boolean;
      readonly appliesToSubscriptions?: boolean;
      readonly discountedCycles?: number;
    }
  | {
      readonly kind: 'freeShipping';
      readonly maxUnits?: number;
      readonly target?: 'shipping';
      readonly apply?: 'across';
      readonly scope?: Scope;
      readonly base?: 'remaining' | 'original';
      readonly maxDiscount?: Minor;
      readonly maxUnitsPerLine?: number;
      readonly groupSize?: number;
      readonly excludeDiscounted?: boolean;
      readonly appliesToSubscriptions?: boolean;
      readonly discountedCycles?: number;
    }
  | {
      readonly kind: 'buyXGetY';
      readonly ratePpm?: Ppm;
      readonly buy: number;
      readonly get: number;
      readonly buyScope?: Scope;
      readonly getScope?: Scope;
      readonly repeat?: boolean;
      readonly amountOff?: Minor;
      readonly maxUnits?: number;
      readonly pick?: 'cheapestInGroup' | 'cheapest' | 'dearest';
      readonly target?: 'lines';
      readonly apply?: 'across' | 'each' | 'eachUnit' | 'cheapestUnit';
      readonly scope?: Scope;
      readonly base?: 'remaining' | 'original';
      readonly maxDiscount?: Minor;
      readonly maxUnitsPerLine?: number;
      readonly groupSize?: number;
      readonly excludeDiscounted?: boolean;
      readonly appliesToSubscriptions?: boolean;
      readonly discountedCycles?: number;
    }
  | {
      readonly kind: 'freeItem';
      readonly productId: string;
      readonly quantity: number;
      readonly unitPrice: Minor;
      readonly perUnits?: {
        readonly scope: Scope;
        readonly every: number;
      };
      readonly target?: 'lines';
      readonly discountedCycles?: number;
    }
  | {
      readonly kind: 'pointsAsMoney';
      readonly amount: Minor;
      readonly maxUnits?: number;
      readonly costInPoints?: Points;
      readonly minPoints?: Points;
      readonly stepPoints?: Points;
      readonly maxPoints?: Points;
      readonly maxShareOfOrderPpm?: Ppm;
      readonly target?: 'order' | 'lines';
      readonly apply?: 'across';
      readonly scope?: Scope;
      readonly base?: 'remaining' | 'original';
      readonly maxDiscount?: Minor;
      readonly maxUnitsPerLine?: number;
      readonly groupSize?: number;
      readonly excludeDiscounted?: boolean;
      readonly appliesToSubscriptions?: boolean;
      readonly discountedCycles?: number;
    };

export interface RateStep {
  readonly from: Minor;
  readonly ratePpm: Ppm;
}

export type Promotion =
  | {
      readonly id: string;
      readonly name?: string;
      readonly trigger: 'automatic';
      readonly codes?: never;
      readonly lane?: 'automatic' | 'code' | 'coupon' | 'points';
      readonly priority?: number;
      readonly exclusive?: boolean;
      readonly conditions?: Conditions;
      readonly limits?: Limits;
      readonly effects: readonly Effect[];
    }
  | {
      readonly id: string;
      readonly name?: string;
      readonly trigger: 'code';
      readonly codes: readonly string[];
      readonly lane?: 'automatic' | 'code' | 'coupon' | 'points';
      readonly priority?: number;
      readonly exclusive?: boolean;
      readonly conditions?: Conditions;
      readonly limits?: Limits;
      readonly effects: readonly Effect[];
    };

export interface Limits {
  readonly usesLeft?: number;
  readonly usesLeftForCustomer?: number;
  readonly budgetLeft?: Minor;
}

/**
 * What the shopper chose, in the order chosen. Unknown fields are ignored.
 */
export interface Intent {
  readonly chosen?: readonly Choice[];
}

export type Choice =
  | {
      readonly reward: {
        readonly id: string;
        readonly points?: Points;
      };
      readonly coupon?: never;
      readonly code?: never;
      readonly referralReward?: never;
    }
  | {
      readonly reward?: never;
      readonly coupon: {
        readonly id: string;
      };
      readonly code?: never;
      readonly referralReward?: never;
    }
  | {
      readonly reward?: never;
      readonly coupon?: never;
      readonly code: {
        readonly text: string;
      };
      readonly referralReward?: never;
    }
  | {
      readonly reward?: never;
      readonly coupon?: never;
      readonly code?: never;
      readonly referralReward: {
        readonly id: string;
      };
    };

/**
 * What a checkout costs and why.
 */
export interface Quote {
  readonly subtotal: Minor;
  readonly itemsDiscount: Minor;
  readonly itemsNet: Minor;
  readonly shipping: Minor;
  readonly shippingDiscount: Minor;
  readonly tax: Minor;
  readonly fees: Minor;
  readonly total: Minor;
  readonly walletPaid: Minor;
  readonly payable: Minor;
  readonly lines: readonly QuoteLine[];
  readonly shippingLines: readonly QuoteLine[];
  readonly addedLines: readonly AddedLine[];
  /**
   * In the order they ran.
   */
  readonly discounts: readonly Discount[];
  readonly points: PointsOutcome;
  readonly rejected: readonly Rejection[];
  readonly offers?: readonly Offer[];
  readonly nearMisses?: readonly NearMiss[];
  readonly explain?: readonly ExplainRow[];
  readonly digest?: string;
  readonly coreVersion: string;
  readonly catalogVersion: string;
  readonly accountRevision?: number;
}

export type Source = 'promotion' | 'code' | 'coupon' | 'reward' | 'referral';

export type RejectionCode =
  | 'PROGRAM_NOT_ACTIVE'
  | 'SIGN_IN_REQUIRED'
  | 'REWARD_NOT_FOUND'
  | 'COUPON_NOT_FOUND'
  | 'CODE_NOT_FOUND'
  | 'REWARD_NOT_ACTIVE'
  | 'COUPON_NOT_ACTIVE'
  | 'COUPON_USED'
  | 'REWARD_NOT_AVAILABLE_FOR_TIER'
  | 'TIER_REQUIRED'
  | 'NOT_STARTED'
  | 'EXPIRED'
  | 'MINIMUM_SUBTOTAL_NOT_MET'
  | 'MINIMUM_QUANTITY_NOT_MET'
  | 'SCOPE_NOT_IN_CART'
  | 'CUSTOMER_NOT_ELIGIBLE'
  | 'ORDER_NUMBER_MISMATCH'
  | 'SHIPPING_METHOD_MISMATCH'
  | 'USAGE_LIMIT_REACHED'
  | 'CUSTOMER_LIMIT_REACHED'
  | 'BUDGET_EXHAUSTED'
  | 'INSUFFICIENT_POINTS'
  | 'POINTS_BELOW_MINIMUM'
  | 'POINTS_OFF_STEP'
  | 'NOT_COMBINABLE'
  | 'NOTHING_TO_DISCOUNT';

/**
 * Money in minor units, points, a quantity, an instant, a text, texts or a scope.
 */
export type Fact = number | string | readonly string[] | Scope;

export type Fix =
  | {
      readonly kind: 'addAmount';
      readonly amount: Minor;
      readonly quantity?: number;
      readonly points?: Points;
      readonly scope?: Scope;
      readonly tierId?: string;
      readonly at?: Instant;
    }
  | {
      readonly kind: 'addQuantity';
      readonly amount?: Minor;
      readonly quantity: number;
      readonly points?: Points;
      readonly scope?: Scope;
      readonly tierId?: string;
      readonly at?: Instant;
    }
  | {
      readonly kind: 'earnPoints';
      readonly amount?: Minor;
      readonly quantity?: number;
      readonly points: Points;
      readonly scope?: Scope;
      readonly tierId?: string;
      readonly at?: Instant;
    }
  | {
      readonly kind: 'reachTier';
      readonly amount?: Minor;
      readonly quantity?: number;
      readonly points?: Points;
      readonly scope?: Scope;
      readonly tierId: string;
      readonly at?: Instant;
    }
  | {
      readonly kind: 'signIn';
      readonly amount?: Minor;
      readonly quantity?: number;
      readonly points?: Points;
      readonly scope?: Scope;
      readonly tierId?: string;
      readonly at?: Instant;
    }
  | {
      readonly kind: 'wait';
      readonly amount?: Minor;
      readonly quantity?: number;
      readonly points?: Points;
      readonly scope?: Scope;
      readonly tierId?: string;
      readonly at: Instant;
    }
  | {
      readonly kind: 'choose';
      readonly amount?: Minor;
      readonly quantity?: number;
      readonly points?: Points;
      readonly scope?: Scope;
      readonly tierId?: string;
      readonly at?: Instant;
    };

export interface QuoteLine {
  readonly id: string;
  readonly subtotal: Minor;
  readonly discount: Minor;
  readonly net: Minor;
  readonly tax: Minor;
  readonly shares: readonly Share[];
}

export interface Share {
  readonly discountId: string;
  readonly source: Source;
  readonly amount: Minor;
}

export interface AddedLine {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: Minor;
  readonly discount: Minor;
  readonly discountId: string;
  readonly source: Source;
}

export interface Discount {
  readonly id: string;
  readonly source: Source;
  readonly amount: Minor;
  readonly points?: Points;
}

export interface PointsOutcome {
  readonly spent: Points;
  readonly earned: Points;
  readonly earnedByRule: readonly EarnedByRule[];
  readonly availableAfter: Points;
}

export interface EarnedByRule {
  readonly ruleId: string;
  readonly base: Minor;
  readonly points: Points;
}

export interface Rejection {
  readonly id: string;
  readonly source: Source;
  readonly code: RejectionCode;
  readonly required?: Fact;
  readonly actual?: Fact;
  readonly missing?: Fact;
  readonly fix?: Fix;
}

export interface Offer {
  readonly id: string;
  readonly source: Source;
  readonly usable: boolean;
  readonly code?: RejectionCode;
  readonly saves: Minor;
  readonly points?: Points;
  readonly best: boolean;
  readonly steps?: PointSteps;
}

export interface PointSteps {
  readonly min: Points;
  readonly step: Points;
  readonly max: Points;
  readonly best: Points;
  readonly bestAmount: Minor;
}

export interface NearMiss {
  readonly id: string;
  readonly source: Source;
  readonly code: RejectionCode;
  readonly missing?: Fact;
  readonly fix?: Fix;
  readonly saves: Minor;
}

export interface ExplainRow {
  readonly source?: Source;
  readonly step:
    | 'subtotal'
    | 'discount'
    | 'addedItem'
    | 'itemsNet'
    | 'shipping'
    | 'shippingDiscount'
    | 'tax'
    | 'fees'
    | 'total'
    | 'wallet'
    | 'payable'
    | 'earn';
  readonly rule: string;
  readonly id?: string;
  readonly base?: Minor;
  readonly ratePpm?: Ppm;
  readonly rounding?: string;
  readonly amount: Minor;
  readonly points?: Points;
  readonly lines?: readonly ExplainLine[];
}

export interface ExplainLine {
  readonly id: string;
  readonly amount: Minor;
}

export interface Best {
  readonly chosen: readonly Choice[];
  readonly quote: Quote;
  readonly optimal: boolean;
  readonly bound: Minor;
}

export type ErrorCode =
  | 'INVALID_JSON'
  | 'INVALID_UTF8'
  | 'DUPLICATE_KEY'
  | 'TOO_DEEP'
  | 'TOO_LARGE'
  | 'TOO_MANY'
  | 'MISSING_FIELD'
  | 'WRONG_TYPE'
  | 'NOT_AN_INTEGER'
  | 'OUT_OF_RANGE'
  | 'UNKNOWN_VALUE'
  | 'UNKNOWN_FIELD'
  | 'DUPLICATE_ID'
  | 'UNKNOWN_REFERENCE'
  | 'CURRENCY_UNKNOWN'
  | 'CURRENCY_MISMATCH'
  | 'INVALID_TIME';

/**
 * Who buys what, and when. Where a catalog is held already, the request goes without. Unknown fields are ignored.
 */
export interface QuoteRequest {
  readonly catalog?: Catalog;
  readonly account?: null | Account;
  readonly cart: Cart;
  readonly intent?: Intent;
  readonly now: Instant;
  /**
   * Promotions of entered codes that the catalog leaves out.
   */
  readonly resolved?: readonly Promotion[];
  readonly want?: readonly ('explain' | 'offers' | 'nearMisses' | 'digest')[];
}
