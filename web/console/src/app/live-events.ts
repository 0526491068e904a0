import type { Api } from '../api/api.js';
import { ApiError } from '../api/refusal.js';
import { EventStreamParser, type StreamEvent } from '../../../src/client/event-stream.js';
import { backoff, pause } from '../../../src/client/pause.js';
import { readStream } from '../../../src/client/read-stream.js';

type Heard = (slugs: readonly string[]) => void;

const PATH = '/loyalty-events/v1/stream';
/** Listeners are told at most this often. */
const BETWEEN_MS = 1_000;
/** A tab that nobody looks at lets go of its connection after this long: a browser has few for each server. */
const HIDDEN_MS = 30_000;

/**
 * The domain events of the site as they happen, over one stream for the whole page. It is picked up where it broke off;
 * where something may have been missed, listeners are told an empty list: look again.
 */
export class LiveEvents {
  readonly #api: Api;
  readonly #listeners = new Set<Heard>();
  readonly #slugs = new Set<string>();
  #life: AbortController | null = null;
  #connection: AbortController | null = null;
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #telling: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  #lastId = '';
  #wasConnected = false;

  constructor(api: Api) {
    this.#api = api;
  }

  /** Calls back with what has happened, as `reward.updated`; gives the way to stop. */
  readonly listen = (heard: Heard): (() => void) => {
    const own: Heard = (slugs) => heard(slugs); // the same function twice is two listeners
    this.#listeners.add(own);
    if (!this.#life) {
      this.#begin();
    }
    return () => void this.#listeners.delete(own);
  };

  end(): void {
    this.#life?.abort();
    this.#life = null;
    clearTimeout(this.#hidden);
    clearTimeout(this.#telling);
    this.#listeners.clear();
    this.#disconnect();
  }

  #begin(): void {
    const { signal } = (this.#life = new AbortController());
    document.addEventListener('visibilitychange', this.#seen, { signal });
    addEventListener('online', this.#back, { signal });
    // A page that the browser keeps for Back must not hold on to one of its few connections.
    addEventListener('pagehide', () => this.#disconnect(), { signal });
    addEventListener('pageshow', (event) => event.persisted && this.#back(), { signal });
    this.#connect();
  }

  readonly #seen = (): void => {
    clearTimeout(this.#hidden);
    if (document.visibilityState === 'hidden') {
      this.#hidden = setTimeout(() => this.#disconnect(), HIDDEN_MS);
    } else if (!this.#connection) {
      this.#back();
    }
  };

  readonly #back = (): void => {
    this.#tell();
    this.#connect();
  };

  #connect(): void {
    if (!this.#connection) {
      const connection = (this.#connection = new AbortController());
      void this.#run(connection.signal)
        .catch(() => undefined)
        .finally(() => this.#connection === connection && (this.#connection = null));
    }
  }

  #disconnect(): void {
    this.#connection?.abort();
    this.#connection = null;
  }

  /** One stream after the other, until it is aborted or the server has none for this key. */
  async #run(signal: AbortSignal): Promise<void> {
    for (let attempt = 1; !signal.aborted; attempt++) {
      try {
        const response = await this.#api.open(PATH, {
          signal,
          headers: { Accept: 'text/event-stream', ...(this.#lastId !== '' && { 'Last-Event-ID': this.#lastId }) },
        });
        if (this.#wasConnected && this.#lastId === '') {
          this.#tell();
        }
        this.#wasConnected = true;
        const heard = (message: StreamEvent) => {
          attempt = 1;
          this.#hear(message);
        };
        await readStream(response.body as ReadableStream<Uint8Array>, new EventStreamParser(this.#lastId), signal, heard);
      } catch (cause) {
        if (cause instanceof ApiError && cause.status >= 400 && cause.status < 500 && cause.status !== 429) {
          return;
        }
      }
      await pause(backoff(attempt), signal);
    }
  }

  #hear({ event, data, id }: StreamEvent): void {
    this.#lastId = id;
    if (event !== 'domain') {
      return;
    }
    const { entityFqdn = '', slug = '' } = JSON.parse(data) as { entityFqdn?: string; slug?: string };
    this.#tell(`${entityFqdn.slice(entityFqdn.lastIndexOf('.') + 1)}.${slug}`);
  }

  /** At once where it was quiet; what comes soon after is told together. */
  #tell(slug?: string): void {
    if (slug !== undefined) {
      this.#slugs.add(slug);
    }
    this.#telling ??= setTimeout(
      () => {
        const slugs = [...this.#slugs];
        this.#slugs.clear();
        this.#telling = undefined;
        this.#toldAt = Date.now();
        this.#listeners.forEach((heard) => heard(slugs));
      },
      Math.max(0, this.#toldAt + BETWEEN_MS - Date.now()),
    );
  }
}
