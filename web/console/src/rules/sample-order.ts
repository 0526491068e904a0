import type { Catalog, LoyaltyCore } from '../../../src/core/index.js';

/** What one order earns, decided by the core. */
export interface Earned {
  /** The tier's name. */
  readonly tier: string;
  readonly points: number;
  readonly byRule: readonly { readonly ruleId: string; readonly points: number }[];
}

/** The catalog said no: its sentence is for people who know it. */
export class CatalogRefused extends Error {}

let core: Promise<LoyaltyCore> | null = null;

/** Fetched when first asked for; what failed is asked for again. */
async function theCore(): Promise<LoyaltyCore> {
  core ??= import('../../../src/core/index.js').then(({ loadCore }) => loadCore());
  core.catch(() => (core = null));
  return core;
}

/** Any will do: without promotions nothing depends on it. */
const NOW = '2025-01-01T00:00:00Z';

/**
 * What an order of one line earns under a catalog, for a member of each tier, base tier first. Computed as if the program
 * ran, so that it can be seen before it starts, and without promotions, so that the amount is what was paid. `app` is
 * whose goods they are: `stores`.
 */
export async function sampleOrder(catalog: Catalog, amountMinor: number, app: string, baseTier: string): Promise<readonly Earned[]> {
  const opened = (await theCore()).open({ ...catalog, promotions: [], program: { ...catalog.program, status: 'ACTIVE' } });
  if (!opened.ok) {
    throw new CatalogRefused(opened.error.message);
  }
  const held = opened.value;
  const tiers = catalog.tiersActive ? (catalog.tiers ?? []) : [];
  const levels = [{ name: baseTier }, ...tiers.map(({ id, name }) => ({ tierId: id, name: name ?? id }))];
  try {
    return levels.map(({ name, ...tier }) => {
      const prepared = held.prepare({
        account: { id: 'sample', available: 0, ...tier },
        cart: { currency: catalog.currency, lines: [{ id: 'sample', unitPrice: amountMinor, quantity: 1, tags: [`${app}/sample`] }] },
        intent: {},
        now: NOW,
      });
      if (!prepared.ok) {
        throw new CatalogRefused(prepared.error.message);
      }
      const { points } = prepared.value.quote();
      return { tier: name, points: points.earned, byRule: points.earnedByRule };
    });
  } finally {
    held.close();
  }
}
