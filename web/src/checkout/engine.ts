import type { Answer, DocumentError, LoyaltyCore, OpenCatalog, PreparedCheckout } from '../core/api.js';
import type { Account, Cart, Catalog, Choice, Offer, Promotion, Quote } from '../documents/index.js';
import { withoutRewards } from './choices.js';

/** Everything that a quote is made of, but for what is chosen. */
export interface Scene {
  readonly catalog: Catalog;
  readonly account: Account | null;
  readonly cart: Cart;
  readonly resolved: readonly Promotion[];
  readonly now: string;
}

/** The answer to what was asked of a core that broke. */
const BROKEN: DocumentError = { code: 'TRAP', path: '', message: 'The core broke.' };

/**
 * What computes quotes of one checkout: the core in this page, or the store. What takes the store's time is a promise
 * there.
 */
export interface Calculator {
  readonly core: Pick<LoyaltyCore, 'coreVersion' | 'isComplete' | 'completed'>;
  readonly isRemote: boolean;
  /** Whether there is a quote. */
  readonly isSet: boolean;
  /** Whether the quote is still the one of what was chosen before. */
  readonly isPending: boolean;
  set(scene: Scene, chosen: readonly Choice[]): SceneError | null;
  choose(chosen: readonly Choice[]): Answer<null>;
  setPoints(id: string, points: number): boolean;
  quote(): Quote | null;
  tried(chosen: readonly Choice[]): Quote | DocumentError | Promise<Quote | DocumentError>;
  offers(): readonly Offer[];
  close(): void;
}

/** A document was refused: the core's answer, and which document it was. */
export interface SceneError {
  readonly document: 'program' | 'checkout';
  readonly error: DocumentError;
}

/**
 * One element's hold on the core: a catalog, a prepared checkout, and what is chosen on it. It keeps no
 * amounts and computes none.
 */
export class Engine implements Calculator {
  readonly core: LoyaltyCore;
  readonly isRemote = false;
  readonly isPending = false;
  #open: { readonly catalog: Catalog; readonly handle: OpenCatalog } | null = null;
  #prepared: PreparedCheckout | null = null;
  #scene: Scene | null = null;
  #chosen: readonly Choice[] = [];
  readonly #broke: (cause: unknown) => void;

  /** `broke` is told once when the core breaks while it computes; there is nothing to ask until the next `set`. */
  constructor(core: LoyaltyCore, broke: (cause: unknown) => void) {
    this.core = core;
    this.#broke = broke;
  }

  get isSet(): boolean {
    return this.#prepared !== null;
  }

  /** The checkout, for what is rarely asked of it; null where there is none. */
  get prepared(): PreparedCheckout | null {
    return this.#prepared;
  }
  get scene(): Scene {
    return this.#scene!;
  }
  get chosen(): readonly Choice[] {
    return this.#chosen;
  }

  /** Takes a new cart, member or catalog. After a refusal there is no quote: a stale one would be a lie. */
  set(scene: Scene, chosen: readonly Choice[]): SceneError | null {
    return this.#safely<SceneError | null>(() => this.#set(scene, chosen), { document: 'checkout', error: BROKEN });
  }

  #set(scene: Scene, chosen: readonly Choice[]): SceneError | null {
    this.#prepared?.close();
    this.#prepared = null;
    this.#scene = scene;
    if (this.#open?.catalog !== scene.catalog) {
      this.#open?.handle.close();
      this.#open = null;
      const opened = this.core.open(scene.catalog);
      if (!opened.ok) {
        return { document: 'program', error: opened.error };
      }
      this.#open = { catalog: scene.catalog, handle: opened.value };
    }
    const prepared = this.#open.handle.prepare({
      account: scene.account,
      cart: scene.cart,
      intent: { chosen },
      now: scene.now,
      resolved: scene.resolved,
    });
    if (!prepared.ok) {
      return { document: 'checkout', error: prepared.error };
    }
    this.#prepared = prepared.value;
    this.#chosen = chosen;
    return null;
  }

  choose(chosen: readonly Choice[]): Answer<null> {
    return this.#safely<Answer<null>>(
      () => {
        const answer = this.#prepared!.choose({ chosen });
        if (answer.ok) {
          this.#chosen = chosen;
        }
        return answer;
      },
      { ok: false, error: BROKEN },
    );
  }

  /** Another number of points for a chosen reward, and the sums at once. */
  setPoints(id: string, points: number): boolean {
    const entry = this.#chosen.findIndex((choice) => choice.reward?.id === id);
    return this.#safely(() => {
      if (entry < 0 || !this.#prepared!.setPoints(entry, points).ok) {
        return false;
      }
      this.#chosen = this.#chosen.map((choice, at) => (at === entry ? { reward: { id, points } } : choice));
      this.#prepared!.preview();
      return true;
    }, false);
  }

  /** Null only where the core breaks over it. */
  quote(): Quote | null {
    return this.#safely(() => this.#prepared!.quote(), null);
  }

  /** The quote of other choices, leaving what is chosen as it is. */
  tried(chosen: readonly Choice[]): Quote | DocumentError {
    return this.#safely<Quote | DocumentError>(() => {
      const answer = this.#prepared!.choose({ chosen });
      const quote = answer.ok ? this.#prepared!.quote() : answer.error;
      this.#prepared!.choose({ chosen: this.#chosen });
      return quote;
    }, BROKEN);
  }

  /**
   * Rewards and owned coupons as they compare with each other: on top of everything chosen but rewards.
   * So a row says the same whichever row is chosen, and the slider does not move the others.
   */
  offers(): readonly Offer[] {
    return this.#safely<readonly Offer[]>(() => {
      this.#prepared!.choose({ chosen: withoutRewards(this.#chosen) });
      const offers = this.#prepared!.offers();
      this.#prepared!.choose({ chosen: this.#chosen });
      return offers;
    }, []);
  }

  /** A core that breaks is told of, and never reaches the page's checkout as an exception. */
  #safely<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (cause) {
      this.close();
      this.#broke(cause);
      return otherwise;
    }
  }

  close(): void {
    this.#prepared?.close();
    this.#open?.handle.close();
    this.#prepared = null;
    this.#open = null;
  }
}
