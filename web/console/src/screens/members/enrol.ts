import type { Api } from '../../api/api.js';
import { ApiError } from '../../api/refusal.js';

interface Contacts {
  readonly contacts: readonly { readonly id: string }[];
  readonly pagingMetadata: { readonly cursors?: { readonly next?: string }; readonly hasNext?: boolean };
}

const PAGE = 100;
const AT_ONCE = 4;

/** The contacts that came last, the newest first. */
async function newestContacts(api: Api, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { contacts, pagingMetadata } = await api.get<Contacts>('/contacts/v1/contacts', { limit: Math.min(PAGE, count), cursor });
    ids.push(...contacts.map(({ id }) => id));
    cursor = pagingMetadata.hasNext ? pagingMetadata.cursors?.next : undefined;
  } while (cursor !== undefined && ids.length < count);
  return ids.slice(0, count);
}

/** Opens an account for each; who has one already is left alone. Tells how many are done. */
async function openAccounts(api: Api, contactIds: readonly string[], done: (count: number) => void): Promise<void> {
  let next = 0;
  let ready = 0;
  const worker = async () => {
    for (let at = next++; at < contactIds.length; at = next++) {
      try {
        await api.post('/loyalty-accounts/v1/accounts', { contactId: contactIds[at] }, { idempotencyKey: `enrol-${contactIds[at]}` });
      } catch (error) {
        if (!(error instanceof ApiError) || error.code !== 'ACCOUNT_ALREADY_EXISTS') {
          throw error;
        }
      }
      done(++ready);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Makes members of the customers that an import created: those are the newest contacts. */
export async function enrolNewest(api: Api, count: number, done: (count: number) => void): Promise<void> {
  await openAccounts(api, await newestContacts(api, count), done);
}
