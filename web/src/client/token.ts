import type { StoreOptions } from './types.js';

/** A member's token: asked for when it is first needed, kept in memory, and nowhere else. */
export class MemberToken {
  readonly #ask: () => Promise<string | null>;
  #present: Promise<string | null> | undefined;

  constructor(getToken: StoreOptions['getToken']) {
    this.#ask = async () => (await getToken?.()) || null;
  }

  /** Null for a guest. Rejects as the page's own `getToken` does, which is asked again then. */
  get(): Promise<string | null> {
    if (this.#present === undefined) {
      const present = this.#ask();
      this.#present = present;
      present.catch(() => {
        if (this.#present === present) {
          this.#present = undefined;
        }
      });
    }
    return this.#present;
  }

  /** Another one for a token that was refused; the page is asked once, however many requests it was refused to. */
  async renew(refused: string): Promise<string | null> {
    const present = this.get();
    if ((await present) === refused && this.#present === present) {
      this.#present = undefined;
    }
    return this.get();
  }

  /** A token, null for nobody, or nothing: whoever `getToken` says. */
  set(token: string | null | undefined): void {
    this.#present = token === undefined ? undefined : Promise.resolve(token);
  }
}
