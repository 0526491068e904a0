// The half of browser_and_node.mjs that runs in the page.
import * as parts from './core_parts.js';
import { coldPlain, coldStart, garbage, measure } from './measure.mjs';

const bytesOf = async (address) => (await fetch(address)).arrayBuffer();

globalThis.runAll = async (cases, options) => {
  const compiled = await WebAssembly.compile(await bytesOf('/modules/loyalty-preview.wasm'));
  const core = await parts.loadCore({ assets: '/modules/', build: 'wasm' });
  return measure(parts, compiled, core, cases, options);
};

globalThis.runGarbage = async (one) => {
  const compiled = await WebAssembly.compile(await bytesOf('/modules/loyalty-preview.wasm'));
  const core = await parts.loadCore({ assets: '/modules/', build: 'wasm' });
  return garbage(parts, compiled, core, one, {
    heap: () => performance.memory.usedJSHeapSize,
    collect: () => globalThis.gc(),
  });
};

globalThis.runCold = async (one) => {
  const bytes = await bytesOf('/modules/loyalty-preview.wasm');
  const wasm = await coldStart(parts, bytes, one);
  const plain = coldPlain(one);
  if (wasm.total !== plain.total) {
    throw new Error(`${wasm.total} but ${plain.total}`);
  }
  return { wasm: wasm.ms, plain: plain.ms };
};
