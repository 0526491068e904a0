import assert from 'node:assert/strict';
import test from 'node:test';
import { accounts, apps, coupons, earningRules, exchange, instant, programs, useServer } from './harness.mjs';

const server = useServer();
const program = async (shop) => (await shop.get(`${programs}/program`)).loyaltyProgram;
const change = async (shop, loyaltyProgram) =>
  (await shop.patch(`${programs}/program`, { loyaltyProgram })).loyaltyProgram;

test('row 001: a new site has one program, in draft, and no way to make a second', async () => {
  const shop = await server().site();
  assert.equal((await program(shop)).status, 'DRAFT');
  const again = await shop.call('POST', `${programs}/program`, { loyaltyProgram: { name: 'Second' } });
  assert.ok([404, 405].includes(again.status), again.text);
  assert.equal((await program(shop)).status, 'DRAFT');
});

test('row 002: the program shows name, point definition, status, expiration, premium flags and dates', async () => {
  const shop = await server().site();
  const shown = await program(shop);
  assert.equal(shown.name, 'Loyalty Program');
  assert.equal(shown.pointDefinition.customName, 'Points');
  assert.equal(shown.status, 'DRAFT');
  assert.deepEqual(shown.pointsExpiration, { status: 'DISABLED', monthsOfInactivity: 3, expiringPointsPercentage: 100 });
  assert.deepEqual(shown.premiumFeatures, { loyaltyProgram: true, tiers: true, pointsExpiration: true });
  assert.match(shown.createdDate, instant);
  assert.match(shown.updatedDate, instant);
});

test('row 003: the name has 2 to 50 characters', async () => {
  const shop = await server().site();
  for (const name of ['AB', 'ä'.repeat(50)]) assert.equal((await change(shop, { name })).name, name);
  for (const name of ['A', 'x'.repeat(51)]) {
    await shop.violates('loyaltyProgram.name', 'PATCH', `${programs}/program`, { loyaltyProgram: { name } });
  }
  assert.equal((await program(shop)).name, 'ä'.repeat(50));
});

test('row 004: point name and icon change alone, and what is not named stays', async () => {
  const shop = await server().site();
  await change(shop, { name: 'Beans & More', pointsExpiration: { monthsOfInactivity: 7, expiringPointsPercentage: 40 } });
  const icon = { id: 'icon.png', width: 64, height: 32, filename: 'icon.png' };
  const after = await change(shop, { pointDefinition: { customName: 'Beans', icon } });
  assert.equal(after.name, 'Beans & More');
  assert.equal(after.pointDefinition.customName, 'Beans');
  assert.equal(after.pointDefinition.icon.id, 'icon.png');
  assert.equal(after.pointsExpiration.monthsOfInactivity, 7);
  assert.equal(after.pointsExpiration.expiringPointsPercentage, 40);
  assert.equal((await change(shop, { pointDefinition: { customName: 'Leaves' } })).pointDefinition.icon.id, 'icon.png');
  await shop.violates('loyaltyProgram.pointDefinition.customName', 'PATCH', `${programs}/program`,
    { loyaltyProgram: { pointDefinition: { customName: 'x'.repeat(21) } } });
});

test('row 005: an update cannot change the status', async () => {
  const shop = await server().site();
  const answer = await shop.call('PATCH', `${programs}/program`, {
    loyaltyProgram: { name: 'Named', status: 'ACTIVE', pointsExpiration: { status: 'ENABLED' } },
  });
  assert.ok([200, 400].includes(answer.status), answer.text);
  const after = await program(shop);
  assert.equal(after.status, 'DRAFT');
  assert.equal(after.pointsExpiration.status, 'DISABLED');
});

test('row 006: activation leads from draft and from paused to active, and is calm about a second one', async () => {
  const shop = await server().site();
  const activate = async () => (await shop.post(`${programs}/program/activate`)).loyaltyProgram.status;
  assert.equal(await activate(), 'ACTIVE');
  assert.equal(await activate(), 'ACTIVE');
  await shop.post(`${programs}/program/pause`);
  assert.equal(await activate(), 'ACTIVE');
  assert.equal((await program(shop)).status, 'ACTIVE');
});

test('row 007: pausing keeps balances; a draft cannot be paused', async () => {
  const shop = await server().site();
  await shop.refused('INVALID_PROGRAM_TRANSITION', 'POST', `${programs}/program/pause`, {});
  await shop.post(`${programs}/program/activate`);
  const account = await shop.account({ points: 120 });
  assert.equal((await shop.post(`${programs}/program/pause`)).loyaltyProgram.status, 'PAUSED');
  assert.equal((await shop.post(`${programs}/program/pause`)).loyaltyProgram.status, 'PAUSED');
  assert.equal((await shop.accountNow(account.id)).points.balance, 120);
});

