import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/** By the marks U+2066 to U+2068. */
const DIRECTIONS = ['ltr', 'rtl', 'auto'] as const;

/** Text whose numbers and names, marked as isolated, become `<bdi>` elements. */
export function rich(text: string): unknown {
  return text.split(/([\u2066-\u2068][^\u2066-\u2069]*\u2069)/).map((part) => {
    const direction = DIRECTIONS[part.charCodeAt(0) - 0x2066];
    return direction === undefined ? part : html`<bdi dir=${direction}>${part.slice(1, -1)}</bdi>`;
  });
}

/**
 * Text that changes in place. A new element for each value: an element whose text grows to the left, as
 * end-aligned amounts do, would count as moved although nothing else does.
 */
export function changing(text: string): TemplateResult {
  return html`${keyed(text, html`<span>${rich(text)}</span>`)}`;
}
