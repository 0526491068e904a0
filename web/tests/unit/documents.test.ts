import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { ERROR_CODES, REJECTION_CODES, SOURCES } from '../../src/core/names.js';

const core = new URL('../../../core/', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, core), 'utf8');
/** The enumerators of a C++ enum, in order, as the core names them in answers. */
const enumerators = (source: string, name: string) => {
  const body = new RegExp(`enum class ${name}[^{]*\\{([^}]*)\\}`).exec(source)![1]!;
  return body.split(',').map((one) => one.replace(/=.*/, '').trim()).filter(Boolean);
};

it('the generated types and versions are those of the schemas and the core', async () => {
  const check = promisify(execFile)(process.execPath, ['scripts/types.mjs', '--check'], { cwd: new URL('../../', import.meta.url) });
  await expect(check).resolves.toBeDefined();
});

it('codes stand in the order of the core', () => {
  expect(ERROR_CODES.slice(1)).toEqual(enumerators(text('base/error.h'), 'ErrorCode').slice(1).map((name) => name.toUpperCase()));
  expect(REJECTION_CODES).toEqual(enumerators(text('model/rejection.h'), 'RejectionCode').map((name) => name.toUpperCase()));
  expect(SOURCES).toEqual(enumerators(text('model/rejection.h'), 'Source'));
});
