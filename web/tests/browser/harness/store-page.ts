import type { Page } from 'playwright-core';
import type { Cart } from '../../../src/documents/index.js';
import type { StoreOptions } from '../../../src/client/index.js';
import { addressOf } from './build.js';
import { kinds, load, type Told } from './mount.js';
import { shopCart, type Shopper, type ShopServer } from './server.js';
import type { Widget } from './widget.js';

export interface StorePage {
  readonly server: ShopServer;
  /** Null: a guest. */
  readonly shopper: Shopper | null;
  /** The checkout that the shop's backend made. */
  readonly checkoutId: string;
  readonly cart?: Cart;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Where the server is, for the page. */
  readonly endpoint?: string;
}

/** Pages whose backend can be asked for a token already. */
const withTokens = new WeakMap<Page, { shopper: Shopper | null }>();

/** Signs somebody else in, for the next token that the page asks its backend for. */
export async function signIn(page: Page, server: ShopServer, shopper: Shopper | null): Promise<void> {
  const present = withTokens.get(page);
  if (present) {
    present.shopper = shopper;
    return;
  }
  const session = { shopper };
  withTokens.set(page, session);
  await page.exposeFunction('askToken', () => (session.shopper ? server.token(session.shopper) : null));
}

/** A shop's checkout page at its server: the element, told nothing but where that is, and the cart. */
export async function placeStore(page: Page, { server, shopper, checkoutId, cart = shopCart, attributes = {}, endpoint = '/api' }: StorePage): Promise<void> {
  await signIn(page, server, shopper);
  await load(page, addressOf('define'));
  await page.evaluate(
    ({ kinds, attributes, cart }) => {
      const told: Told[] = [];
      Object.assign(globalThis, { told });
      for (const kind of kinds) {
        document.addEventListener(kind, (event) => {
          const detail = (event as CustomEvent).detail as Record<string, unknown>;
          told.push({ type: kind, detail: JSON.parse(JSON.stringify(detail, (_, value) => (typeof value === 'function' ? 'function' : value))) });
        });
      }
      const element = document.createElement('loyalty-checkout');
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      const { askToken } = globalThis as unknown as { askToken: StoreOptions['getToken'] };
      Object.assign(element, { getToken: askToken, cart });
      document.querySelector('#place')!.append(element);
    },
    { kinds, attributes: { endpoint, site: server.site, 'heading-level': '2', ...attributes }, cart: { ...cart, id: checkoutId } },
  );
}

/** A member at a checkout of 88.95 USD. */
export async function shopAt(server: ShopServer, points = 2480): Promise<StorePage & { readonly shopper: Shopper }> {
  const shopper = await server.shopper(points);
  return { server, shopper, checkoutId: await server.checkout(shopper) };
}

interface At {
  readonly page: Page;
  readonly widget: Widget;
}

export async function chooseStars({ widget, page }: At, points: number): Promise<void> {
  await widget.choose(/Use Stars/);
  await page.evaluate((points) => document.querySelector('loyalty-checkout')!.setPoints(points), points);
  await widget.is('previewing');
}

export async function applyStars(at: At, points: number): Promise<void> {
  await chooseStars(at, points);
  await at.widget.applyButton.click();
  await at.widget.is('applied');
}
