// The public client packages, unmodified, pointed at a server of ours.
//
// The client's transport builds `https://<api host><path>`; its `fetch` option is the one seam it
// offers, and all this page does is to exchange the origin there. With `siteRelative` the packages
// resolve the paths that a page on the site itself calls (`/_api/<service>`), else those of an outside
// caller (`/<service>`; two services have `/_api` there too).

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
const load = async (name) => import(pathToFileURL(web.resolve(name)).href);

const { createClient } = await load('@wix/sdk');
export const loyalty = await load('@wix/loyalty');

/** A client of every loyalty module, calling `base` ("http://127.0.0.1:1234") with this credential. */
export function sdkClient(base, authorization, { siteRelative = false, onExchange } = {}) {
  const origin = new URL(base);
  return createClient({
    modules: {
      accounts: loyalty.accounts,
      checkoutExchange: loyalty.checkoutExchange,
      coupons: loyalty.coupons,
      earningRules: loyalty.earningRules,
      imports: loyalty.imports,
      programs: loyalty.programs,
      rewards: loyalty.rewards,
      socialMedia: loyalty.socialMedia,
      tiers: loyalty.tiers,
      transactions: loyalty.transactions,
    },
    auth: {
      getAuthHeaders: async () => ({ headers: authorization ? { Authorization: authorization } : {} }),
    },
    ...(siteRelative && { host: { apiBaseUrl: origin.host } }),
    fetch: async (url, init) => {
      const target = new URL(url);
      target.protocol = origin.protocol;
      target.host = origin.host;
      const response = await fetch(target, init);
      onExchange?.({
        method: init?.method ?? 'GET',
        path: target.pathname,
        query: target.search,
        body: init?.body,
        headers: init?.headers,
        status: response.status,
      });
      return response;
    },
  });
}
