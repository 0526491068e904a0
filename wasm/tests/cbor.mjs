// Objects as CBOR, as far as the module reads it. For the tests: pages bring their own.

const text = new TextEncoder();

/** The CBOR of a JSON value, as a Uint8Array: what JSON.stringify writes as a whole number is one. */
export function encode(value) {
  const bytes = [];
  put(value, bytes);
  return Uint8Array.from(bytes);
}

export function head(major, number, bytes) {
  const first = major << 5;
  let n = BigInt(number);
  if (n < 24n) {
    bytes.push(first | Number(n));
    return;
  }
  const power = n < 256n ? 0 : n < 65536n ? 1 : n < 4294967296n ? 2 : 3;
  bytes.push(first | (24 + power));
  for (let shift = 8 * (2 ** power - 1); shift >= 0; shift -= 8) {
    bytes.push(Number((n >> BigInt(shift)) & 255n));
  }
}

function put(value, bytes) {
  if (value === null || value === undefined) {
    bytes.push(value === null ? 0xf6 : 0xf7);
  } else if (typeof value === 'boolean') {
    bytes.push(value ? 0xf5 : 0xf4);
  } else if (typeof value === 'bigint' || (Number.isInteger(value) && Math.abs(value) < 1e21)) {
    const whole = BigInt(value);
    const number = whole < 0n ? -1n - whole : whole;
    if (number < 1n << 64n) {
      head(whole < 0n ? 1 : 0, number, bytes);
    } else {
      const digits = number.toString(16);
      const big = (digits.length % 2 === 0 ? digits : `0${digits}`).match(/../g).map((byte) => parseInt(byte, 16));
      head(6, whole < 0n ? 3 : 2, bytes);
      head(2, big.length, bytes);
      bytes.push(...big);
    }
  } else if (typeof value === 'number') {
    bytes.push(0xfb, ...new Uint8Array(Float64Array.of(value).buffer).reverse());
  } else if (typeof value === 'string') {
    const utf8 = text.encode(value);
    head(3, utf8.length, bytes);
    for (const byte of utf8) {
      bytes.push(byte);
    }
  } else if (Array.isArray(value)) {
    head(4, value.length, bytes);
    for (const entry of value) {
      put(entry, bytes);
    }
  } else {
    const entries = Object.entries(value).filter(([, v]) => v !== undefined);
    head(5, entries.length, bytes);
    for (const [key, entry] of entries) {
      put(key, bytes);
      put(entry, bytes);
    }
  }
}
