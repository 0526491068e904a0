import type { Values } from '../kit/form.js';
import type { TierConfig, TiersProgram } from './model.js';
import { tierLevels } from './model.js';

/** The field of a tier: `cost_base`, `cost_0f3a…`. */
export const tierField = (name: string, key: string): string => `${name}_${key}`;

const keyOf = ({ tierId }: TierConfig): string => tierId ?? 'base';

/**
 * The values of one field for all tiers, from the configs that there are; empty where a tier has none. Configs of tiers
 * that are gone have no field: the server ignores them, and they leave with the next change.
 */
export function tierTexts<C extends TierConfig>(program: TiersProgram, name: string, configs: readonly C[], textOf: (config: C) => string): Record<string, string> {
  return Object.fromEntries(
    tierLevels(program).map(({ key }) => {
      const config = configs.find((one) => keyOf(one) === key);
      return [tierField(name, key), config ? textOf(config) : ''];
    }),
  );
}

/** What stands in the fields of a tier, by name. */
export type Row = Readonly<Record<string, string>>;

/** The tiers in whose fields something stands, the base tier first. */
function filledTiers(program: TiersProgram, values: Values, names: readonly string[]): readonly { readonly key: string; readonly id?: string; readonly row: Row }[] {
  return tierLevels(program)
    .map(({ key, id }) => ({ key, ...(id !== undefined && { id }), row: Object.fromEntries(names.map((name) => [name, String(values[tierField(name, key)] ?? '').trim()])) }))
    .filter(({ row }) => Object.values(row).some((text) => text !== ''));
}

/** One config for each tier that has something in its fields. */
export function tierConfigs<C>(program: TiersProgram, values: Values, names: readonly string[], configOf: (row: Row) => C): readonly (C & TierConfig)[] {
  return filledTiers(program, values, names).map(({ id, row }) => ({ ...(id !== undefined && { tierId: id }), ...configOf(row) }));
}

/** What is wrong in the fields of the tiers. A tier may be left empty; not all of them may. */
export function tierFaults(
  program: TiersProgram,
  values: Values,
  checks: Readonly<Record<string, (text: string) => string | undefined>>,
): Record<string, string> {
  const names = Object.keys(checks);
  const filled = filledTiers(program, values, names);
  const faults: Record<string, string> = {};
  if (filled.length === 0) {
    faults[tierField(names[0] as string, 'base')] = tierLevels(program).length === 1 ? (checks[names[0] as string]!('') as string) : 'Enter a value for at least one tier.';
  }
  for (const { key, row } of filled) {
    for (const name of names) {
      const fault = checks[name]!(row[name] as string);
      if (fault) {
        faults[tierField(name, key)] = fault;
      }
    }
  }
  return faults;
}

/** Which field a path of the server means: `…configs[1].points` is that of the second filled tier. */
export function tierFieldOf(path: string, program: TiersProgram, values: Values, fields: Readonly<Record<string, string>>): string | undefined {
  const found = /\[(\d+)\]\.(\w+)$/.exec(path);
  const name = found && fields[found[2] as string];
  const tier = found && filledTiers(program, values, Object.values(fields))[Number(found[1])];
  return name && tier ? tierField(name, tier.key) : undefined;
}
