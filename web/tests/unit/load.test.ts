import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const build = new URL('../../src/core/build/', import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(name, build));
const catalog = { version: '1', currency: 'EUR', program: { status: 'ACTIVE' } } as const;

/** A web server for the module files, as far as fetch can see. */
function server({ type = 'application/wasm', down = false, broken = false } = {}) {
  const state = { down, asked: [] as string[] };
  vi.stubGlobal('fetch', async (url: string) => {
    state.asked.push(url);
    if (state.down) {
      return new Response('gone', { status: 503 });
    }
    const body = broken ? new Uint8Array(8) : bytesOf(url.split('/').at(-1)!);
    return new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  });
  return state;
}

/** The facade anew, without anything that it keeps. */
async function fresh(): Promise<typeof import('../../src/core/index.js')> {
  vi.resetModules();
  return import('../../src/core/index.js');
}

const assets = 'https://shop.example/core';

beforeEach(() => vi.unstubAllGlobals());
afterEach(() => vi.unstubAllGlobals());

describe('loading the core', () => {
  it('fetches a module once for all who ask at the same time, and one core serves them', async () => {
    const { loadCore } = await fresh();
    const { asked } = server();
    const cores = await Promise.all(Array.from({ length: 20 }, () => loadCore({ assets, start: 'preview' })));
    expect(asked).toEqual([`${assets}/loyalty-preview.wasm`]);
    expect(new Set(cores).size).toBe(1);
    expect(cores[0]!.open(catalog).ok).toBe(true);
  });

  it.each(['application/wasm', 'application/wasm; charset=binary', 'application/octet-stream', ''])('works where the server says "%s"', async (type) => {
    const { loadCore } = await fresh();
    server({ type });
    expect((await loadCore({ assets, start: 'preview' })).open(catalog).ok).toBe(true);
  });

  it('takes a folder with or without a slash, as text or as an address', async () => {
    const { loadCore } = await fresh();
    const { asked } = server();
    await loadCore({ assets: `${assets}/`, start: 'preview' });
    await loadCore({ assets: new URL(assets), start: 'preview' });
    expect(asked).toHaveLength(1);
  });

  it('says that loading failed, and tries again when asked again', async () => {
    const { loadCore } = await fresh();
    const state = server({ down: true });
    await expect(loadCore({ assets, start: 'preview' })).rejects.toMatchObject({ name: 'CoreError', code: 'LOAD_FAILED', cause: expect.any(Error) });
    await expect(loadCore({ assets, start: 'preview' })).rejects.toMatchObject({ code: 'LOAD_FAILED' });
    expect(state.asked).toHaveLength(2);
    state.down = false;
    expect((await loadCore({ assets, start: 'preview' })).isComplete).toBe(false);
  });

  it('does not take a damaged file for a page that forbids WebAssembly', async () => {
    const { loadCore } = await fresh();
    server({ broken: true });
    await expect(loadCore({ assets, start: 'preview' })).rejects.toMatchObject({ code: 'LOAD_FAILED', cause: expect.any(WebAssembly.CompileError) });
  });

  it('refuses a module of another contract', async () => {
    // (module (memory (export "memory") 1) (func (export "loyalty_abi") (result i32) i32.const 99))
    const other = [
      '0061736d01000000', '010501600001', '7f', '03020100', '0503010001', '0718', '02', '066d656d6f7279', '0200', '0b6c6f79616c74795f616269', '0000',
      '0a070105', '0041e3000b',
    ].join('');
    const { loadCore } = await fresh();
    vi.stubGlobal('fetch', async () => new Response(Buffer.from(other, 'hex'), { headers: { 'content-type': 'application/wasm' } }));
    await expect(loadCore({ assets, start: 'preview' })).rejects.toMatchObject({ code: 'VERSION' });
  });

  it('refuses a complete build of another version', async () => {
    vi.resetModules();
    vi.doMock('../../src/core/version.js', () => ({ CORE_VERSION: '99.0.0' }));
    const { loadCore } = await import('../../src/core/index.js');
    await expect(loadCore()).rejects.toMatchObject({ code: 'VERSION' });
    vi.doUnmock('../../src/core/version.js');
  });

  it('starts with the preview, and fetches the rest once, when it is asked for', async () => {
    const { loadCore } = await fresh();
    const core = await loadCore({ start: 'preview' });
    expect(core).toMatchObject({ isComplete: false, build: 'wasm' });
    await Promise.all([core.completed(), core.completed()]);
    expect(core.isComplete).toBe(true);
    await core.completed();
  });
});

describe('where WebAssembly is forbidden', () => {
  /** What a browser does under a policy without 'wasm-unsafe-eval'. */
  function forbid() {
    const refuse = () => {
      throw new WebAssembly.CompileError('Refused to compile or instantiate WebAssembly module');
    };
    vi.stubGlobal('WebAssembly', { ...WebAssembly, CompileError: WebAssembly.CompileError, compile: async () => refuse(), Module: refuse });
  }

  it('the core as JavaScript takes over, complete, and no module is fetched', async () => {
    const { loadCore } = await fresh();
    const { asked } = server();
    forbid();
    const core = await loadCore({ start: 'preview' });
    expect(core).toMatchObject({ build: 'js', isComplete: true });
    expect(core.open(catalog).ok).toBe(true);
    expect(asked).toEqual([]);
  });

  it('also where there is no WebAssembly at all', async () => {
    const { loadCore } = await fresh();
    vi.stubGlobal('WebAssembly', undefined);
    expect((await loadCore()).build).toBe('js');
  });

  it('says so where only WebAssembly is wanted', async () => {
    const { loadCore } = await fresh();
    forbid();
    await expect(loadCore({ build: 'wasm' })).rejects.toMatchObject({ code: 'CORE_BLOCKED' });
  });

  it('says so where the JavaScript cannot be had either', async () => {
    const { loadCore } = await fresh();
    forbid();
    await expect(loadCore({ assets: new URL('../nowhere/', build) })).rejects.toMatchObject({ code: 'CORE_BLOCKED' });
  });

  it('elsewhere the JavaScript is not fetched', async () => {
    vi.resetModules();
    const fetched = vi.fn();
    vi.doMock('../../src/core/build/loyalty-js.mjs', () => {
      fetched();
      return { default: () => Promise.reject() };
    });
    const { loadCore } = await import('../../src/core/index.js');
    await (await loadCore({ start: 'preview' })).completed();
    expect(fetched).not.toHaveBeenCalled();
    vi.doUnmock('../../src/core/build/loyalty-js.mjs');
  });
});
