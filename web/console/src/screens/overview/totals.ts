import { html, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import type { Liability, Totals } from './reports.js';

const stat = (name: string, figure: string, hint: unknown): TemplateResult => html`
  <div class="stat">
    <dt>${name}</dt>
    <dd class="figure">${figure}</dd>
    <dd class="hint">${hint}</dd>
  </div>
`;

export const membersOf = ({ tierTotals }: Totals): number => tierTotals.reduce((sum, { numberOfAccounts }) => sum + numberOfAccounts, 0);

/** What was ever earned and spent, and what is left, each with how it comes about. */
export function totalsView({ number, pointsName, settings }: Context, totals: Totals): TemplateResult {
  const { points } = totals;
  const adjusted = points.adjusted === 0 ? '' : ` ${points.adjusted > 0 ? 'plus' : 'less'} ${number(Math.abs(points.adjusted))} by corrections,`;
  return html`
    <dl class="stats">
      ${stat(`Unspent ${pointsName}`, number(points.balance), `What was earned,${adjusted} less what was redeemed and what expired.`)}
      ${stat('Earned', number(points.earned), 'By orders and other activities since the start, less what cancelled and returned orders took back.')}
      ${stat('Redeemed', number(points.redeemed), `Spent on rewards and at checkouts, less what was given back.${points.held > 0 ? ` ${number(points.held)} of them are held for checkouts that are still open.` : ''}`)}
      ${stat('Expired', number(points.expired), settings.expiryModel === 'lots' ? 'Lost because they were not spent in time.' : 'Lost because members were not active for too long.')}
      ${stat('Members', number(membersOf(totals)), 'Customers with a loyalty account, active or not.')}
    </dl>
  `;
}

/** What all unspent points would cost, and why it is that much. */
export function liabilityView({ money, number, pointsName, date }: Context, report: Liability): TemplateResult {
  const { byTier } = report;
  return html`
    <dl class="stats">
      ${stat('Owed to members', money(report.amountMinor), report.basis.text)}
      ${stat(`Unspent ${pointsName}`, number(report.points), `As of ${date(report.asOf)}.${report.heldPoints > 0 ? ` ${number(report.heldPoints)} more are held for checkouts that are still open.` : ''}`)}
      ${stat('On their way', number(report.pendingPoints), 'What orders will earn once they are paid. Not part of what is owed.')}
    </dl>
    ${byTier.length > 1
      ? html`<div class="table-frame">
          <table class="table stacks">
            <caption class="hidden">What is owed, by tier</caption>
            <thead>
              <tr><th scope="col">Tier</th><th scope="col" class="end">Members</th><th scope="col" class="end">${pointsName}</th><th scope="col" class="end">Worth</th><th scope="col" class="end">Rate</th></tr>
            </thead>
            <tbody>
              ${byTier.map(
                ({ name, members, points, amountMinor, perCost }) => html`<tr>
                  <th scope="row" data-label="Tier">${name}</th>
                  <td class="end" data-label="Members">${number(members)}</td>
                  <td class="end" data-label=${pointsName}>${number(points)}</td>
                  <td class="end" data-label="Worth">${money(amountMinor)}</td>
                  <td class="end" data-label="Rate">${perCost ? `${number(perCost.points)} for ${money(perCost.amountMinor)}` : '–'}</td>
                </tr>`,
              )}
            </tbody>
          </table>
        </div>`
      : ''}
  `;
}
