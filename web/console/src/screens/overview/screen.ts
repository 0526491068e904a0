import { html, nothing, type TemplateResult } from 'lit';
import { Screen } from '../../app/screen.js';
import { Listening } from '../../app/listening.js';
import { Loadable } from '../../kit/loadable.js';
import { statusPill } from '../../kit/pills.js';
import { revealed, type Part } from '../../kit/reveal.js';
import { section } from '../../kit/section.js';
import '../../kit/chart.js';
import './overview.css';
import { recentActivity, type Happening } from './activity.js';
import { expiryChart, flowChart } from './charts.js';
import { intervalFor, PERIODS, pointsReport, type Checklist, type Interval, type Liability, type Period, type Totals } from './reports.js';
import { checklistView, missingOf, standingOf, switchStatus } from './status.js';
import { liabilityView, totalsView } from './totals.js';

const INTERVALS: readonly (readonly [Interval, string])[] = [
  ['day', 'By day'],
  ['week', 'By week'],
  ['month', 'By month'],
];

/** How the program is doing: status, setup, totals, what is owed, what moves, what has just happened. */
export class ConsoleOverview extends Screen {
  static override properties = { ...Screen.properties, period: { state: true }, by: { state: true }, switching: { state: true }, problem: { state: true } };

  declare private period: Period;
  declare private by: Interval;
  declare private switching: boolean;
  /** Why the program could not be started or paused. */
  declare private problem: string;

  readonly #checklist = new Loadable<Checklist>(this, (signal) => this.context.api.get('/loyalty-reports/v1/checklist', {}, { signal }));
  readonly #totals = new Loadable<Totals>(this, (signal) => this.context.api.get('/loyalty-accounts/v1/accounts/program-totals', {}, { signal }));
  readonly #liability = new Loadable<Liability>(this, (signal) => this.context.api.get('/loyalty-reports/v1/liability', {}, { signal }));
  readonly #flow = new Loadable(this, (signal) => pointsReport(this.context.api, this.context.timeZone, this.period, this.by, signal));
  readonly #activity = new Loadable<readonly Happening[]>(this, (signal) => recentActivity(this.context, signal));

