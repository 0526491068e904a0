import type {
  MemberCoupon,
  MemberOverview,
  MemberReward,
  MemberTransaction,
  TierStanding,
  TransactionType,
  WayToEarn,
} from '../client/member.js';

/** A member with a past: the overview of now, and how it came about. */
export interface MemberYear {
  readonly overview: MemberOverview;
  /** Newest first. */
  readonly transactions: readonly MemberTransaction[];
}

const DAY_MS = 86_400_000;

/** Numbers that look random and are the same every time. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % sides;
  };
}

interface Movement {
  readonly daysAgo: number;
  readonly type: TransactionType;
  readonly points: number;
  readonly title: string;
  readonly description?: string;
  readonly orderId?: string;
  readonly rewardName?: string;
}

const REVIEWED = ['Court sneakers', 'Merino scarf', 'Chelsea boots', 'Striped tee', 'Linen dress', 'Wool sweater'];

/** An order about every fourth day, and what a year brings besides. */
function movementsOf(): Movement[] {
  const roll = dice(20_251_120);
  const all: Movement[] = [
    { daysAgo: 364, type: 'ADJUST', points: 450, title: 'Moved from the old card', description: 'Balance of your paper stamps' },
    { daysAgo: 364, type: 'EARN', points: 100, title: 'Newsletter' },
    { daysAgo: 212, type: 'EARN', points: 200, title: 'Birthday' },
    { daysAgo: 171, type: 'REDEEM', points: -500, title: 'Redeemed: $5 off', rewardName: '$5 off' },
    { daysAgo: 128, type: 'REDEEM', points: -400, title: 'Redeemed: Free shipping', rewardName: 'Free shipping' },
    { daysAgo: 127, type: 'REFUND', points: 400, title: 'Returned: Free shipping', description: 'The coupon could not be made', rewardName: 'Free shipping' },
    { daysAgo: 96, type: 'EXPIRE', points: -150, title: 'Expired after twelve months' },
    { daysAgo: 63, type: 'REDEEM', points: -1200, title: 'Redeemed: 15% off shoes', rewardName: '15% off shoes' },
    { daysAgo: 34, type: 'REDEEM', points: -400, title: 'Redeemed: Free shipping', rewardName: 'Free shipping' },
    { daysAgo: 18, type: 'REFUND', points: -84, title: 'Refund of order 1031', orderId: '1031' },
    { daysAgo: 12, type: 'ADJUST', points: 60, title: 'Sorry for the wait', description: 'From our service team' },
    { daysAgo: 9, type: 'REDEEM', points: -500, title: 'Redeemed: $5 off', rewardName: '$5 off' },
    { daysAgo: 3, type: 'REDEEM', points: -1500, title: 'Used at checkout', description: '1,500 Stars for $15.00', orderId: '1041' },
  ];
  for (let daysAgo = 362, order = 931; daysAgo > 0; daysAgo -= 2 + roll(3), order += 1) {
    const orderId = String(order);
    all.push({ daysAgo, type: 'EARN', points: 20 + roll(75), title: `Order ${orderId}`, orderId });
    if (order % 7 === 0) {
      all.push({ daysAgo: Math.max(1, daysAgo - 5), type: 'EARN', points: 50, title: `Review: ${REVIEWED[roll(REVIEWED.length)]}` });
    }
  }
  return all.sort((a, b) => b.daysAgo - a.daysAgo);
}

function rewardsOf(available: number): MemberReward[] {
  const coupon = (id: string, name: string, cost: number, more: Partial<MemberReward> = {}): MemberReward => ({
    id,
    revision: 1,
    name,
    type: 'COUPON',
    cost,
    missing: Math.max(0, cost - available),
    affordable: available >= cost,
    redeemable: available >= cost,
    ...(available < cost && { reason: 'INSUFFICIENT_POINTS' }),
    ...more,
  });
  return [
    coupon('five-off', '$5 off', 500, { amountMinor: 500, minimumSubtotalMinor: 2500 }),
    coupon('free-shipping', 'Free shipping', 400, { freeShipping: true, description: 'Standard delivery, within the country' }),
    {
      id: 'pay-with-stars',
      revision: 1,
      name: 'Use Stars',
      type: 'DISCOUNT_AMOUNT',
      cost: 100,
      missing: 0,
      affordable: available >= 100,
      redeemable: false,
      reason: 'AT_CHECKOUT',
      perCost: { points: 100, amountMinor: 100 },
    },
    coupon('shoes-15', '15% off shoes', 1200, { percentagePpm: 150_000, minimumSubtotalMinor: 10_000 }),
    coupon('raincoat', 'A raincoat for half the price', available + 520, { percentagePpm: 500_000 }),
    coupon('preview', 'First look at the winter coats', 300, { redeemable: false, reason: 'TIER', description: 'For Gold members' }),
  ];
}

