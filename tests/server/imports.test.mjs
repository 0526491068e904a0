import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { accounts, assertPoints, eventually, guid, imports, socialMedia, useServer } from './harness.mjs';

const server = useServer();
const path = `${imports}/loyalty-imports`;
const mapping = (email, points) => ({ headerMappings: [{ columnName: 'EMAIL', columnIndex: email }, { columnName: 'POINTS', columnIndex: points }] });
async function upload(shop, csv) {
  const { uploadUrl, filePath } = await shop.post(`${path}/wixmp-upload-url`, {});
  const target = new URL(uploadUrl, shop.server.base);
  const answer = await fetch(target, { method: 'PUT', headers: { 'Content-Type': 'text/csv', Authorization: shop.key }, body: csv });
  assert.ok(answer.ok, `${answer.status}: ${await answer.text()}`);
  return filePath ?? uploadUrl;
}
const state = async (shop, id) => (await shop.get(`${path}?loyaltyImportId=${id}`)).loyaltyImport;
const reaches = (shop, id, status) => eventually(async () => {
  const now = await state(shop, id);
  assert.equal(now.status, status, JSON.stringify(now));
  return now;
});
async function parsed(shop, csv) {
  const fileUrl = await upload(shop, csv);
  const { loyaltyImport } = await shop.post(path, { fileUrl, fileName: 'members.csv', fileSize: Buffer.byteLength(csv) });
  return reaches(shop, loyaltyImport.id, 'PARSED');
}
async function execute(shop, id, headerMappingInfo) {
  await shop.post(`${path}/execute`, { loyaltyImportId: id, headerMappingInfo });
  return reaches(shop, id, 'IMPORTED');
}

test('row 129: an uploaded file is parsed: header, sample rows, number of rows', async () => {
  const shop = await server().openSite();
  const rows = Array.from({ length: 8 }, (_, index) => `Name ${index},n${index}@example.com,${index * 10}`);
  const csv = `\uFEFFName,Email,"Points, balance"\r\n${rows.join('\r\n')}\r\n`;
  const fileUrl = await upload(shop, csv);
  const { loyaltyImport } = await shop.post(path, { fileUrl });
  assert.match(loyaltyImport.id, guid);
  const now = await reaches(shop, loyaltyImport.id, 'PARSED');
  assert.deepEqual(now.fileMetadata.header.values, ['Name', 'Email', 'Points, balance']);
  assert.equal(now.fileMetadata.sampleDataRows.length, 5);
  assert.deepEqual(now.fileMetadata.sampleDataRows[0].values, ['Name 0', 'n0@example.com', '0']);
  assert.equal(now.parseResult.parsedRowCount, 8);
  await shop.refused('IMPORT_NOT_FOUND', 'GET', `${path}?loyaltyImportId=${randomUUID()}`);
});

test('row 130: an import sets balances and opens missing accounts, when parsed and mapped', async () => {
  const shop = await server().openSite();
  const known = await shop.account({ points: 30, email: 'known@example.com' });
  const fresh = await shop.contact({ email: 'fresh@example.com' });
  const one = await parsed(shop, 'Email,Points\nKNOWN@example.com,80\nfresh@example.com,25\n');
  await shop.refused('IMPORT_MAPPING_INVALID', 'POST', `${path}/execute`, { loyaltyImportId: one.id, headerMappingInfo: mapping(0, 7) });
  await shop.refused('IMPORT_MAPPING_INVALID', 'POST', `${path}/execute`, {
    loyaltyImportId: one.id, headerMappingInfo: { headerMappings: [{ columnName: 'EMAIL', columnIndex: 0 }, { columnName: 'EMAIL', columnIndex: 1 }] },
  });
  const done = await execute(shop, one.id, mapping(0, 1));
  assert.equal(done.importResult.successCount, 2);
  assert.equal(done.importResult.failureCount ?? 0, 0);
  assert.equal(done.importResult.errorFileExists, false);
  assertPoints(await shop.accountNow(known.id), { balance: 80, earned: 30, adjusted: 50 });
  assertPoints(await shop.accountOf(fresh.id), { balance: 25, adjusted: 25 });
  const last = (await shop.movements(known.id)).at(-1);
  assert.equal(last.transactionType, 'ADJUST');
  assert.match(last.description, /import/i);
  await shop.refused('IMPORT_NOT_PARSED', 'POST', `${path}/execute`, { loyaltyImportId: one.id, headerMappingInfo: mapping(0, 1) });
  const again = await parsed(shop, 'Email,Points\nknown@example.com,80\nfresh@example.com,25\n');
  await execute(shop, again.id, mapping(0, 1));
  assert.equal((await shop.movements(known.id)).length, 2, 'the same file again moves nothing');
});

test('row 131: bad rows are told of one by one, the others go on', async () => {
  const shop = await server().openSite();
  const account = await shop.account({ email: 'good@example.com' });
  const twice = await shop.account({ email: 'twice@example.com' });
  const one = await parsed(shop, 'Points;x,Email\n10,good@example.com\n20,nobody@example.com\n-5,good@example.com\n1.5,twice@example.com\n7,twice@example.com\n9,TWICE@example.com\n');
  const done = await execute(shop, one.id, mapping(1, 0));
  assert.equal(done.importResult.failureCount, 3);
  assert.equal(done.importResult.successCount, 3);
  assert.equal(done.importResult.errorFileExists, true);
  assertPoints(await shop.accountNow(account.id), { balance: 10 });
  assertPoints(await shop.accountNow(twice.id), { balance: 9 });
  assert.equal((await shop.movements(twice.id)).length, 1, 'the last row wins, in one movement');
  const { url } = await shop.get(`${path}/error-file-download-url?loyaltyImportId=${one.id}`);
  const answer = await fetch(new URL(url, shop.server.base), { headers: { Authorization: shop.key } });
  assert.equal(answer.status, 200);
  const text = await answer.text();
  assert.equal(text.trim().split(/\r?\n/).length, 4, text);
  assert.match(text, /nobody@example\.com/);
  assert.match(text, /1\.5/);
});

