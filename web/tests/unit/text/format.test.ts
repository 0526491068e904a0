import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decimalsOf, decimalText } from '../../../src/text/currency.js';
import { formatInstant, formatMoney, formatPercent, isolateAmount, withoutIsolates } from '../../../src/text/format.js';

describe('amounts', () => {
  it.each([
    [1205, 'USD', 'en', '', '$12.05'],
    [5, 'USD', 'en', '', '$0.05'],
    [1205, 'JPY', 'en', '', '¥1,205'],
    [1205, 'JPY', 'ja', '', '￥1,205'],
    [1205, 'KWD', 'en', '', 'KWD\u00a01.205'],
    [120500, 'EUR', 'de', '', '1.205,00\u00a0€'],
    [1205, 'USD', 'en', '-', '-$12.05'],
    [0, 'USD', 'en', '-', '$0.00'],
    [-1205, 'USD', 'en', '', '-$12.05'],
    [120500, 'HUF', 'hu', '', '1205,00\u00a0Ft'],
    [120500, 'CLF', 'en', '', 'CLF\u00a012.0500'],
  ] as const)('%d minor units of %s in %s%s', (minor, currency, locale, sign, text) => {
    expect(formatMoney(minor, currency, locale, sign)).toBe(text);
  });

  it('the largest amounts lose no digit', () => {
    expect(formatMoney(Number.MAX_SAFE_INTEGER, 'USD', 'en')).toBe('$90,071,992,547,409.91');
    expect(formatMoney(999_999_999_999_99, 'KWD', 'en')).toBe('KWD\u00a099,999,999,999.999');
  });

  it.each([NaN, 10.5, Infinity, 2 ** 60])('%d is no amount and has no text', (broken) => {
    expect(formatMoney(broken, 'USD', 'en')).toBe('');
  });

  it('decimal text is exact for any number of decimals', () => {
    expect(decimalText(-7, 3)).toBe('-0.007');
    expect(decimalText(1000, 0)).toBe('1000');
  });

  it('in Arabic the order of sign, number and symbol survives right-to-left text', () => {
    const text = isolateAmount(formatMoney(1205, 'USD', 'ar', '-'));
    expect(text.startsWith('\u2066')).toBe(true);
    expect(text).not.toMatch(/[\u200e\u200f\u061c]/);
    const dirhams = isolateAmount(formatMoney(1205, 'AED', 'ar'));
    expect(dirhams.startsWith('\u2067')).toBe(true);
    expect(withoutIsolates(dirhams)).not.toMatch(/[\u2066-\u2069]/);
  });

  it('minor units stand for as many decimals as in the core', () => {
    const source = readFileSync(new URL('../../../../core/money/currency.cpp', import.meta.url), 'utf8');
    // The core's table: a digit holds for the codes behind it.
    const table = source.slice(source.indexOf('currencies ='));
    let decimals = NaN;
    const all = [...table.slice(0, table.indexOf(';')).matchAll(/(\d):|\b([A-Z]{3})\b/g)].flatMap(([, digit, code]) => {
      decimals = digit === undefined ? decimals : Number(digit);
      return code === undefined ? [] : [[code, decimals] as const];
    });
    expect(all.length).toBeGreaterThan(150);
    for (const [code, count] of all) {
      expect([code, decimalsOf(code)]).toEqual([code, count]);
    }
  });
});

describe('other numbers', () => {
  it.each([
    [125_000, 'en', '12.5%'],
    [125_000, 'de', '12,5\u00a0%'],
    [190_000, 'en', '19%'],
    [33_333, 'en', '3.3333%'],
  ])('%d parts per million in %s', (ppm, locale, text) => {
    expect(formatPercent(ppm, locale)).toBe(text);
  });
});

describe('instants', () => {
  it("days are the shop's, and the zone is named where the reader's clock differs", () => {
    const midnight = '2025-11-01T03:30:00Z';
    expect(formatInstant(midnight, 'day', 'en', 'America/New_York', 'America/New_York')).toContain('Oct 31');
    expect(formatInstant(midnight, 'day', 'en', 'America/New_York', 'America/New_York')).not.toMatch(/E[SD]T/);
    expect(formatInstant(midnight, 'day', 'en', 'America/New_York', 'Europe/Berlin')).toMatch(/Oct 31.*EDT/);
  });

  it('zones with another name and the same clock are not named', () => {
    expect(formatInstant('2025-11-20T10:00:00Z', 'time', 'en-GB', 'Europe/Berlin', 'Europe/Vienna')).toBe('11:00');
  });

  it('what is no instant has no text', () => {
    expect(formatInstant('soon', 'day', 'en', 'UTC')).toBe('');
  });
});
