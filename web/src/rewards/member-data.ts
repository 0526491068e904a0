import type { ProgramSnapshot } from '../checkout/types.js';
import type { MemberClient } from '../client/member.js';
import { fromDocuments, isOverview, type GivenMember, type PageCoupon, type PageData } from './data.js';

const LONG_WAIT_MS = 4_000;
const GIVE_UP_MS = 10_000;

export interface DataHost {
  changed(): void;
  /** Something new is known of the member: `available` before, where it was known. */
  renewed(before: number | undefined): void;
  failed(cause: unknown): void;
}

/** What a page itself gives, in place of what a store would answer. */
export interface Given {
  readonly client: MemberClient | undefined;
  readonly program: ProgramSnapshot | undefined;
  /** Null is a guest; undefined: ask the client. */
  readonly member: GivenMember | null | undefined;
  readonly coupons: readonly PageCoupon[] | undefined;
}

/** What is known of the member and the program, and keeping it up to date. */
export class MemberData {
  /** Whether it takes so long that the page says so. */
  isSlow = false;
  /** Nothing could be had. */
  hasFailed = false;
  /** There is something, but the last question was not answered. */
  isOutdated = false;
  readonly #host: DataHost;
  #given: Given = { client: undefined, program: undefined, member: undefined, coupons: undefined };
  #program: ProgramSnapshot | undefined;
  /** What the store answered; undefined: nothing yet. */
  #answer: GivenMember | null | undefined;
  #data: PageData | null | undefined;
  #serverAhead = 0;
  #abort: AbortController | null = null;
  #again = false;
  #unsubscribe: (() => void) | null = null;
  #timers: ReturnType<typeof setTimeout>[] = [];

  constructor(host: DataHost) {
    this.#host = host;
  }

  /** Null is a guest; undefined: not known yet. */
  get data(): PageData | null | undefined {
    return this.#data;
  }

  get program(): ProgramSnapshot | undefined {
    return this.#given.program ?? this.#program;
  }

  get isConfigured(): boolean {
    const { client, program, member } = this.#given;
    return client !== undefined || program !== undefined || member !== undefined;
  }

  get isBusy(): boolean {
    return this.#abort !== null;
  }

  /** The store's clock, as far as it is known. */
  now(): number {
    return Date.now() + this.#serverAhead;
  }

  give(given: Given): void {
    const isOtherStore = given.client !== this.#given.client;
    // The latest word on who it is counts: the page's, or what the store answers next.
    this.#answer = given.member === this.#given.member ? this.#answer : undefined;
    this.#given = given;
    this.#setClock(given.member && isOverview(given.member) ? given.member.serverTime : given.program?.serverTime);
    if (isOtherStore) {
      this.#answer = undefined;
      this.#program = undefined;
      this.#listen();
    }
    this.#derive();
    if (isOtherStore) {
      void this.refresh();
    }
  }

  connect(): void {
    this.#listen();
    if (this.#given.client && this.#answer === undefined) {
      void this.refresh();
    }
  }

  disconnect(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#abort?.abort();
    this.#abort = null;
    this.#timers.forEach(clearTimeout);
  }

  /** Asks the store anew. Questions that come meanwhile are asked together, once this one is answered. */
  async refresh(): Promise<void> {
    const { client } = this.#given;
    if (!client) {
      return;
    }
    if (this.#abort) {
      this.#again = true;
      return;
    }
    const abort = (this.#abort = new AbortController());
    this.#wait();
    try {
      const [program, member] = await Promise.all([this.#askProgram(client), this.#askMember(client, abort.signal)]);
      if (!abort.signal.aborted) {
        this.#take(program, member);
      }
    } catch (cause) {
      if (!abort.signal.aborted) {
        this.hasFailed = this.#data === undefined;
        this.isOutdated = !this.hasFailed;
        this.#host.failed(cause);
      }
    }
    if (this.#abort === abort) {
      this.#timers.forEach(clearTimeout);
      this.isSlow = false;
      this.#abort = null;
      this.#host.changed();
      if (this.#again) {
        this.#again = false;
        await this.refresh();
      }
    }
  }

  /** Points became a coupon: shown at once, before the store is asked again. */
  redeemed(coupon: PageCoupon, available: number | undefined): void {
    if (this.#data) {
      // What the rest is worth the store says next.
      const { worth: _, ...data } = this.#data;
      const { account } = data;
      const others = data.coupons.filter(({ id }) => id !== coupon.id);
      this.#data = {
        ...data,
        coupons: [coupon, ...others],
        ...(account && available !== undefined && { account: { ...account, available } }),
      };
    }
  }

  /** Without the program its points have no name, and everything else is there. */
  async #askProgram(client: MemberClient): Promise<ProgramSnapshot | undefined> {
    return client.bootstrap?.().catch((cause: unknown) => {
      this.#host.failed(cause);
      return undefined;
    });
  }

  async #askMember(client: MemberClient, signal: AbortSignal): Promise<GivenMember | null | undefined> {
    if (this.#given.member === null) {
      return null;
    }
    return client.overview ? client.overview({ signal }) : client.member?.();
  }

  #take(program: ProgramSnapshot | undefined, member: GivenMember | null | undefined): void {
    const before = this.#data?.account?.available;
    this.#program = program ?? this.#program;
    this.#answer = member;
    this.#setClock(member && isOverview(member) ? member.serverTime : program?.serverTime);
    this.hasFailed = this.isOutdated = false;
    this.#derive();
    this.#host.renewed(before);
  }

  /** How far the store's clock is ahead of the reader's, by what it has just said. */
  #setClock(serverTime: string | undefined): void {
    this.#serverAhead = (serverTime === undefined ? NaN : Date.parse(serverTime) - Date.now()) || this.#serverAhead;
  }

  #derive(): void {
    const { coupons } = this.#given;
    const found = this.#found();
    this.#data = found && coupons ? { ...found, coupons } : found;
    if (found !== undefined) {
      this.hasFailed = false;
    }
  }

  #found(): PageData | null | undefined {
    const member = this.#answer === undefined ? this.#given.member : this.#answer;
    if (!member) {
      return member;
    }
    return isOverview(member) ? member : this.program && fromDocuments(member, this.program);
  }

  #listen(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = this.#given.client?.subscribe?.(() => void this.refresh()) ?? null;
  }

  #wait(): void {
    this.#timers.forEach(clearTimeout);
    if (this.#data !== undefined) {
      return;
    }
    const after = (ms: number, happens: () => void) =>
      setTimeout(() => {
        happens();
        this.#host.changed();
      }, ms);
    this.hasFailed = false;
    this.#timers = [
      after(LONG_WAIT_MS, () => (this.isSlow = true)),
      after(GIVE_UP_MS, () => (this.hasFailed = true)),
    ];
  }
}
