/** One change that is tried before it is published: an operation of the API and its request message. */
export interface Change {
  /** As in the API: `rewards.update`. */
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** One line for people: "Reward “$5 off”: costs 450 instead of 500". */
  readonly summary: string;
  /** What the change is about: a later change of the same subject takes the place of an earlier one. */
  readonly subject: string;
}

/** What the merchant wants to try and has not published. Lives as long as the tab; the same for all screens. */
export class Draft extends EventTarget {
  #changes: readonly Change[];
  readonly #keep: Storage | null;
  readonly #name: string;

  /** `site` keeps the drafts of two sites apart. */
  constructor(keep: Storage | null, site: string) {
    super();
    this.#keep = keep;
    this.#name = `loyalty-console-draft-${site}`;
    this.#changes = kept(keep?.getItem(this.#name));
  }

  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Adds a change, or replaces the one of the same subject and operation. Tells `change` listeners. */
  add(change: Change): void {
    const at = this.#changes.findIndex((one) => one.subject === change.subject && one.operation === change.operation);
    this.#set(at < 0 ? [...this.#changes, change] : this.#changes.with(at, change));
  }

  remove(at: number): void {
    this.#set(this.#changes.toSpliced(at, 1));
  }

  clear(): void {
    this.#set([]);
  }

  #set(changes: readonly Change[]): void {
    this.#changes = changes;
    this.#keep?.setItem(this.#name, JSON.stringify(changes));
    this.dispatchEvent(new Event('change'));
  }
}

function kept(text: string | null | undefined): readonly Change[] {
  try {
    const read: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(read) ? (read as Change[]) : [];
  } catch {
    return []; // written by another version of the page
  }
}
