import { html, nothing } from 'lit';
import { dayFilter, selectFilter } from '../../kit/filters.js';
import { Loadable } from '../../kit/loadable.js';
import { Pages, pagesFoot } from '../../kit/pages.js';
import { pill, type PillKind } from '../../kit/pills.js';
import { section } from '../../kit/section.js';
import { nameOf } from '../../records/accounts.js';
import { type Booking, type BookingFilter, bookingsOf, getEntries, getTransactions, type Transaction, TYPES } from '../../records/bookings.js';
import { ledgerCsv, saveFile } from './csv.js';
import { dayStart } from './days.js';
import { MemberPart } from './member-part.js';

const PAGE = 20;
const EXPORT_PAGE = 100;
const KINDS: Readonly<Record<string, PillKind>> = { EARN: 'good', REDEEM: 'note', ADJUST: 'note', REFUND: 'note', EXPIRE: 'bad' };

/** Every booking on the account: what the member's history shows, with the entry of the books behind it. */
class MemberLedger extends MemberPart {
  #type = '';
  #from = '';
  #to = '';
  #silent = false;
  #export: 'no' | 'running' | Error = 'no';

  readonly #transactions = new Pages<Transaction>(this, (cursor, signal) => getTransactions(this.context.api, this.account.id, this.#filter(), cursor, PAGE, signal));
  readonly #entries = new Loadable(this, (signal) => getEntries(this.context.api, this.account.id, signal));

  protected override get loaded(): readonly [Loadable<unknown>, Loadable<unknown>] {
    return [this.#transactions, this.#entries];
  }

  #filter(): BookingFilter {
    return { type: this.#type, from: dayStart(this.#from, this.context.timeZone), until: dayStart(this.#to, this.context.timeZone, 1) };
  }

  #rows(transactions: readonly Transaction[], isWhole: boolean): readonly Booking[] {
    const hasFilter = this.#type !== '' || this.#from !== '' || this.#to !== '';
    return bookingsOf(transactions, this.#entries.value ?? [], this.#silent && !hasFilter, isWhole);
  }

  readonly #save = async (): Promise<void> => {
    this.#export = 'running';
    this.requestUpdate();
    try {
      const all: Transaction[] = [];
      for (let cursor: string | null = null; ; ) {
        const page = await getTransactions(this.context.api, this.account.id, this.#filter(), cursor, EXPORT_PAGE);
        all.push(...page.rows);
        cursor = page.next;
        if (cursor === null) {
          break;
        }
      }
      saveFile(`ledger-${nameOf(this.account).replace(/[^\p{L}\p{N}]+/gu, '-')}.csv`, ledgerCsv(this.#rows(all, true)), 'text/csv;charset=utf-8');
      this.context.say(`${this.context.number(all.length)} bookings were saved.`);
      this.#export = 'no';
    } catch (error) {
      this.#export = error instanceof Error ? error : new Error(String(error));
    }
    this.requestUpdate();
  };

  protected override render(): unknown {
    return section(
      this.#transactions,
      {
        heading: 'Ledger',
        lines: 10,
        actions: html`<button type="button" class="button" ?disabled=${this.#export === 'running'} @click=${this.#save}>${this.#export === 'running' ? 'Saving…' : 'Save as CSV'}</button>`,
        intro: 'What changed the balance, the newest first. Each row names the booking behind it; bookings are never changed or removed.',
      },
      ({ rows, next }) => html`
        ${this.#export instanceof Error ? html`<p class="problem" role="alert">The file could not be made: ${this.#export.message}</p>` : nothing}
        ${this.#filters()} ${this.#table(this.#rows(rows, next === null))}
      `,
    );
  }

  #filters(): unknown {
    const renew = () => void this.#transactions.reload();
    return html`
      <div class="toolbar" role="group" aria-label="What the ledger shows">
        ${selectFilter('ledger-type', 'Kind', this.#type, TYPES, (type) => ((this.#type = type), renew()))}
        ${dayFilter('ledger-from', 'From', this.#from, (day) => ((this.#from = day), renew()))} ${dayFilter('ledger-to', 'To', this.#to, (day) => ((this.#to = day), renew()))}
        <div class="field check">
          <input id="ledger-silent" type="checkbox" .checked=${this.#silent} @change=${(event: Event) => ((this.#silent = (event.target as HTMLInputElement).checked), this.requestUpdate())} />
          <label for="ledger-silent">Bookings that move no balance</label>
        </div>
      </div>
    `;
  }

  #table(rows: readonly Booking[]): unknown {
    if (rows.length === 0) {
      return html`<p class="empty">${this.#type || this.#from || this.#to ? 'Nothing matches.' : 'Nothing has happened on this account yet.'}</p>`;
    }
    return html`
      <div class="table-frame"><table class="table stacks">
        <thead><tr><th scope="col">When</th><th scope="col">Kind</th><th scope="col">What</th><th scope="col" class="end">Points</th><th scope="col" class="end">Balance</th></tr></thead>
        <tbody>${rows.map((row) => this.#row(row))}</tbody>
      </table></div>
      ${pagesFoot(this.#transactions, 'booking', 'bookings')}
    `;
  }

  #row(row: Booking): unknown {
    const { number, dateTime } = this.context;
    const word = TYPES.find(([type]) => type === row.type)?.[1];
    return html`<tr>
      <td data-label="When" class="nowrap">${dateTime(row.at)}</td>
      <td data-label="Kind">${row.type === null ? pill('off', 'Booking') : pill(KINDS[row.type] ?? 'note', word ?? row.type)}</td>
      <td data-label="What">
        <span>
          <bdi>${row.title}</bdi>${row.orderId ? html` · <a href="#/orders/${encodeURIComponent(row.orderId)}">the order</a>` : nothing}
          ${this.#entryOf(row)}
        </span>
      </td>
      <td data-label="Points" class="end">${row.change === null ? '–' : `${row.change > 0 ? '+' : ''}${number(row.change)}`}</td>
      <td data-label="Balance" class="end">${number(row.balance)}</td>
    </tr>`;
  }

  #entryOf({ entry, note }: Booking): unknown {
    if (entry === null) {
      return nothing;
    }
    const { number, date, dateTime } = this.context;
    const facts = [
      `Booking ${number(entry.sequence)}`,
      note,
      entry.heldAfter > 0 ? `${number(entry.heldAfter)} held afterwards` : '',
      entry.debtAfter > 0 ? `${number(entry.debtAfter)} still owed` : '',
      entry.shortfall ? `${number(entry.shortfall)} could not be taken back` : '',
      entry.clamped ? 'Cut to the most that one call may give' : '',
      entry.expiresAt && entry.kind === 'EARN' ? `Lasts until ${date(entry.expiresAt)}` : '',
      entry.expiresAt && (entry.kind === 'HOLD' || entry.kind === 'EXTEND') ? `Held until ${dateTime(entry.expiresAt)}` : '',
    ];
    return html`<br /><span class="hint">${facts.filter(Boolean).join(' · ')}</span>`;
  }
}

customElements.define('console-member-ledger', MemberLedger);
