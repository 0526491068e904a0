import { html } from 'lit';
import type { Api } from '../../api/api.js';
import { Screen } from '../../app/screen.js';
import { faultOfText } from '../../kit/checks.js';
import { formFoot, textField } from '../../kit/fields.js';
import { Form } from '../../kit/form.js';
import { card } from '../../kit/section.js';
import type { MemberAccount } from '../../records/accounts.js';

interface Contact {
  readonly id: string;
  readonly memberId?: string;
}

interface Added {
  readonly name: string;
  readonly email: string;
  readonly birthdate: string;
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;

/** What is wrong with what was typed, by field. */
export function faultsOf({ name, email }: Added): Partial<Record<keyof Added, string>> {
  const faults: Partial<Record<keyof Added, string>> = {};
  const ofName = name.trim() === '' ? undefined : faultOfText(name, 1, 200);
  const ofEmail = faultOfText(email, 3, 254, 'an e-mail address') ?? (EMAIL.test(email.trim()) ? undefined : 'Write the whole address, such as ann@example.com.');
  return { ...faults, ...(ofName && { name: ofName }), ...(ofEmail && { email: ofEmail }) };
}

/**
 * Makes the contact and its account. The keys follow from the one of the form: sent again after a failure in between,
 * what is done already is not done twice.
 */
async function addMember(api: Api, { name, email, birthdate }: Added, key: string): Promise<MemberAccount> {
  const { contact } = await api.post<{ contact: Contact }>(
    '/contacts/v1/contacts',
    { contact: { email: email.trim(), ...(name.trim() && { name: name.trim() }), ...(birthdate && { birthdate }) } },
    { idempotencyKey: `${key}-contact` },
  );
  const { account } = await api.post<{ account: MemberAccount }>('/loyalty-accounts/v1/accounts', { contactId: contact.id }, { idempotencyKey: `${key}-account` });
  return account;
}

/** Adds one member by hand: a contact with an account. */
class MemberAdd extends Screen {
  readonly #form = new Form<{ name: string; email: string; birthdate: string }, MemberAccount>(this, {
    values: { name: '', email: '', birthdate: '' },
    check: faultsOf,
    send: (values, key) => addMember(this.context.api, values, key),
    sent: (account) => {
      this.context.say('The member was added.');
      this.context.go(`members/${account.id}`);
    },
  });

  protected override render(): unknown {
    const form = this.#form;
    return html`
      <nav aria-label="Breadcrumb"><a href="#/members">All members</a></nav>
      <div class="screen-head"><h1>Add a member</h1></div>
      ${card(
        { heading: 'Who it is', intro: 'The member starts in the base tier with no points; a present can be given on the next page.' },
        html`<form novalidate @submit=${form.submit}>
          ${textField(form, 'email', { label: 'E-mail', type: 'email', maxLength: 254, hint: 'The shop recognizes its customer by it.' })}
          ${textField(form, 'name', { label: 'Name', maxLength: 200, required: false })}
          ${textField(form, 'birthdate', { label: 'Birthday', type: 'date', required: false, hint: 'For points on the birthday.' })}
          ${formFoot(form, 'Add the member', html`<a class="button" href="#/members">Cancel</a>`)}
        </form>`,
      )}
    `;
  }
}

customElements.define('console-member-add', MemberAdd);
