import type {
  AddedLine,
  Discount,
  EarnedByRule,
  NearMiss,
  Offer,
  PointSteps,
  Quote,
  QuoteLine,
  Rejection,
  Share,
} from '../documents/index.js';
import { REJECTION_CODES, SOURCES } from './names.js';

/** Positions in the header that loyalty_run leaves. */
export const HEADER = {
  sums: 13,
  lines: 13,
  shippingLines: 14,
  discounts: 15,
  rejected: 16,
  addedLines: 17,
  earnedByRule: 18,
  offers: 19,
  nearMisses: 20,
  accountRevision: 22,
} as const;

/** What the stream does not carry, since the page gave it. */
export interface Given {
  readonly lineIds: readonly string[];
  readonly shippingIds: readonly string[];
  readonly catalogVersion: string;
  readonly coreVersion: string;
}

const TWO_32 = 2 ** 32;
const utf8 = new TextDecoder();

/** Reads on from where it is in the stream. */
export interface Cursor {
  next(): number;
  text(): string;
}

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Adds what was required, found and missing, and what to do about it. */
export interface Details {
  addTo(rejection: Writable<Rejection>, from: Cursor): void;
  addToMiss(miss: Omit<Writable<NearMiss>, 'saves'>, from: Cursor): void;
}

/** How long three facts and a fix are in the preview build, which writes them and says none. */
const NO_DETAILS = 10;

/** Builds a quote from the doubles in the core's memory. Views are of that memory as it is now. */
export class QuoteReader implements Cursor {
  #details: Details | null = null;
  #doubles: Float64Array = new Float64Array();
  #bytes: Uint8Array = new Uint8Array();
  #at = 0;
  /** Texts stay where they are until a document is opened; each is decoded once. */
  readonly #texts = new Map<number, string>();

  /** A document was opened: the texts may have moved. */
  forgetTexts(): void {
    this.#texts.clear();
  }

