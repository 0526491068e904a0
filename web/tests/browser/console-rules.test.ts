import type { Locator, Page } from 'playwright-core';
import { describe } from 'vitest';
import type { Api } from '../../console/src/api/api.js';
import type { Change } from '../../console/src/draft/draft.js';
import type { EarningRule, Reward, TiersProgram } from '../../console/src/rules/model.js';
import { perform } from '../../console/src/rules/operations.js';
import { OFFERED } from '../../console/src/screens/earning/activities.js';
import { changeOfRule, faultsOfRule, newRule, type RuleValues, valuesOfRule } from '../../console/src/screens/earning/values.js';
import type { Promotion } from '../../console/src/screens/promotions/model.js';
import { faultsOfPromotion, newPromotion, type PromotionValues } from '../../console/src/screens/promotions/fields.js';
import { changeOfPromotion, documentOfValues, isCovered, valuesOfPromotion } from '../../console/src/screens/promotions/form-document.js';
import { changeOfReward, faultsOfReward, newReward, type RewardValues, SCOPES, valuesOfReward } from '../../console/src/screens/rewards/values.js';
import { lookAt, movements, openConsole, ready, type ConsoleVisit } from './harness/console.js';
import { Findings } from './harness/findings.js';
import { expect, test as base } from './harness/test.js';

/** What a merchant may name things; none of it may become part of the page. */
const PAYLOAD = '<img src=x onerror=alert(1)>';

const test = base.extend<{ shop: ConsoleVisit }>({
  shop: [
    async ({ browser }, use) => {
      const visit = await openConsole(browser, { settings: { currency: 'USD', timeZone: 'America/New_York', pointName: { en: { one: 'Star', other: 'Stars' } } } });
      await use(visit);
      await visit.close();
    },
    { scope: 'file' },
  ],
});

const main = (page: Page): Locator => page.locator('console-outlet');
const row = (page: Page, name: string): Locator => main(page).locator('tbody tr').filter({ has: page.getByRole('rowheader').filter({ hasText: name }) });
const saidIn = (page: Page, text: string) => expect.poll(() => page.locator('.status-line').textContent()).toContain(text);
const textOf = (locator: Locator) => expect.poll(async () => (await locator.textContent())?.replace(/\s+/g, ' ').trim() ?? '');
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });

/** Waits until the list is shown again. */
async function listed({ page }: ConsoleVisit, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  await ready(page);
}

