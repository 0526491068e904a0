import type { PropertyValues } from 'lit';
import { Screen } from '../../app/screen.js';
import type { Loadable } from '../../kit/loadable.js';
import type { MemberAccount } from '../../records/accounts.js';

/**
 * A part of a member's page that loads by itself, and again when the account changes. Tells `settled` once, when what it
 * shows first has come or failed: what stands below it can be shown then.
 */
export abstract class MemberPart extends Screen {
  static override properties = { ...Screen.properties, account: { attribute: false } };

  declare account: MemberAccount;
  #isSettled = false;

  /** What is loaded of the account; the first is what the part shows. */
  protected abstract get loaded(): readonly [Loadable<unknown>, ...Loadable<unknown>[]];

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('account');
    if (before && before.revision !== this.account.revision) {
      this.loaded.forEach((one) => void one.reload());
    }
    if (!this.#isSettled && this.loaded[0].state.at !== 'loading') {
      this.#isSettled = true;
      this.dispatchEvent(new Event('settled'));
    }
  }
}
