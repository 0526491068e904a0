import { afterEach, describe, expect, test, vi } from 'vitest';
import { Api } from '../../../console/src/api/api.js';
import { bodyOf, eventsAfter, newestEvents, type DomainEvent } from '../../../console/src/api/events.js';
import { ApiError, refusalOf } from '../../../console/src/api/refusal.js';

interface Asked {
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
}

/** A server that answers with what is listed, in order. */
function serve(...answers: readonly (Response | Error)[]): readonly Asked[] {
  const asked: Asked[] = [];
  const left = [...answers];
  vi.stubGlobal('fetch', async (path: string, { method, headers }: { method: string; headers: Record<string, string> }) => {
    asked.push({ path, method, headers });
    const next = left.shift();
    if (next instanceof Error) throw next;
    return next;
  });
  return asked;
}
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
afterEach(() => vi.unstubAllGlobals());

describe('the server', () => {
  test('is asked with key, site and, where something changes, an idempotency key', async () => {
    const asked = serve(json({}), json({}));
    const api = new Api({ key: 'lk_0f.1a', site: 'here' });
    await api.get('/a', { search: 'x y', none: undefined, empty: '', types: ['A', 'B'] });
    await api.post('/b', {}, { idempotencyKey: 'once' });
    expect(asked[0]).toMatchObject({ path: '/a?search=x+y&types=A&types=B', headers: { Authorization: 'lk_0f.1a', 'x-loyalty-site': 'here' } });
    expect(asked[0]!.headers).not.toHaveProperty('Idempotency-Key');
    expect(asked[1]!.headers['Idempotency-Key']).toBe('once');
    expect(api.keyPrefix).toBe('lk_0f');
  });

  test('a key that is not known any more is replaced, and the same request asked again under its own key', async () => {
    const asked = serve(json({}, 401), json({ done: true }));
    const caller = { key: 'old', site: null, signInAgain: async () => ((caller.key = 'new'), true) };
    expect(await new Api(caller).post('/b', {})).toEqual({ done: true });
    expect(asked.map(({ headers }) => headers['Authorization'])).toEqual(['old', 'new']);
    expect(asked[0]!.headers['Idempotency-Key']).toBe(asked[1]!.headers['Idempotency-Key']);
  });

  test('who gives up signing in gets the refusal', async () => {
    serve(json({ message: 'Who is calling?' }, 401));
    await expect(new Api({ key: 'old', site: null, signInAgain: async () => false }).get('/a')).rejects.toMatchObject({ status: 401, isSignedOut: true });
  });

  test('one that cannot be reached is said so', async () => {
    serve(new TypeError('fetch failed'));
    await expect(new Api({ key: 'k', site: null }).get('/a')).rejects.toMatchObject({ status: 0, code: 'UNREACHABLE' });
  });

  test('refusals carry their sentence, code, fields and facts', () => {
    const application = refusalOf(409, { details: { applicationError: { code: 'REVISION_MISMATCH', description: 'Changed.', data: { revision: '3' } } } });
    expect([application.isStale, application.message, application.data]).toEqual([true, 'Changed.', { revision: '3' }]);
    const validation = refusalOf(400, { message: 'No.', details: { validationError: { fieldViolations: [{ field: 'a.b', description: 'must be' }] } } });
    expect([validation.code, validation.fields]).toEqual(['VALIDATION', [{ path: 'a.b', message: 'must be' }]]);
    expect(refusalOf(403, { details: { applicationError: { code: 'PERMISSION_DENIED', description: 'The caller may not do this.' } } }).message).toContain('“Manage”');
    expect(refusalOf(502, null)).toEqual(new ApiError('The server answered 502.', { status: 502, code: 'HTTP_502' }));
  });
});

describe('events', () => {
  const event = (sequence: number): DomainEvent => ({
    id: String(sequence),
    entityFqdn: sequence % 100 === 0 ? 'rare' : 'common',
    slug: 'created',
    entityId: '',
    eventTime: '2026-01-01T00:00:00Z',
    sequence,
  });
  /** A site on which so much has happened. */
  function siteWith(count: number): Api {
    return {
      async get(_: string, { after, limit }: { after: number; limit: number }) {
        const sequences = Array.from({ length: count }, (_, at) => at + 1).filter((one) => one > after);
        return { events: sequences.slice(0, limit).map(event), next: '', last: String(count) };
      },
    } as unknown as Api;
  }
  const sequences = ({ events }: { events: readonly DomainEvent[] }) => events.map(({ sequence }) => sequence);

  test('are read from the newest on, page by page, to the first', async () => {
    const api = siteWith(5);
    const first = await newestEvents(api, { wanted: 2 });
    const second = await newestEvents(api, { wanted: 2, before: first.before! });
    const third = await newestEvents(api, { wanted: 2, before: second.before! });
    expect([sequences(first), sequences(second), sequences(third), third.before]).toEqual([[5, 4], [3, 2], [1], null]);
  });

  test('of one kind are looked for further back', async () => {
    const found = await newestEvents(siteWith(1000), { wanted: 3, accepts: ({ entityFqdn }) => entityFqdn === 'rare' });
    expect(sequences(found)).toEqual([1000, 900, 800]);
    expect(found.before).toBe(800);
  });

  test('of a kind that does not turn up are not looked for without end', async () => {
    const found = await newestEvents(siteWith(5000), { wanted: 3, accepts: () => false });
    expect([found.events, found.before]).toEqual([[], 3001]);
  });

  test('there may be none', async () => {
    expect(await newestEvents(siteWith(0), { wanted: 3 })).toEqual({ events: [], before: null });
  });

  test('what is new comes after what is known', async () => {
    expect((await eventsAfter(siteWith(5), 3)).map(({ sequence }) => sequence)).toEqual([4, 5]);
  });

  test('have their document inside', () => {
    expect(bodyOf({ updatedEvent: { currentEntity: '{"name":"a"}' } })).toEqual({ name: 'a' });
    expect(bodyOf({ deletedEvent: {} })).toEqual({});
    expect(bodyOf({})).toEqual({});
  });
});
