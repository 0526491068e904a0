import { readFile } from 'node:fs/promises';
import { describe } from 'vitest';
import type { MemberClient, MemberOverview, MemberTransaction } from '../../src/client/member.js';
import { shifts, watchShifts } from './harness/conditions.js';
import { focused, tabTo } from './harness/keyboard.js';
import { load } from './harness/mount.js';
import { addressOf } from './harness/build.js';
import { openRewards, Rewards } from './harness/rewards.js';
import { expect, test } from './harness/test.js';

/** The gallery's store can do more than a client has to. */
type Store = MemberClient & { earn(points: number, title: string): void; signIn(who: null): void };

describe('redeeming', () => {
  test('goes from the button to the copied code without a mouse', async ({ lane }) => {
    const { page } = lane;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const rewards = await openRewards(lane, 'member');
    await rewards.listen('before-redeem', 'redeemed', 'copied');
    await tabTo(page, /^Redeem \$5 off/);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatchObject({ tag: 'button', words: 'Yes, redeem' });
    expect(await rewards.text(rewards.card('$5 off').first())).toContain('Spend 500 Stars for $5 off? You will have 3,275 Stars.');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatchObject({ part: 'copy-button', words: 'Copy' });
    expect(await rewards.said()).toBe('It is yours. 500 Stars spent. You have 3,275 Stars.');
    await page.keyboard.press('Enter');
    await expect.poll(() => rewards.said()).toBe('Code copied.');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('FIVE4NW8Q2YT');
    expect((await rewards.told()).map(([kind]) => kind)).toEqual(['before-redeem', 'redeemed', 'copied']);
    expect((await rewards.told())[1]![1]).toMatchObject({ balance: 3275, coupon: { code: 'FIVE4NW8Q2YT' }, reward: { id: 'five-off' } });
    // Everything else on the page has followed.
    expect(await rewards.text(rewards.part('balance'))).toContain('3,275 Stars');
    await expect.poll(() => rewards.part('coupon').count()).toBe(3);
    expect(await rewards.text(rewards.part('row').first())).toContain('Redeemed: $5 off');
    expect(await rewards.text(rewards.part('coupon-code').nth(1))).toContain('••••-••••-2YT');
    await tabTo(page, /^Done$/);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatchObject({ words: 'Redeem $5 off' });
  });

  test('is left by Escape, and not entered by a key held down', async ({ lane }) => {
    const { page } = lane;
    const rewards = await openRewards(lane, 'member');
    await rewards.listen('before-redeem');
    await rewards.button('Redeem $5 off').focus();
    await page.keyboard.down('Enter');
    for (let i = 0; i < 5; i += 1) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect.poll(() => focused(page)).toMatchObject({ words: 'Yes, redeem' });
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toMatchObject({ words: 'Redeem $5 off' });
    await rewards.button('Redeem $5 off').dblclick();
    await expect.poll(() => rewards.button('Yes, redeem').count()).toBe(1);
    expect(await rewards.told()).toEqual([]);
  });

  test('that was refused says what became of the points, and can be tried again', async ({ lane }) => {
    const { page } = lane;
    const rewards = await openRewards(lane, 'redeem-unanswered');
    expect(await rewards.said('alert')).toBe('The store did not answer. Try again: it will not be spent twice.');
    expect(await focused(page)).toMatchObject({ tag: 'div' });
    const keys = await rewards.script(async (element) => {
      const keys: string[] = [];
      const client = element.client!;
      const overview = await client.overview!();
      element.client = { ...client, redeem: async (_, { idempotencyKey }) => (keys.push(idempotencyKey), { ok: false, reason: 'INSUFFICIENT_POINTS', params: null, retryable: false }), overview: async () => overview };
      return keys;
    });
    expect(keys).toEqual([]);
    await rewards.button('Try again').click();
    await expect.poll(() => rewards.said('alert')).toBe('You do not have enough for this reward. Nothing was spent.');
  });

  test('is the page\'s own affair where it says so', async ({ lane }) => {
    const rewards = await openRewards(lane, 'member');
    const refused = await rewards.script(async (element) => {
      element.addEventListener('loyalty-before-redeem', (event) => event.preventDefault(), { once: true });
      return element.redeem('five-off');
    });
    expect(refused).toMatchObject({ ok: false, reason: 'CANCELLED' });
    const own = await rewards.script(async (element) => {
      const coupon = { id: 'own', code: 'OWN', name: 'Mine', status: 'ACTIVE' as const, points: 500, redeemedAt: '2025-11-20T10:00:00Z' };
      element.addEventListener('loyalty-before-redeem', ({ detail }) => detail.waitUntil(Promise.resolve({ coupon, balance: 1 })), { once: true });
      return element.redeem('five-off');
    });
    expect(own).toMatchObject({ ok: true, value: { coupon: { code: 'OWN' }, balance: 1 } });
    expect(await rewards.script((element) => element.redeem('nothing'))).toMatchObject({ reason: 'REWARD_NOT_FOUND' });
  });
});

