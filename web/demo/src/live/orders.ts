import '../../styles/shop.css';
import '../../styles/live.css';
import { byId, fillWith, h } from '../dom.js';
import { backend, ShopError } from './backend.js';
import { liveFrame } from './frame.js';
import { OrderCard } from './order-card.js';
import { LiveSession } from './session.js';

const session = await LiveSession.start();
const { texts, live, documents } = session;
document.title = `${documents.texts.name} · ${live.orders}`;

const list = h('div', { class: 'orders', 'aria-busy': 'true' }, h('p', { class: 'empty' }, live.loading));
const status = h('p', { class: 'orders-status', role: 'status' });
fillWith(byId('app'), liveFrame(session, '/orders', false, [h('h1', { class: 'title' }, live.orders), status, list]));
await load();
document.documentElement.dataset['ready'] = 'true';

async function load(): Promise<void> {
  try {
    const orders = await backend.orders();
    const cards = orders.map((order) => new OrderCard(session, order, (text) => fillWith(status, text)).element);
    fillWith(list, cards.length > 0 ? cards : [h('p', { class: 'empty' }, live.noOrders), h('a', { class: 'primary', href: session.address('/') }, texts.browse)]);
  } catch (error) {
    if (!(error instanceof ShopError)) console.error(error);
    const message = (error instanceof ShopError && error.message) || live.unreachable;
    fillWith(list, h('p', { class: 'problem', role: 'alert' }, message), h('button', { type: 'button', class: 'primary', on: { click: () => void load() } }, live.tryAgain));
  } finally {
    list.removeAttribute('aria-busy');
  }
}
