import type { Api } from '../api/api.js';
import type { WhoAmI } from '../api/identity.js';
import type { Program, Settings } from '../api/program.js';
import type { Draft } from '../draft/draft.js';
import type { Wording } from './wording.js';

/** What every screen is given. */
export interface Context extends Wording {
  readonly api: Api;
  readonly draft: Draft;
  /** Whose key it is, and on which site. */
  readonly me: WhoAmI;
  readonly program: Program;
  readonly settings: Settings;
  /** Says it in the status line, which screen readers read. */
  readonly say: (sentence: string) => void;
  /** Goes to another screen: `members/0f…`. */
  readonly go: (path: string) => void;
  /** Calls back after domain events of the site (`order.created`, `account.points_updated`), at most once a second; an empty list: some may have been missed. Gives the way to stop. */
  readonly onEvents: (heard: (slugs: readonly string[]) => void) => () => void;
  /** The program's settings changed: names, currency, time zone. */
  readonly renew: () => Promise<void>;
}
