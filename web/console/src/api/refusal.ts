/** One field that the server found fault with; `path` as in the request, with dots: `reward.name`. */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** The server said no, or could not be asked (`status` 0). The message is a sentence for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldFault[];
  readonly data: Readonly<Record<string, unknown>>;

  constructor(message: string, facts: { status: number; code: string; fields?: readonly FieldFault[]; data?: Record<string, unknown> }) {
    super(message);
    this.name = 'ApiError';
    this.status = facts.status;
    this.code = facts.code;
    this.fields = facts.fields ?? [];
    this.data = facts.data ?? {};
  }

  /** Nobody is signed in, or not any more. */
  get isSignedOut(): boolean {
    return this.status === 401;
  }
  /** Somebody else changed the same thing in between. */
  get isStale(): boolean {
    return this.code === 'REVISION_MISMATCH';
  }
}

interface ErrorBody {
  readonly message?: string;
  readonly details?: {
    readonly applicationError?: { readonly code?: string; readonly description?: string; readonly data?: Record<string, unknown> };
    readonly validationError?: { readonly fieldViolations?: readonly { readonly field?: string; readonly description?: string }[] };
  };
}

/** By code, where what the server says is not for the people here. */
const SENTENCES: Readonly<Record<string, string>> = {
  PERMISSION_DENIED: 'Your key may not do this. Sign in with one that has the permission “Manage”.',
};

/** What the body of a refusal says. */
export function refusalOf(status: number, body: unknown): ApiError {
  const { message, details } = (body ?? {}) as ErrorBody;
  const application = details?.applicationError;
  const violations = details?.validationError?.fieldViolations ?? [];
  const fields = violations.map(({ field = '', description = 'Not accepted.' }) => ({ path: field, message: description }));
  return new ApiError(SENTENCES[application?.code ?? ''] ?? application?.description ?? message ?? `The server answered ${status}.`, {
    status,
    code: application?.code ?? (fields.length > 0 ? 'VALIDATION' : `HTTP_${status}`),
    fields,
    ...(application?.data && { data: application.data }),
  });
}
