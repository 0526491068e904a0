import { html } from 'lit';
import { endOf, masked } from '../masking.js';
import type { PageWords } from '../words.js';

/** A code to be read and copied; letter by letter from left to right in all languages. */
export const codeText = (code: string, id: string): unknown =>
  html`<p part="coupon-code" class="code" dir="ltr" translate="no"><span id=${`code-${id}`}>${code}</span></p>`;

/** A code that is covered: to be told from others by its end, also by ear. */
export const coveredCode = (code: string, words: PageWords): unknown => html`
  <p part="coupon-code" class="code covered" dir="ltr" translate="no">
    <span aria-hidden="true">${masked(code)}</span><span class="visually-hidden" dir=${words.direction}>${words.say('codeEnding', { end: endOf(code) })}</span>
  </p>
`;
