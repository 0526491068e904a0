import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../console/src/api/refusal.js';
import { faultOfAmount, faultOfNumber, faultOfText, wholeNumber } from '../../../console/src/kit/checks.js';
import { Form } from '../../../console/src/kit/form.js';
import { Loadable } from '../../../console/src/kit/loadable.js';
import { deferred, settled, TestHost } from './host.js';

describe('what is typed', () => {
  test.each([
    ['1,200', 1200],
    ['1 200', 1200],
    ['-5', -5],
    ['1.5', null],
    ['', null],
    ['12e3', null],
  ])('%s is the whole number %s', (text, number) => {
    expect(wholeNumber(text)).toBe(number);
  });

  test('faults say what would be right', () => {
    expect(faultOfNumber('13', 1, 12)).toBe('Enter a number from 1 to 12.');
    expect(faultOfNumber('x', 1, 12)).toBe('Enter a whole number, such as 100.');
    expect(faultOfNumber('12', 1, 12)).toBeUndefined();
    expect(faultOfAmount('5.005', 'USD')).toBe('Enter an amount in USD, such as 12.50.');
    expect(faultOfAmount('5.5', 'JPY')).toBe('Enter an amount in JPY, such as 12.');
    expect(faultOfAmount('5.005', 'KWD')).toBeUndefined();
    expect(faultOfText(' ', 2, 50, 'a name')).toBe('Enter a name.');
    expect(faultOfText('🌟🌟', 2, 2)).toBeUndefined();
  });
});

describe('something that is loaded', () => {
  test('an older answer never overwrites a newer one', async () => {
    const answers = [deferred<string>(), deferred<string>()];
    let asked = 0;
    const host = new TestHost();
    const loadable = new Loadable(host, () => answers[asked++]!.promise);
    host.connect();
    void loadable.reload();
    answers[1]!.resolve('new');
    await settled();
    answers[0]!.resolve('old');
    await settled();
    expect(loadable.value).toBe('new');
  });

  test('what is refreshed while it is on its way arrives, and is asked for once more', async () => {
    const answers = [deferred<string>(), deferred<string>()];
    let asked = 0;
    const host = new TestHost();
    const loadable = new Loadable(host, () => answers[asked++]!.promise);
    host.connect();
    void loadable.refresh();
    void loadable.refresh();
    expect(asked).toBe(1);
    answers[0]!.resolve('first');
    await settled();
    expect([asked, loadable.value]).toEqual([2, 'first']);
    answers[1]!.resolve('second');
    await settled();
    expect([asked, loadable.value, loadable.state.at]).toEqual([2, 'second', 'ready']);
  });

  test('a failure keeps what was there, and says so', async () => {
    const host = new TestHost();
    let isDown = false;
    const loadable = new Loadable(host, async () => {
      if (isDown) throw new Error('down');
      return 'there';
    });
    await loadable.reload();
    isDown = true;
    await loadable.reload();
    expect([loadable.state.at, loadable.value]).toEqual(['failed', 'there']);
  });

  test('nothing is drawn for an element that has gone', async () => {
    const answer = deferred<string>();
    const host = new TestHost();
    const loadable = new Loadable(host, () => answer.promise);
    host.connect();
    host.disconnect();
    const { drawings } = host;
    answer.resolve('late');
    await settled();
    expect([host.drawings, loadable.value]).toEqual([drawings, null]);
  });
});

describe('a form', () => {
  const element = { querySelector: () => ({ focus() {} }) } as unknown as HTMLFormElement;

  function form(send: (values: { name: string; cost: string }, key: string) => Promise<string>) {
    return new Form(new TestHost(), {
      values: { name: '', cost: '5' },
      check: ({ name }) => (name === '' ? { name: 'Enter a name.' } : {}),
      send,
    });
  }

  test('is not sent with a fault', async () => {
    const tried = form(() => expect.unreachable());
    await tried.send(element);
    expect(tried.faults).toEqual({ name: 'Enter a name.' });
  });

  test('repeated after a lost answer it goes under the same key, changed under another', async () => {
    const keys: string[] = [];
    const tried = form(async (_, key) => {
      keys.push(key);
      throw new ApiError('gone', { status: 0, code: 'UNREACHABLE' });
    });
    tried.set('name', 'a');
    await tried.send(element);
    await tried.send(element);
    tried.set('name', 'b');
    await tried.send(element);
    expect([keys[0] === keys[1], keys[1] === keys[2], tried.values.name]).toEqual([true, false, 'b']);
  });

  test('a refusal is an answer to its key: the next try has another', async () => {
    const keys: string[] = [];
    const tried = form(async (_, key) => {
      keys.push(key);
      throw new ApiError('no', { status: 428, code: 'NOT_YET' });
    });
    tried.set('name', 'a');
    await tried.send(element);
    await tried.send(element);
    expect(keys[0]).not.toBe(keys[1]);
    expect(tried.problem).toBe('no');
  });

  test('what the server finds wrong stands beside its field, the rest above the buttons', async () => {
    const tried = form(async () => {
      const fields = [{ path: 'reward.name', message: 'is taken' }, { path: 'reward.scope', message: 'is unknown' }];
      throw new ApiError('no', { status: 400, code: 'VALIDATION', fields });
    });
    tried.set('name', 'a');
    await tried.send(element);
    expect([tried.faults, tried.problem]).toEqual([{ name: 'is taken' }, 'reward.scope: is unknown']);
  });

  test('what is typed while it is being sent is not taken for saved', async () => {
    const answer = deferred<string>();
    const tried = form(() => answer.promise);
    tried.set('name', 'a');
    const sending = tried.send(element);
    tried.set('name', 'ab');
    answer.resolve('done');
    await sending;
    expect([tried.busy, tried.changed, tried.values.name]).toEqual([false, true, 'ab']);
  });

  test('is not sent twice at once', async () => {
    const answer = deferred<string>();
    let sent = 0;
    const tried = form(() => (sent++, answer.promise));
    tried.set('name', 'a');
    const first = tried.send(element);
    await tried.send(element);
    answer.resolve('done');
    await first;
    expect([sent, tried.changed]).toEqual([1, false]);
  });
});
