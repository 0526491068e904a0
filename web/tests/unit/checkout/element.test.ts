import { expect, it } from 'vitest';

it('is importable where there is no page, and registers nothing', async () => {
  expect(typeof document).toBe('undefined');
  const { LoyaltyCheckout } = await import('../../../src/checkout/index.js');
  expect(LoyaltyCheckout.formAssociated).toBe(true);
  expect(customElements.get('loyalty-checkout')).toBeUndefined();
});

it('hears of documents written as attributes', async () => {
  const { LoyaltyCheckout } = await import('../../../src/checkout/index.js');
  expect(LoyaltyCheckout.observedAttributes).toEqual(expect.arrayContaining(['cart', 'member', 'program', 'apply', 'coupon-entry', 'heading-level']));
});
