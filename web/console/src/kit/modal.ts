import { html, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';

/** Its template is put into the page right after the reference is given. */
const show = (element: Element | undefined): void =>
  queueMicrotask(() => {
    const dialog = element as HTMLDialogElement | undefined;
    if (dialog?.isConnected && !dialog.open) {
      dialog.showModal();
    }
  });

/**
 * A native dialog with a form of its own, open as long as it is drawn. `closed` is told however it is closed; the focus
 * returns to where it was.
 */
export function modal(id: string, heading: string, closed: () => void, content: unknown): TemplateResult {
  return html`
    <dialog class="dialog" aria-labelledby="${id}-heading" ${ref(show)} @close=${closed}>
      <h2 id="${id}-heading">${heading}</h2>
      ${content}
    </dialog>
  `;
}

/** Closes the dialog that an element is in, as its "Cancel" does. */
export function closeModal(event: Event): void {
  (event.target as Element).closest('dialog')?.close();
}
