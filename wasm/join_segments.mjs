// join_segments.mjs <in.wasm> <out.wasm>: makes one data segment of all of them, zeros between
// included. The optimiser splits data wherever there are a few zeros, which is smaller on disk and
// larger as a page loads it: compressed, zeros cost less than the heads of a hundred segments.

import { readFileSync, writeFileSync } from 'node:fs';

const [from, to] = process.argv.slice(2);
const module = readFileSync(from);
const dataSection = 11;
const dataCountSection = 12;
let at = 8; // behind the magic number and the version

function unsigned() {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = module[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) {
      return value;
    }
  }
}

function leb(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) {
    bytes.push((value % 128) | 0x80);
  }
  return Buffer.from([...bytes, value]);
}

/** A constant that is not negative: its last byte leaves the bit of the sign clear. */
function signedLeb(value) {
  const bytes = [];
  for (; value > 0x3f; value = Math.floor(value / 128)) {
    bytes.push((value % 128) | 0x80);
  }
  return Buffer.from([...bytes, value]);
}

function expect(byte, what) {
  if (module[at++] !== byte) {
    throw new Error(`${from}: ${what} expected at ${at - 1}`);
  }
}

/** Reads the segments, which all have a fixed place in the first memory. */
function readSegments() {
  return Array.from({ length: unsigned() }, () => {
    expect(0x00, 'an active segment of the first memory');
    expect(0x41, 'i32.const');
    const address = unsigned();
    expect(0x0b, 'end');
    const size = unsigned();
    at += size;
    return { address, bytes: module.subarray(at - size, at) };
  });
}

function join(segments) {
  const first = Math.min(...segments.map(({ address }) => address));
  const last = Math.max(...segments.map(({ address, bytes }) => address + bytes.length));
  const all = Buffer.alloc(last - first);
  for (const { address, bytes } of segments) {
    bytes.copy(all, address - first);
  }
  return Buffer.concat([Buffer.from([1, 0x00, 0x41]), signedLeb(first), Buffer.from([0x0b]), leb(all.length), all]);
}

const parts = [module.subarray(0, at)];
while (at < module.length) {
  const start = at;
  const id = module[at++];
  const size = unsigned();
  const end = at + size;
  if (id === dataSection) {
    const joined = join(readSegments());
    parts.push(Buffer.from([id]), leb(joined.length), joined);
  } else if (id !== dataCountSection) { // which no instruction here asks for
    parts.push(module.subarray(start, end));
  }
  at = end;
}
const result = Buffer.concat(parts);
if (!WebAssembly.validate(result)) {
  throw new Error(`${from}: what became of it is no module`);
}
writeFileSync(to, result);
