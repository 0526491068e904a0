// Serves the console's sources as they are, for work on it; what it asks of the server goes to one that runs already.
//
//   node console/dev.mjs [--server http://127.0.0.1:8080] [--port 5174]
import { parseArgs } from 'node:util';
import { createServer } from 'vite';

const { values } = parseArgs({ options: { server: { type: 'string', default: 'http://127.0.0.1:8080' }, port: { type: 'string', default: '5174' } } });

const server = await createServer({
  root: import.meta.dirname,
  configFile: false,
  publicDir: false,
  server: {
    port: Number(values.port),
    fs: { allow: ['../..'] },
    proxy: { '^/([a-z-]+/v1/|_api/|openapi\\.json)': values.server },
  },
});
await server.listen();
server.printUrls();
console.log(`  It asks ${values.server}.`);
