import { svg } from 'lit';
import type { TransactionType } from '../../client/member.js';

const drawn = (lines: string) =>
  svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path class="line" d=${lines} /></svg>`;

/** One for each kind of movement; its word stands beside it. */
export const movements: { readonly [type in TransactionType]: unknown } = {
  EARN: drawn('M10 4.5v11M4.5 10h11'),
  REDEEM: drawn('M4 8.5h12v8H4zM10 8.5v8M3.5 5.5h13v3h-13zM10 5.5c-1-3-5-2.5-4 0M10 5.5c1-3 5-2.5 4 0'),
  ADJUST: drawn('M4 7h12M4 13h12M7.5 5v4M12.5 11v4'),
  REFUND: drawn('M7.5 4.5L4 8l3.5 3.5M4 8h8a4 4 0 0 1 0 8H8'),
  EXPIRE: drawn('M10 2.8a7.2 7.2 0 1 0 0 14.4a7.2 7.2 0 1 0 0-14.4M10 6v4.2l2.8 1.8'),
};

export const clock = movements.EXPIRE;
export const locked = drawn('M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9');
export const circle = drawn('M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14');
