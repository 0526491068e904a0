// Runs every suite against the built server and tells what was covered:
//   node tests/server/run.mjs [--binary PATH] [file...]

import { readdirSync } from 'node:fs';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';

const folder = fileURLToPath(new URL('.', import.meta.url));
const args = process.argv.slice(2);
const at = args.indexOf('--binary');
if (at >= 0) process.env.LOYALTY_BINARY = args.splice(at, 2)[1];
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => args.length === 0 || args.some((part) => name.includes(part)))
  .sort()
  .map((name) => folder + name);

const rows = new Map();
const count = { passed: 0, failed: 0, skipped: 0 };
const told = new Set();
const started = Date.now();
const stream = run({ files, concurrency: Math.min(2, availableParallelism()), timeout: 120_000 });
const isSuite = (event) => event.details?.type === 'suite' || event.name.endsWith('.test.mjs');
function note(event, passed) {
  if (isSuite(event)) return;
  const skipped = event.skip !== undefined || event.todo !== undefined;
  count[skipped ? 'skipped' : passed ? 'passed' : 'failed'] += 1;
  for (const [, row] of event.name.matchAll(/\brow (\d{3})/g)) {
    rows.set(row, (rows.get(row) ?? true) && passed && !skipped);
  }
}
stream.on('test:pass', (event) => note(event, true));
stream.on('test:fail', (event) => {
  note(event, false);
  if (isSuite(event) && event.details?.error?.failureType === 'subtestsFailed') return;
  const error = event.details?.error?.cause ?? event.details?.error;
  const text = String(error?.stack ?? error).split('\n').slice(0, 12).join('\n  ');
  console.log(`\nFAILED ${event.name}\n  ${told.has(text) ? '(as above)' : text}`);
  told.add(text);
});
stream.on('test:stderr', (event) => process.stderr.write(event.message));
stream.on('end', () => {
  const proven = [...rows].filter(([, fine]) => fine).map(([row]) => Number(row)).sort((a, b) => a - b);
  const open = [...rows].filter(([, fine]) => !fine).map(([row]) => Number(row)).sort((a, b) => a - b);
  const ranges = (list) => list
    .reduce((all, row) => {
      const last = all.at(-1);
      if (last && last[1] === row - 1) last[1] = row;
      else all.push([row, row]);
      return all;
    }, [])
    .map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`))
    .join(' ');
  console.log(`\nrows seen working: ${proven.length} (${ranges(proven)})`);
  if (open.length > 0) console.log(`rows not seen working: ${open.length} (${ranges(open)})`);
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  process.exitCode = count.failed === 0 ? 0 : 1;
});
stream.resume();
