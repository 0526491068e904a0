import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Catalog } from '../../../../src/documents/index.js';
import { askFirst } from '../../kit/confirm.js';
import { card, section } from '../../kit/section.js';
import { statusPill } from '../../kit/pills.js';
import { editing } from '../../rules/editing.js';
import { type EarningRule, type TiersProgram, baseTierName } from '../../rules/model.js';
import { perform } from '../../rules/operations.js';
import { RulesScreen } from '../../rules/rules-screen.js';
import { ACTIVITIES, activityOf, canBeDeleted, isAutomated } from './activities.js';
import type { Channel } from './channels.js';
import { describeRule } from './describe.js';
import { changeOfRule, newRule } from './values.js';
import './channels.js';
import './form.js';
import '../../rules/rules.css';

interface Loaded {
  readonly rules: readonly EarningRule[];
  readonly program: TiersProgram;
  readonly settings: { readonly autoPause?: boolean; readonly socialMedia?: { readonly channels: readonly Channel[] } };
}

const isActive = ({ status }: EarningRule): boolean => status === 'ACTIVE';
const activeFirst = (rules: readonly EarningRule[]): readonly EarningRule[] => [...rules.filter(isActive), ...rules.filter((rule) => !isActive(rule))];

class EarningScreen extends RulesScreen<Loaded> {
  protected async load(signal: AbortSignal): Promise<Loaded> {
    const { api } = this.context;
    const [{ earningRules }, program, { settings }] = await Promise.all([
      api.get<{ earningRules: readonly EarningRule[] }>('/loyalty-earning-rules/v1/earning-rules/rules', {}, { signal }),
      api.get<TiersProgram>('/loyalty-tiers/v1/tiers/program', {}, { signal }),
      api.get<{ settings: Loaded['settings'] }>('/loyalty-programs/v1/settings', {}, { signal }),
    ]);
    return { rules: earningRules, program, settings };
  }

  protected has({ rules }: Loaded, wanted: string): boolean {
    return rules.some(({ id }) => id === wanted);
  }

