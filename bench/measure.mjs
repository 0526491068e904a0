// What is measured, in Node and in a page alike: the compiled core beside the same checkout written in
// plain JavaScript.
import { openCatalog } from './plain_js/checkout.mjs';

const WARM_MS = 150;

/**
 * Times several ways of doing the same, round after round in turns, so that a machine that slows down
 * slows all of them down. `ways` maps names to functions that do it once for the number given to them and
 * return a number. Returns nanoseconds by name: the median and the least of the rounds.
 */
export function race(ways, { rounds, msPerRound }) {
  const names = Object.keys(ways);
  let sum = 0;
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const timed = (name, count) => {
    const way = ways[name];
    const started = performance.now();
    for (let i = 0; i < count; ++i) {
      sum += way(i);
    }
    return performance.now() - started;
  };
  const counts = {};
  for (const name of names) {
    const warmUntil = performance.now() + WARM_MS; // let it be compiled
    let count = 16;
    while (performance.now() < warmUntil) {
      if (timed(name, count) < msPerRound / 2) {
        count *= 2;
      }
    }
    counts[name] = count;
  }
  for (let round = 0; round < rounds; ++round) {
    const order = round % 2 === 0 ? names : [...names].reverse();
    for (const name of order) {
      times[name].push((timed(name, counts[name]) / counts[name]) * 1e6);
    }
  }
  if (!Number.isFinite(sum)) {
    throw new Error('A way gave no number');
  }
  return Object.fromEntries(names.map((name) => [name, { median: median(times[name]), least: Math.min(...times[name]) }]));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The core from compiled modules, without the network: `parts` is the bundle of core_parts.ts. */
export function coreOf(parts, previewModule) {
  const create = () => engineOf(parts, new WebAssembly.Instance(previewModule, {}));
  const source = { build: 'wasm', isComplete: false, create };
  return new parts.Core(new parts.EnginePool(source, create()), () => Promise.reject(new Error('only the preview')));
}

function engineOf({ Engine }, instance) {
  instance.exports._initialize?.();
  return new Engine(instance.exports);
}

function must(answer) {
  if (!answer.ok) {
    throw new Error(JSON.stringify(answer.error));
  }
  return answer.value;
}

/** An engine that holds a case, for calls without the facade. */
function flatDoor(parts, previewModule, { catalog, request }) {
  const engine = engineOf(parts, new WebAssembly.Instance(previewModule, {}));
  const { account, cart, intent, now } = request;
  const fields = { account, cart, intent, now };
  const encoded = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined).map(([name, value]) => [name, parts.encode(value)]),
  );
  if (engine.openCatalog(parts.encode(catalog)) !== 0 || engine.openCheckout(parts.encodedMap(encoded)) !== 0) {
    throw new Error('refused');
  }
  return engine;
}

const HEADER_TOTAL = 7;

/** Computes and reads the total. The view is taken anew where the memory grew. */
function totalReader(engine) {
  const { door } = engine;
  let { doubles } = engine;
  return () => {
    const header = door.loyalty_run(0) >>> 3;
    if (doubles.length === 0) {
      doubles = engine.doubles;
    }
    return doubles[header + HEADER_TOTAL];
  };
}

