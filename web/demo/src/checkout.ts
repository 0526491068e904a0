import '../styles/shop.css';
import '../styles/checkout.css';
import '../../src/define.js';
import type { Confirmation, LoyaltyCheckout } from '../../src/checkout/index.js';
import type { Quote } from '../../src/documents/index.js';
import { createMockClient } from '../../src/mock/index.js';
import { addressOf } from './address.js';
import { byId, fillWith, h } from './dom.js';
import { confirmation } from './confirmation.js';
import { frame, icon } from './frame.js';
import { Pricing, startCore } from './pricing.js';
import { pictureOf } from './programs.js';
import { Session } from './session.js';
import { sums } from './sums.js';
import { fill } from './texts.js';

// Fetched while the documents are.
void startCore().catch(() => undefined);

/** How long this store takes to answer, so that waiting can be seen. */
const STORE_ANSWERS_AFTER_MS = 350;

const session = await Session.start();
const { texts, documents, words, view } = session;
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

const back = h('a', { class: 'quiet-link', href: addressOf('/', { ...view, cartOpen: true, chosen: [], placed: null }) }, texts.editCart);
const content = h('div', { class: 'checkout' });
fillWith(byId('app'), frame(session, view.placed === null && back, content));

if (session.cart().lines.length === 0) {
  fillWith(content, h('section', { class: 'panel-card' }, h('h1', { class: 'visually-hidden' }, texts.checkout), h('p', { class: 'empty' }, texts.empty), h('a', { class: 'primary', href: addressOf('/', { ...view, cart: null }) }, texts.browse)));
} else if (view.placed !== null) {
  await showPlaced(view.placed);
} else {
  showCheckout();
}
document.documentElement.dataset['ready'] = 'true';

async function showPlaced(number: string): Promise<void> {
  try {
    const quote = (await pricing).quote({ account: session.member?.account ?? null, cart: session.cart(), intent: { chosen: view.chosen }, resolved: session.resolved });
    fillWith(content, confirmation(session, number, quote));
  } catch (error) {
    console.error(error);
    fillWith(content, h('p', { class: 'problem', role: 'alert' }, texts.noPrices));
  }
}

