import { describe, expect, it } from 'vitest';
import { addressOf, filterOf, nameOf, searchRequest, tierName } from '../../../console/src/records/accounts.js';
import { faultsOf as addFaults } from '../../../console/src/screens/members/add.js';
import { faultsOf as adjustFaults, requestOf } from '../../../console/src/screens/members/adjust.js';
import { bookingsOf, type LedgerEntry, type Transaction, transactionsRequest } from '../../../console/src/records/bookings.js';
import { cell, ledgerCsv } from '../../../console/src/screens/members/csv.js';
import { dayStart } from '../../../console/src/screens/members/days.js';
import { faultOfCsv } from '../../../console/src/screens/members/import.js';
import { nextTier } from '../../../console/src/screens/members/tier.js';

const tiers = [
  { id: 's', revision: '1', requiredPoints: 100, tierDefinition: { name: 'Silver' } },
  { id: 'g', revision: '1', requiredPoints: 500, tierDefinition: { name: 'Gold' } },
];
const program = { tiers, programSettings: { revision: '1', status: 'ACTIVE', rollingWindow: { durationInMonths: 12 }, baseTierDefinition: { name: 'Green' } } } as const;

describe('the list of members', () => {
  it('keeps what is chosen in the address, and nothing that is as usual', () => {
    const filter = filterOf(new URLSearchParams('search=ann&tier=g&sort=balance'));
    expect(filter).toEqual({ search: 'ann', tier: 'g', sort: 'balance' });
    expect(addressOf(filter)).toBe('members?search=ann&tier=g&sort=balance');
    expect(addressOf(filterOf(new URLSearchParams('sort=nonsense')))).toBe('members');
  });

  it('asks the server to search, narrow down, sort and page', () => {
    expect(searchRequest({ search: ' ann ', tier: 'base', sort: 'name' }, 'c2', 25)).toEqual({
      search: {
        search: { expression: 'ann' },
        filter: { 'tier.id': { $exists: false } },
        sort: [{ fieldName: 'contact.name', order: 'ASC' }],
        cursorPaging: { limit: 25, cursor: 'c2' },
      },
    });
  });

  it('names members by name, e-mail, or not at all', () => {
    expect(nameOf({ contact: { name: 'Ann', email: 'a@b' } })).toBe('Ann');
    expect(nameOf({ contact: { email: 'a@b' } })).toBe('a@b');
    expect(nameOf({ contact: {} })).toBe('Anonymous member');
    expect(tierName(program, undefined)).toBe('Green');
    expect(tierName(program, 'x')).toBe('A tier that is gone');
  });

  it('knows the next tier', () => {
    expect(nextTier({ tier: { points: 0 } }, tiers)?.id).toBe('s');
    expect(nextTier({ tier: { id: 's', points: 120 } }, tiers)?.id).toBe('g');
    expect(nextTier({ tier: { id: 'g', points: 900 } }, tiers)).toBeUndefined();
  });
});

describe('adjusting points', () => {
  it('wants whole points and a reason', () => {
    expect(adjustFaults({ how: 'give', points: '0', reason: '' })).toMatchObject({ points: expect.stringContaining('1'), reason: expect.stringContaining('reason') });
    expect(adjustFaults({ how: 'set', points: '0', reason: 'Correction' })).toEqual({});
    expect(adjustFaults({ how: 'take', points: '12.5', reason: 'x' })['points']).toMatch(/whole number/);
  });

  it('asks for a signed amount or a new balance, with the revision that was looked at', () => {
    expect(requestOf({ how: 'take', points: '1,200', reason: ' Mistake ' }, '7')).toEqual({ amount: -1200, description: 'Mistake', revision: '7' });
    expect(requestOf({ how: 'set', points: '50', reason: 'New' }, '8')).toEqual({ balance: 50, description: 'New', revision: '8' });
  });
});

