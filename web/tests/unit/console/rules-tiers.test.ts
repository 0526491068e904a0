import { describe, expect, test } from 'vitest';
import { positionOf, type Range } from '../../../console/src/screens/tiers/histogram.js';
import { changeOfBase, changeOfSettings, changeOfTier, faultsOfBase, faultsOfTier, tierBelow, valuesOfBase, valuesOfTier } from '../../../console/src/screens/tiers/values.js';
import { noTiers, threeTiers } from './rules-program.js';

const [silver, gold] = threeTiers.tiers as [(typeof threeTiers.tiers)[0], (typeof threeTiers.tiers)[0]];

describe('a tier', () => {
  test('is changed on its revision', () => {
    expect(changeOfTier({ ...valuesOfTier(gold), requiredPoints: '2,000' }, gold)).toEqual({
      operation: 'tiers.update', request: { tier: { id: 'g', revision: '4', tierDefinition: { name: 'Gold', description: 'Free shipping' }, requiredPoints: 2000 } },
      summary: 'Tier “Gold”: changed', subject: 'tier:g',
    });
    expect(changeOfTier({ name: ' New ', description: '', requiredPoints: '9' }, null)).toMatchObject({ operation: 'tiers.create', request: { tier: { tierDefinition: { name: 'New' }, requiredPoints: 9 } } });
  });

  test('has a name and a beginning of its own', () => {
    expect(faultsOfTier(threeTiers, { name: ' gold ', description: 'x'.repeat(71), requiredPoints: '500' }, null)).toEqual({
      name: 'Another tier has this name.', description: 'Use at most 70 characters; these are 71.', requiredPoints: 'Silver begins there already.',
    });
    expect(Object.values(faultsOfTier(threeTiers, valuesOfTier(gold), gold)).filter(Boolean)).toEqual([]);
    expect(faultsOfTier(threeTiers, { name: 'x', description: '', requiredPoints: '0' }, null)['requiredPoints']).toBe('Enter a number from 1 to 9,999,999.');
  });

  test('leaves its members to the one below', () => {
    expect(tierBelow(threeTiers, gold)).toBe(silver);
    expect(tierBelow(threeTiers, silver)).toBeUndefined();
  });
});

describe('the settings of tiers', () => {
  const { programSettings } = threeTiers;

  test('are sent whole, since they are replaced', () => {
    expect(changeOfSettings(programSettings, { status: 'PAUSED' }, 'Pause').request).toEqual({
      programSettings: { revision: '2', status: 'PAUSED', rollingWindow: { durationInMonths: 12 }, baseTierDefinition: programSettings.baseTierDefinition },
    });
    expect(changeOfBase(programSettings, { name: 'Iron', description: 'All', months: '6' }).request).toEqual({
      programSettings: { revision: '2', status: 'ACTIVE', rollingWindow: { durationInMonths: 6 }, baseTierDefinition: { name: 'Iron', description: 'All', icon: { url: 'bronze.svg' } } },
    });
    expect(changeOfSettings(noTiers.programSettings, { status: 'ACTIVE' }, 'On').request).toMatchObject({ programSettings: { baseTierDefinition: {} } });
  });

  test('count 1 to 36 months', () => {
    expect(faultsOfBase({ ...valuesOfBase(programSettings), months: '37' })['months']).toBe('Enter a number from 1 to 36.');
    expect(Object.values(faultsOfBase({ ...valuesOfBase(programSettings), name: '' })).filter(Boolean)).toEqual([]);
  });
});

test('a threshold stands where its points are among the bars', () => {
  const ranges: readonly Range[] = [{ from: 0, to: 199, members: 4 }, { from: 200, to: 399, members: 1 }, { from: 400, to: 599, members: 0 }, { from: 600, members: 2 }];
  expect([0, 100, 200, 500, 600, 9_000].map((points) => positionOf(points, ranges))).toEqual([0, 0.125, 0.25, 0.625, 0.75, 0.875]);
  expect(positionOf(5, [])).toBeNull();
});
