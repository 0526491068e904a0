import { css } from 'lit';

/** The rules of what is fetched once the first preview is there. */
export const laterStyles = css`
  .points {
    display: grid;
    gap: calc(var(--_space) * 2);
    padding: calc(var(--_space) * 1) calc(var(--_space) * 4) calc(var(--_space) * 4);
    background: var(--_soft);
    animation: appear var(--_motion) ease-out;
  }
  .points-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(var(--_space) * 2);
  }
  .points-label {
    font-size: 0.875em;
    font-weight: 500;
  }
  .stepper {
    display: flex;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .step {
    display: grid;
    place-items: center;
    inline-size: var(--_control-size);
    block-size: var(--_control-size);
    padding: 0;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    transition: background-color var(--_motion);
  }
  .step:hover {
    background: var(--_soft);
  }
  .step[aria-disabled='true'] {
    color: var(--_muted);
    opacity: 0.6;
    background: none;
  }
  .number {
    inline-size: 5em;
    block-size: var(--_control-size);
    padding: 0;
    border: 0;
    background: none;
    text-align: center;
    font-weight: var(--_strong);
    font-variant-numeric: tabular-nums;
    appearance: textfield;
    border-radius: 4px;
  }
  .number::-webkit-inner-spin-button,
  .number::-webkit-outer-spin-button {
    appearance: none;
    margin: 0;
  }
  .range {
    --_thumb: 26px;
    appearance: none;
    inline-size: 100%;
    block-size: var(--_control-size);
    background: none;
    cursor: pointer;
    touch-action: pan-y;
    border-radius: var(--_radius);
  }
  .range::-webkit-slider-runnable-track {
    block-size: 6px;
    border-radius: 3px;
    border: 0;
    background:
      linear-gradient(var(--_accent) 0 0) var(--_start, left) / calc(var(--_thumb) / 2 + (100% - var(--_thumb)) * var(--_fill, 0)) 100% no-repeat,
      var(--_control);
  }
  [dir='rtl'] .range {
    --_start: right;
  }
  .range::-webkit-slider-thumb {
    appearance: none;
    inline-size: var(--_thumb);
    block-size: var(--_thumb);
    margin-block-start: calc((6px - var(--_thumb)) / 2);
    border: 2px solid var(--_accent);
    border-radius: 50%;
    background: var(--_thumb-fill, var(--_surface));
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.2);
    transition: box-shadow var(--_motion);
  }
  .range:active::-webkit-slider-thumb {
    box-shadow: 0 0 0 7px color-mix(in srgb, var(--_accent) 14%, transparent);
  }
  .range:focus-visible {
    outline: none;
  }
  .range:focus-visible::-webkit-slider-thumb {
    outline: var(--loyalty-focus-width, 2px) solid var(--_focus);
    outline-offset: var(--loyalty-focus-offset, 2px);
  }
  .range:focus-visible::-moz-range-thumb {
    outline: var(--loyalty-focus-width, 2px) solid var(--_focus);
    outline-offset: var(--loyalty-focus-offset, 2px);
  }
  .range::-moz-range-track {
    block-size: 6px;
    border-radius: 3px;
    background: var(--_control);
  }
  .range::-moz-range-progress {
    block-size: 6px;
    border-radius: 3px;
    background: var(--_accent);
  }
  .range::-moz-range-thumb {
    box-sizing: border-box;
    inline-size: var(--_thumb);
    block-size: var(--_thumb);
    border: 2px solid var(--_accent);
    border-radius: 50%;
    background: var(--_thumb-fill, var(--_surface));
  }
  .ends {
    display: flex;
    justify-content: space-between;
    margin-block-start: calc(var(--_space) * -2);
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .coupon-row[data-checked] {
    border: 1px solid var(--_success);
    background: var(--_success-soft);
  }
  .coupon-row[data-checked] > .icon {
    color: var(--_success);
  }
  .summary,
  .outcome {
    display: grid;
    gap: calc(var(--_space) * 3);
  }
  .summary {
    padding-block-start: calc(var(--_space) * 4);
    border-block-start: 1px solid var(--_border);
    animation: appear var(--_motion) ease-out;
  }
  .saved {
    color: var(--_success);
    font-weight: var(--_strong);
    font-size: 1.0625em;
    min-block-size: 1lh;
  }
  .totals {
    display: grid;
    gap: calc(var(--_space) * 1.5);
  }
  .sum {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: calc(var(--_space) * 4);
  }
  .sum dt {
    flex: 1 1 6em;
    color: var(--_muted);
    min-inline-size: 0;
  }
  .sum dd {
    white-space: nowrap;
    text-align: end;
    min-inline-size: 6em;
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }
  .sum.discount dd {
    color: var(--_success);
  }
  .sum.included {
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .sum.total {
    padding-block-start: calc(var(--_space) * 2);
  }
  .sum.total dt {
    color: var(--_text);
    font-weight: var(--_strong);
  }
  .sum.total dd {
    font-size: 1.375em;
    font-weight: var(--_strong);
    letter-spacing: -0.01em;
    line-height: 1.2;
  }
  .tag {
    display: inline-block;
    margin-inline-start: 0.4em;
    padding: 0.1em 0.6em;
    border-radius: 2em;
    border: 1px solid var(--_border);
    font-size: 0.75em;
    font-weight: 500;
    color: var(--_muted);
    vertical-align: 0.1em;
  }
  .tag.confirmed {
    border-color: transparent;
    background: var(--_success-soft);
    color: var(--_success);
  }
  .row:not([data-checked]):hover {
    background: color-mix(in srgb, var(--_soft) 60%, transparent);
  }
  .disclosure[aria-expanded='true'] .icon {
    rotate: 180deg;
  }
  .primary:hover {
    background: color-mix(in srgb, var(--_filled, var(--_accent)) 88%, var(--_surface));
  }
  .link:hover,
  .text-button:hover {
    text-decoration-thickness: 2px;
  }
  .after {
    color: var(--_muted);
    font-size: 0.875em;
  }
  .pending .saved,
  .pending .sum dd {
    color: var(--_muted);
  }
  .primary[aria-disabled='true'] {
    background: color-mix(in srgb, var(--_filled, var(--_accent)) 72%, var(--_surface));
    border-color: transparent;
  }
  .secondary:hover,
  .small-button:hover {
    background: var(--_soft);
  }
  .spinner {
    inline-size: 1.1em;
    block-size: 1.1em;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: turn 800ms linear infinite;
  }
  .tip.best,
  .tip.unlock {
    background: var(--_warning-soft);
  }
  .explain {
    font-size: 0.875em;
  }
  @keyframes turn {
    to {
      rotate: 360deg;
    }
  }
  @container (max-width: 21em) {
    .points {
      padding-inline: calc(var(--_space) * 3);
    }
    .sum dd {
      min-inline-size: 0;
    }
    .sum {
      column-gap: calc(var(--_space) * 2);
    }
  }
  @media (forced-colors: active) {
    .range::-webkit-slider-runnable-track {
      background: CanvasText;
      forced-color-adjust: none;
    }
    .range::-webkit-slider-thumb {
      background: ButtonFace;
      border-color: ButtonText;
      forced-color-adjust: none;
    }
  }
  .code-form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: calc(var(--_space) * 1.5);
    animation: appear var(--_motion) ease-out;
  }
  .code-label {
    font-size: 0.875em;
    color: var(--_muted);
  }
  .code-line {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
  }
  .field {
    flex: 1 1 9em;
    min-inline-size: 0;
    min-block-size: var(--_control-size);
    padding: 0 0.9em;
    border: 1px solid var(--_control);
    border-radius: var(--_radius);
    background: var(--_surface);
    letter-spacing: 0.02em;
  }
  .field[aria-invalid] {
    border-color: var(--_danger);
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 2);
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: calc(var(--_space) * 2);
    padding-inline: calc(var(--_space) * 3);
    min-block-size: var(--_control-size);
    border: 1px solid var(--_success);
    border-radius: var(--_radius);
    background: var(--_success-soft);
    font-weight: 500;
  }
  .applied {
    display: grid;
    gap: calc(var(--_space) * 3);
    padding: calc(var(--_space) * 5);
    border-radius: var(--_radius);
    background: var(--_success-soft);
    border: 1px solid color-mix(in srgb, var(--_success) 30%, transparent);
    animation: appear var(--_motion) ease-out;
  }
  .applied-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25em 0.6em;
    font-weight: var(--_strong);
    color: var(--_success);
    border-radius: 4px;
  }
  .applied-mark {
    display: grid;
    place-items: center;
    inline-size: 1.75em;
    block-size: 1.75em;
    border-radius: 50%;
    background: var(--_success-filled, var(--_success));
    color: var(--_on-success);
    animation: pop calc(var(--_motion) * 2) ease-out;
  }
  .applied-saved {
    margin-inline-start: auto;
  }
  .applied .tag.confirmed {
    background: var(--_surface);
  }
  .applied > .text-button {
    justify-self: start;
    padding: 0;
  }
  .applied-list {
    display: grid;
  }
  .applied-item {
    display: flex;
    align-items: center;
    gap: calc(var(--_space) * 3);
  }
  .applied-amount {
    font-weight: var(--_strong);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .message.warning {
    background: var(--_warning-soft);
  }
  .message.warning > .icon {
    color: var(--_warning);
  }
  .message.error {
    background: var(--_danger-soft);
  }
  .message.error > .icon {
    color: var(--_danger);
  }
  @keyframes pop {
    from {
      scale: 0.6;
      opacity: 0;
    }
  }
  @container (max-width: 21em) {
    .applied {
      padding: calc(var(--_space) * 3);
    }
    .applied-saved {
      margin-inline-start: 0;
    }
  }
  @media (forced-colors: active) {
    .applied-mark {
      border: 1px solid CanvasText;
    }
  }
`;
