import { html } from 'lit';
import type { Settings } from '../../api/program.js';
import { amountField, numberField, selectField } from '../../kit/fields.js';
import { faultOfAmount, faultOfNumber, wholeNumber } from '../../kit/checks.js';
import { decimalsOf, decimalText } from '../../../../src/text/currency.js';
import { minorOf } from '../../app/wording.js';
import { present, settingsChange, type Standing, type Topic } from './topic.js';

/** Switches of the policy that are chosen from a list: with what they mean, the first being what counts when none is set. */
const SWITCHES = {
  earnBase: {
    label: 'What earns points',
    hint: 'The amount that points are counted from.',
    choices: [
      ['afterDiscounts', 'What is paid for goods, after discounts'],
      ['subtotal', 'The price of the goods, before discounts'],
      ['total', 'The whole total, with delivery and taxes'],
    ],
  },
  rounding: {
    label: 'Rounding of discounts',
    hint: 'Where a discount falls between two smallest coins.',
    choices: [
      ['halfUp', 'Half up: 0.5 becomes 1'],
      ['halfEven', 'Half to the even neighbour'],
      ['halfDown', 'Half down: 0.5 becomes 0'],
      ['down', 'Always down'],
    ],
  },
  basis: {
    label: 'A percentage is taken of',
    hint: 'And rounded there.',
    choices: [
      ['target', 'All goods of the discount together'],
      ['line', 'Each line of the cart'],
      ['unit', 'Each single piece'],
    ],
  },
  split: {
    label: 'Spare coins of a discount go to',
    hint: 'When it is shared out to the lines.',
    choices: [
      ['largestRemainder', 'Where most was cut off'],
      ['remainderToFirst', 'The first lines'],
      ['remainderToLast', 'The last line'],
    ],
  },
  conditionBasis: {
    label: 'Minimum amounts look at',
    hint: 'What “from 50” is compared with.',
    choices: [
      ['beforeDiscounts', 'Prices before all discounts'],
      ['running', 'What earlier discounts have left'],
    ],
  },
  compounding: {
    label: 'A second discount works on',
    hint: 'Where several discounts meet on the same goods.',
    choices: [
      ['remaining', 'What the first has left'],
      ['original', 'The price before the first'],
    ],
  },
  taxRounding: {
    label: 'Taxes are rounded',
    hint: 'Where taxes are part of the computation.',
    choices: [
      ['line', 'For each line'],
      ['unit', 'For each piece'],
      ['order', 'Once for the order'],
    ],
  },
} as const;
type Switch = keyof typeof SWITCHES;
const MANY = ['maxCoupons', 'maxCodes', 'maxPointsRewards'] as const;
type Many = (typeof MANY)[number];

interface CountingValues extends Record<string, string | boolean> {
  earnRounding: string;
  minPointsToSpend: string;
  holdMinutes: string;
  minPayable: string;
}

const NUMBERS: readonly (readonly [name: string, min: number, max: number])[] = [
  ['minPointsToSpend', 0, 9_999_999],
  ['holdMinutes', 1, 527_040],
  ['maxCoupons', 0, 64],
  ['maxCodes', 0, 64],
  ['maxPointsRewards', 0, 64],
];

/** The policy with what the fields say; switches that stand at their default and were never set stay out. */
function policyOf(values: CountingValues, { settings: { policy, currency } }: Standing): Settings['policy'] {
  const wanted: Record<string, unknown> = { ...policy };
  const put = (name: string, value: unknown, byDefault: unknown) => {
    if (name in policy || value !== byDefault) {
      wanted[name] = value;
    }
  };
  for (const [name, { choices }] of Object.entries(SWITCHES)) {
    put(name, values[name], choices[0][0]);
  }
  for (const name of MANY) {
    put(name, wholeNumber(String(values[name])), 1);
  }
  put('minPayable', minorOf(values.minPayable, currency), 0);
  return wanted;
}

/** How points are counted from money, and how much may be used at once. */
export const counting: Topic<CountingValues> = {
  id: 'counting',
  heading: 'Counting and spending',
  intro: 'How money becomes points, what may be combined in one cart, and what happens to fractions.',
  values({ settings: { earnRounding, minPointsToSpend = 0, holdMinutes, policy, currency } }) {
    const switches = Object.entries(SWITCHES).map(([name, { choices }]) => [name, String(policy[name] ?? choices[0][0])]);
    const limits = MANY.map((name) => [name, String(policy[name] ?? 1)]);
    return {
      earnRounding,
      minPointsToSpend: String(minPointsToSpend),
      holdMinutes: String(holdMinutes),
      minPayable: decimalText(Number(policy['minPayable'] ?? 0), decimalsOf(currency)) ?? '0',
      ...Object.fromEntries([...switches, ...limits]),
    };
  },
  check(values, { settings: { currency } }) {
    const faults = NUMBERS.map(([name, min, max]) => [name, faultOfNumber(String(values[name]), min, max)] as const);
    return Object.fromEntries([...faults, ['minPayable', faultOfAmount(values.minPayable, currency)] as const].filter(([, fault]) => fault));
  },
  changes(values, standing) {
    const wanted: Partial<Settings> = {
      earnRounding: values.earnRounding as Settings['earnRounding'],
      holdMinutes: wholeNumber(values.holdMinutes) as number,
      policy: policyOf(values, standing),
    };
    const least = wholeNumber(values.minPointsToSpend) as number;
    return present([settingsChange('counting', 'Counting', { ...wanted, ...(least !== (standing.settings.minPointsToSpend ?? 0) && { minPointsToSpend: least }) }, standing)]);
  },
  fields(form, { settings }) {
    const choice = (name: Switch) => selectField(form, name, SWITCHES[name]);
    const limit = (name: Many, label: string, hint: string) => numberField(form, name, { label, hint });
    return html`
      ${selectField(form, 'earnRounding', {
        label: 'Fractions when points are earned',
        hint: 'By the example of 4.99 at 10 points for each 1.00.',
        choices: [
          ['wix', 'Only whole units count: 40 points'],
          ['floor', 'Exact, rounded down: 49 points'],
          ['perStep', 'Only full steps of the rule count: 40 points'],
        ],
      })}
      ${choice('earnBase')}
      <div class="field-row">
        ${numberField(form, 'minPointsToSpend', { label: 'Fewest points at once', hint: 'At the checkout, for all rewards of any amount. 0: what each reward itself asks for.', suffix: 'points' })}
        ${numberField(form, 'holdMinutes', { label: 'Points are held for', hint: 'From applying them until the order is placed; each sign of life starts it again.', suffix: 'minutes' })}
      </div>
      <fieldset>
        <legend>In one cart, at most</legend>
        <div class="field-row">
          ${limit('maxCoupons', 'Coupons', 'From 0 to 64.')} ${limit('maxCodes', 'Entered codes', 'From 0 to 64.')} ${limit('maxPointsRewards', 'Rewards paid with points', 'From 0 to 64.')}
        </div>
      </fieldset>
      ${amountField(form, 'minPayable', { label: 'Least that remains to be paid', hint: 'Discounts stop there. 0: a cart may become free.', suffix: settings.currency })}
      <details>
        <summary>Computing like the shop system you come from</summary>
        <div class="details">
          <p class="intro">Change these only to get the same cents as another system. The simulator shows what it does to your past orders.</p>
          ${(['rounding', 'basis', 'split', 'conditionBasis', 'compounding', 'taxRounding'] as const).map(choice)}
        </div>
      </details>
    `;
  },
  fieldOf: (path) => path.match(/policy\W(\w+)/)?.[1],
};
