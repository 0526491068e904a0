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

/** Where browsers send what the policy stopped, and where tests read it. */
export const REPORTS_PATH = '/csp-reports';
const MAX_REPORT_BYTES = 64 * 1024;
const MAX_REPORTS_KEPT = 200;

/** The names that `csp` may have, each with the Content-Security-Policy that it stands for. */
export const POLICIES = {
  strict: policy("script-src 'self' 'wasm-unsafe-eval'"),
  'blocked-wasm': policy("script-src 'self'"),
  none: '',
};

function policy(scripts) {
  return [
    "default-src 'none'",
    scripts,
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
    // Not report-to: browsers hold those reports back for up to a minute.
    `report-uri ${REPORTS_PATH}`,
  ].join('; ');
}

/**
 * @param {object} options
 * @param {string} options.root the folder to serve
 * @param {keyof typeof POLICIES} [options.csp]
 * @param {(path: string) => number} [options.delayFor] milliseconds to wait before answering
 * @returns {import('node:http').Server}
 */
export function createStaticServer({ root, csp = 'strict', delayFor = () => 0 }) {
  const base = resolve(root);
  const reports = createReports();
  const etags = new Map();

  return createServer(async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (!response.headersSent) sendText(response, 500, 'The server could not answer this request.\n');
      else response.destroy();
      if (error?.code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error(`${request.method} ${request.url}: ${error?.message}`);
    }
  });

  async function answer(request, response) {
    setSecurityHeaders(response, csp);
    const url = parseTarget(request.url);
    if (url === undefined) return sendText(response, 400, 'This address cannot be read.\n');

    const delay = delayFor(url.path);
    if (delay > 0) await sleep(delay);

    if (url.path === REPORTS_PATH) return reports.answer(request, response);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return sendText(response, 405, 'Only GET and HEAD are answered here.\n');
    }

    const found = await locate(base, url);
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

function setSecurityHeaders(response, csp) {
  if (POLICIES[csp] !== '') response.setHeader('Content-Security-Policy', POLICIES[csp]);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
}

function sendText(response, status, text) {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-cache',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}

/** Counts what browsers report. GET lists it, POST adds to it, DELETE begins anew. */
function createReports() {
  let count = 0;
  let kept = [];

  return { answer };

  async function answer(request, response) {
    if (request.method === 'POST') {
      const violations = parseReports(await readBody(request));
      count += violations.length;
      kept = [...kept, ...violations].slice(-MAX_REPORTS_KEPT);
      response.writeHead(204);
      return response.end();
    }
    if (request.method === 'DELETE') {
      count = 0;
      kept = [];
      response.writeHead(204);
      return response.end();
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD, POST, DELETE');
      return sendText(response, 405, 'Reports are sent with POST.\n');
    }
    const text = `${JSON.stringify({ count, violations: kept }, null, 2)}\n`;
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    });
    return response.end(request.method === 'HEAD' ? undefined : text);
  }
}

/** Both formats that browsers send: one object of the older kind, or a list of the Reporting API. */
function parseReports(body) {
  let data;
  try {
    data = JSON.parse(body);
  } catch {
    return [];
  }
  const entries = Array.isArray(data) ? data.filter((entry) => entry?.type === 'csp-violation') : [data];
  return entries.flatMap((entry) => {
    const details = entry?.['csp-report'] ?? entry?.body;
    if (typeof details !== 'object' || details === null) return [];
    return [
      {
        directive: details['effective-directive'] ?? details.effectiveDirective ?? '',
        blocked: details['blocked-uri'] ?? details.blockedURL ?? '',
        page: details['document-uri'] ?? details.documentURL ?? '',
        source: details['source-file'] ?? details.sourceFile ?? '',
        line: details['line-number'] ?? details.lineNumber ?? 0,
        sample: details['script-sample'] ?? details.sample ?? '',
      },
    ];
  });
}

async function readBody(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > MAX_REPORT_BYTES) return '';
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
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