describe('coupons', () => {
  test('are covered, shown, drawn and used', async ({ lane }) => {
    const { page } = lane;
    const rewards = await openRewards(lane, 'member');
    await rewards.listen('use-coupon', 'filter');
    // A covered code is nowhere in the page.
    const everything = () => rewards.script((element) => element.shadowRoot!.innerHTML);
    expect(await everything()).not.toContain('FIVE7Q2K84MX');
    await rewards.button('Show $5 off').click();
    expect(await rewards.text(rewards.part('coupon-code').first())).toBe('FIVE7Q2K84MX');
    await rewards.button('Show $5 off').click();
    await expect.poll(everything).not.toContain('FIVE7Q2K84MX');
    const asked = () => lane.site.requests.filter(({ path }) => /\/qr-/.test(path)).length;
    const before = asked();
    await rewards.button('QR code $5 off').click();
    await rewards.host.getByRole('img', { name: 'QR code for FIVE7Q2K84MX' }).waitFor();
    expect(asked()).toBeGreaterThan(before);
    await rewards.button(/^Used \(3\)$/).click();
    expect(await rewards.text(rewards.section('My coupons'))).toContain('Could not be made: 400 Stars returned');
    await rewards.button(/^Expired \(1\)$/).click();
    expect(await rewards.text(rewards.section('My coupons'))).toContain('Expired on Feb 19, 2025');
    await rewards.button(/^Active \(2\)$/).click();
    await rewards.script((element) => (element.checkoutUrl = '/gallery/rewards.html?state=guest'));
    await rewards.script((element) => element.addEventListener('loyalty-use-coupon', (event) => event.preventDefault(), { once: true }));
    await rewards.button('Use now $5 off').click();
    expect((await rewards.told()).filter(([kind]) => kind === 'use-coupon')).toMatchObject([['use-coupon', { code: 'FIVE7Q2K84MX' }]]);
    await rewards.button('Use now $5 off').click();
    await page.waitForURL(/state=guest&code=FIVE7Q2K84MX/);
  });

  test('are selected where the clipboard is not allowed', async ({ visit }) => {
    const one = await visit(undefined, { before: () => Object.defineProperty(navigator, 'clipboard', { value: undefined }) });
    const rewards = await openRewards(one, 'member');
    await rewards.button('Copy Free shipping').click();
    await expect.poll(() => rewards.said()).toContain('The code is selected.');
    expect(await one.page.evaluate(() => getSelection()?.toString().trim())).toBe('SHIP4TR9W3HA');
  });
});

describe('the activity', () => {
  test('is filtered, searched, loaded and taken home', async ({ lane }) => {
    const { page } = lane;
    const rewards = await openRewards(lane, 'member');
    await rewards.listen('filter', 'export');
    const rows = rewards.part('row');
    await rewards.button('Load 20 more').click();
    await expect.poll(() => rows.count()).toBe(40);
    expect(await rewards.said()).toBe('40 of 147');
    await rewards.host.getByLabel('Type').selectOption({ label: 'Redeemed' });
    await expect.poll(() => rows.count()).toBe(6);
    await rewards.host.getByLabel('Search').pressSequentially('five');
    await expect.poll(() => rewards.text(rewards.section('Activity'))).toContain('Nothing matches.');
    await rewards.button('Clear filters').click();
    await expect.poll(() => rows.count()).toBe(20);
    expect(await rewards.host.getByLabel('Search').inputValue()).toBe('');
    await rewards.host.getByLabel('Search').fill('Birthday');
    await expect.poll(() => rows.count()).toBe(1);
    const [download] = await Promise.all([page.waitForEvent('download'), rewards.button('Export CSV').click()]);
    const text = await readFile(await download.path(), 'utf8');
    expect(download.suggestedFilename()).toBe('activity.csv');
    expect(text).toMatch(/^\uFEFFdate,type,title,description,points,balance,order,reward\r\n2025-04-22T10:00:00Z,EARN,Birthday,,200,\d+,,\r\n$/);
    expect((await rewards.told()).at(-1)).toMatchObject(['export', { format: 'csv', name: 'activity.csv' }]);
    // Where the store makes no files, the page does.
    const file = await rewards.script(async (element) => {
      const { exportTransactions: _, ...client } = element.client!;
      element.client = client;
      await element.ready();
      const made = new Promise<Blob>((resolve) => element.addEventListener('loyalty-export', (event) => (event.preventDefault(), resolve(event.detail.content)), { once: true }));
      await element.export('json', 'all');
      return (await made).text();
    });
    expect(JSON.parse(file).transactions.map(({ title }: MemberTransaction) => title)).toEqual(['Birthday']);
  });

  test('that cannot be had leaves the rest alone, and is asked for again', async ({ lane }) => {
    const rewards = await openRewards(lane, 'history-failed');
    expect(await rewards.text(rewards.part('balance'))).toContain('3,775 Stars');
    await rewards.script((element) => {
      const { transactions } = Object.assign(element.client!, { transactions: async () => ({ transactions: [{ id: 't', type: 'EARN', points: 5, balanceAfter: 5, at: '2025-11-19T10:00:00Z', title: 'Back again' }], total: 1 }) });
      element.client = { ...element.client!, transactions: transactions! };
    });
    await rewards.section('Activity').getByText('Back again').waitFor();
  });
});

