import { describe, expect, it, vi } from 'vitest';
import { createClient } from '../../src/client/index.js';
import { loadCore } from '../../src/core/index.js';
import type { Catalog, Promotion } from '../../src/documents/index.js';
import { createMockClient, type MockOptions } from '../../src/mock/index.js';

const catalog: Catalog = {
  version: '1',
  currency: 'EUR',
  program: { status: 'ACTIVE' },
  rewards: [
    {
      id: 'five',
      type: 'DISCOUNT_AMOUNT',
      active: true,
      configs: [{ costInPoints: 400, effects: [{ kind: 'fixedAmount', amount: 500 }] }],
    },
  ],
  earningRules: [{ id: 'buy', trigger: 'order', status: 'ACTIVE', configs: [{ conversion: { moneyAmount: 1, points: 2 } }] }],
};
const codes: Promotion[] = [{ id: 'hello', trigger: 'code', codes: ['HELLO'], effects: [{ kind: 'percent', ratePpm: 100_000 }] }];
const member = { id: 'anna', available: 1_000 };
const cart = { currency: 'EUR', lines: [{ id: 'beans', unitPrice: 2_000, quantity: 1 }] };
const intent = { chosen: [{ reward: { id: 'five' } }] };
const noon = new Date('2025-11-01T12:00:00Z');

const store = (options: Partial<MockOptions> = {}) => createMockClient({ catalog, codes, member, now: () => noon, ...options });

async function previewed(chosen = intent) {
  const open = (await loadCore()).open(catalog);
  const checkout = open.ok && open.value.prepare({ account: member, cart, intent: chosen, now: noon.toISOString() });
  return JSON.parse(await (checkout as Extract<typeof checkout, { ok: true }>).value.answerText()).value;
}

const apply = async (client: ReturnType<typeof store>, key = 'k1', signal?: AbortSignal) =>
  client.apply({ cart, intent, quote: await previewed() }, { idempotencyKey: key, ...(signal && { signal }) });

