// One cold start, in a process of its own: node bench/cold_start.mjs <bundle> <module> <case as JSON>
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { coldPlain, coldStart } from './measure.mjs';

const [bundle, module, input] = process.argv.slice(2);
const parts = await import(pathToFileURL(bundle).href);
const one = JSON.parse(input);
const wasm = await coldStart(parts, readFileSync(module), one);
const plain = coldPlain(one);
if (wasm.total !== plain.total) {
  throw new Error(`${wasm.total} but ${plain.total}`);
}
console.log(JSON.stringify({ wasm: wasm.ms, plain: plain.ms }));
