import type { PublishedVersion } from './drafts.js';

const THINGS: Readonly<Record<string, string>> = { rewards: 'Reward', promotions: 'Promotion', earningRules: 'Way to earn', tiers: 'Tier', program: 'Program' };
const DONE: Readonly<Record<string, string>> = {
  create: 'added',
  createCustom: 'added',
  update: 'changed',
  replace: 'replaced',
  delete: 'removed',
  deleteAutomated: 'removed',
};
const WHOLE: Readonly<Record<string, string>> = {
  'program.update': 'Program: name or points changed',
  'program.updateSettings': 'Settings of the program changed',
  'program.activate': 'Program started',
  'program.pause': 'Program paused',
  'program.enablePointsExpiration': 'Points expire from now on',
  'program.disablePointsExpiration': 'Points do not expire any more',
  'tiers.createSettings': 'Tier rules set',
  'tiers.updateSettings': 'Tier rules changed',
};

/** A change of a version in words: "Reward “$5 off” changed". */
export function changeText({ operation, name }: PublishedVersion['changes'][number]): string {
  const [thing = '', what = ''] = operation.split('.');
  const [kind, done] = [THINGS[thing], DONE[what]];
  return WHOLE[operation] ?? (kind && done ? `${kind}${name ? ` “${name}”` : ''} ${done}` : name ? `${operation}: ${name}` : operation);
}

/** Who published, as far as a key says it: `user:…` is somebody with an operator's key. */
export function publisherText(by: string): string {
  return by.startsWith('user:') ? 'with an operator key' : by.startsWith('app:') ? 'with a backend key' : by;
}
