import '../../styles/shop.css';
import '../../styles/live.css';
import '../../../src/define.js';
import { byId, fillWith, h } from '../dom.js';
import { chooseShopper, liveFrame } from './frame.js';
import { LiveSession } from './session.js';

const session = await LiveSession.start();
const { view, documents, live } = session;
document.title = `${documents.texts.name} · ${live.rewards}`;

const page = document.createElement('loyalty-rewards');
page.setAttribute('locale', view.language);
page.setAttribute('theme', view.theme);
page.setAttribute('heading-level', '2');
page.setAttribute('checkout-url', session.address('/checkout'));
page.client = session.client;
page.addEventListener('loyalty-sign-in', (event) => {
  event.preventDefault();
  chooseShopper();
});

fillWith(byId('app'), liveFrame(session, '/rewards', false, [h('h1', { class: 'visually-hidden' }, live.rewards), page]));
document.documentElement.dataset['ready'] = 'true';
