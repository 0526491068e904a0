import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { Screen } from '../../app/screen.js';
import { namingOf, type Naming } from '../../explain/naming.js';
import { card } from '../../kit/section.js';
import type { Bench } from './bench.js';
import { signed } from './difference.js';
import { loadCases, replayAll, type PastOrders, type Replayed, type ReplayReport } from './replay.js';

type Run =
  | { readonly at: 'idle' }
  | { readonly at: 'loading'; readonly count: number }
  | { readonly at: 'running'; readonly done: number; readonly all: number }
  | { readonly at: 'stopped' }
  | { readonly at: 'failed'; readonly message: string }
  | { readonly at: 'done'; readonly report: ReplayReport; readonly of: Bench };

const COUNTS = [50, 200, 500, 2000];
const PAGE = 25;

/** Past orders under the live rules and under the draft: what would have changed, order by order. */
class Replay extends Screen {
  static override properties = { ...Screen.properties, bench: { attribute: false } };

  declare bench: Bench;
  #count = 200;
  #run: Run = { at: 'idle' };
  #shown = PAGE;
  #onlyChanged = true;
  /** Orders do not change what they were priced with: loaded once, they are used for every draft. */
  #past: ({ readonly count: number } & PastOrders) | null = null;
  #stop: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The catalogs of the bench before are closed.
    if (changed.has('bench') && (this.#run.at === 'running' || this.#run.at === 'loading')) {
      this.#stop?.abort();
    }
  }

