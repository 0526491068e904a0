import { vi } from 'vitest';
import { openStore } from '../../../src/client/store.js';
import type { StoreOptions } from '../../../src/client/types.js';

export const SITE = '019bc186-de00-700a-8c6c-1aadd03b8077';
export const CHECKOUT = '019bc186-de00-703c-95d8-4e30896e964d';

/** A request as it reached the store. */
export interface Seen {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  // What was sent is looked into as it is.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly init: RequestInit;
}

type Answer = Response | Error | Promise<Response | Error>;
type Respond = (seen: Seen) => Answer;

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), { status, headers: { 'Content-Type': 'application/json', ...headers } });
export const refused = (code: string, data: unknown = {}, status = 428) =>
  json({ message: code, details: { applicationError: { code, description: code, data } } }, status);
export const busy = (headers: Record<string, string> = {}) => json({ message: 'busy' }, 503, headers);
export const broken = () => new TypeError('Failed to fetch');

/** A store that answers what the test says, in order; the last answer stays. */
export function fakeStore(answers: readonly (Respond | (() => Answer))[], options: Partial<StoreOptions> = {}) {
  const seen: Seen[] = [];
  const fetch = vi.fn(async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const { pathname, search } = new URL(String(input), 'https://store.example');
    const one: Seen = {
      method: init.method ?? 'GET',
      path: `${pathname}${search}`,
      headers: init.headers as Record<string, string>,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      init,
    };
    seen.push(one);
    const respond = answers[Math.min(seen.length, answers.length) - 1]!;
    const gone = new Promise<never>((_, reject) => init.signal?.addEventListener('abort', () => reject(init.signal!.reason)));
    const answer = await Promise.race([respond(one), gone]);
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const client = openStore({ endpoint: 'https://store.example/', site: SITE, getToken: () => Promise.resolve('member-token'), fetch, ...options });
  return { client, seen, fetch };
}
