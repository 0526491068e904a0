// Where the compared checkouts come from: the native program random_requests, chunk by chunk.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { top } from './bundle.mjs';

const run = promisify(execFile);

/** The options that both runners take. */
export function readOptions() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      from: { type: 'string', default: '0' },
      seed: { type: 'string', default: '20250301' },
      native: { type: 'string', default: join(top, 'build/release/tests/parity/random_requests') },
      modules: { type: 'string', default: join(top, 'build/wasm/dist') },
      builds: { type: 'string', default: 'complete,preview,js' },
      'js-every': { type: 'string', default: '20' },
    },
  });
  for (const needed of [values.native, values.modules]) {
    if (!existsSync(needed)) {
      console.error(`${needed} is not there yet: build the presets release and wasm first.`);
      process.exit(2);
    }
  }
  const builds = values.builds.split(',').map((name) => ({
    name,
    every: name === 'js' ? Number(values['js-every']) : 1,
    options: {
      complete: { build: 'wasm', start: 'complete' },
      preview: { build: 'wasm', start: 'preview' },
      js: { build: 'js' },
    }[name],
  }));
  return { ...values, count: Number(values.count), from: Number(values.from), builds };
}

const PER_CHUNK = 1000;

export const chunksOf = ({ count }) => Math.ceil(count / PER_CHUNK);

/** The lines of one chunk of random checkouts. */
export async function randomChunk({ native, seed, from, count }, chunk) {
  const first = chunk * PER_CHUNK;
  const { stdout } = await run(
    native,
    ['--seed', seed, '--from', String(from + first), '--count', String(Math.min(PER_CHUNK, count - first))],
    { maxBuffer: 2 ** 30 },
  );
  return stdout;
}

/** The lines of the repository's scenarios. */
export async function scenarios({ native }) {
  const { stdout } = await run(native, ['--scenarios', join(top, 'tests/scenarios')], { maxBuffer: 2 ** 30 });
  return stdout;
}

/** Prints a difference whole, so that it can be repeated. */
export function report(found, options) {
  console.error(`\n${found.build} build, ${found.name}: ${found.what} differs at ${found.path || 'its start'}`);
  console.error(`  native   ${JSON.stringify(found.expected)}`);
  console.error(`  here     ${JSON.stringify(found.got)}`);
  console.error(`  seed ${options.seed}; the line:\n${found.line}`);
}

export function summary(builds, seconds, where) {
  const lines = builds.map(
    ({ name, checkouts, refusals, answers }) =>
      `${where}, ${name} build: ${checkouts} checkouts (${refusals} refused), ${answers} answers, all as native`,
  );
  return `${lines.join('\n')}\n${where}: ${seconds.toFixed(0)} s`;
}
