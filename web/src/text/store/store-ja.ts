import type { StoreMessages } from '../messages.js';

const ja: StoreMessages = {
  wait: '待つ',
  updating: '更新中…',
  holdEnded: '確保した{name}は残高に戻りました。もう一度適用しますか？',
  changedElsewhere: '別のページで特典が変更されました。',
  nothingApplied: '現在、適用中の特典はありません。',
  staysApplied: 'これを適用するまで、{what}が適用されたままです。',
  priceWouldBe: '合計は{total}になります（表示は{before}でした）。まだ何も適用されていません。',
  ordered: 'ご注文を承りました。',
  reason_NO_ANSWER: 'ストアの応答が届きませんでした。もう一度お試しください。適用は一度だけです。',
  reason_RATE_LIMITED: '試行回数が多すぎます。{time}待ってからもう一度お試しください。',
  reason_TEMPORARY: 'ストアが応答できません。少し待ってからもう一度お試しください。',
  reason_CHECKOUT_COMPLETED: 'このご注文はすでに完了しています。',
  reason_CHECKOUT_NOT_FOUND: 'ストアにこのカートがありません。ページを再読み込みしてください。',
};

export default ja;
