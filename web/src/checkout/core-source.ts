import type { LoyaltyCore } from '../core/api.js';

const cores = new Map<string, Promise<LoyaltyCore>>();

/** The page's core: one per folder of module files, shared by all elements. What failed is tried again when asked. */
export function sharedCore(assets: string | undefined): Promise<LoyaltyCore> {
  const key = assets ?? '';
  let core = cores.get(key);
  if (!core) {
    core = import('../core/index.js').then(({ loadCore }) => loadCore({ start: 'preview', ...(assets !== undefined && { assets }) }));
    cores.set(key, core);
    core.catch(() => cores.delete(key));
  }
  return core;
}
