import type { Api } from '../api/api.js';
import type { Change } from '../draft/draft.js';

interface Route {
  readonly method: 'post' | 'put' | 'patch';
  /** `{reward.id}` stands for that field of the request. */
  readonly path: string;
}

const ROUTES: Readonly<Record<string, Route>> = {
  'earningRules.create': { method: 'post', path: '/loyalty-earning-rules/v1/earning-rules' },
  'earningRules.createCustom': { method: 'post', path: '/loyalty-earning-rules/v1/earning-rules/custom' },
  'earningRules.update': { method: 'put', path: '/loyalty-earning-rules/v1/earning-rules/{earningRule.id}' },
  'rewards.create': { method: 'post', path: '/loyalty-rewards/v1/rewards' },
  'rewards.update': { method: 'put', path: '/loyalty-rewards/v1/rewards/{reward.id}' },
  'promotions.create': { method: 'post', path: '/loyalty-promotions/v1/promotions' },
  'promotions.update': { method: 'patch', path: '/loyalty-promotions/v1/promotions/{promotion.id}' },
  'promotions.replace': { method: 'put', path: '/loyalty-promotions/v1/promotions/{promotion.id}' },
  'tiers.create': { method: 'post', path: '/loyalty-tiers/v1/tiers' },
  'tiers.update': { method: 'patch', path: '/loyalty-tiers/v1/tiers/{tier.id}' },
  'tiers.updateSettings': { method: 'patch', path: '/loyalty-tiers/v1/tiers/program-settings' },
};

function fieldAt(request: unknown, path: string): string {
  const found = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], request);
  return encodeURIComponent(String(found));
}

/**
 * Does on the server now what a draft would do later: the same operation with the same request.
 * Throws ApiError; repeated under the same key it is done once.
 */
export function perform<T>(api: Api, { operation, request }: Pick<Change, 'operation' | 'request'>, idempotencyKey?: string): Promise<T> {
  const route = ROUTES[operation];
  if (!route) {
    throw new RangeError(`No route does ${operation}.`);
  }
  const path = route.path.replace(/\{([\w.]+)\}/g, (_, name: string) => fieldAt(request, name));
  return api[route.method]<T>(path, request, idempotencyKey === undefined ? {} : { idempotencyKey });
}
