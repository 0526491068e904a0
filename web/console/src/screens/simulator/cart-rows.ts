import type { CheckoutCart } from '../../../../src/checkout/index.js';
import { decimalsOf, decimalText } from '../../../../src/text/currency.js';
import { minorOf } from '../../app/wording.js';
import { faultOfAmount, faultOfNumber, wholeNumber } from '../../kit/checks.js';

/** A line of the cart as it is typed. */
export interface CartRow {
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly quantity: string;
  /** With commas between them. */
  readonly tags: string;
}

export interface CartTexts {
  readonly rows: readonly CartRow[];
  /** The price of the delivery; empty: there is none. */
  readonly shipping: string;
}

export type CartFaults = Readonly<Record<string, string>>;

const QUANTITY_MAX = 1_000_000;
const STANDARD = 'standard';

export const amountText = (minor: number, currency: string): string => decimalText(minor, decimalsOf(currency)) ?? '';

export function textsOf(cart: CheckoutCart): CartTexts {
  const [delivery] = cart.shipping ?? [];
  return {
    rows: cart.lines.map((line) => ({
      id: line.id,
      name: line.name ?? '',
      price: amountText(line.unitPrice, cart.currency),
      quantity: String(line.quantity),
      tags: (line.tags ?? []).join(', '),
    })),
    shipping: delivery ? amountText(delivery.price, cart.currency) : '',
  };
}

/** An id that no row has. */
export function freshId(rows: readonly CartRow[]): string {
  const numbers = rows.map(({ id }) => Number(id)).filter(Number.isSafeInteger);
  return String(Math.max(0, ...numbers) + 1);
}

const tagsOf = (text: string): readonly string[] => [...new Set(text.split(',').map((tag) => tag.trim()).filter(Boolean))];

/** What is wrong with what was typed, by `<row>-<field>`; nothing: it is a cart. */
export function faultsOf({ rows, shipping }: CartTexts, currency: string): CartFaults {
  const faults: Record<string, string> = {};
  const note = (place: string, fault: string | undefined) => {
    if (fault !== undefined) {
      faults[place] = fault;
    }
  };
  for (const row of rows) {
    note(`${row.id}-price`, faultOfAmount(row.price, currency));
    note(`${row.id}-quantity`, faultOfNumber(row.quantity, 1, QUANTITY_MAX));
  }
  if (shipping.trim() !== '') {
    note('shipping', faultOfAmount(shipping, currency));
  }
  return faults;
}

/** The cart of what was typed, which must have no faults. What the texts do not show (tax, delivery tags) stays as it was. */
export function cartOf({ rows, shipping }: CartTexts, before: CheckoutCart): CheckoutCart {
  const { shipping: deliveries, ...rest } = before;
  const [delivery, ...more] = deliveries ?? [];
  const price = shipping.trim() === '' ? null : minorOf(shipping, before.currency);
  return {
    ...rest,
    lines: rows.map((row) => {
      const { name: _, tags: __, ...line } = before.lines.find(({ id }) => id === row.id) ?? { id: row.id };
      const tags = tagsOf(row.tags);
      return {
        ...line,
        unitPrice: minorOf(row.price, before.currency) as number,
        quantity: wholeNumber(row.quantity) as number,
        ...(row.name.trim() && { name: row.name.trim() }),
        ...(tags.length > 0 && { tags }),
      };
    }),
    ...(price !== null && { shipping: [{ ...(delivery ?? { id: STANDARD }), price }, ...more] }),
  };
}
