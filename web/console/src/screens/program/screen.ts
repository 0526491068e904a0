import { html } from 'lit';
import { Screen } from '../../app/screen.js';
import { calendar } from './calendar.js';
import { counting } from './counting.js';
import { expiry } from './expiry.js';
import { names } from './names.js';
import { orders } from './orders.js';
import type { Topic } from './topic.js';
import './topic-card.js';
import './program.css';

const topics: readonly Topic[] = [names, expiry, calendar, counting, orders] as unknown as readonly Topic[];

/** What the program is and how it computes, topic by topic. */
export class ConsoleProgram extends Screen {
  protected override render(): unknown {
    return html`
      <div class="screen-head"><h1>Program</h1></div>
      ${topics.map((topic) => html`<program-topic .context=${this.context} .topic=${topic}></program-topic>`)}
    `;
  }
}

customElements.define('console-program', ConsoleProgram);
