import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { accounts, eventually, guid, instant, tiers, useServer } from './harness.mjs';

const server = useServer();
const settingsPath = `${tiers}/tiers/program-settings`;
const tierOf = async (shop, account) => (await shop.accountNow(account.id)).tier?.id ?? null;
const becomes = (shop, account, tier) => eventually(async () => assert.equal(await tierOf(shop, account), tier?.id ?? null));
const definition = (name, requiredPoints) => ({ tierDefinition: { name }, requiredPoints });

test('row 050: tiers are created, read, listed, updated and deleted, with the revision', async () => {
  const shop = await server().openSite();
  const { tier } = await shop.post(`${tiers}/tiers`, {
    tier: { tierDefinition: { name: 'Gold', description: 'For regulars', icon: { id: 'g.png', width: 10, height: 10 } }, requiredPoints: 500 },
  });
  assert.match(tier.id, guid);
  assert.equal(tier.revision, '1');
  assert.match(tier.createdDate, instant);
  assert.deepEqual((await shop.get(`${tiers}/tiers/${tier.id}`)).tier, tier);
  const silver = await shop.tier('Silver', 100);
  assert.deepEqual((await shop.get(`${tiers}/tiers`)).tiers.map((one) => one.tierDefinition.name).sort(), ['Gold', 'Silver']);
  await shop.violates('tier.revision', 'PATCH', `${tiers}/tiers/${tier.id}`, { tier: { id: tier.id, requiredPoints: 600 } });
  const { tier: updated } = await shop.patch(`${tiers}/tiers/${tier.id}`, { tier: { id: tier.id, revision: '1', requiredPoints: 600 } });
  assert.equal(updated.revision, '2');
  assert.equal(updated.requiredPoints, 600);
  assert.equal(updated.tierDefinition.description, 'For regulars');
  await shop.refused('REVISION_MISMATCH', 'PATCH', `${tiers}/tiers/${tier.id}`, { tier: { id: tier.id, revision: '1', requiredPoints: 700 } });
  await shop.refused('REVISION_MISMATCH', 'DELETE', `${tiers}/tiers/${tier.id}?revision=1`);
  await shop.violates('revision', 'DELETE', `${tiers}/tiers/${tier.id}`);
  assert.deepEqual(await shop.del(`${tiers}/tiers/${tier.id}?revision=2`), {});
  await shop.refused('TIER_NOT_FOUND', 'GET', `${tiers}/tiers/${tier.id}`);
  assert.deepEqual((await shop.get(`${tiers}/tiers`)).tiers.map((one) => one.id), [silver.id]);
});

test('row 051: names and thresholds are unique', async () => {
  const shop = await server().openSite();
  await shop.tier('Gold', 500);
  const silver = await shop.tier('Silver', 100);
  for (const name of ['Gold', 'gold', '  GOLD ']) await shop.refused('TIER_NAME_ALREADY_EXISTS', 'POST', `${tiers}/tiers`, { tier: definition(name, 700) });
  await shop.refused('TIER_POINTS_ALREADY_EXISTS', 'POST', `${tiers}/tiers`, { tier: definition('Platinum', 500) });
  await shop.refused('TIER_NAME_ALREADY_EXISTS', 'PATCH', `${tiers}/tiers/${silver.id}`, { tier: { id: silver.id, revision: '1', tierDefinition: { name: 'GOLD' } } });
  await shop.refused('TIER_POINTS_ALREADY_EXISTS', 'PATCH', `${tiers}/tiers/${silver.id}`, { tier: { id: silver.id, revision: '1', requiredPoints: 500 } });
  await shop.patch(`${tiers}/tiers/${silver.id}`, { tier: { id: silver.id, revision: '1', tierDefinition: { name: 'SILVER' }, requiredPoints: 100 } });
  assert.equal((await shop.get(`${tiers}/tiers`)).tiers.length, 2);
});

