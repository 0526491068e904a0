import { html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';

/** Outlines on a field of 24 by 24; words stand beside each, so that they are decoration to screen readers. */
const outlines: Readonly<Record<string, SVGTemplateResult>> = {
  overview: svg`<path d="M4 13h6V4H4zM14 20h6V4h-6zM4 20h6v-3H4z" />`,
  program: svg`<path d="M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1.1 5.9-5.3-2.9-5.3 2.9 1.1-5.9-4.3-4.1 5.9-.8z" />`,
  earning: svg`<path d="M12 5v14M5 12h14" /><circle cx="12" cy="12" r="9" />`,
  rewards: svg`<path d="M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-5 0-5-4-2.5-4S12 7 12 7zm0 0c5 0 5-4 2.5-4S12 7 12 7z" />`,
  promotions: svg`<path d="M3 11V4h7l11 11-7 7z" /><circle cx="7.5" cy="8.5" r="1.2" />`,
  tiers: svg`<path d="M4 20v-5h5v5M9.500 20V10h5v10M15 20V5h5v15M3 20h18" />`,
  members: svg`<circle cx="9" cy="8" r="3.500" /><path d="M2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.800a3.500 3.500 0 0 1 0 6.400M18 14.500c2.300.8 3.500 2.700 3.500 5.500" />`,
  orders: svg`<path d="M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2zM9 8h6M9 12h6" />`,
  simulator: svg`<path d="M9 3h6M10 3v6l-6 10c-.6 1 0 2 1 2h14c1 0 1.600-1 1-2L14 9V3M7 15h10" />`,
  developers: svg`<path d="M8 7l-5 5 5 5M16 7l5 5-5 5M14 4l-4 16" />`,
  menu: svg`<path d="M4 7h16M4 12h16M4 17h16" />`,
  leave: svg`<path d="M14 4h6v16h-6M10 8l-4 4 4 4M6 12h10" />`,
};

export const icon = (name: string): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">${outlines[name]}</svg>`;
