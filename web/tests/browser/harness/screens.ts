import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { expect } from 'vitest';

const kept = fileURLToPath(new URL('../screens/', import.meta.url));
const different = fileURLToPath(new URL('../../../../build/web-screens/', import.meta.url));

/** Glyph edges differ between versions of the font library; a missing or moved piece differs by far more. */
const largestDifference = 0.01;

const still = { animations: 'disabled', caret: 'hide', scale: 'css' } as const;

/** A page: all of it, or only what its window shows. */
export async function picture(of: Page | Locator, { fullPage = true } = {}): Promise<Buffer> {
  return of.screenshot('page' in of ? still : { ...still, fullPage });
}

/** Two pictures: how much of the larger one differs, from 0 to 1, and a picture of where. */
export function compare(a: Buffer, b: Buffer): { readonly part: number; readonly where: Buffer } {
  const [one, two] = [PNG.sync.read(a), PNG.sync.read(b)];
  const width = Math.max(one.width, two.width);
  const height = Math.max(one.height, two.height);
  const where = new PNG({ width, height });
  const [left, right] = [one, two].map((image) => {
    if (image.width === width && image.height === height) return image.data;
    // What only one of them has counts as different.
    const padded = new PNG({ width, height, fill: true });
    padded.data.fill(image === one ? 0 : 128);
    PNG.bitblt(image, padded, 0, 0, image.width, image.height, 0, 0);
    return padded.data;
  }) as [Buffer, Buffer];
  const pixels = pixelmatch(left, right, where.data, width, height, { threshold: 0.2 });
  return { part: pixels / (width * height), where: PNG.sync.write(where) };
}

/** Compares with the committed picture. `--update` writes it anew; without one the test fails. */
export async function expectScreen(of: Page | Locator, name: string, how?: Parameters<typeof picture>[1]): Promise<void> {
  const file = `${kept}${name}.png`;
  const now = await picture(of, how);
  const { snapshotState } = expect.getState() as unknown as { snapshotState: { _updateSnapshot: string } };
  if (snapshotState._updateSnapshot === 'all') {
    if (existsSync(file) && compare(await readFile(file), now).part === 0) return;
    await mkdir(kept, { recursive: true });
    return writeFile(file, now);
  }
  if (!existsSync(file)) throw new Error(`There is no picture ${file}; look at the page, then run with --update.`);
  const { part, where } = compare(await readFile(file), now);
  if (part > largestDifference) {
    await mkdir(different, { recursive: true });
    await writeFile(`${different}${name}.now.png`, now);
    await writeFile(`${different}${name}.where.png`, where);
  }
  expect(part, `part of ${name}.png that differs; both pictures are in ${different}`).toBeLessThanOrEqual(largestDifference);
}
