import type { MemberTransaction, TransactionFilter, TransactionPage, TransactionQuery, TransactionType } from '../client/member.js';
import type { TransactionSource } from './filtering.js';
import { firstDay, type Period } from './period.js';

export const TYPES: readonly TransactionType[] = ['EARN', 'REDEEM', 'ADJUST', 'REFUND', 'EXPIRE'];

/** What the reader asks to see. */
export interface HistoryView {
  readonly type: TransactionType | 'all';
  readonly period: Period;
  readonly search: string;
}

export interface HistoryHost {
  changed(): void;
  failed(cause: unknown): void;
  readonly pageSize: number;
  /** The program's clock. */
  readonly timeZone: string;
  now(): number;
}

/** The list of movements: what is shown of it, how, and how much there is. */
export class History {
  rows: readonly MemberTransaction[] = [];
  total = 0;
  next: string | undefined;
  status: 'loading' | 'there' | 'failed' = 'loading';
  /** Whether another page is under way, or did not come. */
  more: 'rest' | 'loading' | 'failed' = 'rest';
  readonly #host: HistoryHost;
  #view: HistoryView;
  #source: TransactionSource | null = null;
  #abort: AbortController | null = null;

  constructor(host: HistoryHost, period: Period) {
    this.#host = host;
    this.#view = { type: 'all', period, search: '' };
  }

  get view(): HistoryView {
    return this.#view;
  }

  get source(): TransactionSource | null {
    return this.#source;
  }

  /** Where to read; null: nowhere, and what was shown is forgotten. */
  read(source: TransactionSource | null): void {
    this.#source = source;
    this.rows = [];
    this.total = 0;
    this.status = 'loading';
    void this.reload();
  }

  /** What a period and the other choices mean to a store. */
  filter(period: Period = this.#view.period): TransactionFilter {
    const { type, search } = this.#view;
    const from = firstDay(period, this.#host.timeZone, this.#host.now());
    return {
      ...(type !== 'all' && { types: [type] }),
      ...(from !== undefined && { from }),
      ...(search.trim() !== '' && { search: search.trim() }),
    };
  }

  show(changes: Partial<HistoryView>): Promise<void> {
    this.#view = { ...this.#view, ...changes };
    return this.reload();
  }

  /** Reads anew, as much as was shown; what is there stays until the answer comes. */
  reload(): Promise<void> {
    const isFiltered = this.status !== 'there';
    const shown = isFiltered ? 0 : this.rows.length;
    this.more = 'rest';
    return this.#fetch({ limit: Math.min(100, Math.max(this.#host.pageSize, shown)) }, (page) => {
      this.rows = page.transactions;
    });
  }

  async loadMore(): Promise<void> {
    if (this.next === undefined || this.more === 'loading') {
      return;
    }
    this.more = 'loading';
    this.#host.changed();
    await this.#fetch({ limit: this.#host.pageSize, cursor: this.next }, (page) => {
      this.rows = [...this.rows, ...page.transactions];
    });
  }

  stop(): void {
    this.#abort?.abort();
  }

  async #fetch(range: Pick<TransactionQuery, 'limit' | 'cursor'>, take: (page: TransactionPage) => void): Promise<void> {
    this.#abort?.abort();
    const source = this.#source;
    if (!source) {
      return;
    }
    const abort = (this.#abort = new AbortController());
    try {
      const page = await source({ ...this.filter(), ...range }, { signal: abort.signal });
      if (!abort.signal.aborted) {
        take(page);
        this.total = page.total;
        this.next = page.next;
        this.status = 'there';
        this.more = 'rest';
        this.#host.changed();
      }
    } catch (cause) {
      if (!abort.signal.aborted) {
        this.status = this.status === 'there' ? 'there' : 'failed';
        this.more = range.cursor === undefined ? 'rest' : 'failed';
        this.#host.failed(cause);
        this.#host.changed();
      }
    }
  }
}
