/**
 * How many decimals the core's minor units stand for, per currency. The core decides amounts by this table,
 * so it is used here too: what a browser believes (`Intl` defaults) may differ from it.
 */
const DECIMALS: readonly (readonly [number, string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

/** Decimals of a currency's minor unit; two where nothing else is known. */
export function decimalsOf(currency: string): number {
  return DECIMALS.find(([, codes]) => codes.includes(currency))?.[0] ?? 2;
}

/**
 * An integer of minor units as decimal text, digit by digit: `-1205` with two decimals is `-12.05`.
 * Anything that is no safe integer has no text, so that a wrong amount cannot be shown.
 */
export function decimalText(minor: number, decimals: number): string | null {
  if (!Number.isSafeInteger(minor)) {
    return null;
  }
  const digits = String(minor).replace('-', '').padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const sign = minor < 0 ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}
