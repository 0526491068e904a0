import type { Cart } from '../../src/documents/index.js';
import { cart } from '../../tests/browser/harness/sample.js';

const first = cart.lines[0]!;

/** Ten lines, as a large order has. */
export const largeCart: Cart = {
  ...cart,
  lines: Array.from({ length: 10 }, (_, at) => ({
    ...(cart.lines[at % cart.lines.length] ?? first),
    id: `line-${at}`,
    quantity: 1 + (at % 3),
  })),
};