describe('what happens elsewhere', () => {
  test('is seen without a reload, told once, and not animated', async ({ lane }) => {
    const { page } = lane;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const rewards = await openRewards(lane, 'member');
    await rewards.script((element) => (element.client as unknown as Store).earn(25, 'Order 1048'));
    await expect.poll(() => rewards.said()).toBe('Your balance is now 3,800 Stars.');
    expect(await rewards.text(rewards.part('balance'))).toContain('3,800 Stars');
    await expect.poll(() => rewards.text(rewards.part('row').first())).toContain('Order 1048');
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    // Somebody signs out in another tab: nothing of the member is left.
    await rewards.script((element) => (element.client as unknown as Store).signIn(null));
    await rewards.button('Sign in').waitFor();
    expect(await rewards.script((element) => element.shadowRoot!.innerHTML)).not.toMatch(/Ada|3,800|Order 1048/);
  });

  test('a store that fails keeps what was shown, and says so', async ({ lane }) => {
    const rewards = await openRewards(lane, 'member');
    const result = await rewards.script((element) => {
      Object.assign(element.client!, { overview: () => Promise.reject(new TypeError('away')) });
      return element.refresh();
    });
    expect(result).toMatchObject({ ok: false, retryable: true });
    expect(await rewards.text()).toContain('What you see may be out of date.');
    expect(await rewards.text(rewards.part('balance'))).toContain('3,775 Stars');
  });

  test('a connection that goes and comes back', async ({ visit }) => {
    const one = await visit(undefined);
    const { page } = one;
    const rewards = await openRewards(one, 'member');
    await page.context().setOffline(true);
    await rewards.host.getByText('You are offline.').waitFor();
    expect(await rewards.button('Redeem $5 off').getAttribute('aria-disabled')).toBe('true');
    await page.context().setOffline(false);
    await expect.poll(() => rewards.host.getByText('You are offline.').count()).toBe(0);
  });
});

test('one broken section does not take the others down', async ({ lane }) => {
  const rewards = await openRewards(lane, 'section-failed');
  expect(await rewards.part('section').count()).toBe(6);
  await rewards.listen('error');
  expect(await rewards.text()).toContain('This part could not be shown.');
  expect(await rewards.text(rewards.section('Rewards'))).toContain('$5 off');
  await rewards.script(async (element) => {
    const whole = (await element.client!.overview!()) as MemberOverview;
    Object.assign(element.client!, { overview: async () => ({ ...whole, coupons: [] }) });
  });
  await rewards.button('Try again').click();
  await rewards.section('My coupons').getByText('No coupons yet.').waitFor();
});

test('texts of others are texts, whatever they say', async ({ lane }) => {
  const { page } = lane;
  const rewards = await openRewards(lane, 'member');
  await rewards.script(async (element) => {
    const evil = (where: string) => `<img src=x onerror="globalThis.hacked='${where}'"><script>hacked=1</script>"'\`\${hacked=1}{count}\u202E${where}`;
    const client = element.client!;
    const overview = (await client.overview!())!;
    const [reward] = overview.rewards;
    const [coupon] = overview.coupons;
    element.client = {
      bootstrap: async () => {
        const program = await client.bootstrap!();
        return { ...program, catalog: { ...program.catalog, program: { ...program.catalog.program, name: evil('catalog'), pointName: { en: { one: evil('one'), other: evil('points') } } } } };
      },
      overview: async () => ({
        ...overview,
        program: { status: 'ACTIVE', name: evil('program') },
        member: { contactId: 'x', name: evil('member') },
        tier: { ...overview.tier!, current: { id: 'silver', name: evil('tier') }, next: { ...overview.tier!.next!, name: evil('next') }, levels: overview.tier!.levels.map((level) => ({ ...level, name: evil('level'), description: evil('level description') })) },
        rewards: [{ ...reward!, name: evil('reward'), description: evil('reward description') }, { ...reward!, id: '"><img src=x>', name: evil('reward id'), reason: evil('reason'), redeemable: false }],
        coupons: [{ ...coupon!, name: evil('coupon'), code: evil('code'), rewardName: evil('coupon reward') }],
        ways: overview.ways.map((way) => ({ ...way, name: evil('way') })),
      }),
      transactions: async () => ({ transactions: [{ id: 't', type: evil('type') as 'EARN', points: 1, balanceAfter: 1, at: '2025-11-19T10:00:00Z', title: evil('title'), description: evil('description'), rewardName: evil('movement') }], total: 1 }),
    };
  });
  await rewards.host.getByText('hacked', { exact: false }).first().waitFor();
  await rewards.part('reward-button').first().click();
  await rewards.button(/^Show/).last().click();
  await rewards.button(/^QR code/).click();
  await rewards.part('qr').waitFor();
  const found = await rewards.script((element) => ({ images: element.shadowRoot!.querySelectorAll('img, script, iframe').length, hacked: 'hacked' in globalThis }));
  expect(found).toEqual({ images: 0, hacked: false });
  expect(await page.title()).not.toContain('hacked');
  await lane.mustBeQuiet();
});

