/**
 * Plain values as CBOR, the form in which documents enter the core.
 *
 * Whatever a page may hold is written, so that the core alone judges documents and says which field is wrong: what
 * JSON has no word for (NaN, a function, a symbol, a fraction) becomes a float, which no field of any document
 * accepts. Otherwise it follows JSON.stringify: `toJSON` is asked, properties that are undefined are left out.
 */

/** Deeper than any document may be: enough for the core to see that it is too deep. */
const TOO_DEEP = 40;
/** What lies deeper still is left out; the rest is written, for it may hold a defect that goes before this one. */
const DEPTH_MAX = 400;
/** Larger than any document may be: enough for the core to see that it is too large. */
const BYTES_MAX = 1 << 22;

const UNSIGNED = 0x00;
const NEGATIVE = 0x20;
const BYTES = 0x40;
const TEXT = 0x60;
const ARRAY = 0x80;
const MAP = 0xa0;
const TAG = 0xc0;
const FALSE = 0xf4;
const TRUE = 0xf5;
const NULL = 0xf6;
const DOUBLE = 0xfb;

const TAG_BIG = 2;
const TAG_NOT_UTF16 = 27;

const TWO_32 = 2 ** 32;
const TWO_64 = 2 ** 64;
/** From here on JavaScript itself writes numbers with an exponent, which no document may have. */
const EXPONENT_FROM = 1e21;

const LONE_SURROGATE = /\p{Surrogate}/u;
const utf8 = new TextEncoder();

let bytes = new Uint8Array(4096);
let view = new DataView(bytes.buffer);
let at = 0;
let stopped = false;
/** The objects and arrays around what is being written: one that is met again has no end. */
const around: object[] = [];

function room(count: number): void {
  if (at + count > bytes.length) {
    const larger = new Uint8Array(Math.max(bytes.length * 2, at + count));
    larger.set(bytes);
    bytes = larger;
    view = new DataView(bytes.buffer);
  }
}

/** The first bytes of an item: its kind, and a whole number below 2^64. */
function head(kind: number, number: number): void {
  room(9);
  if (number < 24) {
    bytes[at++] = kind | number;
  } else if (number < 0x100) {
    bytes[at++] = kind | 24;
    bytes[at++] = number;
  } else if (number < 0x10000) {
    bytes[at++] = kind | 25;
    view.setUint16(at, number);
    at += 2;
  } else if (number < TWO_32) {
    bytes[at++] = kind | 26;
    view.setUint32(at, number);
    at += 4;
  } else {
    bytes[at++] = kind | 27;
    view.setUint32(at, Math.floor(number / TWO_32));
    view.setUint32(at + 4, number % TWO_32);
    at += 8;
  }
}

function text(value: string): void {
  const length = value.length;
  room(9 + length);
  const start = at;
  head(TEXT, length);
  let i = 0;
  for (; i < length; i++) {
    const unit = value.charCodeAt(i);
    if (unit > 0x7f) {
      break;
    }
    bytes[at++] = unit;
  }
  if (i === length) {
    return;
  }
  at = start;
  if (LONE_SURROGATE.test(value)) {
    head(TAG, TAG_NOT_UTF16);
  }
  const encoded = utf8.encode(value);
  head(TEXT, encoded.length);
  room(encoded.length);
  bytes.set(encoded, at);
  at += encoded.length;
}

function whole(magnitude: bigint, kind: number): void {
  if (magnitude <= Number.MAX_SAFE_INTEGER) {
    return head(kind, Number(magnitude));
  }
  if (magnitude < 1n << 64n) {
    room(9);
    bytes[at++] = kind | 27;
    view.setBigUint64(at, magnitude);
    at += 8;
    return;
  }
  const digits = magnitude.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  head(TAG, kind === NEGATIVE ? TAG_BIG + 1 : TAG_BIG);
  head(BYTES, even.length / 2);
  room(even.length / 2);
  for (let i = 0; i < even.length; i += 2) {
    bytes[at++] = parseInt(even.slice(i, i + 2), 16);
  }
}

