import type { Api } from './api.js';

export interface Site {
  readonly id: string;
  readonly name?: string;
}

/** Whose key it is, and what it may. */
export interface WhoAmI {
  readonly identity: string;
  readonly scopes: readonly string[];
  readonly site: Site;
  /** All sites of an operator. */
  readonly sites?: readonly Site[];
  readonly canManageKeys: boolean;
  /** The server's clock is moved by hand. */
  readonly virtualClock: boolean;
  readonly serverTime: string;
}

export const whoAmI = (api: Api, signal?: AbortSignal): Promise<WhoAmI> => api.get<WhoAmI>('/identity/v1/whoami', {}, signal ? { signal } : {});

/** The sites that the key may work on, its own first. */
export function sitesOf({ site, sites = [] }: WhoAmI): readonly Site[] {
  return [sites.find(({ id }) => id === site.id) ?? site, ...sites.filter(({ id }) => id !== site.id)];
}
