import type { EarningRule } from '../../rules/model.js';

/** The apps that manage rules. */
export const LOYALTY_APP = '553c79f3-5625-4f38-b14b-ef7c0d1e87df';
export const AUTOMATIONS_APP = '139ef4fa-c108-8f9a-c7be-d5f492a2c939';

const STORES_APP = '1380b703-ce81-ff05-f115-39571d94dfcd';
const BOOKINGS_APP = '13d21c63-b5ec-5912-8397-c3a5ddb27a97';
const EVENTS_APP = '140603ad-af8d-84a5-2c80-a0f60cb47351';
const PRICING_PLANS_APP = '1522827f-c56c-a5c9-2ac9-00f9e6ae12d3';
const RESTAURANTS_APP = '9a5d83fd-8570-482e-81ab-cfa88942ee60';
const OLD_RESTAURANTS_APP = '13e8d036-5516-6104-b456-c8466db39542';

export type Way = 'fixed' | 'rate';

/** Something that members do, and how it can be rewarded. */
export interface Activity {
  readonly key: string;
  readonly appId: string;
  readonly type: string;
  readonly app: string;
  readonly label: string;
  /** A name that a new rule may start with. */
  readonly title: string;
  readonly ways: readonly Way[];
  /** The tag of order lines that belong to it; absent: it is no order. */
  readonly lines?: string;
  /** Why there is no new rule for it. */
  readonly whyNot?: string;
  /** Why not all ways can be chosen. */
  readonly whyWays?: string;
  /** Made by a route of its own, active from the start. */
  readonly custom?: 'BIRTHDAY' | 'SOCIAL_MEDIA';
}

const PREINSTALLED = 'has a rule that came with its app: change that one in the list. It can be paused, not deleted.';
const NO_AMOUNT = 'It has no order amount, so it is rewarded with a fixed number of points.';

export const ACTIVITIES: readonly Activity[] = [
  { key: 'order', appId: STORES_APP, type: 'stores/OrderPaid', app: 'Online store', label: 'Pay for an order', title: 'Shop with us', ways: ['rate', 'fixed'], lines: 'stores' },
  { key: 'booking', appId: BOOKINGS_APP, type: 'bookings/BookingConfirmed', app: 'Bookings', label: 'Book a session', title: 'Book a session', ways: ['fixed'], lines: 'bookings',
    whyWays: 'A booking is rewarded when it is confirmed, whatever it costs, so with a fixed number of points.' },
  { key: 'ticket', appId: EVENTS_APP, type: 'events/OrderConfirmed', app: 'Events', label: 'Buy tickets', title: 'Buy a ticket', ways: ['rate', 'fixed'], lines: 'events' },
  { key: 'rsvp', appId: EVENTS_APP, type: 'events/Rsvp', app: 'Events', label: 'Reply to an invitation', title: 'Come to an event', ways: ['fixed'], whyWays: NO_AMOUNT },
  { key: 'birthday', appId: LOYALTY_APP, type: 'birthday', app: 'Loyalty', label: 'Have a birthday', title: 'Happy birthday', ways: ['fixed'], custom: 'BIRTHDAY', whyWays: NO_AMOUNT },
  { key: 'social', appId: LOYALTY_APP, type: 'wix_loyalty-social_media_channel_followed', app: 'Loyalty', label: 'Follow a social media channel', title: 'Follow us', ways: ['fixed'],
    custom: 'SOCIAL_MEDIA', whyWays: NO_AMOUNT },
  { key: 'plan', appId: PRICING_PLANS_APP, type: 'wix_pricing_plans-plan_purchased', app: 'Pricing plans', label: 'Order a plan', title: 'Order a plan', ways: ['rate', 'fixed'], lines: 'pricingPlans',
    whyNot: PREINSTALLED },
  { key: 'restaurant', appId: RESTAURANTS_APP, type: 'restaurants-order-is-pending', app: 'Restaurants', label: 'Order from the restaurant', title: 'Order from the restaurant', ways: ['rate'],
    lines: 'restaurants', whyNot: PREINSTALLED, whyWays: 'A restaurant order is rewarded per money spent.' },
  { key: 'oldRestaurant', appId: OLD_RESTAURANTS_APP, type: 'wix_restaurants_orders-order_submitted', app: 'Restaurants (earlier app)', label: 'Order from the restaurant',
    title: 'Order from the restaurant', ways: ['rate'], lines: 'restaurants', whyNot: PREINSTALLED, whyWays: 'A restaurant order is rewarded per money spent.' },
];

/** Any other activity, as an automation or an app of the shop's own reports it. */
export const AUTOMATION: Activity = { key: 'automation', appId: '', type: '', app: 'Automation', label: 'Something else that an automation reports', title: 'Automation', ways: ['fixed', 'rate'] };

export const OFFERED: readonly Activity[] = [...ACTIVITIES.filter(({ whyNot }) => !whyNot), AUTOMATION];

export const activityOf = ({ triggerActivityType }: Pick<EarningRule, 'triggerActivityType'>): Activity =>
  ACTIVITIES.find(({ type }) => type === triggerActivityType) ?? { ...AUTOMATION, type: triggerActivityType, label: triggerActivityType };

/** Automated rules are removed by a route of their own; those that came with an app not at all. */
export const isAutomated = ({ sourceAppId }: Pick<EarningRule, 'sourceAppId'>): boolean => sourceAppId === AUTOMATIONS_APP;
export const canBeDeleted = ({ metadata }: EarningRule): boolean => metadata?.canBeDeleted !== false;
