import { html } from 'lit';
import { selectField } from '../../kit/fields.js';
import { present, settingsChange, type Topic } from './topic.js';

type Choice = readonly [value: string, text: string];

/** Everything that the browser knows, and what is set even if it does not know that. */
function choicesOf(kind: 'currency' | 'timeZone', current: string, text: (value: string) => string): readonly Choice[] {
  const known = Intl.supportedValuesOf(kind);
  const all = known.includes(current) ? known : [current, ...known];
  return all.map((value) => [value, text(value)]);
}

const names = new Intl.DisplayNames(['en'], { type: 'currency' });

/** Which money, and whose days. */
export const calendar: Topic<{ currency: string; timeZone: string }> = {
  id: 'calendar',
  heading: 'Currency and calendar',
  intro: 'In what carts are priced, and when a day of your shop begins.',
  values: ({ settings: { currency, timeZone } }) => ({ currency, timeZone }),
  check: () => ({}),
  changes: (values, standing) => present([settingsChange('calendar', 'Currency and calendar', values, standing)]),
  warning: ({ currency }, { settings }) =>
    currency === settings.currency
      ? undefined
      : {
          title: `Change the currency from ${settings.currency} to ${currency}?`,
          text: `Nothing is converted: a reward of 5 ${settings.currency} becomes one of 5 ${currency}, and carts in ${settings.currency} are refused from then on.`,
          action: 'Change the currency',
        },
  fields: (form, { settings }) => html`
    ${selectField(form, 'currency', {
      label: 'Currency',
      hint: 'All carts, rewards and minimums are amounts of it.',
      choices: choicesOf('currency', settings.currency, (code) => `${code} – ${names.of(code) ?? code}`),
    })}
    ${selectField(form, 'timeZone', {
      label: 'Time zone',
      hint: 'Days of expiry, of tiers and of reports begin at its midnight.',
      choices: choicesOf('timeZone', settings.timeZone, (zone) => zone.replaceAll('_', ' ')),
    })}
  `,
};
