import { html, nothing } from 'lit';
import { Screen } from '../../app/screen.js';
import { checkField, formFoot, textField } from '../../kit/fields.js';
import { Form } from '../../kit/form.js';
import { card } from '../../kit/section.js';
import { enrolNewest } from './enrol.js';

interface Imported {
  readonly created: number;
  readonly updated: number;
  readonly errors: readonly { readonly line: number; readonly code: string; readonly description: string }[];
}

/** The most that one file may hold, as the server takes it. */
const BYTES_MAX = 1_048_576;
const EXAMPLE = 'email,name,birthdate,tags\nann@example.com,Ann Adams,1990-05-17,newsletter;vip';

/** What is wrong with the text of a file before it is sent; undefined: nothing. */
export function faultOfCsv(text: string): string | undefined {
  if (text.trim() === '') {
    return 'Choose a file, or paste its rows here.';
  }
  if (new TextEncoder().encode(text).length > BYTES_MAX) {
    return 'This is more than 1 MB: split it into several files.';
  }
  const [heading = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  const names = heading.split(/[,;\t]/).map((name) => name.trim().replace(/^"|"$/g, '').toLowerCase());
  return names.includes('email') || names.includes('e-mail') ? undefined : 'The first row names the columns; one of them must be “email”.';
}

/** Takes customers over from a CSV file: creates and updates contacts, and says which rows it could not take. */
class MemberImport extends Screen {
  #answer: Imported | null = null;
  #fileProblem: string | null = null;
  /** How many accounts are open; null: none are being opened. */
  #opened: number | null = null;
  #openProblem: string | null = null;
  readonly #form = new Form<{ csv: string; enrol: boolean }, Imported>(this, {
    values: { csv: '', enrol: true },
    check: ({ csv }) => {
      const fault = faultOfCsv(csv);
      return fault ? { csv: fault } : {};
    },
    send: ({ csv }, key) => this.context.api.post<Imported>('/contacts/v1/contacts/import', { csv }, { idempotencyKey: key }),
    sent: (answer) => {
      this.#answer = answer;
      this.#opened = null;
      this.context.say(this.#summary(answer));
      this.requestUpdate();
      if (this.#form.values.enrol && answer.created > 0) {
        void this.#enrol(answer.created);
      }
    },
  });

  #summary({ created, updated, errors }: Imported): string {
    const { number } = this.context;
    return `${number(created)} created, ${number(updated)} updated, ${errors.length === 0 ? 'no row refused' : `${number(errors.length)} refused`}.`;
  }

  async #enrol(count: number): Promise<void> {
    this.#openProblem = null;
    this.#opened = 0;
    try {
      await enrolNewest(this.context.api, count, (opened) => {
        this.#opened = opened;
        this.requestUpdate();
      });
      this.context.say(`${this.context.number(count)} accounts are open.`);
    } catch (error) {
      this.#openProblem = error instanceof Error ? error.message : String(error);
    }
    this.requestUpdate();
  }

  readonly #choose = async (event: Event): Promise<void> => {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file === undefined) {
      return;
    }
    this.#fileProblem = file.size > BYTES_MAX ? `“${file.name}” is larger than 1 MB: split it into several files.` : null;
    if (this.#fileProblem === null) {
      this.#form.set('csv', await file.text());
    }
    this.requestUpdate();
  };

  protected override render(): unknown {
    const form = this.#form;
    return html`
      <nav aria-label="Breadcrumb"><a href="#/members">All members</a></nav>
      <div class="screen-head"><h1>Import a CSV file</h1></div>
      ${card(
        {
          heading: 'Customers to take over',
          intro: html`The first row names the columns: <code>email</code> (needed), <code>name</code>, <code>birthdate</code> as 1990-05-17, <code>tags</code> with
            semicolons between them, <code>memberId</code>. Known e-mail addresses are updated. At most 2,000 rows at once.`,
        },
        html`<form novalidate @submit=${form.submit}>
          <div class="field">
            <label for="members-file">File</label>
            <div class="control"><input id="members-file" type="file" accept=".csv,text/csv" aria-describedby="members-file-fault" @change=${this.#choose} /></div>
            <p class="fault" id="members-file-fault" aria-live="polite">${this.#fileProblem ?? nothing}</p>
          </div>
          ${textField(form, 'csv', { label: 'Rows', rows: 10, placeholder: EXAMPLE, hint: 'What the file holds; rows can be pasted or corrected here.' })}
          ${checkField(form, 'enrol', { label: 'Open an account for each new customer', hint: 'Without it they become members with their first purchase or activity.' })}
          ${formFoot(form, 'Import')}
        </form>`,
      )}
      ${this.#answer === null ? nothing : this.#outcome(this.#answer)}
    `;
  }

  #outcome(answer: Imported): unknown {
    return card(
      { heading: 'What came of it' },
      html`
        <p>${this.#summary(answer)}</p>
        ${this.#opened === null ? nothing : this.#progress(answer.created, this.#opened)}
        ${answer.errors.length === 0
          ? html`<p><a href="#/members">Show the members</a></p>`
          : html`
              <p>These rows changed nothing. Correct them above and import again: rows that were taken are only updated.</p>
              <div class="table-frame"><table class="table stacks">
                <thead><tr><th scope="col" class="end">Line</th><th scope="col">What is wrong</th></tr></thead>
                <tbody>
                  ${answer.errors.map((error) => html`<tr><td class="end" data-label="Line">${error.line}</td><td data-label="What is wrong"><bdi>${error.description}</bdi></td></tr>`)}
                </tbody>
              </table></div>
            `}
      `,
    );
  }

  #progress(all: number, opened: number): unknown {
    const { number } = this.context;
    return html`
      <p><label for="members-enrol">${number(opened)} of ${number(all)} accounts are open</label> <progress id="members-enrol" max=${all} value=${opened}></progress></p>
      ${this.#openProblem === null
        ? nothing
        : html`<div class="problem" role="alert"><p>${this.#openProblem}</p><button type="button" class="button" @click=${() => void this.#enrol(all)}>Try again</button></div>`}
    `;
  }
}

customElements.define('console-member-import', MemberImport);
