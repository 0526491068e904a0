import '../styles/shop.css';
import { cart } from './cart-button.js';
import { byId, fillWith } from './dom.js';
import { frame } from './frame.js';
import { goods } from './goods.js';
import { Pricing, startCore } from './pricing.js';
import { Session } from './session.js';

// Fetched while the documents are: nothing here waits for it before the cart is opened.
void startCore().catch(() => undefined);

const session = await Session.start();
const { texts, documents, view } = session;
document.title = `${documents.texts.name} · ${texts.shop}`;

const pricing = Pricing.open(documents.catalog, () => session.now().toISOString());
pricing.catch(() => undefined);

const { button, drawer, status } = cart(session, pricing);
fillWith(byId('app'), frame(session, button, goods(session, (id) => drawer.add(id))), status, drawer.element);
if (view.cartOpen) drawer.open();
document.documentElement.dataset['ready'] = 'true';
