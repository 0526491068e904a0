import { withoutIsolates } from '../text/format.js';

/** Has things read aloud, by the two live regions that the page has from its first drawing on. */
export class Announcer {
  readonly #root: ParentNode;

  constructor(root: ParentNode) {
    this.#root = root;
  }

  /** Politely, or at once; the last word takes the place of the one before. Nothing: that is forgotten too. */
  say(text: string, isUrgent = false): void {
    const words = withoutIsolates(text);
    this.#write('status', isUrgent ? '' : words);
    this.#write('alert', isUrgent ? words : '');
  }

  #write(role: string, words: string): void {
    const region = this.#root.querySelector(`.visually-hidden[role=${role}]`);
    if (region) {
      // The same words once more are news only where something about them is other.
      region.textContent = region.textContent === words && words !== '' ? `${words}\u00a0` : words;
    }
  }
}
