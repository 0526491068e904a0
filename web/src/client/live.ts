import { EventStreamParser } from './event-stream.js';
import type { StreamEvent } from './event-stream.js';
import { backoff, pause } from './pause.js';
import { readStream } from './read-stream.js';
import { StoreError } from './trouble.js';
import { troubleOf } from './transport.js';
import type { Transport } from './transport.js';
import type { Change, CheckoutChange } from './types.js';

const PATH = '/storefront/v1/me/events';
/** A page that nobody looks at lets go of its connection after this long: there are few for each browser. */
const HIDDEN_MS = 30_000;
/** Several things that happen at once are told as one. */
const TOGETHER_MS = 10;

export type Listener = (change: Change, about?: CheckoutChange) => void;

/** What the connection is told by, beside the stream itself. */
export interface Surroundings {
  /** The server's clock. */
  readonly at: (serverTime: string) => void;
  /** Something may have changed: what is being fetched is old. */
  readonly stale: () => void;
}

/**
 * What changes at the store while somebody listens: one stream for all, picked up where it broke off. Where there is none,
 * as for guests, listeners are asked to look again whenever the page comes back to its shopper.
 */
export class Live {
  readonly #transport: Transport;
  readonly #surroundings: Surroundings;
  readonly #listeners = new Set<Listener>();
  #life: AbortController | null = null;
  #connection: AbortController | null = null;
  #hiddenSince = 0;
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #lastId = '';
  #wasConnected = false;
  #waiting = new Map<string, () => void>();

  constructor(transport: Transport, surroundings: Surroundings) {
    this.#transport = transport;
    this.#surroundings = surroundings;
  }

  add(listener: Listener): () => void {
    // The same function twice is two listeners.
    const own: Listener = (change, about) => listener(change, about);
    this.#listeners.add(own);
    if (this.#listeners.size === 1) {
      this.#begin();
    }
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) {
        this.#end();
      }
    };
  }

  /** Somebody else is signed in: the stream of the last member ends here. */
  reset(): void {
    this.#lastId = '';
    this.#disconnect();
    this.#tell('member');
    if (this.#life) {
      this.#connect();
    }
  }

  #begin(): void {
    const life = (this.#life = new AbortController());
    const { signal } = life;
    if (typeof document === 'object') {
      document.addEventListener('visibilitychange', () => this.#seen(), { signal });
      addEventListener('online', () => this.#back(), { signal });
      addEventListener('pageshow', (event) => event.persisted && this.#back(), { signal });
      // A page that is put away with an open connection would not be kept.
      addEventListener('pagehide', () => this.#disconnect(), { signal });
    }
    this.#connect();
  }

  #end(): void {
    this.#life?.abort();
    this.#life = null;
    clearTimeout(this.#hidden);
    this.#waiting.clear();
    this.#disconnect();
    this.#lastId = '';
    this.#wasConnected = false;
  }

  #seen(): void {
    clearTimeout(this.#hidden);
    if (document.visibilityState === 'hidden') {
      this.#hiddenSince = Date.now();
      this.#hidden = setTimeout(() => this.#disconnect(), HIDDEN_MS);
    } else if (!this.#connection || Date.now() - this.#hiddenSince > HIDDEN_MS) {
      this.#back();
    }
  }

  /** The page is before its shopper again: what it shows may be old. */
  #back(): void {
    this.#tell('member');
    this.#tell('program');
    this.#connect();
  }

  #disconnect(): void {
    this.#connection?.abort();
    this.#connection = null;
  }

  #connect(): void {
    if (!this.#connection) {
      const connection = (this.#connection = new AbortController());
      const over = () => {
        if (this.#connection === connection) {
          this.#connection = null;
        }
      };
      this.#run(connection.signal).then(over, over);
    }
  }

  /** One stream after the other, until it is aborted or the store has none for this page. */
  async #run(signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      let wait: number | null = null;
      try {
        if ((await this.#transport.token.get()) === null) {
          return;
        }
        const response = await this.#transport.stream({
          path: PATH,
          headers: { Accept: 'text/event-stream', ...(this.#lastId !== '' && { 'Last-Event-ID': this.#lastId }) },
          signal,
        });
        if (!response.ok || !response.body) {
          throw troubleOf(response);
        }
        // Without an id to go on from, what happened in between was not heard.
        const hasGap = this.#wasConnected && this.#lastId === '';
        this.#wasConnected = true;
        if (hasGap) {
          this.#tell('member');
        }
        const parser = new EventStreamParser(this.#lastId);
        await readStream(response.body, parser, signal, (message) => {
          this.#lastId = message.id;
          attempt = 0;
          this.#hear(message);
        });
        wait = parser.retry;
      } catch (cause) {
        if (cause instanceof StoreError && !cause.retryable) {
          return;
        }
      }
      await pause(Math.max(wait ?? 0, backoff(attempt + 1)), signal);
    }
  }

  #hear({ event, data }: StreamEvent): void {
    let content: { readonly serverTime?: string } | CheckoutChange;
    try {
      content = JSON.parse(data);
    } catch {
      return;
    }
    if (event === 'hello' && 'serverTime' in content && content.serverTime !== undefined) {
      this.#surroundings.at(content.serverTime);
    } else if (event === 'member' || event === 'program') {
      this.#tell(event);
    } else if (event === 'checkout' && 'checkoutId' in content) {
      this.#tell('checkout', content);
    }
  }

  #tell(change: Change, about?: CheckoutChange): void {
    this.#surroundings.stale();
    const isFirst = this.#waiting.size === 0;
    const key = about ? `${change} ${about.checkoutId} ${about.change}` : change;
    this.#waiting.set(key, () => this.#listeners.forEach((listener) => listener(change, about)));
    if (isFirst) {
      setTimeout(() => {
        const all = [...this.#waiting.values()];
        this.#waiting.clear();
        all.forEach((tell) => tell());
      }, TOGETHER_MS);
    }
  }
}
