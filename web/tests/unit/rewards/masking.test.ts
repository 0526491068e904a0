import { describe, expect, it } from 'vitest';
import { endOf, masked } from '../../../src/rewards/masking.js';

describe('a covered code', () => {
  it.each([
    ['FREESHIP-ABCD-7Q2', '••••-••••-7Q2'],
    ['FIVE4NW8Q2YT', '••••-••••-2YT'],
    ['ABCDEF', '••••-••••-EF'],
    ['ABC', '••••-••••-C'],
    ['A', '••••-••••-•'],
    ['', '••••-••••-•'],
  ])('%s', (code, shown) => expect(masked(code)).toBe(shown));

  it('shows at most a third of a short code, and never how long it is', () => {
    for (let length = 1; length <= 40; length += 1) {
      const code = 'X'.repeat(length);
      expect(endOf(code).length).toBeLessThanOrEqual(length / 3);
      expect(masked(code).length).toBeLessThanOrEqual(13);
    }
  });
});
