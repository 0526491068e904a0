import type { Best, Catalog, Intent, NearMiss, Offer, Quote } from '../documents/index.js';
import {
  type Answer,
  type CheckoutInput,
  CoreError,
  type DocumentError,
  type LoyaltyCore,
  type OpenCatalog,
  type PreparedCheckout,
  type Totals,
} from './api.js';
import { encode, encodedMap, written } from './cbor.js';
import { ANSWER, type Engine, type EnginePool, NO_ROOM, WANT } from './engine.js';
import { ERROR_CODES } from './names.js';
import { type Given, HEADER, QuoteReader } from './stream.js';
import { CORE_VERSION } from './version.js';

const DONE: Answer<null> = { ok: true, value: null };

interface Refusal {
  readonly ok: false;
  readonly error: DocumentError;
}

/** What a document was refused for. The preview build knows the code alone. */
function refusalOf(engine: Engine, code: number): Refusal {
  if (code === NO_ROOM) {
    return { ok: false, error: { code: 'TOO_LARGE', path: '', message: 'This document is larger than allowed.' } };
  }
  const text = engine.refusal();
  if (text !== null) {
    return JSON.parse(text);
  }
  const name = ERROR_CODES[code]!;
  return { ok: false, error: { code: name, path: '', message: `The document was refused: ${name}.` } };
}

/** A property as the encoder saw it; undefined where there is nothing that has properties. */
const field = (of: unknown, key: string): unknown =>
  typeof of === 'object' && of !== null ? written((of as Record<string, unknown>)[key], key) : undefined;

const idsOf = (rows: unknown): readonly string[] =>
  Array.isArray(rows) ? rows.map((_, i) => String(field(field(rows, String(i)), 'id'))) : [];

/** Thrown inside, where a catalog is not accepted. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.error.message);
  }
}

/** The core of a page. Several catalogs may be open in it, each in an engine of its own. */
export class Core implements LoyaltyCore {
  readonly coreVersion = CORE_VERSION;
  readonly #complete: () => Promise<EnginePool>;
  readonly #onTrap = new Set<(cause: unknown) => void>();
  #pool: EnginePool;
  #completing: Promise<void> | null = null;

  /** `complete` makes the pool of the complete build, where `pool` is of the preview build. */
  constructor(pool: EnginePool, complete: () => Promise<EnginePool>) {
    this.#pool = pool;
    this.#complete = complete;
  }

  get build(): 'wasm' | 'js' {
    return this.#pool.source.build;
  }

  get isComplete(): boolean {
    return this.#pool.source.isComplete;
  }

  /** Where engines come from now; another one once the core was completed. */
  get pool(): EnginePool {
    return this.#pool;
  }

  onTrap(listener: ((cause: unknown) => void) | undefined): void {
    if (listener !== undefined) {
      this.#onTrap.add(listener);
    }
  }

  trapped(cause: unknown): void {
    this.#onTrap.forEach((listener) => listener(cause));
  }

  async completed(): Promise<void> {
    if (this.isComplete) {
      return;
    }
    this.#completing ??= this.#complete().then(
      (pool) => {
        this.#pool = pool;
      },
      (error) => {
        this.#completing = null;
        throw error;
      },
    );
    await this.#completing;
  }

  open(catalog: Catalog): Answer<OpenCatalog> {
    const opened = new HeldCatalog(this, catalog);
    return opened.start() ?? { ok: true, value: opened };
  }
}

/** A catalog, and the engine that holds it. Only one of its checkouts is in the engine at a time. */
class HeldCatalog implements OpenCatalog {
  readonly version: string;
  readonly currency: string;
  /** The checkout in the engine; another one goes in when it is asked for something. */
  holder: Checkout | null = null;
  readonly reader = new QuoteReader();
  readonly #core: Core;
  readonly #document: Uint8Array;
  #pool: EnginePool;
  #engine: Engine | null = null;
  #isClosed = false;

  constructor(core: Core, catalog: Catalog) {
    this.#core = core;
    this.#pool = core.pool;
    this.#document = encode(catalog);
    const read = written(catalog, '');
    this.version = String(field(read, 'version'));
    this.currency = String(field(read, 'currency'));
  }

  get core(): Core {
    return this.#core;
  }

  /** Opens it for the first time; says what is wrong with it. */
  start(): Refusal | null {
    try {
      return this.run(() => null);
    } catch (error) {
      if (error instanceof Refused) {
        return error.refusal;
      }
      throw error;
    }
  }

  prepare(checkout: CheckoutInput): Answer<PreparedCheckout> {
    const prepared = new Checkout(this, checkout);
    return prepared.start() ?? { ok: true, value: prepared };
  }

