import type { ErrorCode, RejectionCode, Source } from '../documents/index.js';

/** The core gives these by their position; a test holds the lists to the core's own. */
export const ERROR_CODES: readonly (ErrorCode | '')[] = [
  '',
  'INVALID_JSON',
  'INVALID_UTF8',
  'DUPLICATE_KEY',
  'TOO_DEEP',
  'TOO_LARGE',
  'TOO_MANY',
  'MISSING_FIELD',
  'WRONG_TYPE',
  'NOT_AN_INTEGER',
  'OUT_OF_RANGE',
  'UNKNOWN_VALUE',
  'UNKNOWN_FIELD',
  'DUPLICATE_ID',
  'UNKNOWN_REFERENCE',
  'CURRENCY_UNKNOWN',
  'CURRENCY_MISMATCH',
  'INVALID_TIME',
];

export const SOURCES: readonly Source[] = ['promotion', 'code', 'coupon', 'reward', 'referral'];

export const REJECTION_CODES: readonly RejectionCode[] = [
  'PROGRAM_NOT_ACTIVE',
  'SIGN_IN_REQUIRED',
  'REWARD_NOT_FOUND',
  'COUPON_NOT_FOUND',
  'CODE_NOT_FOUND',
  'REWARD_NOT_ACTIVE',
  'COUPON_NOT_ACTIVE',
  'COUPON_USED',
  'REWARD_NOT_AVAILABLE_FOR_TIER',
  'TIER_REQUIRED',
  'NOT_STARTED',
  'EXPIRED',
  'MINIMUM_SUBTOTAL_NOT_MET',
  'MINIMUM_QUANTITY_NOT_MET',
  'SCOPE_NOT_IN_CART',
  'CUSTOMER_NOT_ELIGIBLE',
  'ORDER_NUMBER_MISMATCH',
  'SHIPPING_METHOD_MISMATCH',
  'USAGE_LIMIT_REACHED',
  'CUSTOMER_LIMIT_REACHED',
  'BUDGET_EXHAUSTED',
  'INSUFFICIENT_POINTS',
  'POINTS_BELOW_MINIMUM',
  'POINTS_OFF_STEP',
  'NOT_COMBINABLE',
  'NOTHING_TO_DISCOUNT',
];
