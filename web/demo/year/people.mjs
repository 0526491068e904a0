/** Who the customers are, and everything that they mean to do in the year: decided before it begins, by chance alone. */
import { CHANNELS } from './program.mjs';
import { Random } from './random.mjs';
import { differentNames } from './names.mjs';
import { regulars } from './regulars.mjs';
import { basketOf, bustle, minuteOfDay } from './season.mjs';

export const DAY = 24 * 60;

/**
 * What somebody does. Minutes count from the beginning of the year.
 * `wish`: pay a share of the points, use a coupon that one has, or enter a code, where that is possible then.
 * @typedef {{ kind: 'points', share: number } | { kind: 'coupon' } | { kind: 'code', code: string }} Wish
 * @typedef {{ minute: number } & (
 *   { kind: 'join' } | { kind: 'forget' } | { kind: 'review' } | { kind: 'redeem', coupon: 'five' | 'shipping' | 'equipment' } |
 *   { kind: 'follow', channel: string } | { kind: 'adjust', points: number, why: string } |
 *   OrderAction |
 *   { kind: 'abandon', basket: Map<string, number> } |
 *   { kind: 'pay' | 'cancel', order: OrderAction } | { kind: 'refund', order: OrderAction, whole: boolean })} Action
 * @typedef {{ kind: 'order', minute: number, basket: Map<string, number>, delivery: string, wish: Wish | null, paid: boolean }} OrderAction
 *
 * @typedef {object} Person `null` name and e-mail: a customer who is no member
 * @property {string | null} name @property {string | null} email @property {string | null} birthdate
 * @property {Action[]} actions in the order in which they are done
 */

/**
 * How long a person waits between two orders, in days, and for which part of the time; how many of all are so.
 * @type {readonly (readonly [{ gap: number, lasts: number }, number])[]}
 */
const HABITS = [
  [{ gap: 17, lasts: 1 }, 12],
  [{ gap: 38, lasts: 1 }, 33],
  [{ gap: 85, lasts: 1 }, 30],
  // These forget the shop after a while, and then lose their points.
  [{ gap: 25, lasts: 0.2 }, 25],
];
const STAFF_SAYS = /** @type {const} */ ([
  [100, 'The parcel came late: with our apologies'],
  [250, 'Winner of the photo contest'],
  [50, 'Came to the tasting in the shop'],
  [-60, 'Credited twice by mistake'],
]);
/** One member in so many asks to be forgotten. */
const FORGOTTEN_EVERY = 90;
const GUESTS_SHARE = 0.06;

/**
 * @param {{ seed: string, members: number, days: number, start: Date }} year `start`: midnight UTC
 * @returns {Person[]}
 */
export function peopleOf({ seed, members, days, start }) {
  const names = differentNames(new Random(`${seed} names`), members);
  const customers = names.map((name, index) => member(new Random(`${seed} member ${index}`), name, { days, start }, index));
  const guests = Array.from({ length: Math.ceil(members * GUESTS_SHARE) }, (_, index) => guest(new Random(`${seed} guest ${index}`), { days, start }));
  const people = [...customers, ...guests, ...regulars({ days, start })];
  for (const { actions } of people) actions.sort((a, b) => a.minute - b.minute);
  return people;
}

/** @typedef {{ days: number, start: Date }} Span */