  close(): void {
    this.#isClosed = true;
    this.holder = null;
    if (this.#engine !== null) {
      this.#pool.give(this.#engine);
      this.#engine = null;
    }
  }

  /** Works with the engine. Where it traps, works once more with a new one that was given the same documents. */
  run<T>(work: (engine: Engine) => T): T {
    if (this.#isClosed) {
      throw new CoreError('CLOSED', 'The catalog was closed.');
    }
    for (let isSecond = false; ; isSecond = true) {
      try {
        return work(this.#current());
      } catch (cause) {
        if (cause instanceof CoreError || cause instanceof Refused) {
          throw cause;
        }
        this.#forgetEngine();
        this.#core.trapped(cause);
        if (isSecond) {
          throw new CoreError('TRAP', 'The core broke twice over the same question.', { cause });
        }
      }
    }
  }

  #current(): Engine {
    if (this.#pool !== this.#core.pool) {
      this.#forgetEngine();
      this.#pool = this.#core.pool;
    }
    if (this.#engine === null) {
      const engine = this.#pool.take();
      const code = engine.openCatalog(this.#document);
      if (code !== 0) {
        const refusal = refusalOf(engine, code);
        this.#pool.give(engine);
        throw new Refused(refusal);
      }
      this.reader.forgetTexts();
      this.#engine = engine;
    }
    return this.#engine;
  }

  #forgetEngine(): void {
    this.#engine = null;
    this.holder = null;
  }
}

const FIELDS = ['account', 'cart', 'intent', 'now', 'resolved'] as const;

/** The fields of a request that a page gives, encoded one by one: so that one can be replaced. */
type Parts = Readonly<Partial<Record<(typeof FIELDS)[number], Uint8Array>>>;

const partsOf = (checkout: object): Parts =>
  Object.fromEntries(
    FIELDS.flatMap((name) => {
      const value = field(checkout, name);
      return value === undefined ? [] : [[name, encode(value)]];
    }),
  );

const bytesOf = (parts: Parts | Uint8Array): Uint8Array => (parts instanceof Uint8Array ? parts : encodedMap(parts));

/** Own, enumerable properties over the array: what spreads, compares and prints like a plain object, and is made once. */
function totalsOver(sums: Float64Array): Totals {
  const names = [
    'subtotal',
    'itemsDiscount',
    'itemsNet',
    'shipping',
    'shippingDiscount',
    'tax',
    'fees',
    'total',
    'walletPaid',
    'payable',
    'pointsSpent',
    'pointsEarned',
    'availableAfter',
  ] as const satisfies readonly (keyof Totals)[];
  const totals = {} as Totals;
  names.forEach((name, i) => Object.defineProperty(totals, name, { enumerable: true, get: () => sums[i] }));
  return totals;
}

class Checkout implements PreparedCheckout {
  readonly #catalog: HeldCatalog;
  readonly #given: Given;
  readonly #sums = new Float64Array(HEADER.sums);
  readonly #totals = totalsOver(this.#sums);
  // What was changed since the request was encoded, NaN where nothing was: made again where the engine is another one.
  readonly #quantities: number[] = [];
  readonly #points: number[] = [];
  #parts: Parts | Uint8Array;
  #isClosed = false;