function showCheckout(): void {
  const rewards = document.createElement('loyalty-checkout');
  rewards.setAttribute('heading-level', '2');
  rewards.setAttribute('theme', view.theme);
  rewards.setAttribute('hide', 'totals');
  rewards.setAttribute('locale', view.language);
  rewards.formatters = { tag: session.tagName };
  rewards.program = { catalog: documents.catalog, serverTime: session.now().toISOString(), resolved: session.resolved };
  rewards.member = session.member?.account ?? null;
  rewards.cart = session.cart();
  rewards.intent = { chosen: view.chosen };
  rewards.client = store;
  reserveRoom(rewards);

  const status = h('span', { class: 'tag' }, texts.estimated);
  const lines = h('ul', { class: 'order-lines' });
  lines.style.setProperty('--lines', String(session.cart().lines.length));
  const totals = h('div', { class: 'order-sums' });
  const earns = h('p', { class: 'earns' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const place = h('button', { type: 'button', class: 'primary wide place', disabled: true, on: { click: () => void placeOrder() } });
  const order = h(
    'aside',
    { class: 'panel-card order coming', 'aria-labelledby': 'order-title' },
    h('div', { class: 'order-head' }, h('h2', { id: 'order-title' }, texts.summary), status),
    lines,
    totals,
    earns,
    place,
    problem,
  );
  let shown: Quote | null = null;

  const show = (quote: Quote, isConfirmed: boolean) => {
    shown = quote;
    order.classList.remove('coming');
    status.textContent = isConfirmed ? texts.confirmed : texts.estimated;
    status.classList.toggle('tag-confirmed', isConfirmed);
    fillWith(lines, orderLines(quote));
    fillWith(totals, sums(session, quote));
    fillWith(earns, quote.points.earned > 0 && [icon('star'), h('span', {}, fill(session.member ? texts.earn : texts.earnGuest, { points: words.points(quote.points.earned) }))]);
    place.textContent = fill(texts.placeOrder, { amount: words.money(quote.payable) });
    place.disabled = false;
  };

  rewards.addEventListener('loyalty-preview', ({ detail }) => {
    show(detail.quote, false);
    session.change({ chosen: rewards.intent.chosen ?? [] });
  });
  rewards.addEventListener('loyalty-applied', ({ detail }) => show(detail.quote, true));
  rewards.addEventListener('loyalty-removed', ({ detail }) => show(detail.quote, false));
  rewards.addEventListener('loyalty-reconcile', ({ detail }) => show(detail.confirmed, true));
  rewards.addEventListener('loyalty-sign-in', (event) => {
    event.preventDefault();
    session.go({ shopper: 'silver', chosen: [] });
  });

  async function placeOrder(): Promise<void> {
    fillWith(problem);
    place.disabled = true;
    place.textContent = texts.placing;
    const quote = await finalQuote();
    if (quote === null) {
      fillWith(problem, texts.notPlaced);
      if (shown) show(shown, rewards.state === 'applied');
      return;
    }
    const number = String(1000 + Math.floor(Math.random() * 9000));
    session.change({ chosen: rewards.intent.chosen ?? [], placed: number }, 'push');
    // What comes is shorter: the link keeps its place, and the foot of the page stays where it was.
    back.style.visibility = 'hidden';
    content.style.minBlockSize = `${content.offsetHeight}px`;
    fillWith(content, confirmation(session, number, quote));
    content.querySelector<HTMLElement>('h1')?.focus();
    scrollTo({ top: 0 });
  }

  /** What the store charges: what it confirmed, or, where nothing is chosen, the order as it stands. Null: not now. */
  async function finalQuote(): Promise<Quote | null> {
    if ((rewards.intent.chosen ?? []).length === 0) return shown;
    let applied: Confirmation | null = lastConfirmation;
    if (rewards.state !== 'applied' || applied === null) {
      const answer = await rewards.apply();
      if (!answer.ok) return null;
      applied = answer.value;
    }
    if (applied.discountId === undefined || session.member === null) return applied.quote ?? shown;
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
      h('section', { class: 'panel-card', 'aria-labelledby': 'delivery-title' }, h('h2', { id: 'delivery-title' }, texts.deliveryMethod), deliveries(() => {
        rewards.cart = session.cart();
      })),
      h('section', { class: 'rewards', 'aria-label': texts.rewards }, h('p', { class: 'small codes' }, fill(texts.codesToTry, { codes: codes.join(', ') })), rewards),
      h(
        'section',
        { class: 'panel-card', 'aria-labelledby': 'payment-title' },
        h('h2', { id: 'payment-title' }, texts.payment),
        h('div', { class: 'choices' }, choice('payment', 'card', texts.card, '', true), choice('payment', 'arrival', texts.onPickup, '', false)),
        h('p', { class: 'small' }, texts.paymentNote),
      ),
    ),
    order,
  );
  // What the core says before anything is chosen, should the element not be able to speak.
  void pricing
    .then((ready) => {
      if (shown === null) show(ready.quote({ account: session.member?.account ?? null, cart: session.cart(), intent: { chosen: view.chosen }, resolved: session.resolved }), false);
    })
    .catch((error: unknown) => {
      console.error(error);
      order.classList.remove('coming');
      fillWith(problem, texts.noPrices);
    });
}

/** Keeps about the room free that the rewards will take, so that nothing below jumps when they come. */
function reserveRoom(rewards: LoyaltyCheckout): void {
  const rows = session.member === null ? 0 : (documents.catalog.rewards?.length ?? 0) + (session.member.account.coupons?.length ?? 0);
  rewards.style.setProperty('--rows', String(rows));
  rewards.classList.add('coming');
  void rewards.ready().then(() => rewards.classList.remove('coming'));
}

function orderLines(quote: Quote): HTMLElement[] {
  const quantities = session.quantities;
  return [
    ...quote.lines.map(({ id, subtotal, net, discount }) => {
      const quantity = quantities.get(id) ?? 1;
      return h(
        'li',
        {},
        h('img', { src: pictureOf(documents.id, id), alt: '', width: 56, height: 56 }),
        h('p', {}, session.productName(id), h('small', {}, fill(texts.times, { quantity: words.number(quantity), price: words.money(session.product(id).prices[view.currency]) }))),
        h('p', { class: 'line-amount' }, discount > 0 && h('s', { class: 'was' }, h('bdi', {}, session.money(subtotal))), h('bdi', {}, session.money(net))),
      );
    }),
    ...quote.addedLines.map(({ productId, quantity }) =>
      h(
        'li',
        {},
        h('img', { src: pictureOf(documents.id, productId), alt: '', width: 56, height: 56 }),
        h('p', {}, session.productName(productId), h('small', {}, `${words.number(quantity)} ×`)),
        h('p', { class: 'line-amount line-free' }, texts.freeItem),
      ),
    ),
  ];
}

function deliveries(changed: () => void): HTMLElement {
  return h(
    'div',
    { class: 'choices' },
    documents.shop.shipping.map((delivery) => {
      const price = delivery.prices[view.currency];
      const element = choice('delivery', delivery.id, documents.texts.shipping[delivery.id] ?? delivery.id, price === 0 ? texts.free : session.money(price), delivery.id === session.delivery.id);
      element.addEventListener('change', () => {
        session.change({ delivery: delivery.id });
        changed();
      });
      return element;
    }),
  );
}

function choice(group: string, value: string, text: string, detail: string, checked: boolean): HTMLElement {
  return h('label', { class: 'choice' }, h('input', { type: 'radio', name: group, value, checked }), h('span', {}, text), detail !== '' && h('bdi', { class: 'choice-detail' }, detail));
}
