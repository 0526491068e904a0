/** When people buy coffee, and what: more before the holidays and in summer, and on the days after roasting. */
const OF_MONTH = [0.75, 0.8, 0.9, 0.95, 1, 1.15, 1.25, 1.1, 0.95, 1, 1.3, 1.9];
const OF_WEEKDAY = [0.75, 0.95, 1.1, 1.3, 1.1, 0.95, 0.85];
/** Minutes from midnight UTC to 7 in the morning of New York, about: nobody here orders at night. */
const SHOP_OPENS = 12 * 60;
const SHOP_IS_OPEN_FOR = 11 * 60;

const COFFEES = ['espresso', 'ethiopia', 'decaf', 'coldbrew'];

/** How busy a day is; 1 on an ordinary one. @param {Date} day */
export function bustle(day) {
  return (OF_MONTH[day.getUTCMonth()] ?? 1) * (OF_WEEKDAY[day.getUTCDay()] ?? 1);
}

/** A minute of the day, in UTC, at which somebody orders. @param {import('./random.mjs').Random} random */
export function minuteOfDay(random) {
  return SHOP_OPENS + random.between(0, SHOP_IS_OPEN_FOR);
}

/** What somebody buys on that day: quantities by product. @param {import('./random.mjs').Random} random @param {Date} day */
export function basketOf(random, day) {
  const month = day.getUTCMonth();
  const isSummer = month >= 5 && month <= 7;
  const isGiftTime = month >= 10;
  /** @type {(readonly [string, number])[]} */
  const goods = [
    ['espresso', 5],
    ['ethiopia', 6],
    ['decaf', 2],
    ['coldbrew', isSummer ? 8 : 1],
    ['dripper', 1],
    ['mug', isGiftTime ? 3 : 1],
    ['kettle', isGiftTime ? 1 : 0.4],
    ['grinder', isGiftTime ? 0.8 : 0.25],
    ['giftcard', isGiftTime ? 2 : 0.3],
  ];
  /** @type {Map<string, number>} */
  const basket = new Map();
  const lines = random.weighted([[1, 5], [2, 4], [3, 2]]);
  for (let line = 0; line < lines; line += 1) {
    const product = random.weighted(goods);
    const more = COFFEES.includes(product) ? random.weighted([[1, 5], [2, 3], [3, 2]]) : 1;
    basket.set(product, (basket.get(product) ?? 0) + more);
  }
  return basket;
}
