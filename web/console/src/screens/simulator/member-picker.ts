import { html, nothing, type PropertyValues } from 'lit';
import type { Account, Tier } from '../../../../src/documents/index.js';
import { Screen } from '../../app/screen.js';
import { faultOfNumber, wholeNumber } from '../../kit/checks.js';
import { searched, searchFilter } from '../../kit/filters.js';
import { type MemberAccount, nameOf, searchMembers } from '../../records/accounts.js';
import { accountOfMember } from './member-as-shopper.js';

type Kind = 'guest' | 'made-up' | 'real';

/** Who shops, with the name to show. */
export interface Picked {
  readonly account: Account | null;
}

const FOUND_MAX = 8;
const POINTS_MAX = 999_999_999;

/** Chooses who shops in the simulator: nobody, somebody made up, or a member. Tells `member-picked`. */
class MemberPicker extends Screen {
  static override properties = { ...Screen.properties, account: { attribute: false }, tiers: { attribute: false }, baseTier: { attribute: false } };

  declare account: Account | null;
  declare tiers: readonly Tier[];
  declare baseTier: string;
  #kind: Kind = 'made-up';
  #name: string | null = null;
  #points = '';
  #pointsFault: string | undefined;
  #found: readonly MemberAccount[] | null = null;
  #problem: string | null = null;
  #told: Account | null | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('account') && this.account !== this.#told) {
      this.#kind = this.account === null ? 'guest' : this.account.id === 'sample' ? 'made-up' : 'real';
      this.#name = this.#kind === 'real' ? 'the member of the past order or test case' : null;
      this.#points = String(this.account?.available ?? 1000);
      this.#pointsFault = undefined;
    }
  }

  #tell(account: Account | null): void {
    this.#told = account;
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent<Picked>('member-picked', { detail: { account } }));
  }

  #choose(kind: Kind): void {
    this.#kind = kind;
    this.#name = null;
    this.#found = null;
    this.#problem = null;
    if (kind === 'guest') {
      this.#tell(null);
    } else if (kind === 'made-up') {
      this.#points = '1000';
      this.#tell({ id: 'sample', available: 1000, orderNumber: 1 });
    }
    this.requestUpdate();
  }

  #madeUp(part: Partial<Account>): void {
    const { tierId: _, ...others } = { ...this.account, id: 'sample', available: this.account?.available ?? 0 } as Account;
    const tierId = 'tierId' in part ? part.tierId : this.account?.tierId;
    this.#tell({ ...others, ...part, ...(tierId && { tierId }) });
  }

  #setPoints(text: string): void {
    this.#points = text;
    this.#pointsFault = faultOfNumber(text, 0, POINTS_MAX);
    if (this.#pointsFault === undefined) {
      this.#madeUp({ available: wholeNumber(text) as number });
    }
    this.requestUpdate();
  }

  #setTier(id: string): void {
    const tier = this.tiers.find((one) => one.id === id);
    const { tierId: _, ...others } = this.account ?? { id: 'sample', available: 0 };
    this.#tell({ ...others, tierPoints: tier?.requiredPoints ?? 0, ...(tier && { tierId: tier.id }) });
  }

  readonly #search = async (event: Event): Promise<void> => {
    const search = searched(event);
    this.#problem = null;
    try {
      this.#found = (await searchMembers(this.context.api, { search, tier: '', sort: 'newest' }, null, FOUND_MAX)).rows;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  };

  async #take(member: MemberAccount): Promise<void> {
    this.#problem = null;
    try {
      const account = await accountOfMember(this.context.api, member.contactId);
      this.#name = nameOf(member);
      this.#found = null;
      this.#tell(account);
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      this.requestUpdate();
    }
  }

  protected override render(): unknown {
    const kinds: readonly (readonly [Kind, string])[] = [['guest', 'A guest'], ['made-up', 'Somebody made up'], ['real', 'A member']];
    return html`
      <div class="segments" role="group" aria-label="Who shops">
        ${kinds.map(([kind, text]) => html`<button type="button" class="button" aria-pressed=${String(this.#kind === kind)} @click=${() => this.#choose(kind)}>${text}</button>`)}
      </div>
      ${this.#kind === 'made-up' ? this.#madeUpFields() : this.#kind === 'real' ? this.#realFields() : nothing}
    `;
  }

  #madeUpFields(): unknown {
    const fault = this.#pointsFault;
    return html`
      <div class="field-row">
        <div class="field">
          <label for="sample-points">${this.context.pointsName} to spend</label>
          <div class="control">
            <input id="sample-points" inputmode="numeric" autocomplete="off" .value=${this.#points} aria-invalid=${fault ? 'true' : nothing} aria-describedby="sample-points-fault"
              @input=${(event: Event) => this.#setPoints((event.target as HTMLInputElement).value)} />
          </div>
          <p class="fault" id="sample-points-fault" aria-live="polite">${fault ?? nothing}</p>
        </div>
        ${this.tiers.length > 0
          ? html`<div class="field">
              <label for="sample-tier">Tier</label>
              <div class="control">
                <select id="sample-tier" @change=${(event: Event) => this.#setTier((event.target as HTMLSelectElement).value)}>
                  <option value="" .selected=${this.account?.tierId === undefined}>${this.baseTier}</option>
                  ${this.tiers.map((tier) => html`<option value=${tier.id} .selected=${this.account?.tierId === tier.id}>${tier.name ?? tier.id}</option>`)}
                </select>
              </div>
            </div>`
          : nothing}
      </div>
    `;
  }

  #realFields(): unknown {
    const { points } = this.context;
    return html`
      ${this.#name && this.account ? html`<p>Shopping: <strong><bdi>${this.#name}</bdi></strong>, ${points(this.account.available)} to spend.</p>` : nothing}
      <form class="toolbar" role="search" @submit=${this.#search}>
        ${searchFilter('sample-search', 'Name or e-mail of a member')}
      </form>
      <div aria-live="polite">
        ${this.#problem ? html`<p class="problem">${this.#problem}</p>` : nothing}
        ${this.#found === null
          ? nothing
          : this.#found.length === 0
            ? html`<p class="muted">Nobody matches.</p>`
            : html`<ul class="choices">
                ${this.#found.map(
                  (one) => html`<li>
                    <button type="button" class="button" @click=${() => void this.#take(one)}><bdi>${nameOf(one)}</bdi> <span class="muted">${points(one.points.balance)}</span></button>
                  </li>`,
                )}
              </ul>`}
      </div>
    `;
  }
}

customElements.define('console-member-picker', MemberPicker);
