import { nothing, type PropertyValues } from 'lit';
import { Screen } from '../app/screen.js';
import { Listening } from '../app/listening.js';
import { Loadable } from '../kit/loadable.js';
import { Doing } from './doing.js';
import { gone } from './editing.js';

/** Of the program's rules, and of orders, by which promotions are used up; not of points that come and go. */
const CHANGES = /^(program|reward|promotion|tier|tiers_settings|loyalty_earning_rule|order)\./;

/**
 * A screen with a list of things of the program, and a form for one of them behind its id or `new`. What a form was filled
 * with does not change below it: the list is asked for again when it is shown, not while a form is open.
 */
export abstract class RulesScreen<L> extends Screen {
  protected readonly all = new Loadable<L>(this, (signal) => this.load(signal));
  protected readonly doing = new Doing(this);

  constructor() {
    super();
    new Listening(this, (slugs) => {
      if (this.path.length === 0 && (slugs.length === 0 || slugs.some((slug) => CHANGES.test(slug)))) {
        this.renew();
      }
    });
  }

  /** What the list shows has changed elsewhere. */
  protected renew(): void {
    void this.all.refresh();
  }

  protected abstract load(signal: AbortSignal): Promise<L>;
  protected abstract has(loaded: L, id: string): boolean;

  protected override willUpdate(changed: PropertyValues): void {
    const [id] = this.path;
    const isMissing = id !== undefined && id !== 'new' && this.all.value !== null && !this.has(this.all.value, id);
    if (changed.has('path') && this.hasUpdated && (id === undefined || isMissing)) {
      void this.all.reload();
    }
  }

  /** Changes one row, shows the list as it is then, and says so. */
  protected async do(id: string, action: () => Promise<unknown>, sentence: string): Promise<void> {
    const done = await this.doing.run(id, action);
    await this.all.reload();
    if (done) {
      this.context.say(sentence);
    }
    await this.updateComplete;
    const heading = this.querySelector('h1');
    if (heading && document.activeElement === document.body) {
      heading.tabIndex = -1; // what had the focus is gone with its row
      heading.focus();
    }
  }

  /** In place of a form: there is nothing under the id, as far as is known. */
  protected missing(noun: string, screen: string, all: string): unknown {
    return this.all.state.at === 'loading' ? nothing : gone(noun, screen, all);
  }
}