  constructor(catalog: HeldCatalog, checkout: CheckoutInput) {
    this.#catalog = catalog;
    const read = written(checkout, '');
    // What is no object of fields goes in as it is, for the core to refuse.
    this.#parts = typeof read === 'object' && read !== null && !Array.isArray(read) ? partsOf(read) : encode(read);
    const cart = field(read, 'cart');
    this.#given = {
      lineIds: idsOf(field(cart, 'lines')),
      shippingIds: idsOf(field(cart, 'shipping')),
      catalogVersion: catalog.version,
      coreVersion: catalog.core.coreVersion,
    };
  }

  /** Prepares it for the first time; says what is wrong with it. */
  start(): Refusal | null {
    return this.#replace(this.#parts, false);
  }

  setQuantity(line: number, quantity: number): Answer<null> {
    return this.#set(this.#setQuantity, this.#quantities, number(line), number(quantity));
  }

  setPoints(entry: number, points: number | null): Answer<null> {
    // A negative number means none to the core; from a page only null does.
    return this.#set(this.#setPoints, this.#points, number(entry), points === null ? -1 : points >= 0 ? number(points) : NaN);
  }

  /** Sets one number in the engine, and keeps it. */
  #set(work: (engine: Engine) => number, kept: number[], at: number, value: number): Answer<null> {
    this.#at = at;
    this.#value = value;
    const code = this.#run(work);
    if (code !== 0) {
      return this.#catalog.run((engine) => refusalOf(engine, code));
    }
    while (kept.length <= at) {
      kept.push(NaN);
    }
    kept[at] = value;
    return DONE;
  }

  setNow(now: string): Answer<null> {
    return this.#replace({ ...this.#parts, now: encode(now) }, true) ?? DONE;
  }

  choose(intent: Intent): Answer<null> {
    return this.#replace({ ...this.#parts, intent: encode(intent) }, false) ?? DONE;
  }

  preview(): Totals {
    return this.#run(this.#preview);
  }

  quote(want: { readonly offers?: boolean; readonly nearMisses?: boolean } = {}): Quote {
    const { isComplete } = this.#catalog.core;
    const bits = (want.offers ? WANT.offers : 0) | (want.nearMisses && isComplete ? WANT.nearMisses : 0);
    return this.#run((engine) => {
      const header = engine.door.loyalty_run(bits);
      const stream = engine.door.loyalty_detail();
      return this.#catalog.reader.read(engine.doubles, header >>> 3, stream >>> 3, this.#given, engine.details);
    });
  }

  offers(): readonly Offer[] {
    return this.quote({ offers: true }).offers ?? [];
  }

  async explain(): Promise<Quote> {
    return this.#answer(ANSWER.quote, WANT.explain);
  }

  async nearMisses(): Promise<readonly NearMiss[]> {
    await this.#completed();
    return this.quote({ nearMisses: true }).nearMisses ?? [];
  }

  async optimize(): Promise<Best> {
    return this.#answer(ANSWER.best, 0);
  }

  async answerText(): Promise<string> {
    await this.#completed();
    return this.#run((engine) => engine.answer(ANSWER.quote, WANT.digest));
  }

  close(): void {
    this.#isClosed = true;
    if (this.#catalog.holder === this) {
      this.#catalog.holder = null;
    }
  }

  // What the setters work with: their functions are made once, so that setting a number makes nothing.
  #at = 0;
  #value = 0;
  readonly #setQuantity = (engine: Engine): number => engine.door.loyalty_set_quantity(this.#at, this.#value);
  readonly #setPoints = (engine: Engine): number => engine.door.loyalty_set_points(this.#at, this.#value);

  readonly #preview = (engine: Engine): Totals => {
    const header = engine.door.loyalty_run(0) >>> 3;
    const { doubles } = engine;
    for (let i = 0; i < HEADER.sums; i++) {
      this.#sums[i] = doubles[header + i]!;
    }
    return this.#totals;
  };

  /** Works with an engine that holds this checkout. */
  #run<T>(work: (engine: Engine) => T): T {
    this.#mustBeOpen();
    this.#work = work;
    return this.#catalog.run(this.#held) as T;
  }

  #work: (engine: Engine) => unknown = () => null;

  // Made once, so that asking for the sums again makes nothing.
  readonly #held = (engine: Engine): unknown => {
    if (this.#catalog.holder !== this) {
      if (engine.openCheckout(bytesOf(this.#parts)) !== 0) {
        throw new CoreError('TRAP', 'The core refuses a checkout that it accepted before.');
      }
      this.#hold(engine);
    }
    return this.#work(engine);
  };

  /** The engine was given the request: it gets what was changed since. */
  #hold(engine: Engine): void {
    // The core refuses NaN, and nothing changes.
    this.#quantities.forEach((quantity, line) => engine.door.loyalty_set_quantity(line, quantity));
    this.#points.forEach((points, entry) => engine.door.loyalty_set_points(entry, points));
    this.#catalog.reader.forgetTexts();
    this.#catalog.holder = this;
  }

  /** Another request in place of this one; refused, it changes nothing. */
  #replace(parts: Parts | Uint8Array, keepsPoints: boolean): Refusal | null {
    this.#mustBeOpen();
    return this.#catalog.run((engine) => {
      const code = engine.openCheckout(bytesOf(parts));
      if (code !== 0) {
        return refusalOf(engine, code);
      }
      this.#parts = parts;
      if (!keepsPoints) {
        this.#points.length = 0;
      }
      this.#hold(engine);
      return null;
    });
  }

  async #completed(): Promise<void> {
    this.#mustBeOpen();
    await this.#catalog.core.completed();
  }

  async #answer<T>(kind: number, want: number): Promise<T> {
    await this.#completed();
    return this.#run((engine) => JSON.parse(engine.answer(kind, want)).value);
  }

  #mustBeOpen(): void {
    if (this.#isClosed) {
      throw new CoreError('CLOSED', 'The checkout was closed.');
    }
  }
}

/** What is no number is NaN, which the core refuses, and not converted to one. */
const number = (value: unknown): number => (typeof value === 'number' ? value : NaN);
