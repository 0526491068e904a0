/** A backend's way to the loyalty server: JSON over kept connections, with an idempotency key for every change. */
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** A no of the server: what it was asked, the HTTP status, and the code and data of its answer. */
export class LoyaltyRefusal extends Error {
  /**
   * @param {string} asked such as `POST /orders/v1/orders/1001/refund`
   * @param {number} status
   * @param {any} body the answer as it came, parsed
   */
  constructor(asked, status, body) {
    const error = body?.details?.applicationError;
    const violations = body?.details?.validationError?.fieldViolations ?? [];
    const facts = violations.map((/** @type {any} */ one) => `${one.field} ${one.description}`).join('; ');
    super(`${asked} answered ${status} ${error?.code ?? ''}: ${error?.description ?? (facts || body?.message || 'nothing')}`);
    this.name = 'LoyaltyRefusal';
    this.status = status;
    /** @type {string} `INSUFFICIENT_POINTS`; empty where a field was at fault */
    this.code = error?.code ?? '';
    this.data = error?.data ?? {};
  }
}

/** Nobody answers: the server has gone, or does not exist. */
export class LoyaltyUnreachable extends Error {
  /** @param {string} address @param {unknown} cause */
  constructor(address, cause) {
    super(`The loyalty server at ${address} does not answer.`, { cause });
    this.name = 'LoyaltyUnreachable';
  }
}

export class LoyaltyApi {
  #agent;
  #key;

  /**
   * @param {string} address `http://127.0.0.1:8080`
   * @param {string} key the backend's, or a member's token
   * @param {{ connections?: number }} [options] how many requests may be under way at a time; more wait
   */
  constructor(address, key, { connections = 16 } = {}) {
    this.address = address;
    this.#key = key;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    /** Answers so far. */
    this.requests = 0;
  }

  /** @param {string} path */
  get(path) {
    return this.call('GET', path);
  }
  /** @param {string} path @param {object} [body] @param {CallOptions} [options] */
  post(path, body = {}, options) {
    return this.call('POST', path, body, options);
  }
  /** @param {string} path @param {object} body @param {CallOptions} [options] */
  put(path, body, options) {
    return this.call('PUT', path, body, options);
  }
  /** @param {string} path @param {object} body @param {CallOptions} [options] */
  patch(path, body, options) {
    return this.call('PATCH', path, body, options);
  }

  /**
   * The parsed answer. Rejected with a `LoyaltyRefusal` for a no, with `LoyaltyUnreachable` where nobody answers.
   * @typedef {{ idempotencyKey?: string, as?: string }} CallOptions `as`: on behalf of this token
   * @param {string} method @param {string} path @param {object} [body] @param {CallOptions} [options]
   * @returns {Promise<any>}
   */
  async call(method, path, body, { idempotencyKey = randomUUID(), as = this.#key } = {}) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      Authorization: as,
      ...(text !== undefined && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text), 'Idempotency-Key': idempotencyKey }),
    };
    const { status, answer } = await this.#exchange(method, path, headers, text);
    this.requests += 1;
    if (status >= 400) throw new LoyaltyRefusal(`${method} ${path}`, status, answer);
    return answer;
  }

  close() {
    this.#agent.destroy();
  }

  /** @param {string} method @param {string} path @param {Record<string, string | number>} headers @param {string | undefined} text */
  #exchange(method, path, headers, text) {
    return new Promise((/** @type {(value: { status: number, answer: any } | Promise<any>) => void} */ done, failed) => {
      const sent = request(this.address + path, { method, headers, agent: this.#agent }, (response) => {
        /** @type {Buffer[]} */
        const pieces = [];
        response.on('data', (piece) => pieces.push(piece));
        response.on('error', gone);
        response.on('end', () => done({ status: response.statusCode ?? 0, answer: parsed(Buffer.concat(pieces).toString('utf8')) }));
      });
      const gone = (/** @type {NodeJS.ErrnoException} */ cause) => {
        // A kept connection may end just as it is used again; the key makes sure that asking anew means the same thing.
        const isLate = sent.reusedSocket && cause.code === 'ECONNRESET';
        if (isLate) done(this.#exchange(method, path, headers, text));
        else failed(new LoyaltyUnreachable(this.address, cause));
      };
      sent.on('error', gone);
      sent.end(text);
    });
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
