// Compares the builds of the core with the native one, in Node:
//   node tests/parity/run_node.mjs [--count N] [--seed S] [--from A] [--builds complete,preview,js]
//                                  [--native PROGRAM] [--modules FOLDER]
// Every scenario, then random checkouts. Exits with 1 and the first difference where there is one.
import { pathToFileURL } from 'node:url';

import { bundleFacade } from './bundle.mjs';
import { compareLines, Comparison } from './compare.mjs';
import { chunksOf, randomChunk, readOptions, report, scenarios, summary } from './requests.mjs';

const options = readOptions();
const { loadCore } = await import(pathToFileURL(await bundleFacade('node')).href);
const traps = [];
const builds = [];
for (const { name, every, options: wanted } of options.builds) {
  const core = await loadCore({
    ...wanted,
    assets: pathToFileURL(options.modules),
    onTrap: (cause) => traps.push(`${name}: ${cause}`),
  });
  builds.push({ comparison: new Comparison(name, core), every });
}

const started = performance.now();
const skipped = [];
let found = await compareLines(await scenarios(options), builds.map((build) => ({ ...build, every: 1 })), skipped);
console.log(`scenarios: ${builds[0].comparison.checkouts} compared, ${skipped.length} that no object can carry`);
skipped.forEach((line) => console.log(`  ${line}`));

let next = randomChunk(options, 0);
for (let chunk = 0; chunk < chunksOf(options) && !found; ++chunk) {
  const text = await next;
  if (chunk + 1 < chunksOf(options)) {
    next = randomChunk(options, chunk + 1);
  }
  found = await compareLines(text, builds, skipped);
}
if (found) {
  report(found, options);
  process.exit(1);
}
if (traps.length > 0) {
  console.error(`${traps.length} traps, the first: ${traps[0]}`);
  process.exit(1);
}
console.log(summary(builds.map(({ comparison }) => comparison), (performance.now() - started) / 1000, 'Node'));
