import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { changing, rich } from '../../checkout/views/text.js';
import { COUPON_TABS, isUsable, tabOf, type CouponTab } from '../coupons.js';
import type { PageCoupon } from '../data.js';
import { codeText, coveredCode } from './code.js';
import { empty, section, segments } from './parts.js';
import type { MemberView } from './view.js';

/** What there is to know of a coupon beside its code. */
function statusOf({ words, member }: MemberView, coupon: PageCoupon): string {
  const { status, expiresAt, usedAt, refundedPoints } = coupon;
  const returned = refundedPoints === undefined ? null : words.points(refundedPoints);
  switch (status) {
    case 'PENDING':
      return words.say('preparing');
    case 'APPLIED':
      return coupon.orderId === undefined || usedAt === undefined ? words.say('inOrder') : words.say('usedOn', { date: words.day(usedAt) });
    case 'FAILED':
      return returned === null ? words.say('notMadeFree') : words.say('notMade', { points: returned });
  }
  if (tabOf(coupon, member.now()) === 'expired') {
    return words.say('expiredOn', { date: words.day(expiresAt!) });
  }
  if (status === 'ARCHIVED') {
    return returned !== null && usedAt === undefined
      ? words.say('cancelled', { points: returned })
      : usedAt === undefined
        ? words.say('usedUp')
        : words.say('usedOn', { date: words.day(usedAt) });
  }
  return expiresAt === undefined ? words.say('withoutEnd') : words.say('until', { date: words.day(expiresAt) });
}

function qrPlace({ words, desk }: MemberView, coupon: PageCoupon): unknown {
  return html`<div class="qr-place" id="qr-${coupon.id}" aria-busy=${!desk.qr && !desk.qrFailed}>
    ${desk.qr?.(coupon.code, words.say('qrOf', { code: coupon.code })) ?? nothing}
    <div class="qr-side">${codeText(coupon.code, `qr-${coupon.id}`)}<p class="small">${words.say(desk.qrFailed ? 'qrFailed' : 'qrHint')}</p></div>
  </div>`;
}

function row(view: MemberView, coupon: PageCoupon): unknown {
  const { words, member, desk, element, on } = view;
  const isPlain = element.codeDisplay === 'plain' || desk.revealed.has(coupon.id);
  const usable = isUsable(coupon, member.now());
  const hasQr = desk.qrOf === coupon.id;
  const whose = html`<span class="visually-hidden"><bdi>${coupon.name}</bdi></span>`;
  return html`
    <li part="coupon" class="ticket" ?data-done=${!usable}>
      <div class="ticket-text">
        <p class="ticket-name"><bdi>${coupon.name}</bdi></p>
        <p class="small">${changing(statusOf(view, coupon))}</p>
      </div>
      ${coupon.code === '' ? nothing : isPlain && usable ? codeText(coupon.code, coupon.id) : coveredCode(coupon.code, words)}
      ${usable
        ? html`<div class="ticket-actions">
            ${element.codeDisplay === 'plain'
              ? nothing
              : html`<button type="button" class="text-button" aria-pressed=${isPlain} @click=${() => on.toggleCode(coupon)}>${words.say('reveal')} ${whose}</button>`}
            <button type="button" part="copy-button" class="text-button" @click=${() => on.copy(coupon)}>${words.say('copy')} ${whose}</button>
            ${element.qr === 'off'
              ? nothing
              : html`<button type="button" class="text-button" aria-expanded=${hasQr} aria-controls="qr-${coupon.id}" @click=${() => on.toggleQr(coupon)}>
                  ${words.say('qr')} ${whose}
                </button>`}
            ${element.checkoutUrl === null
              ? nothing
              : html`<button type="button" class="small-button" @click=${() => on.use(coupon)}>${words.say('useNow')} ${whose}</button>`}
          </div>`
        : nothing}
      ${hasQr && usable ? qrPlace(view, coupon) : nothing}
    </li>
  `;
}

const TAB_TEXTS = { active: 'couponsActive', used: 'couponsUsed', expired: 'couponsExpired' } as const;
const NONE_TEXTS = { active: 'noneActive', used: 'noneUsed', expired: 'noneExpired' } as const;

/** The member's coupons, by whether they can still be used. */
export function coupons(view: MemberView): unknown {
  const { words, data, member, desk, on } = view;
  const now = member.now();
  const of = (tab: CouponTab) => data.coupons.filter((coupon) => tabOf(coupon, now) === tab);
  const shown = of(desk.tab);
  const tabs = COUPON_TABS.map((tab) => [tab, rich(words.say(TAB_TEXTS[tab], { count: of(tab).length }))] as const);
  const list = html`<ul class="tickets">
    ${repeat(shown, ({ id }) => id, (coupon) => row(view, coupon))}
  </ul>`;
  return section(
    view,
    'coupons',
    words.say('coupons'),
    shown.length > 0 ? list : empty(words.say(NONE_TEXTS[desk.tab])),
    data.coupons.length === 0 ? nothing : segments(words.say('show'), tabs, desk.tab, on.couponTab),
  );
}
