import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LIMIT, sizesOf } from '../../../console/size.mjs';
import { faultOfKey } from '../../../console/src/app/sign-in.js';
import { backendSteps, embedSnippet, pagePolicy } from '../../../console/src/screens/developers/embedding.js';
import { createKey, faultsOfKey, labelOfScope, newKeyValues } from '../../../console/src/screens/developers/keys.js';
import { faultOfOrigins, originsIn } from '../../../console/src/screens/developers/origins.js';
import type { Api } from '../../../console/src/api/api.js';

test('a key is looked at before the server is asked', () => {
  expect(faultOfKey('')).toBe('Paste the key.');
  expect(faultOfKey(`lk_${'0'.repeat(16)}`)).toContain('not a whole key');
  expect(faultOfKey(` lk_${'0a'.repeat(8)}.${'1f'.repeat(32)}\n`)).toBeUndefined();
});

test('origins are scheme and name, one in each line', () => {
  expect(originsIn('https://Shop.example/\n\n http://localhost:4173 ')).toEqual(['https://shop.example', 'http://localhost:4173']);
  expect(faultOfOrigins('https://shop.example\nshop.example')).toBe('“shop.example” is no origin. Write the scheme and the name only, such as https://shop.example.');
  expect(faultOfOrigins('https://shop.example/cart')).toContain('is no origin');
  expect(faultOfOrigins('')).toBeUndefined();
  expect(faultOfOrigins(Array.from({ length: 101 }, (_, at) => `https://s${at}.example`).join('\n'))).toBe('List at most 100 origins; these are 101.');
});

test('a new key has a name and says what it may do', async () => {
  expect(faultsOfKey(newKeyValues)).toEqual({ name: 'Enter a name.' });
  expect(faultsOfKey({ ...newKeyValues, name: 'Till', manage: false })).toEqual({ read: 'Choose at least one.' });
  const asked: unknown[] = [];
  const api = { post: async (...all: unknown[]) => (asked.push(all), { secret: 'lk_0.1' }) } as unknown as Api;
  expect(await createKey(api, { ...newKeyValues, name: ' Till ', keys: true }, 'once')).toBe('lk_0.1');
  expect(asked).toEqual([['/identity/v1/api-keys', { name: 'Till', scopes: ['SCOPE.DC-LOYALTY.MANAGE-LOYALTY', 'SCOPE.DC-LOYALTY.MANAGE-KEYS'] }, { idempotencyKey: 'once' }]]);
});

test('scopes are told in words, unknown ones as they are', () => {
  expect([labelOfScope('SCOPE.DC-LOYALTY.READ-LOYALTY'), labelOfScope('SCOPE.OTHER')]).toEqual(['Read', 'SCOPE.OTHER']);
});

test('what is copied names this server, site and currency, and holds nothing of the console', () => {
  expect(embedSnippet('https://points.example', 'site-1')).toMatch(/endpoint: 'https:\/\/points\.example',\s+site: 'site-1'/);
  expect(pagePolicy('https://points.example')).toContain("connect-src 'self' https://points.example;");
  const steps = backendSteps('https://points.example', 'JPY', (minor) => `¥${minor}`);
  expect(steps.every(({ code }) => code.includes('https://points.example/'))).toBe(true);
  expect(steps[1]?.code).toContain('"currency": "JPY"');
  expect(steps[1]?.text).toContain('6000 is ¥6000');
  // Each body is JSON as it stands.
  steps.forEach(({ code }) => JSON.parse(/-d '(.*)'$/s.exec(code)?.[1] ?? ''));
});

test('the size of the console is what comes before its first screen; other screens count for themselves', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'console-size-'));
  try {
    await mkdir(join(folder, 'assets'));
    const write = (name: string, size: number) => writeFile(join(folder, name), 'x'.repeat(size));
    await Promise.all([write('index.html', 1), write('a.js', 1000), write('a.js.br', 20), write('a.css', 300), write('kit.js', 4000), write('overview.js', 50_000), write('charts.js', 7), write('members.js', 9)]);
    const chunks = {
      'index.html': { file: 'a.js', css: ['a.css'], dynamicImports: ['src/screens/overview/screen.ts', 'src/screens/members/screen.ts'] },
      'src/screens/overview/screen.ts': { file: 'overview.js', imports: ['kit'], dynamicImports: ['src/kit/chart-drawing.ts'] },
      'src/screens/members/screen.ts': { file: 'members.js', imports: ['kit'] },
      kit: { file: 'kit.js', imports: ['index.html'] },
      'src/kit/chart-drawing.ts': { file: 'charts.js' },
    };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(chunks));
    expect(await sizesOf(folder)).toEqual({ first: 54_321, later: { members: 9, chart: 7 } });
    expect(LIMIT).toBe(70 * 1024);
  } finally {
    await rm(folder, { recursive: true });
  }
});