  /** `details` reads what the complete build says of facts and fixes; null for the preview build. */
  read(doubles: Float64Array, header: number, stream: number, given: Given, details: Details | null): Quote {
    this.#details = details;
    this.#doubles = doubles;
    this.#bytes = new Uint8Array(doubles.buffer);
    this.#at = stream;
    const count = (field: number): number => doubles[header + field]!;
    const sum = (index: number): number => doubles[header + index]!;

    // Shares and added lines name their discount by its index, and discounts come after them.
    const shares: Writable<Share | AddedLine>[] = [];
    const indexes: number[] = [];
    const lines = this.#lines(given.lineIds, count(HEADER.lines), shares, indexes);
    const shippingLines = this.#lines(given.shippingIds, count(HEADER.shippingLines), shares, indexes);
    const addedLines = this.#list(count(HEADER.addedLines), (): AddedLine => {
      indexes.push(this.next());
      const added: Writable<AddedLine> = {
        productId: this.text(),
        quantity: this.next(),
        unitPrice: this.next(),
        discount: this.next(),
        discountId: '',
        source: 'promotion',
      };
      shares.push(added);
      return added;
    });
    const discounts = this.#list(count(HEADER.discounts), (): Discount => {
      const discount: Writable<Discount> = { id: this.text(), source: this.#source(), amount: this.next() };
      const points = this.next();
      if (points >= 0) {
        discount.points = points;
      }
      return discount;
    });
    for (let i = 0; i < shares.length; i++) {
      const { id, source } = discounts[indexes[i]!]!;
      shares[i]!.discountId = id;
      shares[i]!.source = source;
    }

    const earnedByRule = this.#list(
      count(HEADER.earnedByRule),
      (): EarnedByRule => ({ ruleId: this.text(), base: this.next(), points: this.next() }),
    );
    const quote: Writable<Quote> = {
      subtotal: sum(0),
      itemsDiscount: sum(1),
      itemsNet: sum(2),
      shipping: sum(3),
      shippingDiscount: sum(4),
      tax: sum(5),
      fees: sum(6),
      total: sum(7),
      walletPaid: sum(8),
      payable: sum(9),
      lines,
      shippingLines,
      addedLines,
      discounts,
      points: { spent: sum(10), earned: sum(11), earnedByRule, availableAfter: sum(12) },
      rejected: this.#list(count(HEADER.rejected), () => this.#rejection()),
      coreVersion: given.coreVersion,
      catalogVersion: given.catalogVersion,
    };
    if (count(HEADER.offers) >= 0) {
      quote.offers = this.#list(count(HEADER.offers), () => this.#offer());
    }
    if (count(HEADER.nearMisses) >= 0) {
      quote.nearMisses = this.#list(count(HEADER.nearMisses), () => this.#nearMiss());
    }
    if (count(HEADER.accountRevision) >= 0) {
      quote.accountRevision = count(HEADER.accountRevision);
    }
    return quote;
  }

  /** Most of a large quote is lines: one literal for each, in a plain loop, takes a quarter of the time. */
  #lines(ids: readonly string[], count: number, shares: Writable<Share | AddedLine>[], indexes: number[]): QuoteLine[] {
    const doubles = this.#doubles;
    const lines: QuoteLine[] = [];
    let at = this.#at;
    for (let i = 0; i < count; i++) {
      const ofLine: Share[] = [];
      lines.push({
        id: ids[i]!,
        subtotal: doubles[at]!,
        discount: doubles[at + 1]!,
        net: doubles[at + 2]!,
        tax: doubles[at + 3]!,
        shares: ofLine,
      });
      const end = at + 5 + 2 * doubles[at + 4]!;
      for (at += 5; at < end; at += 2) {
        const share: Writable<Share> = { discountId: '', source: 'promotion', amount: doubles[at + 1]! };
        indexes.push(doubles[at]!);
        shares.push(share);
        ofLine.push(share);
      }
    }
    this.#at = at;
    return lines;
  }

  next(): number {
    return this.#doubles[this.#at++]!;
  }

  #list<T>(count: number, one: (index: number) => T): T[] {
    const list: T[] = [];
    for (let i = 0; i < count; i++) {
      list.push(one(i));
    }
    return list;
  }

  /** One double: the address of the text, and its length above 32 bits. */
  text(): string {
    const where = this.next();
    let text = this.#texts.get(where);
    if (text === undefined) {
      const address = where % TWO_32;
      text = utf8.decode(this.#bytes.subarray(address, address + Math.floor(where / TWO_32)));
      this.#texts.set(where, text);
    }
    return text;
  }

  #source() {
    return SOURCES[this.next()]!;
  }

  #code() {
    return REJECTION_CODES[this.next()]!;
  }

  #rejection(): Rejection {
    const rejection: Writable<Rejection> = { id: this.text(), source: this.#source(), code: this.#code() };
    if (this.#details === null) {
      this.#at += NO_DETAILS;
    } else {
      this.#details.addTo(rejection, this);
    }
    return rejection;
  }

  #nearMiss(): NearMiss {
    const miss: Omit<Writable<NearMiss>, 'saves'> = { id: this.text(), source: this.#source(), code: this.#code() };
    this.#details?.addToMiss(miss, this);
    return { ...miss, saves: this.next() };
  }

  #offer(): Offer {
    const id = this.text();
    const source = this.#source();
    const usable = this.next() !== 0;
    const code = this.next();
    const saves = this.next();
    const points = this.next();
    const best = this.next() !== 0;
    const offer: Writable<Offer> = { id, source, usable, saves, best };
    if (code >= 0) {
      offer.code = REJECTION_CODES[code]!;
    }
    if (points >= 0) {
      offer.points = points;
    }
    if (this.next() !== 0) {
      offer.steps = this.#steps();
    }
    return offer;
  }

  #steps(): PointSteps {
    return {
      min: this.next(),
      step: this.next(),
      max: this.next(),
      best: this.next(),
      bestAmount: this.next(),
    };
  }
}
