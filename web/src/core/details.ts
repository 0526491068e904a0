import type { Fact, Fix, Scope } from '../documents/index.js';
import type { Cursor, Details, Writable } from './stream.js';

// The kinds of a fact that are not one number.
const FACT_NONE = 0;
const FACT_INSTANT = 4;
const FACT_TEXT = 5;
const FACT_TEXTS = 6;
const FACT_TIERS = 7;
const FACT_SCOPE = 8;

/** The kinds of a fix by their position. */
const FIXES = ['', 'addAmount', 'addQuantity', 'earnPoints', 'reachTier', 'signIn', 'wait', 'choose'] as const;

/** Instants as the core writes them: milliseconds only where there are any. */
const instant = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

const textList = (from: Cursor, count: number): string[] => Array.from({ length: count }, () => from.text());

function scopeOf(from: Cursor): Scope {
  const scope: Writable<Scope> = {};
  const included = from.next();
  if (included >= 0) {
    scope.include = textList(from, included);
  }
  const excluded = from.next();
  if (excluded > 0) {
    scope.exclude = textList(from, excluded);
  }
  const least = from.next();
  if (least >= 0) {
    scope.minUnitPrice = least;
  }
  const most = from.next();
  if (most >= 0) {
    scope.maxUnitPrice = most;
  }
  return scope;
}

function factOf(from: Cursor): Fact | undefined {
  switch (from.next()) {
    case FACT_NONE:
      return undefined;
    case FACT_INSTANT:
      return instant(from.next());
    case FACT_TEXT:
      return from.text();
    case FACT_TEXTS:
    case FACT_TIERS:
      return textList(from, from.next());
    case FACT_SCOPE:
      return scopeOf(from);
    default:
      return from.next();
  }
}

function fixOf(from: Cursor): Fix | undefined {
  const kind = FIXES[from.next()]!;
  const amount = from.next();
  const quantity = from.next();
  const points = from.next();
  const tierId = from.text();
  const at = from.next();
  const scope = from.next() !== 0 ? { scope: scopeOf(from) } : {};
  const common = points >= 0 ? { points, ...scope } : scope;
  switch (kind) {
    case '':
      return undefined;
    case 'addAmount':
      return { kind, amount, ...common };
    case 'addQuantity':
      return { kind, quantity, ...common };
    case 'reachTier':
      return { kind, tierId, ...common };
    case 'wait':
      return { kind, at: instant(at), ...common };
    case 'earnPoints':
      return { kind, points, ...scope };
    default:
      return { kind, ...common };
  }
}

function put<K extends string, V>(into: { [_ in K]?: V }, key: K, value: V | undefined): void {
  if (value !== undefined) {
    into[key] = value;
  }
}

/** What only the complete build says about rejections and near misses. */
export const details: Details = {
  addTo(rejection, from) {
    put(rejection, 'required', factOf(from));
    put(rejection, 'actual', factOf(from));
    put(rejection, 'missing', factOf(from));
    put(rejection, 'fix', fixOf(from));
  },
  addToMiss(miss, from) {
    put(miss, 'missing', factOf(from));
    put(miss, 'fix', fixOf(from));
  },
};
