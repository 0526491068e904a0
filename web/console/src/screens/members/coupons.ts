import { html, nothing } from 'lit';
import { ApiError } from '../../api/refusal.js';
import { askFirst } from '../../kit/confirm.js';
import type { Loadable } from '../../kit/loadable.js';
import { Pages, pagesFoot, type Page } from '../../kit/pages.js';
import { pill, type PillKind } from '../../kit/pills.js';
import { section } from '../../kit/section.js';
import { nameOf } from '../../records/accounts.js';
import { MemberPart } from './member-part.js';

interface MemberCoupon {
  readonly id: string;
  readonly revision: string;
  readonly status: string;
  readonly rewardName: string;
  readonly createdDate: string;
  readonly expiresAt?: string;
  readonly couponReference: { readonly code: string; readonly name?: string };
}

interface Found {
  readonly loyaltyCoupons: readonly MemberCoupon[];
  readonly metadata: { readonly cursors?: { readonly next?: string }; readonly total?: number };
}

const STATUSES: Readonly<Record<string, readonly [PillKind, string]>> = {
  PENDING: ['wait', 'Being made'],
  ACTIVE: ['good', 'Can be used'],
  APPLIED: ['note', 'Used'],
  FAILED: ['bad', 'Failed, points returned'],
  ARCHIVED: ['off', 'Put away'],
};
const PAGE = 10;

/** The member's coupons, the newest first. One that was not used can be cancelled: its points come back. */
class MemberCoupons extends MemberPart {
  #problem: string | null = null;

  readonly #coupons = new Pages<MemberCoupon>(this, (cursor, signal) => this.#page(cursor, signal));

  protected override get loaded(): readonly [Loadable<unknown>] {
    return [this.#coupons];
  }

  async #page(cursor: string | null, signal?: AbortSignal): Promise<Page<MemberCoupon>> {
    const query = { filter: { accountId: this.account.id }, cursorPaging: { limit: PAGE, ...(cursor !== null && { cursor }) } };
    const { loyaltyCoupons, metadata } = await this.context.api.post<Found>('/loyalty-coupons/v1/coupons/query', { query }, signal ? { signal } : {});
    return { rows: loyaltyCoupons, next: metadata.cursors?.next ?? null, total: metadata.total };
  }

  async #cancel(coupon: MemberCoupon): Promise<void> {
    const { code, name } = coupon.couponReference;
    const isSure = await askFirst({
      title: `Cancel the coupon ${code}?`,
      text: `“${name || coupon.rewardName}” cannot be used any more, and ${nameOf(this.account)} gets the points back that it cost.`,
      action: 'Cancel the coupon',
    });
    if (!isSure) {
      return;
    }
    this.#problem = null;
    try {
      await this.context.api.post(`/loyalty-coupons/v1/coupons/${coupon.id}/cancel`, { revision: coupon.revision }, { idempotencyKey: `cancel-${coupon.id}-${coupon.revision}` });
      this.context.say(`The coupon ${code} is cancelled; its points are back.`);
    } catch (error) {
      this.#problem = error instanceof ApiError && error.isStale ? `The coupon ${code} changed in between; this is how it is now.` : error instanceof Error ? error.message : String(error);
    }
    await this.#coupons.reload();
    this.dispatchEvent(new Event('account-changed'));
  }

  protected override render(): unknown {
    return section(this.#coupons, { heading: 'Coupons', lines: 4 }, ({ rows }) => html`
      ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : nothing}
      ${rows.length === 0 ? html`<p class="empty">No coupons yet. They come from redeeming points for a reward.</p>` : this.#table(rows)}
    `);
  }

  #table(rows: readonly MemberCoupon[]): unknown {
    const { date } = this.context;
    return html`
      <div class="table-frame"><table class="table stacks">
        <thead>
          <tr>
            <th scope="col">Coupon</th><th scope="col">Code</th><th scope="col">Status</th><th scope="col">Redeemed</th><th scope="col">Can be used until</th>
            <th scope="col"><span class="hidden">Action</span></th>
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => {
            const [kind, word] = STATUSES[row.status] ?? (['note', row.status] as const);
            return html`<tr>
              <th scope="row" data-label="Coupon"><bdi>${row.couponReference.name || row.rewardName}</bdi></th>
              <td data-label="Code"><code>${row.couponReference.code}</code></td>
              <td data-label="Status">${pill(kind, word)}</td>
              <td data-label="Redeemed">${date(row.createdDate)}</td>
              <td data-label="Can be used until">${row.expiresAt ? date(row.expiresAt) : 'No end'}</td>
              <td class="end">
                ${row.status === 'ACTIVE'
                  ? html`<button type="button" class="button small danger" aria-label="Cancel the coupon ${row.couponReference.code}" @click=${() => void this.#cancel(row)}>Cancel</button>`
                  : nothing}
              </td>
            </tr>`;
          })}
        </tbody>
      </table></div>
      ${pagesFoot(this.#coupons, 'coupon', 'coupons')}
    `;
  }
}

customElements.define('console-member-coupons', MemberCoupons);