/** All that can be measured in a warm process. `core` is the facade of the complete build. */
export function measure(parts, previewModule, core, cases, options) {
  const rows = [];
  const preview = coreOf(parts, previewModule);
  for (const { name, catalog, request } of cases) {
    const shop = openCatalog(catalog);
    const plain = shop.prepare(request);
    const held = must(core.open(catalog));
    const checkout = must(held.prepare(request));
    const previewed = must(must(preview.open(catalog)).prepare(request));
    const engine = flatDoor(parts, previewModule, { catalog, request });
    const { door } = engine;
    const total = totalReader(engine);
    const quantityOf = (i) => 1 + (i & 1);

    // The figures are worth nothing where the amounts are not the same.
    for (const i of [0, 1]) {
      plain.setQuantity(0, quantityOf(i));
      checkout.setQuantity(0, quantityOf(i));
      previewed.setQuantity(0, quantityOf(i));
      door.loyalty_set_quantity(0, quantityOf(i));
      const expected = plain.preview().total;
      const got = [checkout.preview().total, previewed.preview().total, total(), checkout.quote().total];
      if (got.some((amount) => amount !== expected)) {
        throw new Error(`${name}: ${expected} but ${got}`);
      }
    }

    rows.push({
      what: `${name}: quantity, total`,
      ...race({
        plain: (i) => {
          plain.setQuantity(0, quantityOf(i));
          return plain.preview().total;
        },
        flat: (i) => {
          door.loyalty_set_quantity(0, quantityOf(i));
          return total();
        },
        preview: (i) => {
          previewed.setQuantity(0, quantityOf(i));
          return previewed.preview().total;
        },
        complete: (i) => {
          checkout.setQuantity(0, quantityOf(i));
          return checkout.preview().total;
        },
      }, options),
    });
    const entry = (request.intent?.chosen ?? []).findIndex((choice) => choice.reward);
    if (entry >= 0) {
      const pointsOf = (i) => 400 + (i & 127);
      rows.push({
        what: `${name}: points, total`,
        ...race({
          plain: (i) => {
            plain.setPoints(entry, pointsOf(i));
            return plain.preview().total;
          },
          flat: (i) => {
            door.loyalty_set_points(entry, pointsOf(i));
            return total();
          },
          preview: (i) => {
            previewed.setPoints(entry, pointsOf(i));
            return previewed.preview().total;
          },
          complete: (i) => {
            checkout.setPoints(entry, pointsOf(i));
            return checkout.preview().total;
          },
        }, options),
      });
    }
    rows.push({
      what: `${name}: quantity, whole quote`,
      ...race({
        plain: (i) => {
          plain.setQuantity(0, quantityOf(i));
          return plain.quote().total;
        },
        preview: (i) => {
          previewed.setQuantity(0, quantityOf(i));
          return previewed.quote().total;
        },
        complete: (i) => {
          checkout.setQuantity(0, quantityOf(i));
          return checkout.quote().total;
        },
      }, options),
    });
    const previewShop = must(preview.open(catalog));
    rows.push({
      what: `${name}: first quote, catalog open`,
      ...race({
        plain: () => shop.prepare(request).quote().total,
        preview: () => {
          const first = must(previewShop.prepare(request));
          const { total: amount } = first.quote();
          first.close();
          return amount;
        },
      }, options),
    });
    rows.push({
      what: `${name}: first quote, nothing open`,
      ...race({
        plain: () => openCatalog(catalog).prepare(request).quote().total,
        preview: () => {
          const opened = must(preview.open(catalog));
          const { total: amount } = must(opened.prepare(request)).quote();
          opened.close();
          return amount;
        },
      }, options),
    });
  }
  return rows;
}

/**
 * Bytes of garbage per preview: what the heap grew by over so many previews in which nothing was collected.
 * `heap` gives the bytes in use, `collect` collects them. Needs a young generation that holds them all.
 */
export function garbage(parts, previewModule, core, { catalog, request }, { heap, collect, previews = 1_000_000 }) {
  const plain = openCatalog(catalog).prepare(request);
  const checkout = must(must(core.open(catalog)).prepare(request));
  const previewed = must(must(coreOf(parts, previewModule).open(catalog)).prepare(request));
  const engine = flatDoor(parts, previewModule, { catalog, request });
  const { door } = engine;
  const total = totalReader(engine);
  const ways = {
    plain: (i) => {
      plain.setQuantity(0, 1 + (i & 1));
      return plain.preview().total;
    },
    flat: (i) => {
      door.loyalty_set_quantity(0, 1 + (i & 1));
      return total();
    },
    preview: (i) => {
      previewed.setQuantity(0, 1 + (i & 1));
      return previewed.preview().total;
    },
    'preview, without a setter': () => previewed.preview().total,
    complete: (i) => {
      checkout.setQuantity(0, 1 + (i & 1));
      return checkout.preview().total;
    },
  };
  const bytes = {};
  for (const [name, way] of Object.entries(ways)) {
    let sum = 0;
    for (let i = 0; i < 100_000; ++i) {
      sum += way(i);
    }
    collect();
    const before = heap();
    for (let i = 0; i < previews; ++i) {
      sum += way(i);
    }
    const after = heap();
    if (sum === 0) {
      throw new Error('no totals');
    }
    bytes[name] = (after - before) / previews;
  }
  return bytes;
}

/** Milliseconds from the bytes of the module to the first quote, in a process that knew nothing of it. */
export async function coldStart(parts, bytes, { catalog, request }) {
  const started = performance.now();
  const compiled = await WebAssembly.compile(bytes);
  const opened = must(coreOf(parts, compiled).open(catalog));
  const { total } = must(opened.prepare(request)).quote({ offers: true });
  const ms = performance.now() - started;
  return { ms, total };
}

/** The same for plain JavaScript, whose source is parsed already. */
export function coldPlain({ catalog, request }) {
  const started = performance.now();
  const { total } = openCatalog(catalog).prepare(request).quote();
  return { ms: performance.now() - started, total };
}
