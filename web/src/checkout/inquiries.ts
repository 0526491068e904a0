import type { Choice, NearMiss, Quote, Rejection } from '../documents/index.js';
import { candidateOf, sameCandidate, withoutRewards } from './choices.js';
import type { Candidate } from './choices.js';
import type { Calculator, Engine } from './engine.js';
import type { RemoteEngine } from './remote-engine.js';

/** What is asked of whoever computes beyond sums and offers: nothing of it is needed for the first preview. */
export interface Inquiries {
  /** What little is missing for more. */
  nearMisses(): Promise<readonly NearMiss[]>;
  /** Why each of these would not run, with all that is known of it. */
  reasons(candidates: readonly Candidate[]): Promise<readonly Rejection[]>;
  /** The quote with its steps. */
  explain(): Promise<Quote>;
  /** The combination with the smallest total; null where it is not known. */
  best(): Promise<{ readonly chosen: readonly Choice[]; readonly quote: Quote } | null>;
  /** What whoever computes the same calls this quote; null where that is not known yet. */
  named(): Promise<{ readonly previewDigest: string; readonly now: string } | null>;
}

/** The store answers for itself; the core in the page has to be complete for it. */
export const inquiriesOf = (engine: Calculator): Inquiries => (engine.isRemote ? (engine as RemoteEngine) : new CoreInquiries(engine as Engine));

class CoreInquiries implements Inquiries {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async nearMisses(): Promise<readonly NearMiss[]> {
    await this.#engine.core.completed();
    return (await this.#engine.prepared?.nearMisses()) ?? [];
  }

  async reasons(candidates: readonly Candidate[]): Promise<readonly Rejection[]> {
    const engine = this.#engine;
    await engine.core.completed();
    return candidates.flatMap((candidate) => {
      if (!engine.prepared) {
        return [];
      }
      const choice: Choice = candidate.source === 'reward' ? { reward: { id: candidate.id } } : { coupon: { id: candidate.id } };
      const others = engine.chosen.filter((one) => !sameCandidate(candidateOf(one, engine.scene), candidate));
      const quote = engine.tried([...(choice.reward ? withoutRewards(others) : others), choice]);
      return 'rejected' in quote ? quote.rejected.filter((row) => sameCandidate(row, candidate)) : [];
    });
  }

  async explain(): Promise<Quote> {
    return this.#engine.prepared!.explain();
  }

  async best(): Promise<{ readonly chosen: readonly Choice[]; readonly quote: Quote } | null> {
    await this.#engine.core.completed();
    const best = await this.#engine.prepared?.optimize();
    return best ? { chosen: best.chosen ?? [], quote: best.quote } : null;
  }

  async named(): Promise<{ readonly previewDigest: string; readonly now: string } | null> {
    const prepared = this.#engine.core.isComplete ? this.#engine.prepared : null;
    if (!prepared) {
      return null;
    }
    const { now } = this.#engine.scene;
    const { value } = JSON.parse(await prepared.answerText()) as { readonly value?: Quote };
    return value?.digest === undefined ? null : { previewDigest: value.digest, now };
  }
}
