import { describe, expect, it } from 'vitest';
import { EventStreamParser } from '../../../src/client/event-stream.js';

const text = [
  ': a comment',
  'id: 1',
  'event: member',
  'data: {"a":1}',
  '',
  'data: first',
  'data:second',
  'data',
  '',
  'id: 3',
  '',
  'event: nothing',
  '',
  'retry: 2500',
  'unknown: field',
  'data: ünïcode 星',
  '',
].join('\n') + '\n';
const messages = [
  { event: 'member', data: '{"a":1}', id: '1' },
  { event: 'message', data: 'first\nsecond\n', id: '1' },
  { event: 'message', data: 'ünïcode 星', id: '3' },
];

describe('a stream of server-sent events', () => {
  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('is read with lines that end with %s, cut anywhere', (_, end) => {
    const whole = text.replaceAll('\n', end);
    for (let size = 1; size <= whole.length; size++) {
      const parser = new EventStreamParser();
      const read = [];
      for (let at = 0; at < whole.length; at += size) {
        read.push(...parser.read(whole.slice(at, at + size)));
      }
      // A CR at the very end may be half of a line's end.
      read.push(...parser.read(end === '\r' ? ':\n' : ''));
      expect(read, `pieces of ${size}`).toEqual(messages);
      expect(parser.retry).toBe(2500);
    }
  });

  it('starts with a byte order mark or not, and what has not ended tells nothing', () => {
    expect(new EventStreamParser().read('\uFEFFdata: a\n\n')).toHaveLength(1);
    expect(new EventStreamParser().read('data: a\n')).toHaveLength(0);
  });

  it('goes on with the id where the last one ended; an id with a zero is none', () => {
    const parser = new EventStreamParser('41');
    expect(parser.read('id: 4\0\ndata: a\n\n')).toEqual([{ event: 'message', data: 'a', id: '41' }]);
    expect(parser.read('id\ndata: b\n\n')).toEqual([{ event: 'message', data: 'b', id: '' }]);
  });
});
