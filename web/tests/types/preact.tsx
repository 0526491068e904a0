/** @jsxImportSource preact */
import '../../src/jsx/preact.js';
import type { Cart } from '../../src/index.js';

const cart: Cart = { currency: 'EUR', lines: [] };

export const Checkout = () => (
  <main>
    <loyalty-checkout class="side" cart={cart} layout="inline" onloyalty-rejected={({ detail }) => detail.reason.slice()} />
    {/* @ts-expect-error a cart has lines */}
    <loyalty-checkout cart={{ currency: 'EUR' }} />
    {/* @ts-expect-error no such theme */}
    <loyalty-checkout theme="blue" />
    {/* @ts-expect-error no such element */}
    <loyalty-checkouts />
  </main>
);
