import { html, type PropertyValues } from 'lit';
import { Screen } from '../../app/screen.js';
import { searched, searchFilter, selectFilter } from '../../kit/filters.js';
import { Loadable } from '../../kit/loadable.js';
import { anew, Pages, pagesFoot } from '../../kit/pages.js';
import { section } from '../../kit/section.js';
import { tierLevels } from '../../rules/model.js';
import { addressOf, BASE_TIER, filterOf, getTiers, type MemberAccount, type MemberFilter, nameOf, searchMembers, SORTS, type SortName, tierName } from '../../records/accounts.js';

const PAGE = 25;

/** The list of members: found by name or e-mail, narrowed to a tier, sorted; what is chosen stands in the address. */
class MemberList extends Screen {
  readonly #tiers = new Loadable(this, (signal) => getTiers(this.context.api, signal));
  readonly #members = new Pages<MemberAccount>(this, (cursor, signal) => searchMembers(this.context.api, filterOf(this.query), cursor, PAGE, signal));

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('query');
    if (before !== undefined && before.toString() !== this.query.toString()) {
      void this.#members.reload();
    }
  }

  #narrow(part: Partial<MemberFilter>): void {
    this.context.go(addressOf({ ...filterOf(this.query), ...part }));
  }

  protected override render(): unknown {
    return html`
      <div class="screen-head">
        <h1>Members</h1>
        <div class="buttons">
          <a class="button" href="#/members/import">Import a CSV file</a>
          <a class="button primary" href="#/members/add">Add a member</a>
        </div>
      </div>
      ${this.#filters()}
      ${section(this.#members, { heading: 'Everybody with an account', lines: 12 }, ({ rows }) => this.#table(rows))}
    `;
  }

  #filters(): unknown {
    const filter = filterOf(this.query);
    const tiers = this.#tiers.value;
    const levels = tiers === null ? [] : tierLevels(tiers).map(({ id = BASE_TIER, name }) => [id, name] as const);
    const sorts = Object.entries(SORTS).map(([name, { text }]) => [name, text] as const);
    return html`
      <form class="toolbar" role="search" @submit=${(event: Event) => this.#narrow({ search: searched(event) })}>
        ${searchFilter('members-search', 'Name or e-mail', filter.search)}
        ${selectFilter('members-tier', 'Tier', filter.tier, [['', 'All tiers'], ...levels], (tier) => this.#narrow({ tier }))}
        ${selectFilter('members-sort', 'Sort', filter.sort, sorts, (sort) => this.#narrow({ sort: sort as SortName }))}
      </form>
    `;
  }

  #table(rows: readonly MemberAccount[]): unknown {
    const { search, tier } = filterOf(this.query);
    if (rows.length === 0) {
      return search || tier
        ? html`<div class="empty"><p>Nobody matches. <a href="#/members">Show all members</a></p></div>`
        : html`<div class="empty"><p>There are no members yet. <a href="#/members/add">Add the first</a>, <a href="#/members/import">import your customers</a>, or let the shop enrol them.</p></div>`;
    }
    const { number, date } = this.context;
    const tiers = this.#tiers.value;
    const table = html`
      <div class="table-frame"><table class="table stacks">
        <thead>
          <tr><th scope="col">Member</th><th scope="col">E-mail</th><th scope="col">Tier</th><th scope="col" class="end">Balance</th><th scope="col" class="end">Earned ever</th><th scope="col">Last active</th></tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) => html`<tr>
              <th scope="row" data-label="Member"><a href="#/members/${row.id}"><bdi>${nameOf(row)}</bdi></a></th>
              <td data-label="E-mail" class="break"><bdi>${row.contact.email ?? '–'}</bdi></td>
              <td data-label="Tier"><bdi>${tiers === null ? '…' : tierName(tiers, row.tier.id)}</bdi></td>
              <td data-label="Balance" class="end">${number(row.points.balance)}</td>
              <td data-label="Earned ever" class="end">${number(row.points.earned)}</td>
              <td data-label="Last active">${row.lastActivityDate ? date(row.lastActivityDate) : 'Not yet'}</td>
            </tr>`,
          )}
        </tbody>
      </table></div>
      ${pagesFoot(this.#members, 'member', 'members')}
    `;
    return anew(rows, table);
  }
}

customElements.define('console-member-list', MemberList);
