import { html, nothing } from 'lit';
import { checkField, numberField, selectField } from '../../kit/fields.js';
import { faultOfNumber, wholeNumber } from '../../kit/checks.js';
import type { Settings } from '../../api/program.js';
import type { Change } from '../../draft/draft.js';
import { present, settingsChange, type Standing, type Topic } from './topic.js';

type Activity = keyof Settings['activity'];

interface ExpiryValues extends Record<string, string | boolean> {
  expires: boolean;
  monthsOfInactivity: string;
  expiringPointsPercentage: string;
  expiryModel: string;
  expiryGrain: string;
  earn: boolean;
  redeem: boolean;
  adjust: boolean;
  refund: boolean;
}

const ACTIVITIES: readonly (readonly [Activity, string])[] = [
  ['earn', 'Earning points'],
  ['redeem', 'Redeeming points'],
  ['adjust', 'A correction by you'],
  ['refund', 'Getting points back'],
];

const rulesChange = ({ monthsOfInactivity, expiringPointsPercentage }: ExpiryValues, { program }: Standing): Change | null => {
  const { monthsOfInactivity: months, expiringPointsPercentage: percentage } = program.pointsExpiration ?? {};
  const wanted = { monthsOfInactivity: wholeNumber(monthsOfInactivity) as number, expiringPointsPercentage: wholeNumber(expiringPointsPercentage) as number };
  return wanted.monthsOfInactivity === months && wanted.expiringPointsPercentage === percentage
    ? null
    : {
        operation: 'program.update',
        request: { loyaltyProgram: { pointsExpiration: wanted } },
        subject: 'program-expiry',
        summary: `Expiry: ${wanted.expiringPointsPercentage} % after ${wanted.monthsOfInactivity} ${wanted.monthsOfInactivity === 1 ? 'month' : 'months'}`,
      };
};

const switchChange = ({ expires }: ExpiryValues, { program }: Standing): Change | null =>
  expires === (program.pointsExpiration?.status === 'ENABLED')
    ? null
    : {
        operation: expires ? 'program.enablePointsExpiration' : 'program.disablePointsExpiration',
        request: {},
        subject: 'program-expiry-switch',
        summary: expires ? 'Points expire' : 'Points no longer expire',
      };

/** Whether, when and how many points expire. */
export const expiry: Topic<ExpiryValues> = {
  id: 'expiry',
  heading: 'Expiry of points',
  intro: 'Points that are never used stay owed. Whatever you change here, nothing expires within the next 14 days, and members are reminded before.',
  values: ({ program: { pointsExpiration: of }, settings: { expiryModel, expiryGrain, activity } }) => ({
    expires: of?.status === 'ENABLED',
    monthsOfInactivity: String(of?.monthsOfInactivity ?? 12),
    expiringPointsPercentage: String(of?.expiringPointsPercentage ?? 100),
    expiryModel,
    expiryGrain,
    ...activity,
  }),
  check(values) {
    const months = faultOfNumber(values.monthsOfInactivity, 1, 12);
    const percentage = faultOfNumber(values.expiringPointsPercentage, 1, 100);
    return { ...(months && { monthsOfInactivity: months }), ...(percentage && { expiringPointsPercentage: percentage }) };
  },
  changes(values, standing) {
    const { earn, redeem, adjust, refund } = values;
    const wanted = { expiryModel: values.expiryModel, expiryGrain: values.expiryGrain, activity: { adjust, earn, redeem, refund } } as Partial<Settings>;
    return present([rulesChange(values, standing), settingsChange('expiry', 'Expiry', wanted, standing), switchChange(values, standing)]);
  },
  fields: (form) => {
    const { expires, expiryModel, monthsOfInactivity, expiringPointsPercentage } = form.values;
    const isLots = expiryModel === 'lots';
    return html`
      ${checkField(form, 'expires', { label: 'Points expire' })}
      ${expires
        ? html`
            ${selectField(form, 'expiryModel', {
              label: 'What expires',
              hint: isLots
                ? 'Each gain has a day of its own, counted from when it was earned. Those that expire first are spent first.'
                : 'The whole balance has one day, counted from the last activity. Every activity moves it.',
              choices: [
                ['inactivity', 'The balance of members who are not active'],
                ['lots', 'Each gain, a fixed time after it was earned'],
              ],
            })}
            <div class="field-row">
              ${numberField(form, 'monthsOfInactivity', { label: isLots ? 'Months after the gain' : 'Months without activity', hint: 'From 1 to 12.', suffix: 'months' })}
              ${isLots ? nothing : numberField(form, 'expiringPointsPercentage', { label: 'How much of the balance', hint: 'From 1 to 100. The rest stays and has the same time again.', suffix: '%' })}
            </div>
            ${selectField(form, 'expiryGrain', {
              label: 'On which day',
              hint: 'Points are good through the whole day, in your time zone.',
              choices: [
                ['day', 'On the exact day'],
                ['month', 'At the end of that month'],
              ],
            })}
            ${isLots
              ? nothing
              : html`<fieldset>
                  <legend>What counts as activity</legend>
                  ${ACTIVITIES.map(([name, label]) => checkField(form, name, { label }))}
                </fieldset>`}
            <p class="notice">${sentence(isLots, wholeNumber(monthsOfInactivity), wholeNumber(expiringPointsPercentage))}</p>
          `
        : nothing}
    `;
  },
};

/** What the numbers mean, in a sentence. */
function sentence(isLots: boolean, months: number | null, percentage: number | null): string {
  if (months === null || percentage === null) {
    return 'Enter whole numbers to see what they mean.';
  }
  const time = `${months} ${months === 1 ? 'month' : 'months'}`;
  return isLots ? `What is earned today is good for ${time}; what is left of it then expires.` : `Who is not active for ${time} loses ${percentage === 100 ? 'the whole balance' : `${percentage} % of the balance`}.`;
}
