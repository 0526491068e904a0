/** @jsxImportSource react */
import '../../src/jsx/react.js';
import { useRef } from 'react';
import type { Cart, LoyaltyCheckout } from '../../src/index.js';

const cart: Cart = { currency: 'EUR', lines: [] };

export function Checkout() {
  const element = useRef<LoyaltyCheckout>(null);
  return (
    <main>
      <loyalty-checkout
        ref={element}
        className="side"
        cart={cart}
        member={null}
        layout="compact"
        coupon-entry="open"
        heading-level={2}
        onloyalty-applied={(event) => event.detail.quote.payable.toFixed()}
      />
      {/* @ts-expect-error a cart is an object */}
      <loyalty-checkout cart="[object Object]" />
      {/* @ts-expect-error no such layout */}
      <loyalty-checkout layout="wide" />
      {/* @ts-expect-error of this event there is no amount */}
      <loyalty-checkout onloyalty-applied={(event) => event.detail.amount} />
      {/* @ts-expect-error no such attribute */}
      <loyalty-checkout coupons="open" />
      {/* @ts-expect-error no such element */}
      <loyalty-checkouts />
    </main>
  );
}
