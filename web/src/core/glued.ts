import { CoreError } from './api.js';
import { details } from './details.js';
import { Engine, EnginePool, type EngineSource, type FlatDoor, type RareCalls } from './engine.js';
import { CORE_VERSION } from './version.js';

/** The factory that Emscripten writes, as far as it is used. */
interface GlueOptions {
  instantiateWasm?(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module?: WebAssembly.Module) => void): object;
}
interface GlueModule extends RareCalls {
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
}
export type Glue = { readonly default: (options: GlueOptions & Partial<GlueModule>) => unknown };

/** An instance with its glue. The factory is done when it returns, since it is given what it would wait for. */
function gluedEngine({ default: create }: Glue, compiled: WebAssembly.Module | null): Engine {
  let failure: unknown = new Error('The glue did not start at once.');
  const glued: GlueOptions & Partial<GlueModule> = {};
  if (compiled !== null) {
    glued.instantiateWasm = (imports, done) => {
      try {
        const instance = new WebAssembly.Instance(compiled, imports);
        done(instance, compiled);
        return instance.exports;
      } catch (cause) {
        failure = cause;
        return {};
      }
    };
  }
  // A promise or the module itself, as it was linked; either way it was filled in when the call came back.
  Promise.resolve(create(glued)).catch(() => undefined);
  if (glued.answer === undefined) {
    throw failure;
  }
  return new Engine(flatDoor(glued as GlueModule), glued as GlueModule, details);
}

/** The raw exports, under the names that the glue gives them. */
function flatDoor(glued: GlueModule): FlatDoor {
  const raw = glued as unknown as { readonly [name: `_loyalty_${string}`]: (...numbers: number[]) => number };
  // Until its first call the glue has a function of its own in an export's place. Without a checkout these do nothing.
  raw._loyalty_run!(0);
  raw._loyalty_detail!();
  raw._loyalty_set_quantity!(NaN, NaN);
  raw._loyalty_set_points!(NaN, NaN);
  return {
    memory: {
      get buffer() {
        return glued.HEAPU8.buffer;
      },
    },
    loyalty_abi: raw._loyalty_abi!,
    loyalty_reserve: raw._loyalty_reserve!,
    loyalty_open_catalog: raw._loyalty_open_catalog!,
    loyalty_open_checkout: raw._loyalty_open_checkout!,
    loyalty_set_quantity: raw._loyalty_set_quantity!,
    loyalty_set_points: raw._loyalty_set_points!,
    loyalty_run: raw._loyalty_run!,
    loyalty_detail: raw._loyalty_detail!,
  };
}

/** A pool of the complete build: of the module, or without one of the core as JavaScript. */
export function gluedPool(glue: Glue, compiled: WebAssembly.Module | null): EnginePool {
  const build = compiled === null ? 'js' : 'wasm';
  const source: EngineSource = { build, isComplete: true, create: () => gluedEngine(glue, compiled) };
  const first = source.create();
  const version = first.version();
  if (version !== CORE_VERSION) {
    throw new CoreError('VERSION', `The module is of core ${version}, the page of ${CORE_VERSION}.`);
  }
  return new EnginePool(source, first);
}
