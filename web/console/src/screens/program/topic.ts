import type { Api } from '../../api/api.js';
import type { Program, Settings } from '../../api/program.js';
import type { Change } from '../../draft/draft.js';
import type { Form, Values } from '../../kit/form.js';

/** The program as it is. */
export interface Standing {
  readonly program: Program;
  readonly settings: Settings;
}

export type Faults<V extends Values> = Partial<Record<keyof V & string, string>>;

/** A part of the settings that is changed in one go. */
export interface Topic<V extends Values = Values> {
  readonly id: string;
  readonly heading: string;
  readonly intro: string;
  /** What stands in the fields when nothing is changed. */
  values(standing: Standing): V;
  check(values: V, standing: Standing): Faults<V>;
  /** What has to be sent so that the program is as the fields say; empty: it is. */
  changes(values: V, standing: Standing): readonly Change[];
  fields(form: Form<V, unknown>, standing: Standing): unknown;
  /** Which field a path of the server's answer means where its last part does not say so. */
  fieldOf?(path: string): string | undefined;
  /** What must be confirmed before it is saved; undefined: nothing. */
  warning?(values: V, standing: Standing): { readonly title: string; readonly text: string; readonly action: string } | undefined;
}

type Send = (api: Api, request: Change['request'], idempotencyKey: string) => Promise<unknown>;

/** How each operation is asked for when it is not only tried. */
const SENT: Readonly<Record<string, Send>> = {
  'program.update': (api, request, idempotencyKey) => api.patch('/loyalty-programs/v1/program', request, { idempotencyKey }),
  'program.updateSettings': (api, request, idempotencyKey) => api.patch('/loyalty-programs/v1/settings', request, { idempotencyKey }),
  'program.enablePointsExpiration': (api, request, idempotencyKey) => api.post('/loyalty-programs/v1/program/points-expiration/enable', request, { idempotencyKey }),
  'program.disablePointsExpiration': (api, request, idempotencyKey) => api.post('/loyalty-programs/v1/program/points-expiration/disable', request, { idempotencyKey }),
};

/** Makes the changes, one after the other; the first refusal ends it. */
export async function carryOut(api: Api, changes: readonly Change[], idempotencyKey: string): Promise<void> {
  for (const { operation, request } of changes) {
    await (SENT[operation] as Send)(api, request, `${idempotencyKey}-${operation}`);
  }
}

/** The settings that the fields change; null where they change none. */
export function settingsChange(subject: string, heading: string, wanted: Partial<Settings>, { settings }: Standing): Change | null {
  const changed = Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(settings[name as keyof Settings]));
  return changed.length === 0
    ? null
    : { operation: 'program.updateSettings', request: { settings: Object.fromEntries(changed) }, subject: `settings-${subject}`, summary: `${heading}: ${changed.map(([name]) => LABELS[name] ?? name).join(', ')}` };
}

/** How settings are called in the list of changes. */
const LABELS: Readonly<Record<string, string>> = {
  currency: 'currency',
  timeZone: 'time zone',
  pointName: 'forms of the point name',
  earnRounding: 'rounding of points',
  minPointsToSpend: 'fewest points at once',
  holdMinutes: 'how long points are held',
  policy: 'rules of computing',
  expiryModel: 'what expires',
  expiryGrain: 'when in the month points expire',
  activity: 'what counts as activity',
  reversalPolicy: 'points that are gone already',
  pointsRefundPolicy: 'spent points on partial returns',
  autoPause: 'automatic pause',
  autoCreateAccounts: 'automatic accounts',
  restaurantsMode: 'smallest payment',
};

export const present = <T>(all: readonly (T | null)[]): readonly T[] => all.filter((one): one is T => one !== null);
