import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Api } from '../../../console/src/api/api.js';
import { ApiError } from '../../../console/src/api/refusal.js';
import { LiveEvents } from '../../../console/src/app/live-events.js';

/** One connection: what the server sends, and what it was asked with. */
interface Connection {
  readonly headers: Record<string, string>;
  send(text: string): void;
  end(): void;
}

let connections: Connection[];
let page: EventTarget & { visibilityState: string };
let view: EventTarget;
let refusal: ApiError | null;

const api = {
  async open(_: string, { headers, signal }: { headers: Record<string, string>; signal: AbortSignal }) {
    signal.throwIfAborted();
    if (refusal) throw refusal;
    let to!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (to = controller) });
    connections.push({ headers, send: (text) => to.enqueue(new TextEncoder().encode(text)), end: () => to.close() });
    return new Response(body);
  },
} as unknown as Api;
const event = (id: number, slug: string) => `id: ${id}\nevent: domain\ndata: {"entityFqdn":"wix.loyalty.v1.account","slug":"${slug}"}\n\n`;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  connections = [];
  refusal = null;
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  vi.stubGlobal('document', page);
  view = new EventTarget();
  vi.stubGlobal('addEventListener', view.addEventListener.bind(view));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function listening(): { readonly live: LiveEvents; readonly heard: (readonly string[])[]; readonly stop: () => void } {
  const live = new LiveEvents(api);
  const heard: (readonly string[])[] = [];
  return { live, heard, stop: live.listen((slugs) => heard.push(slugs)) };
}

test('the first event is told at once, what follows within a second together', async () => {
  const { live, heard } = listening();
  await pass(5_000);
  connections[0]!.send(event(1, 'created'));
  await pass(0);
  connections[0]!.send(event(2, 'updated') + event(3, 'points_updated') + event(4, 'updated'));
  await pass(900);
  expect(heard).toEqual([['account.created']]);
  await pass(100);
  expect(heard).toEqual([['account.created'], ['account.updated', 'account.points_updated']]);
  live.end();
});

test('a stream that breaks off is taken up after the last event', async () => {
  const { live, heard } = listening();
  await pass(0);
  connections[0]!.send(event(7, 'created'));
  await pass(0);
  connections[0]!.end();
  await pass(1_000);
  expect(connections).toHaveLength(2);
  expect(connections[1]!.headers['Last-Event-ID']).toBe('7');
  expect(heard).toEqual([['account.created']]);
  live.end();
});

test('where nothing says how far it was heard, listeners look again', async () => {
  const { live, heard } = listening();
  await pass(0);
  connections[0]!.end();
  await pass(2_000);
  expect(heard).toEqual([[]]);
  live.end();
});

test('a server that has gone silent is left', async () => {
  const { live } = listening();
  await pass(0);
  await pass(39_000);
  expect(connections).toHaveLength(1);
  await pass(2_000);
  expect(connections).toHaveLength(2);
  live.end();
});

test('a tab that nobody looks at lets go, and looks again when it is back', async () => {
  const { live, heard } = listening();
  await pass(0);
  page.visibilityState = 'hidden';
  page.dispatchEvent(new Event('visibilitychange'));
  await pass(60_000);
  expect(connections).toHaveLength(1);
  page.visibilityState = 'visible';
  page.dispatchEvent(new Event('visibilitychange'));
  await pass(0);
  expect([connections.length, heard]).toEqual([2, [[]]]);
  live.end();
});

test('a page that is put away for Back holds no connection, and looks again when it is taken out', async () => {
  const { live, heard } = listening();
  await pass(0);
  view.dispatchEvent(new Event('pagehide'));
  await pass(60_000);
  expect(connections).toHaveLength(1);
  view.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await pass(0);
  expect([connections.length, heard]).toEqual([2, [[]]]);
  live.end();
});

test('a key that may not read events is not tried again', async () => {
  refusal = new ApiError('no', { status: 403, code: 'PERMISSION_DENIED' });
  const { live } = listening();
  await pass(60_000);
  refusal = null;
  await pass(60_000);
  expect(connections).toHaveLength(0);
  live.end();
});

test('nobody is told after the end, nor who has stopped', async () => {
  const { live, heard, stop } = listening();
  await pass(0);
  stop();
  connections[0]!.send(event(1, 'created'));
  await pass(2_000);
  live.end();
  await pass(60_000);
  expect([heard, connections.length]).toEqual([[], 1]);
});
