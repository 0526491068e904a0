import type { Page } from 'playwright-core';
import { addressOf } from './build.js';
import * as sample from './sample.js';

/** An element in a page of the tests' own. What is left out is a member's checkout of the sample shop. */
export interface Placed {
  readonly attributes?: Readonly<Record<string, string | true>>;
  /** Properties set before the element enters the document; `undefined` sets nothing. */
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly client?: ClientSettings | 'none';
  /** Slotted content: slot and text. */
  readonly content?: readonly (readonly [slot: string, text: string])[];
  readonly count?: number;
  /** Where: a selector; default: in the order form. */
  readonly into?: string;
}

/** How the sample shop's own client behaves. It confirms what was previewed. */
export interface ClientSettings {
  readonly delay?: number;
  /** Points that the store finds where the page thought there were more. */
  readonly refuse?: string;
  readonly holdMs?: number;
  readonly withToken?: boolean;
}

/** What the page's own script keeps for the test to read. */
export interface Told {
  readonly type: string;
  readonly detail: Record<string, unknown>;
}

export const kinds = [
  'ready', 'preview', 'before-apply', 'applied', 'removed', 'rejected', 'reconcile', 'sign-in', 'state', 'error',
].map((kind) => `loyalty-${kind}`);

const properties = {
  program: { catalog: sample.catalog, serverTime: sample.now },
  member: sample.member,
  cart: sample.cart,
};

/** Loads the built element, places it, and listens. Resolves once it is in the document. */
export async function place(page: Page, placed: Placed = {}): Promise<void> {
  await load(page, addressOf('define'));
  await page.evaluate(
    ({ placed, properties, kinds, codes }) => {
      const told: Told[] = [];
      const calls: string[] = [];
      Object.assign(globalThis, { told, calls });
      for (const kind of kinds) {
        document.addEventListener(kind, (event) => {
          const detail = (event as CustomEvent).detail as Record<string, unknown>;
          told.push({ type: kind, detail: JSON.parse(JSON.stringify(detail, (_, value) => (typeof value === 'function' ? 'function' : value))) });
        });
      }
      const settings = placed.client;
      const wait = () => new Promise((done) => setTimeout(done, settings === 'none' ? 0 : (settings?.delay ?? 0)));
      const client = {
        async resolveCode(text: string) {
          calls.push(`resolveCode ${text}`);
          await wait();
          return codes.find((one) => one.trigger === 'code' && one.codes.includes(text.trim().toUpperCase())) ?? null;
        },
        async apply({ quote }: { quote: unknown }, { idempotencyKey }: { idempotencyKey: string }) {
          calls.push(`apply ${idempotencyKey}`);
          await wait();
          if (settings !== 'none' && settings?.refuse) return { ok: false, reason: settings.refuse, params: null, retryable: true };
          const hold = settings !== 'none' && settings?.holdMs;
          return {
            ok: true,
            value: { discountId: 'held-1', quote, ...(hold && { holdExpiresAt: new Date(Date.now() + hold).toISOString() }) },
          };
        },
        async remove(discountId: string) {
          calls.push(`remove ${discountId}`);
          await wait();
          return { ok: true, value: {} };
        },
      };
      for (let i = 0; i < (placed.count ?? 1); i += 1) {
        const element = document.createElement('loyalty-checkout');
        for (const [name, value] of Object.entries(placed.attributes ?? {})) element.setAttribute(name, value === true ? '' : value);
        const given = { ...properties, ...placed.properties };
        for (const [name, value] of Object.entries(given)) if (value !== undefined) Object.assign(element, { [name]: value });
        if (settings !== 'none') Object.assign(element, { client });
        for (const [slot, text] of placed.content ?? []) {
          element.append(Object.assign(document.createElement(slot === 'heading' ? 'h2' : 'p'), { slot, textContent: text }));
        }
        document.querySelector(placed.into ?? '#place')!.append(element);
      }
    },
    { placed, properties, kinds, codes: sample.codes },
  );
}

/** Imports a module in the page; what it exports is `globalThis[name]` then. */
export async function load(page: Page, script: string, name = 'loaded'): Promise<void> {
  // As a text, since the test runner rewrites imports that it sees.
  await page.evaluate(`import(${JSON.stringify(script)}).then((module) => void Object.assign(globalThis, { ${name}: module }))`);
}

export function told(page: Page, kind?: string): Promise<Told[]> {
  return page.evaluate((kind) => {
    const all = (globalThis as unknown as { told: Told[] }).told;
    return kind ? all.filter((one) => one.type === `loyalty-${kind}`) : all;
  }, kind);
}

export function calls(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { calls: string[] }).calls);
}
