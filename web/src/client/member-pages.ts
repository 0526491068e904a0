import { resultOf, valueOf } from './answers.js';
import type { ExportedFile, ExportFormat, MemberOverview, MemberReward, Redemption, TransactionFilter, TransactionPage, TransactionQuery } from './member.js';
import { troubleOf } from './transport.js';
import type { Transport } from './transport.js';
import type { Keyed, Result } from './types.js';

const TRANSACTIONS = '/storefront/v1/me/transactions';

/** Null: nobody is signed in. */
export async function overview(transport: Transport, signal: AbortSignal | undefined): Promise<MemberOverview | null> {
  if ((await transport.token.get()) === null) {
    return null;
  }
  const response = await transport.send({ path: '/storefront/v1/me/overview', signal });
  return response.status === 401 ? null : valueOf<MemberOverview>(response);
}

/** `?` and what is given of it; lists are separated by commas. */
function queryOf({ types, ...rest }: TransactionQuery & { readonly format?: ExportFormat }): string {
  const given = Object.entries({ ...(types && types.length > 0 && { type: types.join(',') }), ...rest });
  const text = new URLSearchParams(given.flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))).toString();
  return text === '' ? '' : `?${text}`;
}

export async function transactions(transport: Transport, query: TransactionQuery, signal: AbortSignal | undefined): Promise<TransactionPage> {
  return valueOf<TransactionPage>(await transport.send({ path: `${TRANSACTIONS}${queryOf(query)}`, signal }));
}

export async function exportTransactions(
  transport: Transport,
  request: TransactionFilter & { readonly format: ExportFormat },
  signal: AbortSignal | undefined,
): Promise<ExportedFile> {
  const response = await transport.send({ path: `${TRANSACTIONS}/export${queryOf(request)}`, signal });
  if (!response.ok) {
    throw troubleOf(response);
  }
  const [, name] = /filename="([^"/\\]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  return { name: name ?? `transactions.${request.format}`, content: await response.blob() };
}

/** The coupon as the member's page shows it, which the store's answer to a redemption does not say yet. */
export async function redeem(
  transport: Transport,
  reward: Pick<MemberReward, 'id' | 'revision'>,
  { idempotencyKey: key, signal }: Keyed,
): Promise<Result<Redemption>> {
  const ask = { path: '/loyalty-coupons/v1/coupons/redeem-my-coupon', method: 'POST', body: { rewardId: reward.id }, key, signal } as const;
  const answer = await resultOf<{ readonly coupon: { readonly id: string } }>(await transport.send(ask));
  if (!answer.ok) {
    return answer;
  }
  const now = await overview(transport, signal);
  const coupon = now?.coupons.find(({ id }) => id === answer.value.coupon.id);
  if (!now?.account || !coupon) {
    throw new TypeError('The coupon was made, and could not be read yet.');
  }
  return { ok: true, value: { coupon, balance: now.account.available } };
}
