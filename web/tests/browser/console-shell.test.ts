import { describe } from 'vitest';
import { Findings } from './harness/findings.js';
import { lookAt, movements, openConsole, ready, type ConsoleVisit } from './harness/console.js';
import { expect, test as base } from './harness/test.js';

/** What a merchant may name things; none of it may become part of the page. */
const PAYLOAD = '<img src=x onerror=alert(1)>';

const test = base.extend<{ desk: ConsoleVisit }>({
  desk: [
    async ({ browser }, use) => {
      const visit = await openConsole(browser, { settings: { currency: 'USD', timeZone: 'America/New_York' }, isActive: false });
      await use(visit);
      await visit.close();
    },
    { scope: 'file' },
  ],
});

/** The card with this heading. */
const card = ({ page }: ConsoleVisit, heading: string | RegExp) => page.locator('section.card').filter({ has: page.getByRole('heading', { level: 2, name: heading }) });
const said = ({ page }: ConsoleVisit) => page.locator('.status-line');

describe('signing in', () => {
  test('a key that is pasted is checked where it stands, then by the server', async ({ desk }) => {
    const { page, key } = desk;
    await page.goto('/console/');
    const field = page.getByLabel('Key', { exact: true });
    await field.fill('lk_short');
    await field.press('Enter');
    await expect.poll(() => page.locator('.fault').textContent()).toContain('This is not a whole key.');
    await field.fill(`lk_${'0'.repeat(16)}.${'0'.repeat(64)}`);
    await field.press('Enter');
    await expect.poll(() => page.locator('.fault').textContent()).toContain('The server does not know this key.');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.getAttribute('type')).toBe('password');
    await field.fill(` ${key} `);
    await field.press('Enter');
    await ready(page);
    expect(await page.locator('h1').evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.title()).toBe('Overview · Loyalty Program');
    desk.mustBeQuiet([/401/]);
  });

  test('a reload goes on with it, another tab does not know it', async ({ desk, browser }) => {
    await desk.page.reload();
    await ready(desk.page);
    expect(await desk.page.evaluate(() => localStorage.length + document.cookie.length)).toBe(0);
    const other = await desk.page.context().newPage();
    await other.goto('/console/');
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.close();
    expect(browser.isConnected()).toBe(true);
  });

  test('a key in the address is gone from it and from the history', async ({ desk }) => {
    const { page, key } = desk;
    await desk.enter('program');
    expect(page.url()).toBe(`${desk.server.base}/console/#/program`);
    await page.goBack();
    expect(page.url()).not.toContain(key);
    await desk.enter('program');
    await page.evaluate((key) => void (location.hash = `#key=${key}&to=developers`), key);
    await page.locator('console-developers').waitFor();
    expect(page.url()).toBe(`${desk.server.base}/console/#/developers`);
  });

  test('signing out forgets everything', async ({ desk }) => {
    const { page } = desk;
    await desk.enter();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('key');
    desk.mustBeQuiet();
  });

  test('whoever has several sites chooses one', async ({ desk }) => {
    const { page, server } = desk;
    await page.goto('about:blank');
    await page.goto(`/console/#key=${server.keys.operator}`);
    await page.getByRole('heading', { name: 'Choose a site' }).waitFor();
    const findings = new Findings();
    await lookAt(desk, 'choosing a site', findings);
    findings.mustBeNone();
    await page.locator('.choices button').first().click();
    await ready(page);
    await page.getByRole('button', { name: /choose another site/ }).click();
    await page.getByRole('heading', { name: 'Choose a site' }).waitFor();
    desk.mustBeQuiet();
  });
});

