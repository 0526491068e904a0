import { expectScreen } from './harness/screens.js';
import { settle } from './harness/conditions.js';
import { openState, type Shown } from './harness/states.js';
import { test } from './harness/test.js';

interface Look extends Shown {
  readonly state: string;
  readonly forcedColors?: boolean;
}

/** Each is kept as screens/<name>.png. `npm run test:browser -- screens --update` takes them anew. */
const looks: Readonly<Record<string, Look>> = {
  loading: { state: 'loading' },
  guest: { state: 'guest' },
  'member-empty': { state: 'member-empty' },
  member: { state: 'member' },
  previewing: { state: 'previewing' },
  explain: { state: 'explain' },
  applying: { state: 'applying' },
  applied: { state: 'applied' },
  replaced: { state: 'replaced' },
  rejected: { state: 'rejected' },
  reconciled: { state: 'reconciled' },
  offline: { state: 'offline' },
  'inactive-paused': { state: 'inactive-paused' },
  compact: { state: 'compact' },
  inline: { state: 'inline', width: 640 },
  'previewing-dark': { state: 'previewing', theme: 'dark' },
  'previewing-right-to-left': { state: 'previewing', locale: 'ar' },
  'previewing-polish': { state: 'previewing', locale: 'pl' },
  'previewing-japanese': { state: 'previewing', locale: 'ja' },
  'previewing-320': { state: 'previewing', width: 288 },
  'previewing-forced-colours': { state: 'previewing', forcedColors: true },
};

test.for(Object.entries(looks))('%s looks as it did', async ([name, look], { lane }) => {
  const { page } = lane;
  await page.setViewportSize({ width: 720, height: 1000 });
  await page.emulateMedia({
    colorScheme: look.theme === 'dark' ? 'dark' : 'light',
    forcedColors: look.forcedColors ? 'active' : 'none',
    reducedMotion: 'reduce',
  });
  await openState(lane, look.state, { width: 380, ...look });
  await settle(page);
  await expectScreen(page.locator('loyalty-checkout'), name);
  await lane.mustBeQuiet();
});
