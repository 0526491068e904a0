import '../styles/shop.css';
import '../styles/checkout.css';
import '../../src/define.js';
import type { Confirmation } from '../../src/checkout/index.js';
import type { Quote } from '../../src/documents/index.js';
import { createMockClient } from '../../src/mock/index.js';
import { checkoutElement, deliveries, nothingToOrder, payments, showPlaced } from './checkout-parts.js';
import { confirmation } from './confirmation.js';
import { byId, fillWith, h } from './dom.js';
import { frame } from './frame.js';
import { OrderSummary } from './order-summary.js';
import { Pricing, startCore } from './pricing.js';
import { Session } from './session.js';
import { fill } from './texts.js';

// Fetched while the documents are.
void startCore().catch(() => undefined);

/** How long this store takes to answer, so that waiting can be seen. */
const STORE_ANSWERS_AFTER_MS = 350;

const session = await Session.start();
const { texts, documents, view } = session;
document.title = `${documents.texts.name} · ${texts.checkout}`;

const pricing = Pricing.open(documents.catalog, () => session.now().toISOString());
const store = createMockClient({
  catalog: documents.catalog,
  codes: documents.codes,
  member: session.member?.account ?? null,
  latencyMs: STORE_ANSWERS_AFTER_MS,
  holdMinutes: 30,
  now: session.now,
});

const back = h('a', { class: 'quiet-link', href: session.address('/', { cartOpen: true, chosen: [], placed: null }) }, texts.editCart);
const content = h('div', { class: 'checkout' });
fillWith(byId('app'), frame(session, view.placed === null && back, content));

if (session.cart().lines.length === 0) {
  fillWith(content, nothingToOrder(session));
} else if (view.placed !== null) {
  await showAgain(view.placed);
} else {
  showCheckout();
}
document.documentElement.dataset['ready'] = 'true';

/** The order as the core says it, with what is chosen in the address. */
async function quoteNow(): Promise<Quote> {
  return (await pricing).quote({ account: session.member?.account ?? null, cart: session.cart(), intent: { chosen: view.chosen }, resolved: session.resolved });
}

async function showAgain(number: string): Promise<void> {
  try {
    fillWith(content, confirmation(session, number, await quoteNow()));
  } catch (error) {
    console.error(error);
    fillWith(content, h('p', { class: 'problem', role: 'alert' }, texts.noPrices));
  }
}

function showCheckout(): void {
  const rewards = checkoutElement(session);
  rewards.program = { catalog: documents.catalog, serverTime: session.now().toISOString(), resolved: session.resolved };
  rewards.member = session.member?.account ?? null;
  rewards.cart = session.cart();
  rewards.intent = { chosen: view.chosen };
  rewards.client = store;

  const order = new OrderSummary(session, () => void placeOrder());
  rewards.addEventListener('loyalty-preview', ({ detail }) => {
    order.show(detail.quote, false);
    session.change({ chosen: rewards.intent.chosen ?? [] });
  });
  rewards.addEventListener('loyalty-applied', ({ detail }) => order.show(detail.quote, true));
  rewards.addEventListener('loyalty-removed', ({ detail }) => order.show(detail.quote, false));
  rewards.addEventListener('loyalty-reconcile', ({ detail }) => order.show(detail.confirmed, true));
  rewards.addEventListener('loyalty-sign-in', (event) => {
    event.preventDefault();
    session.go({ shopper: 'silver', chosen: [] });
  });

  async function placeOrder(): Promise<void> {
    order.placing();
    const quote = await finalQuote();
    if (quote === null) {
      order.failed(texts.notPlaced);
      return;
    }
    const number = String(1000 + Math.floor(Math.random() * 9000));
    session.change({ chosen: rewards.intent.chosen ?? [], placed: number }, 'push');
    showPlaced(content, back, confirmation(session, number, quote));
  }

  /** What the store charges: what it confirmed, or, where nothing is chosen, the order as it stands. Null: not now. */
  async function finalQuote(): Promise<Quote | null> {
    if ((rewards.intent.chosen ?? []).length === 0) return order.shown;
    let applied: Confirmation | null = lastConfirmation;
    if (rewards.state !== 'applied' || applied === null) {
      const answer = await rewards.apply();
      if (!answer.ok) return null;
      applied = answer.value;
    }
    if (applied.discountId === undefined || session.member === null) return applied.quote ?? order.shown;
    const done = await store.complete(applied.discountId);
    return done.ok ? done.value.quote : null;
  }
  let lastConfirmation: Confirmation | null = null;
  rewards.addEventListener('loyalty-applied', ({ detail }) => (lastConfirmation = detail.confirmation));
  rewards.addEventListener('loyalty-removed', () => (lastConfirmation = null));

  const codes = documents.codes.flatMap((promotion) => (promotion.trigger === 'code' ? promotion.codes : []));
  fillWith(
    content,
    h('h1', { class: 'visually-hidden' }, texts.checkout),
    h(
      'div',
      { class: 'checkout-main' },
      deliveries(session, () => {
        rewards.cart = session.cart();
      }),
      h('section', { class: 'rewards', 'aria-label': texts.rewards }, h('p', { class: 'small codes' }, fill(texts.codesToTry, { codes: codes.join(', ') })), rewards),
      payments(session),
    ),
    order.element,
  );
  // What the core says before anything is chosen, should the element not be able to speak.
  void quoteNow()
    .then((quote) => {
      if (order.shown === null) order.show(quote, false);
    })
    .catch((error: unknown) => {
      console.error(error);
      order.failed(texts.noPrices);
    });
}
