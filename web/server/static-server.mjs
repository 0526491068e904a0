/**
 * A static file server for built pages: what a careful production setup sends, in plain Node.
 * It knows nothing of the pages that it serves.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, realpath, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createReports } from './csp-reports.mjs';
import { policyOf, REPORTS_PATH } from './policies.mjs';
import { sendText } from './replies.mjs';

export { POLICIES, REPORTS_PATH } from './policies.mjs';

const CONTENT_TYPES = new Map(
  Object.entries({
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.json': 'application/json; charset=utf-8',
    '.map': 'application/json; charset=utf-8',
    '.wasm': 'application/wasm',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.ico': 'image/x-icon',
    '.txt': 'text/plain; charset=utf-8',
    '.webmanifest': 'application/manifest+json',
  }),
);

/**
 * @typedef {object} StaticOptions
 * @property {string} root the folder to serve
 * @property {keyof typeof import('./policies.mjs').POLICIES} [csp]
 * @property {readonly string[]} [servers] origins that the pages may ask beside their own
 * @property {(path: string) => number} [delayFor] milliseconds to wait before answering
 * @property {(path: string) => string} [fileAt] where to look for what an address asks for: a path within `root`
 */

/** @param {StaticOptions} options @returns {import('node:http').Server} */
export function createStaticServer(options) {
  return createServer(createStaticHandler(options));
}

