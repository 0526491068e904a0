import { expect, it } from 'vitest';
import { backoff, pause, retryAfter } from '../../../src/client/pause.js';

it('waits twice as long each time, by half of it at random, and never longer than 8 seconds', () => {
  expect([1, 2, 3, 4, 5, 6, 20].map((attempt) => backoff(attempt, () => 1))).toEqual([300, 600, 1200, 2400, 4800, 8000, 8000]);
  expect([1, 2, 20].map((attempt) => backoff(attempt, () => 0))).toEqual([150, 300, 4000]);
});

it.each([
  [null, null],
  ['', null],
  ['3', 3000],
  ['0', 0],
  ['-1', 0],
  ['soon', null],
  ['Thu, 15 Jan 2026 12:00:10 GMT', 10_000],
  ['Thu, 15 Jan 2026 11:00:00 GMT', 0],
])('Retry-After %j is %j ms', (header, ms) => {
  expect(retryAfter(header, Date.parse('2026-01-15T12:00:00Z'))).toBe(ms);
});

it('ends at once when it is stopped', async () => {
  const stop = new AbortController();
  const waiting = pause(60_000, stop.signal);
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  await expect(pause(1, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
});
