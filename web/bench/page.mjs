#!/usr/bin/env node
/** Measures the built pages in Chromium and prints Markdown tables. `node bench/page.mjs --help` says how. */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const USAGE = `usage: node bench/page.mjs [options]     (or: npm run bench:page -- [options])

  --only <part,…>   latency, frames, core, start (default: these), confirm (needs the built server)
  --runs <number>   of each measurement (default 3); tables show the median
  --help            this text

Build the pages first: npm run build.
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'latency,frames,core,start' },
    runs: { type: 'string', default: '3' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
} else {
  // The measurements are TypeScript and share their harness with the tests.
  const { module } = await runnerImport(fileURLToPath(new URL('./measure/report.ts', import.meta.url)));
  await module.report({ parts: values.only.split(','), runs: Number(values.runs) });
}
