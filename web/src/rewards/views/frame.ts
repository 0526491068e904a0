import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { message } from '../../checkout/views/message.js';
import { star } from '../../checkout/views/icons.js';
import { rich } from '../../checkout/views/text.js';
import type { SectionName } from '../types.js';
import { balance } from './balance.js';
import { coupons } from './coupons.js';
import { earn } from './earn.js';
import { guest } from './guest.js';
import { history } from './history.js';
import { trouble } from './parts.js';
import { rewards } from './rewards.js';
import { skeleton } from './skeleton.js';
import { tiers } from './tiers.js';
import type { MemberView, View } from './view.js';
import { welcome } from './welcome.js';

const VIEWS: { readonly [name in SectionName]: (view: MemberView) => unknown } = { balance, tiers, rewards, coupons, earn, history };

/** One section; what cannot be drawn of it does not keep the others from being drawn. */
function drawn(view: MemberView, name: SectionName): unknown {
  try {
    return VIEWS[name](view);
  } catch (cause) {
    view.on.sectionFailed(name, cause);
    return html`<section part="section" class="section">${trouble(view, view.words.say('sectionFailed'), view.on.retry)}</section>`;
  }
}

/** What holds for the whole page now. */
function notices(view: View): unknown {
  const { words, member, at, isOnline, on } = view;
  const program = member.data?.program.name || member.program?.catalog.program.name || words.say('title');
  const points = words.points(member.data?.account?.available ?? 0);
  return html`
    ${at === 'inactive-paused' ? message('warning', html`<p>${rich(words.say('paused', { program: words.name(program), points }))}</p>`) : nothing}
    ${isOnline ? (member.isOutdated ? trouble(view, words.say('outdated'), on.retry) : nothing) : trouble(view, words.say('offline'), on.retry)}
  `;
}

function content(view: View): unknown {
  const { at, words, member, sections, on } = view;
  const { data } = member;
  if (at === 'loading') {
    return skeleton(view);
  }
  if (at === 'guest') {
    return html`${notices(view)}${guest(view)}`;
  }
  if (!data) {
    // The activity is asked for by itself, and may be there.
    const rest = sections.includes('history') && view.history.rows.length > 0 ? history(view) : nothing;
    return html`${view.isOnline ? trouble(view, words.say(rest === nothing ? 'unavailable' : 'overviewFailed'), on.retry) : notices(view)}${rest}`;
  }
  const present: MemberView = { ...view, data };
  const isShown = (name: SectionName) => name !== 'history' || view.history.source !== null;
  return html`
    ${notices(view)} ${at === 'new-member' ? welcome(present) : nothing} ${sections.filter(isShown).map((name) => drawn(present, name))}
  `;
}

function header({ words, member, headingLevel }: View): unknown {
  const program = member.data?.program.name || member.program?.catalog.program.name || words.say('title');
  const name = member.data?.member.name;
  return html`
    <header class="head">
      <span class="mark"><slot name="icon">${star}</slot></span>
      ${
        // Another element where there is a name to be added: what is in its place would count as moved.
        keyed(
          name,
          html`<div class="head-text">
            <slot name="heading">
              <div part="heading" class="page-title" role="heading" aria-level=${headingLevel}><bdi>${program}</bdi></div>
            </slot>
            ${name ? html`<p class="title"><bdi>${name}</bdi></p>` : nothing}
          </div>`,
        )
      }
      <slot name="actions"></slot>
    </header>
  `;
}

/**
 * The page and the two places from which news is read aloud. These are there from the first drawing on: a live region
 * that appears together with its text is not read.
 */
export function frame(view: View): unknown {
  const { at, words } = view;
  return html`
    ${at === 'unset'
      ? html`<slot name="empty"></slot>`
      : at === 'inactive-draft'
        ? nothing
        : html`<div part="base" class="base page" lang=${words.locale} dir=${words.direction} aria-busy=${at === 'loading'}>
            ${header(view)} ${content(view)}
            <slot name="footer"></slot>
          </div>`}
    <div class="visually-hidden" role="status"></div>
    <div class="visually-hidden" role="alert"></div>
  `;
}
