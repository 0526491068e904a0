import '../../styles/shop.css';
import '../../styles/live.css';
import { cart } from '../cart-button.js';
import { byId, fillWith } from '../dom.js';
import { goods } from '../goods.js';
import { Pricing, startCore } from '../pricing.js';
import { liveFrame } from './frame.js';
import { LiveSession } from './session.js';

// Fetched while the documents are: nothing here waits for it before the cart is opened.
void startCore().catch(() => undefined);

const session = await LiveSession.start();
document.title = `${session.documents.texts.name} · ${session.live.shop}`;

const pricing = Pricing.open(session.documents.catalog, () => new Date(session.client.now()).toISOString());
pricing.catch(() => undefined);

const { button, drawer, status } = cart(session, pricing);
fillWith(byId('app'), liveFrame(session, '/', button, goods(session, (id) => drawer.add(id))), status, drawer.element);
document.documentElement.dataset['ready'] = 'true';
