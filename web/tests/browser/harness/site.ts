import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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
  /** Served in place of the file. */
  readonly body?: string | Buffer;
  readonly type?: string;
  /** The connection breaks. */
  readonly cut?: boolean;
}

export interface SiteOptions {
  readonly csp?: keyof typeof POLICIES;
  readonly fault?: (path: string) => Fault | undefined;
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
export async function openSite({ csp = 'strict', fault }: SiteOptions = {}): Promise<Site> {
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
    if (wrong?.cut) return void request.socket.destroy();
    if (wrong?.status !== undefined || wrong?.body !== undefined) {
      const headers: Record<string, string> = { 'Content-Type': wrong.type ?? 'text/plain' };
      if (POLICIES[csp] !== '') headers['Content-Security-Policy'] = POLICIES[csp];
      response.writeHead(wrong.status ?? 200, headers);
      return void response.end(wrong.body);
    }
    // Browsers ask for it unbidden; a page without one is not at fault.
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    (path.startsWith('/pages/') ? own : path.startsWith('/loyalty/') ? modules : built).emit('request', request, response);
  }

  async function reports() {
    const answered = await fetch(`${origin}${REPORTS_PATH}`);
    const { violations } = (await answered.json()) as { violations: { directive: string; blocked: string; sample: string }[] };
    return violations.map((one) => `${one.directive} stopped ${one.blocked} ${one.sample}`.trim());
  }
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
