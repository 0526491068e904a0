import type { Change } from '../../draft/draft.js';
import { faultOfNumber, faultOfText } from '../../kit/checks.js';
import type { Values } from '../../kit/form.js';
import type { EarningRule, TiersProgram } from '../../rules/model.js';
import { tierConfigs, tierFaults, tierFieldOf, tierTexts } from '../../rules/tier-values.js';
import { isFilled, numberIn } from '../../rules/typed.js';
import { ACTIVITIES, type Activity, activityOf, AUTOMATION, AUTOMATIONS_APP, LOYALTY_APP, OFFERED } from './activities.js';

/** The fields of a rule; those of tiers are `points_<tier>` and `money_<tier>`. */
export type RuleValues = Values & {
  readonly title: string;
  readonly activity: string;
  readonly appId: string;
  readonly activityType: string;
  readonly field: string;
  readonly way: string;
  readonly base: string;
  readonly baseAppliesToAll: boolean;
  readonly maxPoints: string;
  readonly oncePerPerson: boolean;
};

/** What one award can be at most, so a limit of it or above is none. */
export const GRANT_MAX = 9_999_999;
const MONEY_MAX = 999_999_999;

export function activityIn(values: RuleValues): Activity {
  return [...ACTIVITIES, AUTOMATION].find(({ key }) => key === values.activity) ?? AUTOMATION;
}

/** The way that is meant: the one chosen where the activity has it, else the one it has. */
export const wayIn = (values: RuleValues): 'fixed' | 'rate' => {
  const { ways } = activityIn(values);
  return ways.find((way) => way === values.way) ?? ways[0]!;
};

/** What a new rule for an activity starts with. */
export function newRule(program: TiersProgram, activityKey: string | null): RuleValues {
  const activity = OFFERED.find(({ key }) => key === activityKey) ?? OFFERED[0]!;
  const isRate = activity.ways[0] === 'rate';
  return {
    title: activity.title, activity: activity.key, appId: '', activityType: '', field: '', way: activity.ways[0]!,
    base: '', baseAppliesToAll: true, maxPoints: '', oncePerPerson: false,
    ...tierTexts(program, 'points', [{}], () => (isRate ? '1' : '')),
    ...tierTexts(program, 'money', [{}], () => (isRate ? '1' : '')),
  };
}

export function valuesOfRule(program: TiersProgram, rule: EarningRule): RuleValues {
  const isRate = rule.conversionRate !== undefined;
  const rates = rule.conversionRate?.configs ?? [];
  const configs = isRate ? rates : (rule.fixedAmount?.configs ?? []);
  return {
    title: rule.title, activity: activityOf(rule).key, appId: rule.triggerAppId, activityType: rule.triggerActivityType,
    field: rule.conversionRate?.field ?? '', way: isRate ? 'rate' : 'fixed', base: rule.base ?? '', baseAppliesToAll: rule.baseAppliesToAll === true,
    maxPoints: rule.maxPoints !== undefined && rule.maxPoints < GRANT_MAX ? String(rule.maxPoints) : '', oncePerPerson: rule.oncePerPerson === true,
    ...tierTexts(program, 'points', configs, ({ points }) => String(points)),
    ...tierTexts(program, 'money', rates, ({ moneyAmount }) => String(moneyAmount)),
  };
}

const columnsOf = (values: RuleValues): readonly string[] => (wayIn(values) === 'rate' ? ['points', 'money'] : ['points']);

export function faultsOfRule(program: TiersProgram, values: RuleValues): Partial<Record<string, string>> {
  const points = (text: string) => faultOfNumber(text, 1, GRANT_MAX);
  const isAutomation = values.activity === AUTOMATION.key;
  return {
    title: faultOfText(values.title, 1, 50, 'a name'),
    ...(isAutomation && { appId: faultOfText(values.appId, 1, 80, 'the app that reports it'), activityType: faultOfText(values.activityType, 1, 80, 'what the app calls the activity') }),
    ...(isFilled(values.maxPoints) && { maxPoints: points(values.maxPoints) }),
    ...tierFaults(program, values, wayIn(values) === 'rate' ? { points, money: (text) => faultOfNumber(text, 1, MONEY_MAX) } : { points }),
  } as Partial<Record<string, string>>;
}

/** What the rule awards, in the API's form. */
function award(program: TiersProgram, values: RuleValues) {
  return wayIn(values) === 'rate'
    ? {
        conversionRate: {
          configs: tierConfigs(program, values, columnsOf(values), ({ points, money }) => ({ moneyAmount: numberIn(money!), points: numberIn(points!) })),
          ...(isFilled(values.field) && { field: values.field.trim() }),
        },
      }
    : { fixedAmount: { configs: tierConfigs(program, values, columnsOf(values), ({ points }) => ({ points: numberIn(points!) })) } };
}

/** The change that the fields amount to; `rule` is what is changed, or null for a new one. */
export function changeOfRule(program: TiersProgram, values: RuleValues, rule: EarningRule | null): Change {
  const title = values.title.trim();
  const subject = rule ? `earningRule:${rule.id}` : `earningRule:new:${values.activity}:${title}`;
  const activity = activityIn(values);
  const limits = {
    baseAppliesToAll: values.baseAppliesToAll,
    oncePerPerson: values.oncePerPerson,
    ...(values.base !== '' && { base: values.base }),
    ...(isFilled(values.maxPoints) && { maxPoints: numberIn(values.maxPoints) }),
  };
  if (rule) {
    // A limit that was left out would stay, so none is said by the highest.
    const maxPoints = rule.maxPoints !== undefined && !isFilled(values.maxPoints) ? { maxPoints: GRANT_MAX } : {};
    const request = { earningRule: { id: rule.id, revision: rule.revision, title, ...award(program, values), ...limits, ...maxPoints } };
    return { operation: 'earningRules.update', request, summary: `Way to earn “${title}”: changed`, subject };
  }
  const summary = `Way to earn “${title}”: new`;
  if (activity.custom) {
    return { operation: 'earningRules.createCustom', request: { type: activity.custom, earningRule: { title, ...award(program, values) } }, summary, subject };
  }
  const isAutomation = activity.key === AUTOMATION.key;
  const trigger = {
    sourceAppId: isAutomation ? AUTOMATIONS_APP : LOYALTY_APP,
    triggerAppId: isAutomation ? values.appId.trim() : activity.appId,
    triggerActivityType: isAutomation ? values.activityType.trim() : activity.type,
  };
  return { operation: 'earningRules.create', request: { earningRule: { ...trigger, title, status: 'ACTIVE', ...award(program, values), ...limits } }, summary, subject };
}

const FIELDS: Readonly<Record<string, string>> = { title: 'title', maxPoints: 'maxPoints', base: 'base', triggerAppId: 'appId', triggerActivityType: 'activityType', field: 'field' };

/** Which field a path of the server's answer means. */
export function fieldOfRule(path: string, program: TiersProgram, values: RuleValues): string | undefined {
  return tierFieldOf(path, program, values, wayIn(values) === 'rate' ? { points: 'points', moneyAmount: 'money' } : { points: 'points' }) ?? FIELDS[path.split('.').at(-1) as string];
}
