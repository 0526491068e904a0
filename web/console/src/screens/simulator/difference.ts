// The only place of the console that subtracts or adds amounts: whole numbers that the core has computed.

function exact(value: number): number {
  if (!Number.isSafeInteger(value)) {
    throw new RangeError('This is no whole number that can be shown exactly.');
  }
  return value === 0 ? 0 : value;
}

/** How much more the second is than the first. */
export const difference = (from: number, to: number): number => exact(exact(to) - exact(from));

/** The sum of whole numbers. */
export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => exact(sum + exact(value)), 0);

/** A difference as written, with its sign: "+$1.20", "-$0.50", "same". */
export function signed(value: number, write: (value: number) => string): string {
  return value === 0 ? 'same' : value > 0 ? `+${write(value)}` : write(value);
}