test('row 008: nothing is earned or redeemed while the program is not active', async () => {
  const shop = await server().openSite();
  const member = await shop.member({ points: 500 });
  const reward = await shop.couponReward({ points: 100 });
  const flexible = await shop.flexibleReward();
  const other = await shop.contact();
  const checkout = await shop.checkout(member.contactId, 2000);
  const attempts = [
    ['POST', `${accounts}/accounts/${member.id}/earn-points`, { amount: 5, appId: apps.loyalty, idempotencyKey: 'a' }],
    ['POST', `${accounts}/accounts`, { contactId: other.id }],
    ['POST', `${coupons}/coupons`, { rewardId: reward.id, loyaltyAccountId: member.id }],
    ['POST', `${exchange}/loyalty-checkout-discount`,
      { checkoutId: checkout.id, reward: { id: flexible.id, revision: flexible.revision, pointsToSpend: 10 } }],
  ];
  await shop.post(`${programs}/program/pause`);
  for (const [verb, path, body] of attempts) await shop.refused('PROGRAM_NOT_ACTIVE', verb, path, body);
  await shop.adjust(member.id, { amount: 7 });
  assert.equal((await shop.accountNow(member.id)).points.balance, 507);
  await shop.post(`${programs}/program/activate`);
  for (const [verb, path, body] of attempts) await shop.ok(verb, path, body);
  assert.equal((await shop.accountNow(member.id)).points.balance, 507 + 5 - 100 - 10);

  const draft = await server().site();
  const contact = await draft.contact();
  await draft.refused('PROGRAM_NOT_ACTIVE', 'POST', `${accounts}/accounts`, { contactId: contact.id });
});

test('row 009: the premium features come in one call', async () => {
  const shop = await server().site();
  assert.deepEqual(await shop.get(`${programs}/program/premium-features`),
    { loyaltyProgram: true, tiers: true, pointsExpiration: true });
});

test('row 010: expiration is switched on and off, and nothing else changes', async () => {
  const shop = await server().site();
  const before = await change(shop, { pointsExpiration: { monthsOfInactivity: 9, expiringPointsPercentage: 55 } });
  const enabled = (await shop.post(`${programs}/program/points-expiration/enable`)).loyaltyProgram;
  assert.deepEqual(enabled.pointsExpiration, { status: 'ENABLED', monthsOfInactivity: 9, expiringPointsPercentage: 55 });
  assert.equal(enabled.status, before.status);
  assert.equal(enabled.name, before.name);
  const disabled = (await shop.post(`${programs}/program/points-expiration/disable`)).loyaltyProgram;
  assert.deepEqual(disabled.pointsExpiration, before.pointsExpiration);
});

test('row 011: months 1 to 12, percentage 1 to 100', async () => {
  const shop = await server().site();
  for (const [field, fine, wrong] of [
    ['monthsOfInactivity', [1, 12], [0, 13, -1, 1.5]],
    ['expiringPointsPercentage', [1, 100], [0, 101]],
  ]) {
    for (const value of fine) {
      assert.equal((await change(shop, { pointsExpiration: { [field]: value } })).pointsExpiration[field], value);
    }
    for (const value of wrong) {
      await shop.violates(`loyaltyProgram.pointsExpiration.${field}`, 'PATCH', `${programs}/program`,
        { loyaltyProgram: { pointsExpiration: { [field]: value } } });
    }
    assert.equal((await program(shop)).pointsExpiration[field], fine[1]);
  }
});

test('row 012: every change of the program tells program_updated', async () => {
  const shop = await server().site();
  const steps = [
    ['PATCH', 'program', { loyaltyProgram: { name: 'Stars' } }, (p) => assert.equal(p.name, 'Stars')],
    ['POST', 'program/activate', {}, (p) => assert.equal(p.status, 'ACTIVE')],
    ['POST', 'program/points-expiration/enable', {}, (p) => assert.equal(p.pointsExpiration.status, 'ENABLED')],
    ['POST', 'program/points-expiration/disable', {}, (p) => assert.equal(p.pointsExpiration.status, 'DISABLED')],
    ['POST', 'program/pause', {}, (p) => assert.equal(p.status, 'PAUSED')],
  ];
  for (const [verb, path, body, check] of steps) {
    const told = (await shop.eventsOf(() => shop.ok(verb, `${programs}/${path}`, body)))
      .filter((event) => event.type === 'wix.loyalty.v1.program_updated');
    assert.equal(told.length, 1, `${path} tells once`);
    check(told[0].content);
  }
});

test('row 013: a user lists the programs of all own sites; an application and a member cannot', async () => {
  const one = await server().openSite();
  const two = await server().site();
  const all = await one.get(`${programs}/bulk/programs`, { as: server().keys.operator });
  const status = Object.fromEntries(all.programInSites.map((site) => [site.metaSiteId, site.loyaltyProgram.status]));
  assert.equal(status[one.id], 'ACTIVE');
  assert.equal(status[two.id], 'DRAFT');
  await one.refused('PERMISSION_DENIED', 'GET', `${programs}/bulk/programs`);
  const member = await one.member();
  await one.refused('PERMISSION_DENIED', 'GET', `${programs}/bulk/programs`, undefined, { as: member.token });
});

test('row 014: pausing the last active rule warns, and pauses the program where the shop wants that', async () => {
  const pauseOnly = async (shop) => {
    const rule = await shop.spendRule();
    for (const other of (await shop.get(`${earningRules}/earning-rules/rules`)).earningRules) {
      if (other.id !== rule.id && other.status === 'ACTIVE') {
        await shop.put(`${earningRules}/earning-rules/${other.id}`, { earningRule: { id: other.id, revision: other.revision, status: 'PAUSED' } });
      }
    }
    return shop.put(`${earningRules}/earning-rules/${rule.id}`,
      { earningRule: { id: rule.id, revision: rule.revision, status: 'PAUSED' } });
  };
  const calm = await server().openSite();
  const answer = await pauseOnly(calm);
  assert.ok(JSON.stringify(answer.warnings ?? answer.notices ?? '').length > 4, `a warning in ${JSON.stringify(answer)}`);
  assert.equal((await program(calm)).status, 'ACTIVE');

  const strict = await server().openSite({ autoPause: true });
  await pauseOnly(strict);
  assert.equal((await program(strict)).status, 'PAUSED');
});
