import type { Page } from 'playwright-core';
import { plain } from './widget.js';

export interface Focused {
  readonly tag: string;
  readonly part: string;
  readonly words: string;
}

/** What has the focus, through shadow trees: its tag, its part, and the words by which it is known. */
export async function focused(page: Page): Promise<Focused> {
  const found = await page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const labels = at instanceof HTMLInputElement || at instanceof HTMLSelectElement ? [...(at.labels ?? [])].map((label) => label.textContent).join(' ') : '';
    return {
      tag: at?.localName ?? '',
      part: at?.getAttribute('part') ?? '',
      words: `${at?.getAttribute('aria-label') ?? ''} ${labels} ${at?.localName === 'body' ? '' : (at?.textContent ?? '')}`,
    };
  });
  return { ...found, words: plain(found.words).replace(/\s+/g, ' ').trim() };
}

/** Tab, as often as it takes, until something known by these words, and not the part `except`, has the focus. */
export async function tabTo(page: Page, words: RegExp, { back = false, most = 60, except = '' } = {}): Promise<Focused> {
  const passed: string[] = [];
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    const now = await focused(page);
    if (words.test(now.words) && (except === '' || now.part !== except)) return now;
    passed.push(`${now.tag} ${now.words.slice(0, 40)}`);
  }
  throw new Error(`Tab never came to ${words}, but to:\n${passed.join('\n')}`);
}
