/** `https://shop.example:8443`: what browsers send as the origin of a page. */
const ORIGIN = /^https?:\/\/[a-z0-9.\-:[\]]+$/;
const MOST = 100;

/** One for each line. */
export const originsIn = (text: string): readonly string[] =>
  text
    .split(/\s+/)
    .map((line) => line.replace(/\/+$/, '').toLowerCase())
    .filter(Boolean);

/** What is wrong with the list; undefined: nothing. */
export function faultOfOrigins(text: string): string | undefined {
  const all = originsIn(text);
  const wrong = all.find((origin) => !ORIGIN.test(origin));
  if (wrong !== undefined) {
    return `“${wrong}” is no origin. Write the scheme and the name only, such as https://shop.example.`;
  }
  return all.length > MOST ? `List at most ${MOST} origins; these are ${all.length}.` : undefined;
}
