// @ts-check
// Builds the product: dist/npm, a package of plain modules that leave Lit to the page's own build, dist/cdn, bundled
// files for pages without one, and dist/console, the merchant's pages.
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { buildConsole } from '../console/build.mjs';
import { buildCdn } from './cdn.mjs';
import { buildNpm } from './npm.mjs';

const web = new URL('../', import.meta.url);
execFileSync(process.execPath, ['scripts/assets.mjs'], { cwd: web, stdio: 'inherit' });
await rm(new URL('dist/', web), { recursive: true, force: true });
await buildNpm(web);
await buildCdn(web);
await buildConsole();
