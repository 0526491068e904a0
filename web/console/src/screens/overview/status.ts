import { html, nothing, type TemplateResult } from 'lit';
import type { Context } from '../../app/context.js';
import type { ProgramStatus } from '../../api/program.js';
import { askFirst } from '../../kit/confirm.js';
import { pill } from '../../kit/pills.js';
import type { Checklist, ChecklistItem } from './reports.js';

/** Which screen takes care of an item. */
const PLACES: Readonly<Record<string, string>> = {
  name: 'program',
  pointName: 'program',
  currency: 'program',
  expiry: 'program',
  earning: 'earning',
  rewards: 'rewards',
  tiers: 'tiers',
};

/** What stands between the program and its start. */
export const missingOf = ({ items }: Checklist): readonly ChecklistItem[] => items.filter(({ done, blocking }) => blocking && !done);

const link = ({ id, done }: ChecklistItem): TemplateResult | typeof nothing =>
  PLACES[id] ? html`<a href="#/${PLACES[id]}">${done ? 'Change' : 'Set up'}<span class="hidden"> (${id === 'pointName' ? 'point name' : id})</span></a>` : nothing;

const mark = ({ done, blocking }: ChecklistItem): TemplateResult => (done ? pill('good', 'Done') : blocking ? pill('bad', 'Needed') : pill('off', 'Optional'));

/** The steps of the setup, each with its state and where to take it. */
export const checklistView = ({ items }: Checklist): TemplateResult => html`
  <ul class="steps">
    ${items.map((item) => html`<li>${mark(item)}<span class="grow">${item.message}</span>${link(item)}</li>`)}
  </ul>
`;

const STANDING: Readonly<Record<ProgramStatus, string>> = {
  DRAFT: 'The program has not started: nobody earns or spends points yet.',
  ACTIVE: 'Members earn and spend points.',
  PAUSED: 'Nobody earns or spends points. Balances and expiry dates stay as they are.',
};

/** What the status means for members. */
export const standingOf = (status: ProgramStatus): string => STANDING[status];

async function pause(context: Context): Promise<boolean> {
  const isSure = await askFirst({
    title: `Pause “${context.program.name}”?`,
    text: 'From now on nobody earns or spends points, and coupons of the program are not accepted. Balances and expiry dates stay as they are, and you can activate the program again at any time.',
    action: 'Pause the program',
  });
  if (isSure) {
    await context.api.post('/loyalty-programs/v1/program/pause', {});
  }
  return isSure;
}

/** Starts the program, or pauses it once that is confirmed. Says what it has done. */
export async function switchStatus(context: Context): Promise<void> {
  if (context.program.status === 'ACTIVE') {
    if (!(await pause(context))) {
      return;
    }
    context.say('The program is paused.');
  } else {
    await context.api.post('/loyalty-programs/v1/program/activate', {});
    context.say('The program is active: members earn and spend points from now on.');
  }
  await context.renew();
}
