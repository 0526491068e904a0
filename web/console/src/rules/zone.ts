/** What a `datetime-local` field holds: a minute on a clock, of whichever zone. */
export type LocalTime = string;

const MINUTE = 60_000;

/** Making a formatter costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
    formats.set(timeZone, format);
  }
  return format;
}

function clock(instant: number, timeZone: string): LocalTime {
  const part = Object.fromEntries(formatOf(timeZone).formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part['year']}-${part['month']}-${part['day']}T${part['hour']}:${part['minute']}`;
}

/** What the zone's clocks show then, to the minute; empty where it is no instant. */
export function localOf(instant: string, timeZone: string): LocalTime {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? '' : clock(at, timeZone);
}

/**
 * The instant at which the zone's clocks show a time. Shown twice, as in autumn: the earlier one. Never shown, as in
 * spring: as much later as the clocks jump. Null where it is no time.
 */
export function instantOf(local: LocalTime, timeZone: string): string | null {
  const asUtc = Date.parse(`${local}:00Z`);
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) || Number.isNaN(asUtc)) {
    return null;
  }
  const offsetAt = (instant: number) => Date.parse(`${clock(instant, timeZone)}:00Z`) - Math.floor(instant / MINUTE) * MINUTE;
  // No zone is more than a day from UTC, so the offsets a day before and after are the two that can hold here.
  const day = 1440 * MINUTE;
  const before = offsetAt(asUtc - day);
  const after = offsetAt(asUtc + day);
  const candidates = [asUtc - before, asUtc - after].sort((one, other) => one - other);
  const shown = candidates.find((instant) => clock(instant, timeZone) === local);
  return new Date(shown ?? asUtc - before).toISOString().replace('.000Z', 'Z');
}