describe('ways to earn', () => {
  test('start with one click, and the core says what an order earns', async ({ shop }) => {
    const { page } = shop;
    await shop.enter('earning');
    await page.getByRole('button', { name: 'Start with 1 Star for each $1.00' }).click();
    await saidIn(page, 'Members now earn for their orders.');
    await textOf(row(page, 'Shop with us')).toContain('1 Star for each $1.00');
    await textOf(page.locator('.sample-result')).toBe('An order of $42.00 earns 42 Stars.');
    await page.getByLabel('Amount of the order').fill('9.99');
    await textOf(page.locator('.sample-result')).toBe('An order of $9.99 earns 9 Stars.');
    expect(await row(page, 'Order a plan').getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await textOf(row(page, 'Order a plan')).toContain('it can be paused, not deleted');
  });

  test('pausing the last one warns before it happens', async ({ shop }) => {
    const { page } = shop;
    await row(page, 'Shop with us').getByRole('button', { name: 'Pause' }).click();
    const dialog = page.getByRole('dialog');
    await textOf(dialog).toContain('It is the last active way to earn.');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await textOf(row(page, 'Shop with us')).toContain('Active');
    await row(page, 'Shop with us').getByRole('button', { name: 'Pause' }).click();
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await saidIn(page, '“Shop with us” is paused.');
    await page.getByText('Members cannot earn anything yet.').waitFor();
    await row(page, 'Shop with us').getByRole('button', { name: 'Resume' }).click();
    await saidIn(page, '“Shop with us” is active.');
  });

  test('a form is filled in by keyboard, and says beside the field what is wrong', async ({ shop }) => {
    const { page } = shop;
    await shop.go('earning/new?activity=ticket');
    await page.getByLabel('Name').fill(PAYLOAD);
    await page.getByLabel('They earn').fill('0');
    await page.getByLabel('They earn').press('Enter');
    await textOf(page.locator('.fault:not(:empty)')).toBe('Enter a number from 1 to 9,999,999.');
    expect(await page.getByLabel('They earn').evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('3');
    await textOf(page.locator('.fault:not(:empty)').or(page.locator('form.editor')).first()).not.toContain('Enter a number');
    await page.keyboard.press('Enter');
    await listed(shop, 'Ways to earn');
    await textOf(row(page, PAYLOAD)).toContain('3 Stars for each $1.00');
    expect(await page.locator('console-outlet img').count()).toBe(0);
    await page.getByLabel('Ordered from').selectOption('events');
    await textOf(page.locator('.sample-result')).toBe('An order of $42.00 earns 126 Stars.');
    shop.mustBeQuiet();
  });

  test('what is typed is tried by the core before it is saved', async ({ shop }) => {
    const { page } = shop;
    await row(page, 'Shop with us').getByRole('link').click();
    await textOf(page.locator('.sample-result')).toBe('An order of $42.00 earns 42 Stars.');
    await page.getByLabel('They earn').fill('5');
    await page.getByLabel('for each').fill('2');
    await page.getByLabel('At most, for one order').fill('100');
    await textOf(page.locator('.sample-result')).toBe('An order of $42.00 earns 100 Stars.');
    const { earningRules } = await shop.shop.get('/loyalty-earning-rules/v1/earning-rules/rules');
    expect(earningRules.find(({ title }: { title: string }) => title === 'Shop with us').conversionRate.configs).toEqual([{ moneyAmount: 1, points: 1 }]);
    shop.mustBeQuiet();
  });
});

describe('rewards', () => {
  test('say what they give back while they are written', async ({ shop }) => {
    const { page } = shop;
    await shop.go('rewards');
    await page.getByRole('link', { name: 'Offer a coupon' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Five off');
    await page.getByLabel('Cost').fill('500');
    await page.getByLabel('Amount off').fill('5');
    await textOf(page.locator('.estimate')).toBe('500 Stars are worth $5.00. At 1 Star for each $1.00 that gives back about 1.0%.');
    await page.getByLabel('It is for').selectOption('subtotal');
    expect(await page.getByLabel('On one item only').count()).toBe(0);
    await page.getByLabel('Goods for at least').fill('20');
    await save(page).click();
    await listed(shop, 'Rewards');
    await textOf(row(page, 'Five off')).toContain('for goods from $20.00');
    expect((await shop.shop.get('/loyalty-rewards/v1/rewards')).rewards).toMatchObject([{ type: 'COUPON_REWARD', active: true, couponReward: { fixedAmount: { configsByTier: [{ amount: 5, costInPoints: 500 }] }, minimumSubtotal: 20 } }]);
  });

  test('that somebody else changed meanwhile are not overwritten unseen', async ({ shop }) => {
    const { page } = shop;
    await row(page, 'Five off').getByRole('link').click();
    await page.getByLabel('Cost').fill('450');
    const { rewards } = await shop.shop.get('/loyalty-rewards/v1/rewards');
    const { id, revision } = rewards[0];
    await shop.shop.put(`/loyalty-rewards/v1/rewards/${id}`, { reward: { id, revision, name: 'Five dollars off' } });
    await save(page).click();
    await page.getByRole('heading', { name: 'Somebody else changed this while you were editing' }).waitFor();
    await textOf(page.locator('.differences')).toContain('yours: Five off saved: Five dollars off');
    await textOf(page.locator('.differences')).toContain('Cost (Base tier) yours: 450 saved: 500');
    expect(await page.getByLabel('Cost').inputValue()).toBe('450');
    await page.getByRole('button', { name: 'Load what was saved' }).click();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Five dollars off');
    await expect.poll(() => save(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByLabel('Cost').fill('400');
    await save(page).click();
    await listed(shop, 'Rewards');
    await textOf(row(page, 'Five dollars off')).toContain('$5.00 off for 400 Stars');
    shop.mustBeQuiet([/409/]);
  });

  test('are tried in the simulator without being saved', async ({ shop }) => {
    const { page } = shop;
    await row(page, 'Five dollars off').getByRole('link').click();
    await page.getByLabel('Cost').fill('100');
    await page.getByRole('button', { name: 'Try in the simulator' }).click();
    await expect.poll(() => page.url()).toContain('#/simulator');
    expect((await shop.shop.get('/loyalty-rewards/v1/rewards')).rewards[0].couponReward.fixedAmount.configsByTier[0].costInPoints).toBe(400);
    await shop.go('rewards');
    await row(page, 'Five dollars off').getByRole('link').click();
    await textOf(page.locator('.tried')).toContain('A change of this reward is in the draft');
    expect(await page.getByLabel('Cost').inputValue()).toBe('400');
    await page.getByRole('button', { name: 'Go on with the draft' }).click();
    expect(await page.getByLabel('Cost').inputValue()).toBe('100');
    await page.getByRole('link', { name: 'Cancel' }).click();
  });

  test('stop and are deleted only after a question that names what happens', async ({ shop }) => {
    const { page } = shop;
    await listed(shop, 'Rewards');
    await row(page, 'Five dollars off').getByRole('button', { name: 'Stop' }).click();
    await saidIn(page, '“Five dollars off” is not offered any more.');
    await row(page, 'Five dollars off').getByRole('button', { name: 'Delete' }).click();
    await textOf(page.getByRole('dialog')).toContain('Coupons that they have got for it stay valid.');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Members have nothing to spend Stars on yet.').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('h1');
    await page.getByRole('button', { name: 'Start with 100 Stars for $1.00' }).click();
    await textOf(row(page, 'Pay with Stars')).toContain('$1.00 off for 100 Stars');
  });

  test('a list that cannot be had says so, and can be asked for again', async ({ shop }) => {
    const { page } = shop;
    await page.route('**/loyalty-rewards/v1/rewards', (route) => route.fulfill({ status: 503, json: { message: 'The server is busy.' } }));
    await shop.enter('rewards');
    await textOf(page.locator('.card .problem')).toContain('The server is busy.');
    await page.unroute('**/loyalty-rewards/v1/rewards');
    await page.getByRole('button', { name: 'Try again' }).click();
    await row(page, 'Pay with Stars').waitFor();
    shop.mustBeQuiet([/503/]);
  });
});

describe('promotions', () => {
  test('are written in a form that says them in a sentence', async ({ shop }) => {
    const { page } = shop;
    await shop.go('promotions');
    await page.getByRole('link', { name: 'Percent off from an amount' }).click();
    await page.getByLabel('Name').fill('Shoe week');
    await page.getByLabel('Percent off').fill('10');
    await page.getByLabel('On goods with one of these tags').fill('stores/collection:shoes');
    await page.getByLabel('Orders from').fill('50');
    await page.getByLabel('Until').fill('2027-01-01T00:00');
    await page.getByLabel('Uses per member').fill('1');
    await textOf(page.locator('.summary')).toBe('10% off shoes from $50.00, until Dec 31, 2026, one use per member');
    await save(page).click();
    await listed(shop, 'Promotions');
    await textOf(row(page, 'Shoe week')).toContain('10% off shoes from $50.00, until Dec 31, 2026, one use per member.');
    expect((await shop.shop.get('/loyalty-promotions/v1/promotions')).promotions[0]).toMatchObject({
      conditions: { minSubtotal: 5_000, endsAt: '2027-01-01T05:00:00Z' }, limits: { usesLeftForCustomer: 1 },
      effects: [{ kind: 'percent', ratePpm: 100_000, target: 'lines', scope: { include: ['stores/collection:shoes'] } }],
    });
  });

  test('with codes: the same code twice is refused beside the field', async ({ shop }) => {
    const { page } = shop;
    await shop.go('promotions/new?kind=shipping');
    await page.getByLabel('Name').fill('Newsletter');
    await page.getByLabel('Only for who enters a code').check();
    await page.getByRole('button', { name: 'Add 20 random codes' }).click();
    const codes = page.getByRole('textbox', { name: 'Codes' });
    expect((await codes.inputValue()).split('\n')).toHaveLength(20);
    await codes.fill('HELLO\nhello2');
    await save(page).click();
    await listed(shop, 'Promotions');
    await textOf(row(page, 'Newsletter')).toContain('With one of 2 codes: free shipping.');
    await shop.go('promotions/new?kind=shipping');
    await page.getByLabel('Name').fill('Again');
    await page.getByLabel('Only for who enters a code').check();
    await codes.fill('Hello');
    await save(page).click();
    await textOf(page.locator('.fault:not(:empty)')).toContain('must not name a code of another promotion');
    expect(await codes.inputValue()).toBe('Hello');
    shop.mustBeQuiet([/400/]);
  });

  test('as documents name the line of what the engine does not take', async ({ shop }) => {
    const { page } = shop;
    await shop.go('promotions/new?as=document');
    const text = page.getByLabel('Document');
    await text.fill('{\n  "trigger": "automatic"\n  "effects": []\n}');
    await save(page).click();
    await textOf(page.locator('.fault:not(:empty)')).toBe('This is not JSON: in line 3, , or } is expected.');
    await text.fill('{\n  "name": "Steps",\n  "trigger": "automatic",\n  "effects": [\n    { "kind": "percent",\n      "ratePpm": 2000000 }\n  ]\n}');
    await save(page).click();
    await textOf(page.locator('.found')).toContain('Line 6 effects[0].ratePpm This value is outside its range.');
    await page.getByRole('button', { name: 'Line 6' }).click();
    expect(await text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toBe('2000000 }');
    await text.fill('{\n  "name": "Steps",\n  "trigger": "automatic",\n  "effects": [{ "kind": "tieredPercent", "by": "quantity", "steps": [{ "from": 3, "ratePpm": 50000 }] }]\n}');
    await textOf(page.locator('.summary')).toBe('5% from 3 items off the order');
    await save(page).click();
    await listed(shop, 'Promotions');
    await row(page, 'Steps').getByRole('link').click();
    await page.getByText('The form has no fields for some of it').waitFor();
    await shop.go('promotions');
    shop.mustBeQuiet([/400/]);
  });
});

test('a list shows what somebody else has changed, and how often a promotion was used', async ({ shop }) => {
  const { page } = shop;
  await shop.go('promotions');
  await shop.shop.post('/loyalty-promotions/v1/promotions', { promotion: { trigger: 'automatic', name: 'Five off', limits: { usesLeft: 10 }, effects: [{ kind: 'fixedAmount', amount: 500 }] } });
  await textOf(row(page, 'Five off')).toContain('$5.00 off the order, 10 uses in all.');
  const cart = { currency: 'USD', lines: [{ id: '1', unitPrice: 2_000, quantity: 1 }] };
  const { checkout } = await shop.shop.post('/checkout/v1/checkouts', { checkout: { cart } });
  await shop.shop.post(`/checkout/v1/checkouts/${checkout.id}/complete`, { orderId: 'used-once', paymentStatus: 'PAID' });
  await shop.enter('promotions');
  await textOf(row(page, 'Five off')).toContain('Used 1 of 10 times, $5.00 taken off');
});

describe('tiers', () => {
  test('start as a set, are switched on, and show where members are', async ({ shop }) => {
    const { page } = shop;
    await shop.go('tiers');
    await page.getByRole('button', { name: 'Start with Silver (500), Gold (1,500), Platinum (5,000)' }).click();
    await row(page, 'Platinum').waitFor();
    await page.getByRole('button', { name: 'Switch tiers on' }).click();
    await saidIn(page, 'Tiers are active.');
    for (const points of [100, 600, 700, 2_000]) {
      const { id } = await shop.shop.member({});
      await shop.shop.earn(id, points);
    }
    await shop.server.settle();
    await shop.enter('tiers');
    await textOf(row(page, 'Silver')).toContain('2');
    await page.locator('.histogram svg').waitFor();
    expect(await page.locator('.histogram .threshold').count()).toBe(3);
    expect(await page.locator('.histogram tbody tr').count()).toBeGreaterThan(2);
  });

  test('say whom another threshold would move, while it is typed', async ({ shop }) => {
    const { page } = shop;
    await row(page, 'Silver').getByRole('link', { name: 'Silver', exact: true }).click();
    await page.getByLabel('Begins at').fill('1,500');
    await textOf(page.locator('.tiers-preview')).toContain('once the points are filled in');
    await page.getByLabel('Begins at').fill('650');
    await textOf(page.locator('.tiers-preview [role=status]')).toBe('1 member of 4 would change: 0 up, 1 down.');
    await page.getByText('Some of them').click();
    await textOf(page.locator('.tiers-preview li')).toContain('Silver → Base tier');
    await save(page).click();
    await listed(shop, 'Tiers');
    await textOf(row(page, 'Silver')).toContain('650 tier points');
  });

  test('that are deleted leave their members to the one below', async ({ shop }) => {
    const { page } = shop;
    await shop.server.settle();
    await shop.enter('tiers');
    await row(page, 'Gold').getByRole('button', { name: 'Delete' }).click();
    await textOf(page.getByRole('dialog')).toContain('Its 1 member will be in Silver.');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await saidIn(page, '“Gold” is deleted.');
    await shop.go('tiers/base');
    await page.getByLabel('Name of the base tier').fill('Bronze');
    await page.getByLabel('Months that count').fill('37');
    await save(page).click();
    await textOf(page.locator('.fault:not(:empty)')).toBe('Enter a number from 1 to 36.');
    await page.getByLabel('Months that count').fill('6');
    await save(page).click();
    await listed(shop, 'Tiers');
    await row(page, 'Bronze').waitFor();
    expect((await shop.shop.get('/loyalty-tiers/v1/tiers/program')).programSettings).toMatchObject({ status: 'ACTIVE', rollingWindow: { durationInMonths: 6 }, baseTierDefinition: { name: 'Bronze' } });
    shop.mustBeQuiet();
  });

  test('that a reward has no entry for cannot have it, and both say so', async ({ shop }) => {
    const { page } = shop;
    await shop.go('rewards');
    await textOf(row(page, 'Pay with Stars')).toContain('Not for Silver or Platinum: there is no entry for those tiers.');
  });
});

describe('what the forms send', () => {
  /** Does a change on the server; what it then has. */
  async function done<T>({ shop }: ConsoleVisit, change: Change): Promise<T> {
    const api = { post: shop.post.bind(shop), put: shop.put.bind(shop), patch: shop.patch.bind(shop) } as unknown as Api;
    const [made] = Object.values(await perform<Record<string, T>>(api, change));
    return made as T;
  }

  test('for ways to earn is taken by the server as it was typed', async ({ shop }) => {
    const tiers: TiersProgram = await shop.shop.get('/loyalty-tiers/v1/tiers/program');
    const key = tiers.tiers[0]!.id;
    for (const { key: activity, ways, custom } of OFFERED) {
      for (const way of ways) {
        const limits = custom ? {} : { maxPoints: '500', oncePerPerson: true, ...(way === 'rate' && { base: 'subtotal' }) };
        const automation = activity === 'automation' ? { appId: 'reviews', activityType: `reviews/${way}`, ...(way === 'rate' && { field: 'price.total' }) } : {};
        const rate = { points_base: '3', money_base: way === 'rate' ? '2' : '', [`points_${key}`]: '5', [`money_${key}`]: way === 'rate' ? '2' : '' };
        const typed: RuleValues = { ...newRule(tiers, activity), title: `${activity} ${way}`, way, baseAppliesToAll: !custom, ...limits, ...automation, ...rate };
        expect(Object.values(faultsOfRule(tiers, typed)).filter(Boolean)).toEqual([]);
        const rule = await done<EarningRule>(shop, changeOfRule(tiers, typed, null));
        const { appId: _, activityType: __, ...shown } = typed;
        expect(valuesOfRule(tiers, rule)).toMatchObject(shown);
        const changed = await done<EarningRule>(shop, changeOfRule(tiers, { ...valuesOfRule(tiers, rule), points_base: '4', maxPoints: '' }, rule));
        expect(valuesOfRule(tiers, changed)).toMatchObject({ points_base: '4', maxPoints: '' });
      }
    }
  });

  test('for rewards is taken by the server as it was typed', async ({ shop }) => {
    const tiers: TiersProgram = await shop.shop.get('/loyalty-tiers/v1/tiers/program');
    const key = tiers.tiers[0]!.id;
    const variants: readonly Partial<RewardValues>[] = [
      { kind: 'flexible', minPoints: '100', maxPoints: '1000', stepPoints: '50', maxShareOfOrder: '33.33', minOrders: '2', minSpend: '10.50', withinDays: '90' },
      { kind: 'fixed', on: 'subtotal', minimumSubtotal: '20.50', appliesToSubscriptions: true },
      { kind: 'percent', value_base: '12.5', [`value_${key}`]: '15', limitedToOneItem: true },
      { kind: 'percent', [`value_${key}`]: '7', on: 'scope', scope: 'pricingPlans/plan', entityId: 'gold', appliesToSubscriptions: true, discountedCycleCount: '3', active: false },
      { kind: 'shipping', on: 'subtotal', minimumSubtotal: '50.00', value_base: '', [`value_${key}`]: '' },
      ...SCOPES.map(([scope, , , hasId]) => ({ kind: 'fixed', on: 'scope', scope, entityId: hasId ? 'one' : '' })),
    ];
    for (const variant of variants) {
      const typed = { ...newReward(tiers, null), name: 'Any', cost_base: '500', value_base: '5.25', [`cost_${key}`]: '400', [`value_${key}`]: '6.00', ...variant } as RewardValues;
      expect(Object.values(faultsOfReward(tiers, 'USD', typed)).filter(Boolean)).toEqual([]);
      const reward = await done<Reward>(shop, changeOfReward(tiers, typed, null));
      expect(valuesOfReward(tiers, 'USD', reward)).toEqual(typed);
      const changed = await done<Reward>(shop, changeOfReward(tiers, { ...valuesOfReward(tiers, 'USD', reward), cost_base: '501', minOrders: '', minSpend: '', withinDays: '' }, reward));
      expect(changed.customConditions).toBeUndefined();
    }
  });

  test('for promotions is taken by the server as it was typed', async ({ shop }) => {
    const tiers: TiersProgram = await shop.shop.get('/loyalty-tiers/v1/tiers/program');
    const frame = { currency: 'USD', timeZone: 'America/New_York', tiers };
    const variants: readonly Partial<PromotionValues>[] = [
      { kind: 'percent', percent: '12.5', maxDiscount: '20.00', tags: 'a, b', notTags: 'sale', startsAt: '2026-03-08T01:30', endsAt: '2026-11-01T01:30', priority: '-3' },
      { kind: 'percent', percent: '100', notTags: 'sale', exclusive: true },
      { kind: 'amount', amount: '5.00', isByCode: true, codes: 'ONE\nTWO', usesLeft: '10', usesLeftForCustomer: '1', budgetLeft: '500.00' },
      { kind: 'buyGet', buy: '3', get: '2', getPercent: '50', tags: 'socks' },
      { kind: 'buyGet', buy: '1', get: '1', tags: 'coat', getTags: 'hat, scarf' },
      { kind: 'buyGet', getTags: 'hat' },
      { kind: 'gift', giftProduct: 'mug', giftQuantity: '2', giftPrice: '9.00', minSubtotal: '50.00', minQuantity: '2', membersOnly: true, isFirstOrder: true },
      { kind: 'percent', percent: '10', tags: 'coffee', minSubtotal: '40.00', isMinimumOfTags: true },
      { kind: 'shipping', tags: 'standard', [`tier_${tiers.tiers[0]!.id}`]: true, active: false },
    ];
    for (const variant of variants) {
      const typed = { ...newPromotion(frame, null), name: 'Any', ...variant } as PromotionValues;
      expect(Object.values(faultsOfPromotion(frame, typed)).filter(Boolean)).toEqual([]);
      const promotion = await done<Promotion>(shop, changeOfPromotion(documentOfValues(frame, typed), typed.active, null));
      expect(isCovered(frame, promotion)).toBe(true);
      expect(valuesOfPromotion(frame, promotion)).toEqual(typed);
    }
  });
});

test('every screen and form can be used by day and by night, on small screens, and does not move', async ({ shop }) => {
  const findings = new Findings();
  for (const place of ['earning', 'rewards/new?kind=fixed', 'promotions', 'promotions/new?as=document', 'tiers', 'tiers/new']) {
    await shop.enter(place);
    await lookAt(shop, place, findings);
    findings.add(place, await movements(shop));
  }
  findings.mustBeNone();
  shop.mustBeQuiet();
});
