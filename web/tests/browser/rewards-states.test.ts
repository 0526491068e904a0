import { accessibilityProblems } from './harness/axe.js';
import { cutOrTooWide, settle } from './harness/conditions.js';
import { Findings } from './harness/findings.js';
import { openRewards, rewardsStates } from './harness/rewards.js';
import { test } from './harness/test.js';

const desktop = { width: 1100, height: 900 };
/** 1280 pixels at a zoom of 400 %. */
const narrow = { width: 320, height: 640 };

/** Those that look different from all others; the rest differ from one of these in a part. */
const main = ['loading', 'guest', 'new-member', 'member', 'paused', 'redeemed', 'redeem-refused', 'code-qr', 'from-properties'];
// What only takes longer looks the same as another; what nobody sees has nothing to look at.
const rest = rewardsStates.filter((state) => ![...main, 'loading-long', 'unset', 'draft'].includes(state));

test.for(main)('%s: accessible by day, by night, in forced colours, from right to left and at 320 pixels', async (state, { lane }) => {
  const { page } = lane;
  const found = new Findings();
  await page.setViewportSize(desktop);
  // Forced colours first: the browser keeps some colours of before when they are switched on later.
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active', reducedMotion: 'reduce' });
  await openRewards(lane, state, { rows: 5 });
  // Contrast is the system's then; what the page would have drawn is read by axe and seen by nobody.
  found.add('forced colours', await accessibilityProblems(page, { rules: { 'color-contrast': { enabled: false } } }));
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'dark' });
  await settle(page);
  found.add('dark', await accessibilityProblems(page));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(narrow);
  await settle(page);
  found.add('light, 320 pixels', await accessibilityProblems(page));
  found.add('320 pixels', await cutOrTooWide(page));
  await openRewards(lane, state, { locale: 'ar', rows: 5 });
  found.add('right to left at 320 pixels', await cutOrTooWide(page));
  found.mustBeNone();
  await lane.mustBeQuiet();
});

test.for(rest)('%s: accessible and whole at 320 pixels', async (state, { lane }) => {
  const { page } = lane;
  const found = new Findings();
  await page.setViewportSize(narrow);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' });
  await openRewards(lane, state, { rows: 5 });
  found.add('320 pixels', [...(await accessibilityProblems(page)), ...(await cutOrTooWide(page))]);
  found.mustBeNone();
  await lane.mustBeQuiet();
});

test('whole in German with wide spacing and large text', async ({ lane }) => {
  const { page } = lane;
  const found = new Findings();
  for (const state of ['member', 'redeemed', 'guest']) {
    await page.setViewportSize(narrow);
    await openRewards(lane, state, { locale: 'de', rows: 5 });
    await page.addStyleTag({ url: '/pages/text-spacing.css' });
    found.add(`${state}, text spacing, 320 pixels`, await cutOrTooWide(page));
    await page.setViewportSize(desktop);
    await page.addStyleTag({ url: '/pages/large-text.css' });
    found.add(`${state}, twice the size`, await cutOrTooWide(page));
    if (state === 'member') found.add('from right to left', await openRewards(lane, state, { locale: 'ar', rows: 5 }).then(() => accessibilityProblems(page)));
  }
  found.mustBeNone();
});
