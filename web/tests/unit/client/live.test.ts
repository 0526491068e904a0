import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { broken, fakeStore, json } from './fake-store.js';
import type { Seen } from './fake-store.js';

const encoder = new TextEncoder();

/** Streams that stay open, each with a way to write to it and to end it. */
function streams() {
  const open: { write(text: string): void; end(): void; isCancelled: boolean }[] = [];
  const respond = (seen: Seen) => {
    const one = { write: (_: string) => undefined as void, end: () => undefined as void, isCancelled: false };
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        one.write = (text) => controller.enqueue(encoder.encode(text));
        one.end = () => controller.close();
        seen.init.signal?.addEventListener('abort', () => {
          one.isCancelled = true;
        });
      },
    });
    open.push(one);
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  };
  return { open, respond };
}

const HELLO = 'event: hello\ndata: {"serverTime":"2026-01-15T12:00:00Z"}\n\n';
const soon = () => vi.advanceTimersByTimeAsync(20);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('what changes at the store', () => {
  it('is told to all that listen, over one connection, as long as anybody listens', async () => {
    const { open, respond } = streams();
    const { client, seen } = fakeStore([respond]);
    const [one, other] = [vi.fn(), vi.fn()];
    await soon();
    expect(seen).toHaveLength(0);
    const stops = [client.subscribe(one), client.subscribe(other)];
    await soon();
    expect(seen.map(({ path, headers }) => [path, headers['Accept'], headers['Authorization']])).toEqual([['/storefront/v1/me/events', 'text/event-stream', 'member-token']]);
    open[0]!.write(HELLO);
    open[0]!.write('id: 7\nevent: member\ndata: {"revision":"3"}\n\n');
    open[0]!.write('id: 8\nevent: checkout\ndata: {"checkoutId":"c","change":"removed"}\n\n');
    await soon();
    for (const listener of [one, other]) {
      expect(listener.mock.calls).toEqual([['member', undefined], ['checkout', { checkoutId: 'c', change: 'removed' }]]);
    }
    stops[0]!();
    expect(open[0]!.isCancelled).toBe(false);
    stops[1]!();
    expect(open[0]!.isCancelled).toBe(true);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(seen).toHaveLength(1);
  });

  it('many things at once are told once', async () => {
    const { open, respond } = streams();
    const { client } = fakeStore([respond]);
    const told = vi.fn();
    client.subscribe(told);
    await soon();
    for (let i = 0; i < 20; i++) open[0]!.write(`id: ${i}\nevent: member\ndata: {"revision":"${i}"}\n\n`);
    await soon();
    expect(told).toHaveBeenCalledTimes(1);
  });

  it('goes on where it broke off, and waits before it does', async () => {
    const { open, respond } = streams();
    const { client, seen } = fakeStore([respond, broken, respond]);
    const told = vi.fn();
    client.subscribe(told);
    await soon();
    open[0]!.write(`${HELLO}id: 41\nevent: program\ndata: {"catalogVersion":"2"}\n\n`);
    await soon();
    open[0]!.end();
    await vi.advanceTimersByTimeAsync(100);
    expect(seen).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(seen.map(({ headers }) => headers['Last-Event-ID'])).toEqual([undefined, '41', '41']);
    expect(told.mock.calls).toEqual([['program', undefined]]);
  });

  it('where it cannot go on, listeners look for themselves', async () => {
    const { open, respond } = streams();
    const { client } = fakeStore([respond]);
    const told = vi.fn();
    client.subscribe(told);
    await soon();
    open[0]!.end();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(open).toHaveLength(2);
    expect(told.mock.calls).toEqual([['member', undefined]]);
  });

  it('a connection that fell silent is given up', async () => {
    const { open, respond } = streams();
    const { client } = fakeStore([respond]);
    client.subscribe(() => undefined);
    await soon();
    await vi.advanceTimersByTimeAsync(39_000);
    expect(open).toHaveLength(1);
    open[0]!.write(': still here\n\n');
    await vi.advanceTimersByTimeAsync(39_000);
    expect(open).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(open).toHaveLength(2);
  });

  it('a store without live news is not asked again and again, nor is a guest’s', async () => {
    const { client, seen } = fakeStore([() => json({}, 404)]);
    client.subscribe(() => undefined);
    const guest = fakeStore([() => json({}, 404)], { getToken: () => null });
    guest.client.subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(600_000);
    expect([seen.length, guest.seen.length]).toEqual([1, 0]);
  });

  it('somebody else’s sign-in ends the stream of the one before', async () => {
    const { open, respond } = streams();
    const { client, seen } = fakeStore([respond]);
    const told = vi.fn();
    client.subscribe(told);
    await soon();
    open[0]!.write('id: 9\nevent: member\ndata: {}\n\n');
    await soon();
    client.setMember('other-token');
    await soon();
    expect(open[0]!.isCancelled).toBe(true);
    expect(seen.map(({ headers }) => [headers['Authorization'], headers['Last-Event-ID']])).toEqual([
      ['member-token', undefined],
      ['other-token', undefined],
    ]);
    client.setMember(null);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(open).toHaveLength(2);
    expect(told).toHaveBeenCalledTimes(3);
  });

  it('sets the clock', async () => {
    const { open, respond } = streams();
    const { client } = fakeStore([respond]);
    client.subscribe(() => undefined);
    await soon();
    open[0]!.write(HELLO);
    await vi.advanceTimersByTimeAsync(0);
    expect(new Date(client.now()).toISOString()).toBe('2026-01-15T12:00:00.000Z');
  });
});
