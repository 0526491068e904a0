/** A screen, and how it gets here when it is first asked for. */
export interface ScreenEntry {
  /** The first part of its address. */
  readonly name: string;
  readonly title: string;
  /** The element that the module registers. */
  readonly tag: string;
  readonly load: () => Promise<unknown>;
}

/** In the order of the navigation. */
export const screens: readonly ScreenEntry[] = [
  { name: 'overview', title: 'Overview', tag: 'console-overview', load: () => import('./overview/screen.js') },
  { name: 'program', title: 'Program', tag: 'console-program', load: () => import('./program/screen.js') },
  { name: 'earning', title: 'Ways to earn', tag: 'console-earning', load: () => import('./earning/screen.js') },
  { name: 'rewards', title: 'Rewards', tag: 'console-rewards', load: () => import('./rewards/screen.js') },
  { name: 'promotions', title: 'Promotions', tag: 'console-promotions', load: () => import('./promotions/screen.js') },
  { name: 'tiers', title: 'Tiers', tag: 'console-tiers', load: () => import('./tiers/screen.js') },
  { name: 'members', title: 'Members', tag: 'console-members', load: () => import('./members/screen.js') },
  { name: 'orders', title: 'Orders', tag: 'console-orders', load: () => import('./orders/screen.js') },
  { name: 'simulator', title: 'Simulator', tag: 'console-simulator', load: () => import('./simulator/screen.js') },
  { name: 'developers', title: 'Developers', tag: 'console-developers', load: () => import('./developers/screen.js') },
];
