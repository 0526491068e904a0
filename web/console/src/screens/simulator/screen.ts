import { html, nothing } from 'lit';
import { loadCore } from '../../../../src/core/index.js';
import { ApiError } from '../../api/refusal.js';
import { Screen } from '../../app/screen.js';
import type { Change } from '../../draft/draft.js';
import { askFirst } from '../../kit/confirm.js';
import { Listening } from '../../app/listening.js';
import { Loadable } from '../../kit/loadable.js';
import { card, section } from '../../kit/section.js';
import { baseTierName } from '../../rules/model.js';
import { getTiers } from '../../records/accounts.js';
import { type Bench, closeBench, openBench } from './bench.js';
import { faultPlace, getCatalog, previewDraft, refusedChange } from './drafts.js';
import { diffView, findingsView } from './rules-view.js';
import './publish.js';
import './replay-view.js';
import './simulator.css';
import './trial.js';

const VIEWS = [
  ['cart', 'One cart'],
  ['orders', 'Past orders'],
  ['rules', 'Changes and check'],
  ['publish', 'Publish'],
] as const;

type View = (typeof VIEWS)[number][0];

/** The draft, tried before it is live: on a cart, on past orders, against the check; and published. */
class SimulatorScreen extends Screen {
  #opened: Bench | null = null;
  #isPublishing = false;
  readonly #bench = new Loadable<Bench>(this, (signal) => this.#open(signal));

  constructor() {
    super();
    new Listening(this, (slugs) => {
      if (!this.#isPublishing && (slugs.length === 0 || slugs.some((slug) => /^(program|tier|tiers_settings|reward|promotion|loyalty_earning_rule)\./.test(slug)))) {
        void this.#bench.refresh();
      }
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.context.draft.addEventListener('change', this.#reload);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.draft.removeEventListener('change', this.#reload);
    this.#replace(null);
  }

  readonly #reload = (): void => void this.#bench.reload();

  /** Resolves when nothing is loading any more: a reload may be overtaken by another. */
  readonly #renew = async (): Promise<void> => {
    await this.#bench.reload();
    while (this.#bench.state.at === 'loading') {
      await new Promise((resolve) => this.addEventListener('screen-drawn', resolve, { once: true }));
    }
  };

  /** Does what publishes the draft. What comes of it is looked at afterwards: until the draft is empty, it would be tried on itself. */
  readonly #alone = async <T>(publish: () => Promise<T>): Promise<T> => {
    this.#isPublishing = true;
    try {
      return await publish();
    } finally {
      setTimeout(() => {
        this.#isPublishing = false;
        void this.#bench.refresh();
      });
    }
  };

  get #view(): View {
    const asked = this.query.get('view');
    return VIEWS.find(([name]) => name === asked)?.[0] ?? 'cart';
  }

  async #open(signal: AbortSignal): Promise<Bench> {
    const { api, draft } = this.context;
    const { changes } = draft;
    const [core, catalog, tiers, preview] = await Promise.all([loadCore(), getCatalog(api, signal), getTiers(api, signal), changes.length > 0 ? previewDraft(api, changes, signal) : null]);
    signal.throwIfAborted();
    const bench = openBench(core, catalog, preview, baseTierName(tiers));
    this.#replace(bench);
    return bench;
  }

  /** The rules before are closed in a later task: what was under way with them has seen by then that they are replaced. */
  #replace(bench: Bench | null): void {
    const before = this.#opened;
    this.#opened = bench;
    if (before) {
      void this.updateComplete.then(() => setTimeout(() => closeBench(before)));
    }
  }

  protected override render(): unknown {
    const bench = this.#bench.value;
    return html`
      <div class="screen-head"><h1>Simulator</h1></div>
      ${this.#draftCard()}
      <nav class="tabs" aria-label="Ways to try">
        ${VIEWS.map(([name, text]) => html`<a href="#/simulator?view=${name}" aria-current=${name === this.#view ? 'page' : nothing}>${text}</a>`)}
      </nav>
      ${bench === null ? section(this.#bench, { heading: 'Rules', lines: 12 }, () => nothing) : this.#views(bench)}
    `;
  }

  #views(bench: Bench): unknown {
    const { context } = this;
    const view = this.#view;
    return html`
      <div ?hidden=${view !== 'cart'}><console-trial class="stack" .context=${context} .bench=${bench}></console-trial></div>
      <div ?hidden=${view !== 'orders'}><console-replay .context=${context} .bench=${bench}></console-replay></div>
      ${view === 'rules' ? this.#rules(bench) : nothing}
      <div ?hidden=${view !== 'publish'}><console-publish class="stack" .context=${context} .bench=${bench} .renew=${this.#renew} .alone=${this.#alone}></console-publish></div>
    `;
  }

  #rules({ live, draft, findings, baseTier }: Bench): unknown {
    return draft === null
      ? card({ heading: 'Changes' }, html`<p class="empty">The draft is empty.</p>`)
      : html`
          ${card({ heading: 'What the draft changes', intro: `Compared with the live rules, version ${live.catalog.version}.` }, diffView(live.catalog, draft.catalog, baseTier, this.context))}
          ${card({ heading: 'What the check says', intro: 'Rules that can never run, that hide each other, or that give away more than meant.' }, findingsView(findings, draft.catalog))}
        `;
  }

  readonly #empty = async (): Promise<void> => {
    const { draft, number } = this.context;
    const isSure = await askFirst({
      title: 'Empty the draft?',
      text: `All ${number(draft.changes.length)} changes of the draft are forgotten. The live rules stay as they are.`,
      action: 'Empty the draft',
    });
    if (isSure) {
      draft.clear();
    }
  };

  #draftCard(): unknown {
    const { changes } = this.context.draft;
    const { state } = this.#bench;
    const error = state.at === 'failed' ? state.error : null;
    return card(
      {
        heading: 'The draft',
        actions: changes.length > 1 ? html`<button type="button" class="button small" @click=${this.#empty}>Empty the draft…</button>` : nothing,
        intro: changes.length === 0 ? undefined : 'These changes are only here, in this tab, until they are published.',
      },
      changes.length === 0
        ? html`<div class="empty"><p>
            The draft is empty, so this shows the live rules. Change something under <a href="#/rewards">Rewards</a>, <a href="#/promotions">Promotions</a>,
            <a href="#/earning">Ways to earn</a> or <a href="#/tiers">Tiers</a>, and choose “Try in the simulator”.
          </p></div>`
        : html`
            <ol class="draft-changes">${changes.map((change, at) => this.#change(change, at, error))}</ol>
            ${error && this.#bench.value
              ? html`<div class="problem" role="alert">
                  <p>${error.message} What is shown below is the last state that worked.</p>
                  <button type="button" class="button" @click=${this.#reload}>Try again</button>
                </div>`
              : nothing}
          `,
    );
  }

  #change(change: Change, at: number, error: Error | null): unknown {
    const isRefused = error instanceof ApiError && refusedChange(error) === at;
    const faults = isRefused ? error.fields.map(({ path, message }) => `${faultPlace(path)?.field ?? ''} ${message}`.trim()) : [];
    const texts = isRefused && faults.length === 0 ? [error.message] : faults;
    return html`<li>
      <span><bdi>${change.summary}</bdi>${texts.map((text) => html`<span class="fault">${text}</span>`)}</span>
      <button type="button" class="button small" aria-label="Remove: ${change.summary}" @click=${() => this.context.draft.remove(at)}>Remove</button>
    </li>`;
  }
}

customElements.define('console-simulator', SimulatorScreen);
