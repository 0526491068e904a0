import type { LoyaltyRewards, PageState } from '../../src/rewards/index.js';
import { never, type RewardsFixture, unreachable } from './rewards-fixture.js';

/** One state of the page, and how to bring it about through its public side. */
export interface RewardsSpecimen {
  readonly id: string;
  readonly title: string;
  readonly expects: PageState;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Gives the element what it needs; default: Ada's store. */
  readonly give?: (element: LoyaltyRewards, fixture: RewardsFixture) => void;
  /** What a member then does. */
  readonly act?: (element: LoyaltyRewards) => Promise<unknown> | void;
  readonly slots?: Readonly<Record<string, string>>;
  readonly offline?: boolean;
  readonly settlesAfterMs?: number;
}

/** What is on the screen after the next drawing. */
async function find(element: LoyaltyRewards, selector: string): Promise<HTMLElement> {
  const end = performance.now() + 3000;
  for (;;) {
    await element.updateComplete;
    const found = element.shadowRoot!.querySelector<HTMLElement>(selector);
    if (found) return found;
    if (performance.now() > end) throw new Error(`There is no ${selector}.`);
    await new Promise(requestAnimationFrame);
  }
}

async function press(element: LoyaltyRewards, ...selectors: readonly string[]): Promise<void> {
  for (const selector of selectors) (await find(element, selector)).click();
}

const ASK = '#redeem-five-off';
const CONFIRM = '#confirm';

export const REWARDS_SPECIMENS: readonly RewardsSpecimen[] = [
  { id: 'unset', title: 'Only the tag: nothing is drawn', expects: 'unset', give: () => undefined },
  { id: 'loading', title: 'Loading', expects: 'loading', give: (element, fixture) => (element.client = fixture.client({ overview: never })) },
  { id: 'loading-long', title: 'Still loading after four seconds', expects: 'loading', settlesAfterMs: 4300, give: (element, fixture) => (element.client = fixture.client({ overview: never })) },
  { id: 'unavailable', title: 'The store cannot be reached', expects: 'unavailable', give: (element, fixture) => (element.client = fixture.client({ overview: unreachable, bootstrap: unreachable, transactions: unreachable })) },
  { id: 'guest', title: 'A guest', expects: 'guest', give: (element, fixture) => (element.client = fixture.client({}, null)) },
  { id: 'new-member', title: 'Somebody new', expects: 'new-member', give: (element, fixture) => (element.client = fixture.client({}, fixture.newcomer)) },
  { id: 'nothing-yet', title: 'Nothing to list yet', expects: 'member', give: (element, fixture) => (element.client = fixture.client({}, fixture.idle)) },
  { id: 'member', title: 'Ada, after a year', expects: 'member', slots: { actions: 'Sign out' } },
  { id: 'paused', title: 'The program is paused', expects: 'inactive-paused', give: (element, fixture) => (element.client = fixture.client({}, fixture.changed({ program: { status: 'PAUSED', name: 'Star Club' } }), 'PAUSED')) },
  { id: 'draft', title: 'The program is a draft: members see nothing', expects: 'inactive-draft', give: (element, fixture) => (element.client = fixture.client({}, fixture.changed({ program: { status: 'DRAFT', name: 'Star Club' } }), 'DRAFT')) },
  { id: 'offline', title: 'Without a connection', expects: 'member', offline: true },
  { id: 'asking', title: 'Redeem: the question', expects: 'member', act: (element) => press(element, ASK) },
  { id: 'redeeming', title: 'Redeem: waiting', expects: 'member', give: (element, fixture) => (element.client = fixture.client({ redeem: never })), act: (element) => press(element, ASK, CONFIRM) },
  {
    id: 'redeemed',
    title: 'Redeem: the code',
    expects: 'member',
    act: (element) => press(element, ASK, CONFIRM),
  },
  {
    id: 'redeem-refused',
    title: 'Redeem: the store says no',
    expects: 'member',
    give: (element, fixture) => (element.client = fixture.client({ redeem: async () => ({ ok: false, reason: 'REWARD_NOT_ACTIVE', params: null, retryable: false }) })),
    act: (element) => press(element, ASK, CONFIRM),
  },
  { id: 'redeem-unanswered', title: 'Redeem: no answer', expects: 'member', give: (element, fixture) => (element.client = fixture.client({ redeem: unreachable })), act: (element) => press(element, ASK, CONFIRM) },
  { id: 'code-shown', title: 'A code, shown', expects: 'member', act: (element) => press(element, '[part=coupon] button') },
  { id: 'code-qr', title: 'A code as a picture', expects: 'member', act: (element) => press(element, '[part=coupon] button[aria-expanded]') },
  { id: 'coupons-used', title: 'Used coupons', expects: 'member', act: (element) => press(element, '#coupons .segment:nth-child(2)') },
  { id: 'coupons-expired', title: 'Expired coupons', expects: 'member', act: (element) => press(element, '#coupons .segment:nth-child(3)') },
  { id: 'affordable', title: 'What can be afforded', expects: 'member', act: (element) => press(element, '#rewards .segment:nth-child(2)') },
  { id: 'history-failed', title: 'The activity cannot be had', expects: 'member', give: (element, fixture) => (element.client = fixture.client({ transactions: unreachable })) },
  {
    id: 'section-failed',
    title: 'One section cannot be drawn',
    expects: 'member',
    give: (element, fixture) => (element.client = fixture.client({}, fixture.changed({ coupons: null as never }))),
  },
  { id: 'no-matches', title: 'Nothing matches the filter', expects: 'member', give: (element, fixture) => (element.client = fixture.client({ transactions: async () => ({ transactions: [], total: 0 }) })), attributes: { 'history-range': '30d' } },
  {
    id: 'from-properties',
    title: 'Without a store',
    expects: 'member',
    give: (element, fixture) => {
      element.program = fixture.program();
      element.member = { id: 'm-1', available: 1240, pending: 40, tierId: 'silver', tierPoints: 1700, coupons: [{ id: 'k', code: 'THANKS3ADA', status: 'ACTIVE', name: 'Thank you: $3 off', effects: [] }] };
      element.transactions = fixture.year.transactions;
    },
  },
  { id: 'some-sections', title: 'Two sections, in another order', expects: 'member', attributes: { sections: 'history balance', export: 'none', 'page-size': '5' } },
  { id: 'plain-codes', title: 'Codes uncovered, no pictures', expects: 'member', attributes: { sections: 'coupons', 'code-display': 'plain', qr: 'off' } },
];
