import { html, nothing } from 'lit';
import { chevron } from './icons.js';
import type { View } from './view.js';

/** The question, and room for the answer, which is fetched when it is asked. */
export function explainToggle(view: View): unknown {
  const { explainOpen, explainPanel, explanation, on } = view.hands!;
  return view.hides('explain')
    ? nothing
    : html`<button type="button" class="disclosure" aria-expanded=${explainOpen} aria-controls="explain" @click=${on.toggleExplain}>
          ${view.words.say('how')}${chevron}
        </button>
        <div id="explain" part="explain" class="explain" ?hidden=${!explainOpen}>
          ${explainOpen && explainPanel && explanation ? explainPanel(view, explanation) : nothing}
        </div>`;
}
