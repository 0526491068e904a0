import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { bodyOf, eventsAfter, newestEvents, type DomainEvent } from '../../api/events.js';
import type { Context } from '../../app/context.js';
import { Pages, pagesFoot } from '../../kit/pages.js';
import { section } from '../../kit/section.js';

/** What events are about, by the names that they have in the API. */
const KINDS: readonly (readonly [fqdn: string, text: string])[] = [
  ['wix.loyalty.v1.account', 'Accounts'],
  ['wix.loyalty.transaction.v1.loyalty_transaction', 'Transactions'],
  ['wix.loyalty.v1.checkout_discount', 'Discounts of checkouts'],
  ['loyalty.v1.order', 'Orders'],
  ['wix.loyalty.v1.coupon', 'Coupons'],
  ['wix.loyalty.v1.program', 'Program'],
  ['wix.loyalty.v1.loyalty_earning_rule', 'Ways to earn'],
  ['wix.loyalty.v1.reward', 'Rewards'],
  ['wix.loyalty.v1.promotion', 'Promotions'],
  ['wix.loyalty.v1.tier', 'Tiers'],
  ['wix.loyalty.v1.tiers_settings', 'Settings of tiers'],
  ['wix.loyalty.imports.v1.loyalty_import', 'Imports'],
  ['wix.loyalty.socialmedia.v1.followed_channel', 'Followed channels'],
];
const PAGE = 25;

/** An event as JSON, with the document inside it unpacked. */
export function readable(event: DomainEvent): string {
  const { createdEvent, updatedEvent, deletedEvent, actionEvent, ...envelope } = event;
  return JSON.stringify({ ...envelope, body: bodyOf({ ...(createdEvent && { createdEvent }), ...(updatedEvent && { updatedEvent }), ...(deletedEvent && { deletedEvent }), ...(actionEvent && { actionEvent }) }) }, null, 2);
}

/** The domain events of the site, newest first, as they come. */
export class DevelopersEvents extends LitElement {
  static override properties = { context: { attribute: false }, kind: { state: true } };

  declare context: Context;
  declare private kind: string;
  readonly #events = new Pages<DomainEvent>(this, async (cursor, signal) => {
    const { kind } = this;
    const { events, before } = await newestEvents(this.context.api, {
      wanted: PAGE,
      ...(cursor !== null && { before: Number(cursor) }),
      ...(kind !== '' && { accepts: ({ entityFqdn }: DomainEvent) => entityFqdn === kind }),
      ...(signal && { signal }),
    });
    return { rows: events, next: before === null ? null : String(before) };
  });
  #stop: (() => void) | null = null;

  constructor() {
    super();
    this.kind = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.context.onEvents(() => void this.#addNew());
  }

  override disconnectedCallback(): void {
    this.#stop?.();
    super.disconnectedCallback();
  }

  protected override render(): TemplateResult {
    const filter = html`<div class="field inline">
      <label class="hidden" for="event-kind">Show</label>
      <div class="control">
        <select id="event-kind" @change=${this.#choose}>
          <option value="">All kinds</option>
          ${KINDS.map(([fqdn, text]) => html`<option value=${fqdn} ?selected=${fqdn === this.kind}>${text}</option>`)}
        </select>
      </div>
    </div>`;
    const intro = html`What happened on this site, newest first, as it happens; times are those of ${this.context.timeZone}. Your backend reads the same from <code>/loyalty-events/v1/events?after=…</code> or as a stream from <code>/loyalty-events/v1/stream</code>.`;
    return section(this.#events, { heading: 'Event log', intro, actions: filter, lines: 10 }, ({ rows, next }) =>
      rows.length === 0 && next === null
        ? html`<div class="empty"><h3>No events</h3><p>${this.kind === '' ? 'Nothing has happened on this site yet.' : 'Nothing of this kind has happened yet.'}</p></div>`
        : html`<ol class="events">${rows.map((event) => this.#row(event))}</ol>
            ${rows.length === 0 ? html`<p class="muted">None among the newest events. Older ones may have some.</p>` : nothing} ${pagesFoot(this.#events, 'event', 'events')}
            ${rows.length === 0 ? html`<button type="button" class="button" @click=${() => void this.#events.loadMore()}>Look further back</button>` : nothing}`,
    );
  }

  #row(event: DomainEvent): TemplateResult {
    return html`<li>
      <details>
        <summary>
          <time class="muted number nowrap" datetime=${event.eventTime}>${this.context.dateTime(event.eventTime)}</time>
          <code class="break">${event.entityFqdn.replace('wix.loyalty.', '')} · ${event.slug}</code>
          <span class="muted number">${this.context.number(event.sequence)}</span>
        </summary>
        <pre class="code" tabindex="0" role="region" aria-label="Event ${event.sequence}"><code>${readable(event)}</code></pre>
      </details>
    </li>`;
  }

  readonly #choose = (event: Event): void => {
    this.kind = (event.target as HTMLSelectElement).value;
    void this.#events.reload();
  };

  /** Puts what is new before what is shown; older pages stay. */
  async #addNew(): Promise<void> {
    const { value } = this.#events;
    const newest = value?.rows[0];
    const { kind } = this;
    if (!value || !newest) {
      await this.#events.reload();
      return;
    }
    const added = await eventsAfter(this.context.api, newest.sequence).catch(() => null); // the next event brings them
    if (added === null || kind !== this.kind || this.#events.value?.rows[0] !== newest) {
      return;
    }
    const wanted = added.filter(({ entityFqdn }) => kind === '' || entityFqdn === kind);
    this.#events.state = { at: 'ready', value: { ...this.#events.value, rows: [...wanted.toReversed(), ...this.#events.value.rows] } };
    this.requestUpdate();
  }
}

customElements.define('developers-events', DevelopersEvents);
