import { expect, test } from 'vitest';
import { Draft, type Change } from '../../../console/src/draft/draft.js';
import { memoryStorage } from './storage.js';

const change = (subject: string, summary = subject): Change => ({ operation: 'rewards.update', request: { reward: { id: subject } }, subject, summary });

test('a later change of the same thing takes the place of the earlier one', () => {
  const draft = new Draft(null, 'site');
  draft.add(change('a'));
  draft.add(change('b'));
  draft.add(change('a', 'again'));
  expect(draft.changes.map(({ summary }) => summary)).toEqual(['again', 'b']);
  draft.add({ ...change('a'), operation: 'rewards.delete' });
  expect(draft.changes).toHaveLength(3);
});

test('it tells of each change, and can be emptied', () => {
  const draft = new Draft(null, 'site');
  let told = 0;
  draft.addEventListener('change', () => told++);
  draft.add(change('a'));
  draft.remove(0);
  draft.clear();
  expect([told, draft.changes]).toEqual([3, []]);
});

test('it outlives a reload of the page, for its own site only', () => {
  const storage = memoryStorage();
  new Draft(storage, 'one').add(change('a'));
  expect(new Draft(storage, 'one').changes).toHaveLength(1);
  expect(new Draft(storage, 'two').changes).toHaveLength(0);
});

test('what another version of the page has left does not break it', () => {
  expect(new Draft(memoryStorage({ 'loyalty-console-draft-site': '{' }), 'site').changes).toEqual([]);
  expect(new Draft(memoryStorage({ 'loyalty-console-draft-site': '{"a":1}' }), 'site').changes).toEqual([]);
});
