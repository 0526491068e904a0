import type { Quote, Rejection } from '../documents/index.js';
import type { Reason } from '../text/reasons.js';
import { troubleOf } from './transport.js';
import { StoreError } from './trouble.js';
import type { Result } from './types.js';

/** What the store says of a refusal beside its code. */
interface RefusalData {
  /** The core's own code, and which choice it is about. */
  readonly reason?: string;
  readonly id?: string;
  readonly source?: string;
  readonly quote?: Quote;
  readonly required?: number;
  readonly available?: number;
  readonly missing?: number;
}

interface ErrorBody {
  readonly message?: string;
  readonly details?: {
    readonly applicationError?: { readonly code: string; readonly data?: RefusalData };
    readonly validationError?: { readonly fieldViolations?: readonly { readonly field: string; readonly description: string }[] };
  };
}

/** The store's codes that shoppers know by another one. */
const SAME_AS: Readonly<Record<string, string>> = {
  MEMBER_REQUIRED: 'SIGN_IN_REQUIRED',
  UNAUTHENTICATED: 'SIGN_IN_REQUIRED',
  ERROR_COUPON_DOES_NOT_EXIST: 'CODE_NOT_FOUND',
  ERROR_COUPON_USAGE_EXCEEDED: 'USAGE_LIMIT_REACHED',
  ERROR_COUPON_LIMIT_PER_CUSTOMER_EXCEEDED: 'CUSTOMER_LIMIT_REACHED',
  COUPON_SCOPE_MISMATCH: 'SCOPE_NOT_IN_CART',
};

/** With the numbers of the rejected choice, where the store's quote has them. */
function reasonOf(code: string, data: RefusalData): Reason {
  const row = data.quote?.rejected.find((one: Rejection) => one.id === data.id && one.source === data.source);
  if (row) {
    return row;
  }
  const { id, required, available, missing } = data;
  return {
    code: data.reason ?? SAME_AS[code] ?? code,
    ...(id !== undefined && { id }),
    ...(required !== undefined && { required }),
    ...(available !== undefined && { actual: available }),
    ...(missing !== undefined && { missing }),
  };
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** The value, or the store's "no"; throws where it is neither. */
export async function resultOf<T>(response: Response): Promise<Result<T>> {
  if (response.ok) {
    return { ok: true, value: await valueOf<T>(response) };
  }
  const { message, details } = ((await bodyOf(response)) ?? {}) as ErrorBody;
  const error = details?.applicationError;
  if (error && response.status < 500 && response.status !== 429) {
    const params = reasonOf(error.code, error.data ?? {});
    const { quote } = error.data ?? {};
    return { ok: false, reason: params.code, params, retryable: false, ...(quote && { quote }) };
  }
  const [violation] = details?.validationError?.fieldViolations ?? [];
  if (violation) {
    throw new StoreError('REFUSED', `${violation.field}: ${violation.description}`);
  }
  const trouble = troubleOf(response);
  throw message === undefined || trouble.code !== 'REFUSED' ? trouble : new StoreError('REFUSED', message);
}

/** The value of an answer that has no "no". */
export async function valueOf<T>(response: Response): Promise<T> {
  if (!response.ok) {
    throw troubleOf(response);
  }
  const value = await bodyOf(response);
  if (typeof value !== 'object' || value === null) {
    throw new StoreError('TEMPORARY', 'The answer of the store cannot be read.');
  }
  return value as T;
}
