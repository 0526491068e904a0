import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtPages, ownModules } from './build.js';
import { createStaticServer, listen, POLICIES, REPORTS_PATH } from '../../../server/static-server.mjs';

/** Host pages of the tests' own, at /pages/; the modules for them are at /loyalty/. */
const ownPages = fileURLToPath(new URL('..', import.meta.url));

/** What goes wrong on the way to one address. */
export interface Fault {
  readonly status?: number;
  readonly delay?: number;
  /** Answered no sooner than this resolves. */
  readonly until?: Promise<unknown>;
  /** Served in place of the file. */
  readonly body?: string | Buffer;
  readonly type?: string;
  /** The connection breaks. */
  readonly cut?: boolean;
  /** The connection to the loyalty server breaks after it has answered: what was asked is done, and nobody knows. */
  readonly lost?: boolean;
}

export interface SiteOptions {
  readonly csp?: keyof typeof POLICIES;
  readonly fault?: (path: string) => Fault | undefined;
  /** The origin of a loyalty server, which is then at /api as behind a shop's own proxy. */
  readonly api?: string;
}

export interface Request {
  readonly method: string;
  readonly path: string;
  /** Bytes of the answer's body as sent. */
  bytes: number;
  status: number;
}

export interface Site {
  readonly origin: string;
  /** Every request that reached the server, in order. */
  readonly requests: readonly Request[];
  /** Replaces the faults from now on. */
  fail(fault: SiteOptions['fault']): void;
  /** What browsers said was stopped by the policy. */
  reports(): Promise<readonly string[]>;
  close(): void;
}

/** A server of its own for each visit, so that requests, reports and storage are nobody else's. */
export async function openSite({ csp = 'strict', fault, api }: SiteOptions = {}): Promise<Site> {
  const built = createStaticServer({ root: fileURLToPath(builtPages), csp });
  const own = createStaticServer({ root: ownPages, csp });
  const modules = createStaticServer({ root: fileURLToPath(ownModules), csp });
  const requests: Request[] = [];
  let faultOf = fault;

  const server = createServer((request, response) => void answer(request, response));
  const { port } = await listen(server, { port: 0, host: '127.0.0.1' });
  const origin = `http://localhost:${port}`;
  return {
    origin,
    requests,
    fail: (next) => (faultOf = next),
    reports,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', origin).pathname;
    if (path !== REPORTS_PATH) {
      const entry: Request = { method: request.method ?? '', path, bytes: 0, status: 0 };
      requests.push(entry);
      countBytes(response, entry);
    }
    const wrong = faultOf?.(path);
    if (wrong?.delay) await sleep(wrong.delay);
    await wrong?.until;
    if (wrong?.cut) return void request.socket.destroy();
    if (wrong?.status !== undefined || wrong?.body !== undefined) {
      const headers: Record<string, string> = { 'Content-Type': wrong.type ?? 'text/plain' };
      if (POLICIES[csp] !== '') headers['Content-Security-Policy'] = POLICIES[csp];
      response.writeHead(wrong.status ?? 200, headers);
      return void response.end(wrong.body);
    }
    // Browsers ask for it unbidden; a page without one is not at fault.
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    if (api !== undefined && path.startsWith('/api/')) return pass(request, response, api, wrong?.lost);
    (path.startsWith('/pages/') ? own : path.startsWith('/loyalty/') ? modules : built).emit('request', request, response);
  }

  async function reports() {
    const answered = await fetch(`${origin}${REPORTS_PATH}`);
    const { violations } = (await answered.json()) as { violations: { directive: string; blocked: string; sample: string }[] };
    return violations.map((one) => `${one.directive} stopped ${one.blocked} ${one.sample}`.trim());
  }
}

/** Hands a request on as it is, and the answer back as it comes. */
function pass(request: IncomingMessage, response: ServerResponse, api: string, isLost = false) {
  const path = (request.url ?? '').slice('/api'.length);
  const onward = send(new URL(path, api), { method: request.method, headers: { ...request.headers, host: new URL(api).host } }, (answer) => {
    if (isLost) {
      answer.resume().on('end', () => response.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.flushHeaders();
    pipeline(answer, response, () => undefined);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}

function countBytes(response: ServerResponse, entry: Request) {
  const { write, end } = response;
  const count = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) entry.bytes += Buffer.byteLength(chunk);
  };
  response.write = function (this: ServerResponse, ...given: unknown[]) {
    count(given[0]);
    return Reflect.apply(write, this, given) as boolean;
  } as typeof write;
  response.end = function (this: ServerResponse, ...given: unknown[]) {
    count(given[0]);
    entry.status = response.statusCode;
    return Reflect.apply(end, this, given) as ServerResponse;
  } as typeof end;
}
