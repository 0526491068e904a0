import type { CheckoutCart } from '../../../../src/checkout/index.js';
import type { Account, Catalog, Intent, Promotion, Quote } from '../../../../src/documents/index.js';
import { tagName } from '../../explain/reasons.js';
import type { PricingRequest } from '../../records/orders.js';

/** What is tried: who buys what, with which choice, when. The core's own documents. */
export interface Case {
  readonly account: Account | null;
  readonly cart: CheckoutCart;
  readonly intent: Intent;
  /** RFC 3339 in UTC. */
  readonly now: string;
  readonly resolved?: readonly Promotion[];
}

/** A past order as something to try again. */
export const caseOf = ({ account, cart, intent = { chosen: [] }, now, resolved }: PricingRequest): Case => ({ account, cart, intent, now, ...(resolved && { resolved }) });

const SCOPE_KEYS = ['include', 'exclude', 'containsTags'];

/** The tags that rules of the catalog ask for, of goods or of delivery methods, in alphabetical order. */
export function tagsOf(catalog: Catalog, of: 'goods' | 'delivery' = 'goods'): readonly string[] {
  const tags = { goods: new Set<string>(), delivery: new Set<string>() };
  const look = (value: unknown, key: string, about: keyof typeof tags): void => {
    if (Array.isArray(value)) {
      value.forEach((one) => (typeof one === 'string' && SCOPE_KEYS.includes(key) ? tags[about].add(one) : look(one, key, about)));
    } else if (typeof value === 'object' && value !== null) {
      const { target, kind } = value as { readonly target?: string; readonly kind?: string };
      const inside = target === 'shipping' || kind === 'freeShipping' ? 'delivery' : about;
      Object.entries(value).forEach(([name, one]) => look(one, name, inside));
    }
  };
  look([catalog.rewards, catalog.promotions, catalog.earningRules], '', 'goods');
  return [...tags[of]].sort();
}

const PLAIN_TAG = 'stores';
const LINES_MAX = 3;

/** A cart to begin with: one plain line, and one line for each of the first tags that the rules ask for. */
export function sampleCase(catalog: Catalog, now: string): Case {
  const special = tagsOf(catalog).filter((tag) => tag !== PLAIN_TAG).slice(0, LINES_MAX - 1);
  const lines = [
    { id: '1', name: 'Something ordinary', unitPrice: 4000, quantity: 1, tags: [PLAIN_TAG] },
    ...special.map((tag, i) => ({ id: String(i + 2), name: tagName(tag), unitPrice: 2500, quantity: 2, tags: [PLAIN_TAG, tag] })),
  ];
  const delivery = tagsOf(catalog, 'delivery');
  return {
    account: { id: 'sample', available: 1000, orderNumber: 1 },
    cart: { currency: catalog.currency, lines, shipping: [{ id: 'standard', price: 490, ...(delivery.length > 0 && { tags: delivery }) }] },
    intent: { chosen: [] },
    now,
  };
}

/** A case with the rules that it was priced with and what came out: a regression test of the core's own format. */
export function testCaseText(one: Case, catalog: Catalog, quote: Quote): string {
  const { total, itemsDiscount, shippingDiscount, payable, discounts, points } = quote;
  return JSON.stringify(
    {
      name: 'a case from the simulator',
      rules: [],
      working: '',
      catalog,
      account: one.account,
      cart: one.cart,
      intent: one.intent,
      now: one.now,
      ...(one.resolved?.length && { resolved: one.resolved }),
      expect: { total, itemsDiscount, shippingDiscount, payable, discounts, points: { spent: points.spent, earned: points.earned } },
    },
    null,
    2,
  );
}

export type OpenedCase = { readonly case: Case; readonly catalog: Catalog | null } | { readonly problem: string };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The text of a test case, or of a whole request to the core. What the documents hold, the core checks. */
export function openCase(text: string): OpenedCase {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { problem: 'This is not JSON. Paste the whole text of a test case, from { to }.' };
  }
  if (!isObject(read)) {
    return { problem: 'This is JSON, but not a test case: it has to be an object with a cart.' };
  }
  const { account, cart, intent, now, resolved, catalog } = read;
  if (!isObject(cart) || !Array.isArray(cart['lines'])) {
    return { problem: 'The test case has no cart with lines.' };
  }
  if (typeof now !== 'string') {
    return { problem: 'The test case does not say when it is: it needs "now", such as "2026-01-15T10:00:00Z".' };
  }
  return {
    case: {
      account: isObject(account) ? (account as unknown as Account) : null,
      cart: cart as unknown as CheckoutCart,
      intent: isObject(intent) ? (intent as Intent) : { chosen: [] },
      now,
      ...(Array.isArray(resolved) && { resolved: resolved as Promotion[] }),
    },
    catalog: isObject(catalog) ? (catalog as unknown as Catalog) : null,
  };
}
