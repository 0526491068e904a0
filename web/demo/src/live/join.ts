import { fillWith, h } from '../dom.js';
import { backend, ShopError } from './backend.js';
import type { LiveSession } from './session.js';

interface Field {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  /** Says beside the field what is wrong with it; nothing: it is right. */
  say(text: string): void;
}

function field(name: string, label: string, type: 'text' | 'email', autocomplete: string): Field {
  const problem = h('p', { class: 'problem', id: `join-${name}-problem` });
  const input = h('input', { type, name, id: `join-${name}`, autocomplete, required: true, 'aria-describedby': problem.id });
  return {
    element: h('div', { class: 'field' }, h('label', { for: input.id }, label), input, problem),
    input,
    say(text) {
      fillWith(problem, text);
      if (text === '') input.removeAttribute('aria-invalid');
      else input.setAttribute('aria-invalid', 'true');
    },
  };
}

/** Somebody new joins the program. The shop's server says what is wrong, and the page begins anew for the new member. */
export function joinDialog({ live }: LiveSession): HTMLDialogElement {
  const fields = { name: field('name', live.name, 'text', 'name'), email: field('email', live.email, 'email', 'email') };
  const problem = h('p', { class: 'problem', role: 'alert' });
  const join = h('button', { class: 'primary' }, live.join);
  const form = h(
    'form',
    { novalidate: true, on: { submit: (event) => (event.preventDefault(), void send()) } },
    h('h2', { id: 'join-title' }, live.joinTitle),
    h('p', { class: 'small' }, live.joinText),
    fields.name.element,
    fields.email.element,
    problem,
    h('div', { class: 'buttons' }, join, h('button', { type: 'button', class: 'quiet', on: { click: () => dialog.close() } }, live.cancel)),
  );
  const dialog = h('dialog', { class: 'join', 'aria-labelledby': 'join-title' }, form);

  async function send(): Promise<void> {
    join.disabled = true;
    join.textContent = live.joining;
    fillWith(problem);
    for (const one of Object.values(fields)) one.say('');
    try {
      await backend.signUp({ name: fields.name.input.value, email: fields.email.input.value });
      location.reload();
    } catch (error) {
      join.disabled = false;
      join.textContent = live.join;
      const { field: at, message } = error instanceof ShopError ? error : { field: null, message: '' };
      const wrong = at === 'name' || at === 'email' ? fields[at] : null;
      if (wrong) {
        wrong.say(message);
        wrong.input.focus();
      } else {
        fillWith(problem, message || live.unreachable);
      }
    }
  }
  return dialog;
}
