import { html, nothing } from 'lit';
import { Screen } from '../../app/screen.js';
import { Loadable } from '../../kit/loadable.js';
import { Listening } from '../../app/listening.js';
import { revealed } from '../../kit/reveal.js';
import { section } from '../../kit/section.js';
import { getMember, getTiers, type MemberAccount, nameOf } from '../../records/accounts.js';
import { balanceView } from './balance.js';
import { tierView } from './tier.js';
import './adjust.js';
import './coupons.js';
import './ledger.js';
import './member-orders.js';

/** Everything about one member. Its parts load and fail each by itself, and are renewed when the account changes. */
class Member extends Screen {
  readonly #account = new Loadable(this, (signal) => getMember(this.context.api, this.path[0] as string, signal));
  readonly #tiers = new Loadable(this, (signal) => getTiers(this.context.api, signal));

  /** How many parts below each other have come; the next is shown then, so that nothing moves. */
  #settled = 0;

  constructor() {
    super();
    new Listening(this, () => void this.#account.refresh());
  }

  protected override render(): unknown {
    const account = this.#account.value;
    const { context } = this;
    return html`
      <nav aria-label="Breadcrumb"><a href="#/members">All members</a></nav>
      <div class="screen-head">
        <h1><bdi>${account ? nameOf(account) : 'Member'}</bdi></h1>
      </div>
      ${revealed([
        [this.#account, () => nothing],
        [
          this.#tiers,
          () => html`<div class="columns">
            ${section(this.#account, { heading: 'Points' }, (value) => balanceView(value, context))}
            ${section(this.#tiers, { heading: 'Tier' }, (tiers) => (account ? tierView(account, tiers, context) : nothing))}
          </div>`,
        ],
        [null, () => (account ? this.#parts(account) : nothing)],
      ])}
    `;
  }

  #parts(account: MemberAccount): unknown {
    const { context } = this;
    const renew = () => void this.#account.reload();
    const next = () => {
      this.#settled++;
      this.requestUpdate();
    };
    const parts = [
      html`<console-member-adjust .context=${context} .account=${account} @account-changed=${renew}></console-member-adjust>
        <console-member-coupons .context=${context} .account=${account} @account-changed=${renew} @settled=${next}></console-member-coupons>`,
      html`<console-member-ledger .context=${context} .account=${account} @settled=${next}></console-member-ledger>`,
      html`<console-member-orders .context=${context} .account=${account} @settled=${next}></console-member-orders>`,
    ];
    return parts.slice(0, this.#settled + 1);
  }
}

customElements.define('console-member', Member);
