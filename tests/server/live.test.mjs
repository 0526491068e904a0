// Streams of events: what a member is told of its own, what staff is told of the site.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { coupons, eventually, Server, useServer } from './harness.mjs';

const server = useServer();
const mine = '/storefront/v1/me/events';
const staff = '/loyalty-events/v1/stream';
const open = new Set();
after(() => open.forEach((stream) => stream.close()));

/** An open stream, and the events that have come: [{id, event, data}]. */
class Listening {
  events = [];
  ended = false;
  static async to(path, { as, headers = {}, base = server().base }) {
    const stream = new Listening();
    stream.abort = new AbortController();
    stream.response = await fetch(base + path, {
      headers: { Authorization: as, ...headers }, signal: stream.abort.signal,
    });
    open.add(stream);
    if (stream.response.ok) stream.#read();
    return stream;
  }
  async #read() {
    let text = '';
    try {
      for await (const part of this.response.body.pipeThrough(new TextDecoderStream())) {
        text += part;
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const fields = Object.fromEntries(text.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
          text = text.slice(end + 2);
          if (fields.event) this.events.push({ ...fields, data: JSON.parse(fields.data) });
        }
      }
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    }
    this.ended = true;
  }
  close() { this.abort.abort(); open.delete(this); }
  get lastId() { return this.events.findLast((one) => one.id)?.id; }
  of(name) { return this.events.filter((one) => one.event === name).map((one) => one.data); }
  /** Waits for an event that fits; what came before it stays. */
  until(name, fits = () => true) {
    return eventually(() => {
      const found = this.events.find((one) => one.event === name && fits(one.data));
      assert.ok(found, `no ${name} among ${JSON.stringify(this.events)}`);
      return found;
    });
  }
  async end() { await eventually(() => assert.ok(this.ended)); }
}
const line = (unitPrice) => [{ id: '1', unitPrice, quantity: 1, tags: ['stores', 'stores/product:teapot'] }];

