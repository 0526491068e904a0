import { html, nothing, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { ApiError } from '../api/refusal.js';

/** What is done to one row of a list at a time: a switch, a deletion. A refusal stands above the list. */
export class Doing implements ReactiveController {
  /** The id of what is being changed. */
  busy: string | null = null;
  #problem: string | null = null;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {}

  /** True: it is done. */
  async run(id: string, action: () => Promise<unknown>): Promise<boolean> {
    if (this.busy !== null) {
      return false;
    }
    this.busy = id;
    this.#problem = null;
    this.#host.requestUpdate();
    try {
      await action();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      this.#problem = error.isStale ? 'Somebody else changed it in between. The list shows it as it is now: look, and try again.' : error.message;
      return false;
    } finally {
      this.busy = null;
      this.#host.requestUpdate();
    }
  }

  view(): TemplateResult {
    return html`<div role="alert">${this.#problem ? html`<p class="problem">${this.#problem}</p>` : nothing}</div>`;
  }
}
