import { expect, it } from 'vitest';
import { loadCore } from '../../src/core/index.js';
import type { Quote } from '../../src/core/index.js';
import { NOW, cart, catalog, member, summer } from './checkout/shop.js';

const chosen = [{ code: { text: 'SUMMER' } }, { reward: { id: 'big' } }, { coupon: { id: 'c2' } }, { code: { text: 'NOPE' } }];

async function quoteOf(start: 'preview' | 'complete'): Promise<Quote> {
  const opened = (await loadCore({ start })).open(catalog);
  const prepared = opened.ok ? opened.value.prepare({ account: member, cart, now: NOW, resolved: [summer], intent: { chosen } }) : opened;
  if (!prepared.ok) {
    throw new Error(prepared.error.message);
  }
  return prepared.value.quote({ offers: true });
}

it('the preview build gives the same quote and offers, and of what was rejected the codes alone', async () => {
  const [preview, complete] = [await quoteOf('preview'), await quoteOf('complete')];
  expect(complete.rejected[0]).toMatchObject({ code: 'MINIMUM_SUBTOTAL_NOT_MET', required: 6000, actual: 4495, missing: 1505 });
  const rejected = complete.rejected.map(({ id, source, code }) => ({ id, source, code }));
  expect(rejected.length).toBe(4);
  expect(preview).toEqual({ ...complete, rejected });
});