test('row 052: up to 20 tiers at once, each failing for itself', async () => {
  const shop = await server().openSite();
  const answer = await shop.post(`${tiers}/bulk/tiers/create`, {
    tiers: [definition('One', 10), definition('ONE', 20), definition('Three', 10), definition('Four', 40)],
  });
  assert.deepEqual(answer.results.map((one) => [one.itemMetadata.originalIndex, one.itemMetadata.success, one.itemMetadata.error?.code ?? null]), [
    [0, true, null], [1, false, 'TIER_NAME_ALREADY_EXISTS'], [2, false, 'TIER_POINTS_ALREADY_EXISTS'], [3, true, null],
  ]);
  assert.equal(answer.results[0].item.id, answer.results[0].itemMetadata.id);
  assert.equal(answer.results[3].item.requiredPoints, 40);
  assert.deepEqual([answer.bulkActionMetadata.totalSuccesses, answer.bulkActionMetadata.totalFailures], [2, 2]);
  await shop.violates(/^tiers/, 'POST', `${tiers}/bulk/tiers/create`, { tiers: [] });
  await shop.violates(/^tiers/, 'POST', `${tiers}/bulk/tiers/create`, { tiers: Array.from({ length: 21 }, (_, index) => definition(`N${index}`, 1000 + index)) });
  const rest = await shop.post(`${tiers}/bulk/tiers/create`, { tiers: Array.from({ length: 20 }, (_, index) => definition(`N${index}`, 1000 + index)) });
  assert.equal(rest.bulkActionMetadata.totalSuccesses, 18);
  assert.equal(rest.results[19].itemMetadata.error.code, 'TIER_LIMIT_REACHED');
});

test('row 053: limits of a tier\'s fields', async () => {
  const shop = await server().openSite();
  const post = (tier) => ['POST', `${tiers}/tiers`, { tier }];
  await shop.violates('tier.tierDefinition.name', ...post(definition('', 10)));
  await shop.violates('tier.tierDefinition.name', ...post(definition('x'.repeat(51), 10)));
  await shop.violates('tier.tierDefinition.description', ...post({ tierDefinition: { name: 'A', description: 'x'.repeat(71) }, requiredPoints: 10 }));
  for (const points of [0, -5, 10_000_000, 1.5]) await shop.violates('tier.requiredPoints', ...post(definition('A', points)));
  await shop.ok(...post({ tierDefinition: { name: 'x'.repeat(50), description: 'y'.repeat(70) }, requiredPoints: 9_999_999 }));
});

test('row 054: settings are created once and updated whole; an omitted base definition is emptied', async () => {
  const shop = await server().openSite();
  const { programSettings: created } = await shop.post(settingsPath, {
    programSettings: { status: 'DRAFT', rollingWindow: { durationInMonths: 6 }, baseTierDefinition: { name: 'Basic', description: 'Everybody' } },
  });
  assert.equal(created.revision, '1');
  assert.equal(created.status, 'DRAFT');
  assert.equal(created.rollingWindow.durationInMonths, 6);
  assert.equal(created.baseTierDefinition.name, 'Basic');
  await shop.refused('TIERS_SETTINGS_ALREADY_EXIST', 'POST', settingsPath, { programSettings: { status: 'ACTIVE', rollingWindow: { durationInMonths: 6 } } });
  assert.deepEqual((await shop.get(settingsPath)).programSettings, created);
  const full = { status: 'ACTIVE', revision: '1', rollingWindow: { durationInMonths: 24 } };
  for (const name of ['status', 'revision', 'rollingWindow']) {
    await shop.violates(new RegExp(`programSettings\\.${name}`), 'PATCH', settingsPath, { programSettings: { ...full, [name]: undefined } });
  }
  const { programSettings: updated } = await shop.patch(settingsPath, { programSettings: full });
  assert.equal(updated.revision, '2');
  assert.equal(updated.status, 'ACTIVE');
  assert.equal(updated.rollingWindow.durationInMonths, 24);
  assert.equal(updated.baseTierDefinition?.name ?? '', '');
  assert.equal(updated.baseTierDefinition?.description ?? '', '');
  await shop.refused('REVISION_MISMATCH', 'PATCH', settingsPath, { programSettings: full });
});

test('row 055: without settings the tiers program shows disabled ones and writes nothing', async () => {
  const shop = await server().openSite();
  const gold = await shop.tier('Gold', 100);
  const told = await shop.eventsOf(async () => {
    const shown = await shop.get(`${tiers}/tiers/program`);
    assert.deepEqual(shown.tiers.map((one) => one.id), [gold.id]);
    assert.equal(shown.programSettings.status, 'DISABLED');
    assert.ok(shown.programSettings.rollingWindow.durationInMonths >= 1);
  });
  assert.deepEqual(told, []);
  assert.equal((await shop.activateTiers()).revision, '1', 'reading made no settings');
});

