import type { Api } from '../../api/api.js';
import { faultOfText } from '../../kit/checks.js';

export interface ApiKey {
  readonly id: string;
  /** The part that is no secret: `lk_0f…`. */
  readonly prefix: string;
  readonly identity: 'APP' | 'USER';
  readonly name: string;
  readonly scopes: readonly string[];
  readonly revoked: boolean;
}

const SCOPES = {
  read: ['SCOPE.DC-LOYALTY.READ-LOYALTY', 'Read', 'The program, members, orders, events and reports.'],
  manage: ['SCOPE.DC-LOYALTY.MANAGE-LOYALTY', 'Manage', 'Read, and change all of that: what a shop’s backend needs.'],
  keys: ['SCOPE.DC-LOYALTY.MANAGE-KEYS', 'Manage keys', 'Make and revoke keys, this one too. Only for people.'],
} as const;
export type ScopeName = keyof typeof SCOPES;
export const scopes = Object.entries(SCOPES).map(([name, [, label, hint]]) => ({ name: name as ScopeName, label, hint }));

/** "Read"; a scope that the console does not offer is shown as it is. */
export const labelOfScope = (scope: string): string => Object.values(SCOPES).find(([id]) => id === scope)?.[1] ?? scope;

export interface KeyValues extends Record<string, string | boolean> {
  name: string;
  read: boolean;
  manage: boolean;
  keys: boolean;
}

export const newKeyValues: KeyValues = { name: '', read: false, manage: true, keys: false };

export function faultsOfKey(values: KeyValues): Partial<Record<keyof KeyValues & string, string>> {
  const name = faultOfText(values.name, 1, 100, 'a name');
  const hasScope = scopes.some(({ name: scope }) => values[scope]);
  return { ...(name && { name }), ...(!hasScope && { read: 'Choose at least one.' }) };
}

export const listKeys = async (api: Api, signal: AbortSignal): Promise<readonly ApiKey[]> =>
  (await api.get<{ apiKeys: readonly ApiKey[] }>('/identity/v1/api-keys', {}, { signal })).apiKeys;

/** The whole key, which the server tells only this once. */
export async function createKey(api: Api, values: KeyValues, idempotencyKey: string): Promise<string> {
  const wanted = scopes.filter(({ name }) => values[name]).map(({ name }) => SCOPES[name][0]);
  const { secret } = await api.post<{ secret: string }>('/identity/v1/api-keys', { name: values.name.trim(), scopes: wanted }, { idempotencyKey });
  return secret;
}
