import type { DocumentError } from '../core/api.js';
import type { Choice, Promotion } from '../documents/index.js';
import type { CheckoutController, ControllerHost } from './controller.js';
import type { Calculator } from './engine.js';
import type { Happening } from './state.js';
import type { CheckoutClient } from './types.js';

/** What is asked of the store: what is missing, everything, or what an event was about. */
export type Wanted = 'missing' | 'all' | 'member' | 'program';

/** What the controller lets those do who work for it. */
export interface Desk {
  readonly host: ControllerHost;
  readonly checkout: CheckoutController;
  /** What computes, with a checkout in it; null where there is none. */
  engine(): Calculator | null;
  client(): CheckoutClient | undefined;
  /** One more promotion that an entered code stands for. */
  resolve(promotion: Promotion): DocumentError | null;
  send(event: Happening): void;
  /** Other choices that need no checking. */
  took(chosen: readonly Choice[], reason: string): void;
  /** The quote is the same, and more is known of it. */
  drawn(): void;
  /** Other sums for the same documents. */
  quoteChanged(reason: string): void;
  choiceChanged(): void;
  fetch(wanted: Wanted): Promise<void>;
  /** The store computes from now on: what this page computes is not what the store charges. */
  leaveToStore(): void;
  /** The store, which computes, has answered. */
  arrived(): void;
  later(name: string, ms: number, work: () => void): void;
  forget(name: string): void;
  waits(name: string): boolean;
  fail(code: string, cause: unknown, unavailable?: boolean): void;
}