test('row 056: the window has 1 to 36 months', async () => {
  const shop = await server().openSite();
  const at = (durationInMonths) => ({ programSettings: { status: 'ACTIVE', rollingWindow: { durationInMonths } } });
  for (const months of [0, 37, 1.5]) await shop.violates('programSettings.rollingWindow.durationInMonths', 'POST', settingsPath, at(months));
  let { programSettings } = await shop.post(settingsPath, at(36));
  ({ programSettings } = await shop.patch(settingsPath, { programSettings: { ...at(1).programSettings, revision: programSettings.revision } }));
  assert.equal(programSettings.rollingWindow.durationInMonths, 1);
});

test('row 057: tier points are earned and adjusted points; redeeming takes none away', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const gold = await shop.tier('Gold', 100);
  const account = await shop.account({ points: 90, member: true });
  assert.equal(account.tier.points, 90);
  await shop.adjust(account.id, { amount: 30 });
  await becomes(shop, account, gold);
  const { reward } = await shop.post('/loyalty-rewards/v1/rewards', {
    reward: {
      name: 'For gold', type: 'COUPON_REWARD', active: true,
      couponReward: { scope: { namespace: 'stores' }, fixedAmount: { configsByTier: [{ costInPoints: 60, amount: 5 }, { tierId: gold.id, costInPoints: 60, amount: 5 }] } },
    },
  });
  await shop.redeem(reward.id, account.id);
  const now = await shop.accountNow(account.id);
  assert.equal(now.points.balance, 60);
  assert.equal(now.tier.points, 120);
  assert.equal(now.tier.id, gold.id);
  await shop.adjust(account.id, { amount: -40 });
  await becomes(shop, account, null);
  assert.equal((await shop.accountNow(account.id)).tier.points, 80);
});

test('row 058: points that leave the window demote, without anybody asking', async () => {
  const shop = await server().openSite();
  await shop.activateTiers(3);
  const gold = await shop.tier('Gold', 100);
  const account = await shop.account({ points: 100 });
  await becomes(shop, account, gold);
  await server().advance({ days: 40 });
  await shop.earn(account.id, 60);
  assert.equal(await tierOf(shop, account), gold.id);
  const before = (await shop.events()).at(-1).entityEventSequence;
  await server().advance({ days: 53 });
  await eventually(async () => {
    const told = (await shop.events(before)).filter((event) => event.entityId === account.id && /updated|tier_changed/.test(event.slug));
    assert.ok(told.length > 0, 'the demotion is told');
  });
  const now = await shop.accountNow(account.id);
  assert.equal(now.tier.id ?? null, null);
  assert.equal(now.tier.points, 60);
  assert.equal(now.points.balance, 160);
});

test('row 059: the base tier has no id and is in no list', async () => {
  const shop = await server().openSite();
  await shop.post(settingsPath, { programSettings: { status: 'ACTIVE', rollingWindow: { durationInMonths: 12 }, baseTierDefinition: { name: 'Basic' } } });
  await shop.tier('Gold', 100);
  const account = await shop.account({ points: 10 });
  assert.equal(account.tier.id ?? null, null);
  assert.equal(account.tier.points, 10);
  assert.deepEqual((await shop.get(`${tiers}/tiers`)).tiers.map((one) => one.tierDefinition.name), ['Gold']);
  assert.deepEqual((await shop.get(`${tiers}/tiers/program`)).tiers.map((one) => one.tierDefinition.name), ['Gold']);
});