describe('a member', () => {
  it('is greeted, told of its own, and of nobody else', async () => {
    const shop = await server().openSite();
    const ann = await shop.member({ points: 10 });
    const bob = await shop.member({ points: 10 });
    const stream = await Listening.to(mine, { as: ann.token });
    assert.equal(stream.response.headers.get('content-type'), 'text/event-stream');
    assert.equal(stream.response.headers.get('cache-control'), 'no-store');
    const hello = await stream.until('hello');
    assert.ok(hello.data.serverTime && hello.data.catalogVersion && hello.id);
    await shop.earn(bob.id, 5);
    const { revision } = await shop.earn(ann.id, 7);
    const news = await stream.until('member');
    assert.deepEqual(news.data, { revision, reason: 'points_updated' });
    assert.ok(Number(news.id) > Number(hello.id));
    assert.equal(stream.of('member').length, 1);
    stream.close();
  });

  it('hears of its joining, its coupons and its checkouts', async () => {
    const shop = await server().openSite();
    const reward = await shop.flexibleReward({ amount: '1.00', points: 10 });
    const five = await shop.couponReward({ points: 100, fixedAmount: 5 });
    const contact = await shop.contact({}, { member: true });
    const stream = await Listening.to(mine, { as: await shop.token(contact.memberId) });
    await stream.until('hello');
    const { account } = await shop.post('/loyalty-accounts/v1/accounts', { contactId: contact.id });
    await stream.until('member', (one) => one.reason === 'created');
    await shop.earn(account.id, 300);
    await shop.post(`${coupons}/coupons`, { rewardId: five.id, loyaltyAccountId: account.id });
    await stream.until('member', (one) => one.reason === 'coupon_created');
    const { id } = await shop.checkout(contact.id, { lines: line(6000) });
    const discount = await shop.apply(id, { reward: { id: reward.id, pointsToSpend: 35, revision: '1' } });
    const about = { checkoutId: id, discountId: discount.id };
    assert.deepEqual((await stream.until('checkout')).data, { ...about, change: 'applied' });
    await shop.changeCart(id, { lines: line(300) });
    await stream.until('checkout', (one) => one.change === 'recalculated' && one.discountId === undefined);
    await stream.until('checkout', (one) => one.change === 'recalculated' && one.discountId === discount.id);
    await shop.removeDiscount(discount.id);
    await stream.until('checkout', (one) => one.change === 'removed' && one.discountId === discount.id);
    const again = await shop.apply(id, { reward: { id: reward.id, pointsToSpend: 10, revision: '1' } });
    await server().advance({ minutes: 10 });
    await shop.complete(id);
    await stream.until('checkout', (one) => one.change === 'completed' && one.discountId === again.id);
    stream.close();
  });

  it('hears of points that come back when their time is over, though nobody asked', async () => {
    const shop = await server().openSite({ holdMinutes: 5 });
    const reward = await shop.flexibleReward({ amount: '1.00', points: 10 });
    const member = await shop.member({ points: 100 });
    const { id } = await shop.checkout(member.contactId, { lines: line(6000) });
    const discount = await shop.apply(id, { reward: { id: reward.id, pointsToSpend: 35, revision: '1' } });
    const stream = await Listening.to(mine, { as: member.token });
    await stream.until('hello');
    await server().advance({ minutes: 6 });
    await stream.until('checkout', (one) => one.change === 'expired' && one.discountId === discount.id);
    await stream.until('member', (one) => one.reason === 'points_updated');
    stream.close();
  });

  it('hears of other rules', async () => {
    const shop = await server().openSite();
    const member = await shop.member();
    const stream = await Listening.to(mine, { as: member.token });
    const before = (await stream.until('hello')).data.catalogVersion;
    await shop.couponReward({ points: 1 });
    const { data } = await stream.until('program');
    assert.notEqual(data.catalogVersion, before);
    const { catalogVersion } = await shop.get(`/storefront/v1/${shop.id}/bootstrap`, { as: null });
    await stream.until('program', (one) => one.catalogVersion === catalogVersion);
    stream.close();
  });

  it('goes on where it was', async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 10 });
    const first = await Listening.to(mine, { as: member.token });
    await first.until('hello');
    const id = first.lastId;
    first.close();
    await shop.earn(member.id, 5);
    for (const [path, headers] of [[mine, { 'Last-Event-ID': id }], [`${mine}?lastEventId=${id}`, {}]]) {
      const second = await Listening.to(path, { as: member.token, headers });
      const news = await second.until('member');
      assert.equal(news.data.reason, 'points_updated');
      const third = await Listening.to(mine, { as: member.token, headers: { 'Last-Event-ID': news.id } });
      await shop.contact();
      await third.until('hello');
      await shop.earn(member.id, 1);
      await third.until('member');
      assert.equal(third.of('member').length, 1, 'what it has had does not come again');
      second.close();
      third.close();
    }
  });

  it('is told that anything may have changed where that is all that is known', async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 10 });
    const stream = await Listening.to(mine, { as: member.token, headers: { 'Last-Event-ID': '999999' } });
    assert.equal((await stream.until('hello')).id, undefined);
    const news = await stream.until('member');
    assert.equal(news.data.reason, 'resumed');
    assert.ok(Number(news.id) < 999_999);
    stream.close();
  });

  it('listens as long as its token lasts', async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 10 });
    const stream = await Listening.to(mine, { as: member.token });
    await stream.until('hello');
    await server().advance({ minutes: 14 });
    await shop.earn(member.id, 1);
    await stream.until('member');
    assert.equal(stream.ended, false);
    await server().advance({ minutes: 2 });
    await stream.end();
  });

  it('has at most eight streams', async () => {
    const shop = await server().openSite();
    const member = await shop.member();
    const streams = [];
    for (let i = 0; i < 8; i += 1) streams.push(await Listening.to(mine, { as: member.token }));
    const ninth = await Listening.to(mine, { as: member.token });
    assert.equal(ninth.response.status, 429);
    assert.ok(Number(ninth.response.headers.get('retry-after')) > 0);
    const other = await Listening.to(mine, { as: (await shop.member()).token });
    assert.equal(other.response.status, 200);
    streams[0].close();
    await eventually(async () => {
      const next = await Listening.to(mine, { as: member.token });
      assert.equal(next.response.status, 200);
    });
    for (const stream of [...open]) stream.close();
  });

  it('asks as other callers do', async () => {
    const shop = await server().openSite();
    const member = await shop.member();
    await shop.refused('MEMBER_REQUIRED', 'GET', mine);
    await shop.refused('UNAUTHENTICATED', 'GET', mine, undefined, { as: null });
    await shop.refused('PERMISSION_DENIED', 'GET', staff, undefined, { as: member.token });
    await shop.violates('Last-Event-ID', 'GET', mine, undefined, { as: member.token, headers: { 'Last-Event-ID': 'x' } });
    await shop.violates('lastEventId', 'GET', `${mine}?lastEventId=-1`, undefined, { as: member.token });
    const head = await shop.call('HEAD', mine, undefined, { as: member.token });
    assert.equal(head.status, 200);
    assert.equal(head.headers.get('content-type'), 'text/event-stream');
  });

  it('may ask from the pages of the shop', async () => {
    const shop = await server().openSite({ allowedOrigins: ['https://shop.example'] });
    const member = await shop.member();
    const headers = { Origin: 'https://shop.example' };
    const preflight = await fetch(server().base + mine, {
      method: 'OPTIONS',
      headers: { ...headers, 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'authorization, last-event-id' },
    });
    assert.match(preflight.headers.get('access-control-allow-headers'), /Last-Event-ID/);
    const stream = await Listening.to(mine, { as: member.token, headers });
    assert.equal(stream.response.headers.get('access-control-allow-origin'), 'https://shop.example');
    stream.close();
  });
});

