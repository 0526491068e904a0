import { describe, expect, it } from 'vitest';
import { en } from '../../../src/text/locales/en.js';
import type { Message, MessageKey, Messages } from '../../../src/text/messages.js';
import { loadAllMessages } from '../../../src/text/all-messages.js';

const keys = Object.keys(en) as MessageKey[];
const textsOf = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const slotsOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(['en', 'de', 'pl', 'ar', 'ja'])('%s', (locale) => {
  const messages = (): Promise<Messages> => loadAllMessages(locale);

  it('has every text, and none that nobody says', async () => {
    expect(Object.keys(await messages()).sort()).toEqual([...keys].sort());
  });

  it('uses what the English text is filled in with, and nothing else', async () => {
    const bundle = await messages();
    for (const key of keys) {
      const english = new Set(textsOf(en[key]).flatMap(slotsOf));
      for (const text of textsOf(bundle[key])) {
        expect(text.trim(), key).not.toBe('');
        for (const slot of slotsOf(text)) {
          expect(english, `${key}: ${text}`).toContain(slot);
        }
        // A count may be spoken in words ("two items"), everything else must be shown.
        const shown = new Set(slotsOf(text));
        expect([...english].filter((slot) => slot !== '{count}' && !shown.has(slot)), `${key}: ${text}`).toEqual([]);
      }
    }
  });

  it('has a form for each plural of the language where it counts', async () => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const message of Object.values(await messages())) {
      if (typeof message !== 'string') {
        expect(Object.keys(message).sort()).toEqual([...forms].sort());
      }
    }
  });
});

it('is not English where it is another language', async () => {
  for (const locale of ['de', 'pl', 'ar', 'ja']) {
    const bundle = await loadAllMessages(locale);
    const same = keys.filter((key) => JSON.stringify(bundle[key]) === JSON.stringify(en[key]));
    expect(same.filter((key) => key !== 'code' && key !== 'rate' && key !== 'ofScope')).toEqual([]);
  }
});

it('never calls anything or anybody invalid or wrong', () => {
  expect(Object.values(en).flatMap(textsOf).join(' ')).not.toMatch(/invalid|wrong|illegal|failed|error|must|hurry/i);
});
