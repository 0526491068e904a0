import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ApiError } from '../../api/refusal.js';
import type { Context } from '../../app/context.js';
import { counted } from '../../rules/words.js';

/** Tiers as they would be; without `id`: new. */
export interface PlannedTier {
  readonly id?: string;
  readonly name: string;
  readonly requiredPoints: number;
}

export interface Plan {
  readonly tiers: readonly PlannedTier[];
  readonly windowMonths?: number;
}

interface Preview {
  readonly members: number;
  readonly changed: number;
  readonly up: number;
  readonly down: number;
  readonly byTier: readonly { readonly name: string; readonly before: number; readonly after: number }[];
  readonly sample: readonly { readonly accountId: string; readonly name?: string; readonly from: string; readonly to: string }[];
}

const QUIET_MS = 350;

/** "12 members would change": how a plan would move members now, asked while it is being typed. Changes nothing. */
class TiersPreview extends LitElement {
  static override properties = { context: { attribute: false }, plan: { attribute: false }, baseTier: { attribute: false } };
  declare context: Context;
  /** Null while what is typed is no plan. */
  declare plan: Plan | null;
  declare baseTier: string;

  #shown: Preview | null = null;
  #problem: string | null = null;
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  protected override willUpdate(): void {
    const asked = JSON.stringify(this.plan);
    if (asked !== this.#asked) {
      this.#asked = asked;
      clearTimeout(this.#timer);
      this.#running?.abort();
      if (this.plan) {
        this.#timer = setTimeout(() => void this.#ask(this.plan as Plan), QUIET_MS);
      }
    }
  }

  readonly #again = (): void => void this.#ask(this.plan as Plan);

  async #ask(plan: Plan): Promise<void> {
    const running = (this.#running = new AbortController());
    try {
      this.#shown = await this.context.api.post<Preview>('/loyalty-reports/v1/tiers/preview', plan, { signal: running.signal });
      this.#problem = null;
    } catch (error) {
      if (running.signal.aborted) {
        return;
      }
      this.#shown = null;
      this.#problem = error instanceof ApiError ? error.message : 'It could not be found out.';
    }
    this.requestUpdate();
  }

  /** Always as large: the names are known before the numbers are. Drawn anew for each answer, so that no number moves. */
  #table(shown: Preview | null): TemplateResult {
    const names = [this.baseTier, ...(this.plan?.tiers ?? []).map(({ name }) => name)];
    const rows = shown?.byTier ?? names.map((name) => ({ name, before: null, after: null }));
    const count = (members: number | null) => members?.toLocaleString('en') ?? '…';
    return html`
      <table class="table">
        <caption class="hidden">Members of each tier, now and then</caption>
        <thead><tr><th scope="col">Tier</th><th scope="col" class="end">Now</th><th scope="col" class="end">Then</th></tr></thead>
        <tbody>
          ${rows.map(({ name, before, after }) => html`<tr><th scope="row">${name}</th><td class="end">${count(before)}</td><td class="end">${count(after)}</td></tr>`)}
        </tbody>
      </table>
    `;
  }

  #some(sample: Preview['sample']): TemplateResult {
    return sample.length === 0
      ? html`<p class="hint">Nobody moves to another tier.</p>`
      : html`<details>
          <summary>Some of them</summary>
          <ul>${sample.map(({ accountId, name, from, to }) => html`<li><a href="#/members/${accountId}">${name || 'A member without a name'}</a>: ${from} → ${to}</li>`)}</ul>
        </details>`;
  }

  #sentence(): unknown {
    if (this.plan === null) {
      return 'Here stands how many members would change, once the points are filled in.';
    }
    if (this.#problem) {
      return `How many members would change is not known. ${this.#problem}`;
    }
    if (!this.#shown) {
      return 'Counting…';
    }
    const { members, changed, up, down } = this.#shown;
    return html`<b>${counted(changed, 'member')} of ${members.toLocaleString('en')} would change</b>${changed > 0 ? `: ${up.toLocaleString('en')} up, ${down.toLocaleString('en')} down` : ''}.`;
  }

  protected override render(): unknown {
    return html`
      <div class="tiers-preview">
        <p role="status">${this.#sentence()}</p>
        ${this.#problem ? html`<div><button type="button" class="button" @click=${this.#again}>Try again</button></div>` : nothing}
        ${this.plan ? html`${keyed(this.#shown, this.#table(this.#shown))} ${this.#shown ? this.#some(this.#shown.sample) : html`<p class="hint">…</p>`}` : nothing}
      </div>
    `;
  }
}
customElements.define('console-tiers-preview', TiersPreview);
