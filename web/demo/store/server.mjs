/** The shop's own server: its pages under their policy, and what they ask of it under /shop/. */
import { createServer } from 'node:http';
import { createStaticHandler } from '../../server/static-server.mjs';
import { ShopProblem, problemOf } from './problems.mjs';
import { Sessions } from './sessions.mjs';
import * as shop from './shop.mjs';

const MAX_BODY_BYTES = 64 * 1024;
const KEY = /^[\x21-\x7e]{1,200}$/;
/** The pages of the shop that has a server, among others that were built. */
const PAGES = new Map(['/', '/checkout', '/rewards', '/orders'].map((path) => [path, `/live${path}`]));

/**
 * What can be asked. `key`: whoever asks twice with the same Idempotency-Key means one thing.
 * @type {readonly { verb: 'GET' | 'POST', path: RegExp, run: (ground: shop.Ground, asked: shop.Asked) => unknown, key?: true }[]}
 */
const ROUTES = [
  { verb: 'GET', path: /^\/shop\/config$/, run: shop.config },
  { verb: 'GET', path: /^\/shop\/token$/, run: shop.token },
  { verb: 'GET', path: /^\/shop\/orders$/, run: shop.orders },
  { verb: 'POST', path: /^\/shop\/sign-in$/, run: shop.signIn },
  { verb: 'POST', path: /^\/shop\/sign-up$/, run: shop.signUp },
  { verb: 'POST', path: /^\/shop\/sign-out$/, run: shop.signOut },
  { verb: 'POST', path: /^\/shop\/cart$/, run: shop.cart },
  { verb: 'POST', path: /^\/shop\/order$/, run: shop.order, key: true },
  { verb: 'POST', path: /^\/shop\/orders\/(?<id>[^/]{1,128})\/refund$/, run: shop.refundOrder, key: true },
  { verb: 'POST', path: /^\/shop\/orders\/(?<id>[^/]{1,128})\/pay$/, run: shop.payOrder, key: true },
  { verb: 'POST', path: /^\/shop\/orders\/(?<id>[^/]{1,128})\/cancel$/, run: shop.cancelOrder, key: true },
];

/**
 * @param {object} options
 * @param {string} options.root the folder of the built pages
 * @param {import('./loyalty-api.mjs').LoyaltyApi} options.api with the key of the site's backend, which stays here
 * @param {string} options.site
 * @param {string} [options.visitor] the e-mail address of the member as whom each visit begins; absent: as a guest
 * @param {import('../../server/static-server.mjs').StaticOptions['csp']} [options.csp]
 * @returns {import('node:http').Server}
 */
export function createShopServer({ root, api, site, visitor, csp = 'strict' }) {
  const sessions = new Sessions(`shop-${site.slice(-12)}`);
  const ground = { api, site, visitor };
  const pages = createStaticHandler({ root, csp, servers: [api.address], fileAt: (path) => PAGES.get(path) ?? path });

  return createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path.startsWith('/shop/')) void answer(path, request, response);
    else pages(request, response);
  });

  /** @param {string} path @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function answer(path, request, response) {
    try {
      const route = routeOf(path, request.method ?? '');
      const session = sessions.of(request, response);
      const asked = { session, path: route.variables, ...(await contentOf(request, route)) };
      send(response, 200, await session.inTurn(async () => route.run(ground, asked)));
    } catch (error) {
      const problem = problemOf(error);
      if (problem === null) console.error(`${request.method} ${path}:`, error);
      const { status, code, message, more } = problem ?? { status: 500, code: 'BROKEN', message: 'Something is broken here. Please try again: nothing is done twice.', more: {} };
      send(response, status, { code, message, ...more });
    }
  }
}

/** @param {string} path @param {string} verb */
function routeOf(path, verb) {
  const there = ROUTES.filter((route) => route.path.test(path));
  const route = there.find((one) => one.verb === verb);
  if (route === undefined) throw new ShopProblem(there.length > 0 ? 405 : 404, 'NOTHING_HERE', 'Nothing is answered at this address.');
  const groups = route.path.exec(path)?.groups ?? {};
  return { ...route, variables: Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodedOf(value)])) };
}

/** @param {string} text */
function decodedOf(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {import('node:http').IncomingMessage} request @param {{ verb: string, key?: true }} route */
async function contentOf(request, { verb, key }) {
  if (verb === 'GET') return { body: null, idempotencyKey: '' };
  // Pages of others can post forms here, with the visitor's cookie on the same site, but no JSON.
  const { origin, host } = request.headers;
  const isOwn = origin === undefined || URL.canParse(origin) && new URL(origin).host === host;
  if (!isOwn || !/^application\/json\b/.test(request.headers['content-type'] ?? '')) throw new ShopProblem(403, 'NOT_FROM_HERE', 'Only the pages of this shop may ask this.');
  const idempotencyKey = String(request.headers['idempotency-key'] ?? '');
  if (key === true && !KEY.test(idempotencyKey)) throw new ShopProblem(400, 'KEY_MISSING', 'An Idempotency-Key of 1 to 200 printable characters says that asking twice means one thing.');
  return { body: await jsonOf(request), idempotencyKey };
}

/** @param {import('node:http').IncomingMessage} request */
async function jsonOf(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > MAX_BODY_BYTES) throw new ShopProblem(413, 'TOO_LONG', 'This is more than the shop reads at once.');
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8') || 'null');
  } catch {
    throw new ShopProblem(400, 'NOT_JSON', 'The body is not JSON.');
  }
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {unknown} content */
function send(response, status, content) {
  const text = JSON.stringify(content);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}
