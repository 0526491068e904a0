// The three builds behind one face, loaded as a page loads them but from files.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { encode } from './cbor.mjs';

const top = path.resolve(import.meta.dirname, '../..');
/** What the build handed over, and beside it the module that watches its stack. */
export const dist = path.resolve(process.env.LOYALTY_DIST ?? path.join(top, 'build/wasm/dist'));
export const linked = path.join(path.dirname(dist), 'linked');
export const want = { offers: 1, nearMisses: 2, explain: 4, digest: 8 };

/** Names of core/base/error.h, by number. */
export const codes = [
  'NONE', 'INVALID_JSON', 'INVALID_UTF8', 'DUPLICATE_KEY', 'TOO_DEEP', 'TOO_LARGE', 'TOO_MANY', 'MISSING_FIELD', 'WRONG_TYPE',
  'NOT_AN_INTEGER', 'OUT_OF_RANGE', 'UNKNOWN_VALUE', 'UNKNOWN_FIELD', 'DUPLICATE_ID', 'UNKNOWN_REFERENCE', 'CURRENCY_UNKNOWN',
  'CURRENCY_MISMATCH', 'INVALID_TIME',
];

/** The preview build: raw exports, no glue, no imports. */
export async function loadPreview() {
  const { instance } = await WebAssembly.instantiate(await readFile(path.join(dist, 'loyalty-preview.wasm')), {});
  instance.exports._initialize();
  return new Core(instance.exports, () => instance.exports.memory.buffer);
}

/** The complete build. `instantiateWasm` is the hook by which a page brings the bytes. */
export async function loadComplete() {
  const { default: create } = await import(pathToFileURL(path.join(dist, 'loyalty.mjs')));
  const bytes = await readFile(path.join(dist, 'loyalty.wasm'));
  const module = await new Promise((resolve, reject) => {
    create({
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(bytes, imports).then(({ instance, module: m }) => done(instance, m), reject);
        return {};
      },
    }).then(resolve, reject);
  });
  return fromGlue(module);
}

/** The complete build with checks of the stack and of the glue, for Node. */
export async function loadChecked() {
  const create = createRequire(import.meta.url)(path.join(linked, 'loyalty-checked.cjs'));
  return fromGlue(await create());
}

/** The complete build as JavaScript. */
export async function loadJs() {
  const { default: create } = await import(pathToFileURL(path.join(dist, 'loyalty-js.mjs')));
  return fromGlue(await create());
}

function fromGlue(module) {
  const exports = {};
  for (const name of Object.keys(module).filter((key) => key.startsWith('_loyalty_'))) {
    exports[name.slice(1)] = (...numbers) => module[name](...numbers);
  }
  return new Core(exports, () => module.HEAPU8.buffer, module);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The flat door, with the little that every user of it must do. */
export class Core {
  constructor(exports, buffer, module = null) {
    this.exports = exports;
    this.buffer = buffer;
    this.module = module;
  }

  /** Hands bytes to one of the open functions; the name of its error code. */
  open(what, bytes) {
    const address = this.exports.loyalty_reserve(bytes.length);
    if (address === 0) {
      return 'TOO_LARGE';
    }
    new Uint8Array(this.buffer()).set(bytes, address);
    return codes[this.exports[`loyalty_open_${what}`](bytes.length)];
  }
  openCatalog(catalog) {
    return this.open('catalog', encode(catalog));
  }
  openCheckout(request) {
    return this.open('checkout', encode(request));
  }

  setQuantity(line, quantity) {
    return codes[this.exports.loyalty_set_quantity(line, quantity)];
  }
  setPoints(entry, points) {
    return codes[this.exports.loyalty_set_points(entry, points)];
  }
  setNow(ms) {
    return codes[this.exports.loyalty_set_now(ms)];
  }

  /** The header, or null where nothing is prepared. */
  run(wanted = 0) {
    this.headerAddress = this.exports.loyalty_run(wanted);
    return this.headerAddress === 0 ? null : this.header();
  }
  header() {
    return Array.from(new Float64Array(this.buffer(), this.headerAddress, 23));
  }
  /** The stream after run(), as plain numbers. */
  detail() {
    const address = this.exports.loyalty_detail();
    return address === 0 ? null : Array.from(new Float64Array(this.buffer(), address, this.header()[21]));
  }

  /** A text of the stream. */
  text(number) {
    const size = Math.floor(number / 2 ** 32);
    return utf8.decode(new Uint8Array(this.buffer(), number - size * 2 ** 32, size));
  }

  // Of the complete builds.
  answer(kind, wanted = 0) {
    return utf8.decode(this.module.answer(kind, wanted));
  }
  error() {
    return utf8.decode(this.module.error());
  }
  version() {
    return utf8.decode(this.module.version());
  }
}
