// The header and the stream as the quote that they say, to compare with the canonical answer.

const sources = ['promotion', 'code', 'coupon', 'reward', 'referral'];
export const rejectionCodes = [
  'PROGRAM_NOT_ACTIVE', 'SIGN_IN_REQUIRED', 'REWARD_NOT_FOUND', 'COUPON_NOT_FOUND', 'CODE_NOT_FOUND', 'REWARD_NOT_ACTIVE',
  'COUPON_NOT_ACTIVE', 'COUPON_USED', 'REWARD_NOT_AVAILABLE_FOR_TIER', 'TIER_REQUIRED', 'NOT_STARTED', 'EXPIRED',
  'MINIMUM_SUBTOTAL_NOT_MET', 'MINIMUM_QUANTITY_NOT_MET', 'SCOPE_NOT_IN_CART', 'CUSTOMER_NOT_ELIGIBLE', 'ORDER_NUMBER_MISMATCH',
  'SHIPPING_METHOD_MISMATCH', 'USAGE_LIMIT_REACHED', 'CUSTOMER_LIMIT_REACHED', 'BUDGET_EXHAUSTED', 'INSUFFICIENT_POINTS',
  'POINTS_BELOW_MINIMUM', 'POINTS_OFF_STEP', 'NOT_COMBINABLE', 'NOTHING_TO_DISCOUNT',
];
const fixKinds = ['none', 'addAmount', 'addQuantity', 'earnPoints', 'reachTier', 'signIn', 'wait', 'choose'];
const sums = ['subtotal', 'itemsDiscount', 'itemsNet', 'shipping', 'shippingDiscount', 'tax', 'fees', 'total', 'walletPaid', 'payable'];

const instant = (ms) => new Date(ms).toISOString().replace('.000Z', 'Z');

/** What `run` and `detail` of a core say about a request. */
export function quoteOf(core, request, header, stream) {
  let at = 0;
  const number = () => stream[at++];
  const text = () => core.text(number());
  const texts = (count) => Array.from({ length: count }, text);
  const times = (count, row) => Array.from({ length: count }, row);
  const put = (to, name, value, isThere) => {
    if (isThere) {
      to[name] = value;
    }
  };

  const scope = () => {
    const to = {};
    const include = number();
    put(to, 'include', texts(Math.max(include, 0)), include >= 0);
    const exclude = number();
    put(to, 'exclude', texts(exclude), exclude > 0);
    const [min, max] = [number(), number()];
    put(to, 'minUnitPrice', min, min >= 0);
    put(to, 'maxUnitPrice', max, max >= 0);
    return to;
  };
  const fact = () => {
    switch (number()) {
      case 0:
        return undefined;
      case 1:
      case 2:
      case 3:
        return number();
      case 4:
        return instant(number());
      case 5:
        return text();
      case 6:
      case 7:
        return texts(number());
      default:
        return scope();
    }
  };
  const fix = () => {
    const kind = fixKinds[number()];
    const [amount, quantity, points, tier, time, hasScope] = [number(), number(), number(), text(), number(), number()];
    const of = hasScope ? scope() : undefined;
    if (kind === 'none') {
      return undefined;
    }
    const to = { kind };
    put(to, 'amount', amount, kind === 'addAmount');
    put(to, 'quantity', quantity, kind === 'addQuantity');
    put(to, 'points', points, points >= 0);
    put(to, 'tierId', tier, kind === 'reachTier');
    put(to, 'at', instant(time), kind === 'wait');
    put(to, 'scope', of, of !== undefined);
    return to;
  };
  const facts = (to, name, value) => put(to, name, value, value !== undefined);

  const shares = [];
  const line = (id) => {
    const to = { id, subtotal: number(), discount: number(), net: number(), tax: number(), shares: [] };
    to.shares = times(number(), () => ({ index: number(), amount: number() }));
    shares.push(...to.shares);
    return to;
  };

  const quote = Object.fromEntries(sums.map((name, i) => [name, header[i]]));
  quote.points = { spent: header[10], earned: header[11], availableAfter: header[12] };
  put(quote, 'accountRevision', header[22], header[22] >= 0);
  quote.lines = times(header[13], (_, i) => line(request.cart.lines[i].id));
  quote.shippingLines = times(header[14], (_, i) => line(request.cart.shipping[i].id));
  quote.addedLines = times(header[17], () => {
    const row = { index: number(), productId: text(), quantity: number(), unitPrice: number(), discount: number() };
    shares.push(row);
    return row;
  });
  quote.discounts = times(header[15], () => {
    const to = { id: text(), source: sources[number()], amount: number() };
    const points = number();
    put(to, 'points', points, points >= 0);
    return to;
  });
  for (const share of shares) {
    share.discountId = quote.discounts[share.index].id;
    share.source = quote.discounts[share.index].source;
    delete share.index;
  }
  quote.points.earnedByRule = times(header[18], () => ({ ruleId: text(), base: number(), points: number() }));
  quote.rejected = times(header[16], () => {
    const to = { id: text(), source: sources[number()], code: rejectionCodes[number()] };
    for (const name of ['required', 'actual', 'missing']) {
      facts(to, name, fact());
    }
    facts(to, 'fix', fix());
    return to;
  });
  if (header[19] >= 0) {
    quote.offers = times(header[19], () => {
      const to = { id: text(), source: sources[number()], usable: number() === 1 };
      const code = number();
      put(to, 'code', rejectionCodes[code], code >= 0);
      to.saves = number();
      const points = number();
      put(to, 'points', points, points >= 0);
      to.best = number() === 1;
      if (number() === 1) {
        to.steps = { min: number(), step: number(), max: number(), best: number(), bestAmount: number() };
      }
      return to;
    });
  }
  if (header[20] >= 0) {
    quote.nearMisses = times(header[20], () => {
      const to = { id: text(), source: sources[number()], code: rejectionCodes[number()] };
      facts(to, 'missing', fact());
      facts(to, 'fix', fix());
      to.saves = number();
      return to;
    });
  }
  return { quote, read: at };
}
