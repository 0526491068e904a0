import type { Offer, Quote } from '../../documents/index.js';
import type { Naming } from '../../text/reasons.js';
import type { Messages } from '../../text/messages.js';
import type { Words } from '../../text/words.js';
import type { Announcement } from '../announcer.js';
import type { Context } from '../choices.js';
import type { CheckoutController } from '../controller.js';
import type { Hands } from '../hands.js';
import type { StateName } from '../state.js';
import type { Chosen, HideToken } from '../types.js';

/**
 * What is fetched once the first preview is there: nothing that moves anything when it comes. Where something is
 * chosen already, the first preview waits for it.
 */
export interface Later {
  loadAllMessages(locale: string): Promise<Messages>;
  nameOfId(id: string, context: Context, chosen: Chosen): string | null;
  whyNot(offer: Offer, view: View): string;
  betterTip(view: View): unknown;
  slider(offer: Offer, view: View): unknown;
  summary(view: View, quote: Quote): unknown;
  notice(view: View): unknown;
  applied(view: View): unknown;
  codeForm(view: View): unknown;
  enteredCodes(view: View): unknown;
  onEntering(state: StateName, from: StateName, view: View): Announcement | null;
  aboutTotal(view: View): Announcement | null;
}

/** What the parts of the panel draw from, and what they may do. */
export interface View {
  readonly at: StateName;
  readonly checkout: CheckoutController;
  readonly words: Words;
  readonly naming: Naming;
  readonly quote: Quote | null;
  readonly headingLevel: number;
  readonly signInUrl: string | null;
  readonly rewardsUrl: string | null;
  /** Nothing may be changed: disabled, readonly or locked. */
  readonly fixed: boolean;
  readonly debug: boolean;
  /** The reward that was picked and is being looked into, null for none; undefined: nothing was picked. */
  readonly wish: string | null | undefined;
  readonly couponOpen: boolean;
  readonly couponHidden: boolean;
  readonly later: Later | null;
  readonly hands: Hands | null;
  hides(token: HideToken): boolean;
  readonly on: FirstControls;
}

/** What can be done in the first preview. */
export interface FirstControls {
  reward(id: string | null): void;
  coupon(id: string): void;
  toggleCode(): void;
  signIn(event: Event): void;
  retry(): void;
}

/** What can be done with what is fetched then. */
export interface LaterControls {
  /** The slider or a step button: points on the grid. */
  slide(event: Event): void;
  slid(): void;
  press(event: PointerEvent): void;
  step(direction: 1 | -1): void;
  typing(): void;
  typed(event: Event): void;
  leftNumber(): void;
  codeInput(event: Event): void;
  code(event: Event): void;
  toggleExplain(): void;
  apply(): void;
  cancel(): void;
  remove(id: string): void;
}
