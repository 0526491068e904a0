import type { LoyaltyCore, OpenCatalog } from '../../../../src/core/index.js';
import type { Account, Catalog, NearMiss, Quote } from '../../../../src/documents/index.js';
import type { Case } from './case.js';

/** Rules that are open in the core. */
export interface Side {
  readonly catalog: Catalog;
  readonly open: OpenCatalog;
}

/** A price with everything that is known about it, or why there is none. */
export type Pricing = { readonly ok: true; readonly quote: Quote; readonly nearMisses: readonly NearMiss[] } | { readonly ok: false; readonly problem: string };

/** Opens a catalog; throws with the core's sentence where it refuses it. */
export function openSide(core: LoyaltyCore, catalog: Catalog): Side {
  const opened = core.open(catalog);
  if (!opened.ok) {
    throw new Error(`The core refuses these rules: ${opened.error.message} (${opened.error.path || 'the whole document'})`);
  }
  return { catalog, open: opened.value };
}

/** A member of a tier that a catalog does not have is in its base tier there. */
export function accountFor(catalog: Catalog, account: Account | null): Account | null {
  if (account?.tierId === undefined || catalog.tiers?.some(({ id }) => id === account.tierId)) {
    return account;
  }
  const { tierId: _, ...others } = account;
  return others;
}

/** The case as the core takes it with a catalog. */
export const questionOf = ({ catalog }: Side, { account, cart, intent, now, resolved }: Case) => ({
  account: accountFor(catalog, account),
  cart,
  intent,
  now,
  ...(resolved && { resolved }),
});

/** Prices a case with its steps and near misses. */
export async function priceCase(side: Side, one: Case): Promise<Pricing> {
  const prepared = side.open.prepare(questionOf(side, one));
  if (!prepared.ok) {
    const { message, path } = prepared.error;
    return { ok: false, problem: `The core cannot price this: ${message}${path ? ` (${path})` : ''}` };
  }
  const checkout = prepared.value;
  try {
    return { ok: true, quote: await checkout.explain(), nearMisses: await checkout.nearMisses() };
  } finally {
    checkout.close();
  }
}
