import { css } from 'lit';

/** The rules of what is drawn once there is something to choose from. */
export const panelStyles = css`
  .mark {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.75em;
    block-size: 2.75em;
    border-radius: 50%;
    background: var(--_warning-soft);
    color: var(--_tier);
  }
  .title {
    font-size: 0.875em;
    color: var(--_muted);
  }
  .balance {
    font-size: 1.375em;
    font-weight: var(--_strong);
    line-height: 1.2;
    letter-spacing: -0.01em;
    overflow-wrap: break-word;
  }
  .tier-badge {
    padding: 0.25em 0.75em;
    border: 1px solid var(--_border);
    border-radius: 2em;
    font-size: 0.8125em;
    font-weight: var(--_strong);
    white-space: nowrap;
  }
  .tier {
    display: grid;
    gap: calc(var(--_space) * 1.5);
  }
  .track {
    appearance: none;
    display: block;
    inline-size: 100%;
    block-size: 6px;
    border: 0;
    border-radius: 3px;
    background: var(--_soft);
    color: var(--_tier);
    overflow: hidden;
    box-shadow: inset 0 0 0 1px var(--_border);
  }
  .track::-webkit-progress-bar {
    background: transparent;
  }
  .track::-webkit-progress-value {
    background: var(--_tier);
    border-radius: 3px;
  }
  .track::-moz-progress-bar {
    background: var(--_tier);
    border-radius: 3px;
  }
  .tier-text,
  .muted,
  .small,
  .row-note {
    color: var(--_muted);
  }
  .tier-text,
  .small {
    font-size: 0.8125em;
  }
  .lead {
    font-size: 1.125em;
    font-weight: var(--_strong);
  }
  .small-title {
    font-size: 0.8125em;
    font-weight: var(--_strong);
    color: var(--_muted);
  }
  .list {
    display: grid;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow: clip;
  }
  .row {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
    min-block-size: max(var(--_control-size), 3.75em);
    padding: calc(var(--_space) * 2.5) calc(var(--_space) * 4);
    cursor: pointer;
    transition: background-color var(--_motion);
  }
  .row-none {
    min-block-size: var(--_control-size);
  }
  .row ~ .row {
    border-block-start: 1px solid var(--_border);
  }
  .row[data-checked] {
    background: var(--_soft);
  }
  .row[data-disabled] {
    cursor: default;
    background: none;
  }
  .row[data-disabled] .row-name,
  .row[data-disabled] .cost {
    color: var(--_muted);
  }
  .row:has(input:focus-visible) {
    outline: var(--loyalty-focus-width, 2px) solid var(--_focus);
    outline-offset: calc(-1 * var(--loyalty-focus-width, 2px));
    border-radius: calc(var(--_radius) - 1px);
  }
  .row input[type='radio'] {
    appearance: none;
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
    border: 1.5px solid var(--_control);
    border-radius: 50%;
    background: var(--_surface);
    outline: none;
    cursor: inherit;
    transition: border var(--_motion);
  }
  .row input[type='radio']:checked {
    border: 0.4em solid var(--_accent);
  }
  .row input[type='radio']:disabled {
    opacity: 0.7;
  }
  .row input[type='radio']:disabled:not(:checked) {
    border-style: dashed;
  }
  .row-main {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    overflow-wrap: anywhere;
  }
  .row-name {
    font-weight: 500;
  }
  .row-note {
    font-size: 0.875em;
  }
  /* Why not comes a little later than the row. */
  [data-unusable] .row-note {
    min-block-size: 1lh;
  }
  .cost {
    max-inline-size: 45%;
    font-size: 0.875em;
    color: var(--_muted);
    text-align: end;
    overflow-wrap: anywhere;
  }
  .badge {
    padding: 0.15em 0.65em;
    border-radius: 2em;
    background: var(--_warning-soft);
    color: var(--_warning);
    font-size: 0.75em;
    font-weight: var(--_strong);
    white-space: nowrap;
    vertical-align: 0.1em;
    margin-inline-start: 0.35em;
  }
  .wallet {
    display: grid;
    gap: calc(var(--_space) * 2);
  }
  .wallet-list {
    display: grid;
    gap: calc(var(--_space) * 2);
  }
  .coupon-row {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
    min-block-size: 3.75em;
    padding: calc(var(--_space) * 2) calc(var(--_space) * 4);
    border: 1px dashed var(--_control);
    border-radius: var(--_radius);
  }
  .coupon-row[data-disabled] {
    border-color: var(--_border);
    color: var(--_muted);
  }
  .coupon {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 2);
  }
  .disclosure {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
    justify-self: start;
    align-self: start;
    min-block-size: var(--_control-size);
    padding: 0;
    border: 0;
    border-radius: 4px;
    background: none;
    font-size: 0.9375em;
    font-weight: 500;
    text-align: start;
  }
  .disclosure .icon {
    inline-size: 1em;
    block-size: 1em;
    color: var(--_muted);
    transition: rotate var(--_motion);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 3);
  }
  .primary,
  .secondary,
  .small-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.6em;
    min-block-size: var(--_control-size);
    padding: 0.4em 1.25em;
    border: 1px solid var(--_accent);
    border-radius: var(--_radius);
    font-weight: var(--_strong);
    transition:
      background-color var(--_motion),
      opacity var(--_motion);
  }
  .primary {
    flex: 1 1 9em;
    min-block-size: max(var(--_control-size), 3em);
    background: var(--_filled, var(--_accent));
    color: var(--_on-accent);
  }
  .secondary,
  .small-button {
    background: var(--_surface);
    color: var(--_text);
  }
  .small-button {
    padding-inline: 1em;
    font-size: 0.875em;
    min-block-size: var(--_control-size);
    border-color: var(--_control);
  }
  p > .text-button {
    padding: 0;
  }
  .tip {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
    min-block-size: max(calc(var(--_control-size) + 1em), 3.9em);
    padding: calc(var(--_space) * 2) calc(var(--_space) * 4);
    border-radius: var(--_radius);
    background: var(--_soft);
    font-size: 0.9375em;
  }
  .tip:empty {
    background: none;
  }
  .tip-text {
    flex: 1;
    min-inline-size: 0;
  }
  .tip .icon {
    color: var(--_tier);
  }
  @container (max-width: 21em) {
    .row {
      padding-inline: calc(var(--_space) * 3);
      gap: calc(var(--_space) * 2);
    }
    .mark {
      inline-size: 2.25em;
      block-size: 2.25em;
    }
    .row[data-unusable],
    .coupon-row[data-unusable] {
      min-block-size: 5.5em;
    }
    .coupon-row {
      gap: calc(var(--_space) * 2);
      padding-inline: calc(var(--_space) * 3);
    }
    .tip {
      min-block-size: 5.4em;
      padding-inline: calc(var(--_space) * 3);
    }
  }
  @media (forced-colors: active) {
    .row input[type='radio']:checked {
      border-color: Highlight;
      forced-color-adjust: none;
    }
    .row[data-checked] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .track {
      border: 1px solid CanvasText;
    }
    .track::-webkit-progress-value {
      background: Highlight;
      forced-color-adjust: none;
    }
    .mark,
    .badge {
      border: 1px solid CanvasText;
    }
  }
`;
