import { html, render } from 'lit';

export interface Question {
  /** "Delete the reward “$5 off”?" */
  readonly title: string;
  /** What will happen, and what will not. */
  readonly text: unknown;
  /** The verb on the button: "Delete". */
  readonly action: string;
  /** What can be undone with one click is not dangerous. */
  readonly isDangerous?: boolean;
}

let count = 0;

/** Asks before something is done that cannot be taken back. True: do it. The focus returns to where it was. */
export function askFirst({ title, text, action, isDangerous = true }: Question): Promise<boolean> {
  const dialog = document.createElement('dialog');
  const id = `question-${++count}`;
  dialog.className = 'dialog';
  dialog.setAttribute('aria-labelledby', id);
  dialog.setAttribute('aria-describedby', `${id}-text`);
  render(
    html`
      <h2 id=${id}>${title}</h2>
      <div id="${id}-text">${typeof text === 'string' ? html`<p>${text}</p>` : text}</div>
      <form method="dialog" class="buttons">
        <button class="button" value="no" autofocus>Cancel</button>
        <button class="button ${isDangerous ? 'danger' : 'primary'}" value="yes">${action}</button>
      </form>
    `,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
