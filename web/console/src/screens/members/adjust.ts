import { html, nothing, type PropertyValues } from 'lit';
import { ApiError } from '../../api/refusal.js';
import { Screen } from '../../app/screen.js';
import { faultOfNumber, faultOfText, wholeNumber } from '../../kit/checks.js';
import { formFoot, numberField, selectField, textField } from '../../kit/fields.js';
import { Form } from '../../kit/form.js';
import { card } from '../../kit/section.js';
import { type MemberAccount, nameOf } from '../../records/accounts.js';

type How = 'give' | 'take' | 'set';

interface Values extends Record<string, string | boolean> {
  how: How;
  points: string;
  reason: string;
}

interface Adjusted {
  readonly account: MemberAccount;
  readonly transactionId?: string;
}

/** The most points that one call moves. */
const AMOUNT_MAX = 9_999_999;
const BALANCE_MAX = 999_999_999;
const REASON_MAX = 100;

/** What is wrong with what was typed, by field. */
export function faultsOf({ how, points, reason }: Values): Partial<Record<'points' | 'reason', string>> {
  const ofPoints = how === 'set' ? faultOfNumber(points, 0, BALANCE_MAX) : faultOfNumber(points, 1, AMOUNT_MAX);
  const ofReason = faultOfText(reason, 1, REASON_MAX, 'a reason: the member reads it in the history');
  return { ...(ofPoints && { points: ofPoints }), ...(ofReason && { reason: ofReason }) };
}

/** The request of `accounts.adjustPoints`. */
export function requestOf({ how, points, reason }: Values, revision: string): Record<string, unknown> {
  const number = wholeNumber(points) as number;
  return { ...(how === 'set' ? { balance: number } : { amount: how === 'take' ? -number : number }), description: reason.trim(), revision };
}

/** Gives points, takes points, or sets the balance: always with a reason. What the balance is afterwards, the server says. */
class MemberAdjust extends Screen {
  static override properties = { ...Screen.properties, account: { attribute: false } };

  declare account: MemberAccount;

  /** The account as it was and as the server answered it; null: nothing was done yet. */
  #done: { readonly before: number; readonly after: number } | null = null;
  /** The revision that the form was looked at with. */
  #revision: string | null = null;
  #isStale = false;

  readonly #form = new Form<Values, Adjusted>(this, {
    values: { how: 'give', points: '', reason: '' },
    check: faultsOf,
    send: (values, key) => this.#send(values, key),
    sent: ({ account }) => {
      this.#done = { before: this.account.points.balance, after: account.points.balance };
      this.context.say(`The balance is ${this.context.points(account.points.balance)} now.`);
      this.#form.reset({ how: this.#form.values.how, points: '', reason: '' });
      this.#revision = account.revision;
      this.dispatchEvent(new Event('account-changed'));
    },
    fieldOf: (path) => (path === 'description' ? 'reason' : ['amount', 'balance'].includes(path) ? 'points' : undefined),
  });

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('account') && !this.#form.changed) {
      this.#revision = this.account.revision;
    }
  }

  async #send(values: Values, key: string): Promise<Adjusted> {
    this.#isStale = false;
    this.#done = null;
    const path = `/loyalty-accounts/v1/accounts/${this.account.id}/adjust-points`;
    try {
      return await this.context.api.post<Adjusted>(path, requestOf(values, this.#revision ?? this.account.revision), { idempotencyKey: key });
    } catch (error) {
      if (error instanceof ApiError && error.isStale) {
        this.#isStale = true;
        this.dispatchEvent(new Event('account-changed'));
      }
      throw error;
    }
  }

  readonly #takeNew = (): void => {
    this.#revision = this.account.revision;
    this.#isStale = false;
    this.#form.problem = null;
    this.requestUpdate();
  };

  protected override render(): unknown {
    const form = this.#form;
    const { points, number } = this.context;
    const isSet = form.values.how === 'set';
    return card(
      { heading: 'Adjust points', intro: html`<bdi>${nameOf(this.account)}</bdi> has ${points(this.account.points.balance)} now.` },
      html`
        <form novalidate @submit=${form.submit}>
          <div class="columns">
            ${selectField(form, 'how', { label: 'What to do', choices: [['give', 'Give points'], ['take', 'Take points'], ['set', 'Set the balance']] })}
            ${numberField(form, 'points', { label: isSet ? 'New balance' : 'Points', suffix: this.context.pointsName })}
          </div>
          ${textField(form, 'reason', { label: 'Reason', maxLength: REASON_MAX, hint: 'The member sees it in the history, and it stays in the books.' })}
          ${this.#isStale
            ? html`<div class="problem" role="alert">
                <p>The account changed while you were writing: the balance is ${points(this.account.points.balance)} now. What you typed is still here.</p>
                <button type="button" class="button" ?disabled=${this.#revision === this.account.revision} @click=${this.#takeNew}>Go on with the new balance</button>
              </div>`
            : nothing}
          ${formFoot(form, isSet ? 'Set the balance' : form.values.how === 'take' ? 'Take the points' : 'Give the points')}
        </form>
        <p role="status" class="outcome">
          ${this.#done ? html`Done: the balance was ${number(this.#done.before)} and is <strong>${number(this.#done.after)}</strong>.` : nothing}
        </p>
      `,
    );
  }
}

customElements.define('console-member-adjust', MemberAdjust);
