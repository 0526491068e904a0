import type { Result } from '../checkout/types.js';
import type { MemberClient, MemberReward, Redemption } from '../client/member.js';
import type { Announcer } from './announcer.js';
import { CouponDesk } from './coupon-desk.js';
import type { PageCoupon } from './data.js';
import type { LoyaltyRewards } from './element.js';
import { emit } from './emit.js';
import { Exporting } from './exporting.js';
import { dayIn } from './filtering.js';
import type { History } from './history.js';
import type { MemberData } from './member-data.js';
import { Redeeming } from './redeeming.js';
import { failureText } from './views/rewards.js';
import type { PageWords } from './words.js';

/** What the deeds of the page are done with. */
export interface Bench {
  readonly element: LoyaltyRewards;
  readonly member: MemberData;
  readonly history: History;
  readonly announcer: Announcer;
  readonly words: PageWords;
  readonly client: MemberClient | undefined;
  readonly timeZone: string;
  changed(): void;
  refresh(): void;
  failed(code: string, cause: unknown): void;
  /** Where the focus goes once it is drawn. */
  focusNext(selector: string): void;
}

export interface Deeds {
  readonly redeeming: Redeeming;
  readonly desk: CouponDesk;
  readonly exporting: Exporting;
}

/** Redeeming, what is done with codes, and taking the activity home: each told to whoever listens, and to whoever looks or hears. */
export function deedsOf(bench: Bench): Deeds {
  const { element, member, history, announcer } = bench;
  const changed = () => bench.changed();

  function redeemed(reward: MemberReward, redemption: Redemption, left: number | undefined): void {
    const { coupon } = redemption;
    member.redeemed(coupon, left);
    bench.focusNext(coupon.code === '' ? '#redeemed' : '#copy-redeemed');
    const { say, points } = bench.words;
    const sum = left === undefined ? '' : say('redeemedText', { points: points(coupon.points), left: points(left) });
    announcer.say(`${say('redeemedTitle')}. ${sum}`);
    emit(element, 'loyalty-redeemed', { coupon, balance: left, reward });
    bench.refresh();
  }

  function refused(reward: MemberReward, { reason, retryable }: Result<Redemption> & { readonly ok: false }): void {
    const { step } = redeeming;
    if (step?.name === 'failed') {
      announcer.say(failureText({ words: bench.words }, step), true);
      bench.focusNext('#redeem-failed');
    }
    emit(element, 'loyalty-rejected', { reason, rewardId: reward.id, retryable });
    // What has become of a question without an answer, and what the store knows better, is seen then.
    bench.refresh();
  }

  function couponOf(id: string): PageCoupon | undefined {
    const { step } = redeeming;
    const fresh = step?.name === 'done' && step.redemption.coupon.id === id ? step.redemption.coupon : undefined;
    return member.data?.coupons.find((coupon) => coupon.id === id) ?? fresh;
  }

  async function codeElement(id: string): Promise<Element | null> {
    await element.updateComplete;
    const root = element.renderRoot as ShadowRoot;
    return root.getElementById(`code-redeemed-${id}`) ?? root.getElementById(`code-${id}`);
  }

  const redeeming = new Redeeming({
    changed,
    client: () => bench.client,
    isOnline: () => navigator.onLine,
    available: () => member.data?.account?.available,
    before: (reward) => {
      const waits: Promise<Redemption | void>[] = [];
      const waitUntil = (promise: Promise<Redemption | void>) => void waits.push(Promise.resolve(promise));
      return { goesOn: emit(element, 'loyalty-before-redeem', { reward, waitUntil }, true), waits };
    },
    redeemed,
    refused,
  });
  const desk = new CouponDesk({
    changed,
    failed: (cause) => bench.failed('LOAD_FAILED', cause),
    coupon: couponOf,
    codeElement,
    copied: (coupon, how) => {
      announcer.say(bench.words.say(how === 'clipboard' ? 'copied' : 'selected'));
      emit(element, 'loyalty-copied', { couponId: coupon.id, how });
    },
  });
  const exporting = new Exporting({
    changed,
    get client() {
      return bench.client;
    },
    get source() {
      return history.source;
    },
    get today() {
      return dayIn(bench.timeZone, member.now());
    },
    made: (file, format) => {
      announcer.say(bench.words.say('exported'));
      return emit(element, 'loyalty-export', { ...file, format }, true);
    },
    failed: (cause) => {
      bench.failed('EXPORT_FAILED', cause);
      announcer.say(bench.words.say('exportFailed'), true);
    },
  });
  return { redeeming, desk, exporting };
}
