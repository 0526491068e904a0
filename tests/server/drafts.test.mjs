import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { programs, rewards, tiers, useServer } from './harness.mjs';

const server = useServer({ args: ['--rate-limits', 'off'] });
const drafts = `${programs}/drafts`;
const catalogOf = async (shop) => (await shop.get(`${programs}/catalog`)).catalog;
const previewOf = (shop, changes) => shop.post(`${drafts}/preview`, { changes }, { key: null });
const versionsOf = async (shop) => (await shop.get(`${programs}/catalog/versions`)).versions;
const withoutVersion = ({ version, ...rest }) => rest;

const tier = (name, requiredPoints) => ({ operation: 'tiers.create', request: { tier: { tierDefinition: { name }, requiredPoints } } });
const flexible = (more = {}) => ({ operation: 'rewards.create', request: { reward: {
  name: 'Points as money', type: 'DISCOUNT_AMOUNT', active: true,
  discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 100 }] }, ...more } } });

/** A site with an entity of each kind, and a draft that touches all of them. */
async function siteWithDraft() {
  const shop = await server().openSite({ currency: 'USD' });
  const rule = await shop.spendRule({ points: 1 });
  const reward = await shop.flexibleReward();
  const silver = await shop.tier('Silver', 100);
  await shop.activateTiers();
  const promotion = (await shop.post('/loyalty-promotions/v1/promotions', { promotion: {
    name: 'Ten off', trigger: 'automatic', effects: [{ kind: 'percent', ratePpm: 100_000 }] } })).promotion;
  await shop.account({ points: 500 });
  await server().settle();
  const changes = [
    { operation: 'program.update', request: { loyaltyProgram: { name: 'Beans', pointsExpiration: { monthsOfInactivity: 9 } } } },
    { operation: 'program.enablePointsExpiration' },
    { operation: 'program.updateSettings', request: { settings: { earnRounding: 'floor' } } },
    tier('Gold', 1_000),
    { operation: 'tiers.update', request: { tier: { id: silver.id, revision: silver.revision, requiredPoints: 200 } } },
    { operation: 'rewards.update', request: { reward: { id: reward.id, revision: reward.revision, name: 'Twice the money',
      discountAmount: { configsByTier: [{ amount: '2.00', costInPoints: 10 }, { tierId: '$3', amount: '3.00', costInPoints: 10 }] } } } },
    { operation: 'earningRules.update', request: { earningRule: { id: rule.id, revision: rule.revision, title: 'Double points', conversionRate: { configs: [{ moneyAmount: 1, points: 2 }] } } } },
    { operation: 'promotions.replace', request: { promotion: { id: promotion.id, revision: promotion.revision, name: 'Five off', trigger: 'automatic', effects: [{ kind: 'percent', ratePpm: 50_000 }] } } },
    { operation: 'promotions.create', request: { promotion: { name: 'Secret', trigger: 'code', codes: ['SECRET'], effects: [{ kind: 'percent', ratePpm: 500_000 }] } } },
    { operation: 'tiers.updateSettings', request: { programSettings: { status: 'ACTIVE', revision: '1', rollingWindow: { durationInMonths: 6 } } } },
  ];
  return { shop, rule, reward, silver, promotion, changes };
}

test('a preview answers the rules as they would be, and nothing has happened', async () => {
  const { shop, changes } = await siteWithDraft();
  const before = { catalog: await catalogOf(shop), events: await shop.events(), versions: await versionsOf(shop),
    bootstrap: await shop.get(`/storefront/v1/${shop.id}/bootstrap`), program: await shop.get(`${programs}/program`) };
  const preview = await previewOf(shop, changes);
  assert.equal(preview.baseVersion, before.catalog.version);
  assert.equal(preview.catalog.program.name, 'Beans');
  assert.deepEqual(preview.catalog.tiers.map((one) => [one.name, one.requiredPoints]), [['Silver', 200], ['Gold', 1_000]]);
  assert.deepEqual(preview.catalog.promotions.map((one) => one.name).sort(), ['Five off', 'Secret']);
  assert.deepEqual(preview.publicCatalog.promotions.map((one) => one.name), ['Five off'], 'codes are nobody\'s business');
  assert.equal(preview.results.length, changes.length);
  assert.equal(preview.results[3].tier.tierDefinition.name, 'Gold');
  assert.equal(preview.catalog.rewards.find((one) => one.name === 'Twice the money').configs[1].tierId, preview.results[3].tier.id);
  assert.ok(Array.isArray(preview.lint));
  await server().settle();
  assert.deepEqual({ catalog: await catalogOf(shop), events: await shop.events(), versions: await versionsOf(shop),
    bootstrap: await shop.get(`/storefront/v1/${shop.id}/bootstrap`), program: await shop.get(`${programs}/program`) }, before);
});

