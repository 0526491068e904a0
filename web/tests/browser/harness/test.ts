import { chromium, type Browser } from 'playwright-core';
import { test as base } from 'vitest';
import { executablePath, launchArguments } from './launch.js';
import { beginVisit, type Visit, type VisitOptions } from './visit.js';

export { expect } from 'vitest';
export type { Visit, VisitOptions } from './visit.js';

interface Fixtures {
  browser: Browser;
  /** One page for all tests of a file: for many short looks, each of which goes to an address of its own. */
  lane: Visit;
  visit: (path: string | undefined, options?: VisitOptions) => Promise<Visit>;
}

export const test = base.extend<Fixtures>({
  browser: [
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      // Pages that Back brings to life again are part of what is tested.
      const browser = await chromium.launch({
        executablePath,
        args: launchArguments,
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  lane: [
    async ({ browser }, use) => {
      const { visit, close } = await beginVisit(browser, {});
      await use(visit);
      await close();
    },
    { scope: 'file' },
  ],
  visit: async ({ browser }, use) => {
    const open: { visit: Visit; close: () => Promise<void> }[] = [];
    await use(async (path, options = {}) => {
      const begun = await beginVisit(browser, options);
      open.push(begun);
      if (path !== undefined) await begun.visit.goto(path);
      return begun.visit;
    });
    try {
      for (const { visit } of open) await visit.mustBeQuiet();
    } finally {
      for (const { close } of open) await close();
    }
  },
});
