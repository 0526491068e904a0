import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What a controller needs of an element, and how often it was asked to draw. */
export class TestHost implements ReactiveControllerHost {
  drawings = 0;
  readonly updateComplete = Promise.resolve(true);
  readonly #controllers: ReactiveController[] = [];

  addController(controller: ReactiveController): void {
    this.#controllers.push(controller);
  }
  removeController(): void {}
  requestUpdate(): void {
    this.drawings++;
  }
  connect(): void {
    this.#controllers.forEach((controller) => controller.hostConnected?.());
  }
  disconnect(): void {
    this.#controllers.forEach((controller) => controller.hostDisconnected?.());
  }
}

/** A promise that is settled from outside. */
export function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void; readonly reject: (error: unknown) => void } {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

/** Lets everything that is waiting go on. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
