import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { Screen } from '../../app/screen.js';
import './add.js';
import './import.js';
import './list.js';
import './member.js';

/** Members: the list, one member, adding and importing. */
class MembersScreen extends Screen {
  protected override render(): unknown {
    const { context, query } = this;
    const [place] = this.path;
    switch (place) {
      case undefined:
        return html`<console-member-list class="stack" .context=${context} .query=${query}></console-member-list>`;
      case 'add':
        return html`<console-member-add class="stack" .context=${context}></console-member-add>`;
      case 'import':
        return html`<console-member-import class="stack" .context=${context}></console-member-import>`;
      default:
        return keyed(place, html`<console-member class="stack" .context=${context} .path=${[place]}></console-member>`);
    }
  }
}

customElements.define('console-members', MembersScreen);
