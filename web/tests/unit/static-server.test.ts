import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArguments } from '../../server/serve.mjs';
import { createStaticServer, listen, REPORTS_PATH } from '../../server/static-server.mjs';

const SCRIPT = 'export const answer = 42;\n'.repeat(40);
let folder: string;
let server: Server;
let port: number;

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Paths are sent as they are written: a client that tidies them up would hide what is tested. */
function ask(path: string, { method = 'GET', headers = {}, body = '', at = port } = {}): Promise<Reply> {
  return new Promise((done, failed) => {
    const sent = request({ host: '127.0.0.1', port: at, path, method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }));
    });
    sent.on('error', failed);
    sent.end(body);
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'static-server-'));
  const root = join(folder, 'root');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(root, 'gallery'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'index.html'), '<h1>shop</h1>');
  writeFileSync(join(root, 'checkout.html'), '<h1>hints</h1>');
  writeFileSync(join(root, 'checkout.hints-off.html'), '<h1>no hints</h1>');
  writeFileSync(join(root, '404.html'), '<h1>nothing here</h1>');
  writeFileSync(join(root, 'gallery/index.html'), '<h1>gallery</h1>');
  writeFileSync(join(root, '.hidden'), 'hidden');
  writeFileSync(join(root, 'assets/app-Ab3dE_9x.js'), SCRIPT);
  writeFileSync(join(root, 'assets/app-Ab3dE_9x.js.br'), brotliCompressSync(SCRIPT));
  writeFileSync(join(root, 'assets/app-Ab3dE_9x.js.gz'), gzipSync(SCRIPT));
  writeFileSync(join(root, 'assets/core-0a1b2c3d.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d]));
  writeFileSync(join(root, 'plain.svg'), '<svg/>');
  symlinkSync(join(folder, 'secret.txt'), join(root, 'link.txt'));
  server = createStaticServer({ root });
  ({ port } = await listen(server, { port: 0, host: '127.0.0.1' }));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('what is served', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'shop'],
    ['/checkout', 'text/html; charset=utf-8', 'hints'],
    ['/checkout.html', 'text/html; charset=utf-8', 'hints'],
    ['/checkout?program=coffee&hints=off', 'text/html; charset=utf-8', 'no hints'],
    ['/gallery/', 'text/html; charset=utf-8', 'gallery'],
    ['/plain.svg', 'image/svg+xml', 'svg'],
    ['/assets/core-0a1b2c3d.wasm', 'application/wasm', 'asm'],
    ['/assets/app-Ab3dE_9x.js', 'text/javascript; charset=utf-8', 'answer'],
  ])('%s is %s', async (path, type, text) => {
    const reply = await ask(path);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-type']).toBe(type);
    expect(reply.body.toString()).toContain(text);
  });

  it('leads a folder without its slash to the one with it, and keeps the query', async () => {
    const reply = await ask('/gallery?state=guest');
    expect([reply.status, reply.headers.location]).toEqual([308, '/gallery/?state=guest']);
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['br;q=0', undefined],
    ['identity', undefined],
    ['', undefined],
  ])('Accept-Encoding "%s" gets %s', async (accepted, encoding) => {
    const reply = await ask('/assets/app-Ab3dE_9x.js', { headers: { 'accept-encoding': accepted } });
    expect(reply.headers['content-encoding']).toBe(encoding);
    expect(reply.headers.vary).toBe('Accept-Encoding');
    expect(Number(reply.headers['content-length'])).toBe(reply.body.length);
  });

  it('answers HEAD like GET, without the body', async () => {
    const [get, head] = [await ask('/'), await ask('/', { method: 'HEAD' })];
    expect(head.body.length).toBe(0);
    expect(head.headers['content-length']).toBe(get.headers['content-length']);
    expect(head.headers.etag).toBe(get.headers.etag);
  });

  it('says that nothing changed', async () => {
    const { headers } = await ask('/plain.svg');
    const again = await ask('/plain.svg', { headers: { 'if-none-match': `"other", ${headers.etag}` } });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it('lets hashed files be kept for good and asks again for pages', async () => {
    expect((await ask('/assets/app-Ab3dE_9x.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask('/')).headers['cache-control']).toBe('no-cache');
    expect((await ask('/plain.svg')).headers['cache-control']).toBe('no-cache');
  });
});

describe('what is refused', () => {
  it.each(['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets/..%5c..%5csecret.txt', '/a%00b', '/%zz'])('%s cannot be read', async (path) => {
    const reply = await ask(path);
    expect(reply.status).toBe(400);
    expect(reply.body.toString()).not.toContain('secret\n');
  });

  it.each(['/link.txt', '/.hidden', '/nowhere', '/assets', '/assets/', '/index.html/'])('%s is nowhere', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it('shows people a page where nothing is', async () => {
    const reply = await ask('/nowhere', { headers: { accept: 'text/html' } });
    expect([reply.status, reply.body.toString()]).toEqual([404, '<h1>nothing here</h1>']);
  });

  it('takes no other methods', async () => {
    const reply = await ask('/', { method: 'POST' });
    expect([reply.status, reply.headers.allow]).toEqual([405, 'GET, HEAD']);
  });
});

describe('the policy', () => {
  it('is strict by default, on every answer', async () => {
    for (const path of ['/', '/nowhere', '/assets/app-Ab3dE_9x.js']) {
      const { headers } = await ask(path);
      expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'");
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'; trusted-types lit-html");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
    }
  });

  it('can forbid WebAssembly, or be left out', async () => {
    const without = createStaticServer({ root: join(folder, 'root'), csp: 'none' });
    const blocked = createStaticServer({ root: join(folder, 'root'), csp: 'blocked-wasm' });
    try {
      const none = await listen(without, { port: 0, host: '127.0.0.1' });
      const block = await listen(blocked, { port: 0, host: '127.0.0.1' });
      expect((await ask('/', { at: none.port })).headers['content-security-policy']).toBeUndefined();
      expect((await ask('/', { at: block.port })).headers['content-security-policy']).toContain("script-src 'self';");
    } finally {
      without.close();
      blocked.close();
    }
  });

  it('counts what browsers report, in both of their formats', async () => {
    const older = JSON.stringify({ 'csp-report': { 'effective-directive': 'style-src-attr', 'blocked-uri': 'inline' } });
    const newer = JSON.stringify([{ type: 'csp-violation', body: { effectiveDirective: 'script-src', blockedURL: 'eval' } }, { type: 'deprecation' }]);
    await ask(REPORTS_PATH, { method: 'DELETE' });
    for (const body of [older, newer, 'not JSON', 'null']) expect((await ask(REPORTS_PATH, { method: 'POST', body })).status).toBe(204);
    const { count, violations } = JSON.parse((await ask(REPORTS_PATH)).body.toString());
    expect(count).toBe(2);
    expect(violations).toMatchObject([
      { directive: 'style-src-attr', blocked: 'inline' },
      { directive: 'script-src', blocked: 'eval' },
    ]);
  });
});

describe('starting', () => {
  it('takes the next port where one is taken, and says so', async () => {
    const second = createStaticServer({ root: join(folder, 'root') });
    try {
      const bound = await listen(second, { port, host: '127.0.0.1' });
      expect(bound.taken).toContain(port);
      expect(bound.port).toBeGreaterThan(port);
    } finally {
      second.close();
    }
  });

  it('waits before answering where it is told to', async () => {
    const slow = createStaticServer({ root: join(folder, 'root'), delayFor: (path: string) => (path.endsWith('.svg') ? 120 : 0) });
    try {
      const bound = await listen(slow, { port: 0, host: '127.0.0.1' });
      const begun = performance.now();
      await ask('/plain.svg', { at: bound.port });
      expect(performance.now() - begun).toBeGreaterThan(100);
    } finally {
      slow.close();
    }
  });

  it.each([
    [['--port', 'many'], '--port'],
    [['--port', '70000'], '--port'],
    [['--csp', 'loose'], '--csp'],
    [['--delay', 'long'], '--delay'],
    [['one', 'two'], 'One folder'],
    [['--what'], '--what'],
  ])('says what is wrong with %j', (args, part) => {
    expect(readArguments(args).error).toContain(part);
  });

  it('listens on this machine only, unless it is told otherwise', () => {
    expect(readArguments([])).toMatchObject({ host: '127.0.0.1', port: 4173, csp: 'strict' });
    expect(readArguments(['--delay=800:.wasm']).delayFor?.('/a.wasm')).toBe(800);
    expect(readArguments(['--delay=800:.wasm']).delayFor?.('/a.js')).toBe(0);
  });
});
