import type { ReactiveController } from 'lit';
import type { Screen } from './screen.js';

/** Hears the site's domain events for as long as the screen is shown. They come as `order.created`; an empty list: something may have happened unheard. */
export class Listening implements ReactiveController {
  readonly #screen: Screen;
  readonly #heard: (slugs: readonly string[]) => void;
  #stop: (() => void) | null = null;

  constructor(screen: Screen, heard: (slugs: readonly string[]) => void) {
    this.#screen = screen;
    this.#heard = heard;
    screen.addController(this);
  }

  hostConnected(): void {
    this.#stop ??= this.#screen.context.onEvents(this.#heard);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
  }
}
