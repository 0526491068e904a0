/** Chance that can be had again: the same seed gives the same numbers on every machine. */

/** 32 bits of a text (FNV-1a), to begin with. @param {string} text */
function hashed(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** One stream of numbers (mulberry32). Streams of different seeds have nothing to do with each other. */
export class Random {
  #state;

  /** @param {string} seed */
  constructor(seed) {
    this.#state = hashed(seed);
  }

  /** At least 0, less than 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. @param {number} least @param {number} most */
  between(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True so often of 1. @param {number} probability */
  chance(probability) {
    return this.next() < probability;
  }

  /** @template T @param {readonly T[]} items @returns {T} */
  pick(items) {
    return /** @type {T} */ (items[Math.floor(this.next() * items.length)]);
  }

  /** One of them, the heavier the likelier. @template T @param {readonly (readonly [T, number])[]} weighted @returns {T} */
  weighted(weighted) {
    const all = weighted.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.next() * all;
    for (const [item, weight] of weighted) {
      left -= weight;
      if (left < 0) return item;
    }
    return /** @type {readonly [T, number]} */ (weighted[weighted.length - 1])[0];
  }
}