/** @param {Random} random @param {import('./names.mjs').Name} name @param {Span} span @param {number} index @returns {Person} */
function member(random, name, { days, start }, index) {
  const habit = random.weighted(HABITS);
  // A quarter is there from the first fortnight on; the others come by and by.
  const joined = random.chance(0.25) ? random.between(0, Math.min(13, days - 1)) : random.between(0, days - 1);
  const joinedAt = joined * DAY + minuteOfDay(random);
  /** @type {Action[]} */
  const actions = [{ kind: 'join', minute: joinedAt }];
  const last = habit.lasts === 1 ? days : Math.min(days, joined + Math.round(days * habit.lasts * (0.5 + random.next())));
  const forgotten = index % FORGOTTEN_EVERY === FORGOTTEN_EVERY - 1;
  visits(random, { from: joined, to: last, gap: habit.gap, start, first: true }, (minute, day) => {
    // On the first day people join at the checkout.
    const placed = Math.max(minute, joinedAt);
    if (random.chance(0.03)) actions.push({ kind: 'abandon', minute: placed, basket: basketOf(random, day) });
    actions.push(...orderOf(random, placed, day, wishOf(random)));
    if (random.chance(0.22)) actions.push({ kind: 'review', minute: minute + random.between(3, 9) * DAY });
    if (random.chance(0.3)) actions.push({ kind: 'redeem', minute: minute + random.between(1, 12) * DAY, coupon: random.weighted([['five', 5], ['shipping', 3], ['equipment', 2]]) });
  });
  for (const channel of CHANNELS) if (random.chance(0.18)) actions.push({ kind: 'follow', minute: joinedAt + random.between(0, 40) * DAY, channel });
  if (random.chance(0.12)) {
    const [points, why] = random.pick(STAFF_SAYS);
    actions.push({ kind: 'adjust', minute: joinedAt + random.between(5, 120) * DAY, points, why });
  }
  const end = forgotten ? joinedAt + Math.floor((days * DAY - joinedAt) * 0.8) : days * DAY;
  if (forgotten) actions.push({ kind: 'forget', minute: end });
  return { ...name, birthdate: random.chance(0.7) ? birthdate(random) : null, actions: actions.filter(({ minute, kind }) => minute < end || kind === 'forget') };
}

/** @param {Random} random @param {Span} span @returns {Person} */
function guest(random, { days, start }) {
  /** @type {Action[]} */
  const actions = [];
  visits(random, { from: 0, to: days, gap: 30, start, first: false }, (minute, day) => {
    actions.push(...orderOf(random, minute, day, null));
  });
  return { name: null, email: null, birthdate: null, actions };
}

/**
 * The days on which somebody comes: more often when it is busy.
 * @param {Random} random @param {{ from: number, to: number, gap: number, start: Date, first: boolean }} stretch `first`: on the first day too
 * @param {(minute: number, day: Date) => void} come
 */
function visits(random, { from, to, gap, start, first }, come) {
  for (let day = from; day < to; day += 1) {
    const date = new Date(start.getTime() + day * DAY * 60_000);
    const comes = random.chance(bustle(date) / gap) || (first && day === from && random.chance(0.75));
    if (comes) come(day * DAY + minuteOfDay(random), date);
  }
}

/** An order, and what becomes of it. @param {Random} random @param {number} minute @param {Date} day @param {Wish | null} wish @returns {Action[]} */
function orderOf(random, minute, day, wish) {
  /** @type {OrderAction} */
  const order = {
    kind: 'order',
    minute,
    basket: basketOf(random, day),
    delivery: random.chance(0.15) ? 'express' : 'standard',
    wish,
    paid: random.chance(0.85),
  };
  const later = (/** @type {number} */ least, /** @type {number} */ most) => minute + random.between(least, most) * DAY;
  const fate = random.weighted([['kept', 90], ['canceled', 3], ['sent back', 3], ['a part sent back', 4]]);
  if (fate === 'canceled') return [order, { kind: 'cancel', minute: later(0, 1) + 30, order }];
  /** @type {Action[]} */
  const actions = [order];
  if (!order.paid) actions.push({ kind: 'pay', minute: later(2, 5), order });
  if (fate !== 'kept') actions.push({ kind: 'refund', minute: later(6, 16), order, whole: fate === 'sent back' });
  return actions;
}

/** @param {Random} random @returns {Wish | null} */
function wishOf(random) {
  const kind = random.weighted([['nothing', 35], ['points', 30], ['coupon', 28], ['code', 7]]);
  if (kind === 'points') return { kind, share: random.pick([0.3, 0.5, 0.8, 1]) };
  if (kind === 'coupon') return { kind };
  return kind === 'code' ? { kind, code: random.weighted([['SUMMER', 3], ['HELLO', 2], ['SPRING', 1]]) } : null;
}

/** @param {Random} random */
function birthdate(random) {
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${random.between(1950, 2004)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
}
