import type { ProgramSnapshot } from '../../src/checkout/index.js';
import type { MemberClient, MemberOverview } from '../../src/client/member.js';
import type { Catalog } from '../../src/documents/index.js';
import { createMemberStore, type MemberStore } from '../../src/mock/member-store.js';
import { adasYear, type MemberYear } from '../../src/mock/member-year.js';

/** The rules of Ada's club, as a store publishes them. */
export const starClub: Catalog = {
  version: 'gallery-1',
  currency: 'USD',
  timeZone: 'America/New_York',
  program: {
    status: 'ACTIVE',
    name: 'Star Club',
    pointName: {
      en: { one: 'Star', other: 'Stars' },
      de: { one: 'Stern', other: 'Sterne' },
      pl: { one: 'gwiazdka', few: 'gwiazdki', many: 'gwiazdek', other: 'gwiazdki' },
      ar: { zero: 'نجمة', one: 'نجمة', two: 'نجمتان', few: 'نجوم', many: 'نجمة', other: 'نجمة' },
      ja: { other: 'スター' },
    },
  },
  tiersActive: true,
  tiers: [
    { id: 'silver', name: 'Silver', requiredPoints: 1000 },
    { id: 'gold', name: 'Gold', requiredPoints: 3000 },
  ],
  rewards: [
    { id: 'pay', name: 'Use Stars', type: 'DISCOUNT_AMOUNT', active: true, configs: [undefined, 'silver', 'gold'].map((tierId) => ({ ...(tierId && { tierId }), costInPoints: 100, effects: [{ kind: 'pointsAsMoney' as const, amount: 100, costInPoints: 100 }] })) },
    { id: 'shipping', name: 'Free shipping', type: 'COUPON_REWARD', active: true, configs: [undefined, 'silver', 'gold'].map((tierId) => ({ ...(tierId && { tierId }), costInPoints: 400, effects: [{ kind: 'freeShipping' as const, target: 'shipping' as const }] })) },
    { id: 'coat', name: '$100 off a coat', type: 'COUPON_REWARD', active: true, configs: [undefined, 'silver', 'gold'].map((tierId) => ({ ...(tierId && { tierId }), costInPoints: 5000, effects: [{ kind: 'fixedAmount' as const, amount: 10_000, target: 'order' as const }] })) },
  ],
  earningRules: [{ id: 'spend', title: 'Shopping', trigger: 'stores/OrderPaid', status: 'ACTIVE', configs: [{ conversion: { moneyAmount: 1, points: 1 } }, { tierId: 'silver', conversion: { moneyAmount: 4, points: 5 } }] }],
};

/** What the states are made of: Ada's year, and a store that does as a script says. */
export class RewardsFixture {
  readonly year: MemberYear;
  readonly #now: string;

  constructor(now: string) {
    this.#now = now;
    this.year = adasYear(now);
  }

  program(status: Catalog['program']['status'] = 'ACTIVE'): ProgramSnapshot {
    return { catalog: { ...starClub, program: { ...starClub.program, status } }, serverTime: this.#now };
  }

  /** Ada with something else about her. */
  changed(changes: Partial<MemberOverview>): MemberYear {
    return { ...this.year, overview: { ...this.year.overview, ...changes } };
  }

  /** Somebody who has just joined. */
  get newcomer(): MemberYear {
    const { program, timeZone, currency, serverTime, ways } = this.year.overview;
    const overview: MemberOverview = {
      serverTime,
      timeZone,
      currency,
      program,
      member: { contactId: 'bea' },
      holds: [],
      pendingOrders: [],
      rewards: this.year.overview.rewards.map(({ id, name, type, cost }) => ({ id, name, type, cost, missing: cost, affordable: false, redeemable: false, reason: 'INSUFFICIENT_POINTS' })),
      coupons: [],
      ways: ways.map(({ limit, ...way }) => ({ ...way, ...(limit && { limit: { ...limit, done: 0 } }) })),
    };
    return { overview, transactions: [] };
  }

  /** With an account, and nothing in it that ever moved. */
  get idle(): MemberYear {
    const account = { id: 'm-1', revision: 1, balance: 60, available: 60, held: 0, earned: 0, redeemed: 0, adjusted: 60, expired: 0, pending: 0, createdAt: this.#now };
    const { worth: _, expiring: __, ...overview } = this.newcomer.overview as MemberOverview & { worth?: unknown; expiring?: unknown };
    return { overview: { ...overview, account, member: { contactId: 'cyd', name: 'Cyd' } }, transactions: [] };
  }

  client(script: Partial<MemberClient> = {}, year: MemberYear | null = this.year, status?: Catalog['program']['status']): MemberClient & MemberStore {
    const store = createMemberStore(year, { now: () => new Date(this.#now), newCode: () => 'FIVE4NW8Q2YT' });
    return { ...store, bootstrap: async () => this.program(status), ...script };
  }
}

/** An answer that never comes. */
export const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** A store that cannot be reached. */
export const unreachable = (): Promise<never> => Promise.reject(new TypeError('The store could not be reached.'));
