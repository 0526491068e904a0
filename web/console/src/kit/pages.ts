import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { Loadable } from './loadable.js';

/** A part of a list, and how to ask for what follows. */
export interface Page<T> {
  readonly rows: readonly T[];
  /** The cursor of the next page; null: this is the end. */
  readonly next: string | null;
  /** How many there are in all, where the server counts. */
  readonly total?: number | undefined;
}

/** A list that comes page by page; its value is all pages so far. Loaded again, it starts at the first page. */
export class Pages<T> extends Loadable<Page<T>> {
  more: 'no' | 'running' | Error = 'no';
  readonly #host: ReactiveControllerHost;
  readonly #page: (cursor: string | null, signal?: AbortSignal) => Promise<Page<T>>;
  #generation = 0;

  constructor(host: ReactiveControllerHost, page: (cursor: string | null, signal?: AbortSignal) => Promise<Page<T>>) {
    super(host, (signal) => page(null, signal));
    this.#host = host;
    this.#page = page;
  }

  override async reload(): Promise<void> {
    this.#generation++;
    this.more = 'no';
    await super.reload();
  }

  /** Adds the next page. */
  readonly loadMore = async (): Promise<void> => {
    const { value } = this;
    if (value === null || value.next === null || this.more === 'running') {
      return;
    }
    const generation = this.#generation;
    this.#tell('running');
    try {
      const { rows, next } = await this.#page(value.next);
      if (generation === this.#generation) {
        this.state = { at: 'ready', value: { ...value, rows: [...value.rows, ...rows], next } };
        this.#tell('no');
      }
    } catch (error) {
      if (generation === this.#generation) {
        this.#tell(error instanceof Error ? error : new Error(String(error)));
      }
    }
  };

  #tell(more: 'no' | 'running' | Error): void {
    this.more = more;
    this.#host.requestUpdate();
  }
}

/** Draws the rows of another question anew: nothing of the list before moves to another place. More pages only add to it. */
export const anew = (rows: readonly unknown[], list: unknown): unknown => keyed(rows[0], list);

/** How much of the list is shown, and the button for more. */
export function pagesFoot<T>(pages: Pages<T>, one: string, several: string): TemplateResult | typeof nothing {
  const { value, more } = pages;
  if (value === null || value.rows.length === 0) {
    return nothing;
  }
  const shown = value.rows.length.toLocaleString('en');
  const count = value.total === undefined ? `${shown} ${value.rows.length === 1 ? one : several} shown` : `${shown} of ${value.total.toLocaleString('en')} ${several}`;
  return html`
    <div class="pager">
      <p class="hint" role="status">${count}</p>
      ${more instanceof Error ? html`<p class="problem">${more.message}</p>` : nothing}
      ${value.next === null
        ? nothing
        : html`<button type="button" class="button" aria-disabled=${more === 'running' ? 'true' : nothing} @click=${() => void pages.loadMore()}>
            ${more === 'running' ? 'Loading…' : more instanceof Error ? 'Try again' : 'Show more'}
          </button>`}
    </div>
  `;
}
