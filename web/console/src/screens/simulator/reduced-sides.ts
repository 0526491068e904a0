import type { LoyaltyCore } from '../../../../src/core/index.js';
import type { Catalog, Limits } from '../../../../src/documents/index.js';
import { openSide, type Side } from './pricing.js';

/** A limited promotion of which nothing was left. */
export interface UsedUp {
  readonly promotionId: string;
  /** The limit's name in the catalog. */
  readonly limit: keyof Limits | (string & {});
}

/** How many are kept open beside the whole one. */
const KEPT_MAX = 8;

/** The catalog with nothing left of these promotions. */
export function reduced(catalog: Catalog, usedUp: readonly UsedUp[]): Catalog {
  const promotions = (catalog.promotions ?? []).map((promotion) => {
    const limits = usedUp.filter(({ promotionId }) => promotionId === promotion.id).map(({ limit }) => [limit, 0] as const);
    return limits.length === 0 ? promotion : { ...promotion, limits: { ...promotion.limits, ...Object.fromEntries(limits) } };
  });
  return { ...catalog, promotions };
}

/** Rules as orders met them: what was used up for an order when it was priced stays used up when it is priced again. */
export class ReducedSides {
  readonly #core: LoyaltyCore;
  readonly #whole: Side;
  readonly #kept = new Map<string, Side>();

  constructor(core: LoyaltyCore, whole: Side) {
    this.#core = core;
    this.#whole = whole;
  }

  without(usedUp: readonly UsedUp[] = []): Side {
    if (usedUp.length === 0) {
      return this.#whole;
    }
    const key = JSON.stringify(usedUp);
    const known = this.#kept.get(key);
    if (known) {
      return known;
    }
    if (this.#kept.size >= KEPT_MAX) {
      this.close();
    }
    const side = openSide(this.#core, reduced(this.#whole.catalog, usedUp));
    this.#kept.set(key, side);
    return side;
  }

  /** Closes what was opened here; the whole one is somebody else's. */
  close(): void {
    this.#kept.forEach(({ open }) => open.close());
    this.#kept.clear();
  }
}
