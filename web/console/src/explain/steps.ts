import type { Cart, ExplainRow } from '../../../src/documents/index.js';
import { formatPercent } from '../../../src/text/format.js';
import type { Naming } from './naming.js';
import type { ExplainWording } from './wording.js';

/** One step from the prices to what is paid and earned, in words. */
export interface Step {
  readonly title: string;
  /** A plain sentence; empty where the title says it all. */
  readonly sentence: string;
  /** What it comes to, as written: "-$13.00", "306 Stars". */
  readonly amount: string;
  readonly kind: 'sum' | 'part' | 'off' | 'earn';
  /** What each line has of it. */
  readonly parts: readonly { readonly name: string; readonly amount: string }[];
  /** The number of the rule in RULES.md that decides this step. */
  readonly rule: string;
}

const ROUNDINGS: Readonly<Record<string, string>> = {
  halfUp: 'rounded half up',
  halfEven: 'rounded half to even',
  halfDown: 'rounded half down',
  down: 'rounded down',
  'halfUp over the order': 'rounded half up once for the whole order',
};

const isOff = (row: ExplainRow) => row.step === 'discount' || row.step === 'shippingDiscount' || row.step === 'wallet';

const TITLES: Readonly<Partial<Record<ExplainRow['step'], string>>> = {
  subtotal: 'Items',
  itemsNet: 'Items after discounts',
  shipping: 'Shipping',
  fees: 'Fees',
  total: 'Total',
  payable: 'To pay',
};

function titleOf(row: ExplainRow, naming: Naming): string {
  const fixed = TITLES[row.step];
  if (fixed !== undefined) {
    return fixed;
  }
  const id = row.id ?? '';
  switch (row.step) {
    case 'tax':
      return `Tax on ${naming.line(id)}`;
    case 'wallet':
      return `Gift card or credit ${naming.line(id)}`;
    case 'earn':
      return naming.rule(id);
    default:
      return naming.candidate(id, row.source);
  }
}

function rate(row: ExplainRow, words: ExplainWording): string | null {
  if (row.ratePpm === undefined || row.base === undefined) {
    return null;
  }
  const how = row.rounding === undefined ? undefined : (ROUNDINGS[row.rounding] ?? `rounded ${row.rounding}`);
  return `${formatPercent(row.ratePpm, 'en')} of ${words.money(row.base)}${how ? `, ${how}` : ''}`;
}

function discountSentence(row: ExplainRow, words: ExplainWording): string {
  const part = rate(row, words);
  if (part !== null) {
    return `Takes off ${part}.`;
  }
  if (row.points !== undefined) {
    return `${words.points(row.points)} ${row.points === 1 ? 'is' : 'are'} spent; worth ${words.money(row.amount)} here.`;
  }
  return row.base === undefined ? '' : `Takes ${words.money(row.amount)} off ${words.money(row.base)}.`;
}

function sentenceOf(row: ExplainRow, words: ExplainWording, cart: Cart | null | undefined): string {
  switch (row.step) {
    case 'subtotal':
      return 'Unit price times quantity of each line, added up.';
    case 'discount':
    case 'shippingDiscount':
      return discountSentence(row, words);
    case 'addedItem':
      return 'A free item is added: it costs nothing and changes no other amount.';
    case 'itemsNet':
      return 'What is left of the items after their discounts.';
    case 'tax':
      return `${cart?.pricesIncludeTax ? 'Contained in the price: ' : 'Added: '}${rate(row, words) ?? words.money(row.amount)}.`;
    case 'total':
      return 'Items and shipping after discounts, with tax that is not in the prices, and fees.';
    case 'earn':
      return row.base === undefined ? '' : `Earned on ${words.money(row.base)}.`;
    default:
      return '';
  }
}

function partsOf(row: ExplainRow, words: ExplainWording, naming: Naming, cart: Cart | null | undefined): Step['parts'] {
  const write = isOff(row) ? (amount: number) => words.money(-amount) : words.money;
  return (row.lines ?? []).map(({ id, amount }) => {
    const line = row.step === 'subtotal' ? cart?.lines.find((one) => one.id === id) : undefined;
    const times = line === undefined ? '' : `: ${words.number(line.quantity)} × ${words.money(line.unitPrice)}`;
    return { name: `${naming.line(id)}${times}`, amount: write(amount) };
  });
}

/** The steps of a quote for a person with a pocket calculator. Without gift cards "to pay" is left out: it is the total. */
export function stepsOf(rows: readonly ExplainRow[], words: ExplainWording, naming: Naming, cart?: Cart | null): readonly Step[] {
  const hasWallet = rows.some((row) => row.step === 'wallet');
  return rows
    .filter((row) => hasWallet || row.step !== 'payable')
    .map((row) => ({
      title: titleOf(row, naming),
      sentence: sentenceOf(row, words, cart),
      amount: row.step === 'earn' ? words.points(row.points ?? 0) : words.money(isOff(row) ? -row.amount : row.amount),
      kind: row.step === 'earn' ? 'earn' : isOff(row) ? 'off' : ['itemsNet', 'total', 'payable'].includes(row.step) ? 'sum' : 'part',
      parts: partsOf(row, words, naming, cart),
      rule: row.rule ?? '',
    }));
}
