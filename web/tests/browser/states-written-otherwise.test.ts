import { accessibilityProblems } from './harness/axe.js';
import { cutOrTooWide } from './harness/conditions.js';
import { Findings } from './harness/findings.js';
import { openState, states } from './harness/states.js';
import { test } from './harness/test.js';

const desktop = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

// Those that only take longer look the same as others.
test.for(states.filter((state) => state !== 'loading-long' && state !== 'slow'))('%s: accessible and whole from right to left, widely spaced and with large text', async (state, { lane }) => {
  const { page } = lane;
  const found = new Findings();
  await page.setViewportSize(desktop);
  await openState(lane, state, { locale: 'ar' });
  found.add('right to left', await accessibilityProblems(page));
  await page.setViewportSize(narrow);
  found.add('right to left at 320 pixels', await cutOrTooWide(page));

  const spacing = await page.addStyleTag({ url: '/pages/text-spacing.css' });
  found.add('text spacing, 320 pixels', await cutOrTooWide(page));
  await spacing.evaluate((link) => (link as Element).remove());

  await openState(lane, state, { locale: 'de' });
  await page.addStyleTag({ url: '/pages/text-spacing.css' });
  found.add('German, text spacing, 320 pixels', await cutOrTooWide(page));
  await page.setViewportSize(desktop);
  await page.addStyleTag({ url: '/pages/large-text.css' });
  found.add('German, text spacing, twice the size', await cutOrTooWide(page));
  found.mustBeNone();
  await lane.mustBeQuiet();
});
