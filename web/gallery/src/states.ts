import type { LoyaltyCheckout, Standing, StateName } from '../../src/checkout/index.js';
import { type Fixture, never } from './fixture.js';

/** One state of the element, and how to bring it about through its public side. */
export interface Specimen {
  readonly id: string;
  readonly title: string;
  readonly group: 'Before anything can be chosen' | 'Choosing' | 'Applying' | 'When the answer is no' | 'Afterwards' | 'Shown differently';
  /** What `data-state` says once it is there. */
  readonly expects: StateName;
  /** The letter of the wireframe that it draws. */
  readonly drawing?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Gives the element its documents; default: a program, a member, a cart and a willing store. */
  readonly give?: (element: LoyaltyCheckout, fixture: Fixture) => void | Promise<void>;
  /** What a shopper or a store then does. */
  readonly act?: (element: LoyaltyCheckout, fixture: Fixture) => Promise<unknown> | void;
  /** Text in one of the slots. */
  readonly slots?: Readonly<Record<string, string>>;
  /** Whether the browser has no connection. */
  readonly offline?: boolean;
  /** Waits this long after the state is reached: for what shows only then. */
  readonly settlesAfterMs?: number;
}

function giveMember(element: LoyaltyCheckout, fixture: Fixture): void {
  element.program = fixture.program();
  element.member = fixture.member;
  element.cart = fixture.cart();
  element.client = fixture.client();
}

function giveScript(script: (fixture: Fixture) => Parameters<Fixture['client']>[0]): NonNullable<Specimen['give']> {
  return (element, fixture) => {
    giveMember(element, fixture);
    element.client = fixture.client(script(fixture));
  };
}

/** A store that says what is applied, and tells when that changes. */
function giveStanding(first: (fixture: Fixture) => Promise<Standing>): NonNullable<Specimen['give']> {
  return async (element, fixture) => {
    fixture.stands = await first(fixture);
    element.program = fixture.program();
    element.cart = fixture.cart({ id: 'checkout-1' });
    element.client = fixture.client({
      standing: () => Promise.resolve(fixture.stands),
      member: () => Promise.resolve(fixture.member),
      subscribe: (listener) => {
        fixture.happened = (change) => listener('checkout', { checkoutId: 'checkout-1', change });
        return () => undefined;
      },
    });
  };
}

/** Points on the slider, as a shopper would set them. */
async function slide(element: LoyaltyCheckout, { cast }: Fixture): Promise<void> {
  await element.ready();
  await element.setPoints(cast.slider.points);
}

async function slideAndApply(element: LoyaltyCheckout, fixture: Fixture): Promise<void> {
  await slide(element, fixture);
  await element.apply();
}

/** Presses the control that an outsider can find by its part or place. */
function press(element: LoyaltyCheckout, selector: string): void {
  element.shadowRoot?.querySelector<HTMLElement>(selector)?.click();
}

