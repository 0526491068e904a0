import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { askFirst } from '../../kit/confirm.js';
import { pill } from '../../kit/pills.js';
import { section } from '../../kit/section.js';
import { editing } from '../../rules/editing.js';
import type { TiersProgram } from '../../rules/model.js';
import { perform } from '../../rules/operations.js';
import { RulesScreen } from '../../rules/rules-screen.js';
import type { Promotion } from './model.js';
import { summaryOf, type SummaryWords, usageWords } from '../../rules/promotion-summary.js';
import { isCovered } from './form-document.js';
import './expert.js';
import './form.js';
import '../../rules/rules.css';

const PAGE = 50;
const CODES_SHOWN = 100;

interface Loaded {
  readonly promotions: readonly Promotion[];
  readonly total: number;
  readonly program: TiersProgram;
}

interface Listing {
  readonly promotions: readonly Promotion[];
  readonly pagingMetadata: { readonly total: number };
}

/** Whether it runs at an instant, by its own switch and times. */
function phaseOf({ active, conditions }: Promotion, now: number): 'off' | 'before' | 'running' | 'over' {
  return active === false
    ? 'off'
    : conditions?.endsAt && Date.parse(conditions.endsAt) <= now
      ? 'over'
      : conditions?.startsAt && Date.parse(conditions.startsAt) > now
        ? 'before'
        : 'running';
}

class PromotionsScreen extends RulesScreen<Loaded> {
  #offset = 0;

  protected async load(signal: AbortSignal): Promise<Loaded> {
    const { api } = this.context;
    const [id] = this.path;
    const [listing, program] = await Promise.all([
      id === undefined || id === 'new'
        ? api.get<Listing>('/loyalty-promotions/v1/promotions', { limit: PAGE, offset: this.#offset }, { signal })
        : api.get<{ promotion: Promotion }>(`/loyalty-promotions/v1/promotions/${id}`, {}, { signal }).then(({ promotion }) => ({ promotions: [promotion], pagingMetadata: { total: 1 } })),
      api.get<TiersProgram>('/loyalty-tiers/v1/tiers/program', {}, { signal }),
    ]);
    return { promotions: listing.promotions, total: listing.pagingMetadata.total, program };
  }

  protected has({ promotions }: Loaded, wanted: string): boolean {
    return promotions.some(({ id }) => id === wanted);
  }

  #wordsOf(program: TiersProgram): SummaryWords {
    const { money, date, dateTime, timeZone } = this.context;
    return { money, date, dateTime, timeZone, tiers: new Map(program.tiers.map(({ id, tierDefinition }) => [id, tierDefinition.name ?? ''])) };
  }

  #switch(promotion: Promotion): Promise<void> {
    const { id, revision, name = '' } = promotion;
    const active = promotion.active === false;
    return this.do(id, () => perform(this.context.api, { operation: 'promotions.update', request: { promotion: { id, revision, active } } }), `“${name}” is ${active ? 'active' : 'paused'}.`);
  }

