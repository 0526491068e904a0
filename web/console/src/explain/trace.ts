import './explain.css';
import { html, nothing, type TemplateResult } from 'lit';
import type { Cart, ExplainRow, NearMiss, Rejection } from '../../../src/documents/index.js';
import type { Naming } from './naming.js';
import { fixOf, nearMissText, reasonOf } from './reasons.js';
import { stepsOf } from './steps.js';
import type { ExplainWording } from './wording.js';

/** The steps of a quote as a numbered list. */
export function traceView(rows: readonly ExplainRow[], words: ExplainWording, naming: Naming, cart?: Cart | null): TemplateResult {
  return html`
    <ol class="trace">
      ${stepsOf(rows, words, naming, cart).map(
        (step) => html`
          <li class="trace-step trace-${step.kind}">
            <span class="trace-title"><bdi>${step.title}</bdi></span>
            <span class="trace-amount number">${step.amount}</span>
            ${step.sentence ? html`<span class="trace-sentence">${step.sentence}</span>` : nothing}
            ${step.parts.length > 0
              ? html`<ul class="trace-parts">
                  ${step.parts.map((part) => html`<li><span><bdi>${part.name}</bdi></span><span class="number">${part.amount}</span></li>`)}
                </ul>`
              : nothing}
          </li>
        `,
      )}
    </ol>
  `;
}

/** What was asked for and did not count, and why. */
export function rejectionsView(rejected: readonly Rejection[], words: ExplainWording, naming: Naming): TemplateResult | typeof nothing {
  return rejected.length === 0
    ? nothing
    : html`<ul class="reasons">
        ${rejected.map((row) => {
          const fix = fixOf(row.fix, words, naming);
          return html`<li>
            <strong><bdi>${naming.candidate(row.id, row.source)}</bdi></strong> did not count. ${reasonOf(row, words, naming)}${fix ? html` <span class="hint">${fix}.</span>` : nothing}
          </li>`;
        })}
      </ul>`;
}

/** What a little more in the cart, or a few more points, would turn. */
export function nearMissesView(misses: readonly NearMiss[], words: ExplainWording, naming: Naming): TemplateResult | typeof nothing {
  return misses.length === 0
    ? nothing
    : html`<ul class="reasons">
        ${misses.map((miss) => html`<li>${nearMissText(miss, words, naming)}</li>`)}
      </ul>`;
}
