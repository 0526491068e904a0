import { html } from 'lit';
import type { Settings } from '../../api/program.js';
import { checkField, selectField } from '../../kit/fields.js';
import { present, settingsChange, type Topic } from './topic.js';

interface OrdersValues extends Record<string, string | boolean> {
  reversalPolicy: string;
  pointsRefundPolicy: string;
  autoCreateAccounts: boolean;
  autoPause: boolean;
  restaurantsMode: boolean;
}

/** What happens by itself: with orders that come back, with new customers, with a program without ways to earn. */
export const orders: Topic<OrdersValues> = {
  id: 'orders',
  heading: 'Returns and automatics',
  intro: 'What happens when orders come back, and what the program does by itself.',
  values: ({ settings: { reversalPolicy, pointsRefundPolicy, autoCreateAccounts, autoPause, restaurantsMode } }) => ({ reversalPolicy, pointsRefundPolicy, autoCreateAccounts, autoPause, restaurantsMode }),
  check: () => ({}),
  changes: (values, standing) => present([settingsChange('orders', 'Returns and automatics', values as Partial<Settings>, standing)]),
  fields: (form) => html`
    ${selectField(form, 'reversalPolicy', {
      label: 'A returned order earned points that are spent already',
      hint: 'What to take when the balance does not have enough.',
      choices: [
        ['CLAMP', 'Take what is there, the rest from what is earned next'],
        ['ALLOW_NEGATIVE', 'Take all: the balance goes below zero'],
        ['FORGIVE', 'Take what is there and forget the rest'],
      ],
    })}
    ${selectField(form, 'pointsRefundPolicy', {
      label: 'A part of an order comes back that was paid with points too',
      hint: 'When the whole order is undone, all points come back in any case.',
      choices: [
        ['WHOLE_ORDER', 'Points come back only with the whole order'],
        ['PROPORTIONAL', 'Points come back in proportion, rounded down'],
      ],
    })}
    ${checkField(form, 'autoCreateAccounts', { label: 'Customers join with their first activity', hint: 'A known customer who does something that earns gets an account. Off: you make each account.' })}
    ${checkField(form, 'autoPause', { label: 'Pause the program when its last way to earn is switched off', hint: 'Off: it goes on, and a warning is shown.' })}
    ${checkField(form, 'restaurantsMode', { label: 'At least the smallest coin remains to be paid', hint: 'For tills that cannot take an order of zero, as in restaurants.' })}
  `,
};
