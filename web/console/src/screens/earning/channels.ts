import { html, LitElement, nothing } from 'lit';
import type { Context } from '../../app/context.js';
import { checkField, formFoot, textField } from '../../kit/fields.js';
import { Form, type Values } from '../../kit/form.js';

const CHANNELS = [['FACEBOOK', 'Facebook'], ['INSTAGRAM', 'Instagram'], ['LINKEDIN', 'LinkedIn'], ['X', 'X'], ['TIKTOK', 'TikTok']] as const;

export interface Channel {
  readonly type: string;
  readonly enabled: boolean;
  /** The shop's name there. */
  readonly id?: string;
}

/** Which channels members can follow for points. */
class Channels extends LitElement {
  static override properties = { context: { attribute: false }, channels: { attribute: false } };
  declare context: Context;
  declare channels: readonly Channel[];
  #form!: Form<Values>;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(): void {
    this.#form ??= new Form<Values>(this, {
      values: Object.fromEntries(
        CHANNELS.flatMap(([type]) => {
          const channel = this.channels.find((one) => one.type === type);
          return [[`on_${type}`, channel?.enabled === true], [`id_${type}`, channel?.id ?? '']];
        }),
      ),
      check: (values) => Object.fromEntries(CHANNELS.filter(([type]) => values[`on_${type}`] && String(values[`id_${type}`]).trim() === '').map(([type, name]) => [`id_${type}`, `Enter the shop’s name on ${name}.`])),
      send: (values, idempotencyKey) => this.context.api.patch('/loyalty-programs/v1/settings', { settings: { socialMedia: { channels: this.#sent(values) } } }, { idempotencyKey }),
      sent: () => this.context.say('The channels are saved.'),
    });
  }

  #sent(values: Values): readonly Channel[] {
    return CHANNELS.flatMap(([type]) => {
      const id = String(values[`id_${type}`]).trim();
      return id === '' ? [] : [{ type, enabled: values[`on_${type}`] === true, id }];
    });
  }

  protected override render(): unknown {
    const form = this.#form;
    return html`
      <form class="editor" novalidate @submit=${form.submit}>
        <div class="channels">
          ${CHANNELS.map(
            ([type, name]) => html`
              ${checkField(form, `on_${type}`, { label: name })}
              ${form.values[`on_${type}`] === true ? textField(form, `id_${type}`, { label: `Name of the shop on ${name}`, maxLength: 255 }) : nothing}
            `,
          )}
        </div>
        ${formFoot(form, 'Save the channels', nothing)}
      </form>
    `;
  }
}
customElements.define('console-channels', Channels);