  constructor() {
    super();
    this.period = '30';
    this.by = intervalFor('30');
    this.switching = false;
    this.problem = '';
    new Listening(this, () => this.#refreshAll());
  }

  protected override render(): TemplateResult {
    const { program } = this.context;
    const list = this.#checklist.value;
    // The setup comes first until the program has started.
    const isStarted = program.status !== 'DRAFT';
    const setup: Part = [this.#checklist, () => this.#setup()];
    return html`
      <div class="screen-head"><h1>Overview</h1></div>
      ${revealed([
        [isStarted ? null : this.#checklist, () => this.#status(list)],
        ...(isStarted ? [] : [setup]),
        [this.#totals, () => section(this.#totals, { heading: 'Points so far' }, (totals) => totalsView(this.context, totals))],
        [this.#flow, () => this.#movement()],
        [this.#liability, () => this.#debt()],
        [this.#activity, () => section(this.#activity, { heading: 'Recent activity', intro: `What happened last, as it happens. Times are those of ${this.context.timeZone}.` }, (rows) => this.#rows(rows))],
        ...(isStarted ? [setup] : []),
      ])}
    `;
  }

  #status(list: Checklist | null): TemplateResult {
    const { status } = this.context.program;
    const missing = list ? missingOf(list) : [];
    const isBlocked = status !== 'ACTIVE' && missing.length > 0;
    return html`
      <section class="card standing">
        <header class="card-head">
          <h2>${statusPill(status)} <span>${standingOf(status)}</span></h2>
          <button type="button" class="button ${status === 'ACTIVE' ? '' : 'primary'}"
            aria-disabled=${isBlocked || this.switching ? 'true' : nothing} aria-describedby=${isBlocked ? 'missing' : nothing} @click=${() => this.#switch(isBlocked)}>
            ${status === 'ACTIVE' ? 'Pause…' : 'Activate'}
          </button>
        </header>
        ${isBlocked
          ? html`<div class="notice" id="missing">
              <p>Before it can start:</p>
              <ul class="bullets">${missing.map(({ message }) => html`<li>${message}</li>`)}</ul>
            </div>`
          : nothing}
        <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
      </section>
    `;
  }

  #setup(): TemplateResult {
    return section(this.#checklist, { heading: 'Setup', intro: 'What a program is made of. “Needed” has to be there before it can start.' }, checklistView);
  }

  #movement(): TemplateResult {
    const choices = html`
      <label class="inline"><span class="hidden">Period</span>
        <select @change=${(event: Event) => this.#choosePeriod((event.target as HTMLSelectElement).value as Period)}>
          ${PERIODS.map(([value, text]) => html`<option value=${value} ?selected=${value === this.period}>${text}</option>`)}
        </select>
      </label>
      <div class="segments" role="group" aria-label="One bar for each">
        ${INTERVALS.map(([by, text]) => html`<button type="button" class="button" aria-pressed=${by === this.by} @click=${() => this.#chooseInterval(by)}>${text}</button>`)}
      </div>
    `;
    return section(this.#flow, { heading: 'Earned and redeemed', intro: `By days of ${this.context.timeZone}. An order shows here at once.`, actions: choices, class: 'with-chart' }, (report) => {
      const { number } = this.context;
      const { orders, activeMembers } = report.totals;
      return html`<p>${number(orders)} ${orders === 1 ? 'order' : 'orders'}; ${number(activeMembers)} ${activeMembers === 1 ? 'member' : 'members'} earned or spent something.</p>
        <console-chart .data=${flowChart(this.context, report)}></console-chart>`;
    });
  }

  #debt(): TemplateResult {
    return section(this.#liability, { heading: 'What is owed', intro: 'What it would cost if members spent all their points today.', class: 'with-chart' }, (report) => {
      const hasMonths = report.byExpiryMonth.some(({ month }) => month !== null);
      return html`${liabilityView(this.context, report)}
        <h3>By the month in which points expire</h3>
        ${hasMonths
          ? html`<console-chart .data=${expiryChart(this.context, report)}></console-chart>`
          : html`<p class="muted">As things stand no points expire. <a href="#/program">Expiry is set on the program’s page.</a></p>`}`;
    });
  }

  #rows(rows: readonly Happening[]): TemplateResult {
    return rows.length === 0
      ? html`<div class="empty"><h3>Nothing has happened yet</h3><p>When the first member joins or the first order is paid, it shows here at once.</p></div>`
      : html`<ul class="happenings">
          ${rows.map(
            ({ who, text, at }) => html`<li>
              <span>${who ? html`<a href="#/${who.path}"><bdi>${who.name}</bdi></a> ` : nothing}<bdi>${text}</bdi></span>
              <time class="muted number" datetime=${at}>${this.context.dateTime(at)}</time>
            </li>`,
          )}
        </ul>`;
  }

  #choosePeriod(period: Period): void {
    this.period = period;
    this.#chooseInterval(intervalFor(period));
  }

  #chooseInterval(by: Interval): void {
    this.by = by;
    void this.#flow.reload();
  }

  async #switch(isBlocked: boolean): Promise<void> {
    if (isBlocked) {
      this.context.say('The program cannot start yet: see what is missing.');
      return;
    }
    if (this.switching) {
      return;
    }
    this.switching = true;
    this.problem = '';
    try {
      await switchStatus(this.context);
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.switching = false;
    }
    await this.#checklist.reload();
  }

  #refreshAll(): void {
    [this.#checklist, this.#totals, this.#liability, this.#flow, this.#activity].forEach((one) => void one.refresh());
  }
}

customElements.define('console-overview', ConsoleOverview);
