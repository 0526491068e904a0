/** Letters and digits that are not taken for each other; 32 of them, so that every byte gives one without favour. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 10;

/** A code that nobody guesses: 50 random bits. */
function randomCode(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** So many codes, none of which is among those that there are. */
export function newCodes(count: number, taken: readonly string[]): readonly string[] {
  const all = new Set(taken);
  const made: string[] = [];
  while (made.length < count) {
    const code = randomCode();
    if (!all.has(code)) {
      all.add(code);
      made.push(code);
    }
  }
  return made;
}
