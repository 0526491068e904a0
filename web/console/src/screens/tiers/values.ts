import type { Change } from '../../draft/draft.js';
import { faultOfNumber, faultOfText, wholeNumber } from '../../kit/checks.js';
import type { Values } from '../../kit/form.js';
import type { Tier, TiersProgram, TiersSettings, TiersStatus } from '../../rules/model.js';

export const POINTS_MAX = 9_999_999;
export const TIERS_MAX = 20;
const NAME_MAX = 50;
const DESCRIPTION_MAX = 70;
const MONTHS_MAX = 36;

export type TierValues = Values & { readonly name: string; readonly description: string; readonly requiredPoints: string };
export type BaseValues = Values & { readonly name: string; readonly description: string; readonly months: string };

export const valuesOfTier = (tier: Tier | null): TierValues => ({
  name: tier?.tierDefinition.name ?? '',
  description: tier?.tierDefinition.description ?? '',
  requiredPoints: tier ? String(tier.requiredPoints) : '',
});

export const valuesOfBase = ({ baseTierDefinition, rollingWindow }: TiersSettings): BaseValues => ({
  name: baseTierDefinition?.name ?? '',
  description: baseTierDefinition?.description ?? '',
  months: String(rollingWindow.durationInMonths),
});

/** The server compares names without regard to case and to spaces around. */
const folded = (name: string | undefined): string => (name ?? '').trim().toLowerCase();

export function faultsOfTier(program: TiersProgram, values: TierValues, tier: Tier | null): Partial<Record<string, string>> {
  const others = program.tiers.filter(({ id }) => id !== tier?.id);
  const points = wholeNumber(values.requiredPoints);
  const same = others.find(({ requiredPoints }) => requiredPoints === points);
  const isNameTaken = others.some(({ tierDefinition }) => folded(tierDefinition.name) === folded(values.name));
  return {
    name: faultOfText(values.name, 1, NAME_MAX, 'a name') ?? (isNameTaken ? 'Another tier has this name.' : undefined),
    description: faultOfText(values.description || 'none', 1, DESCRIPTION_MAX),
    requiredPoints: faultOfNumber(values.requiredPoints, 1, POINTS_MAX) ?? (same ? `${same.tierDefinition.name} begins there already.` : undefined),
  } as Partial<Record<string, string>>;
}

export function faultsOfBase(values: BaseValues): Partial<Record<string, string>> {
  return {
    name: values.name === '' ? undefined : faultOfText(values.name, 1, NAME_MAX, 'a name'),
    description: faultOfText(values.description || 'none', 1, DESCRIPTION_MAX),
    months: faultOfNumber(values.months, 1, MONTHS_MAX),
  } as Partial<Record<string, string>>;
}

export function changeOfTier(values: TierValues, tier: Tier | null): Change {
  const name = values.name.trim();
  const body = { tierDefinition: { name, description: values.description.trim() }, requiredPoints: wholeNumber(values.requiredPoints) };
  return tier
    ? { operation: 'tiers.update', request: { tier: { id: tier.id, revision: tier.revision, ...body } }, summary: `Tier “${name}”: changed`, subject: `tier:${tier.id}` }
    : { operation: 'tiers.create', request: { tier: body }, summary: `Tier “${name}”: new`, subject: `tier:new:${name}` };
}

/** The settings are replaced as a whole, so what is not changed goes with it. */
export function changeOfSettings(settings: TiersSettings, changes: Partial<Pick<TiersSettings, 'status' | 'rollingWindow' | 'baseTierDefinition'>>, summary: string): Change {
  const { revision, status, rollingWindow, baseTierDefinition = {} } = { ...settings, ...changes };
  return { operation: 'tiers.updateSettings', request: { programSettings: { revision, status, rollingWindow, baseTierDefinition } }, summary, subject: 'tiersSettings' };
}

export function changeOfBase(settings: TiersSettings, values: BaseValues): Change {
  const { icon } = settings.baseTierDefinition ?? {};
  const name = values.name.trim();
  const baseTierDefinition = { name, description: values.description.trim(), ...(icon !== undefined && { icon }) };
  return changeOfSettings(settings, { rollingWindow: { durationInMonths: wholeNumber(values.months) as number }, baseTierDefinition }, `Base tier${name ? ` “${name}”` : ''} and months that count: changed`);
}

/** What a status lets the merchant do next, and the status that it leads to. */
export const NEXT: Readonly<Record<TiersStatus, readonly [verb: string, to: TiersStatus]>> = {
  DISABLED: ['Switch tiers on', 'ACTIVE'],
  DRAFT: ['Switch tiers on', 'ACTIVE'],
  ACTIVE: ['Pause tiers', 'PAUSED'],
  PAUSED: ['Resume tiers', 'ACTIVE'],
};

/** The tier whose members a deleted tier's members become: the one below it; undefined: the base tier. */
export const tierBelow = ({ tiers }: TiersProgram, tier: Tier): Tier | undefined => tiers.filter(({ requiredPoints }) => requiredPoints < tier.requiredPoints).at(-1);
