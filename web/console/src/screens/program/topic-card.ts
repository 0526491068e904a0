import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import { askFirst } from '../../kit/confirm.js';
import { formFoot } from '../../kit/fields.js';
import { Form, type Values } from '../../kit/form.js';
import { card } from '../../kit/section.js';
import { carryOut, type Topic } from './topic.js';

/** One topic of the program's settings as a form: saved at once, or tried in the simulator. */
export class ProgramTopic extends LitElement {
  static override properties = { context: { attribute: false }, topic: { attribute: false }, hint: { state: true } };

  declare context: Context;
  declare topic: Topic;
  /** Why a button did nothing. */
  declare private hint: string;
  #form!: Form<Values>;

  constructor() {
    super();
    this.hint = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!this.#form) {
      this.#form = new Form<Values>(this, {
        values: this.topic.values(this.context),
        check: (values) => this.topic.check(values, this.context),
        send: (values, key) => this.#save(values, key),
        sent: () => void this.context.renew(),
        fieldOf: (path) => this.topic.fieldOf?.(path),
      });
    } else if (changed.has('context') && !this.#form.changed && !this.#form.busy) {
      this.#form.reset(this.topic.values(this.context));
    }
  }

  protected override render(): TemplateResult {
    const { topic } = this;
    return card(
      { heading: topic.heading, intro: topic.intro },
      html`<form novalidate @submit=${this.#submit} @input=${() => (this.hint = '')} @change=${() => (this.hint = '')}>
        ${topic.fields(this.#form, this.context)}
        ${formFoot(
          this.#form,
          'Save',
          html`<button type="button" class="button" ?disabled=${this.#form.busy} @click=${this.#try}>Try in the simulator</button>
            ${this.#form.changed ? html`<button type="button" class="button quiet" @click=${() => this.#form.reset(this.topic.values(this.context))}>Undo what I typed</button>` : nothing}`,
        )}
        <p class="hint" role="status">${this.hint}</p>
      </form>`,
    );
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { topic, context } = this;
    const { values } = this.#form;
    const form = event.currentTarget as HTMLFormElement;
    const hasFaults = Object.values(topic.check(values, context)).some(Boolean);
    if (!hasFaults && topic.changes(values, context).length === 0) {
      this.hint = 'Everything here is as it was: there is nothing to save.';
      return;
    }
    const warning = hasFaults ? undefined : topic.warning?.(values, context);
    if (!warning || (await askFirst({ ...warning }))) {
      await this.#form.send(form);
    }
  };

  async #save(values: Values, key: string): Promise<void> {
    await carryOut(this.context.api, this.topic.changes(values, this.context), key);
    this.context.say(`Saved: ${this.topic.heading}.`);
  }

  readonly #try = (event: Event): void => {
    const { topic, context } = this;
    if (!this.#form.verify((event.currentTarget as HTMLElement).closest('form') as HTMLFormElement)) {
      return;
    }
    const changes = topic.changes(this.#form.values, context);
    if (changes.length === 0) {
      this.hint = 'Everything here is as it was: change something to try it.';
      return;
    }
    changes.forEach((change) => context.draft.add(change));
    context.go('simulator');
  };
}

customElements.define('program-topic', ProgramTopic);
