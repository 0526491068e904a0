import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { Api } from '../api/api.js';
import { sitesOf, whoAmI, type WhoAmI } from '../api/identity.js';
import { ApiError } from '../api/refusal.js';
import { textField, formFoot } from '../kit/fields.js';
import { Form } from '../kit/form.js';

/** The key was accepted. */
export class SignedInEvent extends Event {
  readonly key: string;
  readonly me: WhoAmI;

  constructor(key: string, me: WhoAmI) {
    super('signed-in');
    this.key = key;
    this.me = me;
  }
}

const KEY_SHAPE = /^lk_[0-9a-f]{16}\.[0-9a-f]{16,}$/;

/** What is wrong with a key as it was pasted; undefined: it may be asked about. */
export function faultOfKey(text: string): string | undefined {
  const key = text.trim();
  if (key === '') {
    return 'Paste the key.';
  }
  return KEY_SHAPE.test(key) ? undefined : 'This is not a whole key. It starts with “lk_”, then come 16 characters, a point and the secret. Copy it again.';
}

function refusedKey(error: unknown): unknown {
  if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) {
    return error;
  }
  const message =
    error.status === 401
      ? 'The server does not know this key. It may have been revoked, or belong to another server.'
      : 'This key may not read the program. It needs the permission to read loyalty data.';
  return new ApiError(message, { status: error.status, code: error.code, fields: [{ path: 'key', message }] });
}

/** Asks for a key, and the server whether it is good. Tells `signed-in`. */
export class ConsoleSignIn extends LitElement {
  static override properties = { site: { attribute: false }, refused: { attribute: false } };

  /** The site that the work goes on with; null: any. */
  declare site: string | null;
  /** Why the key that was used before is not accepted. */
  declare refused: string | null;

  readonly #form = new Form(this, {
    values: { key: '' },
    check: ({ key }) => {
      const fault = faultOfKey(key);
      return fault ? { key: fault } : {};
    },
    send: ({ key }) => this.#ask(key.trim()),
    sent: (event) => this.dispatchEvent(event),
  });

  constructor() {
    super();
    this.site = null;
    this.refused = null;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`
      ${this.refused ? html`<p class="problem">${this.refused}</p>` : nothing}
      <form novalidate @submit=${this.#form.submit}>
        ${textField(this.#form, 'key', {
          label: 'Key',
          type: 'password',
          hint: 'The server prints it at its first start; later, keys are made under Developers. It stays in this tab and is forgotten when the tab closes.',
        })}
        ${formFoot(this.#form, 'Sign in', nothing, 'Signing in…')}
      </form>
    `;
  }

  async #ask(key: string): Promise<SignedInEvent> {
    const me = await whoAmI(new Api({ key, site: null })).catch((error: unknown) => {
      throw refusedKey(error);
    });
    if (this.site !== null && !sitesOf(me).some(({ id }) => id === this.site)) {
      const message = 'This key belongs to another site. Sign out first to work there.';
      throw new ApiError(message, { status: 403, code: 'OTHER_SITE', fields: [{ path: 'key', message }] });
    }
    return new SignedInEvent(key, me);
  }
}

customElements.define('console-sign-in', ConsoleSignIn);
