import { css } from 'lit';
import { historyStyles } from './views/history-styles.js';
import { wareStyles } from './views/ware-styles.js';

const frameStyles = css`
  .page {
    gap: calc(var(--_space) * 10);
    padding: calc(var(--_space) * 8);
  }
  .page-title {
    font-size: 1.375em;
    font-weight: var(--_strong);
    line-height: 1.2;
  }
  .section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 4);
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_space) * 2) calc(var(--_space) * 4);
    min-block-size: var(--_control-size);
  }
  .section-title {
    border-radius: 4px;
    font-size: 1.125em;
    font-weight: var(--_strong);
  }
  .panel,
  .tile,
  .card,
  .way {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    padding: calc(var(--_space) * 5);
  }
  .history,
  .panel {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 4);
  }
  .strong {
    font-weight: var(--_strong);
  }
  .small-button,
  .segment {
    min-block-size: var(--_control-size);
  }
  .wide {
    gap: 0;
    inline-size: 100%;
  }
  .narrow {
    flex: 0 1 auto;
    padding-inline: 2em;
  }

  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15em), 1fr));
    gap: calc(var(--_space) * 3);
  }
  .tile {
    display: grid;
    align-content: center;
    gap: calc(var(--_space) * 1);
    min-block-size: 6.5em;
  }
  .tile.main {
    border-color: transparent;
    background: var(--_soft);
  }
  .tile.warn {
    border-color: transparent;
    background: var(--_warning-soft);
  }
  .tile.warn .icon {
    color: var(--_warning);
    vertical-align: -0.25em;
    margin-inline-end: 0.4em;
  }
  .figure {
    font-size: 1.875em;
    font-weight: var(--_strong);
    line-height: 1.15;
    letter-spacing: -0.015em;
  }
  .tile-lead {
    font-weight: var(--_strong);
  }
  .tile-note,
  .card-note,
  .level-note {
    font-size: 0.875em;
    color: var(--_muted);
  }
  .tile-note.strong {
    color: var(--_text);
  }
  .tile.warn .tile-note {
    color: var(--_text);
  }
  .help summary {
    list-style: none;
    cursor: pointer;
  }
  .help summary::-webkit-details-marker {
    display: none;
  }
  .help[open] .disclosure .icon {
    rotate: 180deg;
  }
  .help-text {
    max-inline-size: 60ch;
    font-size: 0.9375em;
    color: var(--_muted);
  }
  .sums {
    display: grid;
    max-inline-size: 26em;
    gap: calc(var(--_space) * 1.5);
    font-size: 0.9375em;
  }
  .sum {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 4);
  }
  .sum dd {
    font-variant-numeric: tabular-nums;
  }
  .sum.total {
    padding-block-start: calc(var(--_space) * 1.5);
    border-block-start: 1px solid var(--_border);
    font-weight: var(--_strong);
  }

  .ladder,
  .steps {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .ladder {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 11em), 1fr));
    gap: calc(var(--_space) * 4);
  }
  .level,
  .step {
    display: flex;
    gap: calc(var(--_space) * 3);
  }
  .level-mark {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 1.75em;
    block-size: 1.75em;
    border-radius: 50%;
    background: var(--_soft);
    color: var(--_muted);
  }
  .level[data-reached] .level-mark,
  .step[data-done] .level-mark {
    background: var(--_warning-soft);
    color: var(--_tier);
  }
  .level-text {
    display: block;
    min-inline-size: 0;
  }
  .level-name {
    font-weight: var(--_strong);
  }
  .level:not([data-reached]) .level-name {
    color: var(--_muted);
  }
  .level-note {
    display: block;
  }
  .page .track {
    block-size: 8px;
    border-radius: 4px;
  }
  .steps {
    display: grid;
    gap: calc(var(--_space) * 3);
  }
  .step > :last-child {
    padding-block-start: 0.15em;
  }

  .empty {
    display: grid;
    justify-items: center;
    gap: calc(var(--_space) * 3);
    padding: calc(var(--_space) * 8) calc(var(--_space) * 5);
    border: 1px dashed var(--_border);
    border-radius: var(--_radius);
    color: var(--_muted);
    text-align: center;
  }

  .invitation,
  .welcome {
    background: var(--_soft);
    border-color: transparent;
  }
  .benefits {
    display: grid;
    gap: calc(var(--_space) * 2);
  }
  .benefits li {
    display: flex;
    gap: calc(var(--_space) * 2);
  }
  .benefits .icon {
    color: var(--_tier);
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
  }
  .tags .tier-badge {
    background: var(--_surface);
    white-space: normal;
  }

  .bone-heading {
    inline-size: 8em;
    block-size: 1.3em;
    margin-block: 0.7em;
  }
  .bone-tile {
    block-size: 6.5em;
    border-radius: var(--_radius);
  }
  .bone-ladder {
    block-size: 12em;
    border-radius: var(--_radius);
  }
  .bone-card {
    block-size: 10.5em;
    border-radius: var(--_radius);
  }
  .bone-ticket {
    block-size: 4.5em;
    border-radius: var(--_radius);
  }
  .bone-way {
    block-size: 5em;
    border-radius: var(--_radius);
  }
  .bone-line {
    block-size: 2.6em;
  }

  @container (max-width: 44em) {
    .page {
      gap: calc(var(--_space) * 8);
      padding: calc(var(--_space) * 5);
    }
  }
  @container (max-width: 30em) {
    .page,
    .panel,
    .tile {
      padding: calc(var(--_space) * 4);
    }
  }
  @media (forced-colors: active) {
    .segment[aria-pressed='true'] {
      border-color: Highlight;
      outline: 1px solid Highlight;
    }
    .tile.main,
    .tile.warn,
    .invitation,
    .welcome,
    .movement {
      border: 1px solid CanvasText;
    }
  }
`;

/** The page's own rules; colours, buttons and messages are those of all elements. */
export const pageStyles = [frameStyles, wareStyles, historyStyles];
