import { html, nothing } from 'lit';
import { Screen } from '../../app/screen.js';
import './developers.css';
import './embed-card.js';
import './event-log.js';
import './keys-card.js';

/** What those need who build the shop around the program. */
export class ConsoleDevelopers extends Screen {
  static override properties = { ...Screen.properties, hasKeys: { state: true } };

  /** What stands below the keys waits for them, so that nothing on the screen moves. */
  declare private hasKeys: boolean;

  constructor() {
    super();
    this.hasKeys = false;
  }

  protected override render(): unknown {
    return html`
      <div class="screen-head"><h1>Developers</h1></div>
      <developers-embed .context=${this.context}></developers-embed>
      <developers-keys .context=${this.context} @settled=${() => (this.hasKeys = true)}></developers-keys>
      ${this.hasKeys ? html`<developers-events .context=${this.context}></developers-events>` : nothing}
    `;
  }
}

customElements.define('console-developers', ConsoleDevelopers);