describe('a store in memory', () => {
  it('gives the program and the member', async () => {
    const client = store();
    expect(await client.bootstrap()).toMatchObject({ catalog, serverTime: '2025-11-01T12:00:00.000Z' });
    expect(await client.member()).toEqual(member);
    client.signIn(null);
    expect(await client.member()).toBe(null);
  });

  it('confirms a preview by its digest alone, and answers another one with its own quote', async () => {
    const client = store();
    const { digest } = await previewed();
    expect(await client.quote({ cart, intent, previewDigest: digest })).toEqual({ ok: true, value: { same: true } });
    client.publish({ ...catalog, version: '2', rewards: [] });
    expect(await client.quote({ cart, intent, previewDigest: digest })).toMatchObject({
      ok: true,
      value: { same: false, quote: { total: 2_000, catalogVersion: '2', rejected: [{ code: 'REWARD_NOT_FOUND' }] } },
    });
  });

  it('holds points when a choice is applied, and spends them when the order is placed', async () => {
    const client = store({ holdMinutes: 10 });
    const heard = vi.fn();
    client.subscribe(heard);
    const answer = await apply(client);
    expect(answer).toMatchObject({ ok: true, value: { holdExpiresAt: '2025-11-01T12:10:00.000Z', quote: { total: 1_500 } } });
    expect((await client.member())!.available).toBe(1_000);
    const discountId = answer.ok ? answer.value.discountId! : '';
    expect(await client.complete(discountId)).toMatchObject({ ok: true });
    expect((await client.member())!.available).toBe(600);
    expect(client.ledger.map(({ type, points }) => [type, points])).toEqual([['HOLD', 400], ['REDEEM', 400], ['EARN', 30]]);
    expect(heard).toHaveBeenCalledWith('member');
    expect(await client.complete(discountId)).toMatchObject({ ok: false, reason: 'HOLD_EXPIRED' });
  });

  it('does the same thing once for the same key', async () => {
    const client = store();
    const [one, two] = await Promise.all([apply(client), apply(client)]);
    expect(two).toEqual(one);
    expect(client.ledger).toHaveLength(1);
    await apply(client, 'k2');
    expect(client.ledger.map(({ type }) => type)).toEqual(['HOLD', 'RELEASE', 'HOLD']);
  });

  it('gives points back, and says what the cart costs then', async () => {
    const client = store();
    const answer = await apply(client);
    const discountId = answer.ok ? answer.value.discountId! : '';
    expect(await client.remove(discountId, { idempotencyKey: 'r1' })).toMatchObject({ ok: true, value: { quote: { total: 2_000 } } });
    expect(client.ledger.map(({ type }) => type)).toEqual(['HOLD', 'RELEASE']);
    expect(await client.remove(discountId, { idempotencyKey: 'r2' })).toEqual({ ok: true, value: {} });
  });

  it('lets holds run out', async () => {
    let now = noon;
    const client = store({ now: () => now, holdMinutes: 10 });
    const answer = await apply(client);
    now = new Date('2025-11-01T12:10:00Z');
    expect(await client.complete(answer.ok ? answer.value.discountId! : '')).toMatchObject({ ok: false, reason: 'HOLD_EXPIRED' });
    expect(client.ledger.map(({ type }) => type)).toEqual(['HOLD', 'EXPIRE']);
  });

  it('knows codes that shoppers do not', async () => {
    const client = store();
    const { signal } = new AbortController();
    expect(await client.resolveCode(' hello ', { signal })).toEqual(codes[0]);
    expect(await client.resolveCode('other', { signal })).toBe(null);
    const answer = await client.quote({ cart, intent: { chosen: [{ code: { text: 'HELLO' } }] } });
    expect(answer).toMatchObject({ ok: true, value: { quote: { discounts: [{ id: 'hello', amount: 200 }] } } });
  });

  it('fails as it is told to', async () => {
    const client = store();
    client.faults.failures = 1;
    await expect(client.member()).rejects.toThrow(TypeError);
    expect(await client.member()).toEqual(member);
    client.faults.refuseNext = 'INSUFFICIENT_POINTS';
    expect(await apply(client)).toMatchObject({ ok: false, reason: 'INSUFFICIENT_POINTS' });
    client.faults.failures = 1;
    await expect(apply(client, 'k3')).rejects.toThrow(TypeError);
    expect(await apply(client, 'k3')).toMatchObject({ ok: true });
  });

  it('takes its time, and stops when nobody waits any more', async () => {
    vi.useFakeTimers();
    const client = store({ latencyMs: 500 });
    const done = vi.fn();
    void client.member().then(done);
    await vi.advanceTimersByTimeAsync(499);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toHaveBeenCalled();
    const stop = new AbortController();
    const waiting = expect(client.quote({ cart, intent }, stop)).rejects.toThrow('no longer');
    stop.abort(new Error('no longer'));
    await waiting;
    vi.useRealTimers();
  });

  it('refuses bad carts by the name of what is wrong', async () => {
    expect(await store().quote({ cart: { currency: 'USD', lines: [] }, intent })).toMatchObject({ ok: false, reason: 'CURRENCY_MISMATCH' });
  });
});

describe('a client without a store', () => {
  it('has what the page gave, tells of a sign-in, and leaves confirming to the page', async () => {
    const client = createClient({ program: { catalog } });
    const heard = vi.fn();
    const off = client.subscribe!(heard);
    expect(await client.bootstrap()).toEqual({ catalog });
    expect(await client.member()).toBe(null);
    client.setMember(member);
    expect(await client.member()).toEqual(member);
    expect(heard).toHaveBeenCalledWith('member');
    off();
    client.setMember(null);
    expect(heard).toHaveBeenCalledOnce();
    expect(client).not.toHaveProperty('apply');
  });
});
