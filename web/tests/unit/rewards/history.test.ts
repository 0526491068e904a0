import { describe, expect, it, vi } from 'vitest';
import { adasYear } from '../../../src/mock/member-year.js';
import { sourceOf, type TransactionSource } from '../../../src/rewards/filtering.js';
import { History } from '../../../src/rewards/history.js';

const { transactions: all } = adasYear();
const host = () => ({ changed: vi.fn(), failed: vi.fn(), pageSize: 20, timeZone: 'UTC', now: () => Date.parse('2025-11-20T10:00:00Z') });
const inMemory = sourceOf(all, () => 'UTC');
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('the activity', () => {
  it('is read page by page', async () => {
    const history = new History(host(), 'all');
    history.read(inMemory);
    await settled();
    expect([history.rows.length, history.total, history.status]).toEqual([20, all.length, 'there']);
    await history.loadMore();
    expect(history.rows).toEqual(all.slice(0, 40));
  });

  it('asks for what is chosen, and begins anew', async () => {
    const source = vi.fn(inMemory);
    const history = new History(host(), '30d');
    history.read(source);
    await settled();
    await history.show({ type: 'REDEEM', search: ' five ' });
    expect(source.mock.lastCall![0]).toEqual({ types: ['REDEEM'], from: '2025-10-21', search: 'five', limit: 20 });
  });

  it('shows the answer to the last question only', async () => {
    const answers: ((value: Awaited<ReturnType<TransactionSource>>) => void)[] = [];
    const history = new History(host(), 'all');
    history.read(() => new Promise((resolve) => answers.push(resolve)));
    void history.show({ type: 'EARN' });
    answers[1]!({ transactions: [all[1]!], total: 1 });
    answers[0]!({ transactions: [all[0]!], total: 1 });
    await settled();
    expect(history.rows).toEqual([all[1]]);
  });

  it('keeps what it has where reading again fails, and says so where there is nothing', async () => {
    const told = host();
    const history = new History(told, 'all');
    let works = false;
    history.read((query, options) => (works ? inMemory(query, options) : Promise.reject(new TypeError('away'))));
    await settled();
    expect([history.status, told.failed.mock.calls.length]).toEqual(['failed', 1]);
    works = true;
    await history.reload();
    expect(history.status).toBe('there');
    works = false;
    await history.loadMore();
    expect([history.status, history.more, history.rows.length]).toEqual(['there', 'failed', 20]);
  });

  it('reads as much again as was shown, without what was added meanwhile twice', async () => {
    let now = all;
    const history = new History(host(), 'all');
    history.read((query, options) => sourceOf(now, () => 'UTC')(query, options));
    await settled();
    await history.loadMore();
    now = [{ ...all[0]!, id: 'new' }, ...all];
    await history.reload();
    expect(history.rows).toEqual(now.slice(0, 40));
    expect(history.total).toBe(all.length + 1);
  });

  it('forgets a member who has gone', async () => {
    const history = new History(host(), 'all');
    history.read(inMemory);
    await settled();
    history.read(null);
    expect([history.rows.length, history.total]).toEqual([0, 0]);
  });
});