export const SPECIMENS: readonly Specimen[] = [
  { id: 'unset', title: 'Only the tag: nothing is drawn', group: 'Before anything can be chosen', expects: 'unset', give: () => undefined },
  {
    id: 'loading',
    title: 'Loading',
    drawing: 'A',
    group: 'Before anything can be chosen',
    expects: 'loading',
    give: (element, fixture) => {
      element.cart = fixture.cart();
      element.client = fixture.client({ bootstrap: never, member: never });
    },
  },
  {
    id: 'loading-long',
    title: 'Still loading after four seconds',
    group: 'Before anything can be chosen',
    expects: 'loading',
    settlesAfterMs: 4300,
    give: (element, fixture) => {
      element.cart = fixture.cart();
      element.client = fixture.client({ bootstrap: never, member: never });
    },
  },
  {
    id: 'unavailable',
    title: 'The store cannot be reached',
    group: 'Before anything can be chosen',
    expects: 'unavailable',
    give: (element, fixture) => {
      element.cart = fixture.cart();
      element.client = fixture.client({ bootstrap: () => Promise.reject(new TypeError('The store could not be reached.')) });
    },
  },
  {
    id: 'inactive-paused',
    title: 'The program is paused',
    drawing: 'K',
    group: 'Before anything can be chosen',
    expects: 'inactive-paused',
    give: (element, fixture) => {
      giveMember(element, fixture);
      element.program = fixture.program(fixture.withStatus('PAUSED'));
    },
  },
  {
    id: 'inactive-draft',
    title: 'The program is a draft: shoppers see nothing',
    group: 'Before anything can be chosen',
    expects: 'inactive-draft',
    give: (element, fixture) => {
      giveMember(element, fixture);
      element.program = fixture.program(fixture.withStatus('DRAFT'));
    },
  },
  {
    id: 'guest',
    title: 'Guest',
    drawing: 'B',
    group: 'Before anything can be chosen',
    expects: 'guest',
    attributes: { 'rewards-url': '#join' },
    give: (element, fixture) => {
      giveMember(element, fixture);
      element.member = null;
    },
  },
  {
    id: 'member-empty',
    title: 'Member without points',
    drawing: 'C',
    group: 'Before anything can be chosen',
    expects: 'member-empty',
    attributes: { 'rewards-url': '#ways-to-earn' },
    give: (element, fixture) => {
      const { cast, catalog } = fixture;
      giveMember(element, fixture);
      element.program = fixture.program({ ...catalog, rewards: (catalog.rewards ?? []).filter(({ id }) => id === cast.slider.id || id === cast.delivery) });
      element.member = fixture.newMember;
    },
  },
  { id: 'member', title: 'Member with rewards', drawing: 'D', group: 'Choosing', expects: 'member' },
  {
    id: 'locked',
    title: 'The way of paying allows no discounts',
    group: 'Choosing',
    expects: 'locked',
    give: (element, fixture) => {
      giveMember(element, fixture);
      element.cart = fixture.cart({ capabilities: { canDiscount: false } });
    },
  },
  { id: 'previewing', title: 'Points on the slider', drawing: 'E', group: 'Choosing', expects: 'previewing', act: slide },
  {
    id: 'previewing-reward',
    title: 'A fixed reward',
    group: 'Choosing',
    expects: 'previewing',
    act: async (element, { cast }) => {
      await element.ready();
      await element.selectReward(cast.fixed);
    },
  },
  {
    id: 'previewing-both',
    title: 'Points on top of a coupon',
    group: 'Choosing',
    expects: 'previewing',
    act: async (element, { cast }) => {
      await element.ready();
      element.intent = { chosen: [{ coupon: { id: cast.coupon } }, { reward: { id: cast.slider.id, points: cast.slider.fewer } }] };
    },
  },
  { id: 'coupon-open', title: 'Entering a code', drawing: 'O', group: 'Choosing', expects: 'member', attributes: { 'coupon-entry': 'open' } },
  {
    id: 'explain',
    title: 'How it was computed',
    drawing: 'N',
    group: 'Choosing',
    expects: 'previewing',
    act: async (element, fixture) => {
      await slide(element, fixture);
      await element.explain();
      await element.updateComplete;
      press(element, '[aria-controls="explain"]');
    },
    settlesAfterMs: 400,
  },
  {
    id: 'offline',
    title: 'No connection',
    drawing: 'M',
    group: 'Choosing',
    expects: 'offline',
    offline: true,
    act: slide,
  },
  {
    id: 'applying',
    title: 'Applying',
    drawing: 'F',
    group: 'Applying',
    expects: 'applying',
    give: giveScript(() => ({ apply: never })),
    act: async (element, fixture) => {
      await slide(element, fixture);
      void element.apply();
    },
  },
  {
    id: 'slow',
    title: 'The store takes its time',
    group: 'Applying',
    expects: 'slow',
    give: giveScript(() => ({ apply: never })),
    act: async (element, fixture) => {
      await slide(element, fixture);
      void element.apply();
    },
  },
  { id: 'applied', title: 'Applied', drawing: 'G', group: 'Applying', expects: 'applied', act: slideAndApply },
  {
    id: 'removing',
    title: 'Being removed',
    group: 'Applying',
    expects: 'removing',
    give: giveScript(() => ({ remove: never })),
    act: async (element, fixture) => {
      await slideAndApply(element, fixture);
      void element.remove(fixture.cast.slider.id);
    },
  },
  {
    id: 'replaced',
    title: 'One choice pushed another aside',
    drawing: 'H',
    group: 'When the answer is no',
    expects: 'replaced',
    give: (element, fixture) => {
      giveMember(element, fixture);
      element.program = fixture.program({ ...fixture.catalog, policy: { ...fixture.catalog.policy, maxCoupons: 1 } });
    },
    act: async (element, { cast }) => {
      await element.ready();
      element.intent = { chosen: [{ coupon: { id: cast.coupon } }] };
      await element.updateComplete;
      await element.selectReward(cast.delivery);
    },
  },
  {
    id: 'rejected',
    title: 'A code that asks for more goods',
    drawing: 'I',
    group: 'When the answer is no',
    expects: 'rejected',
    attributes: { 'coupon-entry': 'open' },
    act: async (element) => {
      await element.ready();
      await element.applyCoupon('SUMMER');
    },
  },
  {
    id: 'rejected-unknown',
    title: 'A code that nobody knows',
    group: 'When the answer is no',
    expects: 'rejected',
    attributes: { 'coupon-entry': 'open' },
    act: async (element) => {
      await element.ready();
      await element.applyCoupon('XMAS1999');
    },
  },
  {
    id: 'rejected-expired',
    title: 'An expired coupon',
    drawing: 'J',
    group: 'When the answer is no',
    expects: 'rejected',
    attributes: { 'coupon-entry': 'open' },
    act: async (element, { cast }) => {
      await element.ready();
      await element.applyCoupon(cast.expiredCode);
    },
  },
  {
    id: 'rejected-guest',
    title: 'A guest enters a code: it is kept',
    group: 'When the answer is no',
    expects: 'rejected',
    attributes: { 'coupon-entry': 'open' },
    give: (element, fixture) => {
      giveMember(element, fixture);
      element.member = null;
    },
    act: async (element) => {
      await element.ready();
      await element.applyCoupon('SUMMER');
    },
  },
  {
    id: 'rejected-by-store',
    title: 'The store refuses',
    group: 'When the answer is no',
    expects: 'rejected',
    give: giveScript(() => ({ apply: async () => ({ ok: false, reason: 'RATE_LIMITED', params: { code: 'RATE_LIMITED' }, retryable: true }) })),
    act: slideAndApply,
  },
  {
    id: 'no-confirmer',
    title: 'Nobody is there to confirm',
    group: 'When the answer is no',
    expects: 'rejected',
    attributes: { mode: 'preview' },
    give: (element, fixture) => {
      element.program = fixture.program();
      element.member = fixture.member;
      element.cart = fixture.cart();
    },
    act: slideAndApply,
  },
  {
    id: 'reconciled',
    title: 'The store knows better',
    drawing: 'L',
    group: 'Afterwards',
    expects: 'reconciled',
    give: giveScript((fixture) => ({
      apply: async () => {
        const { slider } = fixture.cast;
        const present = { ...fixture.member, available: slider.fewer };
        const quote = await fixture.quote(present, [{ reward: { id: slider.id, points: slider.fewer } }]);
        const [cause] = (await fixture.quote(present, [{ reward: { id: slider.id, points: slider.points } }])).rejected.filter(({ id }) => id === slider.id);
        return { ok: true, value: fixture.confirmation({ quote, ...(cause && { cause }) }) };
      },
    })),
    act: slideAndApply,
  },
  {
    id: 'hold-expired',
    title: 'The held points went back',
    group: 'Afterwards',
    expects: 'hold-expired',
    act: async (element, fixture) => {
      await slideAndApply(element, fixture);
      // The store's clock goes on by 31 minutes, and the page wakes up.
      element.program = fixture.program(fixture.catalog, 31);
      dispatchEvent(new Event('pageshow'));
    },
  },
  {
    id: 'stale-cart',
    title: 'The cart changed after applying',
    group: 'Afterwards',
    expects: 'stale-cart',
    act: async (element, fixture) => {
      await slideAndApply(element, fixture);
      element.cart = fixture.cart({ version: 2 }, fixture.cast.cart.map(([id, quantity]) => [id, quantity + 1]));
    },
  },
  {
    id: 'removed-elsewhere',
    title: 'Another page took it off',
    group: 'Afterwards',
    expects: 'elsewhere',
    give: giveStanding(async (fixture) => fixture.standing(fixture.cast.slider.points)),
    act: async (element, fixture) => {
      await element.ready();
      fixture.stands = await fixture.standing(null);
      fixture.happened('removed');
    },
  },
  {
    id: 'completed',
    title: 'The order is placed',
    group: 'Afterwards',
    expects: 'completed',
    give: giveStanding(async (fixture) => ({ ...(await fixture.standing(fixture.cast.slider.points)), status: 'COMPLETED' })),
  },
  {
    id: 'recalculated',
    title: 'The store computed the changed cart anew',
    group: 'Afterwards',
    expects: 'stale-cart',
    give: giveStanding(async (fixture) => fixture.standing(fixture.cast.slider.points)),
    act: async (element, fixture) => {
      await element.ready();
      fixture.stands = await fixture.standing(fixture.cast.slider.fewer);
      fixture.happened('recalculated');
    },
  },
  {
    id: 'changing',
    title: 'Another choice, while the first one counts',
    group: 'Afterwards',
    expects: 'previewing',
    give: giveStanding(async (fixture) => fixture.standing(fixture.cast.slider.points)),
    act: async (element, { cast }) => {
      await element.ready();
      await element.selectReward(cast.fixed);
    },
  },
  {
    id: 'countered',
    title: 'The store would charge another total',
    drawing: 'L',
    group: 'When the answer is no',
    expects: 'reconciled',
    give: giveScript((fixture) => ({
      apply: async () => {
        const { slider } = fixture.cast;
        const quote = await fixture.quote(fixture.member, [{ reward: { id: slider.id, points: slider.fewer } }]);
        return { ok: false, reason: 'QUOTE_CHANGED', params: { code: 'QUOTE_CHANGED' }, retryable: false, quote };
      },
    })),
    act: slideAndApply,
  },
  {
    id: 'no-answer',
    title: 'The answer of the store got lost',
    group: 'When the answer is no',
    expects: 'rejected',
    give: giveScript(() => ({ apply: () => Promise.reject(new TypeError('The connection broke.')) })),
    act: slideAndApply,
  },
  {
    id: 'too-many-codes',
    title: 'Too many codes were tried',
    group: 'When the answer is no',
    expects: 'rejected',
    attributes: { 'coupon-entry': 'open' },
    give: giveScript(() => ({
      resolveCode: () => Promise.reject(Object.assign(new Error('too many'), { code: 'RATE_LIMITED', params: { code: 'RATE_LIMITED', required: 42 }, retryable: true })),
    })),
    act: async (element) => {
      await element.ready();
      await element.applyCoupon('GUESS');
    },
  },
  {
    id: 'server',
    title: 'The server computes',
    group: 'Choosing',
    expects: 'previewing',
    attributes: { mode: 'server' },
    give: giveScript((fixture) => ({ quote: (request, options) => fixture.answer(request, options) })),
    act: async (element, { cast }) => {
      await element.ready();
      await element.selectReward(cast.slider.id);
    },
  },
  {
    id: 'server-updating',
    title: 'The server computes, and has not answered yet',
    group: 'Choosing',
    expects: 'previewing',
    attributes: { mode: 'server' },
    give: giveScript((fixture) => ({
      quote: (request, options) => ((request.intent.chosen?.[0]?.reward?.points ?? 0) === fixture.cast.slider.fewer ? never() : fixture.answer(request, options)),
    })),
    act: async (element, { cast }) => {
      await element.ready();
      await element.selectReward(cast.slider.id);
      await element.updateComplete;
      element.intent = { chosen: [{ reward: { id: cast.slider.id, points: cast.slider.fewer } }] };
    },
  },
  { id: 'compact', title: 'Compact', group: 'Shown differently', expects: 'previewing', attributes: { layout: 'compact' }, act: slide },
  { id: 'inline', title: 'Inline', group: 'Shown differently', expects: 'previewing', attributes: { layout: 'inline' }, act: slide },
  { id: 'compact-applied', title: 'Compact, applied', group: 'Shown differently', expects: 'applied', attributes: { layout: 'compact' }, act: slideAndApply },
  { id: 'inline-guest', title: 'Inline, guest', group: 'Shown differently', expects: 'guest', attributes: { layout: 'inline' }, give: (element, fixture) => {
    giveMember(element, fixture);
    element.member = null;
  } },
  { id: 'light', title: 'By day', group: 'Shown differently', expects: 'previewing', attributes: { theme: 'light' }, act: slide },
  { id: 'dark', title: 'By night', group: 'Shown differently', expects: 'previewing', attributes: { theme: 'dark' }, act: slide },
  { id: 'theme-none', title: 'With the page’s own colours', group: 'Shown differently', expects: 'previewing', attributes: { theme: 'none' }, act: slide },
  { id: 'disabled', title: 'Disabled', group: 'Shown differently', expects: 'member', attributes: { disabled: '' } },
  { id: 'readonly', title: 'Read-only', group: 'Shown differently', expects: 'previewing', attributes: { readonly: '' }, act: slide },
  { id: 'hidden-parts', title: 'Most parts hidden', group: 'Shown differently', expects: 'previewing', attributes: { hide: 'earn tiers explain unlock coupon totals' }, act: slide },
  {
    id: 'plain-points',
    title: 'Points with one name for all numbers',
    group: 'Shown differently',
    expects: 'previewing',
    give: (element, fixture) => {
      giveMember(element, fixture);
      element.program = fixture.program({ ...fixture.catalog, program: { ...fixture.catalog.program, pointName: { en: 'Miles' } } });
    },
    act: slide,
  },
  {
    id: 'slots',
    title: 'With the page’s own words',
    group: 'Shown differently',
    expects: 'member',
    slots: { heading: 'Member desk', intro: 'Double points on knitwear until Sunday.', footer: 'Questions? Ask at the till.' },
  },
];