test.for(['member', 'guest'])('nothing moves by itself on the page of a %s, however slow the store is', async (state, { visit }) => {
  const one = await visit(undefined, { viewport: { width: 1100, height: 900 } });
  const { page } = one;
  await watchShifts(page);
  const rewards = await openRewards(one, state);
  // A second one like it, whose store takes its time; something of the page's own stands below it.
  await rewards.script((element) => {
    const client = element.client!;
    const slow = <T,>(ms: number, work: () => Promise<T>) => new Promise<T>((resolve) => setTimeout(() => void work().then(resolve), ms));
    const late = document.createElement('loyalty-rewards');
    late.client = {
      ...client,
      bootstrap: () => slow(100, () => client.bootstrap!()),
      overview: () => slow(600, () => client.overview!()),
      transactions: (query) => slow(600, () => client.transactions!(query)),
      redeem: (reward, options) => slow(700, () => client.redeem!(reward, options)),
    };
    element.after(late, Object.assign(document.createElement('p'), { textContent: 'Below' }));
    element.remove();
  });
  await rewards.host.and(page.locator('[data-state=loading]')).waitFor();
  if (state === 'guest') {
    await rewards.button('Sign in').waitFor();
  } else {
    await rewards.button('Load 20 more').waitFor();
    await rewards.button('Redeem $5 off').scrollIntoViewIfNeeded();
    await rewards.button('Redeem $5 off').click();
    await rewards.button('Yes, redeem').click();
    await rewards.part('reward-card').getByRole('button', { name: 'Copy' }).waitFor();
  }
  expect((await shifts(page)).map(({ value, sources }) => `${value} ${sources.join()}`)).toEqual([]);
});

test('the attributes say what is shown, and how', async ({ lane }) => {
  const rewards = await openRewards(lane, 'member');
  const order = () => rewards.script((element) => [...element.shadowRoot!.querySelectorAll('section')].map(({ id }) => id));
  expect(await order()).toEqual(['balance', 'tiers', 'rewards', 'coupons', 'earn', 'history']);
  await rewards.script((element) => {
    element.setAttribute('sections', 'history rewards nonsense history');
    element.setAttribute('export', 'json');
    element.setAttribute('heading-level', '4');
  });
  await expect.poll(order).toEqual(['history', 'rewards']);
  expect(await rewards.part('export-button').allInnerTexts()).toEqual(['Export JSON']);
  expect(await rewards.host.getByRole('heading', { level: 5 }).count()).toBe(2);
  await rewards.script((element) => element.focusSection('rewards'));
  expect(await focused(lane.page)).toMatchObject({ part: 'section-heading', words: 'Rewards' });
  await rewards.script((element) => element.setAttribute('locale', 'de'));
  await rewards.section('Prämien').waitFor();
  // Out of the page and in again: everything is there, and listens once.
  await rewards.script((element) => {
    const parent = element.parentElement!;
    element.remove();
    parent.append(element);
    (element.client as unknown as Store).earn(25, 'Order 1048');
  });
  await expect.poll(() => rewards.text(rewards.part('row').first())).toContain('Order 1048');
});

test('a page without one fetches nothing of it', async ({ visit }) => {
  const { page, site } = await visit('/pages/host.html');
  await load(page, addressOf('define'));
  await page.evaluate(() => void document.body.append(document.createElement('loyalty-checkout')));
  expect(site.requests.filter(({ path }) => /\/(page|rewards-\w\w|qr|export-file|csv)-/.test(path))).toEqual([]);
  await page.evaluate(() => void document.querySelector('main, body')!.append(document.createElement('loyalty-rewards')));
  await expect.poll(() => site.requests.filter(({ path }) => /\/(page|rewards-en)-/.test(path)).length).toBe(2);
  expect(new Rewards(page).host).toBeDefined();
});
