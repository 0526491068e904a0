import type { LoyaltyRewardsEventMap } from './types.js';

/** Tells of something, up the page and out of shadow trees; false: somebody prevented what would follow. */
export function emit<Type extends keyof LoyaltyRewardsEventMap>(
  element: HTMLElement,
  type: Type,
  detail: LoyaltyRewardsEventMap[Type]['detail'],
  cancelable = false,
): boolean {
  return element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
}
