// The page of curl lines in the README, run as it stands: what it says a line prints, it prints.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { useServer } from './harness.mjs';

const server = useServer();

test('the curl page of the README prints what it says', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const page = /^### A shop's whole flow[\s\S]*?```bash\n([\s\S]*?)```/m.exec(readme)[1];
  const expected = [...page.matchAll(/^# → (.*)$/gm)].map(([, line]) => line);
  const script = page.replace(/^export API=.*$/m, '');
  const printed = execFileSync('bash', ['-euo', 'pipefail', '-c', script], {
    encoding: 'utf8',
    env: { ...process.env, API: server().base, KEY: server().keys.backend },
  }).trimEnd().split('\n');
  assert.deepEqual(printed, expected);
  assert.ok(expected.length > 15);
});
