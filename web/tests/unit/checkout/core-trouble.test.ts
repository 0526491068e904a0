import { describe, expect, it, vi } from 'vitest';
import { CoreError } from '../../../src/core/api.js';
import { cart, catalog, controller, member, NOW, theCore } from './shop.js';

function given(made: ReturnType<typeof controller>): void {
  made.checkout.setProgram({ catalog, serverTime: NOW });
  made.checkout.setMember(member);
  made.checkout.setCart(cart);
  made.checkout.settle();
}

describe('a core that cannot be had', () => {
  it('is asked for once, however often things are drawn, and again when the connection is back', async () => {
    const core = vi.fn(() => Promise.reject(new CoreError('LOAD_FAILED', 'no')));
    const made = controller({ core });
    given(made);
    await vi.waitFor(() => expect(made.checkout.name).toBe('unavailable'));
    for (let i = 0; i < 10; i += 1) {
      made.checkout.settle();
    }
    expect(core).toHaveBeenCalledTimes(1);
    made.checkout.setOnline(false);
    made.checkout.setOnline(true);
    made.checkout.settle();
    expect(core).toHaveBeenCalledTimes(2);
  });
});

describe('a core that breaks while it computes', () => {
  it('is told of once, shows no amount, and throws at nobody', async () => {
    const real = await theCore();
    const broken = {
      ...real,
      coreVersion: real.coreVersion,
      isComplete: true,
      completed: () => Promise.resolve(),
      open: (...given: Parameters<typeof real.open>) => {
        const opened = real.open(...given);
        if (!opened.ok) return opened;
        const breaks = () => {
          throw new CoreError('TRAP', 'broken');
        };
        return {
          ok: true as const,
          value: {
            version: '',
            currency: 'USD',
            close: () => opened.value.close(),
            prepare: () => ({ ok: true as const, value: { choose: breaks, quote: breaks, offers: breaks, close: () => undefined } }),
          },
        };
      },
    };
    const made = controller({ core: () => Promise.resolve(broken as never) });
    given(made);
    await vi.waitFor(() => {
      expect(() => made.checkout.settle()).not.toThrow();
      expect(made.checkout.name).toBe('unavailable');
    });
    made.checkout.settle();
    expect(made.checkout.quote).toBeNull();
    expect(made.of('loyalty-error')).toMatchObject([{ code: 'TRAP' }]);
  });
});
