import { html, nothing } from 'lit';
import { ApiError } from '../../api/refusal.js';
import { Screen } from '../../app/screen.js';
import { checkField, formFoot, textField } from '../../kit/fields.js';
import { Form } from '../../kit/form.js';
import { Loadable } from '../../kit/loadable.js';
import { card, section } from '../../kit/section.js';
import type { Bench } from './bench.js';
import { faultPlace, getVersions, publishDraft, type PublishedVersion, refusedChange } from './drafts.js';
import { errorsIn } from './findings.js';
import { diffView, findingsView } from './rules-view.js';
import { changeText, publisherText } from './version-words.js';

const NOTE_MAX = 500;
const VERSIONS = 20;

/** Publishes the draft as a new version of the rules, which empties it. Where somebody else published before, it stays and is shown anew. */
class Publish extends Screen {
  static override properties = { ...Screen.properties, bench: { attribute: false }, renew: { attribute: false }, alone: { attribute: false } };

  declare bench: Bench;
  /** Opens the rules of now, with the draft on them. */
  declare renew: () => Promise<void>;
  /** Does something while the rules are not opened anew. */
  declare alone: <T>(work: () => Promise<T>) => Promise<T>;
  #published: string | null = null;
  /** The base that was refused as stale. */
  #staleBase: string | null = null;
  readonly #versions = new Loadable(this, (signal) => getVersions(this.context.api, VERSIONS, signal));

  readonly #form = new Form<{ note: string; known: boolean }, { readonly catalogVersion: string }>(this, {
    values: { note: '', known: false },
    check: ({ known }) => (errorsIn(this.bench.findings).length > 0 && !known ? { known: 'Correct the errors, or say that you know them.' } : {}),
    send: ({ note }, key) => this.#send(note, key),
    sent: ({ catalogVersion }) => {
      this.#published = catalogVersion;
      this.#staleBase = null;
      this.#form.reset({ note: '', known: false });
      this.context.say(`Version ${catalogVersion} is live.`);
      this.context.draft.clear();
      void this.#versions.reload();
    },
    fieldOf: (path) => (path === 'note' ? 'note' : undefined),
  });

  async #send(note: string, key: string): Promise<{ readonly catalogVersion: string }> {
    const { baseVersion } = this.bench;
    this.#published = null;
    try {
      return await this.alone(() => publishDraft(this.context.api, this.context.draft.changes, baseVersion, note, key));
    } catch (error) {
      if (error instanceof ApiError && error.isStale) {
        this.#staleBase = baseVersion;
        void this.#versions.reload();
        await this.renew();
      }
      throw this.#explained(error);
    }
  }

  #explained(error: unknown): unknown {
    if (!(error instanceof ApiError)) {
      return error;
    }
    if (error.isStale) {
      return new ApiError('Nothing was published: somebody published other changes in between. Your draft is kept; see above.', { status: error.status, code: error.code });
    }
    const { changes } = this.context.draft;
    const fields = error.fields.map((fault) => {
      const place = faultPlace(fault.path);
      const change = place && changes[place.change];
      return change ? { path: '', message: `“${change.summary}”: ${place.field ? `${place.field} ` : ''}${fault.message}` } : fault;
    });
    const refused = changes[refusedChange(error) ?? -1];
    const message = refused && fields.length === 0 ? `“${refused.summary}”: ${error.message}` : error.message;
    return new ApiError(message, { status: error.status, code: error.code, fields, data: error.data });
  }

  protected override render(): unknown {
    return html`${this.#publishCard()} ${section(this.#versions, { heading: 'Published versions', lines: 6 }, (versions) => this.#list(versions))}`;
  }

  #publishCard(): unknown {
    const { live, draft, findings, baseTier } = this.bench;
    if (draft === null) {
      return card(
        { heading: 'Publish' },
        html`
          <div role="status">${this.#published ? html`<p class="notice good">Version ${this.#published} is live now. The draft is empty.</p>` : nothing}</div>
          ${this.#published ? nothing : html`<p class="empty">There is nothing to publish: the draft is empty.</p>`}
        `,
      );
    }
    const form = this.#form;
    const errors = errorsIn(findings).length;
    return card(
      { heading: 'Publish', intro: `All changes become live at once, as a new version after ${live.catalog.version}; prices at the checkout follow at once.` },
      html`
        <div role="alert">
          ${this.#staleBase === null
            ? nothing
            : html`<p class="notice">
                Somebody published in between: you had prepared your changes on version ${this.#staleBase}, and version ${live.catalog.version} is live now. The draft was applied to that one
                and is shown here; look at it again, then publish.
              </p>`}
        </div>
        ${diffView(live.catalog, draft.catalog, baseTier, this.context)}
        <h3>What the check says</h3>
        ${findingsView(findings, draft.catalog)}
        <form novalidate @submit=${form.submit}>
          ${textField(form, 'note', { label: 'Note', rows: 2, maxLength: NOTE_MAX, required: false, hint: 'For the list of versions: why it was changed.' })}
          ${errors > 0
            ? html`${checkField(form, 'known', { label: errors === 1 ? 'I know the error above and publish in spite of it' : `I know the ${errors} errors above and publish in spite of them` })}
                <p class="fault" role="alert">${form.faults['known'] ?? nothing}</p>`
            : nothing}
          ${formFoot(form, 'Publish', nothing, 'Publishing…')}
        </form>
      `,
    );
  }

  #list(versions: readonly PublishedVersion[]): unknown {
    const { dateTime } = this.context;
    return versions.length === 0
      ? html`<p class="empty">Nothing was published yet.</p>`
      : html`<ol class="versions">
          ${versions.map(
            (one) => html`<li>
              <h3>Version ${one.version}</h3>
              <p class="hint">${dateTime(one.at)}${one.by ? html`, <bdi>${publisherText(one.by)}</bdi>` : nothing}</p>
              ${one.note ? html`<p><bdi>${one.note}</bdi></p>` : nothing}
              <p><bdi>${one.changes.map(changeText).join(' · ')}</bdi></p>
            </li>`,
          )}
        </ol>`;
  }
}

customElements.define('console-publish', Publish);
