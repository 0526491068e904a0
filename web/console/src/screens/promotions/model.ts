import type { Conditions, Effect, Limits } from '../../../../src/documents/index.js';
import type { Entity } from '../../rules/model.js';

/** What of a promotion the core reads, but for its id. */
export interface PromotionDocument {
  readonly name?: string;
  readonly trigger: 'automatic' | 'code';
  readonly codes?: readonly string[];
  readonly lane?: 'automatic' | 'code' | 'coupon' | 'points';
  readonly priority?: number;
  readonly exclusive?: boolean;
  readonly conditions?: Conditions;
  readonly limits?: Limits;
  readonly effects: readonly Effect[];
}

export interface Promotion extends PromotionDocument, Entity {
  readonly active?: boolean;
  /** How often it has been used, and what it has taken off in minor units; absent where the server does not count. */
  readonly usage?: { readonly times: number; readonly amountMinor: number };
}

const FIELDS = ['name', 'trigger', 'codes', 'lane', 'priority', 'exclusive', 'conditions', 'limits', 'effects'] as const;

export function documentOf(promotion: Promotion): PromotionDocument {
  return Object.fromEntries(FIELDS.flatMap((field) => (promotion[field] === undefined ? [] : [[field, promotion[field]]]))) as unknown as PromotionDocument;
}
