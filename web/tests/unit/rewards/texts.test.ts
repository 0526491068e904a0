import { describe, expect, it } from 'vitest';
import { rewardsEn } from '../../../src/text/locales/rewards/rewards-en.js';
import { loadPageTexts, type PageKey } from '../../../src/rewards/texts.js';
import { createPageWords } from '../../../src/rewards/words.js';
import type { Message } from '../../../src/text/messages.js';

const keys = Object.keys(rewardsEn) as PageKey[];
const textsOf = (message: Message): string[] => (typeof message === 'string' ? [message] : Object.values(message));
const slotsOf = (text: string) => new Set(text.match(/\{\w+\}/g));

describe.each(['en', 'de', 'pl', 'ar', 'ja'])('%s', (locale) => {
  it('has every text, filled in with what the English one is', async () => {
    const texts = await loadPageTexts(locale);
    expect(Object.keys(texts).sort()).toEqual([...keys].sort());
    for (const key of keys) {
      const wanted = new Set(textsOf(rewardsEn[key]).flatMap((text) => [...slotsOf(text)]));
      for (const text of textsOf(texts[key])) {
        expect(text.trim(), key).not.toBe('');
        // A count may be spoken in words; everything else must be shown.
        const missing = [...wanted].filter((slot) => slot !== '{count}' && !slotsOf(text).has(slot));
        expect([missing, [...slotsOf(text)].filter((slot) => !wanted.has(slot))], `${key}: ${text}`).toEqual([[], []]);
      }
    }
  });

  it('has a form for each plural of the language where it counts', async () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const message of Object.values(await loadPageTexts(locale))) {
      if (typeof message !== 'string') expect(Object.keys(message).sort()).toEqual([...forms].sort());
    }
  });
});

it('is not English where it is another language', async () => {
  for (const locale of ['de', 'pl', 'ar', 'ja']) {
    const texts = await loadPageTexts(locale);
    expect(keys.filter((key) => key !== 'rate' && JSON.stringify(texts[key]) === JSON.stringify(rewardsEn[key]))).toEqual([]);
  }
});

it('never calls anything or anybody invalid or wrong', () => {
  expect(Object.values(rewardsEn).flatMap(textsOf).join(' ')).not.toMatch(/invalid|wrong|illegal|failed|error|must|hurry/i);
});

it('formats dates of the program as they are, and changes with their sign', async () => {
  const words = createPageWords({ locale: 'en', texts: await loadPageTexts('en'), timeZone: 'America/New_York', currency: 'USD' });
  expect(words.date('2019-12-01')).toContain('Dec 1, 2019');
  expect(words.dayOfStore('2019-12-01T04:59:00Z')).toContain('Nov 30, 2019');
  expect([words.signed(107), words.signed(-500), words.signed(0)].map((text) => text.replace(/[\u2066-\u2069]/g, ''))).toEqual(['+107', '-500', '0']);
  expect(words.reason('REWARD_NOT_ACTIVE')).toBe(rewardsEn.reason_REWARD_NOT_ACTIVE);
  expect(words.reason('SOMETHING_NEW')).toBe(rewardsEn.reason_other);
});
