import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Quote } from '../../../src/documents/index.js';
import type { Loop } from './loop.js';
import { plain } from './widget.js';

/** By which the shop knows whoever signs up. */
export const EMAIL = 'kim@example.com';
/** Live is within a moment; a machine that does much else is given more. */
const SOON = 3_000;

/** "-$1,204.50" in minor units; "161 Stars" as a number. */
export const figure = (text: string): number => Number(plain(text).replace(/[^\d.-]/g, '').replace('.', ''));
export const card = (page: Page, heading: string | RegExp): Locator => page.locator('section.card').filter({ has: page.getByRole('heading', { level: 2, name: heading }) });
export const said = ({ merchant }: Loop, text: string) => expect.poll(() => merchant.locator('.status-line').textContent()).toContain(text);
/** Without the marks that isolate names and amounts. */
export const reads = (locator: Locator, text: string) => expect.poll(async () => plain(await locator.innerText())).toContain(text);
export const save = ({ merchant }: Loop) => merchant.getByRole('button', { name: 'Save', exact: true }).click();
/** What the rewards page says is there to spend. */
export const shown = async ({ rewards }: Loop): Promise<number> => figure((await rewards.text(rewards.part('balance'))).match(/[\d,]+ Star/)?.[0] ?? '-1');
export const summary = ({ shopper }: Loop): Locator => shopper.locator('.order');
export const placeOrder = ({ shopper }: Loop) => shopper.getByRole('button', { name: /^Place order/ }).click();
export const toPay = async ({ shopper }: Loop): Promise<number> => figure(await shopper.getByRole('button', { name: /^Place order/ }).innerText());

interface Points {
  readonly balance: number;
  readonly earned: number;
  readonly adjusted: number;
  readonly redeemed: number;
  readonly expired: number;
  readonly held: number;
}

/** The account as the server has it. */
export async function booked({ api }: Loop): Promise<Points> {
  const { contacts } = await api.get(`/contacts/v1/contacts?email=${EMAIL}`);
  return (await api.get(`/loyalty-accounts/v1/accounts/fetch-by?contactId=${contacts[0].id}`)).account.points;
}

/** The member's page in the console: the numbers of its sum, once they are those of the server. */
export async function counted(loop: Loop, isNamed = true): Promise<void> {
  const { merchant } = loop;
  await loop.open('Members');
  await merchant.locator('console-member-list tbody th a').first().click();
  const { balance, earned, adjusted, redeemed, expired } = await booked(loop);
  expect(balance).toBe(earned + adjusted - redeemed - expired);
  await expect.poll(async () => plain((await merchant.locator('.identity').textContent()) ?? '').replace(/\s+/g, ' ')).toBe(
    `${earned} earned ${adjusted < 0 ? '−' : '+'} ${Math.abs(adjusted)} adjusted − ${redeemed} redeemed − ${expired} expired = ${balance}`,
  );
  if (isNamed) await expect.poll(() => shown(loop)).toBe(balance);
}

/** The shopper's checkout as the server has it. */
export async function standing({ api, shopper }: Loop): Promise<{ readonly checkout: { readonly id: string; readonly status: string }; readonly quote: Quote }> {
  const checkoutId = await shopper.evaluate(() => (document.querySelector('loyalty-checkout')!.cart as { id: string }).id);
  return api.get(`/checkout/v1/checkouts/${checkoutId}`);
}

/** Does something elsewhere, and waits until the rewards page shows what it comes to: by itself, and soon. */
export async function live(loop: Loop, what: string, act: () => Promise<unknown>, points: number): Promise<void> {
  const began = performance.now();
  await act();
  await expect.poll(() => shown(loop), { timeout: SOON, interval: 20 }).toBe(points);
  console.log(`${what}: on the rewards page ${Math.round(performance.now() - began)} ms after the click`);
}

export async function addToCart({ shopper, visit }: Loop, product: string): Promise<void> {
  await visit(shopper, '/');
  const [saved] = await Promise.all([shopper.waitForResponse(/\/shop\/cart$/), shopper.getByRole('button', { name: `Add ${product} to the cart` }).click()]);
  await saved.finished();
}

/** Chooses as many points as go. */
export async function spendAll(loop: Loop): Promise<void> {
  const { shopper, widget } = loop;
  await widget.choose(/Pay with Stars/);
  await widget.slider.focus();
  await shopper.keyboard.press('End');
  await reads(summary(loop), 'Pay with Stars');
}

export async function addReward(loop: Loop, kind: string, name: string, tiers: readonly (readonly [tier: string, cost: number, value: number])[]): Promise<void> {
  const { merchant } = loop;
  await loop.open('Rewards');
  await merchant.getByRole('link', { name: 'Add a reward' }).click();
  await merchant.getByLabel('Kind').selectOption(kind);
  await merchant.getByLabel('Name', { exact: true }).fill(name);
  for (const [tier, cost, value] of tiers) {
    const fields = merchant.getByRole('group', { name: tier, exact: true });
    await fields.getByLabel('Cost').fill(String(cost));
    await fields.getByLabel(kind === 'flexible' ? 'is worth' : 'Amount off').fill(String(value));
  }
  await save(loop);
  await said(loop, 'The reward is saved.');
  await merchant.getByRole('heading', { level: 1, name: 'Rewards', exact: true }).waitFor();
}
