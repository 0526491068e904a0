/** @jsxImportSource react */
import '../../src/jsx/react.js';
import type { LoyaltyRewards } from '../../src/index.js';

export const page = (
  <loyalty-rewards
    sections="balance history"
    page-size={10}
    code-display="plain"
    onloyalty-redeemed={(event) => event.detail.coupon.code.trim()}
    onloyalty-ready={(event) => event.detail.state.trim()}
  />
);

export const wrong = (
  <>
    {/* @ts-expect-error no such display */}
    <loyalty-rewards code-display="hidden" />
    {/* @ts-expect-error a member is an object */}
    <loyalty-rewards member="ada" />
    {/* @ts-expect-error of this event there is no price */}
    <loyalty-rewards onloyalty-redeemed={(event) => event.detail.price} />
  </>
);

export function listen(element: LoyaltyRewards): void {
  element.addEventListener('loyalty-ready', ({ detail }) => detail.state.trim());
  element.addEventListener('click', (event) => event.clientX.toFixed());
  // @ts-expect-error there is no such state
  element.addEventListener('loyalty-ready', ({ detail }) => detail.state === 'open');
  void element.redeem('five-off').then((result) => result.ok && result.value.coupon.code);
}
