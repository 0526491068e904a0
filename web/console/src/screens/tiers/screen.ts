import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ApiError } from '../../api/refusal.js';
import { askFirst } from '../../kit/confirm.js';
import { Loadable } from '../../kit/loadable.js';
import { pill } from '../../kit/pills.js';
import { revealed } from '../../kit/reveal.js';
import { section } from '../../kit/section.js';
import { editing } from '../../rules/editing.js';
import { baseTierName, type Tier, type TiersProgram, type TiersStatus } from '../../rules/model.js';
import { perform } from '../../rules/operations.js';
import { RulesScreen } from '../../rules/rules-screen.js';
import { counted } from '../../rules/words.js';
import { histogram, type Range } from './histogram.js';
import { changeOfSettings, NEXT, tierBelow, TIERS_MAX } from './values.js';
import './forms.js';
import '../../rules/rules.css';

const BASE = 'base';
const STARTERS = [['Silver', 500], ['Gold', 1_500], ['Platinum', 5_000]] as const;

interface Report {
  readonly tiers: readonly { readonly id?: string; readonly name: string; readonly requiredPoints: number; readonly members: number }[];
  readonly histogram: readonly Range[];
}

interface BulkAnswer {
  readonly results: readonly { readonly itemMetadata: { readonly success: boolean; readonly error?: { readonly code: string; readonly description: string } } }[];
}

const PILLS: Readonly<Record<TiersStatus, TemplateResult>> = {
  ACTIVE: pill('good', 'Active'),
  PAUSED: pill('wait', 'Paused'),
  DRAFT: pill('off', 'Not started'),
  DISABLED: pill('off', 'Off'),
};

class TiersScreen extends RulesScreen<TiersProgram> {
  readonly #report = new Loadable<Report>(this, (signal) => this.context.api.get<Report>('/loyalty-reports/v1/tiers', {}, { signal }));

  protected load(signal: AbortSignal): Promise<TiersProgram> {
    return this.context.api.get<TiersProgram>('/loyalty-tiers/v1/tiers/program', {}, { signal });
  }

  protected has({ tiers }: TiersProgram, wanted: string): boolean {
    return wanted === BASE || tiers.some(({ id }) => id === wanted);
  }

  protected override async do(id: string, action: () => Promise<unknown>, sentence: string): Promise<void> {
    await super.do(id, action, sentence);
    await this.#report.reload();
  }

  protected override renew(): void {
    super.renew();
    void this.#report.refresh();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    super.willUpdate(changed);
    if (changed.has('path') && this.hasUpdated && this.path.length === 0) {
      void this.#report.reload();
    }
  }