describe('overview', () => {
  test('what is missing stands between the program and its start', async ({ desk }) => {
    const { page } = desk;
    await desk.enter();
    const activate = page.getByRole('button', { name: 'Activate' });
    expect(await page.locator('#missing li').allTextContents()).toEqual([expect.stringContaining('No earning rule is active'), expect.stringContaining('No reward is active')]);
    expect(await activate.getAttribute('aria-disabled')).toBe('true');
    await activate.click({ force: true });
    await expect.poll(() => said(desk).textContent()).toContain('cannot start yet');
    expect(await card(desk, 'Setup').getByRole('link', { name: 'Set up (rewards)' }).getAttribute('href')).toBe('#/rewards');
  });

  test('what somebody else sets up shows by itself; then it can be activated and paused', async ({ desk }) => {
    const { page, shop: site } = desk;
    await site.rule({ sourceAppId: '553c79f3-5625-4f38-b14b-ef7c0d1e87df', triggerAppId: '1380b703-ce81-ff05-f115-39571d94dfcd', triggerActivityType: 'stores/OrderPaid', title: 'Points for every dollar', conversionRate: { configs: [{ moneyAmount: 1, points: 1 }] } });
    await site.flexibleReward({ name: 'Pay with points', amount: '1.00', points: 100 });
    await page.locator('#missing').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Activate' }).click();
    await page.getByRole('button', { name: 'Pause…' }).waitFor();
    await page.getByRole('button', { name: 'Pause…' }).click();
    const question = page.getByRole('dialog', { name: /^Pause “/ });
    expect(await question.textContent()).toContain('nobody earns or spends points');
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.locator('.standing .pill').textContent()).toContain('Active');
    await page.getByRole('button', { name: 'Pause…' }).click();
    await question.getByRole('button', { name: 'Pause the program' }).click();
    await page.getByRole('button', { name: 'Activate' }).click();
    await expect.poll(() => page.locator('.bar .pill').textContent()).toContain('Active');
    expect(await page.getByRole('button', { name: 'Pause…' }).evaluate((element) => element === document.activeElement)).toBe(true);
    desk.mustBeQuiet();
  });

  test('a purchase shows before one’s eyes: in the totals, in the picture, in the list', async ({ desk }) => {
    const { page, shop: site } = desk;
    await desk.enter();
    const account = await site.account({ name: PAYLOAD, member: true });
    await expect.poll(() => page.locator('.happenings').textContent()).toContain(`${PAYLOAD} joined the program`);
    const picture = () => page.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    await expect.poll(picture).not.toBe('data:,');
    const before = await picture();
    const began = Date.now();
    await site.earn(account.id, 1234);
    await expect.poll(() => card(desk, 'Points so far').locator('.figure').nth(1).textContent(), { interval: 20 }).toBe('1,234');
    expect(Date.now() - began).toBeLessThan(1_500);
    await expect.poll(() => page.locator('.happenings li').first().textContent()).toContain(`${PAYLOAD} earned 1,234 Points`);
    await expect.poll(picture).not.toBe(before);
    expect(await page.locator('img').count()).toBe(0);
    expect(await card(desk, 'What is owed').locator('.figure').first().textContent()).toBe('$12.34');
    desk.mustBeQuiet();
  });

  test('each picture is a table too', async ({ desk }) => {
    const { page } = desk;
    const flow = card(desk, 'Earned and redeemed');
    await flow.getByRole('button', { name: 'Show as table' }).click();
    const rows = flow.locator('tbody tr');
    expect(await rows.count()).toBe(30);
    expect((await rows.last().locator('td').allTextContents()).join()).toBe('1,234,0');
    await flow.getByRole('button', { name: 'By month' }).click();
    await expect.poll(() => rows.count()).toBeLessThan(4);
    await flow.getByLabel('Period').selectOption('365');
    await expect.poll(() => rows.count()).toBeGreaterThan(11);
    await flow.getByRole('button', { name: 'Show as table' }).click();
    await page.locator('canvas').first().waitFor();
    desk.mustBeQuiet();
  });

  test('a part that fails says so alone, and can be tried again', async ({ desk }) => {
    const { page } = desk;
    await page.route('**/loyalty-reports/v1/liability', (route) => route.fulfill({ status: 503, json: { message: 'The server is busy.' } }));
    await desk.enter();
    const owed = card(desk, 'What is owed');
    expect(await owed.getByRole('alert').textContent()).toContain('The server is busy.');
    expect(await card(desk, 'Points so far').locator('.figure').nth(1).textContent()).toBe('1,234');
    await page.unroute('**/loyalty-reports/v1/liability');
    await owed.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => owed.locator('.figure').first().textContent()).toBe('$12.34');
    desk.mustBeQuiet([/503/]);
  });
});

