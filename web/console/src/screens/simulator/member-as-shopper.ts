import type { Account } from '../../../../src/documents/index.js';
import type { Api } from '../../api/api.js';

/** A member as the core sees one at a checkout, with coupons: asked with a short-lived token of the member's own. */
export async function accountOfMember(api: Api, contactId: string, signal?: AbortSignal): Promise<Account> {
  const { token } = await api.post<{ token: string }>('/identity/v1/member-tokens', { contactId }, signal ? { signal } : {});
  const response = await api.open('/storefront/v1/me', { headers: { Authorization: token }, ...(signal && { signal }) });
  const { account } = (await response.json()) as { account: Account };
  return account;
}
