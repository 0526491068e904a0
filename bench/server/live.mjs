// How long after a durable change its event is at a listening client, with many who listen.
//
// usage: live.mjs [--build build/release] [--changes 500] [--streams 50]

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: {
    build: { type: "string", default: "build/release" },
    changes: { type: "string", default: "500" },
    streams: { type: "string", default: "50" },
  },
});
const changes = Number(options.changes);
const listeners = Number(options.streams);
const data = mkdtempSync(join(tmpdir(), "loyalty-live-"));
process.on("exit", () => rmSync(data, { recursive: true, force: true }));

const child = spawn(
  join(options.build, "native/loyalty"),
  ["serve", "--port", "0", "--data", data, "--rate-limits", "off", "--json"],
  { stdio: ["ignore", "pipe", "inherit"] },
);
const exited = new Promise((resolve) => child.once("exit", resolve));
const server = JSON.parse(
  await new Promise((resolve) => createInterface({ input: child.stdout }).once("line", resolve)),
);

async function ask(method, path, body) {
  const response = await fetch(server.listening + path, {
    method,
    headers: {
      authorization: server.keys.backend,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return text === "" ? {} : JSON.parse(text);
}

/** A member who listens: `next()` is the time at which the next event about it is here. */
async function listening(number) {
  const memberId = randomUUID();
  const { contact } = await ask("POST", "/contacts/v1/contacts", {
    contact: { name: `Member ${number}`, email: `member${number}@example.com`, memberId },
  });
  const { account } = await ask("POST", "/loyalty-accounts/v1/accounts", { contactId: contact.id });
  const { token } = await ask("POST", "/identity/v1/member-tokens", { memberId });
  const member = { id: account.id, heard: () => {} };
  const response = await fetch(`${server.listening}/storefront/v1/me/events`, {
    headers: { authorization: token },
  });
  const reader = response.body.getReader();
  const greeted = reader.read();
  (async () => {
    await greeted;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (Buffer.from(part.value).includes("event: member")) {
        member.heard(performance.now());
      }
    }
  })();
  await greeted;
  return member;
}

await ask("POST", "/loyalty-programs/v1/program/activate", {});
const members = [];
for (let i = 0; i < listeners; ++i) {
  members.push(await listening(i));
}

const afterAnswer = [];
const afterRequest = [];
for (let i = 0; i < changes; ++i) {
  const member = members[i % members.length];
  const heard = new Promise((resolve) => {
    member.heard = resolve;
  });
  const asked = performance.now();
  await ask("POST", `/loyalty-accounts/v1/accounts/${member.id}/earn-points`, {
    amount: 1,
    appId: "bench",
    idempotencyKey: randomUUID(),
  });
  const answered = performance.now();
  const here = await heard;
  afterAnswer.push(Math.max(0, here - answered));
  afterRequest.push(here - asked);
}

const at = (times, share) => times.sort((a, b) => a - b)[Math.floor((times.length - 1) * share)];
const figures = (times) =>
  [0.5, 0.95, 1].map((share) => `${at(times, share).toFixed(2)} ms`).join(", ");
console.log(`${changes} changes, ${listeners} streams open; p50, p95, most`);
console.log(`  event after the answer to the change   ${figures(afterAnswer)}`);
console.log(`  event after the change was asked for   ${figures(afterRequest)}`);
child.kill("SIGTERM");
await exited;
process.exit(0);