describe('program', () => {
  test('what is wrong stands beside its field; what is right is saved and read by everybody', async ({ desk }) => {
    const { page, shop: site } = desk;
    await desk.enter('program');
    const topic = card(desk, 'Names and icon');
    await topic.getByLabel('Name of the program').fill('x');
    await topic.getByRole('button', { name: 'Save' }).click();
    expect(await topic.locator('.has-fault .fault').textContent()).toBe('Use at least 2 characters.');
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('name');
    await topic.getByLabel('Name of the program').fill(PAYLOAD);
    expect(await topic.locator('.said').allTextContents()).toEqual(['You have 1', 'You have 5']);
    await topic.getByLabel('Add a language').selectOption('en');
    await topic.getByLabel('For 1').fill('Star');
    await topic.getByLabel('For 5').fill('Stars');
    expect(await topic.locator('.said').allTextContents()).toEqual(['You have 1\u00a0Star', 'You have 5\u00a0Stars']);
    await topic.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.locator('.program-name').textContent()).toBe(PAYLOAD);
    expect(await page.title()).toBe(`Program · ${PAYLOAD}`);
    expect((await site.get('/loyalty-programs/v1/settings')).settings.pointName).toEqual({ en: { one: 'Star', other: 'Stars' } });
    await topic.getByRole('button', { name: 'Save' }).click();
    expect(await topic.getByRole('status').textContent()).toContain('nothing to save');
    desk.mustBeQuiet();
  });

  test('expiry has its numbers and switches in one go; another currency is asked about', async ({ desk }) => {
    const { page, shop: site } = desk;
    const expiry = card(desk, 'Expiry of points');
    await expiry.getByLabel('Points expire').check();
    await expiry.getByLabel('Months without activity').fill('13');
    await expiry.getByRole('button', { name: 'Save' }).click();
    expect(await expiry.locator('.has-fault .fault').textContent()).toBe('Enter a number from 1 to 12.');
    await expiry.getByLabel('Months without activity').fill('6');
    await expiry.getByLabel('How much of the balance').fill('50');
    expect(await expiry.locator('.notice').textContent()).toBe('Who is not active for 6 months loses 50 % of the balance.');
    await expiry.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => said(desk).textContent()).toContain('Saved: Expiry of points.');
    expect((await site.get('/loyalty-programs/v1/program')).loyaltyProgram.pointsExpiration).toEqual({ status: 'ENABLED', monthsOfInactivity: 6, expiringPointsPercentage: 50 });
    const calendar = card(desk, 'Currency and calendar');
    await calendar.getByLabel('Currency').selectOption('EUR');
    await calendar.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog', { name: 'Change the currency from USD to EUR?' }).getByRole('button', { name: 'Cancel' }).click();
    expect((await site.get('/loyalty-programs/v1/settings')).settings.currency).toBe('USD');
    await calendar.getByRole('button', { name: 'Undo what I typed' }).click();
    expect(await calendar.getByLabel('Currency').inputValue()).toBe('USD');
    desk.mustBeQuiet();
  });

  test('a change can be tried first: it waits in the draft, for this tab', async ({ desk }) => {
    const { page } = desk;
    const orders = card(desk, 'Returns and automatics');
    await orders.getByRole('button', { name: 'Try in the simulator' }).click();
    expect(await orders.getByRole('status').textContent()).toContain('change something to try it');
    await orders.getByLabel('Pause the program when').check();
    await orders.getByRole('button', { name: 'Try in the simulator' }).click();
    await expect.poll(() => page.url()).toContain('#/simulator');
    expect(await page.locator('.draft-badge').textContent()).toBe('1 change not published');
    await desk.page.reload();
    await ready(page);
    expect(await page.locator('.draft-badge').textContent()).toBe('1 change not published');
    await page.evaluate(() => sessionStorage.removeItem(Object.keys(sessionStorage).find((name) => name.includes('draft'))!));
    desk.problems.length = 0; // the simulator's screen has tests of its own
  });
});

