import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { changing, rich } from '../../checkout/views/text.js';
import type { MemberTransaction, TransactionType } from '../../client/member.js';
import { TYPES } from '../history.js';
import { PERIODS, stretchOf, type Period } from '../period.js';
import type { PageWords } from '../words.js';
import { movements } from './icons.js';
import { empty, section, trouble } from './parts.js';
import type { View } from './view.js';

const valueOf = (event: Event) => (event.target as HTMLSelectElement | HTMLInputElement).value;

function periodText(period: Period, words: PageWords): string {
  const stretch = stretchOf(period);
  return stretch === null ? words.say('allTime') : words.say(stretch.unit === 'd' ? 'lastDays' : 'lastMonths', { count: stretch.count });
}

function choice<Value extends string>(label: string, options: readonly (readonly [Value, string])[], present: Value, choose: (value: Value) => void): unknown {
  return html`<label class="choice">
    <span class="choice-label">${label}</span>
    <select class="field" @change=${(event: Event) => choose(valueOf(event) as Value)}>
      ${options.map(([value, text]) => html`<option value=${value} .selected=${live(value === present)}>${text}</option>`)}
    </select>
  </label>`;
}

function filters({ words, history, element, on }: View): unknown {
  const { type, period, search } = history.view;
  const types = [['all', words.say('allTypes')], ...TYPES.map((one) => [one, words.say(one)] as const)] as const;
  const periods = [...new Set([...PERIODS, element.historyRange, period])].map((one) => [one, plainText(periodText(one, words))] as const);
  return html`<form part="filter" class="filters" role="search" @submit=${(event: Event) => event.preventDefault()}>
    ${choice<TransactionType | 'all'>(words.say('type'), types, type, on.historyType)} ${choice(words.say('range'), periods, period, on.historyPeriod)}
    <label class="choice grow">
      <span class="choice-label">${words.say('search')}</span>
      <input type="search" class="field" .value=${live(search)} autocomplete="off" maxlength="100" @input=${(event: Event) => on.search(valueOf(event))} />
    </label>
  </form>`;
}

/** Options take text alone. */
const plainText = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

function exports({ words, exports: formats, exporting, on }: View): unknown {
  return formats.length === 0
    ? nothing
    : html`<div class="actions">
        ${formats.map(
          (format) =>
            html`<button type="button" part="export-button" class="small-button" aria-disabled=${exporting.format !== null} @click=${() => on.export(format)}>
              ${words.say(format === 'csv' ? 'exportCsv' : 'exportJson')}
            </button>`,
        )}
      </div>`;
}

function row(words: PageWords, one: MemberTransaction): unknown {
  // The roles stand for themselves where the table is drawn as a list, on narrow screens.
  return html`<tr part="row" role="row">
    <td class="when" role="cell">${rich(words.dayOfStore(one.at))}</td>
    <td class="of" role="cell">
      <div class="what">
        <span class="movement" data-type=${one.type}>${movements[one.type] ?? nothing}</span>
        <div class="what-text">
          <p><bdi>${one.title}</bdi></p>
          <p class="small">${one.type in movements ? words.say(one.type) : one.type}${one.number ? html` · ${rich(words.say('order', { number: one.number }))}` : nothing}${one.description && one.description !== one.title ? html` · <bdi>${one.description}</bdi>` : nothing}</p>
        </div>
      </div>
    </td>
    <td class="number change" role="cell" ?data-more=${one.points > 0}>${rich(words.signed(one.points))}</td>
    <td class="number after" role="cell" data-label=${words.say('sumBalance')}>${rich(words.number(one.balanceAfter))}</td>
  </tr>`;
}

/** As high as what will come. */
const bones = (count: number) =>
  Array.from({ length: count }, () => html`<tr aria-hidden="true"><td class="of" colspan="4"><div class="bone bone-line"></div></td></tr>`);

function table(view: View): unknown {
  const { words, history, pageSize } = view;
  const isLoading = history.status === 'loading';
  const waiting = isLoading ? Math.min(pageSize, 8) : history.more === 'loading' ? Math.min(pageSize, history.total - history.rows.length) : 0;
  return html`<table part="table" class="table" role="table" aria-labelledby="history-title" aria-busy=${isLoading}>
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">${words.say('date')}</th>
        <th scope="col" role="columnheader">${words.say('what')}</th>
        <th scope="col" role="columnheader" class="number">${words.pointsName === '' ? words.say('change') : html`<bdi>${words.pointsName}</bdi>`}</th>
        <th scope="col" role="columnheader" class="number">${words.say('sumBalance')}</th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${history.rows.map((one) => row(words, one))} ${bones(waiting)}
    </tbody>
  </table>`;
}

function foot(view: View): unknown {
  const { words, history, pageSize, on } = view;
  const { rows, total, next } = history;
  const rest = Math.min(pageSize, total - rows.length);
  return html`
    ${history.more === 'failed' ? trouble(view, words.say('historyFailed'), on.loadMore) : nothing}
    <div class="foot">
      ${next === undefined
        ? nothing
        : html`<button type="button" class="secondary" id="load-more" aria-disabled=${history.more === 'loading'} @click=${on.loadMore}>
            <span>${rich(words.say('loadMore', { more: words.number(rest) }))}</span>
          </button>`}
      <p class="small" id="shown-of" tabindex="-1">${changing(words.say('shownOf', { shown: words.number(rows.length), total: words.number(total) }))}</p>
    </div>
    ${words.zone === null ? nothing : html`<p class="small">${rich(words.say('zone', { zone: words.name(words.zone) }))}</p>`}
  `;
}

/** Whether the reader has asked for less than the page shows by itself. */
function isNarrowed({ history, element }: View): boolean {
  const { type, period, search } = history.view;
  return type !== 'all' || search.trim() !== '' || period !== element.historyRange;
}

function body(view: View): unknown {
  const { words, history, on } = view;
  if (history.status === 'failed') {
    return trouble(view, words.say('historyFailed'), on.retryHistory);
  }
  if (history.status === 'there' && history.rows.length === 0) {
    return isNarrowed(view)
      ? empty(words.say('noMatches'), html`<button type="button" class="secondary" @click=${on.clearFilters}>${words.say('clearFilters')}</button>`)
      : empty(words.say('noHistory'));
  }
  return html`${table(view)} ${history.status === 'there' ? foot(view) : nothing}`;
}

/** Every movement of points, the newest first. */
export function history(view: View): unknown {
  const { words, exporting, history: list } = view;
  // There is nothing to choose from, nor to take home.
  const isBare = list.status === 'there' && list.rows.length === 0 && !isNarrowed(view);
  return section(
    view,
    'history',
    words.say('history'),
    html`<div part="history" class="history">
      ${isBare ? nothing : filters(view)} ${exporting.hasFailed ? html`<p class="trouble-text small" role="note">${words.say('exportFailed')}</p>` : nothing} ${body(view)}
    </div>`,
    isBare ? nothing : exports(view),
  );
}
