/** Who is who between two requests: known by a cookie that pages cannot read. */
import { randomBytes } from 'node:crypto';
import { FIRST_BASKET, FIRST_DELIVERY } from './goods.mjs';

/** A visit is forgotten after so many others. */
const MAX_SESSIONS = 10_000;

/** @typedef {{ contactId: string, memberId: string, name: string, email: string }} Shopper */

export class Session {
  /** Until its first page has begun, or somebody signed in or out. */
  isNew = true;
  /** Null: a guest. @type {Shopper | null} */
  shopper = null;
  /** @type {import('./goods.mjs').Basket} */
  basket = FIRST_BASKET;
  delivery = FIRST_DELIVERY;
  /** The checkout that the basket is on; null: none yet. @type {string | null} */
  checkoutId = null;
  /** Orders of this visit by their checkouts: those of guests nothing else knows. @type {Map<string, string>} */
  placed = new Map();
  /** @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** One after another: two requests of a visit never see each other's halves. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  inTurn(work) {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

export class Sessions {
  #cookie;
  /** @type {Map<string, Session>} */
  #sessions = new Map();

  /** @param {string} cookie its name: shops beside each other on one machine have different ones */
  constructor(cookie) {
    this.#cookie = cookie;
  }

  /** The session of a request; a new one tells the browser its cookie. @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  of(request, response) {
    const known = this.#sessions.get(cookieOf(request.headers.cookie ?? '', this.#cookie));
    if (known !== undefined) return known;
    const id = randomBytes(24).toString('base64url');
    const session = new Session();
    this.#sessions.set(id, session);
    const oldest = this.#sessions.keys().next().value;
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    response.setHeader('Set-Cookie', `${this.#cookie}=${id}; Path=/; HttpOnly; SameSite=Lax`);
    return session;
  }
}

/** @param {string} header @param {string} name */
function cookieOf(header, name) {
  const found = header.split(';').find((part) => part.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1) ?? '';
}
