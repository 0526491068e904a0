import { openPreview } from './preview.js';
import type { PreviewClient, PreviewOptions, StoreClient, StoreOptions } from './types.js';

/** How elements talk to a store, and the client for pages that have none. */
export type * from './types.js';
export type * from './member.js';

/** Of a store where there is an `endpoint`, else of what the page knows. */
export function createClient(options: StoreOptions): StoreClient;
export function createClient(options: PreviewOptions): PreviewClient;
export function createClient(options: StoreOptions | PreviewOptions): StoreClient | PreviewClient {
  return 'endpoint' in options ? fetched(options) : openPreview(options);
}

const ASKED = [
  'bootstrap',
  'member',
  'standing',
  'quote',
  'apply',
  'remove',
  'resolveCode',
  'overview',
  'transactions',
  'exportTransactions',
  'redeem',
] as const satisfies readonly (keyof StoreClient)[];

/** What talks to a server is fetched when something is asked of it: pages without one never load it. */
function fetched(options: StoreOptions): StoreClient {
  let store: StoreClient | undefined;
  let fetching: Promise<StoreClient> | undefined;
  const asked = (): Promise<StoreClient> => {
    fetching ??= import('./store.js').then(({ openStore }) => (store = openStore(options)));
    fetching.catch(() => (fetching = undefined));
    return fetching;
  };
  const calls = ASKED.map((name) => [name, async (...given: unknown[]) => Reflect.apply((await asked())[name], null, given)]);
  return {
    ...(Object.fromEntries(calls) as Pick<StoreClient, (typeof ASKED)[number]>),
    now: () => store?.now() ?? Date.now(),
    setMember: (token) => void asked().then((it) => it.setMember(token), () => undefined),
    subscribe(listener) {
      let stop: (() => void) | undefined = () => undefined;
      asked().then(
        (it) => (stop &&= it.subscribe(listener)),
        () => undefined,
      );
      return () => {
        stop?.();
        stop = undefined;
      };
    },
  };
}
