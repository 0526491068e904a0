import { html, nothing } from 'lit';
import { chevron } from '../../checkout/views/icons.js';
import { changing, rich } from '../../checkout/views/text.js';
import type { PageAccount } from '../data.js';
import { clock } from './icons.js';
import { section } from './parts.js';
import type { MemberView } from './view.js';

/** Every row of the sum by which the balance comes about; null where the account is not known so far. */
function identity({ words }: MemberView, account: PageAccount): unknown {
  const { earned, adjusted, redeemed, expired, balance, held, available } = account;
  if (earned === undefined || adjusted === undefined || redeemed === undefined || expired === undefined || balance === undefined) {
    return nothing;
  }
  const row = (name: string, amount: string, kind = '') => html`<div class="sum ${kind}"><dt>${name}</dt><dd>${rich(amount)}</dd></div>`;
  return html`
    <details class="help">
      <summary class="disclosure">${words.say('identity')}${chevron}</summary>
      <dl class="sums">
        ${row(words.say('earned'), words.signed(earned))} ${row(words.say('adjusted'), words.signed(adjusted))}
        ${row(words.say('redeemed'), words.signed(-redeemed))} ${row(words.say('expired'), words.signed(-expired))}
        ${row(words.say('sumBalance'), words.number(balance), 'total')}
        ${held > 0
          ? html`${row(words.say('sumHeld'), words.signed(-held))} ${row(words.say('sumAvailable'), words.number(available), 'total')}`
          : nothing}
      </dl>
    </details>
  `;
}

function held({ words, data }: MemberView, account: PageAccount): unknown {
  if (account.held <= 0) {
    return nothing;
  }
  const [only, ...others] = data.holds;
  const points = words.points(account.held);
  const text = only && others.length === 0 ? words.say('heldUntil', { points, time: words.time(only.until) }) : words.say('held', { points });
  return html`<p class="tile-note">${changing(text)}</p>`;
}

function pending({ words, data }: MemberView, account: PageAccount): unknown {
  const orders = data.pendingOrders.length;
  return account.pending <= 0
    ? nothing
    : html`<div part="pending" class="tile">
        <p class="tile-lead">${changing(words.say('pending', { points: words.points(account.pending) }))}</p>
        <p class="tile-note">${orders > 0 ? rich(words.say('pendingOrders', { count: orders })) : words.say('pendingLater')}</p>
      </div>`;
}

/** From so long before on, what expires is something to do something about. */
const WARN_MS = 60 * 86_400_000;

function expiresSoon({ data, member }: MemberView): boolean {
  return data.expiring !== undefined && Date.parse(data.expiring.at) - member.now() < WARN_MS;
}

function expiring(view: MemberView): unknown {
  const { words, data } = view;
  const { expiring } = data;
  if (!expiring || expiring.points <= 0) {
    return nothing;
  }
  const text = changing(words.say('expiring', { points: words.points(expiring.points), date: words.day(expiring.at) }));
  return !expiresSoon(view)
    ? html`<p part="expiring" class="small">${text}</p>`
    : html`<div part="expiring" class="tile warn">
        <p class="tile-lead">${clock}<span>${text}</span></p>
        <p class="tile-note">${words.say('useBefore')}</p>
      </div>`;
}

/** What can be spent, what it is worth, what is on its way, and what is about to go. */
export function balance(view: MemberView): unknown {
  const { words, data } = view;
  const { account, worth } = data;
  if (!account) {
    return nothing;
  }
  return section(
    view,
    'balance',
    words.say('balance'),
    html`
      <div class="tiles">
        <div part="balance" class="tile main">
          <p class="figure">${changing(words.points(account.available))}</p>
          ${worth ? html`<p class="tile-note strong">${changing(words.say('worth', { amount: words.money(worth.amountMinor) }))}</p>` : nothing}
          ${held(view, account)}
        </div>
        ${pending(view, account)} ${expiresSoon(view) ? expiring(view) : nothing}
      </div>
      ${expiresSoon(view) ? nothing : expiring(view)}
      ${identity(view, account)}
    `,
  );
}
