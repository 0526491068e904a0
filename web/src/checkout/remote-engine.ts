import type { DocumentError } from '../core/api.js';
import type { Choice, NearMiss, Offer, Quote, Rejection } from '../documents/index.js';
import { withoutRewards } from './choices.js';
import { sameChoices } from './choosing.js';
import type { Calculator, Scene } from './engine.js';
import type { Inquiries } from './inquiries.js';
import type { CheckoutCart, CheckoutClient, Want } from './types.js';

/** The store is asked when the slider has been at rest for this long. */
const QUIET_MS = 250;

/** What the store is asked through, and who is told of its answers. */
export interface Remote {
  readonly client: Pick<CheckoutClient, 'quote'>;
  /** There is another quote. */
  readonly arrived: () => void;
  /** There is none, and nothing will come by itself. */
  readonly failed: (cause: unknown) => void;
}

interface Answered {
  readonly scene: Scene;
  readonly chosen: readonly Choice[];
  readonly quote: Quote;
}

/** The store as what computes, for pages whose own core cannot: every quote is an answer of it. */
export class RemoteEngine implements Calculator, Inquiries {
  readonly isRemote = true;
  readonly #remote: Remote;
  #scene: Scene | null = null;
  #chosen: readonly Choice[] = [];
  #shown: Answered | null = null;
  #offers: readonly Offer[] = [];
  /** What the offers are on top of. */
  #offersOn: { readonly scene: Scene; readonly chosen: readonly Choice[] } | null = null;
  #tried: Answered | null = null;
  #asked: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(remote: Remote) {
    this.#remote = remote;
  }

  get core(): Calculator['core'] {
    return { coreVersion: this.#shown?.quote.coreVersion ?? '', isComplete: true, completed: () => Promise.resolve() };
  }

  get isSet(): boolean {
    return this.#shown !== null;
  }

  get isPending(): boolean {
    return this.#shown === null || this.#shown.scene !== this.#scene || !sameChoices(this.#shown.chosen, this.#chosen);
  }

  set(scene: Scene, chosen: readonly Choice[]): null {
    this.#scene = scene;
    this.#chosen = chosen;
    this.#tried = null;
    this.#ask(0);
    return null;
  }

  choose(chosen: readonly Choice[]): { readonly ok: true; readonly value: null } {
    this.#chosen = chosen;
    const tried = this.#tried;
    const isKnown = tried !== null && tried.scene === this.#scene && sameChoices(tried.chosen, chosen);
    if (isKnown && this.#hasOffers(withoutRewards(chosen))) {
      this.#stop();
      this.#shown = tried;
    } else {
      this.#ask(0);
    }
    return { ok: true, value: null };
  }

  setPoints(id: string, points: number): boolean {
    if (!this.#chosen.some((choice) => choice.reward?.id === id)) {
      return false;
    }
    this.#chosen = this.#chosen.map((choice) => (choice.reward?.id === id ? { reward: { id, points } } : choice));
    this.#ask(QUIET_MS);
    return true;
  }

  quote(): Quote | null {
    return this.#shown?.quote ?? null;
  }

  async tried(chosen: readonly Choice[]): Promise<Quote | DocumentError> {
    const scene = this.#scene!;
    try {
      const quote = await this.#quote(chosen, []);
      this.#tried = { scene, chosen, quote };
      return quote;
    } catch (cause) {
      const code = cause instanceof TypeError ? 'OFFLINE' : ((cause as { readonly code?: string }).code ?? 'UNAVAILABLE');
      return { code, path: '', message: String(cause) };
    }
  }

  offers(): readonly Offer[] {
    return this.#offers;
  }

  async nearMisses(): Promise<readonly NearMiss[]> {
    return this.#shown?.quote.nearMisses ?? [];
  }

  /** The offers say why they cannot be used; by how much, the near misses. */
  async reasons(): Promise<readonly Rejection[]> {
    return (await this.nearMisses()).map(({ saves: _, ...row }) => row);
  }

  explain(): Promise<Quote> {
    return this.#quote(this.#chosen, ['explain']);
  }

  async best(): Promise<null> {
    return null;
  }

  async named(): Promise<null> {
    return null;
  }

  close(): void {
    this.#stop();
    this.#shown = null;
    this.#offersOn = null;
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asked?.abort();
    this.#asked = null;
  }

  #ask(afterMs: number): void {
    this.#stop();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const asked = (this.#asked = new AbortController());
      this.#answer(asked.signal).then(
        () => this.#over(asked) && this.#remote.arrived(),
        (cause: unknown) => this.#over(asked) && this.#remote.failed(cause),
      );
    }, afterMs);
  }

  /** Whether it was the latest question. */
  #over(asked: AbortController): boolean {
    const isLatest = this.#asked === asked;
    if (isLatest) {
      this.#asked = null;
    }
    return isLatest;
  }

  /** Rewards compare on top of everything chosen but rewards, so the slider does not move the others. */
  async #answer(signal: AbortSignal): Promise<void> {
    const scene = this.#scene!;
    const chosen = this.#chosen;
    const base = withoutRewards(chosen);
    const isBase = base.length === chosen.length;
    const [quote, other] = await Promise.all([
      this.#quote(chosen, isBase ? ['offers', 'nearMisses'] : ['nearMisses'], signal),
      isBase || this.#hasOffers(base) ? null : this.#quote(base, ['offers'], signal),
    ]);
    signal.throwIfAborted();
    const offers = (isBase ? quote : other)?.offers;
    if (offers) {
      this.#offers = offers;
      this.#offersOn = { scene, chosen: base };
    }
    this.#shown = { scene, chosen, quote };
  }

  #hasOffers(base: readonly Choice[]): boolean {
    return this.#offersOn !== null && this.#offersOn.scene === this.#scene && sameChoices(this.#offersOn.chosen, base);
  }

  async #quote(chosen: readonly Choice[], want: readonly Want[], signal?: AbortSignal): Promise<Quote> {
    const cart = this.#scene!.cart as CheckoutCart;
    const answer = await this.#remote.client.quote!({ cart, intent: { chosen } }, { want, ...(signal && { signal }) });
    if (!answer.ok) {
      throw Object.assign(new Error(answer.reason), { code: answer.reason });
    }
    if (answer.value.same) {
      throw new TypeError('The store has seen no preview to compare with.');
    }
    return answer.value.quote;
  }
}
