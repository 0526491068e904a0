import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Loading<T> =
  | { readonly at: 'loading'; readonly last: T | null }
  | { readonly at: 'failed'; readonly error: Error; readonly last: T | null }
  | { readonly at: 'ready'; readonly value: T };

/**
 * Something that a section shows and the server has. One section's failure is that section's alone; an older answer
 * never overwrites a newer one.
 */
export class Loadable<T> implements ReactiveController {
  state: Loading<T> = { at: 'loading', last: null };
  readonly #host: ReactiveControllerHost;
  readonly #load: (signal: AbortSignal) => Promise<T>;
  #running: AbortController | null = null;
  #isStale = false;

  constructor(host: ReactiveControllerHost, load: (signal: AbortSignal) => Promise<T>) {
    this.#host = host;
    this.#load = load;
    host.addController(this);
  }

  hostConnected(): void {
    void this.reload();
  }

  hostDisconnected(): void {
    this.#running?.abort();
    this.#running = null;
    this.#isStale = false;
  }

  /** The last answer, also while it is being renewed. */
  get value(): T | null {
    return this.state.at === 'ready' ? this.state.value : this.state.last;
  }

  /** Asks again; what is shown stays until the answer is there. */
  async reload(): Promise<void> {
    this.#running?.abort();
    this.#isStale = false;
    const running = (this.#running = new AbortController());
    this.#show({ at: 'loading', last: this.value });
    try {
      const value = await this.#load(running.signal);
      if (this.#running === running) {
        this.#show({ at: 'ready', value });
      }
    } catch (error) {
      if (this.#running === running) {
        this.#show({ at: 'failed', error: error instanceof Error ? error : new Error(String(error)), last: this.value });
      }
    }
    if (this.#running === running && this.#isStale) {
      await this.reload();
    }
  }

  /** The same for what changes often: one that is under way comes to its end first, so that news cannot keep an answer away. */
  async refresh(): Promise<void> {
    if (this.#running && this.state.at === 'loading') {
      this.#isStale = true;
    } else {
      await this.reload();
    }
  }

  #show(state: Loading<T>): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}
