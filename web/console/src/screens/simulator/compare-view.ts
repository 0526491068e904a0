import { html, nothing, type TemplateResult } from 'lit';
import type { Quote } from '../../../../src/documents/index.js';
import type { Naming } from '../../explain/naming.js';
import type { ExplainWording } from '../../explain/wording.js';
import { discountPairs, linePairs, type Pair, pointPairs, sumPairs } from './comparison.js';
import { signed } from './difference.js';

function pairTable(caption: string, rows: readonly (Pair & { readonly name?: string })[], write: (value: number) => string, hasDraft: boolean): TemplateResult {
  return html`
    <div class="table-frame"><table class="table stacks">
      <caption>${caption}</caption>
      <thead>
        <tr>
          <th scope="col"><span class="hidden">What</span></th><th scope="col" class="end">Live rules</th>
          ${hasDraft ? html`<th scope="col" class="end">Draft</th><th scope="col" class="end">Difference</th>` : nothing}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr class=${row.difference === 0 ? '' : 'differs'}>
            <th scope="row"><bdi>${row.name ?? row.label}</bdi></th>
            <td class="end" data-label="Live rules">${write(row.live)}</td>
            ${hasDraft ? html`<td class="end" data-label="Draft">${write(row.draft)}</td><td class="end nowrap" data-label="Difference">${signed(row.difference, write)}</td>` : nothing}
          </tr>`,
        )}
      </tbody>
    </table></div>
  `;
}

/** Two quotes of one cart side by side: sums, discounts, lines and points. */
export function compareView(live: Quote, draft: Quote, words: ExplainWording, naming: Naming, hasDraft: boolean): TemplateResult {
  const discounts = discountPairs(live.discounts, draft.discounts);
  const off = (amount: number | null) => (amount === null ? 'not given' : words.money(-amount));
  return html`
    ${pairTable('What is paid', sumPairs(live, draft), words.money, hasDraft)}
    ${discounts.length === 0
      ? html`<p class="muted">No discount runs.</p>`
      : html`<div class="table-frame"><table class="table stacks">
          <caption>Discounts</caption>
          <thead><tr><th scope="col"><span class="hidden">Discount</span></th><th scope="col" class="end">Live rules</th>${hasDraft ? html`<th scope="col" class="end">Draft</th>` : nothing}</tr></thead>
          <tbody>
            ${discounts.map(
              (row) => html`<tr class=${row.difference === 0 ? '' : 'differs'}>
                <th scope="row"><bdi>${naming.candidate(row.id, row.source)}</bdi></th>
                <td class="end" data-label="Live rules">${off(row.live)}</td>
                ${hasDraft ? html`<td class="end" data-label="Draft">${off(row.draft)}</td>` : nothing}
              </tr>`,
            )}
          </tbody>
        </table></div>`}
    ${pairTable('Each line after discounts', linePairs(live, draft).map((row) => ({ ...row, name: naming.line(row.id) })), words.money, hasDraft)}
    ${pairTable('Points', pointPairs(live, draft), words.number, hasDraft)}
  `;
}
