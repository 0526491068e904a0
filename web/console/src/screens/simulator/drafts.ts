import type { Catalog } from '../../../../src/documents/index.js';
import type { Api } from '../../api/api.js';
import type { ApiError } from '../../api/refusal.js';
import type { Change } from '../../draft/draft.js';

/** Something suspicious about the rules; `path` is a JSON pointer into the catalog. */
export interface Finding {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly path: string;
  readonly message: string;
  readonly about?: string;
}

/** The rules as they would be, and what is suspicious about them. */
export interface DraftPreview {
  /** The version of the live rules that it stands on. */
  readonly baseVersion: string;
  readonly catalog: Catalog;
  readonly lint: readonly Finding[];
}

export interface PublishedVersion {
  readonly version: string;
  readonly at: string;
  readonly by?: string;
  readonly note?: string;
  readonly changes: readonly { readonly operation: string; readonly entityId?: string; readonly name?: string }[];
}

const requestsOf = (changes: readonly Change[]) => changes.map(({ operation, request }) => ({ operation, request }));
const withSignal = (signal?: AbortSignal) => (signal ? { signal } : {});

export const getCatalog = async (api: Api, signal?: AbortSignal): Promise<Catalog> =>
  (await api.get<{ catalog: Catalog }>('/loyalty-programs/v1/catalog', {}, withSignal(signal))).catalog;

/** Runs the changes without keeping them. */
export const previewDraft = (api: Api, changes: readonly Change[], signal?: AbortSignal): Promise<DraftPreview> =>
  api.post('/loyalty-programs/v1/drafts/preview', { changes: requestsOf(changes) }, withSignal(signal));

/** Makes the changes live, all or none. A base that is not live any more is refused as stale. */
export const publishDraft = (api: Api, changes: readonly Change[], baseVersion: string, note: string, idempotencyKey: string): Promise<{ readonly catalogVersion: string }> =>
  api.post('/loyalty-programs/v1/drafts/publish', { changes: requestsOf(changes), baseVersion, ...(note.trim() && { note: note.trim() }) }, { idempotencyKey });

export const getVersions = async (api: Api, limit: number, signal?: AbortSignal): Promise<readonly PublishedVersion[]> =>
  (await api.get<{ versions: readonly PublishedVersion[] }>('/loyalty-programs/v1/catalog/versions', { limit }, withSignal(signal))).versions;

/** Which change a refusal is about; null: it does not say. */
export function refusedChange({ fields, data }: Pick<ApiError, 'fields' | 'data'>): number | null {
  const index = data['index'];
  return typeof index === 'number' ? index : (fields.map(({ path }) => faultPlace(path)?.change).find((change) => change !== undefined) ?? null);
}

const CHANGE_PATH = /^changes[[./](\d+)\]?[./]?(?:request[./]?)?(.*)$/;

/** Which change a fault is about, and where in it; null: about none. */
export function faultPlace(path: string): { readonly change: number; readonly field: string } | null {
  const [, index, field = ''] = CHANGE_PATH.exec(path) ?? [];
  return index === undefined ? null : { change: Number(index), field };
}
