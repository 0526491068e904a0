/**
 * The step grid of a points reward: minimum, step, and a last position that need not lie on it. The browser's
 * own range control does the stepping, so that no number of points is computed here.
 */
export class Ruler {
  readonly #input: HTMLInputElement;
  #max = 0;

  constructor(document: Document) {
    this.#input = document.createElement('input');
    this.#input.type = 'range';
  }

  set(grid: { readonly min: number; readonly step: number; readonly max: number }): void {
    this.#max = grid.max;
    this.#input.min = String(grid.min);
    this.#input.max = String(grid.max);
    this.#input.step = String(grid.step);
  }

  /** The position nearest to a number. */
  nearest(points: number): number {
    return points >= this.#max ? this.#max : this.#at(points);
  }

  next(points: number): number {
    const from = this.#at(points);
    this.#input.stepUp();
    const to = this.#input.valueAsNumber;
    // At the top of the grid comes the last position.
    return to === from || points >= this.#max ? this.#max : to;
  }

  previous(points: number): number {
    const from = this.#at(points);
    if (from < points) {
      return from;
    }
    this.#input.stepDown();
    return this.#input.valueAsNumber;
  }

  #at(points: number): number {
    this.#input.value = String(points);
    return this.#input.valueAsNumber;
  }
}
