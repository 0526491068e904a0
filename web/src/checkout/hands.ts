import type { CSSResult } from 'lit';
import type { ExplainRow } from '../documents/index.js';
import type { CheckoutController } from './controller.js';
import { Ruler } from './ruler.js';
import { Steady } from './steady.js';
import type { LaterControls, View } from './views/view.js';

/** What the element lets the hands on its controls do. */
export interface Grip {
  readonly checkout: CheckoutController;
  readonly root: ParentNode;
  /** Disabled or only to be read. */
  isFixed(): boolean;
  draw(): void;
  /** Where the focus goes once what is under way is done. */
  focusNext(selector: string): void;
  adopt(styles: CSSResult): void;
}

/** What the controls do that are drawn once something can be chosen, and the answer to how it was computed. */
export class Hands {
  readonly ruler = new Ruler(document);
  explainOpen = false;
  explanation: readonly ExplainRow[] | null = null;
  explainPanel: ((view: View, steps: readonly ExplainRow[]) => unknown) | null = null;
  readonly #grip: Grip;
  readonly #steady = new Steady();
  /** Somebody is writing a number of points: what they write is theirs until they are done. */
  isTyping = false;
  #pressed = false;
  #explainedSeq = -1;

  constructor(grip: Grip) {
    this.#grip = grip;
  }

  get #checkout(): CheckoutController {
    return this.#grip.checkout;
  }

  /** The same functions for the element's life, so that listeners stay. */
  readonly on: LaterControls = {
    slide: (event) => this.#slide(event.target as HTMLInputElement),
    slid: () => {
      this.#pressed = false;
      this.#checkout.slid();
    },
    press: (event) => {
      this.#pressed = true;
      const release = () => (this.#pressed = false);
      event.target?.addEventListener('pointerup', release, { once: true });
      event.target?.addEventListener('pointercancel', release, { once: true });
    },
    step: (direction) => this.#step(direction),
    typing: () => {
      this.isTyping = true;
    },
    typed: (event) => {
      this.isTyping = false;
      const input = event.target as HTMLInputElement;
      const points = this.#checkout.acceptable(Number(input.value));
      if (points !== null) {
        this.#checkout.slide(points);
        this.#checkout.slid();
      }
      this.#grip.draw();
    },
    leftNumber: () => {
      this.isTyping = false;
      this.#grip.draw();
    },
    codeInput: (event) => this.#checkout.setCodeText((event.target as HTMLInputElement).value),
    code: (event) => {
      event.preventDefault();
      if (!this.#grip.isFixed() && !this.#checkout.codeBusy) {
        void this.#checkout.applyCode(this.#checkout.codeText);
      }
    },
    toggleExplain: () => {
      this.explainOpen = !this.explainOpen;
      this.previewed();
      this.#grip.draw();
    },
    apply: () => {
      if (!this.#grip.isFixed() && this.#grip.root.querySelector('#apply')?.getAttribute('aria-disabled') !== 'true') {
        this.#grip.focusNext('#applied-title');
        void this.#checkout.apply();
      }
    },
    cancel: () => {
      this.#checkout.cancel();
      this.#grip.focusNext('#apply');
    },
    remove: (id) => {
      if (this.#checkout.state.request === null) {
        this.#grip.focusNext('input[name="reward"]:checked, #code');
        void this.#checkout.remove(id);
      }
    },
  };

  /** The panel was drawn. */
  drawn(): void {
    this.#steady.drawn(this.#grip.root.querySelector<HTMLElement>('.base'), this.#checkout.state.request?.kind ?? null);
  }

  /** The element has left the page. */
  rest(): void {
    this.#steady.stop();
  }

  /** Something else is previewed: what explains it, where it is open, follows. */
  previewed(): void {
    if (this.explainOpen) {
      void this.#explain();
    }
  }

  /** Every position of the thumb is put on the grid, and its total computed at once. */
  #slide(input: HTMLInputElement): void {
    const present = this.#points;
    const wanted = input.valueAsNumber;
    if (present === null) {
      return;
    }
    let points = this.ruler.nearest(wanted);
    if (points === present && wanted !== present && !this.#pressed) {
      // A key moved the control by less than a step.
      points = wanted > present ? this.ruler.next(present) : this.ruler.previous(present);
    }
    if (points !== present) {
      this.#checkout.slide(points);
    }
    // At once, since the next key may come before the next drawing.
    input.valueAsNumber = points;
    this.#grip.draw();
  }

  #step(direction: 1 | -1): void {
    const present = this.#points;
    if (present === null || this.#grip.isFixed()) {
      return;
    }
    const points = direction > 0 ? this.ruler.next(present) : this.ruler.previous(present);
    if (points !== present) {
      this.#checkout.slide(points);
      this.#checkout.slid();
    }
  }

  get #points(): number | null {
    const offer = this.#checkout.pointsOffer;
    const chosen = this.#checkout.chosen.find((choice) => choice.reward?.id === offer?.id)?.reward?.points;
    return offer?.steps ? this.ruler.nearest(chosen ?? offer.steps.best) : null;
  }

  async #explain(): Promise<void> {
    const seq = this.#checkout.seq;
    if (seq === this.#explainedSeq && this.explanation) {
      return;
    }
    this.#explainedSeq = seq;
    const [result, panel] = await Promise.all([this.#checkout.explain(), import('./views/explain.js')]);
    this.#grip.adopt(panel.explainStyles);
    this.explainPanel = panel.explainPanel;
    this.explanation = result.ok ? result.value.steps : null;
    if (!result.ok || seq !== this.#checkout.seq) {
      this.#explainedSeq = -1;
    }
    this.#grip.draw();
  }
}