  async #delete({ id, revision, name = '', codes = [] }: Promotion): Promise<void> {
    const text = `It does not apply to any order from then on.${codes.length > 0 ? ` ${codes.length === 1 ? 'Its code is' : `Its ${codes.length.toLocaleString('en')} codes are`} not known any more.` : ''} Orders that have been placed stay as they are.`;
    if (await askFirst({ title: `Delete “${name}”?`, text, action: 'Delete' })) {
      await this.do(id, () => this.context.api.delete(`/loyalty-promotions/v1/promotions/${id}`, { revision }), `“${name}” is deleted.`);
    }
  }

  #status(promotion: Promotion): TemplateResult {
    const phase = phaseOf(promotion, Date.parse(this.context.me.serverTime));
    return { off: pill('off', 'Paused'), before: pill('wait', 'To come'), running: pill('good', 'Active'), over: pill('note', 'Over') }[phase];
  }

  #codes(codes: readonly string[]): TemplateResult {
    const more = codes.length - CODES_SHOWN;
    return html`<details>
      <summary>${codes.length.toLocaleString('en')} codes</summary>
      <p class="codes">${codes.slice(0, CODES_SHOWN).join(' ')}</p>
      ${more > 0 ? html`<p class="sub">and ${more.toLocaleString('en')} more, in the form</p>` : nothing}
    </details>`;
  }

  #row(words: SummaryWords, promotion: Promotion): TemplateResult {
    const { id, name, codes = [] } = promotion;
    const isBusy = this.doing.busy === id;
    const shown = name || 'Without a name';
    return html`
      <tr>
        <th scope="row"><a href="#/promotions/${id}">${shown}</a></th>
        <td data-label="In words"><div>
          <p>${summaryOf(promotion, words)}.</p>
          ${promotion.usage ? html`<p class="sub">${usageWords(promotion.usage, promotion.limits?.usesLeft, words)}</p>` : nothing}
          ${codes.length > 1 ? this.#codes(codes) : nothing}
        </div></td>
        <td data-label="Status">${this.#status(promotion)}</td>
        <td data-label="Actions" class="row-actions">
          <button type="button" class="button" aria-disabled=${isBusy ? 'true' : nothing} @click=${() => void this.#switch(promotion)}>${promotion.active === false ? 'Resume' : 'Pause'}<span class="hidden"> ${shown}</span></button>
          <button type="button" class="button quiet" aria-disabled=${isBusy ? 'true' : nothing} @click=${() => void this.#delete(promotion)}>Delete<span class="hidden"> ${shown}</span></button>
        </td>
      </tr>
    `;
  }

  #turn(by: number): void {
    this.#offset = Math.max(0, this.#offset + by);
    void this.all.reload();
  }

  #list({ promotions, total, program }: Loaded): TemplateResult {
    if (total === 0) {
      return html`<div class="empty">
        <p><b>There are no promotions yet.</b> They take money off by themselves or with a code, for members and guests, and cost no points.</p>
        <div class="buttons">
          <a class="button primary" href="#/promotions/new?kind=percent">Percent off from an amount</a>
          <a class="button" href="#/promotions/new?kind=buyGet">Buy 2, get 1 free</a>
          <a class="button" href="#/promotions/new?kind=shipping">Free shipping</a>
        </div>
      </div>`;
    }
    const words = this.#wordsOf(program);
    const last = this.#offset + promotions.length;
    return html`
      ${this.doing.view()}
      <div class="table-frame"><table class="table stacks">
        <caption class="hidden">Promotions</caption>
        <thead><tr><th scope="col">Name</th><th scope="col">In words</th><th scope="col">Status</th><th scope="col">Actions</th></tr></thead>
        <tbody>${promotions.map((promotion) => this.#row(words, promotion))}</tbody>
      </table></div>
      ${total > PAGE
        ? html`<div class="pager">
            <span>${this.#offset + 1} to ${last} of ${total.toLocaleString('en')}</span>
            <div class="buttons">
              <button type="button" class="button" ?disabled=${this.#offset === 0} @click=${() => this.#turn(-PAGE)}>Earlier</button>
              <button type="button" class="button" ?disabled=${last >= total} @click=${() => this.#turn(PAGE)}>Later</button>
            </div>
          </div>`
        : nothing}
    `;
  }

  #editor({ promotions, program }: Loaded): unknown {
    const [id] = this.path;
    const promotion = promotions.find((one) => one.id === id) ?? null;
    if (id !== 'new' && promotion === null) {
      return this.missing('promotion', 'promotions', 'All promotions');
    }
    const { context } = this;
    const words = this.#wordsOf(program);
    const isBeyond = promotion !== null && !isCovered({ currency: context.currency, timeZone: context.timeZone, tiers: program }, promotion);
    const isExpert = isBeyond || this.query.get('as') === 'document';
    const change = isBeyond
      ? html`<p class="hint">The form has no fields for some of it, so it is shown as its document.</p>`
      : html`<p><a href="#/promotions/${id}${isExpert ? '' : '?as=document'}">${isExpert ? 'Back to the form' : 'Edit as a document'}</a></p>`;
    const editor = isExpert
      ? html`<console-promotion-expert .context=${context} .program=${program} .words=${words} .entity=${promotion}></console-promotion-expert>`
      : html`<console-promotion-form .context=${context} .program=${program} .words=${words} .entity=${promotion} .start=${this.query.get('kind')}></console-promotion-form>`;
    return html`${change}${keyed(`${id} ${isExpert}`, editor)}`;
  }

  protected override render(): unknown {
    const [id] = this.path;
    if (id !== undefined) {
      const promotion = this.all.value?.promotions.find((one) => one.id === id);
      return editing(this.all, { title: id === 'new' ? 'A new promotion' : 'Change a promotion', heading: promotion?.name || 'What it does', back: ['promotions', 'All promotions'] }, (value) => this.#editor(value));
    }
    return html`
      <div class="screen-head"><h1>Promotions</h1><a class="button primary" href="#/promotions/new">Add a promotion</a></div>
      ${section(this.all, { heading: 'What is taken off without points', lines: 8, intro: 'Promotions apply by themselves, or with a code.' }, (value) => this.#list(value))}
    `;
  }
}
customElements.define('console-promotions', PromotionsScreen);