  #set(run: Run): void {
    this.#run = run;
    this.requestUpdate();
  }

  readonly #start = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.#stop?.abort();
    const { signal } = (this.#stop = new AbortController());
    const { bench } = this;
    const { live, draft } = bench;
    this.#shown = PAGE;
    this.#set({ at: 'loading', count: 0 });
    try {
      if (this.#past?.count !== this.#count) {
        const count = this.#count;
        this.#past = { count, ...(await loadCases(this.context.api, count, signal, (loaded) => this.#set({ at: 'loading', count: loaded }))) };
      }
      const { cases: all } = this.#past;
      const report = await replayAll(bench.core, live, draft ?? live, all, signal, (done) => this.#set({ at: 'running', done, all: all.length }));
      this.#set({ at: 'done', report, of: bench });
      this.context.say(`${this.context.number(report.rows.length)} orders were priced twice; ${this.context.number(report.sums.changed)} would be different.`);
    } catch (error) {
      if (signal.aborted) {
        this.#set({ at: 'stopped' });
      } else {
        this.#set({ at: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
    }
  };

  protected override render(): unknown {
    const isBusy = this.#run.at === 'loading' || this.#run.at === 'running';
    return card(
      {
        heading: 'Past orders under both rules',
        intro: `Prices the last orders again in this page, with the core that priced them: once with the live rules of now, once with the draft. Members have the points, coupons and
          tiers that they had then. Nothing is changed.`,
      },
      html`
        ${this.bench.draft === null ? html`<p class="notice">The draft is empty: both sides are the live rules. Change something first, then come back.</p>` : nothing}
        <form class="toolbar" @submit=${this.#start}>
          <div class="field">
            <label for="replay-count">The last</label>
            <div class="control">
              <select id="replay-count" ?disabled=${isBusy} @change=${(event: Event) => (this.#count = Number((event.target as HTMLSelectElement).value))}>
                ${COUNTS.map((count) => html`<option value=${count} .selected=${this.#count === count}>${this.context.number(count)} orders</option>`)}
              </select>
            </div>
          </div>
          <button class="button primary" ?disabled=${isBusy}>Price them again</button>
          ${isBusy ? html`<button type="button" class="button" @click=${() => this.#stop?.abort()}>Stop</button>` : nothing}
        </form>
        <div class="replay-state" role="status">${this.#state()}</div>
        ${this.#run.at === 'done' ? this.#report(this.#run.report) : nothing}
      `,
    );
  }

  #state(): TemplateResult | typeof nothing {
    const run = this.#run;
    const { number } = this.context;
    switch (run.at) {
      case 'loading':
        return html`<label for="replay-bar">Fetching orders: ${number(run.count)}</label> <progress id="replay-bar" max=${this.#count} value=${run.count}></progress>`;
      case 'running':
        return html`<label for="replay-bar">${number(run.done)} of ${number(run.all)} priced</label> <progress id="replay-bar" max=${run.all} value=${run.done}></progress>`;
      case 'stopped':
        return html`<p>Stopped. Nothing was changed.</p>`;
      case 'failed':
        return html`<p class="problem">${run.message}</p>`;
      case 'done':
        return run.of === this.bench ? nothing : html`<p class="notice">The rules have changed since: price the orders again to see today's difference.</p>`;
      default:
        return nothing;
    }
  }

  #report({ rows, unpriced, sums }: ReplayReport): TemplateResult {
    const { money, number } = this.context;
    if (rows.length === 0 && unpriced.length === 0) {
      return html`<p class="empty">There are no past orders yet.</p>`;
    }
    const stat = (label: string, value: string, hint: string) => html`<div class="stat"><dt>${label}</dt><dd class="figure">${value}</dd><dd class="hint">${hint}</dd></div>`;
    return html`
      <dl class="stats">
        ${stat('Difference of all totals', signed(sums.total, money), `${money(sums.live)} under the live rules, ${money(sums.draft)} under the draft.`)}
        ${stat('Points', signed(sums.points, number), 'Earned less spent, under the draft compared with the live rules.')}
        ${stat('Orders that differ', `${number(sums.changed)} of ${number(rows.length)}`, 'In total, points or discounts.')}
      </dl>
      ${sums.repriced > 0
        ? html`<p class="notice">
            ${number(sums.repriced)} of these orders cost something else when they were placed: the rules have changed since. They are compared under the live rules of now, not of then.
          </p>`
        : html`<p class="hint">Under the live rules of now, every one of these orders costs what it cost when it was placed.</p>`}
      ${this.#past && this.#past.leftOut > 0
        ? html`<p class="hint">${number(this.#past.leftOut)} older orders are not among them: what they were priced with was not kept.</p>`
        : nothing}
      ${unpriced.length > 0 ? html`<p class="problem">${number(unpriced.length)} orders could not be priced: ${unpriced[0]?.problem}</p>` : nothing}
      ${this.#table(rows)}
    `;
  }

  #table(rows: readonly Replayed[]): TemplateResult {
    const { money, number, dateTime } = this.context;
    const { live, draft } = this.bench;
    const wanted = this.#onlyChanged ? rows.filter((row) => row.total !== 0 || row.points !== 0 || row.why.length > 0) : rows;
    return html`
      <div class="field check">
        <input id="replay-changed" type="checkbox" .checked=${this.#onlyChanged} @change=${(event: Event) => ((this.#onlyChanged = (event.target as HTMLInputElement).checked), this.requestUpdate())} />
        <label for="replay-changed">Only orders that differ</label>
      </div>
      ${wanted.length === 0
        ? html`<p class="empty">No order would be different.</p>`
        : html`
            <div class="table-frame"><table class="table stacks">
              <thead>
                <tr>
                  <th scope="col">Order</th><th scope="col">Placed</th><th scope="col">Member</th><th scope="col" class="end">Live rules</th><th scope="col" class="end">Draft</th>
                  <th scope="col" class="end">Difference</th><th scope="col" class="end">Points</th><th scope="col">Why</th>
                </tr>
              </thead>
              <tbody>
                ${wanted.slice(0, this.#shown).map((row) => {
                  const { request, orderId, number: shownNumber, memberName, placedAt } = row.of;
                  const naming = namingOf({ catalogs: [live.catalog, ...(draft ? [draft.catalog] : [])], account: request.account, resolved: request.resolved });
                  return html`<tr>
                    <th scope="row" data-label="Order"><a href="#/orders/${encodeURIComponent(orderId)}"><bdi>${shownNumber ?? orderId}</bdi></a></th>
                    <td data-label="Placed">${dateTime(placedAt)}</td>
                    <td data-label="Member"><bdi>${memberName ?? 'Guest'}</bdi></td>
                    <td data-label="Live rules" class="end">${money(row.live.total)}${row.isRepriced ? html`<br /><span class="hint">was ${money(row.of.quote.total)}</span>` : nothing}</td>
                    <td data-label="Draft" class="end">${money(row.draft.total)}</td>
                    <td data-label="Difference" class="end nowrap">${signed(row.total, money)}</td>
                    <td data-label="Points" class="end">${signed(row.points, number)}</td>
                    <td data-label="Why"><ul class="why">${whyOf(row, naming, money).map((text) => html`<li><bdi>${text}</bdi></li>`)}</ul></td>
                  </tr>`;
                })}
              </tbody>
            </table></div>
            <div class="pager">
              <p>${number(Math.min(this.#shown, wanted.length))} of ${number(wanted.length)} shown</p>
              ${wanted.length > this.#shown ? html`<button type="button" class="button" @click=${() => ((this.#shown += PAGE), this.requestUpdate())}>Show more</button>` : nothing}
            </div>
          `}
    `;
  }
}

/** Which discounts appeared, disappeared or are another amount, and what is earned otherwise. */
export function whyOf(row: Replayed, naming: Naming, money: (minor: number) => string): readonly string[] {
  const texts = row.why.map(({ id, source, live, draft }) => {
    const name = naming.candidate(id, source);
    return live === null ? `new: ${name} (${money(-(draft ?? 0))})` : draft === null ? `gone: ${name} (was ${money(-live)})` : `${name}: ${money(-live)} → ${money(-draft)}`;
  });
  return texts.length > 0 || row.points === 0 ? texts : [`earns ${row.draft.earned.toLocaleString('en')} instead of ${row.live.earned.toLocaleString('en')}`];
}

customElements.define('console-replay', Replay);
