import { readFile } from 'node:fs/promises';
import { compile as compileFetched } from './compile.js';

/** Compiles a module from its file, or from where a server has it. */
export async function compile(url: string): Promise<WebAssembly.Module> {
  return url.startsWith('file:') ? WebAssembly.compile(await readFile(new URL(url))) : compileFetched(url);
}
