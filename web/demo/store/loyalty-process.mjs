/** The loyalty server as a child of the demonstration. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** Where `./dev build` puts the server. */
export const BINARY = process.env['LOYALTY_BINARY'] ?? resolve(import.meta.dirname, '../../../build/release/native/loyalty');
const STARTS_WITHIN_MS = 20_000;
const STOPS_WITHIN_MS = 15_000;
const KEPT_ERRORS = 4_000;

/** Children of this process: none outlives it. */
const running = new Set();
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** @typedef {{ code: number | null, signal: string | null, errors: string }} End `errors`: what it said last */

/** What to tell people of a server that ended by itself. @param {End} end */
export function lastWords({ code, signal, errors }) {
  const how = signal === null ? `with exit code ${code}` : `by ${signal}`;
  return `The loyalty server has ended ${how}.${errors === '' ? '' : ` Its last words: ${errors}`}`;
}

/**
 * @typedef {object} LoyaltyProcess
 * @property {string} address `http://127.0.0.1:8080`
 * @property {string} site
 * @property {number | undefined} pid
 * @property {{ backend: string, operator: string }} keys
 * @property {Promise<End>} ended settled once the process is gone, for whatever reason
 * @property {() => Promise<void>} stop asks it to end, and waits until it has
 */

/**
 * Starts `loyalty serve` on a folder and waits until it answers.
 * @param {{ binary?: string, data: string, port?: number, clock?: string, args?: readonly string[] }} options
 *   `clock`: an instant to stand still at; absent: the real time
 * @returns {Promise<LoyaltyProcess>} rejected with a sentence that says what went wrong
 */
export async function startLoyalty({ binary = BINARY, data, port = 0, clock, args = [] }) {
  if (!existsSync(binary)) throw new Error(`The server is not built: there is no ${binary}. "./dev build" builds it.`);
  const child = spawn(binary, ['serve', '--port', String(port), '--data', data, '--json', ...(clock === undefined ? [] : ['--virtual-clock', clock]), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C is for this process, which then stops the server when nothing is under way.
    detached: true,
  });
  running.add(child);
  let errors = '';
  child.stderr.on('data', (text) => (errors = (errors + text).slice(-KEPT_ERRORS)));
  const ended = new Promise((done) => {
    child.once('error', (error) => done({ code: null, signal: null, errors: error.message }));
    child.once('close', (code, signal) => done({ code, signal, errors: errors.trim() }));
  });
  void ended.then(() => running.delete(child));
  const lines = createInterface({ input: child.stdout });
  const hello = JSON.parse(await firstLine(lines, ended));
  return {
    address: hello.listening,
    site: hello.site,
    keys: hello.keys,
    pid: child.pid,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** @param {import('node:readline').Interface} lines @param {Promise<End>} ended @returns {Promise<string>} */
async function firstLine(lines, ended) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  try {
    return await Promise.race([
      new Promise((done) => lines.once('line', done)),
      ended.then((end) => {
        throw new Error(lastWords(end));
      }),
      new Promise((_, failed) => {
        timer = setTimeout(() => failed(new Error(`The loyalty server did not start within ${STARTS_WITHIN_MS / 1000} s.`)), STARTS_WITHIN_MS);
      }),
    ]);
  } finally {
    clearTimeout(timer);
    lines.on('line', () => undefined);
  }
}
