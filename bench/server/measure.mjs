// What the server reaches on this machine: every figure next to the one that it is judged by, in the
// same run.
//
// usage: measure.mjs [--build build/release] [--seconds 8] [--requests 1000000] [--accounts 1000000] [--only NAME,…]

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir, cpus } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    build: { type: "string", default: "build/release" },
    seconds: { type: "string", default: "8" },
    requests: { type: "string", default: "1000000" },
    accounts: { type: "string", default: "1000000" },
    only: { type: "string", default: "constant,quote,redeem,memory,startup" },
  },
});
const seconds = Number(options.seconds);
const parts = new Set(options.only.split(","));
const work = mkdtempSync(join(tmpdir(), "loyalty-bench-"));
process.on("exit", () => rmSync(work, { recursive: true, force: true }));
const programs = join(options.build, "bench/programs");
const binary = join(options.build, "native/loyalty");

async function launch(program, args) {
  const started = process.hrtime.bigint();
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    exited.then((code) => reject(new Error(`${program} ended with ${code}`)));
  });
  const said = JSON.parse(line);
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
  };
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  return { ...said, pid: child.pid, milliseconds, stop };
}

async function ask(server, method, path, body, headers = {}) {
  const response = await fetch(server.listening + path, {
    method,
    headers: { authorization: server.keys.backend, "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return text === "" ? {} : JSON.parse(text);
}

/** Runs wrk; rates and percentiles from its own report. */
function wrk(url, { connections, duration = seconds, script }) {
  const file = join(work, "script.lua");
  writeFileSync(
    file,
    `${script ?? ""}
done = function(summary, latency, requests)
  io.write(string.format('\\n{"rate":%.1f,"p50":%.3f,"p99":%.3f,"max":%.3f,"errors":%d,"requests":%d}\\n',
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    latency.max / 1000, summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.timeout, summary.requests))
end
`,
  );
  const threads = Math.min(connections, 2);
  const out = execFileSync("wrk", ["-t", String(threads), "-c", String(connections), "-d", `${duration}s`, "-s", file, url], {
    encoding: "utf8",
  });
  const result = JSON.parse(out.trim().split("\n").at(-1));
  if (result.errors > 0) {
    throw new Error(`${url}: ${result.errors} of ${result.requests} requests failed`);
  }
  return result;
}

const post = (body, headers) => `
wrk.method = "POST"
wrk.body = ${JSON.stringify(body).replace(/\\u/g, "\\u")}
${Object.entries(headers)
  .map(([name, value]) => `wrk.headers["${name}"] = "${value}"`)
  .join("\n")}
`;

function residentKiB(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);
}

const row = (name, result) =>
  console.log(
    `${name.padEnd(46)} ${result.rate.toFixed(0).padStart(9)} /s   p50 ${result.p50.toFixed(2).padStart(7)} ms   p99 ${result.p99.toFixed(2).padStart(7)} ms`,
  );

const cart = {
  currency: "EUR",
  lines: [
    { id: "1", unitPrice: 1250, quantity: 2, tags: ["stores", "stores/product:coffee"] },
    { id: "2", unitPrice: 399, quantity: 1, tags: ["stores", "stores/product:filter"] },
    { id: "3", unitPrice: 2490, quantity: 1, tags: ["stores", "stores/product:mug"] },
    { id: "4", unitPrice: 890, quantity: 3, tags: ["stores", "stores/product:tea"] },
  ],
  shipping: [{ id: "post", price: 490 }],
};

async function prepare(server) {
  await ask(server, "PATCH", "/loyalty-programs/v1/settings", { settings: { currency: "EUR", timeZone: "Europe/Berlin" } });
  await ask(server, "POST", "/loyalty-programs/v1/program/activate", {});
  await ask(server, "POST", "/loyalty-rewards/v1/rewards", {
    reward: {
      name: "Points as money",
      active: true,
      type: "DISCOUNT_AMOUNT",
      discountAmount: { configsByTier: [{ amount: "1", costInPoints: 10 }] },
    },
  });
}

async function accountsWithPoints(server, count) {
  const ids = [];
  for (let i = 0; i < count; ++i) {
    const { contact } = await ask(server, "POST", "/contacts/v1/contacts", {
      contact: { email: `bench${i}@example.com`, name: `Bench ${i}` },
    });
    const { account } = await ask(server, "POST", "/loyalty-accounts/v1/accounts", { contactId: contact.id });
    await ask(server, "POST", `/loyalty-accounts/v1/accounts/${account.id}/adjust-points`, { balance: 900_000_000 });
    ids.push(account.id);
  }
  return ids;
}

/** Redemptions of one point each, over all accounts, under keys of their own. */
function redemptions(server, ids, run) {
  return `
local ids = {${ids.map((id) => `"${id}"`).join(",")}}
local thread = 0
function setup(t) thread = thread + 1; t:set("own", thread) end
local n = 0
function request()
  n = n + 1
  local headers = { ["authorization"] = "${server.keys.backend}", ["content-type"] = "application/json",
    ["idempotency-key"] = "${run}-" .. own .. "-" .. n }
  return wrk.format("POST", "/loyalty-accounts/v1/accounts/" .. ids[n % #ids + 1] .. "/redeem-points", headers, '{"points":1}')
end
`;
}

console.log(`${cpus()[0].model}, ${cpus().length} processors, Node ${process.version}`);
console.log(`commit ${execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim()}, ${new Date().toISOString()}\n`);

let constant;
if (parts.has("constant")) {
  const server = await launch(join(options.build, "bench/constant_server"), []);
  constant = wrk(`${server.listening}/`, { connections: 64 });
  row("constant answer, 64 connections", constant);
  await server.stop();
}

if (parts.has("quote")) {
  const server = await launch(binary, ["serve", "--json", "--port", "0", "--rate-limits", "off", "--data", join(work, "quote")]);
  await prepare(server);
  const headers = { "content-type": "application/json", "x-loyalty-site": server.site };
  const script = post(JSON.stringify({ cart, intent: { chosen: [] } }), headers);
  const url = `${server.listening}/storefront/v1/quote`;
  const peak = wrk(url, { connections: 64, script });
  row("quote of four lines, 64 connections", peak);
  // Half of the peak: every connection waits between its requests, in whole milliseconds on average.
  const pause = Math.max(0, (64 / (peak.rate / 2)) * 1000 - peak.p50);
  const delay = `function delay() return ${Math.floor(pause)} + (math.random() < ${(pause % 1).toFixed(3)} and 1 or 0) end`;
  const half = wrk(url, { connections: 64, script: `${script}\n${delay}` });
  row(`the same at about half of that (${(half.rate / peak.rate).toFixed(2)})`, half);
  if (constant !== undefined) {
    console.log(`${"".padEnd(46)} ${(peak.rate / constant.rate).toFixed(2)} of the constant answer (0.5 wanted); p99 at half of the peak ${half.p99.toFixed(2)} ms (5 wanted)`);
  }
  await server.stop();
}

if (parts.has("redeem")) {
  const out = execFileSync(join(programs, "store_bench"), ["--benchmark_format=json"], { encoding: "utf8" });
  const base = JSON.parse(out).benchmarks;
  for (const { name, items_per_second: rate } of base) {
    console.log(`${name.padEnd(46)} ${rate.toFixed(0).padStart(9)} /s`);
  }
  const single = base.find(({ name }) => /^move_points\/1\//.test(name))?.items_per_second;
  const server = await launch(binary, ["serve", "--json", "--port", "0", "--rate-limits", "off", "--data", join(work, "redeem")]);
  await prepare(server);
  const ids = await accountsWithPoints(server, 500);
  for (const connections of [1, 16, 64]) {
    const result = wrk(server.listening, { connections, script: redemptions(server, ids, `r${connections}`) });
    row(`durable redemptions, ${connections} client${connections > 1 ? "s" : ""}`, result);
    if (connections === 64 && single !== undefined) {
      console.log(`${"".padEnd(46)} ${(result.rate / single).toFixed(2)} times single commits (4 wanted)`);
    }
  }
  const audit = await ask(server, "POST", "/loyalty-ledger/v1/audit", {});
  console.log(`${"".padEnd(46)} audit of ${audit.entries} entries afterwards: ${audit.findings.length} findings`);
  await server.stop();
}

if (parts.has("memory")) {
  const server = await launch(binary, ["serve", "--json", "--port", "0", "--rate-limits", "off", "--data", join(work, "memory")]);
  await prepare(server);
  const headers = { "content-type": "application/json", "x-loyalty-site": server.site };
  const script = post(JSON.stringify({ cart, intent: { chosen: [] } }), headers);
  const url = `${server.listening}/storefront/v1/quote`;
  wrk(url, { connections: 64, duration: 2, script });
  const before = residentKiB(server.pid);
  let requests = 0;
  while (requests < Number(options.requests)) {
    requests += wrk(url, { connections: 64, duration: 10, script }).requests;
  }
  const after = residentKiB(server.pid);
  console.log(`memory: ${before} KiB after warming up, ${after} KiB after ${requests} requests more`);
  await server.stop();
}

if (parts.has("startup")) {
  const folder = join(work, "startup");
  const first = await launch(binary, ["serve", "--json", "--port", "0", "--rate-limits", "off", "--data", folder]);
  await prepare(first);
  await first.stop();
  console.log(`start on a new store's second run: ${(await launchAndStop(folder)).toFixed(0)} ms until the address is printed`);
  execFileSync(join(options.build, "bench/seed_accounts"), [join(folder, "loyalty.db"), "1", options.accounts]);
  console.log(`start with ${options.accounts} accounts: ${(await launchAndStop(folder)).toFixed(0)} ms (2000 wanted)`);
}

async function launchAndStop(folder) {
  const server = await launch(binary, ["serve", "--json", "--port", "0", "--rate-limits", "off", "--data", folder]);
  await server.stop();
  return server.milliseconds;
}
