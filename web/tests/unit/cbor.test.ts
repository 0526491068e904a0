import { describe, expect, it } from 'vitest';
import { encode, encodedMap } from '../../src/core/cbor.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const encoded = (value: unknown) => hex(encode(value));

describe('CBOR of what JSON can hold', () => {
  // The examples of RFC 8949, appendix A.
  it.each([
    [0, '00'],
    [1, '01'],
    [10, '0a'],
    [23, '17'],
    [24, '1818'],
    [25, '1819'],
    [100, '1864'],
    [1000, '1903e8'],
    [1000000, '1a000f4240'],
    [1000000000000, '1b000000e8d4a51000'],
    [-1, '20'],
    [-10, '29'],
    [-100, '3863'],
    [-1000, '3903e7'],
    [false, 'f4'],
    [true, 'f5'],
    [null, 'f6'],
    ['', '60'],
    ['a', '6161'],
    ['IETF', '6449455446'],
    ['"\\', '62225c'],
    ['ü', '62c3bc'],
    ['水', '63e6b0b4'],
    ['𐅑', '64f0908591'],
    [[], '80'],
    [[1, 2, 3], '83010203'],
    [[1, [2, 3], [4, 5]], '8301820203820405'],
    [{}, 'a0'],
    [{ a: 1, b: [2, 3] }, 'a26161016162820203'],
    [['a', { b: 'c' }], '826161a161626163'],
  ])('%j', (value, bytes) => expect(encoded(value)).toBe(bytes));

  it.each([
    [255, '18ff'],
    [256, '190100'],
    [65535, '19ffff'],
    [65536, '1a00010000'],
    [4294967295, '1affffffff'],
    [4294967296, '1b0000000100000000'],
    [Number.MAX_SAFE_INTEGER, '1b001fffffffffffff'],
    [Number.MIN_SAFE_INTEGER, '3b001ffffffffffffe'],
  ])('the shortest head of %d', (value, bytes) => expect(encoded(value)).toBe(bytes));

  it('takes the long form of lengths where the short one ends', () => {
    expect(encoded('x'.repeat(23)).slice(0, 2)).toBe('77');
    expect(encoded('x'.repeat(24)).slice(0, 4)).toBe('7818');
    expect(encoded('é'.repeat(12)).slice(0, 4)).toBe('7818');
    expect(encoded(Array(24).fill(0)).slice(0, 4)).toBe('9818');
    expect(encoded(Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`k${i}`, 0]))).slice(0, 4)).toBe('b818');
  });

  it('grows beyond its first buffer, several times over', () => {
    const bytes = encode({ text: 'x'.repeat(20_000), more: 'ü'.repeat(50_000) });
    expect(bytes.length).toBe(1 + 5 + 3 + 20_000 + 5 + 5 + 100_000);
  });

  it('gives bytes of its own, which a later call does not change', () => {
    const first = encode('first');
    encode('other');
    expect(hex(first)).toBe('656669727374');
  });
});

describe('what JSON.stringify does with objects', () => {
  it('leaves out properties that are undefined', () => expect(encoded({ a: undefined, b: 1 })).toBe('a1616201'));
  it('writes undefined in a list as null', () => expect(encoded([undefined])).toBe('81f6'));
  it('asks toJSON, with the key', () => {
    expect(encoded({ at: new Date(0) })).toBe(encoded({ at: '1970-01-01T00:00:00.000Z' }));
    expect(encoded({ k: { toJSON: (key: string) => key } })).toBe(encoded({ k: 'k' }));
    expect(encoded({ gone: { toJSON: () => undefined } })).toBe('a0');
    expect(encoded({ toJSON: () => 7 })).toBe('07');
  });
  it('unwraps numbers, texts and truths in objects', () =>
    expect(encoded([Object(1), Object('a'), Object(true)])).toBe(encoded([1, 'a', true])));
  it('writes negative zero as zero', () => expect(encoded(-0)).toBe('00'));
});

describe('what JSON has no word for', () => {
  const nan = 'fb7ff8000000000000';
  it.each([
    ['a fraction', 1.5, 'fb3ff8000000000000'],
    ['infinity', Infinity, 'fb7ff0000000000000'],
    ['minus infinity', -Infinity, 'fbfff0000000000000'],
    ['a number with an exponent', 1e300, 'fb7e37e43c8800759c'],
    ['not a number', NaN, nan],
    ['a function', () => 1, nan],
    ['a symbol', Symbol('s'), nan],
  ])('%s is a float', (_, value, bytes) => expect(encoded({ v: value })).toBe(`a16176${bytes}`));

  it('a property that cannot be read is a float', () => {
    const broken = { get v() { throw new Error('no'); } };
    expect(encoded(broken)).toBe(`a16176${nan}`);
  });

  it('whole numbers beyond 53 bits keep their size', () => {
    expect(encoded(2 ** 60)).toBe('1b1000000000000000');
    expect(encoded(2 ** 64)).toBe('c249010000000000000000');
    expect(encoded(-(2 ** 64) - 2 ** 12)).toBe('c349010000000000000fff');
  });

  it('big integers are whole numbers', () => {
    expect(encoded(5n)).toBe('05');
    expect(encoded(-1n)).toBe('20');
    expect(encoded(18446744073709551615n)).toBe('1bffffffffffffffff');
    expect(encoded(18446744073709551616n)).toBe('c249010000000000000000');
    expect(encoded(-18446744073709551617n)).toBe('c349010000000000000000');
  });

  it('a lone surrogate is tagged, as a text and as a key', () => {
    expect(encoded('\ud800')).toBe('d81b63efbfbd');
    expect(encoded('a\udc00b')).toBe('d81b6561efbfbd62');
    expect(encoded({ '\ud800': 1 })).toBe('a1d81b63efbfbd01');
    expect(encoded('\ud800\udf51')).toBe('64f0908d91');
  });

  it('a cycle ends below any depth that is accepted', () => {
    const cart: Record<string, unknown> = {};
    cart.self = cart;
    const text = encoded(cart);
    expect(text).toMatch(/^a16473656c66(81){33,}f6$/);
    expect(text.length).toBeLessThan(1000);
  });

  it('what follows something too deep is written all the same', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 60; i++) {
      deep = [deep];
    }
    expect(encoded({ a: deep, '\ud800': 1 })).toMatch(/01d81b63efbfbd01$/);
  });

  it('a cycle that branches does not take for ever', () => {
    const node: Record<string, unknown> = {};
    for (let i = 0; i < 20; i++) {
      node[`k${i}`] = node;
    }
    expect(encode(node).length).toBeLessThan(10_000);
  });

  it('shared parts cannot blow a small object up', () => {
    let shared: unknown = 'x';
    for (let i = 0; i < 30; i++) {
      shared = [shared, shared];
    }
    expect(encode(shared).length).toBeLessThan(1 << 23);
  });

  it('a list that says it is endless is cut', () => {
    const list: unknown[] = [];
    list.length = 2 ** 32 - 1;
    expect(encode(list).length).toBeLessThan(1 << 23);
  });
});

describe('a map of encoded parts', () => {
  it('joins them in order', () => {
    const joined = encodedMap({ account: encode(null), now: encode('n') });
    expect(hex(joined)).toBe(encoded({ account: null, now: 'n' }));
  });
});
