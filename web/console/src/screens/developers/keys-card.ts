import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import { askFirst } from '../../kit/confirm.js';
import { codeBlock } from '../../kit/copy.js';
import { checkField, formFoot, textField } from '../../kit/fields.js';
import { Form } from '../../kit/form.js';
import { Loadable } from '../../kit/loadable.js';
import { pill } from '../../kit/pills.js';
import { card, section } from '../../kit/section.js';
import { createKey, faultsOfKey, labelOfScope, listKeys, newKeyValues, scopes, type ApiKey, type KeyValues } from './keys.js';

/** The keys of the site's backends: made, shown once, revoked. Tells `settled` once it is as tall as it will be. */
export class DevelopersKeys extends LitElement {
  static override properties = { context: { attribute: false }, secret: { state: true }, isMaking: { state: true }, problem: { state: true } };

  declare context: Context;
  /** Of the key that was made last; the server does not tell it again. */
  declare private secret: string | null;
  declare private isMaking: boolean;
  declare private problem: string;
  readonly #keys = new Loadable<readonly ApiKey[]>(this, async (signal) => (this.context.me.canManageKeys ? listKeys(this.context.api, signal) : []));
  readonly #form = new Form<KeyValues, string>(this, {
    values: newKeyValues,
    check: faultsOfKey,
    send: (values, idempotencyKey) => createKey(this.context.api, values, idempotencyKey),
    sent: (secret) => this.#made(secret),
  });

  constructor() {
    super();
    this.secret = null;
    this.isMaking = false;
    this.problem = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.#keys.state.at !== 'loading') {
      this.dispatchEvent(new Event('settled'));
    }
  }

  protected override render(): TemplateResult {
    const intro = 'A backend proves itself by a key. Each has its own, so that one can be revoked without the others.';
    if (!this.context.me.canManageKeys) {
      return card({ heading: 'Keys', intro }, html`<p class="notice">Your key may not see or make keys. Sign in with one that has “${labelOfScope('SCOPE.DC-LOYALTY.MANAGE-KEYS')}”.</p>`);
    }
    const make = html`<button type="button" class="button" aria-expanded=${this.isMaking} @click=${this.#toggle}>New key</button>`;
    return section(this.#keys, { heading: 'Keys', intro, actions: make, lines: 4 }, (keys) => html`
      ${this.isMaking ? this.#maker() : nothing}
      <div role="status">${this.secret !== null ? this.#secretView(this.secret) : nothing}</div>
      <div role="alert">${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}</div>
      ${this.#table(keys)}
    `);
  }

  #maker(): TemplateResult {
    return html`<form novalidate class="maker" @submit=${this.#form.submit}>
      ${textField(this.#form, 'name', { label: 'Name', hint: 'Who uses it: “Web shop”, “Till in Oak Street”.', maxLength: 100 })}
      <fieldset>
        <legend>What it may do</legend>
        ${scopes.map(({ name, label, hint }) => checkField(this.#form, name, { label, hint }))}
        <p class="fault" aria-live="polite">${this.#form.faults['read'] ?? nothing}</p>
      </fieldset>
      ${formFoot(this.#form, 'Make the key', html`<button type="button" class="button" @click=${this.#toggle}>Cancel</button>`, 'Making…')}
    </form>`;
  }

  #secretView(secret: string): TemplateResult {
    return html`<div class="notice good secret">
      <p><strong>Copy the key now:</strong> it is not shown again. Who has it can do what it may do.</p>
      ${codeBlock('Key', secret, this.context.say)}
      <button type="button" class="button small" @click=${() => (this.secret = null)}>I have it</button>
    </div>`;
  }

  #table(keys: readonly ApiKey[]): TemplateResult {
    if (keys.length === 0) {
      return html`<div class="empty"><h3>No backend has a key</h3><p>Make one for the backend of your shop.</p></div>`;
    }
    return html`<div class="table-frame">
      <table class="table stacks">
        <caption class="hidden">Keys of this site</caption>
        <thead>
          <tr><th scope="col">Name</th><th scope="col">Begins with</th><th scope="col">May</th><th scope="col">State</th><th scope="col"><span class="hidden">Actions</span></th></tr>
        </thead>
        <tbody>
          ${keys.map(
            (key) => html`<tr>
              <th scope="row" data-label="Name"><bdi>${key.name}</bdi></th>
              <td data-label="Begins with"><code>${key.prefix}</code></td>
              <td data-label="May">${key.scopes.map(labelOfScope).join(', ')}</td>
              <td data-label="State">${key.revoked ? pill('off', 'Revoked') : this.#isOwn(key) ? pill('note', 'In use here') : pill('good', 'Good')}</td>
              <td class="end">${key.revoked ? nothing : html`<button type="button" class="button small danger" @click=${() => this.#revoke(key)}>Revoke…<span class="hidden"> ${key.name}</span></button>`}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #isOwn({ prefix }: ApiKey): boolean {
    return prefix === this.context.api.keyPrefix;
  }

  readonly #toggle = (): void => {
    this.isMaking = !this.isMaking;
    this.#form.reset();
  };

  #made(secret: string): void {
    this.secret = secret;
    this.isMaking = false;
    this.#form.reset(newKeyValues);
    void this.#keys.reload();
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.secret button')?.focus());
  }

  async #revoke(key: ApiKey): Promise<void> {
    const isSure = await askFirst({
      title: `Revoke the key “${key.name}”?`,
      text: `Whoever uses ${key.prefix}… is refused from then on. This cannot be taken back; a new key can be made.${this.#isOwn(key) ? ' It is the key that you are signed in with: you will have to sign in with another.' : ''}`,
      action: 'Revoke the key',
    });
    if (!isSure) {
      return;
    }
    this.problem = '';
    try {
      await this.context.api.delete(`/identity/v1/api-keys/${key.id}`);
      this.context.say(`The key “${key.name}” is revoked.`);
      await this.#keys.reload();
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}

customElements.define('developers-keys', DevelopersKeys);
