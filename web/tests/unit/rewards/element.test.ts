import { expect, it } from 'vitest';

it('is importable where there is no page, registers nothing, and knows its attributes', async () => {
  expect(typeof document).toBe('undefined');
  const { LoyaltyRewards } = await import('../../../src/rewards/index.js');
  expect(customElements.get('loyalty-rewards')).toBeUndefined();
  expect(LoyaltyRewards.observedAttributes.sort()).toEqual(
    ['endpoint', 'site', 'locale', 'theme', 'sections', 'page-size', 'history-range', 'export', 'code-display', 'qr', 'sign-in-url', 'checkout-url', 'heading-level'].sort(),
  );
});
