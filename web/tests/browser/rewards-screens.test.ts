import { settle } from './harness/conditions.js';
import { openRewards } from './harness/rewards.js';
import { expectScreen } from './harness/screens.js';
import type { Shown } from './harness/states.js';
import { test } from './harness/test.js';

interface Look extends Shown {
  readonly state: string;
  readonly forcedColors?: boolean;
}

/** Each is kept as screens/rewards-<name>.png. */
const looks: Readonly<Record<string, Look>> = {
  loading: { state: 'loading' },
  guest: { state: 'guest', width: 640 },
  'new-member': { state: 'new-member' },
  member: { state: 'member' },
  'member-dark': { state: 'member', theme: 'dark' },
  'member-right-to-left': { state: 'member', locale: 'ar' },
  'member-320': { state: 'member', width: 288 },
  'member-forced-colours': { state: 'member', forcedColors: true },
  'member-german': { state: 'member', locale: 'de', width: 640 },
  'member-polish': { state: 'member', locale: 'pl', width: 640 },
  'member-japanese': { state: 'member', locale: 'ja', width: 640 },
  redeemed: { state: 'redeemed' },
  'code-qr': { state: 'code-qr', width: 640 },
  paused: { state: 'paused' },
  'without-store': { state: 'from-properties' },
};

test.for(Object.entries(looks))('%s looks as it did', async ([name, look], { lane }) => {
  const { page } = lane;
  // A date of another year than the reader's is written with its year.
  await page.clock.setFixedTime('2025-11-20T10:00:00Z');
  await page.setViewportSize({ width: look.width === undefined ? 1000 : look.width + 32, height: 900 });
  await page.emulateMedia({ colorScheme: look.theme === 'dark' ? 'dark' : 'light', forcedColors: look.forcedColors ? 'active' : 'none', reducedMotion: 'reduce' });
  const { host } = await openRewards(lane, look.state, { rows: 5, ...look });
  await settle(page);
  await expectScreen(host, `rewards-${name}`);
  await lane.mustBeQuiet();
});
