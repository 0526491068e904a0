// The corpus as the modules and the native program are asked about it.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const top = path.resolve(import.meta.dirname, '../..');
const corpus = path.join(top, 'tests/scenarios');
const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Every scenario that JavaScript can hold: {name, catalog, request, optimizes}. */
export function scenarios() {
  const found = [];
  for (const name of readdirSync(corpus).sort()) {
    const scenario = name.endsWith('.json') ? read(path.join(corpus, name)) : {};
    if (scenario.cart === undefined || scenario.document !== undefined) {
      continue;
    }
    const { catalog, account, cart, intent, now, resolved } = scenario;
    found.push({
      name,
      catalog: typeof catalog === 'string' ? read(path.join(corpus, catalog)) : catalog,
      request: { account, cart, intent, now, resolved },
      optimizes: scenario.operation === 'optimize',
    });
  }
  return found;
}

const native = path.resolve(process.env.LOYALTY_NATIVE ?? path.join(top, 'build/release/native/loyalty'));

/** Why the native program cannot be asked, or false. */
export const withoutNative = existsSync(native) ? false : `there is no ${native}`;

/** The native program's answers to whole requests, one text each. */
export function askNative(command, requests, ...flags) {
  const input = requests.map((request) => JSON.stringify(request)).join('\n') + '\n';
  const { stdout, error } = spawnSync(native, [command, '--jsonl', ...flags], { input, maxBuffer: 1 << 28, encoding: 'utf8' });
  if (error) {
    throw error;
  }
  return stdout.trimEnd().split('\n');
}
