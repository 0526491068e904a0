/** The folder in which a demonstration's server keeps everything, and whether it holds a whole year already. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const NOTE = 'demonstration.json';

/** @typedef {{ seededAt: string, members: number, days: number, orders: number }} Year what is in the folder */

/** The year in the folder; null: there is none. @param {string} data @returns {Promise<Year | null>} */
export async function yearIn(data) {
  if (!existsSync(join(data, NOTE))) return null;
  return JSON.parse(await readFile(join(data, NOTE), 'utf8'));
}

/**
 * Makes the folder anew: all of it, or, where anything goes wrong, none. Only folders of demonstrations are replaced.
 * @param {string} data @param {(folder: string) => Promise<Year>} fill
 * @returns {Promise<Year>}
 */
export async function makeYear(data, fill) {
  if (existsSync(data) && (await yearIn(data)) === null) {
    throw new Error(`The folder ${data} holds no demonstration, so nothing in it is touched. Choose another one with --data.`);
  }
  const half = `${data}.making`;
  await rm(half, { recursive: true, force: true });
  await mkdir(dirname(data), { recursive: true });
  try {
    const year = await fill(half);
    await writeFile(join(half, NOTE), `${JSON.stringify(year, null, 2)}\n`);
    await rm(data, { recursive: true, force: true });
    await rename(half, data);
    return year;
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}
