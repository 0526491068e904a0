// Checkouts with the native core's answers (random_requests) against another build of the core, asked
// through the facade that pages use. Runs in Node and in browsers.

/** Where two documents differ first, as {path, expected, got}; null where they are equal. */
export function difference(expected, got, path = '') {
  const isPlain = typeof expected !== 'object' || typeof got !== 'object' || expected === null || got === null;
  if (isPlain || Array.isArray(expected) !== Array.isArray(got)) {
    return Object.is(expected, got) ? null : { path, expected, got };
  }
  for (const key in expected) {
    const found = difference(expected[key], got[key], `${path}/${key}`);
    if (found) {
      return found;
    }
  }
  for (const key in got) {
    if (!(key in expected)) {
      return { path: `${path}/${key}`, expected: undefined, got: got[key] };
    }
  }
  return null;
}

const SUMS = [
  'subtotal', 'itemsDiscount', 'itemsNet', 'shipping', 'shippingDiscount', 'tax', 'fees', 'total', 'walletPaid',
  'payable',
];

/** One build of the core, and how many of its answers were compared. */
export class Comparison {
  /** Lines that were compared, and of them those that were refused. */
  checkouts = 0;
  refusals = 0;
  /** Answers of all sorts: texts, quotes from the stream of numbers, sums, best combinations. */
  answers = 0;
  #core;

  constructor(name, core) {
    this.name = name;
    this.#core = core;
  }

  /** Compares one parsed line; the first difference, or null. */
  async compare(line) {
    this.checkouts += 1;
    const native = JSON.parse(line.answer);
    const opened = this.#core.open(line.catalog);
    if (!opened.ok) {
      return this.#refused(native, opened);
    }
    const catalog = opened.value;
    try {
      const prepared = catalog.prepare(line.request);
      if (!prepared.ok || !native.ok) {
        return this.#refused(native, prepared);
      }
      const whole = JSON.parse(line.whole).value;
      return this.#core.isComplete
        ? await this.#compareComplete(catalog, prepared.value, line, whole)
        : this.#comparePreview(catalog, prepared.value, line, whole);
    } finally {
      catalog.close();
    }
  }

  async #compareComplete(catalog, checkout, line, whole) {
    const { explain, offers, nearMisses, ...quote } = whole;
    return (
      this.#same('answerText', line.answer, await checkout.answerText()) ??
      this.#same('quote', { ...quote, offers, nearMisses }, checkout.quote({ offers: true, nearMisses: true })) ??
      this.#same('explain', { ...quote, explain }, await checkout.explain()) ??
      this.#sameSums(quote, checkout) ??
      (line.best ? this.#same('optimize', JSON.parse(line.best).value, await checkout.optimize()) : null) ??
      (await this.#compareChanged(catalog, line, quote))
    );
  }

  /** What a page needs before the rest has arrived: everything but why a candidate was rejected. */
  async #comparePreview(catalog, checkout, line, whole) {
    const { explain, nearMisses, ...quote } = whole;
    const rejected = quote.rejected.map(({ id, source, code }) => ({ id, source, code }));
    return (
      this.#same('quote', { ...quote, rejected }, checkout.quote({ offers: true })) ??
      this.#sameSums(quote, checkout) ??
      (await this.#compareChanged(catalog, line, quote))
    );
  }

  /** Another checkout, changed number by number until it is this one, must answer like it. */
  async #compareChanged(catalog, line, quote) {
    const other = anotherOf(line.request);
    if (other === null) {
      return null;
    }
    const prepared = catalog.prepare(other);
    if (!prepared.ok) {
      return { what: 'another checkout', path: '', expected: 'prepared', got: prepared.error };
    }
    const checkout = prepared.value;
    const { cart, intent, now } = line.request;
    checkout.preview();
    checkout.setQuantity(0, cart.lines[0].quantity);
    checkout.setNow(now);
    intent?.chosen?.forEach((choice, entry) => {
      if (choice.reward) {
        checkout.setPoints(entry, choice.reward.points ?? null);
      }
    });
    return (
      this.#sameSums(quote, checkout) ??
      (this.#core.isComplete ? this.#same('answerText after changes', line.answer, await checkout.answerText()) : null)
    );
  }

  #sameSums(quote, checkout) {
    const expected = Object.fromEntries(SUMS.map((name) => [name, quote[name]]));
    expected.pointsSpent = quote.points.spent;
    expected.pointsEarned = quote.points.earned;
    expected.availableAfter = quote.points.availableAfter;
    return this.#same('preview', expected, { ...checkout.preview() });
  }

  /** The same refusal; the preview build knows the code alone. */
  #refused(native, got) {
    this.refusals += 1;
    if (!got.ok && !native.ok && !this.#core.isComplete) {
      return this.#same('code of the refusal', native.error.code, got.error.code);
    }
    return this.#same('refusal', native, got.ok ? { ok: true } : got);
  }

  #same(what, expected, got) {
    this.answers += 1;
    const found = difference(expected, got);
    return found && { what, ...found };
  }
}

/** A valid request that differs in the numbers that can be set on a prepared one; null where there are none. */
function anotherOf(request) {
  const [first, ...rest] = request.cart.lines;
  if (!first || (first.quantity === 1 && first.unitPrice > 1e11)) {
    return null;
  }
  const quantity = first.quantity > 1 ? first.quantity - 1 : 2;
  const chosen = request.intent?.chosen?.map((choice) =>
    choice.reward ? { reward: { ...choice.reward, points: choice.reward.points > 1 ? choice.reward.points - 1 : 2 } } : choice,
  );
  return {
    ...request,
    cart: { ...request.cart, lines: [{ ...first, quantity }, ...rest] },
    intent: chosen ? { ...request.intent, chosen } : request.intent,
    now: '2024-02-29T23:59:59.999Z',
  };
}

/**
 * Compares a text of lines with several builds. `builds` is a list of {comparison, every}: only every
 * so many lines. Returns the first difference with its line, or null; `skipped` takes what the lines
 * say cannot be compared.
 */
export async function compareLines(text, builds, skipped = []) {
  let number = 0;
  for (const json of text.split('\n')) {
    if (json === '') {
      continue;
    }
    const line = JSON.parse(json);
    number += 1;
    if (line.skip) {
      skipped.push(`${line.name}: ${line.skip}`);
      continue;
    }
    for (const { comparison, every } of builds) {
      if (number % every !== 0) {
        continue;
      }
      let found;
      try {
        found = await comparison.compare(line);
      } catch (error) {
        found = { what: 'exception', path: '', expected: null, got: String(error?.stack ?? error) };
      }
      if (found) {
        return { build: comparison.name, name: line.name, ...found, line: json };
      }
    }
  }
  return null;
}
