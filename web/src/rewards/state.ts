import { isNew } from './data.js';
import type { MemberData } from './member-data.js';
import type { PageState } from './types.js';

/** The one word for what the page shows; `hasStore`: there is one to ask, though it may not have been asked yet. */
export function stateOf({ data, program, isConfigured, hasFailed }: MemberData, hasStore: boolean): PageState {
  const status = data?.program.status ?? program?.catalog.program.status;
  if (!isConfigured && !hasStore) {
    return 'unset';
  }
  if (data === undefined) {
    return hasFailed ? 'unavailable' : 'loading';
  }
  if (status === 'DRAFT') {
    return 'inactive-draft';
  }
  if (data === null) {
    return 'guest';
  }
  if (status !== undefined && status !== 'ACTIVE') {
    return 'inactive-paused';
  }
  return isNew(data) ? 'new-member' : 'member';
}