describe('developers', () => {
  test('what is shown to be copied is about this site', async ({ desk }) => {
    const { page, shop: site, server } = desk;
    await desk.enter('developers');
    await page.getByRole('button', { name: 'Copy Page' }).click();
    await expect.poll(() => said(desk).textContent()).toContain('Copied.');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain(`endpoint: '${server.base}'`);
    expect(copied).toContain(`site: '${site.id}'`);
    const policy = await page.getByRole('region', { name: 'Header Content-Security-Policy of that page' }).textContent();
    expect(policy).toContain(`connect-src 'self' ${server.base};`);
  });

  test('an origin is let in, once it is one', async ({ desk }) => {
    const { page, shop: site } = desk;
    const field = page.getByLabel('Pages that may ask this server');
    await field.fill('https://shop.example/cart');
    await page.locator('developers-embed').getByRole('button', { name: 'Save' }).click();
    expect(await page.locator('developers-embed .fault').first().textContent()).toContain('is no origin');
    await field.fill('https://shop.example/\nHTTPS://www.shop.example');
    await page.locator('developers-embed').getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => said(desk).textContent()).toContain('Saved');
    expect((await site.get('/loyalty-programs/v1/settings')).settings.allowedOrigins).toEqual(['https://shop.example', 'https://www.shop.example']);
  });

  test('a key is shown once, works, and can be revoked', async ({ desk }) => {
    const { page, server } = desk;
    const keys = card(desk, 'Keys');
    await keys.getByRole('button', { name: 'New key' }).click();
    await keys.getByRole('button', { name: 'Make the key' }).click();
    expect(await keys.locator('.has-fault .fault').textContent()).toBe('Enter a name.');
    await keys.getByLabel('Name', { exact: true }).fill('Till');
    await keys.getByRole('button', { name: 'Make the key' }).click();
    const secret = await keys.getByRole('region', { name: 'Key' }).textContent();
    expect((await server.call('GET', '/loyalty-programs/v1/program', undefined, { as: secret })).status).toBe(200);
    await keys.getByRole('button', { name: 'I have it' }).click();
    expect(await page.content()).not.toContain(secret);
    await keys.getByRole('button', { name: 'Revoke… Till' }).click();
    await page.getByRole('dialog', { name: 'Revoke the key “Till”?' }).getByRole('button', { name: 'Revoke the key' }).click();
    await expect.poll(() => keys.getByRole('row', { name: /Till/ }).locator('.pill').textContent()).toContain('Revoked');
    expect((await server.call('GET', '/loyalty-programs/v1/program', undefined, { as: secret })).status).toBe(401);
    desk.mustBeQuiet();
  });

  test('events come by themselves, newest first, by kind, with everything in them', async ({ desk }) => {
    const { page, shop: site } = desk;
    const log = card(desk, 'Event log');
    const newest = log.locator('.events summary code').first();
    await site.account({ name: 'Zoe' });
    await expect.poll(() => newest.textContent()).toContain('account');
    await log.getByLabel('Show').selectOption({ label: 'Rewards' });
    await expect.poll(() => newest.textContent()).toBe('v1.reward · created');
    await newest.click();
    expect(await log.locator('.events pre').first().textContent()).toContain('"name": "Pay with points"');
    await site.couponReward({ name: PAYLOAD, points: 500, fixedAmount: 5 });
    await expect.poll(() => log.locator('.events li').count()).toBe(2);
    expect(await page.locator('img').count()).toBe(0);
    desk.mustBeQuiet();
  });
});

