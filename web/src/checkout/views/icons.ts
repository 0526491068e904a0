import { svg } from 'lit';
import type { TemplateResult } from 'lit';

const icon = (content: TemplateResult): TemplateResult =>
  svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${content}</svg>`;

export const star = icon(
  svg`<path d="M10 2.2l2.35 4.9 5.35.72-3.9 3.75.96 5.33L10 14.32 5.24 16.9l.96-5.33-3.9-3.75 5.35-.72z" />`,
);
export const check = icon(svg`<path class="line" d="M4.5 10.5l3.6 3.6 7.4-8" />`);
export const alert = icon(svg`<circle class="line" cx="10" cy="10" r="7.5" /><path class="line" d="M10 6v5M10 13.6v.1" />`);
export const info = icon(svg`<circle class="line" cx="10" cy="10" r="7.5" /><path class="line" d="M10 9.2v4.6M10 6.4v.1" />`);
export const plus = icon(svg`<path class="line" d="M10 4.5v11M4.5 10h11" />`);
export const minus = icon(svg`<path class="line" d="M4.5 10h11" />`);
export const chevron = icon(svg`<path class="line" d="M5.5 8l4.5 4.5L14.5 8" />`);
export const unlock = icon(
  svg`<rect class="line" x="4.5" y="9" width="11" height="7.5" rx="1.6" /><path class="line" d="M7 9V6.4a3 3 0 0 1 5.7-1.3" />`,
);
export const tag = icon(
  svg`<path class="line" d="M3.5 9.6V3.5h6.1l7 7a1.2 1.2 0 0 1 0 1.7l-4.4 4.4a1.2 1.2 0 0 1-1.7 0z" /><path class="line" d="M7 7v.1" />`,
);