function couponsOf(instant: (daysAgo: number) => string): MemberCoupon[] {
  const made = (id: string, code: string, rewardName: string, points: number, daysAgo: number) => ({
    id,
    code,
    name: rewardName,
    rewardName,
    points,
    redeemedAt: instant(daysAgo),
  });
  return [
    { ...made('c-7', 'FIVE7Q2K84MX', '$5 off', 500, 9), status: 'ACTIVE', expiresAt: instant(-41) },
    { ...made('c-6', 'SHIP4TR9W3HA', 'Free shipping', 400, 34), status: 'ACTIVE' },
    { ...made('c-5', 'SHOE8KX2P6VD', '15% off shoes', 1200, 63), status: 'ARCHIVED', usedAt: instant(50), orderId: '1012' },
    { ...made('c-4', 'SHIP1MN5B7QC', 'Free shipping', 400, 128), status: 'FAILED', refundedPoints: 400 },
    { ...made('c-3', 'FIVE2HJ6T8WZ', '$5 off', 500, 171), status: 'ARCHIVED', usedAt: instant(160), orderId: '979' },
    { ...made('c-2', 'GIFT9PL3D5RA', 'Welcome gift', 0, 364), status: 'ACTIVE', expiresAt: instant(274) },
  ];
}

const WAYS: readonly WayToEarn[] = [
  { id: 'spend', name: 'Shopping', activity: 'stores/OrderPaid', per: { amountMinor: 400, points: 5 } },
  { id: 'birthday', name: 'Birthday', activity: 'contacts/Birthday', points: 200, limit: { times: 1, per: 'YEAR', done: 1 } },
  { id: 'review', name: 'Write a review', activity: 'reviews/Created', points: 50, limit: { times: 5, per: 'MONTH', done: 2 } },
  { id: 'newsletter', name: 'Newsletter', activity: 'contacts/Subscribed', points: 100, limit: { times: 1, per: 'EVER', done: 1 } },
];

function standing(points: number, since: string, until: string): TierStanding {
  const gold = Math.ceil((points + 520) / 500) * 500;
  const silver = { id: 'silver', name: 'Silver', description: 'More Stars for every order, and free returns', requiredPoints: 1000, reached: true };
  return {
    status: 'ACTIVE',
    points,
    since,
    until,
    current: { id: 'silver', name: 'Silver' },
    next: { id: 'gold', name: 'Gold', requiredPoints: gold, missing: gold - points },
    levels: [
      { name: 'Bronze', description: 'Stars for every order', requiredPoints: 0, reached: true },
      silver,
      { id: 'gold', name: 'Gold', description: '80 Stars = $1.00, and free shipping', requiredPoints: gold, reached: false },
    ],
  };
}

/** Ada, a member of a shop for a year that ends at `now`. The sums of her movements are those of her account. */
export function adasYear(now = '2025-11-20T10:00:00Z'): MemberYear {
  const end = Date.parse(now);
  const instant = (daysAgo: number) => new Date(end - daysAgo * DAY_MS).toISOString().replace('.000Z', 'Z');
  const day = (daysAgo: number) => instant(daysAgo).slice(0, 10);
  let balance = 0;
  const sums = { earned: 0, redeemed: 0, adjusted: 0, expired: 0 };
  const transactions = movementsOf().map(({ daysAgo, ...movement }, index): MemberTransaction => {
    const { type, points } = movement;
    balance += points;
    if (type === 'EARN') sums.earned += points;
    else if (type === 'REDEEM') sums.redeemed -= points;
    else if (type === 'EXPIRE') sums.expired -= points;
    else sums.adjusted += points;
    return { id: `t-${index + 1}`, at: instant(daysAgo), balanceAfter: balance, ...movement };
  });
  const held = 300;
  const available = balance - held;
  const amountMinor = Math.floor(available / 100) * 100;
  const overview: MemberOverview = {
    serverTime: now,
    timeZone: 'America/New_York',
    currency: 'USD',
    program: { status: 'ACTIVE', name: 'Star Club' },
    member: { contactId: 'ada', name: 'Ada Berg' },
    account: { id: 'm-20817', revision: 137, balance, available, held, ...sums, pending: 88, createdAt: instant(364) },
    worth: { amountMinor, currency: 'USD', rewardId: 'pay-with-stars', rewardName: 'Use Stars' },
    holds: [{ id: 'h-1', points: held, until: new Date(end + 1_500_000).toISOString(), checkoutId: 'cart-77' }],
    pendingOrders: [{ orderId: 'o-1042', number: 1042, points: 88, placedAt: instant(1) }],
    expiring: { points: 300, at: instant(-10) },
    tier: standing(sums.earned, day(364), day(-12)),
    rewards: rewardsOf(available),
    coupons: couponsOf(instant),
    ways: WAYS,
  };
  return { overview, transactions: transactions.reverse() };
}
