import { describe, expect, it } from 'vitest';
import type { MemberTransaction } from '../../../src/client/member.js';
import { toCsv } from '../../../src/rewards/csv.js';

const one = (changes: Partial<MemberTransaction>): MemberTransaction => ({
  id: 't',
  type: 'EARN',
  points: 107,
  balanceAfter: 2480,
  at: '2025-11-18T12:00:00Z',
  title: 'Order 1042',
  ...changes,
});
const rowOf = (changes: Partial<MemberTransaction>) => toCsv([one(changes)]).split('\r\n')[1];

it('begins with a byte order mark and names its columns', () => {
  expect(toCsv([])).toBe('\uFEFFdate,type,title,description,points,balance,order,reward\r\n');
});

it('has a line for each movement, with numbers as they are', () => {
  expect(rowOf({ points: -500, type: 'REDEEM', orderId: '1042', rewardName: '$5 off' })).toBe('2025-11-18T12:00:00Z,REDEEM,Order 1042,,-500,2480,1042,$5 off');
});

describe('what a spreadsheet would run', () => {
  it.each([
    ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
    ['+1', "'+1"],
    ['-2', "'-2"],
    ['@sum', "'@sum"],
    ['\t=1', "'\t=1"],
    ['\r=1', `"'\r=1"`],
    ['plain', 'plain'],
    ['5 = 5', '5 = 5'],
  ])('%j', (title, cell) => expect(toCsv([one({ title })])).toContain(`EARN,${cell},`));
});

it.each([
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
])('quotes %j', (description, cell) => expect(toCsv([one({ description })])).toContain(`,${cell},107,`));