  /** What follows when nothing is left to earn by; null: something is. */
  #warning({ rules, settings }: Loaded, without: EarningRule): TemplateResult | null {
    return rules.some((rule) => isActive(rule) && rule.id !== without.id)
      ? null
      : html`<p><b>It is the last active way to earn.</b> Members will not earn anything from then on.</p>
          <p>${settings.autoPause ? 'The settings say that the program is paused then: points cannot be spent either.' : 'The program itself goes on: points that members have can still be spent.'}</p>`;
  }

  async #switch(loaded: Loaded, rule: EarningRule): Promise<void> {
    const status = isActive(rule) ? 'PAUSED' : 'ACTIVE';
    const warning = isActive(rule) ? this.#warning(loaded, rule) : null;
    if (warning && !(await askFirst({ title: `Pause “${rule.title}”?`, text: warning, action: 'Pause', isDangerous: false }))) {
      return;
    }
    const { id, revision } = rule;
    const request = { earningRule: { id, revision, status } };
    await this.do(id, () => perform(this.context.api, { operation: 'earningRules.update', request }), `“${rule.title}” is ${status === 'ACTIVE' ? 'active' : 'paused'}.`);
  }

  async #delete(loaded: Loaded, rule: EarningRule): Promise<void> {
    const text = html`<p>Members keep what they have earned by it.</p>${isActive(rule) ? (this.#warning(loaded, rule) ?? nothing) : nothing}`;
    if (!(await askFirst({ title: `Delete “${rule.title}”?`, text, action: 'Delete' }))) {
      return;
    }
    const { id, revision } = rule;
    const folder = isAutomated(rule) ? 'automation-earning-rules' : 'earning-rules';
    await this.do(id, () => this.context.api.delete(`/loyalty-earning-rules/v1/${folder}/${id}`, { revision }), `“${rule.title}” is deleted.`);
  }

  #start({ program }: Loaded): Promise<void> {
    return this.do('start', () => perform(this.context.api, changeOfRule(program, newRule(program, 'order'), null)), 'Members now earn for their orders.');
  }

  #row(loaded: Loaded, rule: EarningRule): TemplateResult {
    const { award, tiers, limits } = describeRule(this.context, loaded.program, rule);
    const { app, label } = activityOf(rule);
    const isBusy = this.doing.busy === rule.id;
    return html`
      <tr>
        <th scope="row"><a href="#/earning/${rule.id}">${rule.title}</a><span class="sub">${app}: ${label}</span></th>
        <td data-label="Members earn">${award}${[...tiers, ...limits].map((text) => html`<span class="sub">${text}</span>`)}</td>
        <td data-label="Status">${statusPill(rule.status)}</td>
        <td data-label="Actions" class="row-actions">
          <button type="button" class="button" aria-disabled=${isBusy ? 'true' : nothing} @click=${() => void this.#switch(loaded, rule)}>${isActive(rule) ? 'Pause' : 'Resume'}<span class="hidden"> ${rule.title}</span></button>
          ${canBeDeleted(rule)
            ? html`<button type="button" class="button quiet" aria-disabled=${isBusy ? 'true' : nothing} @click=${() => void this.#delete(loaded, rule)}>Delete<span class="hidden"> ${rule.title}</span></button>`
            : html`<span class="sub">Came with its app: it can be paused, not deleted.</span>`}
        </td>
      </tr>
    `;
  }

  #list(loaded: Loaded): TemplateResult {
    return html`
      ${this.doing.view()}
      ${loaded.rules.some(isActive)
        ? nothing
        : html`<div class="empty">
            <p><b>Members cannot earn anything yet.</b> Most shops begin with points for orders.</p>
            <div class="buttons">
              <button type="button" class="button primary" @click=${() => void this.#start(loaded)}>Start with ${this.context.points(1)} for each ${this.context.amount('1')}</button>
              <a class="button" href="#/earning/new?activity=birthday">Give points for birthdays</a>
            </div>
          </div>`}
      <div class="table-frame"><table class="table stacks">
        <caption class="hidden">Ways to earn</caption>
        <thead><tr><th scope="col">Name</th><th scope="col">Members earn</th><th scope="col">Status</th><th scope="col">Actions</th></tr></thead>
        <tbody>${activeFirst(loaded.rules).map((rule) => this.#row(loaded, rule))}</tbody>
      </table></div>
    `;
  }

  readonly #liveCatalog = async (): Promise<Catalog> => (await this.context.api.get<{ catalog: Catalog }>('/loyalty-programs/v1/catalog')).catalog;

  #sample({ rules, program }: Loaded): unknown {
    const active = new Set(rules.filter(isActive).map((rule) => activityOf(rule).lines));
    const places = ACTIVITIES.flatMap(({ lines, app: name }) => (lines !== undefined && active.delete(lines) ? [{ tag: lines, name }] : []));
    return places.length === 0
      ? nothing
      : card(
          { heading: 'What an order earns', intro: 'By all active ways together, for each tier.' },
          html`<console-order-sample .context=${this.context} .places=${places} .catalog=${this.#liveCatalog} .version=${rules} .baseTier=${baseTierName(program)}></console-order-sample>`,
        );
  }

  #editor(loaded: Loaded): unknown {
    const [id] = this.path;
    const rule = loaded.rules.find((one) => one.id === id) ?? null;
    if (id !== 'new' && rule === null) {
      return this.missing('way to earn', 'earning', 'All ways to earn');
    }
    return keyed(id, html`<console-earning-form .context=${this.context} .program=${loaded.program} .entity=${rule} .start=${this.query.get('activity')}></console-earning-form>`);
  }

  protected override render(): unknown {
    const loaded = this.all.value;
    const [id] = this.path;
    if (id !== undefined) {
      const rule = loaded?.rules.find((one) => one.id === id);
      return editing(this.all, { title: id === 'new' ? 'A new way to earn' : 'Change a way to earn', heading: rule?.title ?? 'What it gives', back: ['earning', 'All ways to earn'] }, (value) => this.#editor(value));
    }
    return html`
      <div class="screen-head"><h1>Ways to earn</h1><a class="button primary" href="#/earning/new">Add a way to earn</a></div>
      ${section(this.all, { heading: 'What members get points for', lines: 8, intro: 'Every active way that fits gives its points; they add up.' }, (value) => this.#list(value))}
      ${loaded ? this.#sample(loaded) : nothing}
      ${loaded?.rules.some((rule) => activityOf(rule).custom === 'SOCIAL_MEDIA')
        ? card(
            { heading: 'Channels to follow', intro: 'Members see these channels beside the way to earn for following; each one counts once a member.' },
            html`<console-channels .context=${this.context} .channels=${loaded.settings.socialMedia?.channels ?? []}></console-channels>`,
          )
        : nothing}
    `;
  }
}
customElements.define('console-earning', EarningScreen);
