/** The members that a visitor of the demonstration can be: each shows something of the program. */
import { named } from './names.mjs';
import { CHANNELS } from './program.mjs';

const DAY = 24 * 60;
const MORNING = 13 * 60;

/** Whom one can sign in as. The order is the one in which they are offered. */
export const REGULARS = /** @type {const} */ ([
  { ...named('Anna', 'Lindqvist'), about: 'Gold, a large balance, two coupons' },
  { ...named('Sam', 'Rivera'), about: 'Silver, on the way to Gold' },
  { ...named('Tom', 'Becker'), about: 'away for months: points about to expire' },
  { ...named('Lena', 'Park'), about: 'joined yesterday' },
]);

/** @param {import('./people.mjs').Span} span @returns {import('./people.mjs').Person[]} */
export function regulars({ days }) {
  /** A minute of the morning so many days before the end, on each day another one. */
  const before = (/** @type {number} */ ago) => (days - ago) * DAY + MORNING + ((ago * 37) % 190);
  const stories = [anna, sam, tom, lena].map((story) => story(before));
  return REGULARS.map(({ name, email }, index) => {
    const { birthdate, joined, actions } = /** @type {Story} */ (stories[index]);
    const join = Math.max(0, before(joined));
    return { name, email, birthdate, actions: [{ kind: 'join', minute: join }, ...actions.filter((action) => ('order' in action ? action.order.minute : action.minute) >= join)] };
  });
}

/**
 * @typedef {import('./people.mjs').Action} Action
 * @typedef {{ birthdate: string | null, joined: number, actions: Action[] }} Story `joined`: days before the end
 * @typedef {(ago: number) => number} Before
 */

/** @param {number} minute @param {Readonly<Record<string, number>>} goods @param {Partial<import('./people.mjs').OrderAction>} [more] @returns {import('./people.mjs').OrderAction} */
function order(minute, goods, more = {}) {
  return { kind: 'order', minute, basket: new Map(Object.entries(goods)), delivery: 'standard', wish: null, paid: true, ...more };
}

/** So many orders, the same days apart. @param {Before} before @param {{ first: number, every: number, last: number }} rhythm @param {readonly Readonly<Record<string, number>>[]} baskets */
function rhythm(before, { first, every, last }, baskets) {
  const orders = [];
  for (let ago = first; ago >= last; ago -= every) orders.push(order(before(ago), baskets[orders.length % baskets.length] ?? {}));
  return orders;
}

/** @param {Before} before @returns {Story} */
function anna(before) {
  const orders = rhythm(before, { first: 356, every: 19, last: 14 }, [{ espresso: 2 }, { ethiopia: 2, mug: 1 }, { espresso: 1, ethiopia: 2 }]);
  const holiday = order(before(27), { grinder: 1, espresso: 1 }, { wish: { kind: 'points', share: 0.5 } });
  return {
    birthdate: '1988-03-14',
    joined: 358,
    actions: [
      ...orders,
      { kind: 'follow', minute: before(300), channel: CHANNELS[0] ?? '' },
      { kind: 'review', minute: before(240) },
      { kind: 'adjust', minute: before(120), points: 250, why: 'Winner of the photo contest' },
      holiday,
      { kind: 'refund', minute: before(20), order: orders[orders.length - 2] ?? holiday, whole: false },
      { kind: 'review', minute: before(12) },
      { kind: 'redeem', minute: before(9), coupon: 'five' },
      { kind: 'redeem', minute: before(4), coupon: 'shipping' },
      order(before(2), { ethiopia: 1, coldbrew: 1 }, { paid: false }),
    ],
  };
}

/** @param {Before} before @returns {Story} */
function sam(before) {
  return {
    birthdate: '1994-08-02',
    joined: 331,
    actions: [
      ...rhythm(before, { first: 330, every: 46, last: 8 }, [{ espresso: 1, decaf: 1 }, { ethiopia: 2 }]),
      { kind: 'review', minute: before(200) },
      { kind: 'redeem', minute: before(60), coupon: 'five' },
      order(before(33), { ethiopia: 1, dripper: 1 }, { wish: { kind: 'coupon' } }),
    ],
  };
}

/** Nothing for so long that in some days the points are gone. @param {Before} before @returns {Story} */
function tom(before) {
  return { birthdate: null, joined: 300, actions: [order(before(300), { espresso: 1 }), order(before(240), { ethiopia: 2, mug: 1 }), order(before(174), { espresso: 1, dripper: 1 })] };
}

/** @param {Before} before @returns {Story} */
function lena(before) {
  return { birthdate: '1999-11-30', joined: 1, actions: [{ kind: 'follow', minute: before(1) + 20, channel: CHANNELS[1] ?? '' }] };
}
