import type { Confirmation } from '../client/contract.js';
import type { Choice, Intent, Quote } from '../documents/index.js';
import type { DocumentError } from '../core/api.js';
import type { Reason } from '../text/reasons.js';
import type { StateName } from './state.js';

export type * from '../client/contract.js';

/** The steps of a quote, for a person with a pocket calculator. */
export interface Explanation {
  readonly quote: Quote;
  readonly steps: NonNullable<Quote['explain']>;
}

export type Layout = 'panel' | 'compact' | 'inline';
export type HideToken = 'earn' | 'tiers' | 'explain' | 'unlock' | 'coupon' | 'slider' | 'rewards' | 'totals';

/** What went wrong technically. `cause` of a bad document is the core's own error: code, path, sentence. */
export interface TechnicalError {
  readonly code: string;
  readonly cause: DocumentError | unknown;
  readonly retryable: boolean;
}

export interface LoyaltyCheckoutEventMap {
  'loyalty-ready': CustomEvent<{ readonly coreVersion: string; readonly mode: 'preview' | 'server' }>;
  'loyalty-preview': CustomEvent<{ readonly quote: Quote; readonly seq: number; readonly reason: string }>;
  'loyalty-before-apply': CustomEvent<{
    readonly intent: Intent;
    readonly quote: Quote;
    readonly waitUntil: (confirmation: Promise<Confirmation | void>) => void;
  }>;
  'loyalty-applied': CustomEvent<{
    readonly confirmation: Confirmation;
    readonly quote: Quote;
    readonly spent: number;
    readonly save: { readonly items: number; readonly shipping: number };
  }>;
  /** `discountId` is the confirmation's where the store gave one, else the id of the quote's row. */
  'loyalty-removed': CustomEvent<{ readonly discountId: string; readonly quote: Quote; readonly released: number }>;
  'loyalty-rejected': CustomEvent<{
    readonly reason: string;
    readonly params: Reason | null;
    readonly retryable: boolean;
    readonly suggestions: readonly { readonly id: string; readonly source: string; readonly saves: number }[];
  }>;
  'loyalty-reconcile': CustomEvent<{
    readonly previewed: Quote;
    readonly confirmed: Quote;
    readonly deltaMinor: number;
    readonly cause: Reason | null;
  }>;
  'loyalty-sign-in': CustomEvent<{ readonly url: string | null }>;
  'loyalty-state': CustomEvent<{ readonly from: StateName; readonly to: StateName }>;
  'loyalty-error': CustomEvent<TechnicalError>;
}

export type Chosen = readonly Choice[];
