import { html, nothing, type TemplateResult } from 'lit';
import type { Catalog } from '../../../../src/documents/index.js';
import { pill, type PillKind } from '../../kit/pills.js';
import { catalogDiff, type EntityDiff, tierNames } from './catalog-diff.js';
import type { Context } from '../../app/context.js';
import type { Finding } from './drafts.js';
import { bySeverity, targetOf } from './findings.js';

const CHANGES: Readonly<Record<EntityDiff['change'], readonly [PillKind, string]>> = { added: ['good', 'New'], changed: ['wait', 'Changed'], removed: ['bad', 'Removed'] };
const SEVERITIES: Readonly<Record<Finding['severity'], readonly [PillKind, string]>> = { error: ['bad', 'Error'], warning: ['wait', 'Warning'], note: ['note', 'Note'] };

/** What the draft changes in the rules: entity by entity, from and to. */
export function diffView(live: Catalog, draft: Catalog, baseTier: string, context: Context): TemplateResult {
  const diffs = catalogDiff(live, draft, { ...context, baseTier, tiers: tierNames(live, draft) });
  return diffs.length === 0
    ? html`<p class="empty">The draft leaves the rules as they are.</p>`
    : html`<ul class="diffs">
        ${diffs.map((diff) => {
          const [kind, word] = CHANGES[diff.change];
          return html`<li>
            <h3>${diff.kind} “<bdi>${diff.name}</bdi>” ${pill(kind, word)}</h3>
            <div class="table-frame"><table class="table stacks">
              <thead><tr><th scope="col">What</th>${diff.change === 'added' ? nothing : html`<th scope="col">Live rules</th>`}${diff.change === 'removed' ? nothing : html`<th scope="col">Draft</th>`}</tr></thead>
              <tbody>
                ${diff.fields.map(
                  (field) => html`<tr>
                    <th scope="row"><bdi>${field.label}</bdi></th>
                    ${diff.change === 'added' ? nothing : html`<td data-label="Live rules"><bdi>${field.from ?? '–'}</bdi></td>`}
                    ${diff.change === 'removed' ? nothing : html`<td data-label="Draft"><bdi>${field.to ?? '–'}</bdi></td>`}
                  </tr>`,
                )}
              </tbody>
            </table></div>
          </li>`;
        })}
      </ul>`;
}

/** What is suspicious about rules, the worst first, with where it is changed. */
export function findingsView(findings: readonly Finding[], catalog: Catalog): TemplateResult {
  return findings.length === 0
    ? html`<p class="muted">Nothing suspicious was found.</p>`
    : html`<ul class="reasons">
        ${bySeverity(findings).map((finding) => {
          const [kind, word] = SEVERITIES[finding.severity] ?? ['note', finding.severity];
          const target = targetOf(finding, catalog);
          return html`<li>
            ${pill(kind, word)} ${target ? html`<a href=${target.href}><bdi>${target.name}</bdi></a>: ` : nothing}<bdi>${finding.message}</bdi> <span class="hint"><code>${finding.code}</code></span>
          </li>`;
        })}
      </ul>`;
}
