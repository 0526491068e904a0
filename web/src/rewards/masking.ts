/** So much of a code may be seen by whoever looks over a shoulder: enough to tell it from others. */
const SHOWN = 3;

/** The end of a code by which its owner knows it: its last signs, of a short code fewer, at most a third. */
export function endOf(code: string): string {
  const signs = [...code].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  const shown = Math.min(SHOWN, Math.floor(signs.length / 3));
  return signs.slice(signs.length - shown).join('');
}

/** A code with everything but its end covered, also how long it is. */
export function masked(code: string): string {
  return `••••-••••-${endOf(code) || '•'}`;
}
