import { afterEach, describe, expect, it, vi } from 'vitest';
import { backend, Intention, ShopError } from '../../demo/src/live/backend.js';

type Answer = { readonly status: number; readonly body: unknown } | null;

/** The shop answers so, one after the other; null: nobody answers. Gives the keys that it was asked with. */
function answering(...answers: Answer[]): string[] {
  const keys: string[] = [];
  vi.stubGlobal('fetch', (_: string, { headers }: { headers: Record<string, string> }) => {
    keys.push(headers['Idempotency-Key'] ?? '');
    const answer = answers[keys.length - 1];
    return answer ? Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status })) : Promise.reject(new TypeError('Failed to fetch'));
  });
  return keys;
}

const no = (status: number, code: string) => ({ status, body: { code, message: 'No.', field: 'lines' } });
const done = { status: 200, body: { order: { id: '1' } } };

describe('what a visitor means to do once', () => {
  afterEach(() => vi.unstubAllGlobals());

  const pay = (intention: Intention) => intention.carryOut((key) => backend.pay('1', key));

  it('is sent again with the same key while it is not known whether it was done', async () => {
    const keys = answering(null, no(503, 'BUSY'), done);
    const intention = new Intention();
    await expect(pay(intention)).rejects.toMatchObject({ code: 'UNREACHABLE', isDecided: false, message: '' });
    await expect(pay(intention)).rejects.toMatchObject({ code: 'BUSY', isDecided: false });
    expect(await pay(intention)).toEqual(done.body);
    expect(keys[0]).toMatch(/^[\da-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
  });

  it('is another one after the shop has said no, which it would repeat for ever', async () => {
    const keys = answering(no(409, 'TOTAL_CHANGED'), done);
    const intention = new Intention();
    const error = await pay(intention).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ShopError);
    expect(error).toMatchObject({ message: 'No.', field: 'lines', isDecided: true });
    await pay(intention);
    expect(new Set(keys).size).toBe(2);
  });
});
