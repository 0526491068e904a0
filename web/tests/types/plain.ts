import { CoreError, createClient, type Cart, type Effect, type Fix, loadCore, type Quote } from '../../src/index.js';
import type { LoyaltyClient } from '../../src/client/index.js';
import { loadLoyalty } from '../../src/loader/index.js';
import { createMockClient } from '../../src/mock/index.js';

const cart: Cart = { currency: 'EUR', lines: [{ id: 'a', unitPrice: 1000, quantity: 2, tags: ['shoes'] }] };

const element = document.querySelector('loyalty-checkout')!;
element.cart = cart;
element.member = null;
element.member = { id: 'anna', available: 100 };
element.intent = { chosen: [{ reward: { id: 'five', points: 100 } }, { code: { text: 'HELLO' } }] };
element.layout = 'compact';
const created: HTMLElement = document.createElement('loyalty-checkout');

// @ts-expect-error a cart has lines
element.cart = { currency: 'EUR' };
// @ts-expect-error amounts are numbers of minor units
element.cart = { currency: 'EUR', lines: [{ id: 'a', unitPrice: '10.00', quantity: 1 }] };
// @ts-expect-error no such layout
element.layout = 'wide';
// @ts-expect-error an entry is one choice
element.intent = { chosen: [{ reward: { id: 'five' }, coupon: { id: 'c' } }] };
// @ts-expect-error the quote is the element's to say
element.quote = null;
// @ts-expect-error documents are not changed in place
cart.lines[0]!.quantity = 3;
// @ts-expect-error nor are lists of them
cart.lines.push({ id: 'b', unitPrice: 1, quantity: 1 });

element.addEventListener('loyalty-applied', ({ detail }) => {
  const total: number = detail.quote.total;
  // @ts-expect-error no such field
  detail.amount;
  return total;
});
document.addEventListener('loyalty-reconcile', (event) => event.detail.deltaMinor.toFixed());
// @ts-expect-error no such event
document.addEventListener('loyalty-paid', (event) => event.detail);

const applied = await element.apply();
if (applied.ok) {
  applied.value.holdExpiresAt?.slice();
} else {
  applied.reason.slice();
  // @ts-expect-error a refusal has no value
  applied.value;
}

const core = await loadCore({ start: 'preview', onTrap: (cause: unknown) => console.error(cause) });
const open = core.open({ version: '1', currency: 'EUR', program: { status: 'ACTIVE' } });
// @ts-expect-error first look whether it was accepted
open.value;
if (open.ok) {
  const prepared = open.value.prepare({ account: null, cart, now: '2025-01-01T00:00:00Z' });
  // @ts-expect-error without a time there is no quote
  open.value.prepare({ account: null, cart });
  if (prepared.ok) {
    const totals = prepared.value.preview();
    totals.total.toFixed();
    // @ts-expect-error the sums are read, never written
    totals.total = 0;
    const quote: Quote = prepared.value.quote({ offers: true });
    quote.rejected.map(({ code }) => code === 'INSUFFICIENT_POINTS');
    // @ts-expect-error no such code
    quote.rejected.map(({ code }) => code === 'TOO_POOR');
    prepared.value.setPoints(0, null);
    // @ts-expect-error points are a number
    prepared.value.setPoints(0, '100');
  }
}

const percent: Effect = { kind: 'percent', ratePpm: 125_000, target: 'order' };
// @ts-expect-error a percentage needs its rate
const rateless: Effect = { kind: 'percent' };
// @ts-expect-error free shipping has no amount
const free: Effect = { kind: 'freeShipping', amount: 100 };

function words(fix: Fix): string | number {
  switch (fix.kind) {
    case 'addAmount':
      return fix.amount;
    case 'wait':
      return fix.at;
    case 'reachTier':
      return fix.tierId;
    case 'addQuantity':
      return fix.quantity;
    case 'earnPoints':
      return fix.points;
    case 'signIn':
    case 'choose':
      return fix.kind;
  }
}

const client: LoyaltyClient = createClient({ program: { catalog: { version: '1', currency: 'EUR', program: { status: 'ACTIVE' } } } });
element.client = client;
element.client = createMockClient({ catalog: { version: '1', currency: 'EUR', program: { status: 'ACTIVE' } }, latencyMs: 200 });
// @ts-expect-error a client knows its program
element.client = { bootstrap: () => 1 };

const loyalty = await loadLoyalty({ preload: 'visible', integrity: { 'a.js': 'sha384-x' } });
// @ts-expect-error on a server there is none
loyalty.destroy();
const off: () => void = loyalty!.on('loyalty-ready', ({ detail }) => console.log(detail.coreVersion));
// @ts-expect-error no such time to preload
await loadLoyalty({ preload: 'later' });

const code: 'LOAD_FAILED' | 'CORE_BLOCKED' | 'VERSION' | 'TRAP' | 'CLOSED' = new CoreError('TRAP', '').code;

export { code, created, free, off, percent, rateless, words };