test('lint tells of the draft, not of what is published', async () => {
  const shop = await server().openSite({ currency: 'USD' });
  const lint = async () => (await shop.get(`${programs}/catalog/lint`)).findings;
  const before = await lint();
  const { lint: found } = await previewOf(shop, [{ operation: 'promotions.create', request: { promotion: {
    name: 'Over', trigger: 'automatic', conditions: { startsAt: '2020-01-01T00:00:00Z', endsAt: '2020-02-01T00:00:00Z' }, effects: [{ kind: 'percent', ratePpm: 100_000 }] } } }]);
  assert.ok(found.some((one) => /^\/promotions\/0/.test(one.path)), JSON.stringify(found));
  assert.deepEqual(await lint(), before);
});

test('publishing makes exactly what the preview showed, with the events of single edits, once', async () => {
  const { shop, changes } = await siteWithDraft();
  const preview = await previewOf(shop, changes);
  const key = randomUUID();
  const body = { changes, baseVersion: preview.baseVersion, note: 'Spring' };
  const events = await shop.eventsOf(async () => {
    const first = await shop.call('POST', `${drafts}/publish`, body, { key });
    assert.equal(first.status, 200, first.text);
    const again = await shop.call('POST', `${drafts}/publish`, body, { key });
    assert.equal(again.text, first.text);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
  });
  const catalog = await catalogOf(shop);
  const sameIds = (one) => JSON.stringify(withoutVersion(one)).replaceAll(/"[0-9a-f]{8}-[0-9a-f-]{27}"/g, '"id"');
  assert.equal(sameIds(catalog), sameIds(preview.catalog));
  const edits = events.map((one) => `${one.entityFqdn.split('.').at(-1)} ${one.slug}`).filter((one) => !/^(account|loyalty_transaction)/.test(one));
  assert.deepEqual(edits, ['program updated', 'program updated', 'program updated', 'tier created', 'tier updated',
    'reward updated', 'loyalty_earning_rule updated', 'promotion updated', 'promotion created', 'tiers_settings changed']);
  const [last, before] = await versionsOf(shop);
  assert.deepEqual([last.version, last.note, last.changes.length], [catalog.version, 'Spring', changes.length]);
  assert.deepEqual(last.changes.map((one) => one.operation), changes.map((one) => one.operation));
  assert.equal(last.changes[5].name, 'Twice the money');
  assert.deepEqual(before.changes.map((one) => one.operation), ['promotions.create'], 'single edits are versions of their own');
  assert.equal((await shop.get(`/storefront/v1/${shop.id}/bootstrap`)).catalogVersion, catalog.version);
});

test('a draft on rules that have changed since is refused and changes nothing', async () => {
  const shop = await server().openSite({ currency: 'USD' });
  const { baseVersion } = await previewOf(shop, [flexible()]);
  await shop.spendRule();
  const before = await catalogOf(shop);
  const data = await shop.refused('REVISION_MISMATCH', 'POST', `${drafts}/publish`, { changes: [flexible()], baseVersion });
  assert.equal(data.currentVersion, before.version);
  assert.deepEqual(await catalogOf(shop), before);
});

