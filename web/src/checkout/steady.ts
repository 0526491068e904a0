/** What comes within this time after a click is part of it, for people as for how browsers count what moves. */
const PART_OF_CLICK_MS = 400;

/**
 * Keeps the panel as high as it was while the store is asked, and afterwards until the shopper does something
 * again: an answer that takes long must not move what they are reading below.
 */
export class Steady {
  #panel: HTMLElement | null = null;
  #isBusy = false;
  #since = 0;
  #choicesHeight = 0;

  readonly #letGo = (): void => {
    removeEventListener('click', this.#letGo);
    removeEventListener('keydown', this.#letGo);
    this.#panel?.style.removeProperty('min-block-size');
  };

  /** To be called after each drawing, with the request under way. */
  drawn(panel: HTMLElement | null, request: 'apply' | 'remove' | null): void {
    if (request !== null && !this.#isBusy && panel) {
      this.#letGo();
      this.#isBusy = true;
      this.#panel = panel;
      this.#since = performance.now();
      const height = panel.offsetHeight;
      if (request === 'apply') {
        this.#choicesHeight = height;
      }
      // Without the discount there will be choices again: room for them is made at once.
      panel.style.minBlockSize = `${request === 'remove' ? Math.max(height, this.#choicesHeight) : height}px`;
    } else if (request === null && this.#isBusy) {
      this.#isBusy = false;
      if (performance.now() - this.#since < PART_OF_CLICK_MS) {
        this.#letGo();
      } else {
        addEventListener('click', this.#letGo);
        addEventListener('keydown', this.#letGo);
      }
    }
  }

  stop(): void {
    this.#isBusy = false;
    this.#letGo();
  }
}
