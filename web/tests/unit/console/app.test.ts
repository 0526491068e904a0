import { describe, expect, test } from 'vitest';
import { sitesOf, type WhoAmI } from '../../../console/src/api/identity.js';
import type { Program, Settings } from '../../../console/src/api/program.js';
import { hashOf, isSamePlace, routeOf } from '../../../console/src/app/route.js';
import { Session, takeKeyFromAddress } from '../../../console/src/app/session.js';
import { minorOf, wordingOf } from '../../../console/src/app/wording.js';
import { memoryStorage } from './storage.js';

describe('the address', () => {
  test.each([
    ['', 'overview', [], ''],
    ['#/', 'overview', [], ''],
    ['#/members', 'members', [], ''],
    ['#/members/0f%2F1?search=ann&tier=1', 'members', ['0f/1'], 'search=ann&tier=1'],
    ['#/rewards?why=a?b', 'rewards', [], 'why=a%3Fb'],
    ['#/members/50%', 'members', ['50%'], ''],
  ])('%s is a route', (hash, name, path, query) => {
    const route = routeOf(hash);
    expect([route.name, route.path, route.query.toString()]).toEqual([name, path, query]);
  });

  test('leads back to its path, with or without slashes before it', () => {
    expect(hashOf('members/1')).toBe('#/members/1');
    expect(hashOf('#/members/1')).toBe('#/members/1');
  });

  test('filters are the same place, another member is another', () => {
    expect(isSamePlace(routeOf('#/members?tier=1'), routeOf('#/members?tier=2'))).toBe(true);
    expect(isSamePlace(routeOf('#/members/1'), routeOf('#/members/2'))).toBe(false);
  });
});

describe('a session', () => {
  const address = (hash: string) => ({ hash, pathname: '/console/', search: '' });

  test('a key in the address is taken out of it at once', () => {
    const replaced: unknown[] = [];
    const past = { replaceState: (...all: unknown[]) => void replaced.push(all[2]) };
    expect(takeKeyFromAddress(address('#key=lk_0f.1a'), past)).toBe('lk_0f.1a');
    expect(takeKeyFromAddress(address('#key=lk_0f.1a&to=members%2F1'), past)).toBe('lk_0f.1a');
    expect(replaced).toEqual(['/console/', '/console/#/members/1']);
  });

  test('any other address is left alone', () => {
    const past = { replaceState: () => expect.unreachable() };
    expect(takeKeyFromAddress(address('#/members'), past)).toBeNull();
  });

  test('signing out forgets what the console kept, and nothing else', () => {
    const storage = memoryStorage({ theme: 'dark', 'loyalty-console-draft-1': '[]' });
    const session = new Session(storage);
    session.keepKey('lk_1.2');
    session.keepSite('site');
    session.wipe();
    expect([session.key, session.site, storage.length, storage.getItem('theme')]).toEqual([null, null, 1, 'dark']);
  });

  test('works where the browser keeps nothing', () => {
    const session = new Session(null);
    session.keepKey('lk_1.2');
    expect(session.key).toBe('lk_1.2');
    session.wipe();
    expect(session.key).toBeNull();
  });

  test('the key’s own site comes first, by the name that the list has', () => {
    const me = { site: { id: 'b' }, sites: [{ id: 'a', name: 'A' }, { id: 'b', name: 'B' }] } as unknown as WhoAmI;
    expect(sitesOf(me)).toEqual([{ id: 'b', name: 'B' }, { id: 'a', name: 'A' }]);
    expect(sitesOf({ site: { id: 'b' } } as WhoAmI)).toEqual([{ id: 'b' }]);
  });
});

describe('wording', () => {
  const program = { name: 'Star Club', status: 'ACTIVE', pointDefinition: { customName: 'Points' }, updatedDate: '' } as Program;
  const settings = { currency: 'USD', timeZone: 'America/New_York', pointName: {} } as Settings;

  test('points have the forms of the settings, else the name of the program', () => {
    const named = wordingOf(program, { ...settings, pointName: { en: { one: 'Star', other: 'Stars' } } });
    expect([named.points(1), named.points(1200), named.points(-1), named.pointsName]).toEqual(['1 Star', '1,200 Stars', '-1 Star', 'Stars']);
    const custom = wordingOf({ ...program, pointDefinition: { customName: 'Beans' } }, settings);
    expect([custom.points(5), custom.pointsName]).toEqual(['5 Beans', 'Beans']);
    expect(wordingOf(program, settings).points(1)).toBe('1 Point');
  });

  test('amounts are in minor units or decimal text, exactly', () => {
    const { money, amount } = wordingOf(program, settings);
    expect([money(123456), amount('12.5'), amount('9007199254740993.99'), amount('1e3')]).toEqual(['$1,234.56', '$12.50', '9007199254740993.99 USD', '1e3 USD']);
    expect(wordingOf(program, { ...settings, currency: 'JPY' }).amount('500')).toBe('¥500');
  });

  test.each([
    ['12.50', 'USD', 1250],
    ['12', 'USD', 1200],
    ['-0.01', 'USD', -1],
    ['0.005', 'USD', null],
    ['0.500', 'USD', 50],
    ['7', 'JPY', 7],
    ['7.5', 'JPY', null],
    ['1.234', 'KWD', 1234],
    ['', 'USD', null],
    ['twelve', 'USD', null],
  ])('%s %s is %s minor units', (decimal, currency, minor) => {
    expect(minorOf(decimal, currency)).toBe(minor);
  });

  test('dates are those of the program’s calendar', () => {
    const { date, dateTime } = wordingOf(program, settings);
    expect(date('2026-01-01T03:00:00Z')).toBe('Dec 31, 2025');
    expect(date('2026-01-01')).toBe('Jan 1, 2026');
    expect(dateTime('2026-01-01T03:00:00Z')).toBe('Dec 31, 2025, 22:00');
    expect(date('soon')).toBe('');
  });
});
