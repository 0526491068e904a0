import { decimalsOf, decimalText } from '../../../src/text/currency.js';
import type { EarningRule } from './model.js';

/** So many points for each so many minor units spent. */
export interface Earning {
  readonly points: bigint;
  readonly perMinor: bigint;
}

const PAID_ORDER = 'stores/OrderPaid';
const TENTHS_OF_PERCENT = 1000n;

/**
 * What the active ways to earn give together for money spent, for a tier (undefined: the base tier): those for orders of
 * the store, or where there are none, of the first other kind. Null where nothing is earned by spending.
 */
export function earningOf(rules: readonly EarningRule[], tierId: string | undefined, currency: string): Earning | null {
  const unit = 10n ** BigInt(decimalsOf(currency));
  const spending = rules.filter(({ status, conversionRate }) => status === 'ACTIVE' && conversionRate);
  const trigger = spending.find(({ triggerActivityType }) => triggerActivityType === PAID_ORDER)?.triggerActivityType ?? spending[0]?.triggerActivityType;
  let sum: Earning = { points: 0n, perMinor: 1n };
  for (const { conversionRate, baseAppliesToAll, triggerActivityType } of spending) {
    const configs = conversionRate?.configs ?? [];
    const own = configs.find((config) => config.tierId === tierId) ?? (baseAppliesToAll ? configs.find((config) => config.tierId === undefined) : undefined);
    if (own && triggerActivityType === trigger) {
      const perMinor = BigInt(own.moneyAmount) * unit;
      sum = { points: sum.points * perMinor + BigInt(own.points) * sum.perMinor, perMinor: sum.perMinor * perMinor };
    }
  }
  return sum.points === 0n ? null : sum;
}

/**
 * What of the money spent a reward gives back, in percent with one decimal, rounded half up: "1.0". An estimate for the
 * merchant, before the rounding of single orders; nothing is charged by it. 500 points for 500 cents and 1 point for each
 * 100 cents give "1.0".
 */
export function percentBack(valueMinor: number, cost: number, { points, perMinor }: Earning): string {
  const whole = BigInt(cost) * perMinor;
  const part = BigInt(valueMinor) * points * TENTHS_OF_PERCENT;
  return decimalText(Number((2n * part + whole) / (2n * whole)), 1) ?? '';
}

/** About how many minor units a member spends until so many points are earned, rounded up. */
export function spendFor(cost: number, { points, perMinor }: Earning): number {
  return Number((BigInt(cost) * perMinor + points - 1n) / points);
}
