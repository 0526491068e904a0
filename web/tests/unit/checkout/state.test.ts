import { describe, expect, it } from 'vitest';
import type { Quote } from '../../../src/documents/index.js';
import { flagsOf, initialState, nameOf, next } from '../../../src/checkout/state.js';
import type { Facts, Happening, State } from '../../../src/checkout/state.js';

const known: Facts = { configured: true, ready: true, program: 'ACTIVE', who: 'member', hasOptions: true };
const after = (...events: Happening[]): State =>
  events.reduce(next, next(initialState, { type: 'facts', facts: known }));
const facts = (more: Facts): Happening => ({ type: 'facts', facts: more });
const chose: Happening = { type: 'chose', chosen: true };
const applied: Happening[] = [chose, { type: 'request', kind: 'apply', id: 1 }, { type: 'applied', id: 1, reconciled: null }];
const reconciliation = { before: 1, now: {} as Quote, why: null, open: false };
const rejection: Happening = { type: 'rejected', reason: { code: 'EXPIRED' }, at: 'code', text: 'OLD' };

describe('the one word for what is going on', () => {
  it.each<[string, State]>([
    ['unset', initialState],
    ['loading', next(initialState, facts({ configured: true }))],
    ['unavailable', next(next(initialState, facts({ configured: true })), { type: 'failed' })],
    ['inactive-paused', after(facts({ program: 'PAUSED' }))],
    ['inactive-draft', after(facts({ program: 'DRAFT', ready: false }))],
    ['guest', after(facts({ who: 'guest' }))],
    ['member-empty', after(facts({ hasOptions: false }))],
    ['member', after()],
    ['locked', after(chose, facts({ locked: true }))],
    ['previewing', after(chose)],
    ['applying', after(chose, { type: 'request', kind: 'apply', id: 1 })],
    ['slow', after(chose, { type: 'request', kind: 'apply', id: 1 }, { type: 'slow', id: 1, slow: true })],
    ['removing', after(...applied, { type: 'request', kind: 'remove', id: 2 })],
    ['applied', after(...applied)],
    ['replaced', after({ type: 'chose', chosen: true, replaced: { by: 'a', others: ['b'], before: [] } })],
    ['rejected', after(rejection)],
    ['reconciled', after(chose, { type: 'request', kind: 'apply', id: 1 }, { type: 'applied', id: 1, reconciled: reconciliation })],
    ['hold-expired', after(...applied, { type: 'hold-expired', minutes: 60 })],
    ['stale-cart', after(...applied, { type: 'cart-changed' })],
    ['offline', after(chose, facts({ online: false }))],
  ])('%s', (name, state) => {
    expect(nameOf(state)).toBe(name);
  });
});

describe('transitions', () => {
  it('an answer to a request that is no longer under way changes nothing', () => {
    const state = after(chose, { type: 'request', kind: 'apply', id: 1 }, { type: 'cancelled', id: 1 }, { type: 'request', kind: 'apply', id: 2 });
    expect(next(state, { type: 'applied', id: 1, reconciled: null })).toBe(state);
    expect(next(state, { type: 'refused', id: 1, reason: { code: 'X' } })).toBe(state);
    expect(next(state, { type: 'slow', id: 1, slow: true })).toBe(state);
    expect(nameOf(next(state, { type: 'applied', id: 2, reconciled: null }))).toBe('applied');
  });

  it('choosing anything takes back what was applied, and silences the last notice', () => {
    const state = after(...applied, rejection, chose);
    expect(state).toMatchObject({ applied: false, notice: null });
    expect(nameOf(state)).toBe('previewing');
  });

  it('what arrives after a failure is taken', () => {
    const failed = next(after(), { type: 'failed' });
    expect(nameOf(failed)).toBe('unavailable');
    expect(nameOf(next(failed, facts({ ready: true })))).toBe('member');
  });

  it('a hold or a cart that changes matters only while something is applied', () => {
    const state = after(chose);
    expect(next(state, { type: 'hold-expired', minutes: 60 })).toBe(state);
    expect(next(state, { type: 'cart-changed' })).toBe(state);
  });

  it('looking at the choices again keeps what is applied', () => {
    const state = after(...applied, { type: 'change' });
    expect(state).toMatchObject({ applied: true, changing: true });
    expect(nameOf(state)).toBe('applied');
  });

  it('keeping accepts the total of the store', () => {
    const state = after(chose, { type: 'request', kind: 'apply', id: 1 }, { type: 'applied', id: 1, reconciled: reconciliation }, { type: 'kept' });
    expect(nameOf(state)).toBe('applied');
  });

  it('side conditions are said beside the name', () => {
    expect(flagsOf(after(chose, facts({ online: false, locked: true })))).toEqual(['offline', 'locked', 'estimated']);
    expect(flagsOf(after(...applied))).toEqual([]);
  });
});
