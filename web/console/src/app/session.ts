const KEY = 'loyalty-console-key';
const SITE = 'loyalty-console-site';

/** What this tab remembers between two loads of the page, or until the first where the browser keeps nothing. Nothing of it outlives the tab. */
export class Session {
  readonly #keep: Storage | null;
  readonly #now = new Map<string, string>();

  constructor(keep: Storage | null) {
    this.#keep = keep;
  }

  get key(): string | null {
    return this.#get(KEY);
  }

  get site(): string | null {
    return this.#get(SITE);
  }

  keepKey(key: string): void {
    this.#set(KEY, key);
  }

  keepSite(site: string): void {
    this.#set(SITE, site);
  }

  /** Forgets everything that the console put there. */
  wipe(): void {
    this.#now.clear();
    const names = Array.from({ length: this.#keep?.length ?? 0 }, (_, at) => this.#keep?.key(at) ?? '');
    names.filter((name) => name.startsWith('loyalty-console-')).forEach((name) => this.#keep?.removeItem(name));
  }

  #get(name: string): string | null {
    return this.#keep?.getItem(name) ?? this.#now.get(name) ?? null;
  }

  #set(name: string, value: string): void {
    this.#now.set(name, value);
    this.#keep?.setItem(name, value);
  }
}

/** The tab's storage; null where the browser forbids it. */
export function storageOfTab(): Storage | null {
  try {
    return globalThis.sessionStorage;
  } catch {
    return null;
  }
}

/** A key that came with the address, as `#key=lk_…`; it is taken out of the address and of the history at once. */
export function takeKeyFromAddress(address: Pick<Location, 'hash' | 'pathname' | 'search'>, past: Pick<History, 'replaceState'>): string | null {
  const found = /^#key=([^&]+)(?:&to=(.*))?$/.exec(address.hash);
  if (!found) {
    return null;
  }
  const to = found[2] ? `#/${decodeURIComponent(found[2])}` : '';
  past.replaceState(null, '', `${address.pathname}${address.search}${to}`);
  return decodeURIComponent(found[1] as string);
}
