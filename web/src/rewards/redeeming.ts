import { refusal } from '../checkout/outcome.js';
import type { Result } from '../checkout/types.js';
import { newKey } from '../client/key.js';
import type { MemberClient, MemberReward, Redemption } from '../client/member.js';

const SLOW_MS = 4_000;

/** How far the one reward has come that is being redeemed. */
export type Step =
  | { readonly name: 'asking' }
  | { readonly name: 'busy'; readonly isSlow: boolean }
  | { readonly name: 'done'; readonly redemption: Redemption; readonly left: number | undefined }
  /** `returned`: points that came back; `isUnknown`: nobody knows whether they were spent. */
  | { readonly name: 'failed'; readonly reason: string; readonly returned?: number; readonly isUnknown?: boolean };

export interface RedeemingHost {
  changed(): void;
  client(): MemberClient | undefined;
  isOnline(): boolean;
  available(): number | undefined;
  /** Tells the page; whether it goes on, and what it waits for. */
  before(reward: MemberReward): { readonly goesOn: boolean; readonly waits: readonly Promise<Redemption | void>[] };
  redeemed(reward: MemberReward, redemption: Redemption, left: number | undefined): void;
  refused(reward: MemberReward, result: Result<Redemption> & { readonly ok: false }): void;
}

/** Turns points into a coupon, one reward at a time. */
export class Redeeming {
  reward: MemberReward | null = null;
  step: Step | null = null;
  readonly #host: RedeemingHost;
  /** Kept as long as nobody knows whether the store did it: asked again, it is done once. */
  #key: { readonly rewardId: string; readonly value: string } | null = null;

  constructor(host: RedeemingHost) {
    this.#host = host;
  }

  get isBusy(): boolean {
    return this.step?.name === 'busy';
  }

  stepOf(reward: MemberReward): Step | null {
    return this.reward?.id === reward.id ? this.step : null;
  }

  ask(reward: MemberReward): void {
    if (!this.isBusy) {
      this.#go(reward, { name: 'asking' });
    }
  }

  close(): void {
    if (!this.isBusy) {
      this.#go(null, null);
    }
  }

  async redeem(reward: MemberReward): Promise<Result<Redemption>> {
    if (this.isBusy) {
      return refusal('BUSY', null, true);
    }
    if (!this.#host.isOnline()) {
      return this.#refuse(reward, refusal('OFFLINE', null, true));
    }
    const { goesOn, waits } = this.#host.before(reward);
    if (!goesOn) {
      this.close();
      return refusal('CANCELLED');
    }
    this.#go(reward, { name: 'busy', isSlow: false });
    const timer = setTimeout(() => this.#go(reward, { name: 'busy', isSlow: true }), SLOW_MS);
    const result = await this.#answer(reward, waits);
    clearTimeout(timer);
    if (!result.ok) {
      return this.#refuse(reward, result);
    }
    return this.#finish(reward, result.value);
  }

  /** The page's own word, else the store's. */
  async #answer(reward: MemberReward, waits: readonly Promise<Redemption | void>[]): Promise<Result<Redemption>> {
    const client = this.#host.client();
    try {
      const [own] = (await Promise.all(waits)).filter((one) => one !== undefined);
      if (own) {
        return { ok: true, value: own };
      }
    } catch {
      return refusal('REFUSED');
    }
    if (!client?.redeem) {
      return refusal('NO_CONFIRMER');
    }
    if (this.#key?.rewardId !== reward.id) {
      this.#key = { rewardId: reward.id, value: newKey() };
    }
    try {
      const result = await client.redeem(reward, { idempotencyKey: this.#key.value });
      this.#key = null;
      return result;
    } catch (cause) {
      // Asked too often is an answer, and nothing was done; of anything else nobody knows.
      const isRefusal = (cause as { readonly code?: string } | null)?.code === 'RATE_LIMITED';
      return refusal(isRefusal ? 'RATE_LIMITED' : 'NO_ANSWER', null, true);
    }
  }

  #finish(reward: MemberReward, redemption: Redemption): Result<Redemption> {
    const { coupon } = redemption;
    if (coupon.status === 'FAILED') {
      const returned = coupon.refundedPoints ?? coupon.points;
      return this.#refuse(reward, refusal('COUPON_FAILED'), returned);
    }
    const available = this.#host.available();
    const left = redemption.balance ?? (available === undefined ? undefined : available - reward.cost);
    this.#go(reward, { name: 'done', redemption, left });
    this.#host.redeemed(reward, redemption, left);
    return { ok: true, value: redemption };
  }

  #refuse(reward: MemberReward, result: Result<Redemption> & { readonly ok: false }, returned?: number): Result<Redemption> {
    const isUnknown = result.reason === 'NO_ANSWER';
    this.#go(reward, { name: 'failed', reason: result.reason, isUnknown, ...(returned !== undefined && { returned }) });
    this.#host.refused(reward, result);
    return result;
  }

  #go(reward: MemberReward | null, step: Step | null): void {
    this.reward = reward;
    this.step = step;
    this.#host.changed();
  }
}
