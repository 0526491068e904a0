import '../../styles/shop.css';
import '../../styles/checkout.css';
import '../../styles/live.css';
import '../../../src/define.js';
import type { LoyaltyCheckout } from '../../../src/checkout/index.js';
import type { Quote } from '../../../src/documents/index.js';
import { checkoutElement, deliveries, nothingToOrder, payments, showPlaced } from '../checkout-parts.js';
import { confirmation } from '../confirmation.js';
import { byId, fillWith, h } from '../dom.js';
import { OrderSummary } from '../order-summary.js';
import { startCore } from '../pricing.js';
import { fill } from '../texts.js';
import { backend, Intention, type Order, ShopError, type Standing } from './backend.js';
import { chooseShopper, liveFrame } from './frame.js';
import { LiveSession } from './session.js';

/** What visitors may try: two that work, and one that has run out. */
const CODES = ['SUMMER', 'HELLO', 'SPRING'];
/** States in which the store holds what is chosen. */
const HELD: readonly string[] = ['applied', 'stale-cart'];

void startCore().catch(() => undefined);

const session = await LiveSession.start();
const { texts, live, documents } = session;
document.title = `${documents.texts.name} · ${texts.checkout}`;

const back = h('a', { class: 'quiet-link', href: session.address('/') }, texts.editCart);
const content = h('div', { class: 'checkout' });
fillWith(byId('app'), liveFrame(session, '/checkout', back, content));
await begin();
document.documentElement.dataset['ready'] = 'true';

async function begin(): Promise<void> {
  try {
    const standing = await session.save();
    if (standing.checkoutId === null) fillWith(content, nothingToOrder(session));
    else showCheckout(standing.checkoutId, standing);
  } catch (error) {
    const tryAgain = h('button', { type: 'button', class: 'primary', on: { click: () => void begin() } }, live.tryAgain);
    fillWith(content, h('section', { class: 'panel-card' }, h('p', { class: 'problem', role: 'alert' }, wordsOf(error)), tryAgain));
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof ShopError)) console.error(error);
  return error instanceof ShopError && error.message !== '' ? error.message : live.unreachable;
}

function showCheckout(checkoutId: string, standing: Standing): void {
  const rewards = checkoutElement(session);
  rewards.setAttribute('rewards-url', session.address('/rewards'));
  rewards.client = session.client;
  rewards.cart = session.cart();
  const order = new OrderSummary(session, () => void placeOrder());
  const intention = new Intention();

  const show = (quote: Quote, isConfirmed: boolean) => {
    order.show(quote, isConfirmed);
    void nameCodes(rewards).then((isNew) => isNew && order.shown === quote && order.show(quote, isConfirmed));
  };
  rewards.addEventListener('loyalty-preview', ({ detail }) => show(detail.quote, HELD.includes(rewards.state)));
  rewards.addEventListener('loyalty-applied', ({ detail }) => show(detail.quote, true));
  rewards.addEventListener('loyalty-removed', ({ detail }) => show(detail.quote, false));
  rewards.addEventListener('loyalty-reconcile', ({ detail }) => show(detail.confirmed, true));
  // What was applied before the page was loaded, or in another window.
  rewards.addEventListener('loyalty-state', ({ detail }) => {
    if (HELD.includes(detail.to) && rewards.confirmed) show(rewards.confirmed, true);
  });
  rewards.addEventListener('loyalty-sign-in', (event) => {
    event.preventDefault();
    chooseShopper();
  });

  async function placeOrder(): Promise<void> {
    order.placing();
    try {
      const total = await totalToPlace();
      if (total === null) return order.failed(texts.notPlaced);
      const payment = document.querySelector<HTMLInputElement>('[name=payment]:checked')?.value === 'arrival' ? 'later' : 'now';
      const placed = await intention.carryOut((key) => backend.order({ checkoutId, total, payment }, `${key}-${payment}`));
      showPlaced(content, back, thanks(placed.order));
    } catch (error) {
      order.failed(wordsOf(error));
      void rewards.refresh();
    }
  }

  /** What the shopper agrees to pay: nothing chosen is left behind unapplied. Null: the store does not confirm it now. */
  async function totalToPlace(): Promise<number | null> {
    const isChosen = (rewards.intent.chosen ?? []).length > 0;
    if (isChosen && !HELD.includes(rewards.state) && !(await rewards.apply()).ok) return null;
    return order.shown?.total ?? null;
  }

  fillWith(
    content,
    h('h1', { class: 'visually-hidden' }, texts.checkout),
    h(
      'div',
      { class: 'checkout-main' },
      deliveries(session, () => {
        void session.save().then(() => (rewards.cart = session.cart()), (error: unknown) => order.failed(wordsOf(error)));
      }),
      h('section', { class: 'rewards', 'aria-label': texts.rewards }, h('p', { class: 'small codes' }, fill(texts.codesToTry, { codes: CODES.join(', ') })), rewards),
      payments(session),
    ),
    order.element,
  );
  // What the store says, should the element not be able to speak.
  if (standing.quote) order.show(standing.quote, false);
  const code = new URLSearchParams(location.search).get('code');
  if (code !== null) void useCode(rewards, code);
}

/** The coupon of a link is chosen: one's own by its id, else the code is entered. */
async function useCode(rewards: LoyaltyCheckout, code: string): Promise<void> {
  await rewards.ready();
  const own = session.member?.account.coupons?.find((coupon) => coupon.code === code);
  if (own) rewards.intent = { chosen: [{ coupon: { id: own.id } }] };
  else await rewards.applyCoupon(code);
}

function nameCodes({ intent }: LoyaltyCheckout): Promise<boolean> {
  return session.learnCodes((intent.chosen ?? []).flatMap(({ code }) => (code ? [code.text] : [])));
}

function thanks(order: Order): HTMLElement {
  const isPaid = order.status === 'PAID';
  return confirmation(session, order.number, order.quote, {
    earned: isPaid ? live.pointsYours : texts.pointsComing,
    when: isPaid ? live.pointsYoursNow : live.pointsWhenPaid,
    onward: [
      session.member && h('a', { class: 'quiet-link', href: session.address('/rewards') }, live.toRewards),
      h('a', { class: 'quiet-link', href: session.address('/orders') }, live.toOrders),
    ],
  });
}
