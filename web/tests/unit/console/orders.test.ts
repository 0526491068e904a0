import { describe, expect, it } from 'vitest';
import { addressOf, filterOf } from '../../../console/src/records/orders.js';
import { faultsOf, linesOf } from '../../../console/src/screens/orders/refund-form.js';

const line = (id: string, quantity: number, returned: number) => ({ id, quantity, returned, subtotal: 0, discount: 0, net: 0, tax: 0 });

describe('the list of orders', () => {
  it('keeps what is chosen in the address', () => {
    const filter = filterOf(new URLSearchParams('search=1001&status=PAID&from=2026-01-01'));
    expect(addressOf(filter)).toBe('orders?search=1001&status=PAID&from=2026-01-01');
    expect(addressOf(filterOf(new URLSearchParams()))).toBe('orders');
  });
});

describe('a refund', () => {
  const lines = [line('1', 2, 1), line('2', 3, 0)];

  it('takes back no more units than there are, and at least one', () => {
    expect(faultsOf({ '1': '2', '2': '' }, lines)).toEqual({ '1': 'Enter a number from 0 to 1.' });
    expect(faultsOf({ '1': '0', '2': '' }, lines)).toEqual({ '1': 'Say of at least one line how many units come back.' });
    expect(faultsOf({ '1': '1', '2': '3' }, lines)).toEqual({});
    expect(faultsOf({ '1': 'x', '2': '' }, lines)['1']).toMatch(/whole number/);
  });

  it('names only lines with units', () => {
    expect(linesOf({ '1': '1', '2': '0' })).toEqual([{ id: '1', quantity: 1 }]);
  });
});
