import type {
  ExportedFile,
  MemberClient,
  MemberCoupon,
  MemberOverview,
  MemberTransaction,
  Redemption,
  TransactionQuery,
} from '../client/member.js';
import type { Change, Result } from '../checkout/types.js';
import { sourceOf } from '../rewards/filtering.js';
import type { MemberYear } from './member-year.js';

export interface MemberStoreOptions {
  /** The store's clock. */
  readonly now?: () => Date;
  /** The way there and back: how long it takes, and whether it gets there. */
  readonly travel?: (signal?: AbortSignal) => Promise<void>;
  /** What coupons are called by. */
  readonly newCode?: () => string;
}

/** A member's pages in memory: points become coupons, and whoever listens hears of it. */
export interface MemberStore extends Required<Omit<MemberClient, 'bootstrap' | 'member'>> {
  /** Somebody signs in, or out. */
  signIn(year: MemberYear | null): void;
  /** Points come in, as from an order. */
  earn(points: number, title: string): void;
}

/** Signs that cannot be mistaken for each other. */
const SIGNS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function randomCode(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => SIGNS[byte % SIGNS.length]).join('');
}

export function createMemberStore(first: MemberYear | null, options: MemberStoreOptions = {}): MemberStore {
  const { now = () => new Date(), travel = async () => undefined, newCode = randomCode } = options;
  let year = first;
  const listeners = new Set<(change: Change) => void>();
  /** Answers by idempotency key. */
  const answered = new Map<string, Promise<Result<Redemption>>>();
  const at = () => now().toISOString();

  /** Enters a movement, and what it makes of the account and the rewards. */
  function enter(changes: Partial<MemberOverview>, movement: Pick<MemberTransaction, 'type' | 'points' | 'title' | 'rewardName'>): void {
    const account = year?.overview.account;
    if (!year || !account) {
      return;
    }
    const { overview, transactions } = year;
    const { points, type } = movement;
    const balance = account.balance + points;
    const available = account.available + points;
    const sum = type === 'EARN' ? { earned: account.earned + points } : { redeemed: account.redeemed - points };
    const rewards = overview.rewards.map((reward) => {
      const affordable = available >= reward.cost;
      const isShort = reward.reason === 'INSUFFICIENT_POINTS' || reward.redeemable;
      const { reason, ...rest } = reward;
      const kept = isShort ? (affordable ? undefined : 'INSUFFICIENT_POINTS') : reason;
      return { ...rest, affordable, missing: Math.max(0, reward.cost - available), redeemable: isShort && affordable, ...(kept && { reason: kept }) };
    });
    const { worth } = overview;
    const rate = overview.rewards.find(({ id }) => id === worth?.rewardId)?.perCost;
    const nowWorth = worth && rate && { ...worth, amountMinor: Math.floor(available / rate.points) * rate.amountMinor };
    year = {
      overview: { ...overview, ...changes, ...(nowWorth && { worth: nowWorth }), account: { ...account, ...sum, balance, available }, rewards },
      transactions: [{ id: `t-${transactions.length + 1}`, at: at(), balanceAfter: balance, ...movement }, ...transactions],
    };
    listeners.forEach((listener) => listener('member'));
  }

  async function redeemed(id: string): Promise<Result<Redemption>> {
    const reward = year?.overview.rewards.find((one) => one.id === id);
    if (!reward?.redeemable) {
      const code = reward?.reason ?? 'REWARD_NOT_FOUND';
      return { ok: false, reason: code, params: { code }, retryable: false };
    }
    const { coupons, account } = year!.overview;
    const coupon: MemberCoupon = {
      id: `c-${coupons.length + 2}`,
      code: newCode(),
      name: reward.name,
      rewardName: reward.name,
      status: 'ACTIVE',
      points: reward.cost,
      redeemedAt: at(),
    };
    enter({ coupons: [coupon, ...coupons] }, { type: 'REDEEM', points: -reward.cost, title: `Redeemed: ${reward.name}`, rewardName: reward.name });
    return { ok: true, value: { coupon, balance: account!.available - reward.cost } };
  }

  const source = () => sourceOf(year?.transactions ?? [], () => year?.overview.timeZone ?? 'UTC');

  return {
    async overview(options) {
      await travel(options?.signal);
      return year && { ...year.overview, serverTime: at() };
    },
    async transactions(query: TransactionQuery, options) {
      await travel(options?.signal);
      return source()({ limit: 20, ...query }, { signal: options?.signal ?? new AbortController().signal });
    },
    async exportTransactions({ format, ...filter }): Promise<ExportedFile> {
      await travel();
      const { transactions } = await source()(filter, { signal: new AbortController().signal });
      const { toCsv } = await import('../rewards/csv.js');
      const text = format === 'csv' ? toCsv(transactions) : JSON.stringify({ transactions });
      return { name: `activity.${format}`, content: new Blob([text], { type: format === 'csv' ? 'text/csv' : 'application/json' }) };
    },
    redeem({ id }, { idempotencyKey, signal }) {
      const answer = answered.get(idempotencyKey) ?? travel(signal).then(() => redeemed(id));
      answered.set(idempotencyKey, answer);
      answer.catch(() => answered.delete(idempotencyKey));
      return answer;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signIn(next) {
      year = next;
      listeners.forEach((listener) => listener('member'));
    },
    earn: (points, title) => enter({}, { type: 'EARN', points, title }),
  };
}
