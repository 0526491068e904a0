import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { settle } from './conditions.js';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds wrong on the page as it is drawn now: one line for each element. Nothing found also
 * has to mean that something was looked at, so a page on which no rule applied is an error.
 */
export async function accessibilityProblems(
  page: Page,
  { rules = {} as Record<string, { enabled: boolean }>, within = 'html' } = {},
): Promise<string[]> {
  await settle(page); // colours that are still fading in have no contrast yet
  // Passed as an expression to the debugger's protocol, which no policy of the page governs.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(`${source};0`);
  const { violations, passes } = await page.evaluate(
    async ({ tags, rules, within }) => {
      const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
      const results: AxeResults = await axe.run(within, { runOnly: tags, rules, resultTypes: ['violations'] });
      return {
        passes: results.passes.length,
        violations: results.violations.flatMap((rule) =>
          rule.nodes.map((node) => `${rule.id}: ${node.target.flat().join(' > ')}: ${node.failureSummary ?? ''}`.replace(/\s+/g, ' ')),
        ),
      };
    },
    { tags, rules, within },
  );
  if (passes === 0) throw new Error('No accessibility rule applied to this page.');
  return violations;
}
