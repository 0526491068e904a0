import { css } from 'lit';

/** The activity: a table, and on narrow pages a list. */
export const historyStyles = css`
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 3);
  }
  .choice {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1);
    flex: 0 1 auto;
    min-inline-size: 8em;
  }
  .choice.grow {
    flex: 1 1 12em;
  }
  .choice-label {
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .page .field {
    inline-size: 100%;
    min-block-size: var(--_control-size);
    padding: 0 0.75em;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_text);
    font: inherit;
    letter-spacing: inherit;
  }
  select.field option {
    background: Canvas;
    color: CanvasText;
  }
  .table {
    inline-size: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    padding: calc(var(--_space) * 2.5) calc(var(--_space) * 2);
    text-align: start;
    vertical-align: middle;
    border-block-end: 1px solid var(--_border);
  }
  th {
    font-size: 0.8125em;
    font-weight: 500;
    color: var(--_muted);
  }
  th:first-child,
  td:first-child {
    padding-inline-start: 0;
  }
  th:last-child,
  td:last-child {
    padding-inline-end: 0;
  }
  .when {
    color: var(--_muted);
    font-size: 0.9375em;
  }
  .number {
    white-space: nowrap;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .change {
    font-weight: var(--_strong);
  }
  .change[data-more] {
    color: var(--_success);
  }
  .what {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
  }
  .movement {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 2.25em;
    block-size: 2.25em;
    border-radius: 50%;
    background: var(--_soft);
  }
  .movement[data-type='EARN'] {
    background: var(--_success-soft);
    color: var(--_success);
  }
  .movement[data-type='EXPIRE'] {
    background: var(--_warning-soft);
    color: var(--_warning);
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: calc(var(--_space) * 2) calc(var(--_space) * 4);
  }
  @container (max-width: 30em) {
    .movement {
      display: none;
    }
    .choice {
      flex: 1 1 8em;
    }
    thead {
      position: absolute;
      clip-path: inset(50%);
      block-size: 1px;
      overflow: hidden;
    }
    .table,
    tbody {
      display: block;
    }
    .table tr {
      display: grid;
      grid-template: 'of change' 'when after' / minmax(0, 1fr) auto;
      gap: 0 calc(var(--_space) * 3);
      padding-block: calc(var(--_space) * 2.5);
      border-block-end: 1px solid var(--_border);
    }
    .table td {
      padding: 0;
      border: 0;
    }
    .of {
      grid-area: of;
    }
    .when,
    .after {
      font-size: 0.8125em;
    }
    .when {
      grid-area: when;
    }
    .after {
      grid-area: after;
      color: var(--_muted);
    }
    .after::before {
      content: attr(data-label) ' ';
    }
  }
`;
