import type { Account, Cart, Catalog, Promotion, Source } from '../../../src/documents/index.js';

/** What a quote is about, as far as it is known: names stand in the catalog, with the member, in the cart. */
export interface Named {
  readonly catalogs: readonly Catalog[];
  readonly account?: Account | null | undefined;
  readonly cart?: (Cart & { readonly lines: readonly { readonly id: string; readonly name?: string }[] }) | null | undefined;
  readonly resolved?: readonly Promotion[] | undefined;
  /** What the base tier is called. */
  readonly baseTier?: string;
}

/** Names of what the ids in a quote mean. What is gone since has a name that says so. */
export interface Naming {
  /** A reward, promotion, coupon, entered code or referral reward. */
  candidate(id: string, source?: Source): string;
  /** An earning rule. */
  rule(id: string): string;
  tier(id: string | undefined): string;
  /** A line of the cart, a delivery method or a wallet. */
  line(id: string): string;
}

const KINDS: Readonly<Record<Source, string>> = {
  promotion: 'promotion',
  code: 'code',
  coupon: 'coupon',
  reward: 'reward',
  referral: 'referral reward',
};

/** The first name that is written for an id. */
function nameIn(rows: readonly { readonly id: string; readonly name?: string; readonly title?: string }[], id: string): string | undefined {
  const row = rows.find((one) => one.id === id && (one.name || one.title));
  return row?.name || row?.title;
}

export function namingOf({ catalogs, account, cart, resolved = [], baseTier = 'the base tier' }: Named): Naming {
  const all = <K extends 'rewards' | 'promotions' | 'earningRules' | 'tiers'>(key: K) => catalogs.flatMap((catalog) => [...(catalog[key] ?? [])]);
  const codes = [...resolved, ...all('promotions')];
  const coupons = [...(account?.coupons ?? []), ...(account?.referralRewards ?? [])];
  return {
    candidate: (id, source) =>
      nameIn(codes, id) ?? nameIn(all('rewards') as readonly { id: string; name?: string }[], id) ?? coupons.find((one) => one.id === id)?.name ??
      coupons.find((one) => one.id === id)?.code ?? (source === 'code' ? `code ${id}` : `a ${source ? KINDS[source] : 'discount'} that is gone`),
    rule: (id) => nameIn(all('earningRules') as readonly { id: string; title?: string }[], id) ?? 'a way to earn that is gone',
    tier: (id) => (id === undefined ? baseTier : (nameIn(all('tiers') as readonly { id: string; name?: string }[], id) ?? 'a tier that is gone')),
    line: (id) => nameIn((cart?.lines ?? []) as readonly { id: string; name?: string }[], id) ?? id,
  };
}
