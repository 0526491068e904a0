import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { chromium, type Browser } from 'playwright-core';
import { executablePath, launchArguments } from '../../tests/browser/harness/launch.js';
import bundle from '../../tests/browser/harness/build.js';
import { measureConfirm } from './confirm.js';
import { measureCore } from './core.js';
import { measureDrag, measureLatency } from './interaction.js';
import { measureStart } from './start.js';

export interface Settings {
  readonly parts: readonly string[];
  readonly runs: number;
}

const sections: Readonly<Record<string, (browser: Browser, runs: number) => Promise<string>>> = {
  latency: measureLatency,
  frames: measureDrag,
  core: measureCore,
  start: measureStart,
  confirm: measureConfirm,
};

/** Runs the measurements asked for and prints them as they come. */
export async function report({ parts, runs }: Settings): Promise<void> {
  const unknown = parts.filter((part) => !(part in sections));
  if (unknown.length > 0) throw new Error(`No such part: ${unknown.join(', ')}. There are ${Object.keys(sections).join(', ')}.`);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number above 0.');

  await bundle();
  const browser = await chromium.launch({ executablePath, args: launchArguments });
  try {
    console.log(circumstances(browser, parts, runs));
    for (const part of parts) {
      const begun = Date.now();
      console.log(await sections[part]!(browser, runs));
      console.log(`\n(${Math.round((Date.now() - begun) / 1000)} s)\n`);
    }
  } finally {
    await browser.close();
  }
}

function circumstances(browser: Browser, parts: readonly string[], runs: number): string {
  const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname }).trim();
  const [processor] = cpus();
  const dirty = git('status', '--porcelain', '--', '.', '../src', '../../core', '../../wasm') === '' ? '' : ', with changes';
  return [
    '# The page in Chromium',
    '',
    `- \`npm run bench:page -- --only ${parts.join(',')} --runs ${runs}\``,
    `- commit ${git('rev-parse', '--short', 'HEAD')}${dirty}`,
    `- Chromium ${browser.version()}, headless, software rendering; Node ${process.version}`,
    `- ${cpus().length} × ${processor?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB; load average before: ${loadavg()[0]!.toFixed(1)}`,
    `- each figure is the median of ${runs} runs; throttled ones by the browser's own throttling. Compare ratios.`,
    '',
  ].join('\n');
}