describe('staff', () => {
  it('hears every domain event, as the list has it', async () => {
    const shop = await server().openSite();
    const stream = await Listening.to(staff, { as: shop.key });
    const { id } = await stream.until('hello');
    const member = await shop.member({ points: 10 });
    await shop.couponReward({ points: 5 });
    const listed = await shop.events(Number(id));
    assert.ok(listed.length > 3);
    await stream.until('domain', (one) => one.id === listed.at(-1).id);
    assert.deepEqual(stream.of('domain'), listed);
    assert.ok(listed.some((one) => one.entityId === member.id));
    const { last } = await shop.get('/loyalty-events/v1/events?limit=1');
    assert.equal(last, listed.at(-1).entityEventSequence);
    stream.close();
  });

  it('gets everything from the beginning on, however much it is', async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 10 });
    await Promise.all(Array.from({ length: 150 }, () => shop.earn(member.id, 1)));
    const stream = await Listening.to(`${staff}?lastEventId=0`, { as: shop.key });
    const { last } = await shop.get('/loyalty-events/v1/events?limit=1');
    await stream.until('domain', (one) => one.entityEventSequence === last);
    assert.deepEqual(stream.of('domain').map((one) => one.sequence), Array.from({ length: Number(last) }, (_, i) => i + 1));
    stream.close();
  });

  it('hears nothing of other sites', async () => {
    const shop = await server().openSite();
    const other = await server().openSite();
    const stream = await Listening.to(staff, { as: shop.key });
    await stream.until('hello');
    await other.member({ points: 1 });
    await shop.contact();
    const member = await shop.member();
    await stream.until('domain', (one) => one.entityId === member.id);
    assert.ok(stream.of('domain').every((one) => one.entityId !== other.id));
    assert.equal(stream.of('domain').length, (await shop.events(Number(stream.events[0].id))).length);
    stream.close();
  });

  it('is cut off with its key', async () => {
    const shop = await server().openSite();
    const { apiKey, secret } = await shop.post('/identity/v1/api-keys', { name: 'Console' });
    const stream = await Listening.to(staff, { as: secret });
    await stream.until('hello');
    await shop.del(`/identity/v1/api-keys/${apiKey.id}`);
    await stream.end();
  });
});

describe('the server', () => {
  it('ends all streams when it is asked to stop, and loses no time', async () => {
    const own = await Server.start();
    const stream = await Listening.to(staff, { as: own.keys.backend, base: own.base });
    await stream.until('hello');
    const asked = Date.now();
    const [end] = await Promise.all([own.stop(), stream.end()]);
    assert.deepEqual(end, { code: 0, signal: null });
    assert.ok(Date.now() - asked < 3_000);
  });

  it('holds nothing in memory for who does not read', async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 10 });
    const lazy = await fetch(`${server().base}${staff}?lastEventId=0`, { headers: { Authorization: shop.key } });
    const busy = await Listening.to(mine, { as: member.token });
    await busy.until('hello');
    await Promise.all(Array.from({ length: 300 }, () => shop.earn(member.id, 1)));
    const { revision } = await shop.accountNow(member.id);
    await busy.until('member', (one) => one.revision === revision);
    await lazy.body.cancel();
    busy.close();
  });

  it('tells many at once within the time of a blink', async () => {
    const shop = await server().openSite();
    const members = await Promise.all(Array.from({ length: 10 }, () => shop.member({ points: 1 })));
    const streams = await Promise.all(members.map((member) => Listening.to(mine, { as: member.token })));
    await Promise.all(streams.map((stream) => stream.until('hello')));
    const waits = [];
    for (const [i, member] of members.entries()) {
      const heard = streams[i].events.length;
      await shop.earn(member.id, 1);
      const answered = performance.now();
      while (streams[i].events.length === heard) await sleep(0);
      waits.push(performance.now() - answered);
    }
    waits.sort((a, b) => a - b);
    assert.ok(waits[waits.length >> 1] < 50, `${waits}`);
    streams.forEach((stream) => stream.close());
  });
});