describe('adding and importing', () => {
  it('wants an e-mail address', () => {
    expect(addFaults({ name: '', email: 'ann', birthdate: '' })).toHaveProperty('email');
    expect(addFaults({ name: '', email: 'ann@example.com', birthdate: '' })).toEqual({});
  });

  it('looks at the first row before anything is sent', () => {
    expect(faultOfCsv('')).toMatch(/Choose a file/);
    expect(faultOfCsv('name\nAnn')).toMatch(/email/);
    expect(faultOfCsv('\uFEFFName;"E-Mail"\nAnn;a@b.c')).toBeUndefined();
    expect(faultOfCsv(`email\n${'x'.repeat(1_100_000)}`)).toMatch(/1 MB/);
  });
});

const earn: Transaction = { id: 't1', createdDate: '2026-01-02T10:00:00Z', transactionType: 'EARN', balanceDelta: 50, balanceAfter: 150, description: 'Shop with us', earnInfo: { orderId: '1001' } };
const hold: Transaction = { id: 't0', createdDate: '2026-01-01T10:00:00Z', transactionType: 'REDEEM', balanceDelta: -20, balanceAfter: 100 };
const entry = (id: string, kind: string, at: string, sequence: number): LedgerEntry => ({ id, kind, at, sequence, amount: 20, availableAfter: 100, heldAfter: 0, debtAfter: 0 });
const entries = [entry('t0', 'HOLD', '2026-01-01T10:00:00Z', 1), entry('e1', 'CAPTURE', '2026-01-02T09:00:00Z', 2), entry('t1', 'EARN', '2026-01-02T10:00:00Z', 3)];

describe('the ledger', () => {
  it('shows each transaction with its entry, and on demand the entries that moved no balance', () => {
    const plain = bookingsOf([earn, hold], entries, false, true);
    expect(plain.map(({ id, title, note, change, orderId }) => [id, title, note, change, orderId])).toEqual([
      ['t1', 'Shop with us', 'Points earned', 50, '1001'],
      ['t0', 'Points held for a checkout', 'Points held for a checkout', -20, null],
    ]);
    expect(bookingsOf([earn, hold], entries, true, true).map(({ id, change }) => [id, change])).toEqual([['t1', 50], ['e1', null], ['t0', -20]]);
  });

  it('goes no further back than the transactions that are there', () => {
    expect(bookingsOf([earn], entries, true, false).map(({ id }) => id)).toEqual(['t1']);
    expect(bookingsOf([earn], entries, true, true).map(({ id }) => id)).toEqual(['t1', 'e1']);
  });

  it('asks for a type and for days', () => {
    expect(transactionsRequest('acc', { type: 'EARN', from: '2026-01-01T05:00:00.000Z', until: '' }, null, 20)).toEqual({
      query: {
        filter: { accountId: 'acc', transactionType: 'EARN', createdDate: { $gte: '2026-01-01T05:00:00.000Z' } },
        sort: [{ fieldName: 'createdDate', order: 'DESC' }],
        cursorPaging: { limit: 20 },
      },
    });
  });

  it('begins days in the zone of the program, also where clocks are changed', () => {
    expect(dayStart('2026-01-15', 'America/New_York')).toBe('2026-01-15T05:00:00Z');
    expect(dayStart('2026-07-15', 'America/New_York', 1)).toBe('2026-07-16T04:00:00Z');
    expect(dayStart('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00Z');
    expect(dayStart('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00Z');
    expect(dayStart('', 'UTC')).toBe('');
  });
});

describe('the ledger as a file', () => {
  it('quotes what needs it, and makes formulas plain', () => {
    expect(cell('a "b", c')).toBe('"a ""b"", c"');
    expect(cell('=1+1')).toBe("'=1+1");
    expect(cell('@x')).toBe("'@x");
    expect(cell(-5)).toBe('-5');
    expect(cell(null)).toBe('');
  });

  it('has a mark, a heading and a row for each booking', () => {
    const text = ledgerCsv(bookingsOf([{ ...earn, description: '=HYPERLINK("x")' }, hold], entries, false, true));
    expect(text.startsWith('\uFEFFdate,type,text,points,balance,order,booking,entry\r\n')).toBe(true);
    expect(text.split('\r\n')[1]).toBe(`2026-01-02T10:00:00Z,EARN,"'=HYPERLINK(""x"")",50,150,1001,Points earned,3`);
    expect(text.endsWith('\r\n')).toBe(true);
  });
});
