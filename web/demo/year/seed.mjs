/** Lives a year of a shop with a loyalty program: everything that happens goes through the server, as it would have. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoyaltyApi, LoyaltyUnreachable } from '../store/loyalty-api.mjs';
import { lastWords, startLoyalty } from '../store/loyalty-process.mjs';
import { Figures, Life } from './life.mjs';
import { DAY, peopleOf } from './people.mjs';
import { setUpProgram } from './program.mjs';

/** The server commits together what waits together. */
const AT_ONCE = 16;
/** What happens within so many minutes of a day happens at the time of the first of it: each move of the clock costs a moment. */
const SLOT = 240;
const MINUTE_MS = 60_000;
/** A server that does not answer has ended by then, or is still there. */
const ENDS_WITHIN_MS = 2_000;

/**
 * @typedef {object} YearOptions
 * @property {string} data the folder of the server, without a store yet
 * @property {string} [seed] another one gives other people
 * @property {number} [members] besides the few whom visitors can be
 * @property {number} [days]
 * @property {Date} [until] the end of the history, the server's time from then on; now
 * @property {(share: number) => void} [progress] called with the part that is done, from 0 to 1
 * @property {AbortSignal} [signal] gives up: the year is not whole then
 * @property {string} [binary] the server
 * @property {number} [atOnce] how many requests wait at a time; with 1 the numbers of orders are the same every time too
 */

/**
 * @param {YearOptions} options
 * @returns {Promise<{ figures: Figures, requests: number, seconds: number }>}
 */
export async function seedYear({ data, seed = 'bean and leaf', members = 200, days = 365, until = new Date(), progress = () => undefined, signal, binary, atOnce = AT_ONCE }) {
  const started = performance.now();
  // Whole days, so that the same day gives the same year.
  const end = new Date(Math.floor(until.getTime() / (DAY * MINUTE_MS)) * DAY * MINUTE_MS);
  const start = new Date(end.getTime() - days * DAY * MINUTE_MS);
  const server = await startLoyalty({ ...(binary !== undefined && { binary }), data, clock: start.toISOString(), args: ['--rate-limits', 'off', '--allow-data-loss', 'on'] });
  const api = new LoyaltyApi(server.address, server.keys.backend, { connections: atOnce });
  const clock = new LoyaltyApi(server.address, server.keys.operator, { connections: 1 });
  try {
    const program = await setUpProgram(api, { springEnds: new Date(end.getTime() - (days / 2) * DAY * MINUTE_MS).toISOString() });
    const figures = new Figures();
    const people = peopleOf({ seed, members, days, start });
    const lives = people.map((person, index) => new Life(api, program, person, figures, memberIdOf(`${seed} ${index}`)));
    for (const { minute, doings } of slotsOf(people, days)) {
      signal?.throwIfAborted();
      await clock.post('/dev/v1/clock', { to: new Date(start.getTime() + minute * MINUTE_MS).toISOString() });
      await inTurns([...doings].map(([person, actions]) => () => doAll(/** @type {Life} */ (lives[person]), actions)), atOnce);
      progress(minute / (days * DAY));
    }
    await clock.post('/dev/v1/clock', { to: until.toISOString() });
    progress(1);
    return { figures, requests: api.requests + clock.requests, seconds: (performance.now() - started) / 1000 };
  } catch (error) {
    const end = error instanceof LoyaltyUnreachable ? await Promise.race([server.ended, sleep(ENDS_WITHIN_MS, null, { ref: false })]) : null;
    throw end === null ? error : new Error(lastWords(end), { cause: error });
  } finally {
    api.close();
    clock.close();
    await server.stop();
  }
}

/** @param {Life} life @param {readonly import('./people.mjs').Action[]} actions */
async function doAll(life, actions) {
  for (const action of actions) await life.do(action);
}

/** @typedef {Map<number, import('./people.mjs').Action[]>} Doings what each person does, by index */

/**
 * What is done together, in the order of time; what would be after the end is left for others to see.
 * @param {readonly import('./people.mjs').Person[]} people @param {number} days
 */
function slotsOf(people, days) {
  /** @type {Map<number, { minute: number, doings: Doings }>} */
  const slots = new Map();
  people.forEach(({ actions }, person) => {
    for (const action of actions) {
      if (action.minute >= days * DAY) continue;
      const number = Math.floor(action.minute / SLOT);
      const slot = slots.get(number) ?? { minute: action.minute, doings: new Map() };
      slot.minute = Math.min(slot.minute, action.minute);
      slot.doings.set(person, [...(slot.doings.get(person) ?? []), action]);
      slots.set(number, slot);
    }
  });
  return [...slots.values()].sort((a, b) => a.minute - b.minute);
}

/** So many at a time; the first failure is the failure of all. @param {readonly (() => Promise<void>)[]} works @param {number} atOnce */
async function inTurns(works, atOnce) {
  let next = 0;
  const worker = async () => {
    while (next < works.length) await works[next++]?.();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A GUID of a text, the same every time. @param {string} text */
function memberIdOf(text) {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
