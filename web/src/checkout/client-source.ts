import { createClient } from '../client/index.js';
import type { StoreClient, StoreOptions } from '../client/index.js';

export { createClient };

type GetToken = StoreOptions['getToken'];

/** By address and site; and whom of the elements to ask for a token. */
const clients = new Map<string, { readonly client: StoreClient; readonly sources: Set<() => GetToken> }>();

/** The page's client of a store: one for all elements that name the same. `getToken` may be known later. */
export function sharedClient(endpoint: string, site: string, getToken: () => GetToken): StoreClient {
  const key = `${endpoint} ${site}`;
  let shared = clients.get(key);
  if (!shared) {
    const sources = new Set<() => GetToken>();
    const asked = () => [...sources].map((source) => source()).find((one) => one !== undefined)?.() ?? null;
    clients.set(key, (shared = { client: createClient({ endpoint, site, getToken: asked }), sources }));
  }
  shared.sources.add(getToken);
  return shared.client;
}
