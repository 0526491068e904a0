// The checkout of the benchmarks the way a web developer would write it in plain JavaScript: what the
// compiled core is measured against. It reads the same documents and gives the same amounts, but knows
// only what typical shops use: percentages, amounts off, free shipping above a minimum, points as money,
// earning by conversion. A catalog with anything else is refused rather than computed wrongly.
import { mulDivCeil, mulDivFloor, mulDivHalfUp, Splitter } from './integers.mjs';

const MILLION = 1_000_000;
const POINTS_PER_GRANT_MAX = 9_999_999;
const EVERYTHING_TRIGGER = 'order';

/** Reads a catalog once; the checkouts prepared from it share what was read. */
export function openCatalog(catalog) {
  return new OpenCatalog(catalog);
}

class OpenCatalog {
  constructor(catalog) {
    refuseUnknown(catalog.policy ?? {}, ['maxCoupons', 'maxPointsRewards', 'minPayable'], 'policy');
    this.version = catalog.version;
    this.isActive = catalog.program.status === 'ACTIVE';
    this.tiersActive = catalog.tiersActive ?? false;
    this.maxCoupons = catalog.policy?.maxCoupons ?? 1;
    this.maxPointsRewards = catalog.policy?.maxPointsRewards ?? 1;
    this.minPayable = catalog.policy?.minPayable ?? 0;
    this.minorPerMajor = 10 ** fractionDigits(catalog.currency);
    this.promotions = (catalog.promotions ?? [])
      .map((promotion) => {
        refuseUnknown(promotion, ['id', 'name', 'trigger', 'priority', 'conditions', 'effects'], 'promotion');
        return {
          id: promotion.id,
          trigger: promotion.trigger,
          priority: promotion.priority ?? 0,
          minSubtotal: readConditions(promotion.conditions),
          effects: promotion.effects.map(readEffect),
        };
      })
      .filter((promotion) => promotion.trigger === 'automatic')
      .sort((a, b) => b.priority - a.priority);
    this.rewards = new Map((catalog.rewards ?? []).map((reward) => [reward.id, readReward(reward)]));
    this.earningRules = (catalog.earningRules ?? []).filter((rule) => rule.status === 'ACTIVE').map(readEarningRule);
  }

  /** One customer's cart with what was chosen, ready to be quoted again and again. */
  prepare({ account, cart, intent }) {
    return new Checkout(this, account, cart, intent?.chosen ?? []);
  }
}

function readConditions(conditions = {}) {
  refuseUnknown(conditions, ['minSubtotal'], 'conditions');
  return conditions.minSubtotal ?? 0;
}

function readEffect(effect) {
  const fields = ['kind', 'target', 'ratePpm', 'amount', 'scope', 'minPoints', 'stepPoints', 'maxPoints', 'costInPoints'];
  refuseUnknown(effect, fields, 'effect');
  refuseUnknown(effect.scope ?? {}, ['include'], 'scope');
  return {
    kind: effect.kind,
    target: effect.target ?? (effect.kind === 'freeShipping' ? 'shipping' : 'order'),
    ratePpm: effect.ratePpm ?? 0,
    amount: effect.amount ?? 0,
    tags: effect.target === 'lines' && effect.scope?.include ? new Set(effect.scope.include) : null,
  };
}

function readReward(reward) {
  refuseUnknown(reward, ['id', 'name', 'type', 'active', 'configs'], 'reward');
  const byTier = new Map();
  for (const config of reward.configs) {
    const [effect] = config.effects;
    if (reward.type !== 'DISCOUNT_AMOUNT' || config.effects.length !== 1 || effect.kind !== 'pointsAsMoney') {
      throw new Error(`Reward ${reward.id} is not points as money`);
    }
    const cost = effect.costInPoints ?? config.costInPoints;
    byTier.set(config.tierId ?? '', {
      cost,
      effect: readEffect(effect),
      minPoints: effect.minPoints ?? cost,
      stepPoints: effect.stepPoints ?? 1,
      maxPoints: effect.maxPoints ?? Infinity,
    });
  }
  return { id: reward.id, active: reward.active ?? true, byTier };
}

