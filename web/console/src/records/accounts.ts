import type { Api } from '../api/api.js';
import type { Page } from '../kit/pages.js';
import { baseTierName, type TiersProgram } from '../rules/model.js';

/** A member's account as the API gives it. Points are whole numbers. */
export interface MemberAccount {
  readonly id: string;
  readonly contactId: string;
  readonly memberId?: string;
  readonly revision: string;
  readonly contact: { readonly id?: string; readonly name?: string; readonly email?: string; readonly displayName?: string };
  /** balance = earned + adjusted - redeemed - expired; `held` is part of `redeemed` until it is spent or given back. */
  readonly points: {
    readonly balance: number;
    readonly earned: number;
    readonly adjusted: number;
    readonly redeemed: number;
    readonly expired: number;
    readonly held: number;
  };
  readonly tier: { readonly id?: string; readonly points: number; readonly updatedDate?: string };
  readonly pointsExpiration?: { readonly expirationDate: string; readonly expiringPointsAmount: number };
  readonly createdDate: string;
  readonly lastActivityDate?: string;
}

/** The orders a list of members can have, as the address says them. */
export const SORTS = {
  newest: { text: 'Newest first', fieldName: 'createdDate', order: 'DESC' },
  active: { text: 'Last active first', fieldName: 'lastActivityDate', order: 'DESC' },
  name: { text: 'Name, A to Z', fieldName: 'contact.name', order: 'ASC' },
  balance: { text: 'Highest balance first', fieldName: 'points.balance', order: 'DESC' },
  earned: { text: 'Most earned first', fieldName: 'points.earned', order: 'DESC' },
} as const;

export type SortName = keyof typeof SORTS;

export const BASE_TIER = 'base';

/** What a list of members is narrowed down to. */
export interface MemberFilter {
  readonly search: string;
  /** A tier's id, or BASE_TIER for members of none; empty: all. */
  readonly tier: string;
  readonly sort: SortName;
}

/** What the address asks for; anything unknown is as if it were not there. */
export function filterOf(query: URLSearchParams): MemberFilter {
  const sort = query.get('sort') ?? '';
  return { search: query.get('search') ?? '', tier: query.get('tier') ?? '', sort: sort in SORTS ? (sort as SortName) : 'newest' };
}

/** The address of a filter, without what is as usual. */
export function addressOf({ search, tier, sort }: MemberFilter): string {
  const query = new URLSearchParams({ ...(search && { search }), ...(tier && { tier }), ...(sort !== 'newest' && { sort }) }).toString();
  return query === '' ? 'members' : `members?${query}`;
}

/** The request of `accounts.search`. */
export function searchRequest({ search, tier, sort }: MemberFilter, cursor: string | null, limit: number): Record<string, unknown> {
  const { fieldName, order } = SORTS[sort];
  return {
    search: {
      ...(search.trim() && { search: { expression: search.trim() } }),
      ...(tier && { filter: tier === BASE_TIER ? { 'tier.id': { $exists: false } } : { 'tier.id': tier } }),
      sort: [{ fieldName, order }],
      cursorPaging: { limit, ...(cursor !== null && { cursor }) },
    },
  };
}

interface Found {
  readonly accounts: readonly MemberAccount[];
  readonly pagingMetadata: { readonly cursors?: { readonly next?: string }; readonly hasNext?: boolean };
}

const withSignal = (signal?: AbortSignal) => (signal ? { signal } : {});

export async function searchMembers(api: Api, filter: MemberFilter, cursor: string | null, limit: number, signal?: AbortSignal): Promise<Page<MemberAccount>> {
  const { accounts, pagingMetadata } = await api.post<Found>('/loyalty-accounts/v1/accounts/search', searchRequest(filter, cursor, limit), withSignal(signal));
  return { rows: accounts, next: (pagingMetadata.hasNext ? pagingMetadata.cursors?.next : undefined) ?? null };
}

export const getMember = async (api: Api, id: string, signal?: AbortSignal): Promise<MemberAccount> =>
  (await api.get<{ account: MemberAccount }>(`/loyalty-accounts/v1/accounts/${encodeURIComponent(id)}`, {}, withSignal(signal))).account;

export const getTiers = (api: Api, signal?: AbortSignal): Promise<TiersProgram> => api.get('/loyalty-tiers/v1/tiers/program', {}, withSignal(signal));

/** The name that a member is shown by. */
export const nameOf = ({ contact }: Pick<MemberAccount, 'contact'>): string => contact.name || contact.email || 'Anonymous member';

/** The tier's name; members of no tier are in the base tier. */
export const tierName = (program: TiersProgram, id: string | undefined): string =>
  id === undefined ? baseTierName(program) : (program.tiers.find((one) => one.id === id)?.tierDefinition.name ?? 'A tier that is gone');
