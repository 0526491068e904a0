// What was answered is kept: through kills, restarts and retries.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { accounts, apps, assertBalanced, eventually, killAll, Server, Shop } from './harness.mjs';

async function inFolder(work) {
  const data = await mkdtemp(join(tmpdir(), 'loyalty-kept-'));
  try {
    await work(data);
  } finally {
    killAll();
    await rm(data, { recursive: true, force: true });
  }
}

test('every answered movement outlives a kill, and a retry with the same key is answered the same', () => inFolder(async (data) => {
  let server = await Server.start({ data });
  const first = await server.openSite();
  const account = await first.account();
  const path = `${accounts}/accounts/${account.id}/earn-points`;
  const acknowledged = new Map();
  const unknown = [];
  let round = 0;
  let shop = first;
  for (; round < 3; ++round) {
    const load = Array.from({ length: 8 }, async (_, lane) => {
      for (let count = 0; ; ++count) {
        const body = { amount: 1 + lane, appId: apps.loyalty, idempotencyKey: `r${round}-l${lane}-${count}` };
        try {
          const answer = await shop.call('POST', path, body, { key: null });
          assert.equal(answer.status, 200, answer.text);
          acknowledged.set(body.idempotencyKey, { body, transactionId: answer.body.transactionId });
        } catch (error) {
          if (error instanceof assert.AssertionError) throw error;
          unknown.push(body);
          return;
        }
      }
    });
    await new Promise((done) => setTimeout(done, 300));
    await server.stop({ signal: 'SIGKILL' });
    await Promise.all(load);
    server = await Server.start({ data });
    shop = new Shop(server, first.id, first.key);
  }
  assert.ok(acknowledged.size > 50, `${acknowledged.size} movements`);
  for (const body of unknown) {
    const answer = await shop.post(path, body, { key: null });
    acknowledged.set(body.idempotencyKey, { body, transactionId: answer.transactionId });
  }
  const now = await shop.accountNow(account.id);
  assertBalanced(now);
  assert.equal(now.points.balance, [...acknowledged.values()].reduce((sum, { body }) => sum + body.amount, 0));
  for (const { body, transactionId } of [...acknowledged.values()].slice(0, 40)) {
    assert.equal((await shop.post(path, body, { key: null })).transactionId, transactionId);
  }
  assert.equal((await shop.accountNow(account.id)).points.balance, now.points.balance);
  const audit = await shop.post('/loyalty-ledger/v1/audit', {});
  assert.deepEqual(audit.findings, []);
  await server.stop();
}));

test('a stopped server starts again with everything it had, holds included', () => inFolder(async (data) => {
  let server = await Server.start({ data });
  const shop = await server.openSite();
  const account = await shop.account({ points: 100, member: true });
  const { hold } = await shop.post('/loyalty-holds/v1/holds', { accountId: account.id, points: 30, lifetimeSeconds: 3600 });
  const before = await shop.accountNow(account.id);
  assert.deepEqual(await server.stop(), { code: 0, signal: null });
  server = await Server.start({ data });
  const again = new Shop(server, shop.id, shop.key);
  assert.deepEqual(await again.accountNow(account.id), before);
  await again.post(`/loyalty-holds/v1/holds/${hold.id}/capture`, { points: 10 });
  assert.equal((await again.accountNow(account.id)).points.balance, 90);
  await server.stop();
}));

test('two servers never share one data folder', () => inFolder(async (data) => {
  const server = await Server.start({ data });
  await assert.rejects(async () => {
    const second = await Server.start({ data });
    await second.stop();
  }, /ended/);
  const shop = await server.openSite();
  assert.equal((await shop.account({ points: 3 })).points.balance, 3);
  await server.stop();
}));

test('what fell due while the server was down is done when it is back', () => inFolder(async (data) => {
  let server = await Server.start({ data });
  const shop = await server.openSite();
  const account = await shop.account({ points: 100, member: true });
  await shop.post('/loyalty-holds/v1/holds', { accountId: account.id, points: 60, lifetimeSeconds: 600 });
  assert.equal((await shop.accountNow(account.id)).points.balance, 40);
  await server.stop();
  server = await Server.start({ data, clock: '2026-01-15T12:00:00Z' });
  const later = new Shop(server, shop.id, shop.key);
  await eventually(async () => {
    assert.equal((await later.accountNow(account.id)).points.balance, 100);
    assert.equal((await later.movements(account.id)).at(-1).transactionType, 'REFUND');
  });
  await server.stop();
}));
