// Exact whole-number arithmetic on JavaScript numbers. Products beyond 2^53 go through BigInt.

/** floor(a × b ÷ divisor) for whole numbers of at least 0. */
export function mulDivFloor(a, b, divisor) {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) {
    return Math.floor(product / divisor);
  }
  return Number((BigInt(a) * BigInt(b)) / BigInt(divisor));
}

/** ceil(a × b ÷ divisor). */
export function mulDivCeil(a, b, divisor) {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER - divisor) {
    return Math.floor((product + divisor - 1) / divisor);
  }
  return Number((BigInt(a) * BigInt(b) + BigInt(divisor - 1)) / BigInt(divisor));
}

/** a × b ÷ divisor, rounded half up. */
export function mulDivHalfUp(a, b, divisor) {
  const product = a * b;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const quotient = Math.floor(product / divisor);
    const remainder = product - quotient * divisor;
    return remainder * 2 >= divisor ? quotient + 1 : quotient;
  }
  const wide = BigInt(divisor);
  return Number((BigInt(a) * BigInt(b) * 2n + wide) / (wide * 2n));
}

/**
 * Splits whole amounts in proportion to weights by largest remainder, ties to the earlier piece.
 * Keeps its scratch from split to split.
 */
export class Splitter {
  #remainders;
  #order;

  constructor(piecesMax) {
    this.#remainders = new Float64Array(piecesMax);
    this.#order = new Uint16Array(piecesMax);
  }

  /** Writes shares[i] for the `count` pieces; `sum` is the sum of the weights, `total` at most that. */
  split(total, weights, count, sum, shares) {
    const remainders = this.#remainders;
    let leftover = total;
    if (total * sum <= Number.MAX_SAFE_INTEGER) {
      for (let i = 0; i < count; ++i) {
        const product = total * weights[i];
        const share = Math.floor(product / sum);
        shares[i] = share;
        remainders[i] = product - share * sum;
        leftover -= share;
      }
    } else {
      const wideTotal = BigInt(total);
      const wideSum = BigInt(sum);
      for (let i = 0; i < count; ++i) {
        const product = wideTotal * BigInt(weights[i]);
        const share = product / wideSum;
        shares[i] = Number(share);
        remainders[i] = Number(product - share * wideSum);
        leftover -= shares[i];
      }
    }
    if (leftover > 0) {
      this.#giveLeftover(leftover, count, shares);
    }
  }

  #giveLeftover(leftover, count, shares) {
    const remainders = this.#remainders;
    if (leftover <= 8) {
      // A few: taking the largest again and again is cheaper than sorting.
      for (; leftover > 0; --leftover) {
        let largest = 0;
        for (let i = 1; i < count; ++i) {
          if (remainders[i] > remainders[largest]) {
            largest = i;
          }
        }
        shares[largest] += 1;
        remainders[largest] = -1;
      }
      return;
    }
    const order = this.#order;
    for (let i = 0; i < count; ++i) {
      order[i] = i;
    }
    selectLargest(order, count, leftover, remainders);
    for (let i = 0; i < leftover; ++i) {
      shares[order[i]] += 1;
    }
  }
}

/** Moves the `wanted` indices of the largest values to the front (quickselect; ties: lower index first). */
function selectLargest(order, count, wanted, values) {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = order[(from + to) >> 1];
    const pivotValue = values[pivot];
    let left = from;
    let right = to;
    while (left <= right) {
      while (values[order[left]] > pivotValue || (values[order[left]] === pivotValue && order[left] < pivot)) {
        ++left;
      }
      while (values[order[right]] < pivotValue || (values[order[right]] === pivotValue && order[right] > pivot)) {
        --right;
      }
      if (left <= right) {
        const swapped = order[left];
        order[left++] = order[right];
        order[right--] = swapped;
      }
    }
    if (wanted - 1 <= right) {
      to = right;
    } else if (wanted - 1 >= left) {
      from = left;
    } else {
      return;
    }
  }
}
