import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { newKey } from '../../../src/client/key.js';
import { ApiError } from '../api/refusal.js';

/** What stands in the fields, by name, as text or yes/no: just as it was typed. */
export type Values = Record<string, string | boolean>;

export interface FormOptions<V extends Values, R> {
  readonly values: V;
  /** What is wrong, by field, before anybody is asked. Nothing: it may be sent. */
  readonly check?: (values: V) => Partial<Record<keyof V & string, string>>;
  /** Throws ApiError where the server says no. */
  readonly send: (values: V, idempotencyKey: string) => Promise<R>;
  readonly sent?: (result: R) => void;
  /** Which field a path of the server's answer means, as `reward.name` -> `name`. Others are shown above the buttons. */
  readonly fieldOf?: (path: string) => (keyof V & string) | undefined;
}

/**
 * A form's state: what was typed stays, also after a refusal; each fault stands beside its field, and the focus goes to
 * the first one. Sent again after a failure it goes under the same key, so that it is done once.
 */
export class Form<V extends Values, R = unknown> implements ReactiveController {
  values: V;
  faults: Partial<Record<string, string>> = {};
  /** What is wrong with no field in particular. */
  problem: string | null = null;
  busy = false;
  readonly #host: ReactiveControllerHost;
  readonly #options: FormOptions<V, R>;
  #first: V;
  #key: { readonly of: string; readonly key: string } | null = null;

  constructor(host: ReactiveControllerHost, options: FormOptions<V, R>) {
    this.#host = host;
    this.#options = options;
    this.values = { ...options.values };
    this.#first = { ...options.values };
    host.addController(this);
  }

  hostConnected(): void {}

  get changed(): boolean {
    return Object.keys(this.values).some((name) => this.values[name] !== this.#first[name]);
  }

  set<K extends keyof V & string>(name: K, value: V[K]): void {
    this.values = { ...this.values, [name]: value };
    const { [name]: _, ...others } = this.faults;
    this.faults = others;
    this.#host.requestUpdate();
  }

  /** Other values from outside, as after loading; what was typed is dropped. */
  reset(values: V = this.#first): void {
    this.values = { ...values };
    this.#first = { ...values };
    this.faults = {};
    this.problem = null;
    this.#host.requestUpdate();
  }

  readonly submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    await this.send(event.currentTarget as HTMLFormElement);
  };

  /** Whether it may be sent; else the faults are shown and the first one takes the focus. */
  verify(element: HTMLFormElement): boolean {
    this.problem = null;
    this.faults = this.#options.check?.(this.values) ?? {};
    const isGood = !Object.values(this.faults).some(Boolean);
    if (!isGood) {
      void this.#showFaults(element);
    }
    return isGood;
  }

  /** What `submit` does, for forms that ask something before. */
  async send(element: HTMLFormElement): Promise<void> {
    if (this.busy || !this.verify(element)) {
      return;
    }
    const { values } = this; // what is typed meanwhile is not sent
    const text = JSON.stringify(values);
    const key = this.#key?.of === text ? this.#key.key : newKey();
    this.#key = { of: text, key };
    this.busy = true;
    this.#host.requestUpdate();
    try {
      const result = await this.#options.send(values, key);
      this.#key = null;
      this.#first = { ...values };
      this.busy = false;
      this.#host.requestUpdate();
      this.#options.sent?.(result);
    } catch (error) {
      this.busy = false;
      this.#take(error);
      await this.#showFaults(element);
    }
  }

  #take(error: unknown): void {
    if (!(error instanceof ApiError)) {
      this.problem = 'Something went wrong here; nothing was saved. Load the page again.';
      this.#host.requestUpdate();
      throw error;
    }
    if (error.status !== 0 && error.status < 500) {
      this.#key = null; // a "no" is an answer to this key: what is corrected goes under another
    }
    const rest: string[] = [];
    for (const { path, message } of error.fields) {
      const name = this.#options.fieldOf?.(path) ?? (path.split('.').at(-1) as string);
      if (name in this.values) {
        this.faults = { ...this.faults, [name]: message };
      } else {
        rest.push(path === '' ? message : `${path}: ${message}`);
      }
    }
    this.problem = error.fields.length === 0 ? error.message : rest.length > 0 ? rest.join(' ') : null;
  }

  async #showFaults(element: HTMLFormElement): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    (element.querySelector<HTMLElement>('[aria-invalid=true]') ?? element.querySelector<HTMLElement>('.form-problem'))?.focus();
  }
}