test('row 132: imports have a status, are queried by it, and tell of beginning and end', async () => {
  const shop = await server().openSite();
  await shop.account({ email: 'a@example.com' });
  let done;
  const told = await shop.eventsOf(async () => {
    const one = await parsed(shop, 'Email,Points\na@example.com,5\n');
    done = await execute(shop, one.id, mapping(0, 1));
  });
  const waiting = await parsed(shop, 'Email,Points\na@example.com,6\n');
  const kinds = told.filter((event) => /import/.test(event.entityFqdn));
  assert.equal(kinds[0].type, 'wix.loyalty.imports.v1.loyalty_import_created');
  assert.equal(kinds[0].entityId, done.id);
  assert.ok(kinds.some((event) => event.slug === 'import_finished' || event.slug === 'finished'), JSON.stringify(kinds.map((event) => event.slug)));
  const found = async (filter) => (await shop.post(`${path}/query`, { query: { filter } })).loyaltyImports.map((one) => one.id);
  assert.deepEqual(await found({ status: 'IMPORTED' }), [done.id]);
  assert.deepEqual(await found({ status: { $in: ['PARSED', 'FAILED'] } }), [waiting.id]);
  assert.deepEqual(await found({ createdDate: { $gte: done.createdDate } }), [waiting.id, done.id]);
  const fileUrl = await upload(shop, 'Email,Points\n"not closed,5\n');
  const { loyaltyImport } = await shop.post(path, { fileUrl });
  const failed = await reaches(shop, loyaltyImport.id, 'FAILED');
  assert.ok(failed.parseResult.parseErrorReason.length > 0);
});

test('row 133: a member follows an enabled channel once and gets the points', async () => {
  const shop = await server().openSite({ socialMedia: { channels: [{ type: 'INSTAGRAM', enabled: true, id: 'shop' }, { type: 'X', enabled: true, id: 'shop' }, { type: 'TIKTOK', enabled: false, id: 'shop' }] } });
  await shop.post(`/_api/loyalty-earning-rules/v1/earning-rules/custom`, { type: 'SOCIAL_MEDIA', earningRule: { title: 'Follow us', fixedAmount: { configs: [{ points: 15 }] } } });
  const member = await shop.member();
  const follow = (channel) => ['POST', `${socialMedia}/followed-channels`, { followedChannel: { channel } }, { as: member.token }];
  let answer;
  const told = await shop.eventsOf(async () => { answer = await shop.ok(...follow('INSTAGRAM')); });
  const { followedChannel } = answer;
  assert.equal(followedChannel.channel, 'INSTAGRAM');
  assert.equal(followedChannel.accountId, member.id);
  assert.deepEqual(told.filter((event) => event.type === 'wix.loyalty.socialmedia.v1.followed_channel_created').map((event) => event.entityId), [followedChannel.id]);
  assertPoints(await shop.accountNow(member.id), { balance: 15, earned: 15 });
  assert.equal((await shop.movements(member.id))[0].earnInfo.followedSocialMedia.channel, 'INSTAGRAM');
  await shop.refused('ALREADY_FOLLOWED', ...follow('INSTAGRAM'));
  await shop.refused('CHANNEL_NOT_ENABLED', ...follow('TIKTOK'));
  await shop.refused('CHANNEL_NOT_ENABLED', ...follow('LINKEDIN'));
  await shop.violates('followedChannel.channel', ...follow('MYSPACE'));
  await server().advance({ seconds: 5 });
  await shop.ok(...follow('X'));
  const list = await shop.get(`${socialMedia}/followed-channels`, { as: member.token });
  assert.deepEqual(list.followedChannels.map((one) => one.channel), ['INSTAGRAM', 'X']);
  assertPoints(await shop.accountNow(member.id), { balance: 30 });
});

test('the addresses of files are whole: whoever has them needs nothing else', async () => {
  const shop = await server().openSite();
  const { uploadUrl } = await shop.post(`${path}/wixmp-upload-url`, {});
  assert.ok(uploadUrl.startsWith(`${server().base}/`), uploadUrl);
  const answer = await fetch(uploadUrl, { method: 'PUT', headers: { 'Content-Type': 'text/csv' }, body: 'Email,Points\nnobody@example.com,1\n' });
  assert.equal(answer.status, 200, await answer.text());
  const { loyaltyImport } = await shop.post(path, { fileUrl: uploadUrl });
  await reaches(shop, loyaltyImport.id, 'PARSED');
  await execute(shop, loyaltyImport.id, mapping(0, 1));
  const { url } = await shop.get(`${path}/error-file-download-url?loyaltyImportId=${loyaltyImport.id}`);
  const file = await fetch(url);
  assert.equal(file.status, 200);
  assert.match(await file.text(), /nobody@example\.com/);
});
