import { html, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import type { Tier, TiersProgram } from '../../rules/model.js';
import { type MemberAccount, tierName } from '../../records/accounts.js';

/** The tier that comes after the member's own; undefined: there is none. */
export function nextTier({ tier }: Pick<MemberAccount, 'tier'>, tiers: readonly Tier[]): Tier | undefined {
  const own = tiers.find((one) => one.id === tier.id);
  return tiers.find((one) => one.requiredPoints > (own?.requiredPoints ?? 0));
}

/** Where the member stands: the tier, the points that count for it, the next one. */
export function tierView(account: MemberAccount, program: TiersProgram, { points, date }: Context): TemplateResult {
  const { tier } = account;
  const { tiers } = program;
  if (tiers.length === 0) {
    return html`<div class="empty"><p>The program has no tiers. <a href="#/tiers">Make the first</a></p></div>`;
  }
  const next = nextTier(account, tiers);
  return html`
    <p><strong><bdi>${tierName(program, tier.id)}</bdi></strong>${tier.updatedDate ? html` <span class="hint">since ${date(tier.updatedDate)}</span>` : ''}</p>
    <p>${points(tier.points)} count for the tier. <span class="hint">Earned in the tier window; spending does not lower them.</span></p>
    ${next
      ? html`<p>
          <label for="member-tier">To <bdi>${next.tierDefinition.name}</bdi>, which needs ${points(next.requiredPoints)}</label>
          <progress id="member-tier" max=${next.requiredPoints} value=${Math.min(Math.max(tier.points, 0), next.requiredPoints)}></progress>
        </p>`
      : html`<p>This is the highest tier.</p>`}
  `;
}
