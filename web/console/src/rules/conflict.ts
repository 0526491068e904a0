import { html, nothing, type TemplateResult } from 'lit';
import type { Values } from '../kit/form.js';

export interface Difference {
  readonly name: string;
  readonly mine: string | boolean;
  readonly theirs: string | boolean;
}

/** The fields in which what was typed and what somebody else has saved are not the same. */
export function differences(mine: Values, theirs: Values): readonly Difference[] {
  return Object.keys(mine)
    .filter((name) => mine[name] !== theirs[name])
    .map((name) => ({ name, mine: mine[name] ?? '', theirs: theirs[name] ?? '' }));
}

const MAX_SHOWN = 60;

function shown(value: string | boolean): string {
  if (typeof value === 'boolean') {
    return value ? 'yes' : 'no';
  }
  return value === '' ? 'empty' : value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
}

export interface ConflictParts {
  readonly labelOf: (name: string) => string;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
}

/** Somebody else saved in between: says what differs, and lets the merchant choose. What was typed stays until then. */
export function conflictView(found: readonly Difference[], { labelOf, keepMine, takeTheirs }: ConflictParts): TemplateResult {
  return html`
    <div class="notice conflict" tabindex="-1">
      <h3>Somebody else changed this while you were editing</h3>
      ${found.length === 0
        ? html`<p>What they saved is the same as what you typed.</p>`
        : html`<p>What you typed is still here. These fields differ:</p>
            <dl class="differences">
              ${found.map(
                ({ name, mine, theirs }) => html`<div><dt>${labelOf(name)}</dt> <dd>yours: ${shown(mine)}</dd> <dd>saved: ${shown(theirs)}</dd></div>`,
              )}
            </dl>`}
      <div class="buttons">
        ${found.length > 0 ? html`<button type="button" class="button" @click=${keepMine}>Keep what I typed</button>` : nothing}
        <button type="button" class="button" @click=${takeTheirs}>Load what was saved</button>
      </div>
    </div>
  `;
}
