import type { Reason } from '../text/reasons.js';
import type { Result } from './types.js';

export const done: Result = { ok: true, value: null };

/** A "no" that is an answer, not an exception. */
export const refusal = (reason: string, params: Reason | null = null, retryable = false): Result<never> & { readonly ok: false } => ({
  ok: false,
  reason,
  params,
  retryable,
});
