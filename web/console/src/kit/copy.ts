import { html, type TemplateResult } from 'lit';

function selectAll(element: Element): void {
  getSelection()?.selectAllChildren(element);
}

async function copy(event: Event, text: string, say: (sentence: string) => void): Promise<void> {
  const shown = (event.currentTarget as Element).closest('.code-block')?.querySelector('code');
  try {
    await navigator.clipboard.writeText(text);
    say('Copied.');
  } catch {
    // Not on a secure page, or not allowed: the reader copies what is marked.
    if (shown) {
      selectAll(shown);
    }
    say('Your browser does not let the page copy. The text is marked: copy it with Ctrl+C.');
  }
}

/** A text to be taken elsewhere, with a button that copies it. */
export function codeBlock(caption: string, text: string, say: (sentence: string) => void): TemplateResult {
  return html`
    <figure class="code-block">
      <figcaption>${caption}<button type="button" class="button small" @click=${(event: Event) => copy(event, text, say)}>Copy<span class="hidden"> ${caption}</span></button></figcaption>
      <pre class="code" tabindex="0" role="region" aria-label=${caption}><code>${text}</code></pre>
    </figure>
  `;
}
