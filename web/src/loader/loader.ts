import type { LoyaltyClient, MemberSnapshot, PreviewClient, ProgramSnapshot, StoreClient, StoreOptions } from '../client/types.js';
import type { LoyaltyCheckoutEventMap } from '../checkout/types.js';

export type LoyaltyErrorCode = 'LOAD_FAILED' | 'CORE_BLOCKED' | 'VERSION';

/** The elements, or the core that they need, cannot be had. */
export class LoyaltyError extends Error {
  readonly code: LoyaltyErrorCode;
  constructor(code: LoyaltyErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LoyaltyError';
    this.code = code;
  }
}

export interface LoaderOptions {
  /** The version that the page was written for; another one is refused. */
  readonly version?: string;
  /** The folder with the compiled core; default: beside the elements. */
  readonly assets?: string;
  /** For elements that name no locale themselves. */
  readonly locale?: string;
  /** Files by their address, and what their bytes must be: `sha384-…`. Fetched at once and checked. */
  readonly integrity?: Readonly<Record<string, string>>;
  /** The address of the store's server, and the site on it: all elements share one client of it. */
  readonly endpoint?: string;
  readonly site?: string;
  /** Fetches a member token from the page's own backend, when one is needed; null for a guest. */
  readonly getToken?: StoreOptions['getToken'];
  /** The published program, where the page has it and no server: all elements share one client made of it. */
  readonly program?: ProgramSnapshot;
  /** Whether to register the elements; default: yes. */
  readonly define?: boolean;
  /** When to fetch the core: at once (default), when the browser has time, or when an element is nearly in view. */
  readonly preload?: 'idle' | 'visible' | 'now';
}

type Events = LoyaltyCheckoutEventMap;

export interface Loyalty {
  /** What the elements on the page share; null where neither a server nor a program was given. */
  readonly client: LoyaltyClient | null;
  readonly version: string;
  readonly coreVersion: string;
  /** Somebody signed in, or out (null). With a server: a token, or nothing to have `getToken` asked again. */
  setMember(member?: MemberSnapshot | string | null): void;
  /** Listens for an event of any element on the page; the result stops it. */
  on<Type extends keyof Events>(type: Type, listener: (event: Events[Type]) => void): () => void;
  /** Stops listening and preloading. */
  destroy(): void;
}

const SELECTOR = 'loyalty-checkout,loyalty-rewards';

interface LoadedElement extends Element {
  client?: LoyaltyClient;
  locale?: string;
}

/** By what the options say, in whatever order. */
const loading = new Map<string, Promise<Loyalty>>();

/**
 * Loads the elements. The same options give the same promise; after a failure the next call tries again. On a
 * server there is nothing to load, and the answer is null.
 */
export function loadLoyalty(options: LoaderOptions = {}): Promise<Loyalty | null> {
  if (typeof document === 'undefined') {
    return Promise.resolve(null);
  }
  const key = JSON.stringify(Object.entries(options).sort());
  let promise = loading.get(key);
  if (!promise) {
    promise = load(options).catch((cause) => {
      loading.delete(key);
      const code = cause?.code === 'CORE_BLOCKED' || cause?.code === 'VERSION' ? cause.code : 'LOAD_FAILED';
      throw new LoyaltyError(code, cause?.message ?? 'Not loaded.', { cause });
    });
    loading.set(key, promise);
  }
  return promise;
}

async function load(options: LoaderOptions): Promise<Loyalty> {
  const { version, assets, locale, integrity = {}, define = true, preload = 'now' } = options;
  await Promise.all(Object.entries(integrity).map(checked));
  const [web, client] = await Promise.all([import('./parts.js'), clientOf(options)]);
  if (version !== undefined && version !== web.VERSION) {
    throw new LoyaltyError('VERSION', `The page wants ${version}; this is ${web.VERSION}.`);
  }
  if (define) {
    web.defineElements();
  }
  for (const element of document.querySelectorAll<LoadedElement>(SELECTOR)) {
    if (client) {
      element.client ??= client;
    }
    if (locale) {
      element.locale ||= locale;
    }
  }
  const ended = new AbortController();
  const core = () => web.loadCore({ start: 'preview', ...(assets && { assets }) });
  if (preload === 'now') {
    await core();
  } else {
    // Too early to matter: an element that needs the core asks for it, and says what is wrong.
    (preload === 'idle' ? idle : visible)(() => void core().catch(() => undefined), ended.signal);
  }
  return {
    client,
    version: web.VERSION,
    coreVersion: web.CORE_VERSION,
    setMember: (member) => client?.setMember(member as never),
    on(type, listener) {
      const off = new AbortController();
      ended.signal.addEventListener('abort', () => off.abort());
      document.addEventListener(type, listener as EventListener, { signal: off.signal });
      return () => off.abort();
    },
    destroy: () => ended.abort(),
  };
}

async function clientOf({ endpoint, site, getToken, program }: LoaderOptions): Promise<StoreClient | PreviewClient | null> {
  if (!(endpoint && site) && !program) {
    return null;
  }
  const { createClient } = await import('../checkout/client-source.js');
  return endpoint && site ? createClient({ endpoint, site, getToken }) : createClient({ program: program! });
}

/** Has the browser fetch a file and hold it to its hash: what is imported later is that very file. */
function checked([href, integrity]: [string, string]): Promise<void> {
  return new Promise((resolve, reject) => {
    const isModule = /js$/.test(href);
    const link = Object.assign(document.createElement('link'), {
      rel: isModule ? 'modulepreload' : 'preload',
      ...(!isModule && { as: 'fetch' }),
      crossOrigin: 'anonymous',
      integrity,
      href,
      onload: () => resolve(),
      onerror: () => reject(new Error(`${href} is missing, or not what it should be.`)),
    });
    document.head.append(link);
  });
}

function idle(work: () => void, signal: AbortSignal): void {
  const later = () => signal.aborted || work();
  if ('requestIdleCallback' in window) {
    requestIdleCallback(later, { timeout: 4000 });
  } else {
    setTimeout(later, 200);
  }
}

function visible(work: () => void, signal: AbortSignal): void {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        work();
      }
    },
    { rootMargin: '300px' },
  );
  document.querySelectorAll(SELECTOR).forEach((element) => observer.observe(element));
  signal.addEventListener('abort', () => observer.disconnect());
}
