import { css } from 'lit';

/** Rewards, coupons and ways to earn. */
export const wareStyles = css`
  .segments {
    display: inline-flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 1);
    padding: calc(var(--_space) * 1);
    border-radius: calc(var(--_radius) + var(--_space));
    background: var(--_soft);
  }
  .segment {
    padding: 0.25em 1em;
    border: 1px solid transparent;
    border-radius: var(--_radius);
    background: none;
    font-size: 0.9375em;
    font-weight: 500;
  }
  .segment:hover {
    border-color: var(--_border);
  }
  .segment[aria-pressed='true'] {
    background: var(--_surface);
    border-color: var(--_control);
    font-weight: var(--_strong);
  }

  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 16em), 1fr));
    gap: calc(var(--_space) * 4);
  }
  .card {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 2);
    min-block-size: 10.5em;
  }
  .card-head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 3);
  }
  .card-name,
  .ticket-name,
  .way-name {
    font-weight: var(--_strong);
  }
  .card-cost {
    font-size: 0.9375em;
    color: var(--_muted);
    white-space: nowrap;
  }
  .card-way {
    display: grid;
    gap: calc(var(--_space) * 1.5);
    margin-block-start: auto;
  }
  .card-action {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 0 calc(var(--_space) * 3);
    margin-block-start: auto;
  }
  .card-way + .card-action {
    margin-block-start: 0;
  }
  /* Question, wait and answer take the same room: an answer that takes long moves nothing. */
  .card[data-open] {
    border-color: var(--_control);
  }
  .card[data-open] .card-action {
    align-items: stretch;
    min-block-size: 11.5em;
  }
  .card-state {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 2);
    min-block-size: var(--_control-size);
    font-size: 0.9375em;
    color: var(--_muted);
  }
  .ask {
    display: flex;
    flex-direction: column;
    flex: 1;
    min-inline-size: 0;
    gap: calc(var(--_space) * 3);
    padding-block-start: calc(var(--_space) * 3);
    border-block-start: 1px solid var(--_border);
    outline-offset: 4px;
  }
  .ask .actions {
    margin-block-start: auto;
  }
  .ask .primary {
    flex: 1 1 auto;
    min-block-size: var(--_control-size);
  }
  .yours-title {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 2);
    color: var(--_success);
  }
  .trouble-text {
    display: flex;
    gap: calc(var(--_space) * 2);
    color: var(--_danger);
  }

  .code {
    padding: 0.35em 0.7em;
    border: 1px dashed var(--_control);
    border-radius: 6px;
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
    font-size: 0.9375em;
    text-align: center;
    user-select: all;
  }
  .code.covered {
    border-color: var(--_border);
    color: var(--_muted);
    user-select: none;
  }
  .tickets {
    display: grid;
    gap: calc(var(--_space) * 3);
  }
  .ticket {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 1) calc(var(--_space) * 4);
    min-block-size: 4.5em;
    padding: calc(var(--_space) * 3) calc(var(--_space) * 5);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  .ticket[data-done] .ticket-name {
    color: var(--_muted);
  }
  .ticket-text {
    flex: 1 1 13em;
    min-inline-size: 0;
  }
  .ticket .code {
    flex: 0 1 auto;
    min-inline-size: 13em;
  }
  .ticket-actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 calc(var(--_space) * 3);
  }
  .ticket-actions .text-button {
    font-size: 0.9375em;
  }
  .text-button[aria-pressed='true'],
  .text-button[aria-expanded='true'] {
    text-decoration-thickness: 2px;
    font-weight: var(--_strong);
  }
  .qr-place {
    display: flex;
    flex: 1 0 100%;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 4);
    min-block-size: 11em;
    padding-block: calc(var(--_space) * 3) calc(var(--_space) * 1);
  }
  .qr {
    flex: none;
    inline-size: 11em;
    block-size: 11em;
    border-radius: 6px;
    forced-color-adjust: none;
  }
  .qr-side {
    display: grid;
    justify-items: start;
    gap: calc(var(--_space) * 2);
  }

  .ways {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 14em), 1fr));
    gap: calc(var(--_space) * 3);
  }
  .way {
    padding: calc(var(--_space) * 4) calc(var(--_space) * 5);
  }
  .way-limit {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 1.5);
  }
  .way-limit .icon {
    inline-size: 1em;
    block-size: 1em;
    color: var(--_success);
  }
  @container (max-width: 44em) {
    .ticket .code {
      flex: 1 1 13em;
      min-inline-size: 0;
    }
  }
  @container (max-width: 30em) {
    .card,
    .way,
    .ticket {
      padding: calc(var(--_space) * 4);
    }
    .card {
      min-block-size: 0;
    }
  }
`;
