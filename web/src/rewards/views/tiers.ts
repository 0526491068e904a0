import { html, nothing } from 'lit';
import { check, chevron } from '../../checkout/views/icons.js';
import { changing, rich } from '../../checkout/views/text.js';
import type { TierLevel, TierStanding } from '../../client/member.js';
import { circle } from './icons.js';
import { section } from './parts.js';
import type { MemberView } from './view.js';

function level({ words }: MemberView, standing: TierStanding, one: TierLevel): unknown {
  const isCurrent = (one.id ?? '') === (standing.current.id ?? '');
  return html`
    <li part="tier ${isCurrent ? 'tier-current' : ''}" class="level" ?data-reached=${one.reached} aria-current=${isCurrent ? 'step' : nothing}>
      <span class="level-mark">${one.reached ? check : circle}</span>
      <span class="level-text">
        <span class="level-name">${one.name ? html`<bdi>${one.name}</bdi>` : words.say('tierBase')}</span>
        ${isCurrent ? html`<span class="badge">${words.say('tierYours')}</span>` : nothing}
        ${one.reached && !isCurrent ? html`<span class="visually-hidden">${words.say('tierReached')}</span>` : nothing}
        <span class="level-note">${rich(one.requiredPoints > 0 ? words.say('tierFrom', { points: words.points(one.requiredPoints) }) : words.say('tierStart'))}</span>
        ${one.description ? html`<span class="level-note"><bdi>${one.description}</bdi></span>` : nothing}
      </span>
    </li>
  `;
}

function progress({ words }: MemberView, { points, next, since, until }: TierStanding): unknown {
  const earned =
    since === undefined
      ? words.say('tierEarned', { points: words.points(points) })
      : words.say('tierSince', { points: words.points(points), date: words.date(since) });
  const missing = next ? words.say('tierMissing', { points: words.points(next.missing), tier: words.name(next.name) }) : words.say('tierTop');
  const ends = until === undefined || points === 0 ? '' : words.say('tierUntil', { date: words.date(until) });
  return html`
    ${next
      ? html`<progress
          class="track"
          max=${next.requiredPoints}
          .value=${Math.min(points, next.requiredPoints)}
          aria-label=${words.say('tierProgress', { have: words.number(points), need: words.points(next.requiredPoints), tier: words.name(next.name) })}
        ></progress>`
      : nothing}
    <p class="tier-line"><strong>${changing(missing)}</strong> <span class="muted">${changing(`${earned} ${ends}`.trim())}</span></p>
  `;
}

/** The ladder of levels, where the member stands on it, and what is missing to the next. */
export function tiers(view: MemberView): unknown {
  const { words, data } = view;
  const { tier } = data;
  if (!tier || tier.status !== 'ACTIVE' || tier.levels.length === 0) {
    return nothing;
  }
  const name = words.name(words.pointsName);
  return section(
    view,
    'tiers',
    words.say('tiers'),
    html`
      <div class="panel">
        <ol class="ladder">
          ${tier.levels.map((one) => level(view, tier, one))}
        </ol>
        ${progress(view, tier)}
        <details class="help">
          <summary class="disclosure">${words.say('tierHow')}${chevron}</summary>
          <p class="help-text">
            ${rich(words.say('tierHelp', { name }))} ${tier.since === undefined ? nothing : rich(words.say('tierWindow', { name, date: words.date(tier.since) }))}
          </p>
        </details>
      </div>
    `,
  );
}
