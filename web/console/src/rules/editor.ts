import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Context } from '../app/context.js';
import { ApiError } from '../api/refusal.js';
import type { Change } from '../draft/draft.js';
import { formFoot } from '../kit/fields.js';
import { Form, type Values } from '../kit/form.js';
import { conflictView, differences } from './conflict.js';
import type { TiersProgram } from './model.js';
import { perform } from './operations.js';

export type Ending = 'save' | 'try';

/** The same form for views that name its fields by texts of their own making, as those of tiers are. */
export const loose = <V extends Values, R>(form: Form<V, R>): Form<Values, R> => form as unknown as Form<Values, R>;

/**
 * A form about one thing of the program that ends in three ways: saved at once, put into the draft for the simulator, or
 * cancelled. Subclasses say what the fields are and which change they make; who else changed the same thing is dealt with
 * here. Drawn into the page itself, as screens are.
 *
 * `E` is the thing, with its revision; null while a new one is made.
 */
export abstract class Editor<E extends { readonly revision: string }, V extends Values> extends LitElement {
  static override properties = { context: { attribute: false }, entity: { attribute: false }, program: { attribute: false } };

  declare context: Context;
  declare entity: E | null;
  /** The tiers, for values per tier. */
  declare program: TiersProgram;

  protected form!: Form<V, Ending>;
  #ending: Ending = 'save';
  #saved: E | null = null;

  constructor() {
    super();
    this.entity = null;
  }

  /** The screen to which it goes back. */
  protected abstract readonly screen: string;
  /** "reward": in sentences. */
  protected abstract readonly noun: string;
  protected abstract valuesOf(entity: E | null): V;
  protected abstract check(values: V): Partial<Record<string, string>>;
  /** The operation that the fields amount to; on the entity's revision where there is one. */
  protected abstract change(values: V): Change;
  protected abstract fields(form: Form<V, Ending>): unknown;
  /** The thing as the server has it now. */
  protected abstract load(entity: E): Promise<E>;
  protected abstract labelOf(field: string): string;
  protected fieldOf(_path: string): string | undefined {
    return undefined;
  }
  /** The server said no; its faults are about to be shown. */
  protected refused(_error: ApiError): void {}

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(_changed: PropertyValues): void {
    this.form ??= new Form<V, Ending>(this, {
      values: this.valuesOf(this.entity),
      check: (values) => this.check(values) as Partial<Record<keyof V & string, string>>,
      send: (values, key) => this.#send(values, key),
      sent: (ending) => this.#sent(ending),
      fieldOf: (path) => this.fieldOf(path) as (keyof V & string) | undefined,
    });
  }

  async #send(values: V, key: string): Promise<Ending> {
    const change = this.change(values);
    const ending = this.#ending;
    if (ending === 'try') {
      this.context.draft.add(change);
      return ending;
    }
    try {
      await perform(this.context.api, change, key);
    } catch (error) {
      if (error instanceof ApiError) {
        this.refused(error);
      }
      if (error instanceof ApiError && error.isStale && this.entity) {
        this.#saved = await this.load(this.entity);
        throw new ApiError(`Not saved: somebody else changed this ${this.noun} in between. Choose above.`, { status: error.status, code: error.code });
      }
      throw error;
    }
    return ending;
  }

  #sent(ending: Ending): void {
    if (ending === 'try') {
      this.context.say(`The ${this.noun} is in the draft; nothing is live yet.`);
      this.context.go('simulator');
    } else {
      this.context.say(`The ${this.noun} is saved.`);
      this.context.go(this.screen);
    }
  }

  readonly #submit = (event: SubmitEvent): void => {
    const button = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    this.#ending = button?.value === 'try' ? 'try' : 'save';
    void this.form.submit(event);
  };

  async #settle(takeTheirs: boolean): Promise<void> {
    const saved = this.#saved as E;
    this.entity = saved;
    this.#saved = null;
    if (takeTheirs) {
      this.form.reset(this.valuesOf(saved));
    } else {
      this.form.problem = null;
      this.requestUpdate();
    }
    await this.updateComplete;
    this.querySelector<HTMLElement>('.buttons .primary')?.focus(); // the button that was pressed is gone
  }

  protected get conflict(): TemplateResult | typeof nothing {
    return this.#saved
      ? conflictView(differences(this.form.values, this.valuesOf(this.#saved)), {
          labelOf: (name) => this.labelOf(name),
          keepMine: () => void this.#settle(false),
          takeTheirs: () => void this.#settle(true),
        })
      : nothing;
  }

  /** The thing as a change of it would leave it. */
  protected changedBy(entity: E, body: Partial<E>): E {
    return { ...entity, ...body };
  }

  /** A change of the same thing is being tried: what it says can be gone on with. */
  #tried(): TemplateResult | typeof nothing {
    const { entity } = this;
    const subject = entity && this.change(this.valuesOf(entity)).subject;
    const tried = this.context.draft.changes.find((change) => change.subject === subject);
    if (!entity || !tried) {
      return nothing;
    }
    const goOn = () => {
      const [body = {}] = Object.values(tried.request) as Partial<E>[];
      this.form.values = this.valuesOf({ ...this.changedBy(entity, body), revision: entity.revision });
      this.requestUpdate();
    };
    return html`
      <div class="notice tried">
        <p>A change of this ${this.noun} is in the draft. The form shows what is live; trying another change takes the place of the one in the draft.</p>
        <div class="buttons"><button type="button" class="button" @click=${goOn}>Go on with the draft</button> <a class="button quiet" href="#/simulator">To the simulator</a></div>
      </div>
    `;
  }

  readonly #leaving = (event: BeforeUnloadEvent): void => {
    if (this.form?.changed) {
      event.preventDefault(); // the browser asks whether to leave
    }
  };

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.#leaving);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#leaving);
  }

  protected override render(): unknown {
    return html`
      ${this.#tried()}
      <form class="editor" novalidate @submit=${this.#submit}>
        ${this.fields(this.form)} ${this.conflict}
        ${formFoot(
          this.form,
          'Save',
          html`<button class="button" value="try" aria-disabled=${this.form.busy ? 'true' : nothing}>Try in the simulator</button>
            <a class="button quiet" href="#/${this.screen}">Cancel</a>`,
        )}
      </form>
    `;
  }
}
