#!/usr/bin/env node
/** Command line of the static server. `node serve.mjs --help` says how. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { POLICIES, REPORTS_PATH } from './policies.mjs';
import { createStaticServer, listen } from './static-server.mjs';

const USAGE = `usage: node serve.mjs [folder] [options]

  folder             what to serve (default: the current folder)
  --port <number>    first port to try (default 4173; 0: any free one)
  --host <address>   address to listen on (default 127.0.0.1: this machine only)
  --csp <name>       strict (default), blocked-wasm (the page may not compile WebAssembly) or none
  --delay <ms[:ending]>  wait before every answer, or only for addresses with that ending (800:.wasm)
  --help             this text
`;

const OPTIONS = {
  port: { type: 'string', default: '4173' },
  host: { type: 'string', default: '127.0.0.1' },
  csp: { type: 'string', default: 'strict' },
  delay: { type: 'string', default: '0' },
  help: { type: 'boolean', default: false },
};

/** What was typed, checked; a sentence about the first thing that is wrong. */
export function readArguments(args) {
  let values;
  let positionals;
  try {
    ({ values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true }));
  } catch (error) {
    return { error: error.message };
  }
  if (values.help) return { help: true };
  if (positionals.length > 1) return { error: `One folder at a time, not ${positionals.length}.` };
  if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65535) return { error: `--port takes a number up to 65535, not '${values.port}'.` };
  if (!Object.hasOwn(POLICIES, values.csp)) return { error: `--csp is one of ${Object.keys(POLICIES).join(', ')}; not '${values.csp}'.` };
  const delay = /^(\d{1,6})(?::(.+))?$/.exec(values.delay);
  if (delay === null) return { error: `--delay takes milliseconds, such as 800 or 800:.wasm; not '${values.delay}'.` };
  const milliseconds = Number(delay[1]);
  const ending = delay[2] ?? '';
  return {
    root: resolve(positionals[0] ?? '.'),
    port: Number(values.port),
    host: values.host,
    csp: values.csp,
    delayFor: (path) => (path.endsWith(ending) ? milliseconds : 0),
  };
}

/**
 * Serves until Ctrl-C.
 * @param {string[]} args the command line
 * @param {(address: string) => string} [welcome] what to print once there is an address
 */
export async function serve(args, welcome = plainWelcome) {
  const settings = readArguments(args);
  if (settings.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (settings.error === undefined && !existsSync(settings.root)) settings.error = `There is no folder ${settings.root}; build the pages first.`;
  if (settings.error !== undefined) fail(`${settings.error}\n\n${USAGE}`, 2);

  const server = createStaticServer(settings);
  let bound;
  try {
    bound = await listen(server, settings);
  } catch (error) {
    fail(`${listenProblem(error, settings)}\n`, 1);
  }
  for (const port of bound.taken) console.log(`Port ${port} is in use by another program.`);
  const address = addressOf(settings.host, bound.port);
  process.stdout.write(welcome(address));

  const stop = () => {
    server.close(() => process.exit(0));
    server.closeAllConnections();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function plainWelcome(address) {
  return `Serving at ${address}/ (violations of its policy: ${address}${REPORTS_PATH}). Ctrl-C stops.\n`;
}

function addressOf(host, port) {
  if (host === '127.0.0.1' || host === '::1') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function listenProblem(error, { host, port }) {
  if (error.code === 'EACCES') return `This account may not listen on port ${port}; choose one above 1023 with --port.`;
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return `This machine has no address '${host}'; leave --host out to use 127.0.0.1.`;
  return error.message;
}

function fail(text, code) {
  process.stderr.write(text);
  process.exit(code);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) await serve(process.argv.slice(2));