  async #switch({ programSettings }: TiersProgram): Promise<void> {
    const [verb, status] = NEXT[programSettings.status];
    const text = 'Everybody counts as the base tier until you resume: rewards and ways to earn use its values. Tier points go on being counted, and nobody loses any.';
    if (status === 'PAUSED' && !(await askFirst({ title: 'Pause tiers?', text, action: verb, isDangerous: false }))) {
      return;
    }
    await this.do('status', () => perform(this.context.api, changeOfSettings(programSettings, { status }, verb)), status === 'ACTIVE' ? 'Tiers are active.' : 'Tiers are paused.');
  }

  async #delete(program: TiersProgram, tier: Tier): Promise<void> {
    const { id, revision, tierDefinition } = tier;
    const below = tierBelow(program, tier)?.tierDefinition.name ?? baseTierName(program);
    const members = this.#report.value?.tiers.find((one) => one.id === id)?.members;
    const text = html`
      <p>${members === undefined ? 'Its members' : members === 0 ? 'It has no members now. Who would reach it' : `Its ${counted(members, 'member')}`} will be in ${below}.</p>
      <p>What rewards and ways to earn say for this tier is not used any more; ${below} has values of its own.</p>
    `;
    if (await askFirst({ title: `Delete the tier “${tierDefinition.name}”?`, text, action: 'Delete' })) {
      await this.do(id, () => this.context.api.delete(`/loyalty-tiers/v1/tiers/${id}`, { revision }), `“${tierDefinition.name}” is deleted.`);
    }
  }

  /** A set that can be changed afterwards; made, not switched on. */
  #start(): Promise<void> {
    const tiers = STARTERS.map(([name, requiredPoints]) => ({ tierDefinition: { name }, requiredPoints }));
    const make = async (): Promise<void> => {
      const { results } = await this.context.api.post<BulkAnswer>('/loyalty-tiers/v1/bulk/tiers/create', { tiers });
      const error = results.find(({ itemMetadata }) => !itemMetadata.success)?.itemMetadata.error;
      if (error) {
        throw new ApiError(`Not all tiers were made. ${error.description}`, { status: 400, code: error.code });
      }
    };
    return this.do('start', make, 'The tiers are made. Look at them, then switch them on.');
  }

  #status(program: TiersProgram): TemplateResult {
    const { status, rollingWindow } = program.programSettings;
    const [verb, to] = NEXT[status];
    const isEmpty = program.tiers.length === 0;
    return html`
      <div class="tiers-status">
        <p>${PILLS[status]} Points of the last ${counted(rollingWindow.durationInMonths, 'month')} count.</p>
        <button type="button" class="button ${to === 'ACTIVE' && !isEmpty ? 'primary' : ''}" ?disabled=${isEmpty && to === 'ACTIVE'} @click=${() => void this.#switch(program)}>${verb}</button>
      </div>
    `;
  }

  #row(program: TiersProgram, tier: Tier | null): TemplateResult {
    const id = tier?.id;
    const name = tier ? (tier.tierDefinition.name ?? '') : baseTierName(program);
    const description = tier ? tier.tierDefinition.description : program.programSettings.baseTierDefinition?.description;
    const members = this.#report.value?.tiers.find((one) => one.id === id)?.members;
    return html`
      <tr>
        <th scope="row"><a href="#/tiers/${id ?? BASE}">${name}</a>${description ? html`<span class="sub">${description}</span>` : nothing}</th>
        <td data-label="Begins at" class="end">${tier ? `${tier.requiredPoints.toLocaleString('en')} tier points` : 'Everybody else'}</td>
        <td data-label="Members" class="end">${members === undefined ? '–' : members.toLocaleString('en')}</td>
        <td data-label="Actions" class="row-actions">
          <a class="button" href="#/tiers/${id ?? BASE}">Edit<span class="hidden"> ${name}</span></a>
          ${tier
            ? html`<button type="button" class="button quiet" aria-disabled=${this.doing.busy === id ? 'true' : nothing} @click=${() => void this.#delete(program, tier)}>Delete<span class="hidden"> ${name}</span></button>`
            : nothing}
        </td>
      </tr>
    `;
  }

  #list(program: TiersProgram): TemplateResult {
    return html`
      ${this.#status(program)} ${this.doing.view()}
      <div class="table-frame"><table class="table stacks">
        <caption class="hidden">Tiers, the base tier first</caption>
        <thead><tr><th scope="col">Tier</th><th scope="col" class="end">Begins at</th><th scope="col" class="end">Members</th><th scope="col">Actions</th></tr></thead>
        <tbody>${this.#row(program, null)}${program.tiers.map((tier) => this.#row(program, tier))}</tbody>
      </table></div>
      ${program.tiers.length === 0
        ? html`<div class="empty">
            <p><b>There is only the base tier.</b> Tiers give members who buy more a better rate and rewards of their own.</p>
            <div class="buttons">
              <button type="button" class="button primary" @click=${() => void this.#start()}>
                Start with ${STARTERS.map(([name, points]) => `${name} (${points.toLocaleString('en')})`).join(', ')}
              </button>
              <a class="button" href="#/tiers/new">Add one of your own</a>
            </div>
          </div>`
        : nothing}
    `;
  }

  #editor(program: TiersProgram): unknown {
    const [id] = this.path;
    if (id === BASE) {
      return html`<console-tiers-base-form .context=${this.context} .program=${program} .entity=${program.programSettings}></console-tiers-base-form>`;
    }
    const tier = program.tiers.find((one) => one.id === id) ?? null;
    return id !== 'new' && tier === null
      ? this.missing('tier', 'tiers', 'All tiers')
      : keyed(id, html`<console-tier-form .context=${this.context} .program=${program} .entity=${tier}></console-tier-form>`);
  }

  #tiersSection(): TemplateResult {
    const intro = 'A member is in the highest tier whose points are reached. Tier points are points earned in the months that count; spending points does not lower them.';
    return section(this.all, { heading: 'Tiers and their members', intro }, (value) => this.#list(value));
  }

  #membersSection(): TemplateResult {
    return section(this.#report, { heading: 'Members by tier points' }, (report) =>
      report.histogram.every(({ members }) => members === 0)
        ? html`<p class="hint">There are no members with an account yet.</p>`
        : histogram(report.histogram, report.tiers.filter((tier) => tier.id !== undefined)),
    );
  }

  protected override render(): unknown {
    const program = this.all.value;
    const [id] = this.path;
    if (id !== undefined) {
      const tier = program?.tiers.find((one) => one.id === id);
      const title = id === BASE ? 'The base tier' : id === 'new' ? 'A new tier' : 'Change a tier';
      return editing(this.all, { title, heading: tier?.tierDefinition.name ?? (id === BASE && program ? baseTierName(program) : 'What it is'), back: ['tiers', 'All tiers'] }, (value) => this.#editor(value));
    }
    const isFull = program !== null && program.tiers.length >= TIERS_MAX;
    return html`
      <div class="screen-head"><h1>Tiers</h1>${isFull ? html`<p class="hint">There can be ${TIERS_MAX} tiers.</p>` : html`<a class="button primary" href="#/tiers/new">Add a tier</a>`}</div>
      ${revealed([
        [this.all, () => this.#tiersSection()],
        [this.#report, () => this.#membersSection()],
      ])}
    `;
  }
}
customElements.define('console-tiers', TiersScreen);
