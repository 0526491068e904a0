import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CheckoutInput } from '../../../src/core/index.js';
import type { Catalog } from '../../../src/documents/index.js';

const corpus = new URL('../../../../tests/scenarios/', import.meta.url);

/** A business case of the core's own corpus. */
export interface Scenario {
  readonly name: string;
  readonly operation: 'quote' | 'optimize';
  readonly catalog: Catalog;
  readonly checkout: CheckoutInput;
  /** Of cases about bad documents. */
  readonly error?: { readonly code: string; readonly path: string };
}

function read(name: string): Scenario | null {
  const file = JSON.parse(readFileSync(new URL(name, corpus), 'utf8'));
  // Cases about the text of JSON have no meaning for objects.
  if (file.document !== undefined) {
    return null;
  }
  const catalog =
    typeof file.catalog === 'string' ? JSON.parse(readFileSync(new URL(file.catalog, corpus), 'utf8')) : file.catalog;
  const { account, cart, intent, now, resolved } = file;
  return {
    name: name.replace('.json', ''),
    operation: file.operation ?? 'quote',
    catalog,
    checkout: { account, cart, intent, now, resolved },
    error: file.expect?.error,
  };
}

export const scenarios: readonly Scenario[] = readdirSync(corpus)
  .filter((name) => name.endsWith('.json'))
  .map(read)
  .filter((scenario) => scenario !== null);

/** The native command line; null where it was not built. */
export const native = [process.env['LOYALTY_CLI'], fileURLToPath(new URL('../../../../build/release/native/loyalty', import.meta.url))].find(
  (path) => path !== undefined && existsSync(path),
);

/** The command line's answers, one per request, as it prints them. */
export function answers(requests: readonly object[], ...options: readonly string[]): string[] {
  const input = requests.map((request) => JSON.stringify(request)).join('\n');
  const output = execFileSync(native!, [...options, '--jsonl', '--compact'], { input, maxBuffer: 1 << 28 });
  return output.toString('utf8').trimEnd().split('\n');
}
