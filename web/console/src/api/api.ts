import { newKey } from '../../../src/client/key.js';
import { ApiError, refusalOf } from './refusal.js';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface Sending {
  readonly signal?: AbortSignal;
  /** Goes with what changes something: repeated with the same key, it is done once. Made here where it is left out. */
  readonly idempotencyKey?: string;
}

function withQuery(path: string, query: Query): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') {
      (Array.isArray(value) ? value : [value]).forEach((one) => parameters.append(name, String(one)));
    }
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Who asks. The key can be replaced while requests wait for it: they go on with the new one. */
export interface Caller {
  readonly key: string;
  readonly site: string | null;
  /** The server does not know the key any more. True: there is another one now, ask again; false: nobody is signed in. */
  readonly signInAgain?: () => Promise<boolean>;
}

/** The server as the console asks it: one key, one site, JSON. Every refusal is an ApiError. */
export class Api {
  readonly #caller: Caller;

  /** `caller` is read at every request. */
  constructor(caller: Caller) {
    this.#caller = caller;
  }

  get site(): string | null {
    return this.#caller.site;
  }

  /** The part of the key that is no secret: by it lists of keys name it. */
  get keyPrefix(): string {
    return this.#caller.key.split('.', 1)[0] as string;
  }

  get<T>(path: string, query: Query = {}, { signal }: Sending = {}): Promise<T> {
    return this.#ask<T>('GET', withQuery(path, query), undefined, signal ? { signal } : {});
  }

  post<T>(path: string, body: unknown, sending: Sending = {}): Promise<T> {
    return this.#ask<T>('POST', path, body, sending);
  }

  put<T>(path: string, body: unknown, sending: Sending = {}): Promise<T> {
    return this.#ask<T>('PUT', path, body, sending);
  }

  patch<T>(path: string, body: unknown, sending: Sending = {}): Promise<T> {
    return this.#ask<T>('PATCH', path, body, sending);
  }

  /** `query` holds the revision where the server wants one. */
  delete<T>(path: string, query: Query = {}, sending: Sending = {}): Promise<T> {
    return this.#ask<T>('DELETE', withQuery(path, query), undefined, sending);
  }

  /** The answer as it comes: for streams and downloads. */
  async open(path: string, { signal, headers = {} }: { readonly signal?: AbortSignal; readonly headers?: Record<string, string> } = {}): Promise<Response> {
    return this.#fetch('GET', path, undefined, headers, signal);
  }

  async #ask<T>(method: string, path: string, body: unknown, { signal, idempotencyKey }: Sending): Promise<T> {
    const headers: Record<string, string> = method === 'GET' ? {} : { 'Idempotency-Key': idempotencyKey ?? newKey() };
    const response = await this.#fetch(method, path, body, headers, signal);
    return (await response.json()) as T;
  }

  async #fetch(method: string, path: string, body: unknown, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    const response = await this.#send(method, path, body, headers, signal);
    if (response.status === 401 && (await this.#caller.signInAgain?.())) {
      return this.#checked(await this.#send(method, path, body, headers, signal));
    }
    return this.#checked(response);
  }

  async #checked(response: Response): Promise<Response> {
    if (!response.ok) {
      throw refusalOf(response.status, await response.json().catch(() => null));
    }
    return response;
  }

  async #send(method: string, path: string, body: unknown, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    const { key, site } = this.#caller;
    try {
      return await fetch(path, {
        method,
        credentials: 'omit',
        cache: 'no-store',
        headers: {
          Authorization: key,
          ...(site !== null && { 'x-loyalty-site': site }),
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (cause) {
      if (signal?.aborted) {
        throw cause;
      }
      throw new ApiError('The server cannot be reached. Nothing was changed here; try again.', { status: 0, code: 'UNREACHABLE' });
    }
  }
}
