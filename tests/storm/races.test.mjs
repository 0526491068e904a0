// Many clients at once on one thing that there is only one of.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { describe, test } from 'node:test';
import { accounts, coupons, exchange, transactions, useServer } from '../server/harness.mjs';

const server = useServer();

/** Sends all requests over connections of their own, all but the last byte first, then the last bytes together. */
async function together(shop, requests) {
  const { port, hostname } = new URL(server().base);
  const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
  const sending = requests.map(({ path, body, key = randomUUID(), as = shop.key }) => {
    const text = JSON.stringify(body);
    let release;
    const answer = new Promise((resolve, reject) => {
      const request = http.request({
        agent, port, host: hostname, path, method: 'POST',
        headers: {
          authorization: as, 'idempotency-key': key, 'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
        },
      }, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => {
          const said = Buffer.concat(parts).toString();
          resolve({ status: response.statusCode, text: said, body: JSON.parse(said) });
        });
      });
      request.on('error', reject);
      request.write(text.slice(0, -1));
      release = () => request.end(text.slice(-1));
    });
    return { answer, release };
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  sending.forEach(({ release }) => release());
  const answers = await Promise.all(sending.map(({ answer }) => answer));
  agent.destroy();
  return answers;
}

const codeOf = (answer) => answer.body.details?.applicationError?.code;

describe('races', () => {
  test('of 64 redemptions that the balance covers once, one happens', async () => {
    const shop = await server().openSite();
    for (let round = 0; round < 5; ++round) {
      const account = await shop.account({ points: 100 });
      const answers = await together(shop, Array.from({ length: 64 }, () => ({
        path: `${accounts}/accounts/${account.id}/redeem-points`, body: { points: 60 },
      })));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      assert.deepEqual(new Set(answers.filter(({ status }) => status !== 200).map(codeOf)), new Set(['INSUFFICIENT_POINTS']));
      assert.equal((await shop.accountNow(account.id)).points.balance, 40);
      assert.equal((await shop.movements(account.id)).filter(({ transactionType }) => transactionType === 'REDEEM').length, 1);
    }
  });

  test('a thousand requests under one key have one effect and one answer', async () => {
    const shop = await server().openSite();
    const account = await shop.account({ points: 500 });
    const key = randomUUID();
    const answers = await together(shop, Array.from({ length: 1000 }, () => ({
      path: `${accounts}/accounts/${account.id}/redeem-points`, body: { points: 7 }, key,
    })));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
    assert.equal((await shop.accountNow(account.id)).points.balance, 493);
  });

  test('a thousand requests under one EarnPoints key grant once', async () => {
    const shop = await server().openSite();
    const account = await shop.account();
    const idempotencyKey = randomUUID();
    const answers = await together(shop, Array.from({ length: 1000 }, () => ({
      path: `${accounts}/accounts/${account.id}/earn-points`, body: { amount: 9, appId: 'till', idempotencyKey },
    })));
    assert.equal(new Set(answers.map(({ body }) => body.transactionId)).size, 1);
    assert.equal((await shop.accountNow(account.id)).points.balance, 9);
  });

  test('of a thousand checkouts that want the last use of a code, one gets it', async () => {
    const shop = await server().openSite();
    await shop.post('/loyalty-promotions/v1/promotions', {
      promotion: {
        name: 'The last one', trigger: 'code', codes: ['LASTONE'], limits: { usesLeft: 1 },
        effects: [{ kind: 'fixedAmount', target: 'order', amount: 500 }],
      },
    });
    const count = 1000;
    const checkouts = [];
    for (let i = 0; i < count; ++i) {
      const checkout = await shop.checkout(undefined, 5000);
      const { quote } = await shop.post(`/storefront/v1/checkouts/${checkout.id}/apply`, {
        intent: { chosen: [{ code: { text: 'LASTONE' } }] },
      });
      assert.equal(quote.itemsDiscount, 500);
      checkouts.push(checkout);
    }
    const answers = await together(shop, checkouts.map(({ id }, i) => ({
      path: `/checkout/v1/checkouts/${id}/complete`, body: { orderId: `race-${i}`, paymentStatus: 'PAID' },
    })));
    const discounted = answers.filter(({ status, body }) => status === 200 && body.order.quote.discounts.length > 0);
    assert.equal(discounted.length, 1, `${discounted.length} orders got the discount`);
  });

  test('one coupon on a hundred checkouts is used once', async () => {
    const shop = await server().openSite();
    const member = await shop.member({ points: 100 });
    const reward = await shop.couponReward({ points: 100, fixedAmount: 5 });
    const coupon = await shop.redeem(reward.id, member.id);
    const checkouts = [];
    for (let i = 0; i < 100; ++i) {
      checkouts.push(await shop.checkout(member.contactId, 5000));
    }
    await together(shop, checkouts.map(({ id }) => ({
      path: `${exchange}/loyalty-checkout-discount`,
      body: { checkoutId: id, loyaltyCoupon: { id: coupon.id, revision: coupon.revision } },
    })));
    const answers = await together(shop, checkouts.map(({ id }, i) => ({
      path: `/checkout/v1/checkouts/${id}/complete`, body: { orderId: `coupon-${i}`, paymentStatus: 'PAID' },
    })));
    const discounted = answers.filter(({ status, body }) => status === 200 && body.order.quote.discounts.length > 0);
    assert.equal(discounted.length, 1, `${discounted.length} orders got the discount`);
    assert.equal((await shop.get(`${coupons}/coupons/${coupon.id}`)).loyaltyCoupon.status, 'APPLIED');
  });

  test('a hold is captured or released, never both', async () => {
    const shop = await server().openSite();
    for (let round = 0; round < 10; ++round) {
      const account = await shop.account({ points: 50 });
      const { hold } = await shop.post('/loyalty-holds/v1/holds', { accountId: account.id, points: 30 });
      const answers = await together(shop, Array.from({ length: 32 }, (_, i) => ({
        path: `/loyalty-holds/v1/holds/${hold.id}/${i % 2 === 0 ? 'capture' : 'release'}`, body: {},
      })));
      const done = answers.map(({ status }, i) => (status === 200 ? i % 2 : -1)).filter((kind) => kind >= 0);
      assert.equal(done.length, 1);
      assert.equal((await shop.accountNow(account.id)).points.balance, done[0] === 0 ? 20 : 50);
    }
  });

  test('a redemption is refunded once', async () => {
    const shop = await server().openSite();
    const account = await shop.account({ points: 50 });
    const { transactionId } = await shop.post(`${accounts}/accounts/${account.id}/redeem-points`, { points: 30 });
    const answers = await together(shop, Array.from({ length: 64 }, () => ({
      path: `${transactions}/loyalty-transactions/${transactionId}/refund`, body: {},
    })));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal((await shop.accountNow(account.id)).points.balance, 50);
  });
});
