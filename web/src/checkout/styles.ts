import { css } from 'lit';
import { panelStyles } from './views/styles.js';

/** By night: where the system says so, and where the page does. */
const dark = css`
  --_text: var(--loyalty-color-text, #f2f1ef);
  --_muted: var(--loyalty-color-muted, #aaa9b0);
  --_surface: var(--loyalty-color-surface, #18181b);
  --_border: var(--loyalty-color-border, #34343a);
  --_control: #85848d;
  --_soft: #222226;
  --_accent: var(--loyalty-color-accent, #f2f1ef);
  --_on-accent: var(--loyalty-color-on-accent, #18181b);
  --_success: var(--loyalty-color-success, #77cfa5);
  --_on-success: var(--loyalty-color-on-success, #0e2019);
  --_success-soft: #1a2b24;
  --_danger: var(--loyalty-color-danger, #f29a90);
  --_on-danger: var(--loyalty-color-on-danger, #2a0f0c);
  --_danger-soft: #2f1d1b;
  --_warning: var(--loyalty-color-warning, #e2bd7d);
  --_warning-soft: #2e271a;
  --_tier: var(--loyalty-tier-color, #d6ab62);
  --_focus: var(--loyalty-focus-color, #8db0ff);
  --_bone: var(--loyalty-skeleton, #2a2a2f);
  color-scheme: dark;
`;

/** Colours by day and by night. Public properties win over both; private ones begin with `--_`. */
const palette = css`
  :host {
    --_text: var(--loyalty-color-text, #1b1b1f);
    --_muted: var(--loyalty-color-muted, #63636b);
    --_surface: var(--loyalty-color-surface, #ffffff);
    --_border: var(--loyalty-color-border, #e3e2e6);
    --_control: #85848c;
    --_soft: #f6f5f4;
    --_accent: var(--loyalty-color-accent, #1b1b1f);
    --_on-accent: var(--loyalty-color-on-accent, #ffffff);
    --_success: var(--loyalty-color-success, #16694a);
    --_on-success: var(--loyalty-color-on-success, #ffffff);
    --_success-soft: #edf6f1;
    --_danger: var(--loyalty-color-danger, #a32a21);
    --_on-danger: var(--loyalty-color-on-danger, #ffffff);
    --_danger-soft: #fcf1ef;
    --_warning: var(--loyalty-color-warning, #7a5312);
    --_warning-soft: #f8f0e0;
    --_tier: var(--loyalty-tier-color, #a2752c);
    --_focus: var(--loyalty-focus-color, #2f5fd0);
    --_bone: var(--loyalty-skeleton, #ecebee);
    color-scheme: light;
  }
  @media (prefers-color-scheme: dark) {
    :host([theme='auto']),
    :host(:not([theme])) {
      ${dark}
    }
  }
  :host([theme='dark']) {
    ${dark}
  }
  /* The page's own colours only: its text colour, and tints of it. */
  :host([theme='none']) {
    --_text: var(--loyalty-color-text, currentColor);
    --_muted: var(--loyalty-color-muted, currentColor);
    --_surface: var(--loyalty-color-surface, transparent);
    --_border: var(--loyalty-color-border, color-mix(in srgb, currentColor 30%, transparent));
    --_control: color-mix(in srgb, currentColor 62%, transparent);
    --_soft: color-mix(in srgb, currentColor 6%, transparent);
    --_accent: var(--loyalty-color-accent, currentColor);
    --_on-accent: var(--loyalty-color-on-accent, currentColor);
    --_filled: var(--loyalty-color-accent, color-mix(in srgb, currentColor 12%, transparent));
    --_success: var(--loyalty-color-success, currentColor);
    --_on-success: var(--loyalty-color-on-success, currentColor);
    --_success-filled: var(--loyalty-color-success, color-mix(in srgb, currentColor 12%, transparent));
    --_success-soft: color-mix(in srgb, currentColor 6%, transparent);
    --_danger: var(--loyalty-color-danger, currentColor);
    --_on-danger: var(--loyalty-color-on-danger, currentColor);
    --_danger-soft: color-mix(in srgb, currentColor 6%, transparent);
    --_warning: var(--loyalty-color-warning, currentColor);
    --_warning-soft: color-mix(in srgb, currentColor 10%, transparent);
    --_tier: var(--loyalty-tier-color, currentColor);
    --_focus: var(--loyalty-focus-color, currentColor);
    --_bone: var(--loyalty-skeleton, color-mix(in srgb, currentColor 14%, transparent));
    --_thumb-fill: var(--_accent);
    color-scheme: inherit;
  }
`;