describe('when something goes wrong', () => {
  test('a key that is revoked in the middle of work: another is asked for, and nothing is lost', async ({ desk }) => {
    const { page, shop: site } = desk;
    const first = await site.post('/identity/v1/api-keys', { name: 'short', scopes: ['SCOPE.DC-LOYALTY.MANAGE-LOYALTY'] });
    await page.goto('about:blank');
    await page.goto(`/console/#key=${first.secret}&to=program`);
    await ready(page);
    await page.getByLabel('Name of the program').fill('Star Club');
    await site.del(`/identity/v1/api-keys/${first.apiKey.id}`);
    await card(desk, 'Names and icon').getByRole('button', { name: 'Save' }).click();
    const again = page.getByRole('dialog', { name: 'Sign in again' });
    await again.waitFor();
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe('key');
    const findings = new Findings();
    await lookAt(desk, 'signing in again', findings);
    findings.mustBeNone();
    await page.keyboard.press('Escape');
    expect(await again.isVisible()).toBe(true);
    expect(await page.getByLabel('Name of the program').inputValue()).toBe('Star Club');
    await again.getByLabel('Key', { exact: true }).fill(desk.server.keys.backend);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(() => again.locator('.fault').textContent()).toContain('another site');
    await again.getByLabel('Key', { exact: true }).fill(desk.key);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await expect.poll(() => page.locator('.program-name').textContent()).toBe('Star Club');
    expect((await site.get('/loyalty-programs/v1/program')).loyaltyProgram.name).toBe('Star Club');
    desk.mustBeQuiet([/40[13]/]);
  });

  test('a screen that cannot be fetched says so and can be tried again; the rest works', async ({ desk }) => {
    const { page } = desk;
    await desk.enter();
    await page.route('**/assets/screen-*.js', (route) => route.abort());
    await page.getByRole('link', { name: 'Members' }).click();
    expect(await page.getByRole('alert').filter({ hasText: 'cannot be loaded' }).textContent()).toContain('“Members” cannot be loaded.');
    expect(await page.locator('h1').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByRole('link', { name: 'Overview' }).click();
    await card(desk, 'Points so far').waitFor();
    await page.unroute('**/assets/screen-*.js');
    await page.getByRole('link', { name: 'Members' }).click();
    await page.locator('console-members h1').waitFor();
    desk.mustBeQuiet([/request failed|ERR_FAILED|dynamically imported|401/]);
  });

  test('a screen that cannot be drawn says so, and the next visit to it draws it', async ({ desk }) => {
    const { page } = desk;
    await desk.enter('program');
    await page.locator('console-program').evaluate((screen) => Object.assign(screen, { render: () => { throw new Error('broken'); } }) && (screen as unknown as { requestUpdate(): void }).requestUpdate());
    const problem = page.getByRole('alert').filter({ hasText: 'cannot be shown' });
    expect(await problem.textContent()).toContain('“Program” cannot be shown. The other parts of the console work.');
    await problem.getByRole('button', { name: 'Try again' }).click();
    await card(desk, 'Names and icon').waitFor();
    desk.mustBeQuiet([/broken/]);
  });

  test('an address that leads nowhere says so', async ({ desk }) => {
    await desk.go('nowhere');
    expect(await desk.page.locator('h1').textContent()).toBe('There is no such page');
    expect(await desk.page.title()).toContain('There is no such page');
  });
});

describe('for everybody', () => {
  test('every screen passes axe by day, by night and at 320 pixels, and nothing on it moves by itself', async ({ desk }) => {
    const findings = new Findings();
    for (const screen of ['overview', 'program', 'developers']) {
      await desk.page.setViewportSize({ width: 1280, height: 4000 }); // what moves below the edge of the window is not counted
      await desk.enter(screen);
      if (screen === 'overview') await desk.page.locator('canvas').first().waitFor();
      findings.add(`${screen}, loading`, await movements(desk));
      await desk.page.setViewportSize({ width: 1280, height: 900 });
      await lookAt(desk, screen, findings);
    }
    await desk.page.getByRole('button', { name: 'Sign out' }).click();
    await lookAt(desk, 'signed out', findings);
    findings.mustBeNone();
    desk.mustBeQuiet();
  });

  test('the keyboard goes from the skip link through the menu into the screen, whose heading takes the focus', async ({ desk }) => {
    const { page } = desk;
    await desk.enter();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(page.url()).toContain('#/overview');
    await page.getByRole('link', { name: 'Program', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('console-program').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Program');
    expect(await page.getByRole('link', { name: 'Program', exact: true }).getAttribute('aria-current')).toBe('page');
  });

  test('on a narrow window the list of screens is a menu', async ({ desk }) => {
    const { page } = desk;
    await page.setViewportSize({ width: 320, height: 700 });
    const menu = page.getByRole('button', { name: 'Menu' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await menu.click();
    expect(await menu.getAttribute('aria-expanded')).toBe('true');
    await page.getByRole('link', { name: 'Developers' }).click();
    await page.locator('console-developers').waitFor();
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    await page.setViewportSize({ width: 1280, height: 900 });
    desk.mustBeQuiet();
  });
});
