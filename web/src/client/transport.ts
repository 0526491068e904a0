import { backoff, pause, retryAfter } from './pause.js';
import type { MemberToken } from './token.js';
import { StoreError } from './trouble.js';

/** One attempt that takes longer than this is given up. */
const ATTEMPT_MS = 15_000;
/** A store that wants a longer pause is not waited for. */
const LONGEST_PAUSE_MS = 10_000;
/** Changes go on trying for longer: not to know what became of them is worse than to wait. */
const ATTEMPTS = { read: 4, change: 6 } as const;

const BUSY: readonly number[] = [502, 503, 504];

export interface Ask {
  readonly path: string;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Written as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes a change harmless to repeat. What has none changes nothing. */
  readonly key?: string;
  /** Whether nobody need be signed in, and the answer is the same for all. */
  readonly isPublic?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface Line {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly site: string;
  readonly token: MemberToken;
  readonly fetch: typeof fetch;
}

const isOffline = () => globalThis.navigator?.onLine === false;

/**
 * Requests to one store: credentials, repetition, patience. Everything that is sent may be sent again: it changes nothing,
 * or has a key under which the store does it once.
 */
export class Transport {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  get token(): MemberToken {
    return this.#line.token;
  }

  /** The answer, whatever its status but for what could be mended by asking again. Rejects where there is none. */
  async send(ask: Ask): Promise<Response> {
    const attempts = ATTEMPTS[ask.key === undefined ? 'read' : 'change'];
    for (let attempt = 1; ; attempt++) {
      ask.signal?.throwIfAborted();
      let wait: number | null = null;
      try {
        const response = await this.#withToken(ask);
        if (!BUSY.includes(response.status)) {
          return response;
        }
        wait = retryAfter(response.headers.get('Retry-After'));
        if (attempt === attempts || (wait ?? 0) > LONGEST_PAUSE_MS) {
          return response;
        }
      } catch (cause) {
        ask.signal?.throwIfAborted();
        if (!(cause instanceof TypeError) || attempt === attempts || isOffline()) {
          throw cause;
        }
      }
      await pause(Math.max(wait ?? 0, backoff(attempt)), ask.signal);
    }
  }

  /** An answer that comes bit by bit, and is read as it comes: one attempt, ended only by the signal. */
  stream(ask: Ask & { readonly signal: AbortSignal }): Promise<Response> {
    return this.#withToken(ask, true);
  }

  /** As the member; where the token has expired, once more with a new one. */
  async #withToken(ask: Ask, isStream = false): Promise<Response> {
    const token = ask.isPublic ? null : await this.token.get();
    const response = await this.#once(ask, token, isStream);
    if (response.status !== 401 || token === null) {
      return response;
    }
    const renewed = await this.token.renew(token);
    return renewed === null || renewed === token ? response : this.#once(ask, renewed, isStream);
  }

  async #once({ path, method = 'GET', body, headers, key, signal }: Ask, token: string | null, isStream: boolean): Promise<Response> {
    const ended = new AbortController();
    const end = () => ended.abort(signal?.reason);
    // A change is not torn off the wire: whoever takes it back needs to know whether it was done.
    const follows = key === undefined || isStream;
    if (follows) {
      signal?.addEventListener('abort', end, { once: true });
    }
    const late = isStream ? undefined : setTimeout(() => ended.abort(new TypeError('The store did not answer in time.')), ATTEMPT_MS);
    try {
      const { fetch, endpoint, site } = this.#line;
      const response = await fetch(`${endpoint}${path}`, {
        method,
        credentials: 'omit',
        headers: {
          'X-Loyalty-Site': site,
          ...(token !== null && { Authorization: token }),
          ...(key !== undefined && { 'Idempotency-Key': key }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: ended.signal,
      });
      return isStream ? response : await whole(response);
    } catch (cause) {
      throw ended.signal.aborted ? (ended.signal.reason ?? cause) : cause;
    } finally {
      clearTimeout(late);
      if (!isStream) {
        signal?.removeEventListener('abort', end);
      }
    }
  }
}

/** The same with all of its body here: an answer that broke off counts as none. */
async function whole(response: Response): Promise<Response> {
  const { status, headers } = response;
  const hasNone = status === 204 || status === 304;
  const body = hasNone ? null : await response.blob().catch((cause: unknown) => {
    throw new TypeError('The answer broke off.', { cause });
  });
  return new Response(body, { status, headers });
}

/** What a status means that is nobody's answer. */
export function troubleOf(response: Response): StoreError {
  const wait = retryAfter(response.headers.get('Retry-After'));
  switch (response.status) {
    case 401:
      return new StoreError('UNAUTHENTICATED', 'The store does not know who is asking.');
    case 404:
      return new StoreError('NOT_FOUND', 'The store has nothing at this address.');
    case 429:
      return new StoreError('RATE_LIMITED', 'The store was asked too often.', wait === null ? undefined : Math.ceil(wait / 1_000));
    default:
      return response.status >= 500
        ? new StoreError('TEMPORARY', `The store could not answer (${response.status}).`)
        : new StoreError('REFUSED', `The store does not take this (${response.status}).`);
  }
}
