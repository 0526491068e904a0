import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import { codeBlock } from '../../kit/copy.js';
import { formFoot, textField } from '../../kit/fields.js';
import { Form } from '../../kit/form.js';
import { card } from '../../kit/section.js';
import { backendSteps, embedSnippet, pagePolicy } from './embedding.js';
import { faultOfOrigins, originsIn } from './origins.js';

/** How a shop gets the elements into its pages, and what its backend does. */
export class DevelopersEmbed extends LitElement {
  static override properties = { context: { attribute: false } };

  declare context: Context;
  readonly #origins = new Form(this, {
    values: { allowedOrigins: '' },
    check: ({ allowedOrigins }) => {
      const fault = faultOfOrigins(allowedOrigins);
      return fault ? { allowedOrigins: fault } : {};
    },
    send: ({ allowedOrigins }, idempotencyKey) =>
      this.context.api.patch('/loyalty-programs/v1/settings', { settings: { allowedOrigins: originsIn(allowedOrigins) } }, { idempotencyKey }),
    sent: () => {
      this.context.say('Saved: pages that may ask this server.');
      void this.context.renew();
    },
    fieldOf: () => 'allowedOrigins',
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('context') && !this.#origins.changed) {
      this.#origins.reset({ allowedOrigins: this.context.settings.allowedOrigins.join('\n') });
    }
  }

  protected override render(): TemplateResult {
    const { say, currency, money } = this.context;
    const { origin } = location;
    const site = this.context.api.site ?? this.context.me.site.id;
    return html`
      ${card(
        { heading: 'Put it into your shop', intro: html`Serve the folder <code>dist/cdn</code> of the web package at <code>/loyalty/</code>, then:` },
        html`
          ${codeBlock('Page', embedSnippet(origin, site), say)} ${codeBlock('Header Content-Security-Policy of that page', pagePolicy(origin), say)}
          <dl class="facts">
            <dt>Server</dt>
            <dd><code>${origin}</code></dd>
            <dt>Site</dt>
            <dd><code>${site}</code></dd>
            <dt>All operations</dt>
            <dd><a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1)</dd>
          </dl>
          <form novalidate @submit=${this.#origins.submit}>
            ${textField(this.#origins, 'allowedOrigins', {
              label: 'Pages that may ask this server',
              hint: 'One origin in each line, such as https://shop.example. Pages that this server serves itself need no line. Without its line a browser refuses what a page asks here.',
              rows: 3,
              required: false,
            })}
            ${formFoot(this.#origins, 'Save')}
          </form>
        `,
      )}
      ${card(
        { heading: 'What your backend does', intro: html`In the order of a purchase. <code>LOYALTY_KEY</code> is a key from below; it never goes into a page.` },
        html`<ol class="walk">
          ${backendSteps(origin, currency, money).map(({ title, text, code }, at) => html`<li><h3>${title}</h3><p>${text}</p>${codeBlock(`Request ${at + 1}`, code, say)}</li>`)}
        </ol>`,
      )}
    `;
  }
}

customElements.define('developers-embed', DevelopersEmbed);
