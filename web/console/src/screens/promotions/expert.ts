import { html, nothing } from 'lit';
import type { ApiError } from '../../api/refusal.js';
import type { Change } from '../../draft/draft.js';
import { checkField, textField } from '../../kit/fields.js';
import type { Form, Values } from '../../kit/form.js';
import { Editor, type Ending } from '../../rules/editor.js';
import { lineOf, placeOf, scanJson } from './json-places.js';
import { documentOf, type Promotion, type PromotionDocument } from './model.js';
import { summaryOf, type SummaryWords } from '../../rules/promotion-summary.js';
import { changeOfPromotion } from './form-document.js';

type ExpertValues = Values & { readonly json: string; readonly active: boolean };

interface Found {
  readonly at: number;
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

const NEW: PromotionDocument = { name: 'Ten percent off', trigger: 'automatic', conditions: { minSubtotal: 5000 }, effects: [{ kind: 'percent', ratePpm: 100_000 }] };
const OWN_FIELDS = ['id', 'revision', 'active', 'createdDate', 'updatedDate', 'usage'];

/** A promotion as the document that the engine reads, for what the form has no fields for. */
class PromotionExpert extends Editor<Promotion, ExpertValues> {
  static override properties = { ...Editor.properties, words: { attribute: false } };
  declare words: SummaryWords;

  protected readonly screen = 'promotions';
  protected readonly noun = 'promotion';
  #found: readonly Found[] = [];

  protected valuesOf(promotion: Promotion | null): ExpertValues {
    return { json: JSON.stringify(promotion ? documentOf(promotion) : NEW, null, 2), active: promotion?.active !== false };
  }

  protected check({ json }: ExpertValues): Partial<Record<string, string>> {
    this.#found = [];
    const scanned = scanJson(json);
    if (!scanned.ok) {
      return { json: `This is not JSON: in line ${lineOf(json, scanned.at)}, ${scanned.expected} is expected.` };
    }
    const document: unknown = JSON.parse(json);
    if (typeof document !== 'object' || document === null || Array.isArray(document)) {
      return { json: 'Enter an object: it begins with { and ends with }.' };
    }
    const own = OWN_FIELDS.filter((name) => name in document);
    return own.length > 0 ? { json: `Leave out ${own.join(', ')}: the server has ${own.length === 1 ? 'it' : 'them'}.` } : {};
  }

  protected change({ json, active }: ExpertValues): Change {
    return changeOfPromotion(JSON.parse(json) as PromotionDocument, active, this.entity);
  }

  protected override fieldOf(): string {
    return 'json';
  }

  protected override refused({ fields }: ApiError): void {
    const { json } = this.form.values;
    const scanned = scanJson(json);
    this.#found = fields.map(({ path, message }) => {
      const inside = path.replace(/^promotion\.?/, '');
      const at = scanned.ok ? placeOf(scanned.places, inside) : 0;
      return { at, line: lineOf(json, at), path: inside, message };
    });
  }

  protected labelOf(field: string): string {
    return field === 'json' ? 'Document' : 'Active';
  }

  protected async load({ id }: Promotion): Promise<Promotion> {
    return (await this.context.api.get<{ promotion: Promotion }>(`/loyalty-promotions/v1/promotions/${id}`)).promotion;
  }

  #goTo({ at, line }: Found): void {
    const text = this.querySelector('textarea');
    if (!text) {
      return;
    }
    const end = text.value.indexOf('\n', at);
    text.focus();
    text.setSelectionRange(at, end < 0 ? text.value.length : end);
    text.scrollTop = (line - 3) * (text.scrollHeight / text.value.split('\n').length);
  }

  #summary(): unknown {
    const { json } = this.form.values;
    try {
      return summaryOf(JSON.parse(json) as PromotionDocument, this.words);
    } catch {
      return 'No sentence can be made of this document yet.'; // while it is being typed anything may stand there
    }
  }

  protected fields(form: Form<ExpertValues, Ending>): unknown {
    return html`
      <div class="expert">
        ${textField(form, 'json', {
          label: 'Document',
          hint: `Amounts are whole minor units of ${this.context.currency} (500 is ${this.context.money(500)}), rates parts per million (10% is 100000), times in UTC.`,
          rows: 22,
        })}
        <div class="expert-side">
          <h3>In words</h3>
          <p class="summary" role="status">${this.#summary()}</p>
          ${this.#found.length > 0
            ? html`<h3>What is wrong</h3>
                <ul class="found">
                  ${this.#found.map(
                    (one) => html`<li><button type="button" class="link" @click=${() => this.#goTo(one)}>Line ${one.line}</button> <code>${one.path}</code> ${one.message}</li>`,
                  )}
                </ul>`
            : nothing}
        </div>
      </div>
      ${checkField(form, 'active', { label: 'Active', hint: 'It runs as soon as it is saved, within its own times.' })}
    `;
  }
}
customElements.define('console-promotion-expert', PromotionExpert);
