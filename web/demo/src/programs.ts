import type { Account, Catalog, Conditions, Effect, Promotion, Wallet } from '../../src/documents/index.js';
import { formatMoney, isolateAmount, withoutIsolates } from '../../src/text/format.js';
import type { Currency, ProgramId, Shopper } from './address.js';
import type { Language } from './texts.js';

type PerCurrency<T> = Readonly<Record<Currency, T>>;

export interface Product {
  readonly id: string;
  readonly prices: PerCurrency<number>;
  /** Before a markdown. */
  readonly listPrices?: PerCurrency<number>;
  readonly taxRatePpm: PerCurrency<number>;
  readonly tags: readonly string[];
  readonly kind?: 'giftCard';
}

export interface Delivery {
  readonly id: string;
  readonly prices: PerCurrency<number>;
  readonly taxRatePpm: PerCurrency<number>;
  readonly tags: readonly string[];
}

/** What a shop sells. Each currency has a price list of its own; nothing is converted. */
export interface Shop {
  readonly products: readonly Product[];
  readonly shipping: readonly Delivery[];
  readonly fees: PerCurrency<number>;
  readonly pricesIncludeTax: PerCurrency<boolean>;
  readonly firstCart: string;
}

type Names = Readonly<Record<string, string>>;

/** What a shop calls its things, in one language. */
export interface ShopTexts {
  readonly name: string;
  readonly tagline: string;
  readonly notice: string;
  readonly tiers: Names;
  readonly members: Names;
  readonly products: Names;
  readonly notes: Names;
  readonly rewards: Names;
  readonly promotions: Names;
  readonly coupons: Names;
  readonly earningRules: Names;
  readonly shipping: Names;
}

export interface MemberDocuments {
  readonly account: Account;
  /** Gift cards and store credit that pay a part. */
  readonly wallets: readonly Wallet[];
}

/** Everything about one shop in one currency and one language. */
export interface ShopDocuments {
  readonly id: ProgramId;
  readonly shop: Shop;
  readonly texts: ShopTexts;
  readonly catalog: Catalog;
  /** Promotions of codes: only the store knows them, not the page's catalog. */
  readonly codes: readonly Promotion[];
  readonly members: Readonly<Partial<Record<Shopper, MemberDocuments>>>;
}

// Spelled out so that the bundler finds the files; each becomes a chunk that is fetched when asked for.
const FILES = import.meta.glob<unknown>('../programs/*/*.json', { import: 'default' });
const PICTURES = import.meta.glob<string>('../pictures/*/*.svg', { import: 'default', query: '?url', eager: true });

async function document_<T>(program: ProgramId, name: string): Promise<T> {
  const load = FILES[`../programs/${program}/${name}.json`];
  if (load === undefined) throw new Error(`There is no document ${program}/${name}.`);
  return (await load()) as T;
}

/** Where a product's picture is; undefined where it has none. */
export function pictureOf(program: ProgramId | 'logos', id: string): string | undefined {
  return PICTURES[`../pictures/${program}/${id}.svg`];
}

interface Named {
  readonly id: string;
  readonly name?: string;
  readonly conditions?: Conditions;
  readonly effects?: readonly Effect[];
  readonly configs?: readonly { readonly effects: readonly Effect[] }[];
}

/** `{amount}`, `{max}` and `{min}` of a name are the amounts of the document that it names. */
function translated<T extends Named>(document: T, names: Names, currency: Currency, language: Language): T {
  const template = names[document.id];
  if (template === undefined) return document;
  const effects = document.effects ?? document.configs?.[0]?.effects ?? [];
  const amounts: Record<string, number | undefined> = {
    amount: effects.flatMap((effect) => ('amount' in effect ? [effect.amount] : []))[0],
    max: effects.flatMap((effect) => ('maxDiscount' in effect && effect.maxDiscount !== undefined ? [effect.maxDiscount] : []))[0],
    min: document.conditions?.minSubtotal ?? document.conditions?.minSubtotalOf?.amount,
  };
  const name = template.replace(/\{(\w+)\}/g, (whole, slot: string) => {
    const amount = amounts[slot];
    return amount === undefined ? whole : isolateAmount(formatMoney(amount, currency, language));
  });
  return { ...document, name: language === 'ar' ? name : withoutIsolates(name) };
}

/** What a shop sells and what it calls things, for one whose rules a server has. */
export async function loadGoods(id: ProgramId, language: Language): Promise<Pick<ShopDocuments, 'shop' | 'texts'>> {
  const [shop, texts] = await Promise.all([document_<Shop>(id, 'shop'), document_<ShopTexts>(id, `texts.${language}`)]);
  return { shop, texts };
}

/**
 * The documents as a store would publish them for a language. The names of the catalog are in that
 * language, so it is another document and has another version.
 */
export async function loadShop(id: ProgramId, currency: Currency, language: Language): Promise<ShopDocuments> {
  const money = currency.toLowerCase();
  const [{ shop, texts }, catalog, codes, members] = await Promise.all([
    loadGoods(id, language),
    document_<Catalog>(id, `catalog.${money}`),
    document_<readonly Promotion[]>(id, `codes.${money}`),
    document_<Readonly<Record<Exclude<Shopper, 'guest'>, MemberDocuments>>>(id, `members.${money}`),
  ]);
  const named = <T extends Named>(documents: readonly T[] | undefined, names: Names): readonly T[] =>
    (documents ?? []).map((one) => translated(one, names, currency, language));
  const member = ({ account, wallets }: MemberDocuments): MemberDocuments => ({
    account: { ...account, coupons: named(account.coupons, texts.coupons) },
    wallets,
  });
  return {
    id,
    shop,
    texts,
    catalog: {
      ...catalog,
      version: `${catalog.version}-${language}`,
      program: { ...catalog.program, name: texts.name },
      ...(catalog.tiers && { tiers: catalog.tiers.map((tier) => ({ ...tier, name: texts.tiers[tier.id] ?? tier.id })) }),
      rewards: named(catalog.rewards, texts.rewards),
      promotions: named(catalog.promotions, texts.promotions),
      earningRules: (catalog.earningRules ?? []).map((rule) => ({ ...rule, title: texts.earningRules[rule.id] ?? rule.id })),
    },
    codes: named(codes, texts.promotions),
    members: { new: member(members.new), silver: member(members.silver), gold: member(members.gold) },
  };
}
