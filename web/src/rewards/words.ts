import { formatInstant, isolate, isolateAmount } from '../text/format.js';
import type { Messages } from '../text/messages.js';
import { createWords, type Words, type WordsOptions } from '../text/words.js';
import type { PageArguments, PageKey, PageOverrides, PageTexts } from './texts.js';

/** All that the page says, in one language. */
export interface PageWords extends Omit<Words, 'say'> {
  say<Key extends PageKey>(key: Key, ...values: PageArguments<Key>): string;
  /** What is said of a refusal. */
  reason(code: string): string;
  /** A change of points: "+107", "-500". */
  signed(points: number): string;
  /** A date of the program's own, `YYYY-MM-DD`. */
  date(day: string): string;
  /** The day of an instant on the program's clock. */
  dayOfStore(instant: string): string;
  /** The name of the program's clock where the reader's shows another day or hour; else null. */
  readonly zone: string | null;
}

export interface PageWordsOptions extends Omit<WordsOptions, 'messages' | 'overrides'> {
  readonly texts: PageTexts;
  readonly overrides?: PageOverrides;
}

function foreignZone(locale: string, timeZone: string): string | null {
  const now = Date.now();
  if (formatInstant(now, 'time', locale, timeZone) === formatInstant(now, 'time', locale, timeZone, timeZone)) {
    return null;
  }
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

export function createPageWords({ texts, overrides, ...options }: PageWordsOptions): PageWords {
  const { locale, timeZone = 'UTC' } = options;
  // The same filling in and choosing of plural forms, of another table.
  const words = createWords({ ...options, messages: texts as unknown as Messages, ...(overrides && { overrides }) });
  const say = words.say as unknown as PageWords['say'];
  const change = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });
  let zone: string | null | undefined;
  return {
    ...words,
    say,
    reason: (code) => say(`reason_${code}` in texts ? (`reason_${code}` as 'reason_other') : 'reason_other'),
    signed: (points) => isolateAmount(change.format(points)),
    date: (day) => isolate(formatInstant(day, 'day', locale, 'UTC', 'UTC')),
    dayOfStore: (instant) => isolate(formatInstant(instant, 'day', locale, timeZone, timeZone)),
    get zone() {
      return (zone ??= foreignZone(locale, timeZone));
    },
  };
}
