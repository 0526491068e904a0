import { SPECIMENS } from '../../../gallery/src/states.js';
import type { Visit } from './visit.js';

/** Every state of the gallery. */
export const states = SPECIMENS.map(({ id }) => id);

export interface Shown {
  readonly theme?: 'light' | 'dark' | 'auto' | 'none';
  readonly locale?: string;
  readonly width?: number;
}

/** Opens a state on a page of its own and waits until it is there and at rest. */
export async function openState({ page, goto }: Visit, state: string, { theme, locale, width }: Shown = {}): Promise<void> {
  const parts = [`state=${state}`, 'bare=1', theme && `theme=${theme}`, locale && `locale=${locale}`, width && `width=${width}`];
  await goto(`/gallery/?${parts.filter(Boolean).join('&')}`);
  const ready = await page.waitForFunction(() => document.documentElement.dataset['ready'], undefined, { timeout: 20_000 });
  if ((await ready.jsonValue()) !== state) {
    throw new Error(`The gallery could not show ${state}: ${await page.evaluate(() => document.documentElement.dataset['problem'])}`);
  }
}
