import { accessibilityProblems } from './harness/axe.js';
import { cutOrTooWide, settle } from './harness/conditions.js';
import { Findings } from './harness/findings.js';
import { openState, states } from './harness/states.js';
import { test, type Visit } from './harness/test.js';

const desktop = { width: 1280, height: 900 };
/** 1280 pixels at a zoom of 400 %. */
const narrow = { width: 320, height: 640 };

test.for(states)('%s: accessible by day, by night, in forced colours and at 320 pixels', async (state, { lane }) => {
  const { page } = lane;
  const found = new Findings();
  await page.setViewportSize(desktop);
  // Forced colours first: the browser keeps some colours of before when they are switched on later.
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active', reducedMotion: 'reduce' });
  await openState(lane, state);
  // Contrast is the system's then; what the page would have drawn is read by axe and seen by nobody.
  found.add('forced colours', await accessibilityProblems(page, { rules: { 'color-contrast': { enabled: false } } }));
  await page.emulateMedia({ forcedColors: 'none' });
  await settle(page);
  found.add('light', await accessibilityProblems(page));
  await page.emulateMedia({ colorScheme: 'dark' });
  await settle(page);
  found.add('dark', await accessibilityProblems(page));
  await page.setViewportSize(narrow);
  await settle(page);
  found.add('320 pixels', await accessibilityProblems(page));
  found.add('320 pixels', await cutOrTooWide(page));
  found.add('with reduced motion', await moving(lane));
  found.mustBeNone();
  await lane.mustBeQuiet();
});

/** What still moves although the reader asked for less. */
async function moving({ page }: Visit): Promise<readonly string[]> {
  return page.evaluate(() =>
    document.getAnimations().map((animation) => {
      const { target } = animation.effect as KeyframeEffect;
      return `${(animation as CSSAnimation).animationName ?? 'transition'} on ${target?.localName}.${target?.className}`;
    }),
  );
}
