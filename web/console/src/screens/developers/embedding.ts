/** Texts for those who build the shop, about this server and this site. */

/** What a page needs to show the checkout element and the rewards page. */
export const embedSnippet = (origin: string, site: string): string => `<script type="module">
  import { loadLoyalty } from '/loyalty/loader.js';
  await loadLoyalty({
    assets: '/loyalty/',
    endpoint: '${origin}',
    site: '${site}',
    // A token for the member who is signed in at your shop; null for guests. Your backend asks this server for it.
    getToken: async () => {
      const answer = await fetch('/your-shop/loyalty-token');
      return answer.ok ? (await answer.json()).token : null;
    },
  });

  // The cart that your backend put on a checkout, with the checkout's id as its id.
  document.querySelector('loyalty-checkout').cart = cart;
</script>

<loyalty-checkout></loyalty-checkout>
<loyalty-rewards></loyalty-rewards>`;

/** The strictest policy with which that page works. */
export const pagePolicy = (origin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    `connect-src 'self' ${origin}`,
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const asked = (origin: string, method: string, path: string, body: string): string => `curl -X ${method} ${origin}${path} \\
  -H "Authorization: $LOYALTY_KEY" -H "Content-Type: application/json" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -d '${body}'`;

/** What the shop's backend asks for, in the order of a purchase. */
export const backendSteps = (origin: string, currency: string, money: (minor: number) => string): readonly { readonly title: string; readonly text: string; readonly code: string }[] => [
  {
    title: 'Make a token for the member who is signed in',
    text: 'The page asks your backend, your backend asks here. A token is good for 15 minutes at most and shows only this member’s own account.',
    code: asked(origin, 'POST', '/identity/v1/member-tokens', '{"memberId": "THE MEMBER ID IN YOUR SHOP"}'),
  },
  {
    title: 'Put the cart on a checkout',
    text: `These prices count, in minor units of the currency: 6000 is ${money(6000)}. What the browser sends is only compared with them. The answer has the id of the checkout.`,
    code: asked(origin, 'POST', '/checkout/v1/checkouts', `{"checkout": {"contactId": "THE CONTACT", "cart": {"currency": "${currency}", "lines": [{"id": "1", "unitPrice": 6000, "quantity": 1, "tags": ["stores"]}]}}}`),
  },
  {
    title: 'Write the cart anew when it changes',
    text: 'What is applied is decided again; points that no longer fit go back.',
    code: asked(origin, 'PUT', '/checkout/v1/checkouts/THE_CHECKOUT', `{"checkout": {"cart": {"currency": "${currency}", "lines": []}}}`),
  },
  {
    title: 'Charge what the checkout says, then complete it',
    text: 'GET /checkout/v1/checkouts/THE_CHECKOUT has the total to charge. Completing makes the order: points are spent, coupons are used, and once it is paid the order earns.',
    code: asked(origin, 'POST', '/checkout/v1/checkouts/THE_CHECKOUT/complete', '{"orderId": "YOUR ORDER NUMBER", "paymentStatus": "PAID"}'),
  },
  {
    title: 'Undo it when it comes back',
    text: 'Wholly, or in parts with /refund: any way of splitting gives the same sums.',
    code: asked(origin, 'POST', '/orders/v1/orders/YOUR_ORDER_NUMBER/cancel', '{}'),
  },
];
