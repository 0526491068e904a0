// A web server for pages that ask the compiled core: files from a list of places, under the content
// security policy that the product asks of its hosts.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES = { '.mjs': 'text/javascript', '.js': 'text/javascript', '.wasm': 'application/wasm' };
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; " +
  "require-trusted-types-for 'script'; trusted-types 'none'";

/**
 * Serves on a free port. `files` maps addresses to paths (an address that ends with / is a folder),
 * `answers` maps the first part of addresses to functions of the rest that give a text. The page at /
 * loads the module `entry`. Returns {origin, close}.
 */
export async function serve({ files, answers = {}, entry }) {
  const page = `<!doctype html><meta charset="utf-8"><title>core</title><script type="module" src="${entry}"></script>`;
  const pathOf = (address) => {
    if (files[address]) {
      return files[address];
    }
    const [, folder, name] = /^(.*\/)([\w.-]+)$/.exec(address) ?? [];
    return files[folder] ? join(files[folder], name) : null;
  };
  const server = createServer(async (request, response) => {
    const address = new URL(request.url, 'http://localhost').pathname;
    const headers = { 'content-security-policy': POLICY, 'cache-control': 'no-store' };
    try {
      if (address === '/') {
        response.writeHead(200, { ...headers, 'content-type': 'text/html' }).end(page);
        return;
      }
      const [, first, rest] = /^\/([^/]*)\/?(.*)$/.exec(address);
      if (answers[first]) {
        const text = await answers[first](rest);
        response.writeHead(200, { ...headers, 'content-type': 'text/plain; charset=utf-8' }).end(text);
        return;
      }
      const path = pathOf(address);
      const body = path && (await readFile(path));
      if (!body) {
        response.writeHead(404, headers).end();
        return;
      }
      response.writeHead(200, { ...headers, 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(body);
    } catch (error) {
      response.writeHead(500, headers).end(String(error));
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
