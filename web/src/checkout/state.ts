import type { Choice, Quote } from '../documents/index.js';
import type { Reason } from '../text/reasons.js';

/** What the element is doing, in one word: `data-state`, `:state()` and `loyalty-state` say it. */
export type StateName =
  | 'unset'
  | 'loading'
  | 'unavailable'
  | 'inactive-paused'
  | 'inactive-draft'
  | 'guest'
  | 'member-empty'
  | 'member'
  | 'locked'
  | 'previewing'
  | 'applying'
  | 'slow'
  | 'removing'
  | 'applied'
  | 'replaced'
  | 'rejected'
  | 'reconciled'
  | 'hold-expired'
  | 'stale-cart'
  | 'elsewhere'
  | 'completed'
  | 'offline';

/** Which choices one choice pushed aside, and what was chosen before, for Undo. */
export interface Replacement {
  readonly by: string;
  readonly others: readonly string[];
  readonly before: readonly Choice[];
}

/** One thing to tell the shopper. There is at most one at a time: the latest. */
export type Notice =
  | ({ readonly kind: 'replaced' } & Replacement)
  | { readonly kind: 'rejected'; readonly reason: Reason; readonly at: 'code' | 'choice' | 'apply'; readonly text?: string }
  | ({ readonly kind: 'reconciled' } & Reconciliation)
  | { readonly kind: 'hold-expired'; readonly minutes: number | null }
  | { readonly kind: 'stale-cart' }
  /** Another page of the same member changed what is applied. */
  | { readonly kind: 'elsewhere' };

/** The store comes to another total than the page showed. */
export interface Reconciliation {
  readonly before: number;
  readonly now: Quote;
  readonly why: Reason | null;
  /** Whether nothing was applied for it: the shopper decides. */
  readonly open: boolean;
}

export type Program = 'unset' | 'ACTIVE' | 'PAUSED' | 'DRAFT';

export interface State {
  /** Whether anything was given at all; a bare tag draws nothing. */
  readonly configured: boolean;
  /** Everything needed is there: texts, core, catalog, member, cart. */
  readonly ready: boolean;
  readonly failed: boolean;
  /** Whether loading takes so long that it says so. */
  readonly longWait: boolean;
  readonly program: Program;
  readonly who: 'unknown' | 'guest' | 'member';
  /** Whether a member has anything to choose. */
  readonly hasOptions: boolean;
  readonly locked: boolean;
  readonly online: boolean;
  /** Whether anything is chosen, and whether just that was applied. */
  readonly chosen: boolean;
  readonly applied: boolean;
  /** The shopper looks at the choices again although something is applied. */
  readonly changing: boolean;
  /** The order was placed: nothing can be chosen any more. */
  readonly completed: boolean;
  readonly request: null | { readonly kind: 'apply' | 'remove'; readonly id: number; readonly slow: boolean };
  readonly notice: Notice | null;
}

export const initialState: State = {
  configured: false,
  ready: false,
  failed: false,
  longWait: false,
  program: 'unset',
  who: 'unknown',
  hasOptions: false,
  locked: false,
  online: true,
  chosen: false,
  applied: false,
  changing: false,
  completed: false,
  request: null,
  notice: null,
};

/** What is known from outside: each may change at any time. */
export type Facts = Partial<
  Pick<State, 'configured' | 'ready' | 'program' | 'who' | 'hasOptions' | 'locked' | 'online'>
>;

export type Happening =
  | { readonly type: 'facts'; readonly facts: Facts }
  | { readonly type: 'waited' }
  | { readonly type: 'failed' }
  | { readonly type: 'retry' }
  /** The shopper chose. `chosen`: whether anything is left chosen. */
  | { readonly type: 'chose'; readonly chosen: boolean; readonly replaced?: Replacement | null }
  | { readonly type: 'change' }
  | { readonly type: 'rejected'; readonly reason: Reason; readonly at: 'code' | 'choice' | 'apply'; readonly text?: string }
  | { readonly type: 'dismissed' }
  | { readonly type: 'request'; readonly kind: 'apply' | 'remove'; readonly id: number }
  | { readonly type: 'slow'; readonly id: number; readonly slow: boolean }
  | { readonly type: 'applied'; readonly id: number; readonly reconciled: Reconciliation | null }
  /** `applied`: whether what is left chosen is applied. */
  | { readonly type: 'removed'; readonly id: number; readonly chosen: boolean; readonly applied: boolean }
  /** The store would apply it for another total, and has not. */
  | { readonly type: 'countered'; readonly id: number; readonly offer: Reconciliation }
  /** What the store has applied, however that came. */
  | {
      readonly type: 'stands';
      readonly applied: boolean;
      readonly chosen: boolean;
      readonly completed: boolean;
      readonly notice: Notice | null;
    }
  | { readonly type: 'refused'; readonly id: number; readonly reason: Reason }
  | { readonly type: 'cancelled'; readonly id: number }
  | { readonly type: 'kept' }
  | { readonly type: 'hold-expired'; readonly minutes: number | null }
  | { readonly type: 'cart-changed' };