test('one change that fails undoes all, and says where', async () => {
  const shop = await server().openSite({ currency: 'USD' });
  const before = { catalog: await catalogOf(shop), events: await shop.events(), versions: await versionsOf(shop) };
  const refusals = async (path, more = {}) => {
    const send = (changes) => ['POST', path, { changes, ...more }];
    await shop.violates('changes[1].request.reward.discountAmount.configsByTier[0].costInPoints',
      ...send([tier('Silver', 10), flexible({ discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 0 }] } })]));
    await shop.violates('changes[1].request.reward.discountAmount.configsByTier[0].amount',
      ...send([tier('Silver', 10), flexible({ discountAmount: { configsByTier: [{ amount: '1.001', costInPoints: 1 }] } })]));
    assert.equal((await shop.refused('TIER_NAME_ALREADY_EXISTS', ...send([tier('Silver', 10), tier('Gold', 20), tier('silver', 30)]))).index, 2);
    assert.equal((await shop.refused('REWARD_NOT_FOUND', ...send([{ operation: 'rewards.delete', request: { id: randomUUID(), revision: '1' } }]))).index, 0);
    await shop.violates('changes[0].operation', ...send([{ operation: 'program.activate' }]));
    await shop.violates('changes[0].operation', ...send([{ operation: 'accounts.create', request: {} }]));
    await shop.violates('changes[0].request.reward.id', ...send([{ operation: 'rewards.update', request: { reward: { id: '$0', revision: '1' } } }]));
    await shop.violates('changes[1].request.nothing', ...send([tier('Silver', 10), { operation: 'program.update', request: { nothing: 1 } }]));
  };
  await refusals(`${drafts}/preview`);
  await refusals(`${drafts}/publish`, { baseVersion: before.catalog.version });
  assert.deepEqual({ catalog: await catalogOf(shop), events: await shop.events(), versions: await versionsOf(shop) }, before);
  assert.deepEqual((await shop.get(`${tiers}/tiers`)).tiers, []);
});

test('later changes name what earlier ones made', async () => {
  const shop = await server().openSite({ currency: 'USD' });
  await shop.activateTiers();
  const { baseVersion } = await previewOf(shop, []);
  const { results } = await shop.post(`${drafts}/publish`, { baseVersion, changes: [
    tier('Gold', 50),
    flexible({ discountAmount: { configsByTier: [{ amount: '1.00', costInPoints: 10 }, { tierId: '$0', amount: '2.00', costInPoints: 10 }] } }),
    { operation: 'rewards.update', request: { reward: { id: '$1', revision: '1', name: 'Renamed' } } },
    { operation: 'tiers.update', request: { tier: { id: '$0', revision: '1', requiredPoints: 60 } } },
  ] });
  const { reward } = await shop.get(`${rewards}/rewards/${results[1].reward.id}`);
  assert.equal(reward.name, 'Renamed');
  assert.equal(reward.discountAmount.configsByTier[1].tierId, results[0].tier.id);
  assert.equal((await shop.get(`${tiers}/tiers/${results[0].tier.id}`)).tier.requiredPoints, 60);
});

test('quotes while previews run only ever see what is published', async () => {
  const { shop, changes, reward } = await siteWithDraft();
  const ann = await shop.member({ points: 1_000 });
  const ask = () => shop.post('/storefront/v1/quote', { cart: { currency: 'USD', lines: [{ id: '1', unitPrice: 5_000, quantity: 1, tags: ['stores'] }] },
    intent: { chosen: [{ reward: { id: reward.id, points: 100 } }] } }, { as: ann.token, key: null });
  const expected = (await ask()).value;
  const catalogs = new Set();
  let previews = 0;
  let done = false;
  const previewing = (async () => {
    for (; previews < 40; previews += 1) await previewOf(shop, changes);
    done = true;
  })();
  const quoting = Array.from({ length: 4 }, async () => {
    while (!done) {
      const { value } = await ask();
      assert.deepEqual([value.total, value.catalogVersion, value.points], [expected.total, expected.catalogVersion, expected.points]);
      catalogs.add((await shop.get(`/storefront/v1/${shop.id}/bootstrap`)).catalogDigest);
    }
  });
  await Promise.all([previewing, ...quoting]);
  assert.equal(previews, 40);
  assert.equal(catalogs.size, 1);
});

test('drafts are for who may manage the program', async () => {
  const shop = await server().openSite();
  const ann = await shop.member();
  for (const path of ['preview', 'publish']) {
    const answer = await shop.call('POST', `${drafts}/${path}`, { changes: [], baseVersion: '1' }, { as: ann.token });
    assert.equal(answer.status, 403);
  }
  const { secret } = await shop.post('/identity/v1/api-keys', { name: 'Reader', scopes: ['SCOPE.DC-LOYALTY.READ-LOYALTY'] },
    { as: server().keys.operator, headers: { 'x-loyalty-site': shop.id } });
  const reading = await shop.call('POST', `${drafts}/preview`, { changes: [] }, { as: secret });
  assert.equal(reading.status, 403, reading.text);
  assert.ok((await versionsOf(shop)).length > 0);
});
