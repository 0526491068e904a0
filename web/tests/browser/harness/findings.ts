/** What several looks at one page found, told at once. */
export class Findings {
  readonly #all: string[] = [];

  add(look: string, found: readonly string[]): void {
    this.#all.push(...found.map((one) => `${look}: ${one}`));
  }

  mustBeNone(): void {
    if (this.#all.length > 0) throw new Error(`${this.#all.length} findings:\n${this.#all.join('\n')}`);
  }
}
