// The plain JavaScript checkout must give what the core gives, or its speed would mean nothing:
//   node equality_test.mjs <loyalty> <print_cases>
// Each case of the benchmarks, as it is and with thousands of random quantities and points.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openCatalog } from './checkout.mjs';
import { mulDivCeil, mulDivFloor, mulDivHalfUp, Splitter } from './integers.mjs';

const [loyalty, printCases] = process.argv.slice(2);
const variations = { small: 1500, typical: 3000, large: 300 };

/** Numbers that can be repeated (mulberry32). */
function chance(seed) {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** The same request with other quantities and points, or with fewer choices. */
function varied(request, random) {
  const copy = structuredClone(request);
  for (const line of copy.cart.lines) {
    if (random(3) === 0) {
      line.quantity = random(20) === 0 ? 1 + random(100_000) : 1 + random(9);
    }
  }
  for (const choice of copy.intent?.chosen ?? []) {
    if (choice.reward) {
      const pick = random(8);
      if (pick === 0) {
        delete choice.reward.points;
      } else {
        choice.reward.points = pick === 1 ? 1 + random(20) : 1 + random(3_000);
      }
    }
  }
  if (copy.intent && random(6) === 0) {
    copy.intent.chosen = copy.intent.chosen.filter(() => random(2) === 0);
  }
  if (copy.account && random(4) === 0) {
    copy.account.available = random(400);
    copy.account.tierId = ['silver', 'gold'][random(2)];
  }
  return copy;
}

/** The core's answers, in the order of the requests. */
function answersOf(catalog, requests) {
  const folder = mkdtempSync(join(tmpdir(), 'plain-js-'));
  try {
    const file = join(folder, 'catalog.json');
    writeFileSync(file, JSON.stringify(catalog));
    const input = requests.map((request) => JSON.stringify(request)).join('\n');
    const output = execFileSync(loyalty, ['quote', '--catalog', file, '--jsonl', '--no-digest'], {
      input, maxBuffer: 2 ** 30,
    });
    return output.toString().trimEnd().split('\n').map((line) => JSON.parse(line));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What both computed: everything in a quote but the facts of refusals. */
function comparable(quote) {
  const { coreVersion, ...rest } = quote;
  const refused = quote.rejected.map(({ id, source, code }) => `${source} ${id} ${code}`).sort();
  return { ...rest, rejected: refused };
}

/** Where two documents differ first; null where they are equal. */
function difference(expected, got, path = '') {
  if (typeof expected !== 'object' || typeof got !== 'object' || expected === null || got === null) {
    return Object.is(expected, got) ? null : `${path}: ${JSON.stringify(expected)} but ${JSON.stringify(got)}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    const found = difference(expected[key], got[key], `${path}/${key}`);
    if (found) {
      return found;
    }
  }
  return null;
}

function assertSame(expected, got, request, what) {
  const found = difference(comparable(expected), comparable(got));
  assert.ok(!found, `${what}: the core has ${found}\n${JSON.stringify(request)}`);
}

function testIntegers() {
  const most = Number.MAX_SAFE_INTEGER;
  const random = chance(7);
  for (let i = 0; i < 20_000; ++i) {
    const divisor = 1 + random(i % 2 ? 2_000_000 : 1_000_000_000);
    const a = i % 3 ? random(1_000_000_000_000) : most - random(1_000);
    const b = random(i % 3 ? 1_000_000 : divisor);
    const exact = BigInt(a) * BigInt(b);
    const wide = BigInt(divisor);
    if (exact / wide > BigInt(most)) {
      continue;
    }
    assert.equal(mulDivFloor(a, b, divisor), Number(exact / wide));
    assert.equal(mulDivCeil(a, b, divisor), Number((exact + wide - 1n) / wide));
    assert.equal(mulDivHalfUp(a, b, divisor), Number((exact * 2n + wide) / (wide * 2n)));
  }
  // Splits against the definition, small weights with many ties and weights beyond 2^53 as products.
  for (let round = 0; round < 3_000; ++round) {
    const count = 1 + random(40);
    const weights = Float64Array.from({ length: count }, () => random(round % 2 ? 5 : 1_000_000_000_000));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (sum === 0) {
      continue;
    }
    const total = random(sum) + 1;
    const shares = new Float64Array(count);
    new Splitter(count).split(total, weights, count, sum, shares);
    const floors = Array.from(weights, (weight) => (BigInt(total) * BigInt(weight)) / BigInt(sum));
    const remainders = floors.map((floor, i) => BigInt(total) * BigInt(weights[i]) - floor * BigInt(sum));
    const order = [...floors.keys()].sort((x, y) =>
      remainders[x] === remainders[y] ? x - y : remainders[x] < remainders[y] ? 1 : -1);
    const expected = floors.map(Number);
    const leftover = total - expected.reduce((all, share) => all + share, 0);
    for (const index of order.slice(0, leftover)) {
      expected[index] += 1;
    }
    assert.deepEqual([...shares], expected);
  }
}

testIntegers();
let compared = 0;
for (const line of execFileSync(printCases, { maxBuffer: 2 ** 28 }).toString().trim().split('\n')) {
  const { name, catalog, request } = JSON.parse(line);
  const random = chance(compared + 1);
  const requests = [request];
  for (let i = 0; i < variations[name]; ++i) {
    requests.push(varied(request, random));
  }
  const shop = openCatalog(catalog);
  answersOf(catalog, requests).forEach((answer, i) => {
    assert.ok(answer.ok, JSON.stringify(answer));
    const got = shop.prepare(requests[i]).quote();
    assertSame(answer.value, got, requests[i], `${name}, variation ${i}`);
    compared += 1;
  });

  // The same through the setters of one prepared checkout, which must leave nothing behind.
  const changed = requests.filter((other) => JSON.stringify(other.account) === JSON.stringify(request.account) &&
    other.intent?.chosen.length === request.intent?.chosen.length);
  const checkout = shop.prepare(request);
  answersOf(catalog, changed).forEach((answer, i) => {
    changed[i].cart.lines.forEach((cartLine, index) => checkout.setQuantity(index, cartLine.quantity));
    changed[i].intent?.chosen.forEach((choice, entry) => checkout.setPoints(entry, choice.reward?.points ?? null));
    assertSame(answer.value, checkout.quote(), changed[i], `${name}, changed in place, ${i}`);
    assert.equal(checkout.preview().total, answer.value.total);
    compared += 1;
  });
}
console.log(`${compared} carts: plain JavaScript and the core agree`);
