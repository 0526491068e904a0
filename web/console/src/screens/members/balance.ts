import { html, nothing, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import type { MemberAccount } from '../../records/accounts.js';

/** Where the balance comes from, each figure with what it means. */
export function balanceView({ points, pointsExpiration, contact, createdDate }: MemberAccount, { number, points: named, date }: Context): TemplateResult {
  const figure = (label: string, value: number, hint: string) => html`
    <div class="stat"><dt>${label}</dt><dd class="figure">${number(value)}</dd><dd class="hint">${hint}</dd></div>
  `;
  return html`
    <p class="balance"><strong>${named(points.balance)}</strong> can be spent now.</p>
    <dl class="stats">
      ${figure('Earned', points.earned, 'For orders and activities; what a refund took back is subtracted.')}
      ${figure('Adjusted', points.adjusted, 'Given or taken by hand, presents and imports.')}
      ${figure('Redeemed', points.redeemed, 'Spent on rewards and coupons; held points are counted here.')}
      ${figure('Expired', points.expired, 'Lost for lack of activity or because their time was over.')}
      ${figure('Held', points.held, 'Set aside for checkouts that are not completed or not paid.')}
    </dl>
    <p class="identity">
      ${number(points.earned)} earned ${points.adjusted < 0 ? '−' : '+'} ${number(Math.abs(points.adjusted))} adjusted − ${number(points.redeemed)} redeemed − ${number(points.expired)} expired =
      <strong>${number(points.balance)}</strong>
    </p>
    ${pointsExpiration ? html`<p>${named(pointsExpiration.expiringPointsAmount)} will expire on ${date(pointsExpiration.expirationDate)} unless the member is active before.</p>` : nothing}
    <p class="hint"><bdi>${contact.email ?? 'No e-mail address'}</bdi> · Member since ${date(createdDate)}</p>
  `;
}