/** The same for a server that answers more than files. @param {StaticOptions} options @returns {import('node:http').RequestListener} */
export function createStaticHandler({ root, csp = 'strict', servers = [], delayFor = () => 0, fileAt = (path) => path }) {
  const base = resolve(root);
  const policy = policyOf(csp, servers);
  const reports = createReports();
  const etags = new Map();

  return async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (!response.headersSent) sendText(response, 500, 'The server could not answer this request.\n');
      else response.destroy();
      if (error?.code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error(`${request.method} ${request.url}: ${error?.message}`);
    }
  };

  async function answer(request, response) {
    setSecurityHeaders(response, policy);
    const url = parseTarget(request.url);
    if (url === undefined) return sendText(response, 400, 'This address cannot be read.\n');

    const delay = delayFor(url.path);
    if (delay > 0) await sleep(delay);

    if (url.path === REPORTS_PATH) return reports.answer(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return sendText(response, 405, 'Only GET and HEAD are answered here.\n');
    }

    const found = await locate(base, { ...url, path: fileAt(url.path) });
    if (found?.redirect !== undefined) {
      response.writeHead(308, { Location: found.redirect + url.search, 'Cache-Control': 'no-cache' });
      return response.end();
    }
    if (found !== undefined) return sendFile(request, response, found.file, 200, url.path);
    const page = await locate(base, { path: '/404.html', parameters: new URLSearchParams() });
    if (page?.file !== undefined && wantsPage(request)) return sendFile(request, response, page.file, 404, url.path);
    return sendText(response, 404, `Nothing is at ${url.path}.\n`);
  }

  async function sendFile(request, response, file, status, path) {
    const { name, encoding, variesByEncoding } = await variantOf(file, request.headers['accept-encoding']);
    const handle = await open(name);
    try {
      const details = await handle.stat();
      const tag = await etagOf(name, details);
      const html = extname(file) === '.html';
      response.setHeader('Content-Type', CONTENT_TYPES.get(extname(file)) ?? 'application/octet-stream');
      response.setHeader('ETag', tag);
      response.setHeader('Cache-Control', !html && isHashed(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      if (variesByEncoding) response.setHeader('Vary', 'Accept-Encoding');
      if (status === 200 && matches(request.headers['if-none-match'], tag)) {
        response.writeHead(304);
        response.end();
        return;
      }
      if (encoding !== undefined) response.setHeader('Content-Encoding', encoding);
      response.setHeader('Content-Length', details.size);
      response.writeHead(status);
      if (request.method === 'HEAD') {
        response.end();
        return;
      }
      // Whoever has gone already has closed the response, which is told only once.
      if (response.destroyed) return;
      await new Promise((done, failed) => {
        const stream = createReadStream('', { fd: handle.fd, autoClose: false });
        stream.on('error', failed);
        response.on('close', done);
        stream.pipe(response);
      });
    } finally {
      await handle.close();
    }
  }

  // By content, so that a rebuilt file with the same bytes is still known to caches.
  async function etagOf(name, details) {
    const known = etags.get(name);
    if (known !== undefined && known.size === details.size && known.time === details.mtimeMs) return known.tag;
    const digest = createHash('sha256').update(await readFile(name)).digest('base64url').slice(0, 22);
    const tag = `"${digest}"`;
    etags.set(name, { size: details.size, time: details.mtimeMs, tag });
    return tag;
  }
}

/** Undefined where the address is not one that a file can have. */
function parseTarget(target) {
  const end = target.indexOf('?');
  const raw = end < 0 ? target : target.slice(0, end);
  const search = end < 0 ? '' : target.slice(end);
  let path;
  try {
    path = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  if (!path.startsWith('/') || path.includes('\0') || path.includes('\\')) return undefined;
  if (path.split('/').some((part) => part === '..' || part === '.')) return undefined;
  return { path, search, parameters: new URLSearchParams(search) };
}

/**
 * The file for an address: itself, a folder's index.html, or the page of that name without its ending.
 * `?hints=off` asks for the variant of a page without preload hints, where the build made one.
 */
async function locate(base, { path, parameters }) {
  if (path.split('/').some((part) => part.startsWith('.'))) return undefined;
  const direct = join(base, path);
  const kind = await kindOf(base, direct);
  if (kind === 'folder' && !path.endsWith('/')) {
    return (await kindOf(base, join(direct, 'index.html'))) === 'file' ? { redirect: `${encodeURI(path)}/` } : undefined;
  }
  let file;
  if (kind === 'file' && !path.endsWith('/')) file = direct;
  else if (kind === 'folder') file = join(direct, 'index.html');
  else if (extname(path) === '' && !path.endsWith('/')) file = `${direct}.html`;
  if (file === undefined) return undefined;
  if (parameters.get('hints') === 'off' && extname(file) === '.html') {
    const without = file.replace(/\.html$/, '.hints-off.html');
    if ((await kindOf(base, without)) === 'file') return { file: without };
  }
  return (await kindOf(base, file)) === 'file' ? { file } : undefined;
}

async function kindOf(base, name) {
  try {
    const real = await realpath(name);
    const home = await realpath(base);
    if (real !== home && !real.startsWith(home + sep)) return 'outside';
    const details = await stat(real);
    return details.isDirectory() ? 'folder' : details.isFile() ? 'file' : 'other';
  } catch {
    return 'missing';
  }
}

/** The best stored encoding that the client takes. Nothing is compressed while a client waits. */
async function variantOf(file, accepted = '') {
  const weights = parseWeights(accepted);
  const stored = [];
  for (const [encoding, ending] of [['br', '.br'], ['gzip', '.gz']]) {
    if (await exists(file + ending)) stored.push({ encoding, name: file + ending });
  }
  const weightOf = (encoding) => weights.get(encoding) ?? weights.get('*') ?? 0;
  const best = stored
    .map((entry) => ({ ...entry, weight: weightOf(entry.encoding) }))
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight)[0];
  return best === undefined
    ? { name: file, variesByEncoding: stored.length > 0 }
    : { name: best.name, encoding: best.encoding, variesByEncoding: true };
}

function parseWeights(header) {
  const weights = new Map();
  for (const part of header.split(',')) {
    const [name, ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/);
    if (name === '') continue;
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = q === undefined ? 1 : Number.parseFloat(q.slice(2));
    weights.set(name, Number.isFinite(weight) ? weight : 0);
  }
  return weights;
}

async function exists(name) {
  try {
    return (await stat(name)).isFile();
  } catch {
    return false;
  }
}

/** Build tools put a hash of the content before the ending of what they put under /assets/. */
function isHashed(path) {
  return /^\/(?:.+\/)?assets\/.+[-.][\w-]{8,}\.\w+$/.test(path);
}

function matches(header, tag) {
  if (header === undefined) return false;
  return header.split(',').some((part) => {
    const given = part.trim();
    return given === '*' || given === tag || given === `W/${tag}`;
  });
}

function wantsPage(request) {
  return (request.headers.accept ?? '').includes('text/html');
}

function setSecurityHeaders(response, policy) {
  if (policy !== '') response.setHeader('Content-Security-Policy', policy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
}

/**
 * Listens on `port`, or, where it is taken, on one of the next ten.
 * @returns {Promise<{ port: number, taken: number[] }>} `taken`: the ports that others had
 */
export async function listen(server, { port, host }) {
  const taken = [];
  for (let candidate = port; candidate <= port + 10; candidate += 1) {
    try {
      await new Promise((done, failed) => {
        server.once('error', failed);
        server.listen(candidate, host, () => {
          server.off('error', failed);
          done();
        });
      });
      return { port: server.address().port, taken };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || port === 0) throw error;
      taken.push(candidate);
    }
  }
  throw Object.assign(new Error(`The ports ${port} to ${port + 10} are all in use; choose another with --port.`), { code: 'EADDRINUSE' });
}
