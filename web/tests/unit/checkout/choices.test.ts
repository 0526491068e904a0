import { describe, expect, it } from 'vitest';
import { candidateOf, nameOfCandidate } from '../../../src/checkout/choices.js';
import { without, withReward } from '../../../src/checkout/choosing.js';
import { isBlockedByMember, rateOf, tierPlace } from '../../../src/checkout/rows.js';
import { catalog, member, summer } from './shop.js';

const context = { catalog, account: member, resolved: [summer] };

describe('choices', () => {
  it.each([
    ['five-7q2', { id: 'c1', source: 'coupon' }],
    [' Summer ', { id: 'summer', source: 'code' }],
    ['nope', { id: 'nope', source: 'code' }],
  ])('the code %j leads to the row that the core writes for it', (text, row) => {
    expect(candidateOf({ code: { text } }, context)).toEqual(row);
  });

  it('another reward takes the place of the one chosen, and counts as the latest', () => {
    const chosen = withReward([{ reward: { id: 'ship' } }, { coupon: { id: 'c1' } }], 'stars', 300);
    expect(chosen).toEqual([{ coupon: { id: 'c1' } }, { reward: { id: 'stars', points: 300 } }]);
    expect(withReward(chosen, null)).toEqual([{ coupon: { id: 'c1' } }]);
    expect(without(chosen, { id: 'c1', source: 'coupon' }, context)).toEqual([{ reward: { id: 'stars', points: 300 } }]);
  });

  it('names what people know: the reward, the coupon, the code as it was entered', () => {
    const chosen = [{ code: { text: 'summer' } }];
    expect(nameOfCandidate({ id: 'stars', source: 'reward' }, context, chosen)).toBe('Use Stars');
    expect(nameOfCandidate({ id: 'c1', source: 'coupon' }, context, chosen)).toBe('$5 off');
    expect(nameOfCandidate({ id: 'summer', source: 'code' }, context, chosen)).toBe('SUMMER');
    expect(nameOfCandidate({ id: 'gone', source: 'promotion' }, context, chosen)).toBeNull();
  });
});

describe('rows', () => {
  it('a rate comes from the rules of the tier', () => {
    expect(rateOf(catalog.rewards![0]!, catalog, member)).toEqual({ points: 100, amount: 100 });
    expect(rateOf(catalog.rewards![0]!, catalog, null)).toBeNull();
  });

  it('the next tier is the nearest above the points of the member', () => {
    expect(tierPlace(catalog, member)).toMatchObject({ current: { id: 'silver' }, next: { id: 'gold' }, points: 2480 });
    expect(tierPlace(catalog, { ...member, tierPoints: 3000, tierId: 'gold' })?.next).toBeNull();
    expect(tierPlace(catalog, null)).toBeNull();
  });

  it('what only more points would open is no choice in this cart', () => {
    const offer = { id: 'a', source: 'reward', usable: false, saves: 0, best: false } as const;
    expect(isBlockedByMember({ ...offer, code: 'INSUFFICIENT_POINTS' })).toBe(true);
    expect(isBlockedByMember({ ...offer, code: 'MINIMUM_SUBTOTAL_NOT_MET' })).toBe(false);
  });
});