/** An answer counts only for the request that is under way: an older one changes nothing. */
function answers(state: State, id: number): boolean {
  return state.request?.id === id;
}

/** The next state. Pure; a happening that does not fit leaves the state as it is. */
export function next(state: State, event: Happening): State {
  switch (event.type) {
    case 'facts': {
      const merged = { ...state, ...event.facts };
      // What is there cannot have failed, and is no longer waited for.
      return merged.ready ? { ...merged, failed: false, longWait: false } : merged;
    }
    case 'waited':
      return state.ready || state.failed ? state : { ...state, longWait: true };
    case 'failed':
      return { ...state, failed: true, ready: false, longWait: false, request: null };
    case 'retry':
      return { ...state, failed: false, longWait: false };
    case 'chose':
      return {
        ...state,
        chosen: event.chosen,
        applied: false,
        changing: false,
        notice: event.replaced ? { kind: 'replaced', ...event.replaced } : null,
      };
    case 'change':
      return state.applied ? { ...state, changing: true } : state;
    case 'rejected':
      return {
        ...state,
        notice: {
          kind: 'rejected',
          reason: event.reason,
          at: event.at,
          ...(event.text !== undefined && { text: event.text }),
        },
      };
    case 'dismissed':
      return state.notice === null ? state : { ...state, notice: null };
    case 'request':
      return { ...state, request: { kind: event.kind, id: event.id, slow: false }, notice: null };
    case 'slow':
      return answers(state, event.id) ? { ...state, request: { ...state.request!, slow: event.slow } } : state;
    case 'applied':
      return answers(state, event.id)
        ? {
            ...state,
            request: null,
            applied: true,
            changing: false,
            notice: event.reconciled ? { kind: 'reconciled', ...event.reconciled } : null,
          }
        : state;
    case 'removed':
      return answers(state, event.id)
        ? { ...state, request: null, applied: event.applied, changing: false, chosen: event.chosen, notice: null }
        : state;
    case 'countered':
      return answers(state, event.id) ? { ...state, request: null, notice: { kind: 'reconciled', ...event.offer } } : state;
    case 'stands': {
      const { applied, chosen, completed, notice } = event;
      return { ...state, applied, chosen, completed, changing: false, notice };
    }
    case 'refused':
      return answers(state, event.id)
        ? { ...state, request: null, notice: { kind: 'rejected', reason: event.reason, at: 'apply' } }
        : state;
    case 'cancelled':
      return answers(state, event.id) ? { ...state, request: null } : state;
    case 'kept':
      return state.notice?.kind === 'reconciled' ? { ...state, notice: null } : state;
    case 'hold-expired':
      return state.applied
        ? { ...state, applied: false, changing: false, notice: { kind: 'hold-expired', minutes: event.minutes } }
        : state;
    case 'cart-changed':
      return state.applied
        ? { ...state, applied: false, changing: false, notice: { kind: 'stale-cart' } }
        : state;
  }
}

/** The one word. What the shopper must know first wins. */
export function nameOf(state: State): StateName {
  if (!state.configured) {
    return 'unset';
  }
  if (state.failed) {
    return 'unavailable';
  }
  if (state.program === 'DRAFT') {
    return 'inactive-draft';
  }
  if (!state.ready) {
    return 'loading';
  }
  if (state.program === 'PAUSED') {
    return 'inactive-paused';
  }
  if (state.completed) {
    return 'completed';
  }
  if (state.request) {
    return state.request.kind === 'remove' ? 'removing' : state.request.slow ? 'slow' : 'applying';
  }
  if (state.locked) {
    return 'locked';
  }
  if (state.notice) {
    return state.notice.kind;
  }
  if (!state.online) {
    return 'offline';
  }
  if (state.applied) {
    return 'applied';
  }
  if (state.chosen) {
    return 'previewing';
  }
  if (state.who === 'guest') {
    return 'guest';
  }
  return state.hasOptions ? 'member' : 'member-empty';
}

/** Side conditions, each a custom state of its own beside the name. */
export function flagsOf(state: State): readonly string[] {
  return [
    ...(state.online ? [] : ['offline']),
    ...(state.locked ? ['locked'] : []),
    ...(state.notice?.kind === 'stale-cart' ? ['stale'] : []),
    ...(state.chosen && !state.applied && state.ready ? ['estimated'] : []),
  ];
}