test('row 060: while tiers are paused or disabled everybody has the base tier and its prices', async () => {
  const shop = await server().openSite();
  let settings = await shop.activateTiers();
  const gold = await shop.tier('Gold', 100);
  const rule = { fixedAmount: { configs: [{ points: 1 }, { tierId: gold.id, points: 5 }] } };
  await shop.rule(rule);
  const account = await shop.account({ points: 100 });
  await becomes(shop, account, gold);
  const earned = async () => {
    const before = (await shop.accountNow(account.id)).points.earned;
    await shop.order(account.contactId, 1000);
    return (await shop.accountNow(account.id)).points.earned - before;
  };
  assert.equal(await earned(), 5);
  for (const status of ['PAUSED', 'DISABLED', 'DRAFT']) {
    ({ programSettings: settings } = await shop.patch(settingsPath, { programSettings: { ...settings, status } }));
    await becomes(shop, account, null);
    assert.equal(await earned(), 1, status);
  }
  ({ programSettings: settings } = await shop.patch(settingsPath, { programSettings: { ...settings, status: 'ACTIVE' } }));
  await becomes(shop, account, gold);
  assert.equal(await earned(), 5);
});

test('row 061: reaching exactly the threshold promotes, the highest reached tier counts', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const silver = await shop.tier('Silver', 100);
  const gold = await shop.tier('Gold', 200);
  const account = await shop.account({ points: 99 });
  assert.equal(await tierOf(shop, account), null);
  await shop.earn(account.id, 1);
  assert.equal(await tierOf(shop, account), silver.id);
  await shop.earn(account.id, 99);
  assert.equal(await tierOf(shop, account), silver.id);
  await shop.earn(account.id, 1);
  assert.equal(await tierOf(shop, account), gold.id);
});

test('row 062: tiers tell of their creation, update and deletion, accounts of a change of tier', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  let tier;
  const kinds = async (act) => (await shop.eventsOf(act)).filter((event) => event.entityFqdn === 'wix.loyalty.v1.tier');
  const created = await kinds(async () => { tier = await shop.tier('Gold', 100); });
  assert.deepEqual(created.map((event) => [event.type, event.entityId]), [['wix.loyalty.v1.tier_created', tier.id]]);
  assert.equal(created[0].content.tierDefinition.name, 'Gold');
  const updated = await kinds(() => shop.patch(`${tiers}/tiers/${tier.id}`, { tier: { id: tier.id, revision: '1', requiredPoints: 150 } }));
  assert.deepEqual(updated.map((event) => event.type), ['wix.loyalty.v1.tier_updated']);
  assert.equal(updated[0].content.requiredPoints, 150);
  const account = await shop.account({ points: 149 });
  const changed = await shop.eventsOf(() => shop.earn(account.id, 1));
  const [change] = changed.filter((event) => event.slug === 'tier_changed');
  assert.ok(change, JSON.stringify(changed.map((event) => event.type)));
  assert.equal(change.content.to ?? change.content.toTierId, tier.id);
  assert.equal(change.entityId, account.id);
  const deleted = await kinds(() => shop.del(`${tiers}/tiers/${tier.id}?revision=2`));
  assert.deepEqual(deleted.map((event) => [event.type, event.entityId]), [['wix.loyalty.v1.tier_deleted', tier.id]]);
});

test('row 063: an account shows its tier, tier points and when that was worked out', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const gold = await shop.tier('Gold', 100);
  const account = await shop.account({ points: 100 });
  const { tier } = await shop.accountNow(account.id);
  assert.equal(tier.id, gold.id);
  assert.equal(tier.points, 100);
  assert.match(tier.updatedDate, instant);
});

test('row 064: deleting a tier in use moves its members and breaks no prices', async () => {
  const shop = await server().openSite();
  await shop.activateTiers();
  const silver = await shop.tier('Silver', 100);
  const gold = await shop.tier('Gold', 200);
  const configs = [{ points: 1 }, { tierId: silver.id, points: 2 }, { tierId: gold.id, points: 3 }];
  const rule = await shop.rule({ fixedAmount: { configs } });
  const account = await shop.account({ points: 250 });
  await becomes(shop, account, gold);
  await shop.del(`${tiers}/tiers/${gold.id}?revision=${gold.revision}`);
  await becomes(shop, account, silver);
  await shop.order(account.contactId, 1000);
  assert.equal((await shop.accountNow(account.id)).points.balance, 252);
  const { earningRule } = await shop.get(`/loyalty-earning-rules/v1/earning-rules/${rule.id}`);
  assert.equal(earningRule.status, 'ACTIVE');
  await shop.refused('TIER_NOT_FOUND', 'GET', `${tiers}/tiers/${gold.id}`);
});
