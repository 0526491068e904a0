/** The whole demonstration: a server with a year behind it, a shop that uses it, and the addresses of both. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { listen } from '../../server/static-server.mjs';
import { named } from '../year/names.mjs';
import { seedYear } from '../year/seed.mjs';
import { makeYear, yearIn } from './data-folder.mjs';
import { LoyaltyApi } from './loyalty-api.mjs';
import { lastWords, startLoyalty } from './loyalty-process.mjs';
import { progressBar } from './progress-bar.mjs';
import { createShopServer } from './server.mjs';

const HOST = '127.0.0.1';
const MORE_PORTS = 10;
/** As whom a visitor begins: somebody with Beans to spend, and with a level to reach. */
const FIRST_VISITOR = named('Sam', 'Rivera').email;

/**
 * @typedef {object} DemoOptions
 * @property {string} binary the loyalty server
 * @property {string} data where it keeps everything
 * @property {string} web the pages that it serves
 * @property {string} pages the built pages of the shop
 * @property {boolean} fresh
 * @property {string} [seed] of the chance, where a year is made
 * @property {number} members @property {number} days of the year, where one is made
 * @property {number} port @property {number} serverPort the first to try
 * @property {import('../../server/static-server.mjs').StaticOptions['csp']} csp
 */

/** Runs until Ctrl-C. What goes wrong is told in a sentence, and ends it with exit code 1. @param {DemoOptions} options */
export async function runDemo(options) {
  const aborting = new AbortController();
  const stop = () => aborting.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  try {
    const demo = await startDemo(options, aborting.signal);
    process.stdout.write(welcome(demo, existsSync(join(options.web, 'console'))));
    await Promise.race([aborted(aborting.signal), demo.gone]);
    await demo.stop();
  } catch (error) {
    if (!aborting.signal.aborted) {
      process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
}

/**
 * @typedef {object} Demo
 * @property {string} shop the shop's address
 * @property {import('./loyalty-process.mjs').LoyaltyProcess} server
 * @property {import('./data-folder.mjs').Year} year
 * @property {Promise<never>} gone rejected with what to tell, where the server ends by itself
 * @property {() => Promise<void>} stop
 */

/** @param {DemoOptions} options @param {AbortSignal} [signal] gives up making a year @returns {Promise<Demo>} */
export async function startDemo(options, signal) {
  const { binary, data, web, pages, csp } = options;
  const year = (options.fresh ? null : await yearIn(data)) ?? (await makeYear(data, (folder) => makeOne(options, folder, signal)));
  const port = await freePort(options.serverPort);
  const server = await startLoyalty({ binary, data, port, args: existsSync(web) ? ['--web', web] : [] }).catch((error) => {
    const other = /another process has the store open \(process (\d+)\)/.exec(String(error));
    throw other ? new Error(`This demonstration is running already (process ${other[1]}). Stop it there with Ctrl-C, or end that process, or choose another folder with --data.`) : error;
  });
  const api = new LoyaltyApi(server.address, server.keys.backend);
  try {
    const shop = createShopServer({ root: pages, api, site: server.site, csp, visitor: FIRST_VISITOR });
    const bound = await listen(shop, { port: options.port, host: HOST });
    const origins = [`http://localhost:${bound.port}`, `http://${HOST}:${bound.port}`];
    await api.patch('/loyalty-programs/v1/settings', { settings: { allowedOrigins: origins } });
    let isStopping = false;
    const close = () => {
      shop.close();
      shop.closeAllConnections();
      api.close();
    };
    const gone = server.ended.then((end) => {
      if (isStopping) return /** @type {Promise<never>} */ (new Promise(() => undefined));
      close();
      throw new Error(`!! ${lastWords(end)} The shop cannot go on without it.`);
    });
    gone.catch(() => undefined);
    const stop = async () => {
      isStopping = true;
      close();
      await server.stop();
    };
    return { shop: origins[0] ?? '', server, year, gone, stop };
  } catch (error) {
    api.close();
    await server.stop();
    throw error;
  }
}

/** @param {DemoOptions} options @param {string} folder @param {AbortSignal | undefined} signal @returns {Promise<import('./data-folder.mjs').Year>} */
async function makeOne({ binary, seed, members, days }, folder, signal) {
  const bar = progressBar(`${days === 365 ? 'A year' : `${days} days`} in the life of a shop`);
  const { figures } = await seedYear({ binary, data: folder, ...(seed !== undefined && { seed }), members, days, progress: bar.show, ...(signal && { signal }) });
  bar.end();
  return { seededAt: new Date().toISOString(), members: figures.members, days, orders: figures.orders };
}

/** The first free port from this one on. @param {number} first */
async function freePort(first) {
  if (first === 0) return 0;
  for (let port = first; port <= first + MORE_PORTS; port += 1) if (await isFree(port)) return port;
  throw new Error(`The ports ${first} to ${first + MORE_PORTS} are all in use; choose another with --server-port.`);
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen(port, HOST, () => probe.close(() => done(true)));
  });
}

/** @param {AbortSignal} signal @returns {Promise<void>} */
function aborted(signal) {
  return new Promise((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done(), { once: true })));
}

/** @param {Demo} demo @param {boolean} hasConsole */
function welcome({ shop, server, year }, hasConsole) {
  const count = (/** @type {number} */ number) => number.toLocaleString('en-US');
  const console_ = hasConsole ? `\n  Merchant console   ${server.address}/console/#key=${server.keys.operator}\n                     (this link signs you in; it is for you alone)` : '';
  return `
  Bean & Leaf Coffee is open, with ${count(year.members)} members and ${count(year.orders)} orders behind it.

  Shop               ${shop}/
  Member's rewards   ${shop}/rewards${console_}

  Things to try
    1  Buy something with Beans: the page computes while you move the slider, the server holds
       what you apply, and the rewards page in another window changes by itself.
    2  Choose "Pay when it arrives": the Beans are on their way. Pay under ${shop}/orders
    3  Send a part of an order back: its share of the discount and of the Beans goes back too.
    4  You are Sam. Be Anna, or Tom whose Beans are about to expire, or somebody new.
    5  See it from the merchant's side: every purchase moves the charts.

  Ctrl-C stops. The same data is there at the next start; --fresh begins anew.

`;
}
