import { compile } from '#compile';
import { CoreError, type CoreOptions, type LoyaltyCore } from './api.js';
import { Engine, EnginePool, type EngineSource, type FlatDoor } from './engine.js';
import { Core } from './facade.js';
import type { Glue } from './glued.js';

// Spelled out, since bundlers follow only addresses that they can read.
const PREVIEW = { name: 'loyalty-preview.wasm', beside: () => new URL('./build/loyalty-preview.wasm', import.meta.url) };
const COMPLETE = { name: 'loyalty.wasm', beside: () => new URL('./build/loyalty.wasm', import.meta.url) };
const GLUE = { name: 'loyalty.mjs', beside: (): Promise<unknown> => import('./build/loyalty.mjs') };
const GLUE_JS = { name: 'loyalty-js.mjs', beside: (): Promise<unknown> => import('./build/loyalty-js.mjs') };

/** What was asked for is not asked for again; what failed is. */
const shared = new Map<string, Promise<unknown>>();

function once<T>(key: string, make: () => Promise<T>): Promise<T> {
  let promise = shared.get(key) as Promise<T> | undefined;
  if (promise === undefined) {
    promise = make();
    shared.set(key, promise);
    promise.catch(() => shared.delete(key));
  }
  return promise;
}

/** A folder's address: absolute, with a slash at its end. */
function folder(assets: string | URL | undefined): string | null {
  if (assets === undefined) {
    return null;
  }
  const base = typeof document === 'undefined' ? import.meta.url : document.baseURI;
  const { href } = new URL(assets, base);
  return href.endsWith('/') ? href : `${href}/`;
}

const module = (file: typeof PREVIEW, at: string | null): Promise<WebAssembly.Module> => {
  const url = at === null ? file.beside().href : at + file.name;
  return once(url, () => compile(url));
};

const factory = (file: typeof GLUE, at: string | null): Promise<Glue> =>
  (at === null ? file.beside() : import(/* @vite-ignore */ /* webpackIgnore: true */ at + file.name)) as Promise<Glue>;

/** Whether the page, or the browser, forbids WebAssembly altogether: an empty module shows it. */
async function isBlocked(): Promise<boolean> {
  try {
    await WebAssembly.compile(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]));
    return false;
  } catch {
    return true;
  }
}

type Raw = FlatDoor & { _initialize?(): void };

function previewEngine({ exports }: WebAssembly.Instance): Engine {
  const door = exports as unknown as Raw;
  door._initialize?.();
  return new Engine(door);
}

async function previewPool(at: string | null): Promise<EnginePool> {
  const compiled = await module(PREVIEW, at);
  const source: EngineSource = {
    build: 'wasm',
    isComplete: false,
    create: () => previewEngine(new WebAssembly.Instance(compiled)),
  };
  // The first is made aside: some browsers want that of larger modules.
  return new EnginePool(source, previewEngine(await WebAssembly.instantiate(compiled)));
}

/** Everything, from the module or from its translation into JavaScript; both are fetched beside the code for it. */
async function completePool(at: string | null, build: 'wasm' | 'js'): Promise<EnginePool> {
  const [{ gluedPool }, glue, compiled] = await Promise.all([
    import('./glued.js'),
    build === 'wasm' ? factory(GLUE, at) : factory(GLUE_JS, at),
    build === 'wasm' ? module(COMPLETE, at) : null,
  ]);
  return gluedPool(glue, compiled);
}

/** Says of any failure that the core cannot be had. */
async function orFailure<T>(loaded: Promise<T>, code: 'LOAD_FAILED' | 'CORE_BLOCKED' = 'LOAD_FAILED'): Promise<T> {
  try {
    return await loaded;
  } catch (cause) {
    throw cause instanceof CoreError ? cause : new CoreError(code, 'The core could not be loaded.', { cause });
  }
}

async function load(at: string | null, build: 'auto' | 'wasm' | 'js', start: 'preview' | 'complete'): Promise<Core> {
  const never = () => Promise.reject(new Error('The core is complete.'));
  if (build === 'js') {
    return new Core(await orFailure(completePool(at, 'js')), never);
  }
  if (await once('webassembly', isBlocked)) {
    if (build === 'wasm') {
      throw new CoreError('CORE_BLOCKED', 'WebAssembly is forbidden here.');
    }
    return new Core(await orFailure(completePool(at, 'js'), 'CORE_BLOCKED'), never);
  }
  const complete = () => orFailure(completePool(at, 'wasm'));
  return start === 'preview' ? new Core(await orFailure(previewPool(at)), complete) : new Core(await complete(), never);
}

/** Loads the core, or gives the one that was loaded with the same options. */
export async function loadCore(options: CoreOptions = {}): Promise<LoyaltyCore> {
  const { build = 'auto', start = 'complete' } = options;
  const at = folder(options.assets);
  const core = await once(`${build} ${start} ${at}`, () => load(at, build, start));
  core.onTrap(options.onTrap);
  return core;
}