function readEarningRule(rule) {
  refuseUnknown(rule, ['id', 'title', 'trigger', 'status', 'configs', 'maxPoints'], 'earning rule');
  return {
    id: rule.id,
    application: rule.trigger === EVERYTHING_TRIGGER ? null : rule.trigger.split('/')[0],
    maxPoints: Math.min(rule.maxPoints ?? Infinity, POINTS_PER_GRANT_MAX),
    byTier: new Map(rule.configs.map((config) => [config.tierId ?? '', config.conversion])),
  };
}

class Checkout {
  #catalog;
  #account;
  #cart;
  #tier;
  #quantities;
  #subtotals;
  #left;
  #taxes;
  #shippingLeft;
  #shippingTaxes;
  #splitter;
  #weights;
  #shares;
  #automatic;
  #coupons;
  #rewards;
  #missing;
  #rules;
  #refusals = [];
  #applied = [];
  #sums = {
    subtotal: 0, itemsDiscount: 0, itemsNet: 0, shipping: 0, shippingDiscount: 0, tax: 0, fees: 0, total: 0,
    walletPaid: 0, payable: 0, pointsSpent: 0, pointsEarned: 0, availableAfter: 0,
  };

  constructor(catalog, account, cart, chosen) {
    const count = cart.lines.length;
    const methods = cart.shipping ?? [];
    this.#catalog = catalog;
    this.#account = account;
    this.#cart = {
      lines: cart.lines,
      unitPrices: Float64Array.from(cart.lines, (line) => line.unitPrice),
      taxRates: Float64Array.from(cart.lines, (line) => line.taxRatePpm ?? 0),
      shipping: methods,
      shippingRates: methods.map((method) => method.taxRatePpm ?? 0),
      includesTax: cart.pricesIncludeTax ?? false,
      fees: cart.fees ?? 0,
    };
    this.#tier = (catalog.tiersActive && account?.tierId) || '';
    this.#quantities = Float64Array.from(cart.lines, (line) => line.quantity);
    this.#subtotals = new Float64Array(count);
    this.#left = new Float64Array(count);
    this.#taxes = new Float64Array(count);
    this.#shippingLeft = new Float64Array(methods.length);
    this.#shippingTaxes = new Float64Array(methods.length);
    this.#splitter = new Splitter(count);
    this.#weights = new Float64Array(count);
    this.#shares = new Float64Array(count);
    const everyLine = cart.lines.map((_, index) => index);
    this.#automatic = catalog.promotions
      .map((promotion) => this.#discount(promotion.id, 'promotion', promotion, everyLine))
      .filter((discount) => discount.isInCart);
    this.#readChosen(chosen, everyLine);
    this.#rules = catalog.isActive ? this.#readRules() : [];
  }

  setQuantity(line, quantity) {
    this.#quantities[line] = quantity;
  }

  /** Points of the chosen entry `entry`; null: as many as pay off. */
  setPoints(entry, points) {
    const reward = this.#rewards.find((candidate) => candidate.entry === entry);
    if (reward) {
      reward.chosenPoints = points;
    }
  }

  /** The sums. One object, written anew by each call. */
  preview() {
    this.#compute();
    return this.#sums;
  }

  /** The whole quote as an object of its own. */
  quote() {
    this.#compute();
    const sums = this.#sums;
    const { lines, shipping } = this.#cart;
    const discounts = this.#applied;
    return {
      subtotal: sums.subtotal,
      itemsDiscount: sums.itemsDiscount,
      itemsNet: sums.itemsNet,
      shipping: sums.shipping,
      shippingDiscount: sums.shippingDiscount,
      tax: sums.tax,
      fees: sums.fees,
      total: sums.total,
      walletPaid: sums.walletPaid,
      payable: sums.payable,
      lines: lines.map((line, index) => ({
        id: line.id,
        subtotal: this.#subtotals[index],
        discount: this.#subtotals[index] - this.#left[index],
        net: this.#left[index],
        tax: this.#taxes[index],
        shares: sharesOf(discounts, 'itemShares', index),
      })),
      shippingLines: shipping.map((method, index) => ({
        id: method.id,
        subtotal: method.price,
        discount: method.price - this.#shippingLeft[index],
        net: this.#shippingLeft[index],
        tax: this.#shippingTaxes[index],
        shares: sharesOf(discounts, 'shippingShares', index),
      })),
      addedLines: [],
      discounts: discounts.map((discount) =>
        discount.source === 'reward'
          ? { id: discount.id, source: discount.source, amount: discount.amount, points: discount.points }
          : { id: discount.id, source: discount.source, amount: discount.amount },
      ),
      points: {
        spent: sums.pointsSpent,
        earned: sums.pointsEarned,
        earnedByRule: this.#rules
          .filter((rule) => rule.points > 0)
          .map((rule) => ({ ruleId: rule.id, base: rule.base, points: rule.points })),
        availableAfter: sums.availableAfter,
      },
      rejected: [...this.#missing, ...this.#refusals].map((candidate) => ({
        id: candidate.id, source: candidate.source, code: candidate.code,
      })),
      catalogVersion: this.#catalog.version,
      accountRevision: this.#account?.revision,
    };
  }

  #discount(id, source, { minSubtotal = 0, effects }, everyLine) {
    const made = effects.map((effect) => {
      const lines = effect.tags
        ? everyLine.filter((index) => this.#cart.lines[index].tags?.some((tag) => effect.tags.has(tag)))
        : everyLine;
      return { ...effect, lines: Uint16Array.from(lines) };
    });
    return {
      id, source, minSubtotal,
      effects: made,
      isInCart: made.some((effect) => !effect.tags || effect.lines.length > 0),
      itemShares: new Float64Array(this.#cart.lines.length),
      shippingShares: new Float64Array(this.#cart.shipping.length),
      entry: -1,
      config: null,
      chosenPoints: null,
      amount: 0,
      points: 0,
      code: '',
    };
  }

  /** Of each sort the policy lets the last so many stand; what is not there is refused. */
  #readChosen(chosen, everyLine) {
    this.#coupons = [];
    this.#rewards = [];
    this.#missing = [];
    const account = this.#account;
    const owned = new Map((account?.coupons ?? []).map((coupon) => [coupon.id, coupon]));
    chosen.forEach((choice, entry) => {
      if (choice.coupon) {
        const { id } = choice.coupon;
        const coupon = owned.get(id);
        const code = !this.#catalog.isActive ? 'PROGRAM_NOT_ACTIVE'
          : !account ? 'SIGN_IN_REQUIRED'
          : !coupon ? 'COUPON_NOT_FOUND'
          : coupon.status === 'APPLIED' ? 'COUPON_USED'
          : coupon.status !== 'ACTIVE' ? 'COUPON_NOT_ACTIVE' : '';
        if (code) {
          this.#missing.push({ id, source: 'coupon', code });
          return;
        }
        refuseUnknown(coupon, ['id', 'code', 'status', 'name', 'revision', 'conditions', 'effects'], 'coupon');
        const discount = this.#discount(id, 'coupon', {
          minSubtotal: readConditions(coupon.conditions),
          effects: coupon.effects.map(readEffect),
        }, everyLine);
        if (discount.isInCart) {
          this.#coupons.push(discount);
        } else {
          this.#missing.push({ id, source: 'coupon', code: 'SCOPE_NOT_IN_CART' });
        }
      } else if (choice.reward) {
        const { id, points = null } = choice.reward;
        const reward = this.#catalog.rewards.get(id);
        const config = reward?.byTier.get(this.#tier);
        const code = !this.#catalog.isActive ? 'PROGRAM_NOT_ACTIVE'
          : !account ? 'SIGN_IN_REQUIRED'
          : !reward ? 'REWARD_NOT_FOUND'
          : !reward.active ? 'REWARD_NOT_ACTIVE'
          : !config ? 'TIER_REQUIRED' : '';
        if (code) {
          this.#missing.push({ id, source: 'reward', code });
          return;
        }
        const discount = this.#discount(id, 'reward', { effects: [config.effect] }, everyLine);
        discount.entry = entry;
        discount.config = config;
        discount.chosenPoints = points;
        this.#rewards.push(discount);
      } else {
        throw new Error('Only coupons and rewards can be chosen');
      }
    });
    this.#coupons = this.#lastOf(this.#coupons, this.#catalog.maxCoupons);
    this.#rewards = this.#lastOf(this.#rewards, this.#catalog.maxPointsRewards);
  }

  #lastOf(candidates, most) {
    const keptFrom = Math.max(candidates.length - most, 0);
    for (const { id, source } of candidates.slice(0, keptFrom)) {
      this.#missing.push({ id, source, code: 'NOT_COMBINABLE' });
    }
    return candidates.slice(keptFrom);
  }

  #readRules() {
    return this.#catalog.earningRules
      .filter((rule) => rule.byTier.has(this.#tier))
      .map((rule) => ({
        id: rule.id,
        conversion: rule.byTier.get(this.#tier),
        maxPoints: rule.maxPoints,
        lines: this.#cart.lines
          .map((line, index) => [applicationOf(line), index])
          .filter(([application]) => !rule.application || !application || application === rule.application)
          .map(([, index]) => index),
        base: 0,
        points: 0,
      }));
  }

  #compute() {
    const { unitPrices, shipping } = this.#cart;
    const sums = this.#sums;
    const quantities = this.#quantities;
    const subtotals = this.#subtotals;
    const left = this.#left;
    const count = left.length;
    let subtotal = 0;
    for (let i = 0; i < count; ++i) {
      const amount = unitPrices[i] * quantities[i];
      subtotals[i] = amount;
      left[i] = amount;
      subtotal += amount;
    }
    let shippingSubtotal = 0;
    for (let i = 0; i < shipping.length; ++i) {
      this.#shippingLeft[i] = shipping[i].price;
      shippingSubtotal += shipping[i].price;
    }
    sums.subtotal = subtotal;
    sums.itemsNet = subtotal;
    sums.shipping = shippingSubtotal;
    sums.shippingDiscount = 0;
    sums.pointsSpent = 0;
    this.#refusals.length = 0;
    this.#applied.length = 0;
    for (const discount of this.#automatic) {
      this.#run(discount);
    }
    for (const discount of this.#coupons) {
      this.#run(discount);
    }
    for (const discount of this.#rewards) {
      this.#runReward(discount);
    }
    sums.itemsDiscount = subtotal - sums.itemsNet;
    this.#computeTaxAndTotal();
    this.#computeEarning();
  }

  #run(discount) {
    if (this.#sums.subtotal < discount.minSubtotal) {
      this.#refuse(discount, 'MINIMUM_SUBTOTAL_NOT_MET');
      return;
    }
    this.#startDiscount(discount);
    for (const effect of discount.effects) {
      if (effect.target === 'shipping') {
        this.#takeShipping(discount, effect);
        continue;
      }
      const sum = this.#gatherWeights(effect.lines);
      const amount = effect.kind === 'percent'
        ? mulDivHalfUp(sum, effect.ratePpm, MILLION)
        : Math.min(effect.amount, sum);
      this.#takeItems(discount, effect.lines, amount, sum);
    }
    this.#finishDiscount(discount);
  }

  #runReward(discount) {
    const { config, chosenPoints } = discount;
    const available = (this.#account?.available ?? 0) - this.#sums.pointsSpent;
    const wanted = chosenPoints ?? config.minPoints;
    if (Math.max(wanted, config.minPoints) > available) {
      this.#refuse(discount, 'INSUFFICIENT_POINTS');
      return;
    }
    if (wanted < config.minPoints) {
      this.#refuse(discount, 'POINTS_BELOW_MINIMUM');
      return;
    }
    this.#startDiscount(discount);
    const { amount: worth, lines } = discount.effects[0];
    const sum = this.#gatherWeights(lines);
    const most = Math.max(Math.min(sum, this.#sums.itemsNet - this.#catalog.minPayable), 0);
    const bestAmount = Math.min(most, mulDivFloor(Math.min(available, config.maxPoints), worth, config.cost));
    const best = mulDivCeil(bestAmount, config.cost, worth);
    const taken = chosenPoints === null ? best : Math.min(chosenPoints, best);
    if (taken < best && (taken - config.minPoints) % config.stepPoints !== 0) {
      this.#refuse(discount, 'POINTS_OFF_STEP');
      return;
    }
    const amount = Math.min(most, mulDivFloor(taken, worth, config.cost));
    this.#takeItems(discount, lines, amount, sum);
    discount.points = mulDivCeil(amount, config.cost, worth);
    if (this.#finishDiscount(discount)) {
      this.#sums.pointsSpent += discount.points;
    }
  }

  #startDiscount(discount) {
    discount.amount = 0;
    discount.itemShares.fill(0);
    discount.shippingShares.fill(0);
  }

  #finishDiscount(discount) {
    if (discount.amount === 0) {
      this.#refuse(discount, 'NOTHING_TO_DISCOUNT');
      return false;
    }
    this.#applied.push(discount);
    return true;
  }

  #refuse(discount, code) {
    discount.code = code;
    this.#refusals.push(discount);
  }

  /** What is left of these lines, one after another; their sum. */
  #gatherWeights(lines) {
    const weights = this.#weights;
    const left = this.#left;
    let sum = 0;
    for (let at = 0; at < lines.length; ++at) {
      const weight = left[lines[at]];
      weights[at] = weight;
      sum += weight;
    }
    return sum;
  }

  #takeItems(discount, lines, amount, sum) {
    if (amount === 0) {
      return;
    }
    const shares = this.#shares;
    const left = this.#left;
    const { itemShares } = discount;
    this.#splitter.split(amount, this.#weights, lines.length, sum, shares);
    for (let at = 0; at < lines.length; ++at) {
      const line = lines[at];
      left[line] -= shares[at];
      itemShares[line] += shares[at];
    }
    discount.amount += amount;
    this.#sums.itemsNet -= amount;
  }

  #takeShipping(discount, effect) {
    if (effect.kind !== 'freeShipping') {
      throw new Error('Shipping is only ever free');
    }
    const left = this.#shippingLeft;
    for (let i = 0; i < left.length; ++i) {
      discount.shippingShares[i] += left[i];
      discount.amount += left[i];
      this.#sums.shippingDiscount += left[i];
      left[i] = 0;
    }
  }

  #computeTaxAndTotal() {
    const { taxRates, shippingRates, includesTax, fees } = this.#cart;
    const sums = this.#sums;
    let tax = 0;
    for (let i = 0; i < taxRates.length; ++i) {
      const amount = taxOf(this.#left[i], taxRates[i], includesTax);
      this.#taxes[i] = amount;
      tax += amount;
    }
    for (let i = 0; i < shippingRates.length; ++i) {
      const amount = taxOf(this.#shippingLeft[i], shippingRates[i], includesTax);
      this.#shippingTaxes[i] = amount;
      tax += amount;
    }
    sums.tax = tax;
    sums.fees = fees;
    sums.total = sums.itemsNet + sums.shipping - sums.shippingDiscount + fees + (includesTax ? 0 : tax);
    sums.payable = sums.total;
  }

  #computeEarning() {
    const sums = this.#sums;
    const left = this.#left;
    let earned = 0;
    for (const rule of this.#rules) {
      let base = 0;
      for (let at = 0; at < rule.lines.length; ++at) {
        base += left[rule.lines[at]];
      }
      const { moneyAmount, points } = rule.conversion;
      const wholeUnits = Math.floor(base / this.#catalog.minorPerMajor);
      rule.base = base;
      rule.points = Math.min(mulDivFloor(wholeUnits, points, moneyAmount), rule.maxPoints);
      earned += rule.points;
    }
    sums.pointsEarned = earned;
    sums.availableAfter = (this.#account?.available ?? 0) - sums.pointsSpent;
  }
}

function taxOf(net, ratePpm, isIncluded) {
  return isIncluded ? mulDivHalfUp(net, ratePpm, MILLION + ratePpm) : mulDivHalfUp(net, ratePpm, MILLION);
}

function sharesOf(discounts, kind, index) {
  const shares = [];
  for (const discount of discounts) {
    const amount = discount[kind][index];
    if (amount > 0) {
      shares.push({ discountId: discount.id, source: discount.source, amount });
    }
  }
  return shares;
}

/** The application that a line belongs to: that of its first tag `application/…`. */
function applicationOf(line) {
  const tag = line.tags?.find((text) => text.includes('/'));
  return tag ? tag.split('/')[0] : '';
}

function fractionDigits(currency) {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits;
}

/** What this file does not know it must not skip over. */
function refuseUnknown(object, known, what) {
  for (const name of Object.keys(object)) {
    if (!known.includes(name)) {
      throw new Error(`A ${what} with "${name}" is beyond plain_js`);
    }
  }
}
