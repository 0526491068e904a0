import { describe, expect, it } from 'vitest';
import { withoutIsolates } from '../../../src/text/format.js';
import { createWords, loadMessages, usableLocale } from '../../../src/text/words.js';

const names = {
  en: { one: 'Star', other: 'Stars' },
  pl: { one: 'gwiazdka', few: 'gwiazdki', many: 'gwiazdek', other: 'gwiazdki' },
  ar: { zero: 'نجمة', one: 'نجمة', two: 'نجمتان', few: 'نجوم', many: 'نجمةً', other: 'نجمة' },
  ja: 'スター',
};
const points = (locale: string, count: number, pointName: object = names) =>
  withoutIsolates(createWords({ locale, pointName: pointName as never }).points(count)).replace(/\u00a0/g, ' ');

describe('names of points', () => {
  it.each([
    ['en', 1, '1 Star'],
    ['en', 1200, '1,200 Stars'],
    ['pl', 1, '1 gwiazdka'],
    ['pl', 2, '2 gwiazdki'],
    ['pl', 5, '5 gwiazdek'],
    ['pl', 22, '22 gwiazdki'],
    ['pl', 112, '112 gwiazdek'],
    ['ja', 1250, '1,250スター'],
    ['de-AT', 1200, '1 200 Stars'],
  ])('%s: %d', (locale, count, text) => {
    expect(points(locale, count)).toBe(text);
  });

  it.each([
    [0, 'نجمة'],
    [2, 'نجمتان'],
    [3, 'نجوم'],
    [11, 'نجمةً'],
    [100, 'نجمة'],
  ])('ar: %d takes its own form', (count, form) => {
    expect(points('ar', count).endsWith(` ${form}`)).toBe(true);
  });

  it('a single name stands beside the number without agreeing, where the language would have it agree', () => {
    expect(points('en', 1, { en: 'Punkte' })).toBe('1 · Punkte');
  });
});

describe('texts', () => {
  it('replaced texts win, and others stay', async () => {
    const words = createWords({ locale: 'en', messages: await loadMessages('en'), overrides: { apply: 'Use it' } });
    expect([words.say('apply'), words.say('remove')]).toEqual(['Use it', 'Remove']);
  });

  it('counted goods take the plural of the language', async () => {
    const words = createWords({ locale: 'pl', messages: await loadMessages('pl-PL') });
    const count = (n: number) => withoutIsolates(words.say('fixQuantity', { count: n }));
    expect([count(1), count(2), count(5)]).toEqual(['Dodaj 1 produkt', 'Dodaj 2 produkty', 'Dodaj 5 produktów']);
  });

  it('languages that there are no texts for are English, with their own numbers', async () => {
    const words = createWords({ locale: 'fr', messages: await loadMessages('fr'), currency: 'EUR' });
    expect(words.say('apply')).toBe('Apply');
    expect(withoutIsolates(words.money(1205))).toBe('12,05\u00a0€');
  });

  it('a broken language tag breaks nothing', () => {
    expect([usableLocale('not a tag!'), usableLocale(''), usableLocale(null), usableLocale('de-at')]).toEqual(['en', 'en', 'en', 'de-AT']);
  });

  it('right-to-left languages say so', () => {
    expect([createWords({ locale: 'ar-EG' }).direction, createWords({ locale: 'de' }).direction]).toEqual(['rtl', 'ltr']);
  });

  it('tags are names where they can be read, else nothing is made up', () => {
    const words = createWords({ locale: 'en' });
    expect(withoutIsolates(words.scope({ include: ['stores/collection:running-shoes', 'stores/collection:bags'] })!)).toBe('running shoes or bags');
    expect(words.scope({ include: ['stores/product:p1'] })).toBeNull();
    expect(words.scope({ exclude: ['stores/collection:sale'] })).toBeNull();
    const named = createWords({ locale: 'en', formatters: { tag: () => 'Summer shoes' } });
    expect(withoutIsolates(named.scope({ include: ['stores/product:p1'] })!)).toBe('Summer shoes');
  });
});
