import { CoreError } from './api.js';
import type { Details } from './stream.js';

/** The number of the contract in wasm/ABI.md that this facade was written for. */
const ABI = 1;

/** The raw exports, which every build has. */
export interface FlatDoor {
  readonly memory: { readonly buffer: ArrayBuffer };
  loyalty_abi(): number;
  loyalty_reserve(bytes: number): number;
  loyalty_open_catalog(bytes: number): number;
  loyalty_open_checkout(bytes: number): number;
  loyalty_set_quantity(line: number, quantity: number): number;
  loyalty_set_points(entry: number, points: number): number;
  loyalty_run(want: number): number;
  loyalty_detail(): number;
}

/** The calls that only the complete build has. Windows on memory, to be read at once. */
export interface RareCalls {
  answer(kind: number, want: number): Uint8Array;
  error(): Uint8Array;
  version(): Uint8Array;
}

/** What is wanted beside the sums, in bits. */
export const WANT = { offers: 1, nearMisses: 2, explain: 4, digest: 8 } as const;
export const ANSWER = { quote: 0, best: 1 } as const;

/** No ErrorCode: the core had no room for the document, and never saw it. */
export const NO_ROOM = -1;
const utf8 = new TextDecoder();

/** One instance of the module: one catalog, one prepared checkout. */
export class Engine {
  readonly #door: FlatDoor;
  readonly #rare: RareCalls | null;
  /** Reads what only the complete build writes. */
  readonly details: Details | null;
  #doubles: Float64Array<ArrayBuffer>;

  constructor(door: FlatDoor, rare: RareCalls | null = null, details: Details | null = null) {
    const abi = door.loyalty_abi();
    if (abi !== ABI) {
      throw new CoreError('VERSION', `The module speaks contract ${abi}, the page ${ABI}.`);
    }
    this.#door = door;
    this.#rare = rare;
    this.details = details;
    this.#doubles = new Float64Array(door.memory.buffer);
  }

  get door(): FlatDoor {
    return this.#door;
  }

  /** The memory as it is now: it moves when it grows. */
  get doubles(): Float64Array<ArrayBuffer> {
    const { buffer } = this.#door.memory;
    if (this.#doubles.buffer !== buffer) {
      this.#doubles = new Float64Array(buffer);
    }
    return this.#doubles;
  }

  openCatalog(document: Uint8Array): number {
    return this.#put(document) ? this.#door.loyalty_open_catalog(document.length) : NO_ROOM;
  }

  openCheckout(document: Uint8Array): number {
    return this.#put(document) ? this.#door.loyalty_open_checkout(document.length) : NO_ROOM;
  }

  #put(document: Uint8Array): boolean {
    const address = this.#door.loyalty_reserve(document.length);
    if (address !== 0) {
      new Uint8Array(this.#door.memory.buffer).set(document, address);
    }
    return address !== 0;
  }

  /** The last refusal as canonical JSON; null in the preview build, which has no texts. */
  refusal(): string | null {
    return this.#rare && utf8.decode(this.#rare.error());
  }

  /** Canonical JSON. Requires the complete build. */
  answer(kind: number, want: number): string {
    return utf8.decode(this.#rare!.answer(kind, want));
  }

  version(): string | null {
    return this.#rare && utf8.decode(this.#rare.version());
  }
}

/** Where engines come from: one module, compiled once. */
export interface EngineSource {
  readonly build: 'wasm' | 'js';
  readonly isComplete: boolean;
  create(): Engine;
}

/** How many idle engines are kept, each with the memory that its last catalog needed. */
const IDLE_MAX = 4;

/** Engines are used again: opening and closing catalogs for ever makes no new ones. */
export class EnginePool {
  readonly source: EngineSource;
  readonly #idle: Engine[];

  constructor(source: EngineSource, first: Engine) {
    this.source = source;
    this.#idle = [first];
  }

  take(): Engine {
    return this.#idle.pop() ?? this.source.create();
  }

  /** Not for engines that trapped: nobody knows what they hold. */
  give(engine: Engine): void {
    if (this.#idle.length < IDLE_MAX) {
      this.#idle.push(engine);
    }
  }
}
