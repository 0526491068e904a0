import { html, nothing } from 'lit';
import type { Catalog, Quote } from '../../../../src/documents/index.js';
import { Screen } from '../../app/screen.js';
import { card } from '../../kit/section.js';
import { type Case, openCase, testCaseText } from './case.js';

/** Carries a case out of the simulator as a test, and one in. Tells `case-opened`. */
class CaseFile extends Screen {
  static override properties = { ...Screen.properties, of: { attribute: false }, catalog: { attribute: false }, quote: { attribute: false }, rules: { attribute: false } };

  declare of: Case;
  declare catalog: Catalog;
  declare quote: Quote | null;
  /** Whose rules these are. */
  declare rules: string;
  /** What could not be put on the clipboard is shown to be copied by hand. */
  #shown: string | null = null;
  #typed = '';
  #problem: string | null = null;

  readonly #copy = async (): Promise<void> => {
    if (!this.quote) {
      return;
    }
    const text = testCaseText(this.of, this.catalog, this.quote);
    try {
      await navigator.clipboard.writeText(text);
      this.#shown = null;
      this.context.say('The test case is on the clipboard.');
    } catch {
      this.#shown = text;
      this.context.say('The browser does not allow copying: the text is shown below.');
    }
    this.requestUpdate();
  };

  readonly #open = (event: Event): void => {
    event.preventDefault();
    const opened = openCase(this.#typed);
    this.#problem = 'problem' in opened ? opened.problem : opened.case.cart.currency === this.catalog.currency ? null : `The cart is in ${opened.case.cart.currency}; this program is in ${this.catalog.currency}.`;
    this.requestUpdate();
    if (this.#problem === null && 'case' in opened) {
      this.dispatchEvent(new CustomEvent('case-opened', { detail: opened.case }));
    } else {
      void this.updateComplete.then(() => this.querySelector<HTMLElement>('#case-text')?.focus());
    }
  };

  protected override render(): unknown {
    return card(
      {
        heading: 'Keep it as a test',
        intro: `A test case holds ${this.rules}, the member, the cart, the choice, the time and what came out. It can be sent to somebody, opened here, or kept beside the core's own tests.`,
        actions: html`<button type="button" class="button" ?disabled=${this.quote === null} @click=${this.#copy}>Copy as test case</button>`,
      },
      html`
        ${this.#shown === null ? nothing : html`<label for="case-copy">Test case</label><div class="control"><textarea id="case-copy" rows="8" readonly .value=${this.#shown}></textarea></div>`}
        <details>
          <summary>Open a test case</summary>
          <form novalidate @submit=${this.#open}>
            <div class="field">
              <label for="case-text">Its text</label>
              <p class="hint" id="case-text-hint">Its cart, member, choice and time are taken; it is priced with the rules of this program.</p>
              <div class="control">
                <textarea id="case-text" rows="6" spellcheck="false" aria-describedby="case-text-hint case-text-fault" aria-invalid=${this.#problem ? 'true' : nothing} .value=${this.#typed}
                  @input=${(event: Event) => (this.#typed = (event.target as HTMLTextAreaElement).value)}></textarea>
              </div>
              <p class="fault" id="case-text-fault" aria-live="polite">${this.#problem ?? nothing}</p>
            </div>
            <div class="buttons"><button class="button">Open test case</button></div>
          </form>
        </details>
      `,
    );
  }
}

customElements.define('console-case-file', CaseFile);
