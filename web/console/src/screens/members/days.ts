import { instantOf } from '../../rules/zone.js';

/** The instant at which a day of a zone's calendar begins, `after` days later; empty for what is no day. */
export function dayStart(day: string, timeZone: string, after = 0): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) {
    return '';
  }
  date.setUTCDate(date.getUTCDate() + after);
  return instantOf(date.toISOString().slice(0, 16), timeZone) ?? '';
}
