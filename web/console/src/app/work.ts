import { Api } from '../api/api.js';
import { sitesOf, type WhoAmI } from '../api/identity.js';
import { getProgram, getSettings } from '../api/program.js';
import { Draft } from '../draft/draft.js';
import type { Context } from './context.js';
import { LiveEvents } from './live-events.js';
import { wordingOf } from './wording.js';

/** What the shell does for screens. */
export interface Shell {
  readonly say: (sentence: string) => void;
  readonly go: (path: string) => void;
  /** The key is not known any more: asks for another. */
  readonly signInAgain: () => Promise<boolean>;
  /** There is another context: the program was named anew, or a stream has come or gone. */
  readonly changed: () => void;
}

/** An operator's answer names the first of many sites; here it is the one that is worked on. */
const onSite = (me: WhoAmI, site: string): WhoAmI => ({ ...me, site: sitesOf(me).find(({ id }) => id === site) ?? me.site });

/** The work of one person on one site: its requests, its draft, its live events, and the context made of them. */
export class Work {
  readonly draft: Draft;
  readonly #shell: Shell;
  readonly #caller: { key: string; readonly site: string; readonly signInAgain: () => Promise<boolean> };
  readonly #api: Api;
  readonly #live: LiveEvents;
  #me: WhoAmI;
  #context: Context | null = null;

  constructor(key: string, me: WhoAmI, site: string, storage: Storage | null, shell: Shell) {
    this.#me = onSite(me, site);
    this.#shell = shell;
    this.#caller = { key, site, signInAgain: shell.signInAgain };
    this.#api = new Api(this.#caller);
    this.draft = new Draft(storage, site);
    this.draft.addEventListener('change', shell.changed);
    this.#live = new LiveEvents(this.#api);
  }

  get site(): string {
    return this.#caller.site;
  }

  /** Null until the program was read. */
  get context(): Context | null {
    return this.#context;
  }

  /** Reads the program and its settings, again after each change of them. */
  readonly renew = async (): Promise<void> => {
    const [program, settings] = await Promise.all([getProgram(this.#api), getSettings(this.#api)]);
    this.#context = {
      ...wordingOf(program, settings),
      api: this.#api,
      draft: this.draft,
      me: this.#me,
      program,
      settings,
      say: this.#shell.say,
      go: this.#shell.go,
      onEvents: this.#live.listen,
      renew: this.renew,
    };
    this.#shell.changed();
  };

  /** Goes on with another key of the same site. */
  replaceKey(key: string, me: WhoAmI): void {
    this.#caller.key = key;
    this.#me = onSite(me, this.site);
    if (this.#context) {
      this.#context = { ...this.#context, me: this.#me };
    }
    this.#shell.changed();
  }

  end(): void {
    this.draft.removeEventListener('change', this.#shell.changed);
    this.#live.end();
  }
}
