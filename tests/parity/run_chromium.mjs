// Compares the builds of the core with the native one, in Chromium; options as run_node.mjs. The page
// is under the content security policy that the product asks for.
import { join } from 'node:path';

import { launchChromium } from './browser.mjs';
import { bundleFacade, top } from './bundle.mjs';
import { chunksOf, randomChunk, readOptions, report, scenarios, summary } from './requests.mjs';
import { serve } from './serve.mjs';

const options = readOptions();
const chunks = new Map();
const chunkAt = (number) => {
  if (!chunks.has(number)) {
    chunks.set(number, randomChunk(options, number));
  }
  return chunks.get(number);
};
const server = await serve({
  entry: '/parity/page.mjs',
  files: {
    '/parity/': join(top, 'tests/parity'),
    '/parity/facade.js': await bundleFacade('browser'),
    '/modules/': options.modules,
  },
  answers: { chunk: (number) => chunkAt(Number(number)), scenarios: () => scenarios(options) },
});
const browser = await launchChromium();
let failed = false;
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(`page: ${error}`));
  page.on('console', (message) => message.type() === 'error' && console.error(`page: ${message.text()}`));
  await page.goto(server.origin);
  await page.waitForFunction(() => globalThis.loadBuilds);
  await page.evaluate((builds) => globalThis.loadBuilds(builds), options.builds);
  const compareAt = async (address, withAll) => {
    const result = await page.evaluate(([at, all]) => globalThis.compareAt(at, all), [address, withAll]);
    if (result.found) {
      report(result.found, options);
      failed = true;
    } else if (result.traps.length > 0) {
      console.error(`${result.traps.length} traps, the first: ${result.traps[0]}`);
      failed = true;
    }
    return result.counts;
  };

  const started = performance.now();
  let counts = await compareAt('/scenarios', true);
  for (let chunk = 0; chunk < chunksOf(options) && !failed; ++chunk) {
    if (chunk + 1 < chunksOf(options)) {
      chunkAt(chunk + 1).catch(() => {}); // made while the page works; a failure shows when it is asked for
    }
    counts = await compareAt(`/chunk/${chunk}`, false);
    chunks.delete(chunk);
  }
  if (!failed) {
    const seconds = (performance.now() - started) / 1000;
    console.log(summary(counts, seconds, `Chromium ${browser.version()}`));
  }
} finally {
  await browser.close();
  server.close();
}
process.exit(failed ? 1 : 0);