/** What a page's styles could leak in by inheritance is set back; sizes follow the text, never the root. */
const host = css`
  :host {
    --_space: var(--loyalty-space, 0.25em);
    --_radius: var(--loyalty-radius, 0.75em);
    --_control-size: var(--loyalty-control-size, 44px);
    --_motion: var(--loyalty-motion, 160ms);
    --_strong: var(--loyalty-font-weight-strong, 600);
    display: block;
    min-block-size: var(--loyalty-min-block-size, 0);
    container-type: inline-size;
    /* A container has no width of its own: in floats and flex rows it would vanish. */
    min-inline-size: min(100%, 18em);
  }
  /* Inside, since whatever rule of a page names the element itself is stronger than one of the element's own. */
  .base,
  .note {
    color: var(--_text);
    font-family: var(--loyalty-font-family, inherit);
    font-size: var(--loyalty-font-size, max(1em, 15px));
    font-style: normal;
    font-weight: 400;
    font-variant: normal;
    line-height: 1.45;
    letter-spacing: normal;
    word-spacing: normal;
    text-align: start;
    text-indent: 0;
    text-transform: none;
    text-shadow: none;
    white-space: normal;
    hyphens: manual;
    cursor: auto;
  }
  :host([hidden]) {
    display: none;
  }
  :host([data-state='unset']),
  :host([data-state='inactive-draft']) {
    min-block-size: 0;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  p,
  dl,
  dd,
  ul,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ul {
    list-style: none;
  }
  bdi {
    font-variant-numeric: tabular-nums;
  }
  button,
  input {
    font: inherit;
    letter-spacing: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    cursor: pointer;
    touch-action: manipulation;
  }
  [aria-disabled='true'] {
    cursor: not-allowed;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  :focus-visible {
    outline: var(--loyalty-focus-width, 2px) solid var(--_focus);
    outline-offset: var(--loyalty-focus-offset, 2px);
    scroll-margin-block: 6em;
  }
`;

/** The frame, what is there while loading, and what is said if nothing comes. */
const frame = css`
  .base {
    display: flex;
    flex-direction: column;
    gap: calc(var(--_space) * 4);
    padding: calc(var(--_space) * 6);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: calc(var(--_radius) * 1.5);
    overflow-wrap: anywhere;
  }
  :host([layout='compact']) .base {
    gap: calc(var(--_space) * 3);
    padding: calc(var(--_space) * 4);
    border-radius: var(--_radius);
  }
  :host([layout='inline']) .base {
    padding: 0;
    background: none;
    border: 0;
  }
  .icon {
    inline-size: 1.25em;
    block-size: 1.25em;
    flex: none;
    fill: currentColor;
  }
  .icon .line {
    fill: none;
    stroke: currentColor;
    stroke-width: 1.6;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(var(--_space) * 2) calc(var(--_space) * 3);
  }
  .head-text {
    flex: 1 1 7em;
    min-inline-size: min-content;
    max-inline-size: 100%;
  }
  .note {
    padding: 0.5em;
    border: 1px dashed currentColor;
    font-size: 0.8125em;
  }
  .message {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-start;
    gap: calc(var(--_space) * 1) calc(var(--_space) * 3);
    padding: calc(var(--_space) * 3) calc(var(--_space) * 4);
    border-radius: var(--_radius);
    background: var(--_soft);
    font-size: 0.9375em;
    animation: appear var(--_motion) ease-out;
  }
  .message > .icon {
    margin-block-start: 0.05em;
    color: var(--_muted);
  }
  .message-text {
    flex: 1 1 12em;
    min-inline-size: 0;
  }
  .message-actions {
    display: flex;
    flex-wrap: wrap;
    gap: calc(var(--_space) * 3);
    margin-block: calc(var(--_space) * -2.5);
  }
  .loading-text {
    min-block-size: 1lh;
    font-size: 0.875em;
    color: var(--_muted);
  }
  .skeleton {
    display: grid;
    gap: calc(var(--_space) * 4);
  }
  .bone {
    border-radius: 6px;
    background: var(--_bone);
    animation: breathe 1.6s ease-in-out infinite;
  }
  .bone-mark {
    inline-size: 2.75em;
    block-size: 2.75em;
    border-radius: 50%;
  }
  .bone-title {
    inline-size: 5em;
    block-size: 0.8em;
    margin-block-end: 0.5em;
  }
  .bone-balance {
    inline-size: 9em;
    max-inline-size: 100%;
    block-size: 1.3em;
  }
  .bone-track {
    block-size: 6px;
  }
  .bone-row {
    block-size: 3.75em;
    border-radius: var(--_radius);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @keyframes breathe {
    50% {
      opacity: 0.5;
    }
  }
  .link,
  .text-button {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--_control-size);
    padding: 0 0.25em;
    border: 0;
    border-radius: 4px;
    background: none;
    color: inherit;
    font-weight: 500;
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.25em;
  }
  .link {
    font-size: 0.875em;
  }

  @container (max-width: 21em) {
    .base {
      padding: calc(var(--_space) * 4);
    }
    .head {
      gap: calc(var(--_space) * 2);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    .bone,
    .message {
      border: 1px solid CanvasText;
    }
  }
`;

/** What the first preview needs; later parts bring their own rules. */
export const styles = [palette, host, frame, panelStyles];