function float(value: number): void {
  room(9);
  bytes[at++] = DOUBLE;
  view.setFloat64(at, value);
  at += 8;
}

function number(value: number): void {
  const size = Math.abs(value);
  if (!Number.isInteger(value) || size >= EXPONENT_FROM) {
    float(value);
  } else if (size < TWO_64) {
    // CBOR writes a negative n as -1 - n. Beyond 2^53 that one is lost, and no field accepts such a number.
    head(value < 0 ? NEGATIVE : UNSIGNED, value < 0 ? size - 1 : size);
  } else {
    whole(BigInt(size) - (value < 0 ? 1n : 0n), value < 0 ? NEGATIVE : UNSIGNED);
  }
}

/** What JSON.stringify would take for the value: asks `toJSON` and unwraps `new Number(1)` and the like. */
export function written(value: unknown, key: string): unknown {
  let is = value;
  if (is !== null && typeof is === 'object') {
    if (typeof (is as { toJSON?: unknown }).toJSON === 'function') {
      is = (is as { toJSON(key: string): unknown }).toJSON(key);
    }
    if (is instanceof Number || is instanceof String || is instanceof Boolean) {
      is = is.valueOf();
    }
  }
  return is;
}

/** A property; where reading it throws, something that no field accepts. */
function property(of: object, key: string): unknown {
  try {
    return written((of as Record<string, unknown>)[key], key);
  } catch {
    return NaN;
  }
}

function object(value: object, depth: number): void {
  const keys: string[] = [];
  const values: unknown[] = [];
  for (const key of Object.keys(value)) {
    const is = property(value, key);
    if (is !== undefined) {
      keys.push(key);
      values.push(is);
    }
  }
  head(MAP, keys.length);
  keys.forEach((key, i) => {
    text(key);
    item(values[i], depth);
  });
}

function array(value: readonly unknown[], depth: number): void {
  // A longer one is cut, and too large all the same.
  const length = Math.min(value.length, BYTES_MAX);
  head(ARRAY, length);
  for (let i = 0; i < length; i++) {
    item(property(value, String(i)), depth);
  }
}

/** In place of a cycle: something as deep as the core needs to refuse it. */
function endless(): void {
  room(TOO_DEEP + 1);
  bytes.fill(ARRAY | 1, at, at + TOO_DEEP);
  at += TOO_DEEP;
  bytes[at++] = NULL;
}

function item(value: unknown, depth: number): void {
  stopped ||= at > BYTES_MAX;
  if (value === null || value === undefined || stopped || depth > DEPTH_MAX) {
    room(1);
    bytes[at++] = NULL;
    return;
  }
  switch (typeof value) {
    case 'number':
      return number(value);
    case 'string':
      return text(value);
    case 'boolean':
      room(1);
      bytes[at++] = value ? TRUE : FALSE;
      return;
    case 'bigint':
      return value < 0n ? whole(-1n - value, NEGATIVE) : whole(value, UNSIGNED);
    case 'object':
      if (around.includes(value)) {
        return endless();
      }
      around.push(value);
      if (Array.isArray(value)) {
        array(value, depth + 1);
      } else {
        object(value, depth + 1);
      }
      around.pop();
      return;
    default:
      return float(NaN);
  }
}

function finish(): Uint8Array {
  const result = bytes.slice(0, at);
  if (bytes.length > 1 << 20) {
    bytes = new Uint8Array(4096);
    view = new DataView(bytes.buffer);
  }
  return result;
}

/** The value as CBOR, in bytes of its own. */
export function encode(value: unknown): Uint8Array {
  at = 0;
  stopped = false;
  around.length = 0;
  item(property([value], '0'), 0);
  return finish();
}

/** A map of values that are encoded already. */
export function encodedMap(parts: Readonly<Record<string, Uint8Array>>): Uint8Array {
  at = 0;
  const entries = Object.entries(parts);
  head(MAP, entries.length);
  for (const [key, part] of entries) {
    text(key);
    room(part.length);
    bytes.set(part, at);
    at += part.length;
  }
  return finish();
}
