import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoyaltyApi } from '../../demo/store/loyalty-api.mjs';
import { BINARY, startLoyalty } from '../../demo/store/loyalty-process.mjs';
import { DAY, peopleOf } from '../../demo/year/people.mjs';
import { REGULARS } from '../../demo/year/regulars.mjs';
import { seedYear } from '../../demo/year/seed.mjs';

const START = new Date('2025-11-20T00:00:00Z');
const UNTIL = new Date('2026-03-01T15:30:00Z');

describe('the people of a year', () => {
  const year = { seed: 'one', members: 120, days: 365, start: START };

  it('mean to do the same whenever the seed is the same, and something else where it is not', () => {
    expect(peopleOf(year)).toEqual(peopleOf(year));
    expect(peopleOf({ ...year, seed: 'two' })).not.toEqual(peopleOf(year));
  });

  it('are different people, members, guests and the regulars', () => {
    const people = peopleOf(year);
    const emails = people.flatMap(({ email }) => email ?? []);
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.length).toBe(120 + REGULARS.length);
    expect(people.length).toBeGreaterThan(emails.length);
  });

  it('do everything in order: members join first, and nothing happens to an order before it is placed', () => {
    for (const { name, actions } of peopleOf(year)) {
      expect(actions.map(({ minute }) => minute)).toEqual(actions.map(({ minute }) => minute).sort((a, b) => a - b));
      if (name !== null) expect(actions[0]?.kind).toBe('join');
      for (const action of actions) if ('order' in action) expect(actions.indexOf(action)).toBeGreaterThan(actions.indexOf(action.order));
      expect(actions.findIndex(({ kind }) => kind === 'forget')).toBeOneOf([-1, actions.length - 1]);
    }
  });

  it('buy more before the holidays than after them', () => {
    const orders = peopleOf({ ...year, members: 400 }).flatMap(({ actions }) => actions.filter(({ kind }) => kind === 'order'));
    const inMonth = (month: number) => orders.filter(({ minute }) => new Date(START.getTime() + minute * 60_000).getUTCMonth() === month).length;
    // Most join only later, so December is compared with how many are there by then.
    expect(inMonth(11)).toBeGreaterThan(inMonth(0));
    expect(inMonth(6)).toBeGreaterThan(inMonth(8));
  });

  it('have no time left over after the last day', () => {
    for (const { actions } of peopleOf({ ...year, days: 3 })) for (const { kind, minute } of actions) if (kind === 'join') expect(minute).toBeLessThan(3 * DAY);
  });
});

/** The process that has the store of a folder open, as the store itself notes it. */
function serverOf(data: string): number {
  return Number(readFileSync(join(data, 'loyalty.db.lock'), 'utf8'));
}

describe('a year on a server', () => {
  let folder: string;
  const options = { seed: 'small', members: 12, days: 60, until: UNTIL };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'loyalty-year-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function lived(name: string) {
    const data = join(folder, name);
    const shares: number[] = [];
    const { figures } = await seedYear({ ...options, data, progress: (share: number) => shares.push(share) });
    const server = await startLoyalty({ data, clock: UNTIL.toISOString() });
    const api = new LoyaltyApi(server.address, server.keys.backend);
    try {
      const { points } = await api.get('/loyalty-accounts/v1/accounts/program-totals');
      const { loyaltyProgram } = await api.get('/loyalty-programs/v1/program');
      return { figures: { ...figures }, points, status: loyaltyProgram.status, shares };
    } finally {
      api.close();
      await server.stop();
    }
  }

  it('is the same for the same seed and day, goes through every kind of movement, and its books are clean', async () => {
    const once = await lived('once');
    const again = await lived('again');
    expect(again).toEqual(once);
    expect(once.status).toBe('ACTIVE');
    expect(once.shares.at(-1)).toBe(1);
    expect(once.shares).toEqual([...once.shares].sort((a, b) => a - b));
    const { members, orders, activities, coupons, refunds } = once.figures;
    expect(members).toBe(options.members + REGULARS.length);
    for (const figure of [orders, activities, coupons, refunds, once.points.earned, once.points.redeemed]) expect(figure).toBeGreaterThan(0);
    const { stdout } = await promisify(execFile)(BINARY, ['audit', '--data', join(folder, 'once')]);
    expect(stdout).toMatch(/, 0 findings/);
  });

  it('tells how the server ended where it does not last', async () => {
    const data = join(folder, 'killed');
    let isAlive = true;
    const kill = () => {
      if (isAlive) process.kill(serverOf(data), 'SIGKILL');
      isAlive = false;
    };
    const seeding = seedYear({ ...options, data, progress: kill });
    await expect(seeding).rejects.toThrow(/has ended by SIGKILL/);
  });

  it('can be given up, and leaves no server behind', async () => {
    const giveUp = new AbortController();
    const seeding = seedYear({ ...options, data: join(folder, 'never'), progress: () => giveUp.abort(), signal: giveUp.signal });
    await expect(seeding).rejects.toThrow(/abort/i);
    const server = await startLoyalty({ data: join(folder, 'never') });
    await server.stop();
  });
});
