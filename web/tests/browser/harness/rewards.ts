import type { Locator, Page } from 'playwright-core';
import { REWARDS_SPECIMENS } from '../../../gallery/src/rewards-states.js';
import type { LoyaltyRewards } from '../../../src/rewards/index.js';
import type { Visit } from './visit.js';
import { plain } from './widget.js';
import type { Shown } from './states.js';

/** Every state of the rewards page in the gallery. */
export const rewardsStates = REWARDS_SPECIMENS.map(({ id }) => id);

/** Opens a state of the rewards page on a page of its own and waits until it is there and at rest. */
export async function openRewards({ page, goto }: Visit, state: string, { theme, locale, width, rows }: Shown & { readonly rows?: number } = {}): Promise<Rewards> {
  const parts = [`state=${state}`, 'bare=1', theme && `theme=${theme}`, locale && `locale=${locale}`, width && `width=${width}`, rows && `rows=${rows}`];
  await goto(`/gallery/rewards.html?${parts.filter(Boolean).join('&')}`);
  const ready = await page.waitForFunction(() => document.documentElement.dataset['ready'], undefined, { timeout: 20_000 });
  if ((await ready.jsonValue()) !== state) {
    throw new Error(`The gallery could not show ${state}: ${await page.evaluate(() => document.documentElement.dataset['problem'])}`);
  }
  return new Rewards(page);
}

/** The page as a member sees it: by roles, names and published parts. */
export class Rewards {
  readonly host: Locator;

  constructor(readonly page: Page) {
    this.host = page.locator('loyalty-rewards');
  }

  part(name: string): Locator {
    return this.host.locator(`[part~="${name}"]`);
  }
  section(name: string | RegExp): Locator {
    return this.host.getByRole('region', { name });
  }
  button(name: string | RegExp): Locator {
    return this.host.getByRole('button', { name });
  }
  card(name: string): Locator {
    return this.part('reward-card').filter({ hasText: name });
  }

  async text(of: Locator = this.host.locator('.page')): Promise<string> {
    return plain(await of.innerText());
  }
  /** What a screen reader was told last. */
  async said(role: 'status' | 'alert' = 'status'): Promise<string> {
    return plain((await this.host.locator(`.visually-hidden[role=${role}]`).textContent()) ?? '');
  }
  /** Does something with the element itself, as a page's script would. */
  async script<T, A>(work: (element: LoyaltyRewards, argument: A) => T | Promise<T>, argument?: A): Promise<T> {
    return this.host.evaluate(work as (element: Element, argument: unknown) => T | Promise<T>, argument);
  }
  /** Notes the events of these kinds from now on. */
  async listen(...kinds: readonly string[]): Promise<void> {
    await this.script((element, kinds) => {
      const told: [string, unknown][] = [];
      Object.assign(globalThis, { told });
      for (const kind of kinds) {
        element.addEventListener(`loyalty-${kind}`, (event) => told.push([kind, JSON.parse(JSON.stringify((event as CustomEvent).detail ?? null))]));
      }
    }, kinds);
  }
  told(): Promise<[string, Record<string, unknown>][]> {
    return this.page.evaluate(() => (globalThis as unknown as { told: [string, Record<string, unknown>][] }).told);
  }
}
