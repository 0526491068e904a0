import { describe, expect, it } from 'vitest';
import { dayIn } from '../../../src/rewards/filtering.js';
import { firstDay, stretchOf } from '../../../src/rewards/period.js';

const at = (instant: string) => Date.parse(instant);

describe('a period', () => {
  it.each([
    ['30d', '2025-11-20T12:00:00Z', 'UTC', '2025-10-21'],
    ['1m', '2025-03-31T12:00:00Z', 'UTC', '2025-02-28'],
    ['12m', '2024-02-29T12:00:00Z', 'UTC', '2023-02-28'],
    ['2y', '2025-11-20T12:00:00Z', 'UTC', '2023-11-20'],
    // In Tokyo it is the next day already, in Honolulu still the one before.
    ['1d', '2025-03-01T15:30:00Z', 'Asia/Tokyo', '2025-03-01'],
    ['1d', '2025-03-01T09:30:00Z', 'Pacific/Honolulu', '2025-02-27'],
    ['3m', '2025-01-15T00:00:00Z', 'UTC', '2024-10-15'],
  ])('%s back from %s in %s begins on %s', (period, now, zone, first) => expect(firstDay(period, zone, at(now))).toBe(first));

  it.each(['all', '', '0d', '12', 'd', '12w', '-3m', '1.5m', '99999d'])('"%s" leaves nothing out', (period) => {
    expect(stretchOf(period)).toBeNull();
    expect(firstDay(period, 'UTC', 0)).toBeUndefined();
  });
});

it('a day is that of the clock asked for', () => {
  expect(dayIn('America/New_York', '2025-11-20T04:59:59Z')).toBe('2025-11-19');
  expect(dayIn('America/New_York', '2025-11-20T05:00:00Z')).toBe('2025-11-20');
});
