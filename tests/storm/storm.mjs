// Kills the server again and again under load, and then proves that nothing was lost and nothing
// happened twice: every request that was not answered is sent again under its key.
//
// usage: storm.mjs --binary PATH [--kills 30] [--clients 16] [--accounts 24] [--seed 1]

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    binary: { type: "string", default: "build/release/native/loyalty" },
    kills: { type: "string", default: "30" },
    clients: { type: "string", default: "16" },
    accounts: { type: "string", default: "24" },
    seed: { type: "string", default: "1" },
  },
});
const kills = Number(options.kills);
const clients = Number(options.clients);

/** A small seeded generator, so that a storm can be repeated up to the timing of the kills. */
function generator(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
const random = generator(Number(options.seed));

function stop(message) {
  console.error(`storm: ${message}`);
  process.exit(1);
}

// --- the server ----------------------------------------------------------------------------------

const data = mkdtempSync(join(tmpdir(), "loyalty-storm-"));
process.on("exit", () => rmSync(data, { recursive: true, force: true }));

let child;
let exited;
let port;
let keys;
let agent;

async function start() {
  child = spawn(options.binary, ["serve", "--json", "--port", "0", "--data", data], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  exited = new Promise((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([new Promise((resolve) => lines.once("line", resolve)), exited]);
  if (typeof line !== "string") {
    stop(`the server ended at its start: ${JSON.stringify(line)}`);
  }
  const said = JSON.parse(line);
  port = Number(new URL(said.listening).port);
  keys ??= said.keys;
  agent = new http.Agent({ keepAlive: true, maxSockets: clients + 4 });
}

async function kill() {
  child.kill("SIGKILL");
  await exited;
  agent.destroy();
}

/** Resolves to {status, text}; rejects where the connection broke before the whole answer was there. */
function send({ method = "POST", path, body, key }) {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const headers = { authorization: keys.backend };
    if (text !== "") {
      headers["content-type"] = "application/json";
      headers["content-length"] = Buffer.byteLength(text);
    }
    if (key !== undefined) {
      headers["idempotency-key"] = key;
    }
    const request = http.request({ host: "127.0.0.1", port, method, path, headers, agent }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("aborted", () => reject(new Error("cut")));
      response.on("error", reject);
      response.on("end", () => {
        if (!response.complete) {
          reject(new Error("cut"));
          return;
        }
        resolve({ status: response.statusCode, text: Buffer.concat(parts).toString() });
      });
    });
    request.setTimeout(20_000, () => request.destroy(new Error("no answer within 20 s")));
    request.on("error", reject);
    request.end(text);
  });
}

async function sendUntilAnswered(request) {
  for (;;) {
    try {
      const answer = await send(request);
      if (answer.status !== 503) {
        return answer;
      }
    } catch {
      // Not answered: the same again, under the same key.
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function ask(request) {
  const answer = await sendUntilAnswered(request);
  if (answer.status >= 400) {
    stop(`${request.path}: ${answer.status} ${answer.text}`);
  }
  return answer.text === "" ? {} : JSON.parse(answer.text);
}

// --- the load ------------------------------------------------------------------------------------

let nextKey = 0;
const newKey = () => `storm-${options.seed}-${++nextKey}`;

/** What was answered, in the words of the balance. */
const history = [];
const spent = []; // redemptions that may be refunded
const open = []; // holds that may be captured or released
const accounts = [];

function randomRequest() {
  const account = accounts[random(accounts.length)];
  const points = 1 + random(40);
  const kind = random(10);
  const key = newKey();
  if (kind < 2) {
    return {
      path: `/loyalty-accounts/v1/accounts/${account}/earn-points`,
      body: { amount: points, appId: "storm", idempotencyKey: key, description: "storm" },
      key,
      account,
      delta: () => points,
    };
  }
  if (kind < 5) {
    return {
      path: `/loyalty-accounts/v1/accounts/${account}/redeem-points`,
      body: { points },
      key,
      account,
      delta: () => -points,
      then: (answer) => spent.push({ id: answer.transactionId, account, points }),
    };
  }
  if (kind < 7) {
    return {
      path: "/loyalty-holds/v1/holds",
      body: { accountId: account, points },
      key,
      account,
      delta: () => -points,
      then: (answer) => open.push({ id: answer.hold.id, account, points }),
    };
  }
  if (kind < 9 && open.length > 0) {
    const [hold] = open.splice(random(open.length), 1);
    if (random(2) === 0) {
      return { path: `/loyalty-holds/v1/holds/${hold.id}/release`, body: {}, key, account: hold.account, delta: () => hold.points };
    }
    const captured = 1 + random(hold.points);
    return {
      path: `/loyalty-holds/v1/holds/${hold.id}/capture`,
      body: { points: captured },
      key,
      account: hold.account,
      delta: () => hold.points - captured,
    };
  }
  if (spent.length > 0) {
    const [redemption] = spent.splice(random(spent.length), 1);
    return {
      path: `/loyalty-transactions/v1/loyalty-transactions/${redemption.id}/refund`,
      body: {},
      key,
      account: redemption.account,
      delta: () => redemption.points,
    };
  }
  return randomRequest();
}

let running = true;
let unanswered = 0;

async function client() {
  while (running) {
    const request = randomRequest();
    let answer;
    try {
      answer = await send(request);
      if (answer.status === 503) {
        throw new Error("busy");
      }
    } catch {
      ++unanswered;
      answer = await sendUntilAnswered(request);
    }
    if (answer.status >= 500) {
      stop(`${request.path}: ${answer.status} ${answer.text}`);
    }
    history.push({ request, answer });
    if (answer.status < 300) {
      request.then?.(JSON.parse(answer.text));
    }
  }
}

// --- the proof -----------------------------------------------------------------------------------

async function main() {
  const started = Date.now();
  await start();
  await ask({ path: "/loyalty-programs/v1/program/activate", body: {} });
  const expected = new Map();
  for (let i = 0; i < Number(options.accounts); ++i) {
    const { contact } = await ask({
      path: "/contacts/v1/contacts",
      body: { contact: { email: `storm${i}@example.com`, name: `Storm ${i}` } },
    });
    const { account } = await ask({ path: "/loyalty-accounts/v1/accounts", body: { contactId: contact.id } });
    await ask({ path: `/loyalty-accounts/v1/accounts/${account.id}/adjust-points`, body: { balance: 200 } });
    accounts.push(account.id);
    expected.set(account.id, 200);
  }

  const working = Array.from({ length: clients }, client);
  for (let i = 0; i < kills; ++i) {
    await new Promise((resolve) => setTimeout(resolve, 60 + random(140)));
    await kill();
    await start();
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  running = false;
  await Promise.all(working);

  let effects = 0;
  for (const { request, answer } of history) {
    if (answer.status < 300) {
      ++effects;
      expected.set(request.account, expected.get(request.account) + request.delta());
    }
  }

  // Every answer again: the same bytes, and no further effect.
  let different = 0;
  for (const { request, answer } of history) {
    const again = await sendUntilAnswered(request);
    if (again.status !== answer.status || again.text !== answer.text) {
      ++different;
      console.error(`${request.path} ${request.key}\n  first ${answer.status} ${answer.text}\n  again ${again.status} ${again.text}`);
    }
  }

  let wrong = 0;
  for (const [id, balance] of expected) {
    const { account } = await ask({ method: "GET", path: `/loyalty-accounts/v1/accounts/${id}` });
    if (account.points.balance !== balance) {
      ++wrong;
      console.error(`account ${id}: ${account.points.balance} points, the answers add up to ${balance}`);
    }
  }
  const audit = await ask({ path: "/loyalty-ledger/v1/audit", body: {} });
  for (const finding of audit.findings) {
    console.error(`audit: ${JSON.stringify(finding)}`);
  }
  child.kill("SIGTERM");
  const how = await exited;
  const lines = [
    `${kills} kills in ${((Date.now() - started) / 1000).toFixed(1)} s under ${clients} clients:`,
    `${history.length} requests, ${effects} effects, ${unanswered} unanswered and sent again;`,
    `${different} answers differed, ${wrong} balances are wrong, ${audit.findings.length} findings of the audit.`,
  ];
  console.log(lines.join("\n"));
  if (different + wrong + audit.findings.length > 0 || how.code !== 0 || effects < kills) {
    stop(`failed (the server ended with ${JSON.stringify(how)})`);
  }
}

await main();
